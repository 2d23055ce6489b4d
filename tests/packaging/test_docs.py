"""Documents name files that exist; the architecture names every module of the engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "gac_core", "gac_qgis_plugin", "scripts", "tests", "training", ".github")
SUFFIXES = (".md", ".py", ".sh", ".yml")
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*"), *(path for name in FOLDERS for path in (ROOT / name).rglob("*")))
    if path.suffix in SUFFIXES
)
DOCUMENTS = [
    path
    for path in FILES
    if path.endswith(".md") and path.count("/") < 2 and path != "CHANGELOG.md"
]
ENDINGS = {path.split("/", count)[-1] for path in FILES for count in range(path.count("/") + 1)}
"""Every path, whole and without its first folders."""

SOURCE = re.compile(r"(?<![\w./<{$*-])[\w-]+(?:/[\w-]+)*\.(?:py|sh|yml)\b")
HISTORY = {"fit/judge.py", "stage3/choice.py"}
"""Files that docs/decisions.md names as what was before."""

FOREIGN = {"gdal_edit.py"}
"""Programs of others."""

NAME = re.compile(r"`([a-z]\w*)`")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def rows_below(title: str) -> list[tuple[str, str]]:
    """Return part and description of each row of the table below a heading of the architecture."""
    section = ARCHITECTURE.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|", 1) for line in section.splitlines() if line.startswith("|")]
    return [(part.strip(), about) for part, about in rows[2:]]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_source_files_that_documents_name_exist(document):
    text = (ROOT / document).read_text(encoding="utf-8").replace("\\_", "_")
    missing = set(SOURCE.findall(text)) - ENDINGS - HISTORY - FOREIGN
    assert not missing, f"{document} names {sorted(missing)}"


def test_modules_of_the_architecture_are_named_from_the_root():
    paths = [path for path in SOURCE.findall(ARCHITECTURE) if path.endswith(".py")]
    assert len(paths) > 15
    assert not [path for path in paths if path not in FILES]


def modules_of(package: str) -> dict[str, set[str]]:
    """Return a package's modules by folder, without `__init__` and `__main__`; "" for its own."""
    modules: dict[str, set[str]] = {}
    for path in map(Path, FILES):
        if path.parts[0] == package and path.suffix == ".py" and not path.stem.startswith("__"):
            modules.setdefault("/".join(path.parts[1:-1]), set()).add(path.stem)
    return modules


def names_below(title: str) -> dict[str, set[str]]:
    """Return the names in a table of parts by folder; "" for parts that are modules.

    A row without a part goes on with the one above it.
    """
    names: dict[str, set[str]] = {"": set()}
    folder = ""
    for part, about in rows_below(title):
        names[""] |= set(NAME.findall(part))
        if part:
            folder = "".join(re.findall(r"`(\w+)/`", part))
        names.setdefault(folder, set()).update(NAME.findall(about))
    return names


def test_the_architecture_names_every_module_of_the_engine_and_nothing_else():
    modules, names = modules_of("gac_core"), names_below("The engine's parts")
    assert names == modules


@pytest.mark.parametrize(
    ("package", "title"),
    [("gac_qgis_plugin", "The plugin's parts"), ("training", "Training's parts")],
)
def test_the_architecture_names_every_part_of_plugin_and_training(package, title):
    rows = rows_below(title)
    parts = {name for part, _ in rows for name in re.findall(r"`([\w/]+?)/?`", part)}
    modules = modules_of(package)
    folders = {folder.partition("/")[0] for folder in modules} - {""}
    assert modules[""] | folders <= parts
    for name in parts:
        path = ROOT / package / name
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


@pytest.mark.parametrize("package", ["gac_qgis_plugin", "training"])
def test_names_in_the_tables_of_plugin_and_training_are_modules(package):
    """Beside classes, written in capitals, and texts with another mark in them."""
    title = {"gac_qgis_plugin": "The plugin's parts", "training": "Training's parts"}[package]
    names = {name for _, about in rows_below(title) for name in NAME.findall(about)}
    assert names <= set().union(*modules_of(package).values())
