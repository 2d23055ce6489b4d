"""The language of QGIS: of its window, not of its settings; its numbers and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from gac_qgis_plugin.contract.message import Message
from osgeo import gdal
from qgis.core import QgsApplication, QgsRasterLayer

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import Language, Number, locale, months, tr, translated
from gac_qgis_plugin.display import DisplayRange
from gac_qgis_plugin.gui.compare.range_choice import range_title
from gac_qgis_plugin.gui.compare.readout import Reading, as_table
from gac_qgis_plugin.gui.models_dialog import size_words
from gac_qgis_plugin.gui.scene_note import day_of
from gac_qgis_plugin.gui.score_chart import score_help, verdicts
from gac_qgis_plugin.labels import group_title
from gac_qgis_plugin.runs import describe_run, read_entry, run_state
from gac_qgis_plugin.styles import load_qml
from tests.plugin.runs import write_run


@pytest.fixture
def started_in(qgis) -> Iterator[Callable[[str], None]]:
    """Starts QGIS with `--lang`, as far as the plugin can tell, in the language of its settings."""
    languages: list[Language] = []

    def start(code: str) -> None:
        QgsApplication.setTranslation(code)
        languages.append(Language(paths.resource("i18n")))

    yield start
    QgsApplication.setTranslation("")
    for each in languages:
        each.release()


def test_lang_counts_and_not_the_saved_language(started_in, language) -> None:
    language("es")
    assert locale().name().startswith("es")
    spanish = tr("Compare")
    started_in("de")
    assert locale().name() == "de_DE"
    assert tr("Compare") not in ("Compare", spanish)
    assert months()[4] == "Mai"
    assert day_of({"date": "2021-06-14T05:42:10"}) == "14. Juni 2021"


def test_a_saved_language_counts_without_lang(language) -> None:
    language("de")
    assert QgsApplication.instance().translation() == ""
    assert months()[2] == "März"


@pytest.mark.parametrize(
    ("code", "expected"), [("de", "0,25"), ("es", "0,25"), ("en", "0.25"), ("de_AT", "0,25")]
)
def test_numbers_have_the_points_of_the_language(started_in, code, expected) -> None:
    started_in(code)
    assert f"{Number(0.25):.2f}" == expected == f"{Number(0.25)}"
    assert f"{Number(0.25):g}" == expected
    assert f"{Number(12345.6):.1f}".replace(",", ".") == "12345.6", "columns of digits stay whole"


def test_what_the_panel_shows_is_german(started_in, tmp_path: Path) -> None:
    started_in("de")
    write_run(tmp_path / "run")
    entry = read_entry(tmp_path / "run")
    shown = [
        run_state(entry),
        describe_run(entry),
        size_words(1_234_000_000),
        size_words(2_340_000),
        score_help(),
        *verdicts({1: 0.41, 2: 0.32, 3: 0.71}),
        range_title("fixed", DisplayRange()),
        as_table(Reading({1: [0.01, 0.02, 0.03, 0.2]}, {"VV": -12.3})),
    ]
    for text in shown:
        assert any(f"{digit}," in text for digit in "0123456789"), text
        digits = [text[n : n + 3] for n in range(len(text)) if text[n + 1 : n + 2] == "."]
        assert not [each for each in digits if each[0].isdigit() and each[-1].isdigit()], text


def test_the_engines_numbers_are_german_and_its_versions_and_files_are_not(started_in) -> None:
    started_in("de")
    changed = translated(Message("{} rose from {} to {}", Message("the radar"), "0.31", "0.45"))
    assert "0,31" in changed and "0,45" in changed
    kept = translated(
        Message("Python {} and CUDA {}, {} GiB of {}", "3.11", "12.4", "7.5", "0.5.tif")
    )
    assert kept.arguments == ("3.11", "12.4", "7,5", "0.5.tif")


def test_days_are_german(started_in) -> None:
    started_in("de")
    assert group_title("s1", "2026-10-28 12:28", date(2026, 11, 29)).startswith("s1 · 28 Okt")


@pytest.mark.parametrize(
    ("style", "expected"), [("doubt", "1 mehr als jeder echte Ort"), ("clear", "klar")]
)
def test_a_legend_is_in_the_language(started_in, tmp_path: Path, style, expected) -> None:
    started_in("de")
    path = str(tmp_path / "a.tif")
    gdal.GetDriverByName("GTiff").Create(path, 4, 4, 1, gdal.GDT_Byte)
    layer = QgsRasterLayer(path, "a", "gdal")
    load_qml(layer, style)
    assert expected in [label for label, _ in layer.renderer().legendSymbologyItems()]
