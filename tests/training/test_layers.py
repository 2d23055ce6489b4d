"""Nothing in training imports upward, read from the import statements."""

from __future__ import annotations

import ast

import pytest

from gac_core.bundles.library import engine_root

ORDER = (
    ("config",),
    ("console", "stretch"),
    ("settings",),
    ("sections", "processes"),
    ("data", "losses"),
    ("scores",),
    ("stage1", "fit"),
    ("stage2",),
    ("stage3",),
    ("evaluation",),
    ("inference",),
    ("demo",),
    ("commands",),
)
"""Lowest first. Parts in one entry may not import each other."""

LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}
ROOT = engine_root() / "training"
MODULES = sorted(p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py")
COMMANDS = {path.stem for path in ROOT.glob("*.py") if "\ndef main(" in path.read_text()}


def part_of(module):
    """The part of a module below `training`; settings of a fit are below what reads them."""
    first, _, rest = module.partition(".")
    if (first, rest) == ("fit", "settings"):
        return "settings"
    return "commands" if first in COMMANDS else first


def imported(path):
    """Yield the modules of training that a file imports, wherever in it, types too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("training"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            inner = [n for n in names if (ROOT.parent / f"{n.replace('.', '/')}.py").is_file()]
            packages = [n for n in names if (ROOT.parent / n.replace(".", "/")).is_dir()]
            for name in inner or packages or [node.module]:
                yield name.removeprefix("training").removeprefix(".")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down(path):
    own = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert own in LEVEL, f"{own} has no place in the order yet"
    for module in filter(None, imported(path)):
        other = part_of(module)
        assert other == own or LEVEL[other] < LEVEL[own], f"{own} imports {module}"


def test_the_demo_is_imported_by_nothing_else():
    for path in (*MODULES, *(engine_root() / "gac_core").rglob("*.py")):
        if "demo" not in path.relative_to(engine_root()).parts:
            assert not any(m.startswith("demo") for m in imported(path)), path
