"""Scores on unseen places on a bundle's card, and the notes that come of them."""

from __future__ import annotations

import json
import shutil

import pytest
import torch

from gac_core.bundles.bundle import MORE_VERDICTS
from gac_core.bundles.card import read_bundle, read_evaluation
from gac_core.bundles.findings import HELD_OUT
from gac_core.bundles.library import Library
from gac_core.bundles.part import with_parts
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.networks.loading import Models
from tests.core.bundles.parts import edit, nothing_left
from tests.problems import notes_with, raises


@pytest.fixture
def evaluation(base, parts, tmp_path):
    """Write training.evaluate's output for the base with stage 2's part."""
    models = Models(with_parts(base, parts[2]), Library(), torch.device("cpu"))
    models.load()
    spread = {"mean": 0.5, "n": 9, "interval": [-0.1, 1.1], "interval by tile": [None, None]}
    gain = {"earlier": "opt_v1", "later": "opt_v2", "measure": "psnr", "gain": spread}
    values = {
        "about": {
            "bundle": {"name": "x", "sha256": models.hashes},
            "data": "pairs of another summer",
            "command": "python -m training.evaluate",
            "timesteps": [10, 8],
        },
        "pairs": [{"name": "a", "tile": "T33UUP"}, {"name": "b", "tile": "T32TQT"}],
        "scores": {"opt_v1": {"psnr": spread, "cfog": {**spread, "mean": None}}},
        "verdicts": {"stages": [{**gain, "verdict": "not shown", "verdict by tile": "worse"}]},
        "not earned": ["opt_v2 may be worse than opt_v1 in SAM: by 1°"],
    }
    path = tmp_path / "other" / "scores.json"
    path.parent.mkdir()
    path.write_text(json.dumps(values))
    return path


@pytest.mark.parametrize("half", [False, True])
def test_an_evaluation_is_put_on_the_card(parts, packed, evaluation, half):
    found = packed(parts[2], evaluation=read_evaluation(evaluation), half=half)
    assert found.card["scores"]["mean"] == {"opt_v1": {"psnr": 0.5}}
    assert found.card["scores"]["tiles"] == ["T32TQT", "T33UUP"]
    assert "gain +0.5 (95% interval -0.1 to +1.1, 9 images)" in found.card["scores"]["stages"][0]
    # What was seen on unseen places counts, not what validation found.
    (note,) = notes_with(found.notes, template=HELD_OUT)
    assert note.arguments == ("opt_v2 may be worse than opt_v1 in SAM: by 1°",)


def test_a_stage_that_only_blurs_is_written_with_its_blur(evaluation):
    blur = {"verdict": "no better than a blur", "no better than": ["opt_v1 blurred by 8 px"]}
    edit(evaluation, lambda values: values["verdicts"]["stages"][0].update(blur))
    (line,) = read_evaluation(evaluation).scores["stages"]
    assert line.endswith("9 images): no better than a blur (opt_v1 blurred by 8 px)")
    edit(evaluation, lambda values: values["verdicts"]["stages"][0].update(verdict="worse"))
    (line,) = read_evaluation(evaluation).scores["stages"]
    assert line.endswith("9 images): worse")


def test_an_evaluation_of_other_weights_is_refused(parts, packed, evaluation, tmp_path):
    with raises(BundleError, "scores-of-another-bundle", "stage3/bridge.safetensors"):
        packed(parts[2], parts[3], evaluation=read_evaluation(evaluation))
    assert nothing_left(tmp_path)
    edit(evaluation, lambda values: values.pop("verdicts"))
    with raises(BundleError, "card-damaged", "scores.json", "'verdicts'"):
        read_evaluation(evaluation)


def test_many_things_that_were_not_earned_are_told_in_few_notes(base, tmp_path):
    shutil.copytree(base.path, tmp_path / "part")
    lines = [f"opt_v3 is worse than opt_v2 in measure {n}" for n in range(9)]
    change = {"scores": {"not earned": [*lines, "x" * 500]}}
    edit(tmp_path / "part" / "bundle.json", lambda card: card.update(change))
    notes = read_bundle(tmp_path / "part").notes
    assert len(notes) == 5 and max(map(len, notes)) < 200
    assert notes[-1] == Message(MORE_VERDICTS, 6, "tiny")
    edit(tmp_path / "part" / "bundle.json", lambda card: card.update(notes=["\x1b[31mred\n" * 99]))
    (note,) = [note for note in read_bundle(tmp_path / "part").notes if "red" in note]
    assert note.isprintable() and len(note) == 240
    edit(tmp_path / "part" / "bundle.json", lambda card: card.update(notes=[3]))
    with raises(BundleError, "card-damaged", "notes is"):
        read_bundle(tmp_path / "part")
