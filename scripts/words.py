"""Collection of user-facing texts into the catalogues in resources/i18n, and their compilation.

Run by `make words`. Translations live in `gac_LANGUAGE.ts`, editable in Qt Linguist or any editor;
QGIS reads the `gac_LANGUAGE.qm` compiled by Qt's lrelease. Both are in git, so that the plugin can
be packaged without Qt's tools. Qt's own collector sees only methods called `tr`, so the texts are
collected here: those passed to `tr`, `later` and `Message`.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "GAC"
PLUGIN = "gac_qgis_plugin"
ENGINE = "gac_core"
MARKS = ("tr", "later", "Message")
"""Callables that mark texts."""

LEGEND = ("item", "paletteEntry")
"""Elements of a style that are entries of a legend."""

PLURALS = {"en": 2, "de": 2, "es": 2}
"""Number of forms of a text with a number, by language. English has no other translations."""

LRELEASE = (
    "lrelease",
    "/usr/lib/qt5/bin/lrelease",
    "/usr/lib/qt6/bin/lrelease",
    "pyside6-lrelease",
)


class WordsError(Exception):
    """Error of catalogues that cannot be built."""


@dataclass
class Text:
    """Text in the source.

    Attributes:
        has_number: True if it has a singular and a plural.
        files: Files that contain it.
    """

    has_number: bool = False
    files: set[str] = field(default_factory=set)


@dataclass
class Entry:
    """Text in a catalogue.

    Attributes:
        forms: Translation; several forms if it has a singular and a plural. None: not translated.
        vanished: True if the source no longer has it.
    """

    forms: list[str] | None = None
    vanished: bool = False


def collect(root: Path = ROOT) -> dict[str, Text]:
    """Return all texts of the source, sorted."""
    texts: dict[str, Text] = {}
    for path in sorted([*(root / PLUGIN).rglob("*.py"), *(root / ENGINE).rglob("*.py")]):
        for text, has_number in marked(ast.parse(path.read_text(encoding="utf-8"))):
            entry = texts.setdefault(text, Text())
            entry.has_number |= has_number
            entry.files.add(path.relative_to(root).as_posix())
    for text, path in _in_resources(root):
        texts.setdefault(text, Text()).files.add(path.relative_to(root).as_posix())
    return dict(sorted(texts.items()))


def marked(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield texts passed to a marking callable, and whether they have a number.

    Punctuation between messages needs no translation.
    """
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        if node.func.id in MARKS:
            has_number = node.func.id == "tr" and len(node.args) > 1
            for text in literals(node.args[0]):
                if any(map(str.isalpha, text)):
                    yield text, has_number


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be: a literal, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


def _in_resources(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield texts in data files: titles and notes of bundle cards, and legends of styles."""
    for card in sorted((root / "resources" / "bundles").glob("*/bundle.json")):
        values = json.loads(card.read_text(encoding="utf-8"))
        for text in (values.get("title"), *(values.get("notes") or [])):
            if text:
                yield text, card
    for style in sorted((root / "resources" / "styles").glob("*.qml")):
        for element in ElementTree.parse(style).iter():
            label = element.get("label", "")
            if element.tag in LEGEND and any(map(str.isalpha, label)):
                yield label, style


def read(path: Path) -> dict[str, Entry]:
    """Return a catalogue; empty if there is none yet."""
    catalogue: dict[str, Entry] = {}
    if not path.exists():
        return catalogue
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        entry = Entry()
        if translation is not None:
            forms = [form.text or "" for form in translation.iter("numerusform")] or [
                translation.text or ""
            ]
            entry.forms = forms if all(forms) and translation.get("type") != "unfinished" else None
            entry.vanished = translation.get("type") in ("vanished", "obsolete")
        catalogue[message.findtext("source", "")] = entry
    return catalogue


def update(old: dict[str, Entry], texts: dict[str, Text], language: str) -> dict[str, Entry]:
    """Return a catalogue with all texts; vanished ones are kept in case they return."""
    current = {text for text, info in texts.items() if language != "en" or info.has_number}
    new = {text: Entry(old[text].forms if text in old else None) for text in current}
    vanished_entries = {
        text: Entry(entry.forms, vanished=True)
        for text, entry in old.items()
        if text not in current and entry.forms
    }
    return dict(sorted({**new, **vanished_entries}.items()))


def write(path: Path, language: str, entries: dict[str, Entry], texts: dict[str, Text]) -> None:
    """Write a catalogue as Qt Linguist does."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, entry in entries.items():
        text = texts.get(source, Text(has_number=len(entry.forms or []) > 1))
        message = ElementTree.SubElement(context, "message")
        if text.has_number:
            message.set("numerus", "yes")
        ElementTree.SubElement(message, "source").text = source
        if text.files:
            ElementTree.SubElement(message, "extracomment").text = ", ".join(sorted(text.files))
        translation = ElementTree.SubElement(message, "translation")
        if entry.vanished:
            translation.set("type", "vanished")
        elif entry.forms is None:
            translation.set("type", "unfinished")
        forms = entry.forms or [""] * (PLURALS[language] if text.has_number else 1)
        if text.has_number:
            for form in forms:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")


def compile_all(folder: Path) -> None:
    """Compile the `.qm` files.

    Raises:
        WordsError: If Qt's lrelease is missing or rejects a catalogue.
    """
    program = next((candidate for candidate in map(shutil.which, LRELEASE) if candidate), None)
    if program is None:
        raise WordsError("Qt's lrelease was not found (Debian: qttools5-dev-tools).")
    for path in sorted(folder.glob("*.ts")):
        command = [program, "-silent", "-removeidentical", "-nounfinished", str(path)]
        command += ["-qm", str(path.with_suffix(".qm"))]
        process = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if process.returncode:
            raise WordsError(f"lrelease failed on {path.name}: {process.stderr.strip()}")


def main() -> int:
    """Update and compile all catalogues; takes no arguments.

    Returns:
        The exit status: 1 if a translation is missing.
    """
    texts = collect()
    FOLDER.mkdir(parents=True, exist_ok=True)
    missing_count = 0
    for language in PLURALS:
        path = FOLDER / f"gac_{language}.ts"
        entries = update(read(path), texts, language)
        write(path, language, entries, texts)
        missing = [text for text, entry in entries.items() if entry.forms is None]
        missing_count += len(missing)
        print(f"{path.relative_to(ROOT)}: {len(entries)} texts, {len(missing)} to translate")
        for text in missing:
            print(f"    {text!r}")
    try:
        compile_all(FOLDER)
    except WordsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 1 if missing_count else 0


if __name__ == "__main__":
    sys.exit(main())
