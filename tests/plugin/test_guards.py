"""Rules about the source: who may import what, and enums that Qt 6 knows."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = [*sorted((ROOT / "gac_qgis_plugin").rglob("*.py")), ROOT / "scripts" / "qgis_demo.py"]
ENGINE = sorted((ROOT / "gac_core").rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def flat_enums(tree: ast.Module) -> Iterator[str]:
    """Enum values that are not named through their enum: `Qt.AlignCenter`.

    Every dotted name that begins with something imported from qgis is looked up; a value whose
    type is not the thing it was taken from, but is defined in it, is a flat one.
    """
    names: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis"):
            module = importlib.import_module(node.module)
            names.update({a.asname or a.name: getattr(module, a.name) for a in node.names})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            scope = resolve(node.value, names)
            value = getattr(scope, node.attr, None)
            if not isinstance(scope, type) or not isinstance(value, int):
                continue
            kind = type(value).__name__
            if kind not in ("int", "bool") and kind != scope.__name__:
                yield ast.unparse(node)


def resolve(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(resolve(node.value, names), node.attr, None)
    return None


@pytest.mark.parametrize("path", PLUGIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_plugin_imports_only_what_qgis_brings(path: Path) -> None:
    allowed = {*sys.stdlib_module_names, "qgis", "osgeo", "gac_qgis_plugin"} - {"subprocess"}
    if path.parent.name == "helper":
        # Other Pythons run these: an environment's own has pip, and none has QGIS or the plugin.
        allowed = {*sys.stdlib_module_names, "pip", "torch"} - {"subprocess"}
    if path == ROOT / "gac_qgis_plugin" / "contract.py":
        # For type checkers; what runs finds the contract as a part of the plugin.
        allowed.add("gac_core")
    found = set(imports(ast.parse(path.read_text(encoding="utf-8"))))
    assert {name for name in found if name.split(".")[0] not in allowed} == set()


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_engine_imports_no_qgis(path: Path) -> None:
    found = {name.split(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert found.isdisjoint({"qgis", "PyQt5", "PyQt6", "gac_qgis_plugin"})


@pytest.mark.parametrize("path", PLUGIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_enums_are_named_through_their_scope(path: Path, qgis) -> None:
    assert list(flat_enums(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_guard_sees_flat_enums(qgis) -> None:
    source = """
from qgis.core import QgsTask, QgsProcessingParameterNumber as Number
from qgis.PyQt.QtCore import Qt
bad = [Qt.AlignCenter, QgsTask.CanCancel, Number.Integer]
good = [Qt.AlignmentFlag.AlignCenter, QgsTask.Flag.CanCancel, Number.Type.Integer]
"""
    found = sorted(flat_enums(ast.parse(source)))
    assert found == ["Number.Integer", "QgsTask.CanCancel", "Qt.AlignCenter"]
