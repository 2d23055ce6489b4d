"""Findings against stages: known by identifiers on new cards, by their words on those of before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.card import read_bundle
from gac_core.bundles.findings import (
    FINDINGS,
    HELD_OUT,
    PARTS,
    SENTENCES,
    codes_of,
    note_of,
    of_stage,
)
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from tests.core.bundles.parts import edit
from tests.problems import notes_with, raises

BLUR = Message(PARTS["blurred"], "opt_v1", 8)
ONLY_BLURS = Message(SENTENCES["only-blurs"], "opt_v2", "opt_v1", "PSNR, SSIM", BLUR)
LINES = [
    Message(SENTENCES["worse"], "opt_v3", "opt_v2", "SAM", "0.1°", "0.06°", "0.14°", 28),
    Message(SENTENCES["worse-on-one"], "opt_v3", "opt_v2", "SSIM", "0.037"),
    Message(SENTENCES["maybe-worse"], "opt_v2", "opt_v1", "SAM", "1°", 9, "-0.1°", "1.1°"),
    ONLY_BLURS,
    Message(SENTENCES["undefined"], "SSIM", 3, 28),
    Message(SENTENCES["worse-than-before"], "PSNR", "20", "21"),
    Message(SENTENCES["maybe-worse-than-before"], "PSNR", "20.9", "21"),
]


@pytest.mark.parametrize("line", LINES, ids=list(FINDINGS))
@pytest.mark.parametrize("card", ["new", "old"])
def test_a_note_is_the_finding_that_was_written(line, card):
    stored = json.loads(json.dumps({"lines": [line], "codes": codes_of([line])}))
    note = note_of(stored["lines"][0], stored["codes"] if card == "new" else {})
    identifier = next(name for name, text in SENTENCES.items() if text == line.template)
    assert (note.template, note.arguments) == (FINDINGS[identifier], line.arguments)
    assert note == Message(HELD_OUT, line)


def test_every_finding_is_tried():
    assert [line.template for line in LINES] == list(SENTENCES.values())


def test_arguments_are_known_whatever_they_hold():
    """By words alone, the first ` in ` ends the second name."""
    line = Message(SENTENCES["only-blurs"], "opt_v2", "a mean in winter", "PSNR", BLUR)
    assert note_of(line, codes_of([line])).arguments == line.arguments
    assert note_of(line, {}).arguments != line.arguments
    assert note_of(line, codes_of([line])).arguments[3].arguments == ("opt_v1", "8")


@pytest.mark.parametrize(
    "code",
    [
        ["of a newer version", "opt_v2", "opt_v1", "PSNR, SSIM", "x"],
        ["only-blurs", "opt_v2"],
        ["only-blurs", "opt_v2", "opt_v1", "PSNR, SSIM", ["of a newer version", "opt_v1"]],
        ["only-blurs", "opt_v2", "opt_v1", "PSNR, SSIM", []],
        ["worse-on-one", "another", "sentence", "than the", "card's"],
        [["only-blurs"]],
        [],
        None,
    ],
)
def test_codes_that_are_not_known_or_say_something_else_leave_the_words(code):
    note = note_of(ONLY_BLURS, {str(ONLY_BLURS): code})
    assert note == Message(HELD_OUT, ONLY_BLURS) and note.template == FINDINGS["only-blurs"]
    assert of_stage("other words", "opt_v2", {"other words": code}) == "opt_v2's other words"


def test_a_trainings_finding_is_told_of_its_stage():
    line = LINES[5]
    found = of_stage(str(line), "opt_v2", codes_of([line]))
    assert found == "opt_v2's PSNR is worse than in the stage before: 20 after 21"
    assert found.arguments[0] == Message(PARTS["measure-of"], "opt_v2", "PSNR")
    assert note_of(found, codes_of([found])).template == FINDINGS["worse-than-before"]


def test_a_part_brings_its_codes_to_the_card(base: Bundle, parts, packed):
    line = LINES[5]
    scores = {"not earned": [str.__str__(line)], "findings": codes_of([line])}
    part = replace(parts[2], scores={**parts[2].scores, **scores})
    bundle = packed(part)
    (told,) = bundle.card["scores"]["not earned"]
    assert bundle.card["scores"]["findings"] == {
        told: ["worse-than-before", ["measure-of", "opt_v2", "PSNR"], "20", "21"]
    }
    (note,) = notes_with(bundle.notes, "opt_v2's PSNR", template=FINDINGS["worse-than-before"])
    assert note.arguments[0].arguments == ("opt_v2", "PSNR")
    assert "findings" not in bundle.card["scores"]["stage 2"]
    again = packed(part, of=bundle, out="again")
    assert again.card["scores"]["findings"] == bundle.card["scores"]["findings"]
    without = packed(parts[3], of=bundle, out="other")
    assert set(without.card["scores"]["findings"]) <= set(without.card["scores"]["not earned"])
    change = {"scores": {"findings": {"x": [["a", {}]]}}}
    edit(bundle.path / "bundle.json", lambda card: card.update(change))
    with raises(BundleError, "card-damaged", "findings"):
        read_bundle(bundle.path)
