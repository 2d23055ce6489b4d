"""Trained parts: what is written is read, and what is odd is refused."""

from __future__ import annotations

import json
import os

import pytest
import torch

from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of, read_part, with_parts, write_part
from gac_core.contract.errors import BundleError
from gac_core.io import sha256
from gac_core.networks.loading import Models
from tests.core.bundles.parts import TRAINING, edit
from tests.problems import raises


def test_what_is_written_is_read(parts, base):
    for stage, part in parts.items():
        assert read_part(part.path) == part
        assert part.stage == stage and part.training == TRAINING
        assert part.scores["stage"] == {"psnr": 20.0, "cfog": None}
        assert part.base["weights"]["generator"] == base.generator.sha256
        for name, told in part.section["adapter_sha256"].items():
            assert told == sha256(part.path / "adapter" / name)
    assert (
        parts[2].section["head"]["weights"]["sha256"] != base.refiner["head"]["weights"]["sha256"]
    )


def test_parts_take_the_places_of_the_stages(parts, base):
    """Without being packed: for training stage 3, and for evaluating."""
    whole = with_parts(base, parts[2], parts[3])
    models = Models(whole, Library(), torch.device("cpu"))
    before = Models(base, Library(), torch.device("cpu"))
    assert torch.equal(models.refiner.head.reduce.weight, 1.5 * before.refiner.head.reduce.weight)
    assert torch.equal(models.bridge.flow.out.weight, 1.5 * before.bridge.flow.out.weight)
    assert base_of(whole, Library())["refiner"] != base_of(base, Library())["refiner"]
    assert base_of(whole, Library())["weights"] == base_of(base, Library())["weights"]


def test_published_weights_need_not_be_there(folder, base):
    entry = {"file": "Prithvi.pt", "repo": "ibm-nasa-geospatial/Prithvi", "sha256": "a" * 64}
    (folder / "prithvi.safetensors").unlink()
    section = {**read_json(folder)["section"], "weights": entry}
    part = write_part(folder, 2, section, {}, {}, {})
    assert read_part(folder).section["weights"] == entry
    assert "Prithvi.pt" not in part.files


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda c: c.update(format=3), ("card-format-unknown",)),
        (lambda c: c.update(format=1), ("card-format-old",)),
        (lambda c: c.update(stage=1), ("card-damaged", "stage is 1, not 2 or 3")),
        (lambda c: c.update(stage=[2]), ("card-damaged", "wrong kind")),
        (lambda c: c.update(stage=3), ("card-damaged", "has no")),
        (lambda c: c.update(section="head"), ("card-damaged",)),
        (lambda c: c.update(training=["x"]), ("card-damaged", "training is")),
        (lambda c: c["section"].pop("head"), ("card-damaged", "'head'")),
        (lambda c: c["section"]["weights"].pop("file"), ("card-damaged", "'file'")),
        (
            lambda c: c["section"]["weights"].update(url="http://x"),
            ("card-damaged", "has no 'url'"),
        ),
        (lambda c: c["section"].update(adapter=7), ("card-damaged", "7")),
        (
            lambda c: c["section"].update(adapter_sha256=["x"]),
            ("card-damaged", "adapter_sha256 is"),
        ),
        (lambda c: c["section"].update(adapter_sha256=None), ("part-file-differs",)),
        (lambda c: c["section"]["weights"].update(sha256=None), ("part-file-differs",)),
        (lambda c: c["section"]["weights"].update(sha256="0" * 64), ("part-file-differs",)),
        (
            lambda c: c["section"]["weights"].update(file="gone.safetensors"),
            ("part-incomplete", "gone.safetensors"),
        ),
    ],
)
def test_a_card_that_is_no_part(folder, change, expected):
    edit(folder / "part.json", change)
    with raises(BundleError, *expected):
        read_part(folder)


@pytest.mark.parametrize(
    "name",
    [
        "../head.safetensors",
        "/etc/passwd",
        "C:\\weights.pt",
        "a\\..\\..\\b",
        "sub//head",
        "sub/../../head",
        "",
        " ",
        ".",
        "NUL.safetensors",
        "com1",
        "head.",
        "kopf\u202egnp.safetensors",
        "head\n.safetensors",
        "a" * 200,
        "/".join(["deep"] * 40),
    ],
)
@pytest.mark.parametrize("place", ["weights", "head", "adapter"])
def test_names_that_leave_the_folder_or_that_some_system_cannot_store(folder, name, place):
    def change(card):
        section = card["section"]
        if place == "adapter":
            section["adapter"] = name
        else:
            (section if place == "weights" else section["head"])["weights"]["file"] = name

    edit(folder / "part.json", change)
    with raises(BundleError, "part-names-outside-file"):
        read_part(folder)


def test_files_that_are_cut_changed_or_gone(folder):
    head = folder / "head.safetensors"
    whole = head.read_bytes()
    head.write_bytes(whole[:-10])
    with raises(BundleError, "part-file-differs", "head.safetensors"):
        read_part(folder)
    head.write_bytes(whole)
    adapter = folder / "adapter" / "adapter_config.json"
    config = adapter.read_text()
    adapter.write_text(config.replace("{", "{ ", 1))
    with raises(BundleError, "part-file-differs", "adapter_config.json"):
        read_part(folder)
    adapter.write_text(config)
    read_part(folder)
    (folder / "adapter" / "adapter_model.safetensors").unlink()
    with raises(BundleError, "part-incomplete"):
        read_part(folder)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("card-unreadable",)),
        (b"[" * 100_000, ("card-unreadable", "nested too deep")),
        (b"\xff\xfe", ("card-unreadable", "not text")),
        (b"[]", ("card-format-unknown",)),
    ],
)
def test_a_card_that_cannot_be_read(folder, content, expected):
    (folder / "part.json").write_bytes(content)
    with raises(BundleError, *expected):
        read_part(folder)


def test_a_card_that_would_fill_the_memory(folder):
    os.truncate(folder / "part.json", 2_000_000_000)
    with raises(BundleError, "card-too-large", "10"):
        read_part(folder)


def test_a_folder_without_a_part(tmp_path):
    with raises(BundleError, "part-missing", "part.json"):
        read_part(tmp_path / "nowhere")


def test_numbers_that_are_none_become_null(folder):
    text = (folder / "part.json").read_text().replace('"psnr": 20.0', '"psnr": NaN')
    (folder / "part.json").write_text(text)
    assert read_part(folder).scores["stage"]["psnr"] is None


def test_a_part_is_not_written_of_files_that_are_not_there(folder):
    section = read_json(folder)["section"]
    (folder / "head.safetensors").unlink()
    (folder / "part.json").unlink()
    with raises(BundleError, "part-incomplete", "head.safetensors"):
        write_part(folder, 2, section, {}, {}, {})
    assert not (folder / "part.json").exists()


def read_json(folder):
    return json.loads((folder / "part.json").read_text())
