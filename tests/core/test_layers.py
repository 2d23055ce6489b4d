"""Nothing imports upward: the order of the engine's parts, read from their import statements."""

from __future__ import annotations

import ast

import pytest

from gac_core.models.library import engine_root

ORDER = (
    ("errors", "bands", "season", "gdal", "heap"),
    ("grid",),
    ("request", "noise", "parent", "pace", "partial"),
    ("listener",),
    ("scene",),
    ("raster",),
    ("score",),
    ("critique",),
    ("models",),
    ("stages",),
    ("tiling",),
    ("feeding", "blocks", "blending", "lanes"),
    ("tokens", "lens"),
    ("computing",),
    ("mosaic",),
    ("memory", "plan", "provenance"),
    ("stac",),
    ("folder",),
    ("workspace", "pace_memory"),
    ("journal",),
    ("checkpoint", "reuse"),
    ("staging",),
    ("maps", "outcome", "taking_up"),
    ("pipeline",),
    ("spread",),
    ("protocol", "console", "doctor", "bundles"),
    ("reporter",),
    ("worker", "cli"),
)
"""Lowest first. Parts in one entry may not import each other."""

LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}
CORE = engine_root() / "gac_core"
MODULES = sorted(p for p in CORE.rglob("*.py") if p != CORE / "__init__.py")


def part_of(path):
    return path.relative_to(CORE).parts[0].removesuffix(".py")


def imported_parts(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""]
        for name in names:
            if name.startswith("gac_core."):
                yield name.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(CORE)))
def test_imports_go_down(path):
    own = part_of(path)
    assert own in LEVEL, f"{own} has no place in the order yet"
    for other in imported_parts(path):
        assert other == own or LEVEL[other] < LEVEL[own], f"{own} imports {other}"
