"""Nothing imports upward: the order of the engine's parts, read from their import statements."""

from __future__ import annotations

import ast
import graphlib

import pytest

from gac_core.models.library import engine_root

ORDER = (
    ("redaction",),
    ("errors", "bands", "season", "gdal", "heap", "files"),
    ("grid",),
    ("biomes",),
    ("request", "noise"),
    ("progress",),
    ("scene",),
    ("raster",),
    ("score",),
    ("models",),
    ("stages",),
    ("area",),
    ("api",),
    ("provenance",),
    ("stac",),
    ("runs",),
    ("review",),
    ("batch",),
    ("doctor", "store"),
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


def module_of(path):
    parts = path.relative_to(CORE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class WhenRunning(ast.NodeTransformer):
    """Without the imports that only type checkers follow."""

    def visit_If(self, node):
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def imported_modules(path, modules):
    """What a file imports of the engine; a name taken from a package may be a module of it."""
    for node in ast.walk(WhenRunning().visit(ast.parse(path.read_text()))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & modules
            yield from inner or {node.module}


def test_no_module_imports_itself_by_way_of_others():
    modules = {module_of(path) for path in MODULES}
    order = graphlib.TopologicalSorter(
        {module_of(path): set(imported_modules(path, modules)) for path in MODULES}
    )
    order.prepare()
