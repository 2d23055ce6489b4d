"""`gac bundle pack` and `gac bundle check`, as a user types them."""

from __future__ import annotations

import json
import shutil

import pytest

from gac_core.bundles.card import read_bundle
from gac_core.cli.commands import main
from tests.core.bundles.parts import change, edit, trained_part
from tests.core.tiny import write_tiny_bundle


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return read_bundle(write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny"))


@pytest.fixture(scope="module")
def part(base, tmp_path_factory):
    return trained_part(tmp_path_factory.mktemp("parts") / "best", 2, base)


@pytest.fixture
def pack(base, part, tmp_path):
    """Packs the part; further arguments may replace the first ones."""

    def pack(*more):
        first = ["bundle", "pack", "--base", str(base.path), "--stage2", str(part.path)]
        label = ["--name", "mine", "--title", "My bundle", "--out", str(tmp_path / "mine")]
        return main([*first, *label, *more])

    return pack


def test_a_bundle_is_packed_checked_and_told_of(pack, tmp_path, capsys):
    assert pack() == 0
    printed = capsys.readouterr().out
    assert "My bundle" in printed and str(tmp_path / "mine") in printed
    assert "opt_v2" in printed, "what was not earned"
    assert main(["bundle", "check", str(tmp_path / "mine")]) == 0
    told = capsys.readouterr().out
    for line in (
        "My bundle (mine)",
        "2 refine: Prithvi (64 wide, 2 blocks, 8-bit), LoRA, ConvNeXt head",
        "data: pairs of two summers",
        "stage     20     -",
        "before    21   0.4",
        "Not earned: opt_v2's PSNR is worse than in the stage before: 20 after 21",
        "Contains modified Copernicus Sentinel data (2021).",
        "stage2/adapter/adapter_model.safetensors: ok",
        "every tensor fits",
    ):
        assert line in told, line


def test_places_of_a_training_are_told_a_line_each(base, tmp_path, capsys):
    folder = tmp_path / "placed"
    shutil.copytree(base.path, folder)
    card = json.loads((folder / "bundle.json").read_text())
    card["training"] = {"places": [[48.25, 16.5, 600], [-3.125, 20.75, 320]]}
    (folder / "bundle.json").write_text(json.dumps(card))
    assert main(["bundle", "check", str(folder), "--quick"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "48.25, 16.5, 600" in lines and "-3.125, 20.75, 320" in lines


def test_faults_are_told_with_exit_status_one(base, tmp_path, capsys, ended_with):
    folder = tmp_path / "spoilt"
    shutil.copytree(base.path, folder)
    change(base.path / "head.safetensors", folder / "head.safetensors", 2)
    (folder / "bridge.safetensors").unlink()
    (folder / "extra.bin").write_bytes(b"x")
    assert main(["bundle", "check", str(folder), "--quick"]) == 1
    told = capsys.readouterr().out
    assert told.count("PROBLEM:") == 2
    assert "head.safetensors: wrong hash" in told and "bridge.safetensors: missing" in told
    assert "extra.bin" in told
    assert main(["bundle", "check", str(folder), "--quick", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["sound"] is False and len(found["problems"]) == 2
    assert found["not named in the card"] == ["extra.bin"]
    assert main(["bundle", "check", str(tmp_path / "nowhere")]) == 1
    ended_with("bundle-missing")


def test_a_card_cannot_steer_the_terminal_nor_break_the_check(base, tmp_path, capsys, ended_with):
    folder = tmp_path / "odd"
    shutil.copytree(base.path, folder)

    def spoil(card):
        card["title"] = "\x1b[2JGood\u202e bundle\r"
        card["training"] = {"\x1b]0;x\x07": ["\x1b[31m" * 3] * 9, "deep": [[[[[[[[["x"]]]]]]]]]}
        card["scores"] = {"mean": {"a": {"x": None}}, "b": [1, {"c": True}], "not earned": ["\x9b"]}
        card["attribution"] = {"who": 3}

    edit(folder / "bundle.json", spoil)
    assert main(["bundle", "check", str(folder), "--quick"]) == 0
    told = capsys.readouterr().out
    assert not [c for c in told if not c.isprintable() and c != "\n"]
    edit(folder / "bundle.json", lambda card: card["grounding"].update(adapter_sha256=["x"]))
    assert main(["bundle", "check", str(folder), "--quick"]) == 1
    ended_with("card-damaged", str(folder))


def test_a_part_is_of_one_stage(pack, part, tmp_path, ended_with):
    assert pack("--stage3", str(part.path)) == 1
    ended_with("part-of-another-stage", part.path, 2, 3)
    assert pack("--name", "../mine") == 1
    ended_with("bundle-name-wrong", "../mine")
    assert not (tmp_path / "mine").exists()


def test_what_does_not_fit_is_not_packed(base, part, pack, tmp_path, ended_with):
    folder = tmp_path / "spoilt"
    shutil.copytree(part.path, folder)
    edit(folder / "part.json", lambda card: card["section"]["head"]["shape"].update(depths=[2, 1]))
    assert pack("--stage2", str(folder)) == 1
    ended_with("weights-not-fitting")
    assert [p.name for p in tmp_path.iterdir()] == ["spoilt"]
    assert pack("--stage2", str(folder), "--quick") == 0


@pytest.mark.parametrize("arguments", [[], ["pack"], ["check"], ["pack", "--base", "demo"]])
def test_usage_errors_exit_with_two(arguments):
    with pytest.raises(SystemExit) as caught:
        main(["bundle", *arguments])
    assert caught.value.code == 2
