"""The engine's words in other languages: recognised by their patterns."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gac_qgis_plugin.core.translation import translated
from gac_qgis_plugin.worker.protocol import outcome_of
from scripts import words

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "inputs.md"
TOLD = 0.95
"""Share of what users are told about inputs; the rest are other programs' words."""


def test_the_patterns_are_in_step_with_the_engine() -> None:
    kept = json.loads((words.FOLDER / words.ENGINE).read_text(encoding="utf-8"))
    assert kept == words.engine_sentences(), "call `make words`"


def test_in_english_the_engine_s_words_are_its_own(qgis) -> None:
    changed = {text for text in words.engine_sentences() if translated(text) != text}
    assert changed == set()


def test_evidence_is_told_piece_by_piece(language) -> None:
    language("de")
    assert translated("from the file name") == "aus: Dateiname"
    assert (
        translated("declared in the file: 0; the value -9999 in 12 %")
        == "in der Datei angegeben: 0; der Wert -9999 in 12 %"
    )
    assert translated("as the file says; the working grid is EPSG:32633, 10 m").endswith(
        "das Arbeitsraster ist EPSG:32633, 10 m"
    )


def test_a_sentence_in_a_sentence_is_told_too(language) -> None:
    language("es")
    told = translated(
        "The models need VV and VH together: give a dual-polarised scene (1SDV). "
        "If VH is in a file of its own, give both files."
    )
    assert told == (
        "Los modelos necesitan VV y VH juntas: dé una escena de doble polarización (1SDV). "
        "Si VH está en un archivo propio, dé ambos archivos."
    )


def test_what_the_demo_bundle_admits_is_told(language) -> None:
    card = json.loads((ROOT / "resources/bundles/demo/bundle.json").read_text(encoding="utf-8"))
    language("de")
    for words_of_card in card["scores"]["not earned"]:
        assert translated(f"On held-out places {words_of_card}.").startswith("An zurückgehaltenen")


def test_a_stage_that_only_blurs_is_told(language) -> None:
    language("de")
    told = "On held-out places opt_v2 is better than opt_v1 in PSNR, SSIM, but no better than {}."
    assert translated(told.format("opt_v1 blurred by 8 px")) == (
        "An zurückgehaltenen Orten ist opt_v2 besser als opt_v1 in PSNR, SSIM, aber nicht besser "
        "als opt_v1, um 8 px weichgezeichnet."
    )
    assert translated(told.format("opt_v1's mean colour")).endswith(
        "die mittlere Farbe von opt_v1."
    )


def test_what_stage_3_did_is_told(language) -> None:
    language("de")
    told = translated(
        "Stage 3 changed 12 % of the area by more than 0.02 reflectance, most in the north-west "
        "(brighter near infrared); agreement with the radar rose from 0.10 to 0.50."
    )
    assert told == (
        "Stufe 3 hat 12 % der Fläche um mehr als 0.02 Reflexion verändert, am meisten: Nordwesten "
        "(heller: nahes Infrarot); die Übereinstimmung mit dem Radar stieg von 0.10 auf 0.50."
    )


def test_what_a_library_says_stays(language) -> None:
    language("de")
    assert translated("The radar file a.tif cannot be read: Permission denied.") == (
        "Die Radardatei a.tif kann nicht gelesen werden: Permission denied."
    )
    assert translated("CUDA error: an illegal memory access") == (
        "CUDA error: an illegal memory access"
    )


def test_braces_and_long_texts_do_no_harm(language) -> None:
    language("de")
    assert translated("The radar file {0}{x} does not exist.") == (
        "Die Radardatei {0}{x} gibt es nicht."
    )
    long = "and " * 5000
    assert translated(long) == long


def test_a_failure_of_the_worker_is_told_in_the_language_of_qgis(language) -> None:
    language("de")
    event = {"event": "error", "message": "S1.tif holds only VV; VH is missing.", "remedy": ""}
    outcome = outcome_of(event)
    assert outcome is not None and outcome.problem is not None
    assert outcome.problem.message == "S1.tif enthält nur VV; VH fehlt."


@pytest.mark.parametrize("locale", ["de", "es"])
def test_what_is_wrong_with_an_input_is_told_in_every_language(locale: str, language) -> None:
    language(locale)
    page = PAGE.read_text(encoding="utf-8").partition("\n## Extents")[0]
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    told = [cell.strip(" |") for row in rows if len(row) == 3 for cell in row[1:]]
    sentences = [re.sub(r"\\(.)", r"\1", t) for t in told if t and "The run works" not in t]
    left = {text for text in sentences if translated(text) == text} - {"---"}
    assert len(sentences) > 100
    assert len(left) <= (1 - TOLD) * len(sentences), left
