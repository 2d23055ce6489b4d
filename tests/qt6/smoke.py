"""Imports every module of the plugin with Qt 6, and says which cannot be.

    python tests/qt6/smoke.py [FOLDER]

Run by a Python that has PyQt6 and no QGIS. `qgis.PyQt` leads to PyQt6, more strictly than QGIS's
own, which mends some of what Qt 6 has dropped.
Whatever comes from `qgis.core`, `qgis.gui` and `osgeo` is a placeholder that has every name.

What that sees: imports that Qt 6 has elsewhere or not at all; base classes, signals, defaults and
constants of Qt that are gone. What it cannot see: whatever only runs inside a function (`make
test-qt6` has mypy read that against PyQt6's types), and anything of QGIS's own classes.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from PyQt6 import QtCore, QtGui, QtWidgets, sip
from PyQt6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "gac_qgis_plugin"
REDIRECTED = ("QtCore", "QtGui", "QtNetwork", "QtWidgets")
MOVED = ("QAction", "QActionGroup", "QShortcut")
"""In QtGui since Qt 6; QGIS has them in both places."""


class _Named(type(QWidget)):  # type: ignore[misc]
    """A class that has every attribute; each is such a class again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return placeholder(name)


def placeholder(name: str) -> Any:
    """Stands for a class of QGIS's; a widget, so that widgets may be derived from it."""
    return _Named(name, (QWidget,), {})


class _Anything(ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = placeholder(name)
        setattr(self, name, made)
        return made


class _Redirect(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds qgis and osgeo: PyQt6 where it is about Qt, placeholders for the rest."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Called by Python."""
        if fullname.split(".")[0] not in ("qgis", "osgeo"):
            return None
        package = fullname in ("qgis", "qgis.PyQt", "osgeo")
        return importlib.machinery.ModuleSpec(fullname, self, is_package=package)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Called by Python."""
        known = spec.name.startswith("qgis.PyQt") or spec.name == "qgis"
        return ModuleType(spec.name) if known else _Anything(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Called by Python."""
        name = module.__name__
        if name == "qgis.PyQt":
            module.sip = sip  # type: ignore[attr-defined]
        elif name.startswith("qgis.PyQt."):
            short = name.rpartition(".")[2]
            if short not in REDIRECTED:
                raise ImportError(f"{name} is not among {', '.join(REDIRECTED)}")
            vars(module).update(vars(importlib.import_module(f"PyQt6.{short}")))
            module.__name__ = name
            if short == "QtWidgets":
                vars(module).update({each: getattr(QtGui, each) for each in MOVED})


def modules(root: Path) -> list[str]:
    """The plugin's modules, without the scripts that other Pythons run."""
    paths = sorted((root / PACKAGE).rglob("*.py"))
    names = [path.relative_to(root).with_suffix("").as_posix() for path in paths]
    return [
        name.removesuffix("/__init__").replace("/", ".") for name in names if "/helper/" not in name
    ]


def main() -> int:
    """Imports all modules.

    Returns:
        The exit status: 0 if every one could be imported.
    """
    application = QtWidgets.QApplication(["smoke", "-platform", "offscreen"])
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    sys.path.insert(0, str(root))
    sys.meta_path.insert(0, _Redirect())
    failed = 0
    names = modules(root)
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            failed += 1
            print(f"{name}\n{traceback.format_exc(limit=-2)}")
    can = f"{len(names) - failed} of {len(names)} modules of the plugin can be imported"
    print(f"Qt {QtCore.QT_VERSION_STR}: {can}")
    application.quit()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
