"""Nothing imports upward: the order of the engine's parts, read from their import statements."""

from __future__ import annotations

import ast
import graphlib
import os
import subprocess
import sys

import pytest

from gac_core.bundles.library import engine_root

ORDER = (
    ("contract",),
    ("band_statistics", "gdal", "grid", "process", "io"),
    ("places",),
    ("progress",),
    ("scene",),
    ("optical",),
    ("raster",),
    ("scores",),
    ("bundles",),
    ("networks",),
    ("stages",),
    ("tiling",),
    ("engine",),
    ("api",),
    ("doctor", "store"),
    ("worker", "cli"),
)
"""Lowest first. Parts in one entry may not import each other."""

LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}
CORE = engine_root() / "gac_core"
MODULES = sorted(p for p in CORE.rglob("*.py") if p != CORE / "__init__.py")


CONTRACT = CORE / "contract"


def part_of(path):
    return path.relative_to(CORE).parts[0].removesuffix(".py")


def imported_parts(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 or path.parent == CONTRACT, f"{path}: relative import"
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
    """Yield a file's engine imports; a name taken from a package may be a module of it."""
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


def is_standard(module):
    return module.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted(CONTRACT.glob("*.py")), ids=lambda p: p.name)
def test_the_contract_needs_the_standard_library_alone(path):
    """And its own modules by relative import: the plugin has it under another name."""
    for node in ast.walk(ast.parse(path.read_text(), feature_version=(3, 9))):
        if isinstance(node, ast.Import):
            assert all(
                alias.name.partition(".")[0] in sys.stdlib_module_names for alias in node.names
            )
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1 or node.module.partition(".")[0] in sys.stdlib_module_names


def test_importing_the_contract_changes_nothing():
    code = """
import os, sys
before = dict(os.environ)
from gac_core.contract import bands, errors, layout, message, options, redaction, request
assert os.environ == before
assert not {"torch", "numpy", "rasterio", "ctypes"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], cwd=engine_root(), check=True)


@pytest.mark.parametrize("name", ["engine", "networks", "stages", "tiling"])
def test_threads_sleep_before_pytorch_is_loaded(name):
    code = f"""
import os, sys, gac_core.{name}
assert "torch" not in sys.modules
print(os.environ["OMP_WAIT_POLICY"])
"""
    variables = {key: value for key, value in os.environ.items() if key != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=engine_root(),
        env=variables,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "PASSIVE"


def test_packages_that_load_pytorch_prepare_the_process():
    """Their `__init__` runs before any import of their modules."""
    packages = {
        part_of(path)
        for path in MODULES
        for node in ast.parse(path.read_text()).body
        if (isinstance(node, ast.Import) and node.names[0].name.partition(".")[0] == "torch")
        or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "torch")
    }
    for name in packages:
        assert "prepare_process()" in (CORE / name / "__init__.py").read_text(), name
