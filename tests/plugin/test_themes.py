"""Colours in texts when the theme of QGIS is switched while they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

from gac_qgis_plugin.gui.scene_note import describe_scene
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, faint


@pytest.fixture
def themes(qgis) -> Iterator[tuple[QPalette, QPalette]]:
    """A light and a dark palette."""
    before = QPalette(QApplication.palette())
    light, dark = QPalette(before), QPalette(before)
    for palette, ground, ink in ((light, "#f0f0f0", "#101010"), (dark, "#323232", "#e0e0e0")):
        palette.setColor(QPalette.ColorRole.Window, QColor(ground))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    yield light, dark
    QApplication.setPalette(before)


def contrast(colour: str, ground: QColor) -> float:
    """Return WCAG's contrast of two colours."""

    def luminance(each: QColor) -> float:
        parts = (each.redF(), each.greenF(), each.blueF())
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    first, second = sorted((luminance(QColor(colour)), luminance(ground)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def test_warnings_and_faint_words_follow_the_theme(themes) -> None:
    light, dark = themes
    QApplication.setPalette(light)
    label = NoteLabel()
    label.show_text(f'{alert("careful")} <span style="color:{faint(light)}">aside</span>')
    first = re.findall(r"color:(#\w+)", label.text())
    words = re.sub(r"#\w+", "", label.text())
    QApplication.setPalette(dark)
    QApplication.processEvents()
    second = re.findall(r"color:(#\w+)", label.text())
    assert re.sub(r"#\w+", "", label.text()) == words
    for before, after in zip(first, second, strict=True):
        assert contrast(before, light.color(QPalette.ColorRole.Window)) > 4
        assert contrast(after, dark.color(QPalette.ColorRole.Window)) > 4
        assert before != after
    QApplication.setPalette(light)
    QApplication.processEvents()
    assert re.findall(r"color:(#\w+)", label.text()) == first


def test_the_note_on_a_scene_follows_too(themes) -> None:
    light, dark = themes
    QApplication.setPalette(light)
    label = NoteLabel()
    decision = {"name": "unit", "label": "unit", "value": "dB", "by": "file", "why": "its name"}
    scene = {"decisions": [decision], "width": 9, "height": 9, "warnings": ["odd"]}
    label.show_text(describe_scene(scene, label.palette()))
    QApplication.setPalette(dark)
    QApplication.processEvents()
    fresh = NoteLabel()
    fresh.show_text(describe_scene(scene, fresh.palette()))
    assert label.text() == fresh.text()


def test_a_style_sheet_is_a_theme_too(qgis) -> None:
    # QGIS's "Night Mapping" as it reaches a label: light text, and black as its background.
    label = NoteLabel()
    label.show_text(f'{alert("careful")} <span style="color:{faint(label.palette())}">aside</span>')
    before = re.findall(r"color:(#\w+)", label.text())
    QApplication.instance().setStyleSheet("QLabel { color: #aaaaaa; background-color: #000000; }")
    QApplication.processEvents()
    after = re.findall(r"color:(#\w+)", label.text())
    QApplication.instance().setStyleSheet("")
    QApplication.processEvents()
    assert all(contrast(colour, QColor("#323232")) > 4 for colour in after)
    assert re.findall(r"color:(#\w+)", label.text()) == before != after


def test_a_label_may_change_its_palette_alone(themes) -> None:
    _, dark = themes
    label = NoteLabel()
    label.show_text(f'<span style="color:{faint(label.palette())}">aside</span>')
    label.setPalette(dark)
    assert faint(dark) in label.text()
