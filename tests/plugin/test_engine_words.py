"""The engine's messages in other languages."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gac_qgis_plugin.contract.message import Message, with_words
from osgeo import gdal, osr

from gac_qgis_plugin.batches import progress, read_batch
from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import translated
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.worker.protocol import LineReader, outcome_of
from scripts import words

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("GAC_PYTHON") or ROOT / ".venv" / "bin" / "python")
DEMO = ROOT / "resources" / "bundles" / "demo"
PATIENCE_S = 120


def test_in_english_a_message_is_its_own_text(qgis) -> None:
    assert translated(Message("{} is {}.", "unit", Message("unknown"))) == "unit is unknown."


def test_templates_and_messages_in_messages_are_translated(language) -> None:
    language("de")
    why = Message("{}; {}", Message("from the {}", Message("file name")), Message("as chosen"))
    assert translated(why) == "aus: Dateiname; wie gewählt"
    assert translated(
        Message("Stage {} of {}, {}: tile {} of {}", 1, 3, Message("refine"), 2, 9)
    ) == ("Stufe 1 von 3, verfeinern: Kachel 2 von 9")


def test_arguments_that_are_no_messages_stay(language) -> None:
    language("de")
    assert translated(Message("The file {} does not exist.", "unknown")) == (
        "Die Datei unknown gibt es nicht."
    )
    assert translated(Message("The file {} does not exist.", "{0}{x}")) == (
        "Die Datei {0}{x} gibt es nicht."
    )
    assert translated(Message("The file {} cannot be read: {}.", "a.tif", "Permission denied")) == (
        "Die Datei a.tif kann nicht gelesen werden: Permission denied."
    )


def test_texts_without_a_template_are_looked_up_whole(language) -> None:
    language("de")
    assert translated("unknown") == "unbekannt"
    assert translated("CUDA error: an illegal memory access") == (
        "CUDA error: an illegal memory access"
    )
    assert translated("and " * 5000) == "and " * 5000


def test_a_template_of_the_plugin_s_own_in_a_damaged_record_does_no_harm(language) -> None:
    language("de")
    text = Message("{}: {:.2f} of {:.2f} GB", "a")
    assert translated(text) == "a: {:.2f} von {:.2f} GB"


@pytest.mark.parametrize("language_name", ["de", "es"])
def test_translations_of_templates_are_filled_in_order(language_name: str) -> None:
    entries = words.read(words.FOLDER / f"gac_{language_name}.ts")
    numbered = [form for each in entries.values() for form in each.forms or [] if "{0" in form]
    assert numbered == []


def test_a_failure_of_the_worker_is_told_in_the_language_of_qgis(language) -> None:
    language("de")
    event = {
        "event": "error",
        "message": Message("{} holds {}; {} is missing.", "S1.tif", Message("only {}", "VV"), "VH"),
        "remedy": Message(
            "{} {}", Message("Give another path."), Message("Choose another folder.")
        ),
    }
    line = json.dumps(with_words(event)).encode() + b"\n"
    (parsed,) = LineReader(pytest.fail).feed(line)
    outcome = outcome_of(parsed)
    assert outcome is not None and outcome.problem is not None
    assert outcome.problem.message == "S1.tif enthält nur VV; VH fehlt."
    assert outcome.problem.remedy == "Geben Sie einen anderen an. Einen anderen Ordner wählen."


def test_a_run_s_record_is_told_too(tmp_path: Path, language) -> None:
    effect = Message(
        "Stage 3 changed {} of the area by more than {} reflectance, {} ({})",
        "12 %",
        "0.02",
        Message("most in the {}", Message("north-west")),
        Message("brighter {}", Message("near infrared")),
    )
    score = Message("{} rose from {} to {}", Message("agreement with the radar"), "0.10", "0.50")
    record = {"critique": Message("{}; {}.", effect, score), "device": "cpu"}
    path = tmp_path / layout.RECORD
    path.write_text(json.dumps(with_words(record)), encoding="utf-8")
    language("de")
    assert translated(read_record(tmp_path)["critique"]) == (
        "Stufe 3 hat 12 % der Fläche um mehr als 0,02 Reflexion verändert, am meisten: Nordwesten "
        "(heller: nahes Infrarot); die Übereinstimmung mit dem Radar stieg von 0,10 auf 0,50."
    )
    # A record of an older version is shown in English.
    path.write_text(json.dumps(record), encoding="utf-8")
    assert translated(read_record(tmp_path)["critique"]).startswith("Stage 3 changed 12 %")


def test_a_batch_s_failures_are_told_too(tmp_path: Path, language) -> None:
    scene = {"status": "refused", "why": Message("{} is a mask, not backscatter.", "a.tif")}
    (tmp_path / layout.SUMMARY).write_text(json.dumps(with_words({"scenes": {"a": scene}})))
    language("de")
    assert read_batch(tmp_path).holes == ["a: a.tif ist eine Maske, keine Rückstreuung."]
    event = records.load(json.dumps(with_words({"message": Message("Computing the blocks")})))
    assert progress(event)[1] == "Die Blöcke werden berechnet"


class Engine:
    """A worker process that is asked one thing after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [str(PYTHON), "-m", "gac_core.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"},
        )
        self._reader = LineReader(pytest.fail)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the event that answers a request."""
        assert self._process.stdin is not None and self._process.stdout is not None
        request = json.dumps({"id": "a", "method": method, "params": params})
        self._process.stdin.write(request.encode() + b"\n")
        self._process.stdin.flush()
        while line := self._process.stdout.readline():
            for event in self._reader.feed(line):
                if event.get("id") == "a":
                    return event
        raise AssertionError("the worker ended")

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    if not PYTHON.is_file():
        pytest.skip("the worker's environment is missing: run `make env`")
    worker = Engine()
    yield worker
    worker.close()


@pytest.fixture
def raster(tmp_path: Path) -> Callable[..., str]:
    """Writes a GeoTIFF of so many bands; `epsg` 0: without georeference."""

    def write(
        name: str,
        bands: int = 2,
        kind: int = gdal.GDT_Float32,
        value: float = -10,
        epsg: int = 32633,
    ) -> str:
        path = str(tmp_path / name)
        file = gdal.GetDriverByName("GTiff").Create(path, 200, 150, bands, kind)
        if epsg:
            crs = osr.SpatialReference()
            crs.ImportFromEPSG(epsg)
            file.SetProjection(crs.ExportToWkt())
            file.SetGeoTransform((500_000, 10, 0, 5_400_000, 0, -10))
        noise = np.random.default_rng(1).normal(0, 2, (150, 200))
        for band in range(1, bands + 1):
            pixels = np.full((150, 200), value) + noise - 7 * (band - 1)
            file.GetRasterBand(band).WriteArray(pixels)
        file.FlushCache()
        return path

    return write


INPUTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "missing": ({}, {"sar": ["/none/a.tif"]}, "Die Datei /none/a.tif gibt es nicht."),
    "single band": (
        {"bands": 1},
        {},
        "a.tif enthält einen einzigen Kanal; eine zweite Polarisation fehlt.",
    ),
    "picture": ({"kind": gdal.GDT_Byte, "value": 90}, {}, "a.tif ist ein 8-Bit-Bild"),
    "no place": ({"epsg": 0}, {}, "a.tif sagt nicht, wo es liegt"),
    "numbers": ({"kind": gdal.GDT_UInt16, "value": 900}, {}, "a.tif enthält ganze Zahlen (uint16)"),
    "counts": ({"value": 900}, {}, "a.tif enthält Werte um 89"),
    "band": ({}, {"vv_band": 9}, "Kanal 9 wurde für VV gewählt, aber a.tif hat 2."),
    "one band twice": (
        {},
        {"vv_band": 1, "vh_band": 1},
        "Kanal 1 von a.tif wurde für VV und VH zugleich gewählt.",
    ),
    "extent": ({}, {"extent": [1, 1, 1, 2]}, "Die Ausdehnung 1 1 1 2 ist leer."),
    "far": ({}, {"extent": [9e5, 1e6, 9.1e5, 1.1e6]}, "berührt die Szene nicht"),
    "crs": (
        {},
        {"extent": [0, 0, 1, 1], "extent_crs": "nonsense"},
        "Das KBS 'nonsense' der Ausdehnung ist unbekannt.",
    ),
    "unit": ({}, {"unit": "watt"}, "Einheit ist 'watt'."),
    "files": (
        {},
        {"sar": ["a", "b", "c"]},
        "Ein Lauf nimmt eine oder zwei Radardateien, angegeben wurden 3.",
    ),
    "wrong dB": ({}, {"unit": "power"}, "a.tif kann nicht linear (power) sein"),
}
"""By name: how the raster differs, how the request differs, the beginning of the message."""


@pytest.mark.timeout(PATIENCE_S)
@pytest.mark.parametrize("name", INPUTS)
def test_what_is_wrong_with_an_input_is_told_in_german(
    name: str, engine: Engine, raster, language
) -> None:
    language("de")
    made, asked, expected = INPUTS[name]
    event = engine.ask("inspect", **{"sar": [raster("a.tif", **made)], **asked})
    outcome = outcome_of(event)
    assert outcome is not None and outcome.problem is not None
    assert expected in outcome.problem.message
    assert outcome.problem.remedy not in ("", event["remedy"])


def test_what_is_understood_of_an_input_is_told_in_german(engine: Engine, raster, language) -> None:
    language("de")
    scene = engine.ask("inspect", sar=[raster("S1_20210715.tif")])["result"]
    told = {each["name"]: each for each in scene["decisions"]}
    assert [translated(each["label"]) for each in scene["decisions"]][:3] == [
        "Kanäle",
        "Einheit",
        "Art",
    ]
    assert translated(told["bands"]["value"]) == "VV Kanal 1, VH Kanal 2"
    assert translated(told["date"]["why"]) == "aus: Dateiname"
    assert translated(told["crs"]["why"]).endswith("das Arbeitsraster ist EPSG:32633, 10 m")
    assert translated(told["spacing"]["why"]).endswith("; sie werden genommen, wie sie sind")
    left = [
        (each["name"], key)
        for each in scene["decisions"]
        for key in ("label", "why")
        if translated(each[key]) == each[key]
    ]
    assert left == [("crs", "label")] or left == []


def test_what_the_demo_bundle_admits_is_told(engine: Engine, language) -> None:
    unearned = json.loads((DEMO / "bundle.json").read_text(encoding="utf-8"))["scores"][
        "not earned"
    ]
    (demo,) = [b for b in engine.ask("bundles")["result"]["bundles"] if b["name"] == "demo"]
    language("de")
    notes = [translated(note) for note in demo["notes"]]
    assert len(unearned) > 0 and notes[0].startswith("Demo-Modelle")
    assert sum(note.startswith("An zurückgehaltenen Orten") for note in notes) == len(unearned)
    assert not any("held-out" in note for note in notes)


def test_a_stage_that_only_blurs_is_told(language) -> None:
    language("de")
    told = "On held-out places {} is better than {} in {}, but no better than {}."
    blurred = Message("{} blurred by {} px", "opt_v1", 8)
    assert translated(Message(told, "opt_v2", "opt_v1", "PSNR, SSIM", blurred)) == (
        "An zurückgehaltenen Orten ist opt_v2 besser als opt_v1 in PSNR, SSIM, aber nicht besser "
        "als opt_v1, um 8 px weichgezeichnet."
    )
