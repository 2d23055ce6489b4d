"""Collecting texts into catalogues."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import words
from scripts.words import Entry, Text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with texts in the plugin, in the engine and in resources."""
    for name, text in {
        "gac_qgis_plugin/gui/dock.py": (
            'TITLE = later("Stages")\n'
            "def show(n):\n"
            '    return tr("Layer ") + tr("%n tile(s)", n) + tr(TITLE) + other("No")\n'
        ),
        "gac_core/scene/files.py": (
            '"""A docstring of a module."""\n'
            'words = Message("The file {} is {} empty.", path, share)\n'
            'raise SceneError(words, Message("Give another" " one."))\n'
            'KEYS = {"path": 1, "no message at all": 2}\n'
        ),
        "gac_core/grid.py": 'raise ValueError("This one is not for users.")\n',
        "gac_core/contract/bands.py": 'BIOMES = (later("Tundra"),)\n',
        "resources/bundles/demo/bundle.json": '{"title": "Demo", "notes": ["Small."]}',
        "resources/styles/doubt.qml": (
            '<qgis><item label="0.75"/><item label="1 none"/><paletteEntry label="clear"/></qgis>'
        ),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_texts_are_found_where_they_are(checkout: Path) -> None:
    found = words.collect(checkout)
    assert {text: told.has_number for text, told in found.items()} == {
        "%n tile(s)": True,
        "1 none": False,
        "Demo": False,
        "Give another one.": False,
        "Layer ": False,
        "Small.": False,
        "Stages": False,
        "The file {} is {} empty.": False,
        "Tundra": False,
        "clear": False,
    }
    assert found["Stages"].files == {"gac_qgis_plugin/gui/dock.py"}


def test_a_catalogue_comes_back_as_it_was_written(tmp_path: Path) -> None:
    texts = {"%n tile(s)": Text(has_number=True), "A & <b>B</b>": Text(), "C": Text()}
    entries = {
        "%n tile(s)": Entry(["%n Kachel", "%n Kacheln"]),
        "A & <b>B</b>": Entry(["A und <b>Ü</b>"]),
        "C": Entry(None),
        "D": Entry(["d"], vanished=True),
    }
    path = tmp_path / "gac_de.ts"
    words.write(path, "de", entries, texts)
    assert words.read(path) == entries
    before = path.read_bytes()
    words.write(path, "de", words.read(path), texts)
    assert path.read_bytes() == before


def test_translations_outlive_their_texts(tmp_path: Path) -> None:
    old = {"A": Entry(["a"]), "B": Entry(["b"]), "C": Entry(None)}
    gone = words.update(old, {"A": Text(), "D": Text()}, "de")
    assert gone == {"A": Entry(["a"]), "B": Entry(["b"], vanished=True), "D": Entry(None)}
    assert words.update(gone, {"B": Text()}, "de")["B"] == Entry(["b"])


def test_english_has_plurals_only() -> None:
    texts = {"A": Text(), "%n tile(s)": Text(has_number=True)}
    assert set(words.update({}, texts, "en")) == {"%n tile(s)"}


def test_without_qt_s_tools_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LRELEASE", ("no-such-program",))
    with pytest.raises(words.WordsError, match="qttools5-dev-tools"):
        words.compile_all(tmp_path)
