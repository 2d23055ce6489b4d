"""Where the worker's environment is, and what lies where in it."""

from __future__ import annotations

import sys
from pathlib import Path

from qgis.core import QgsApplication

from gac_qgis_plugin.toolbelt.settings import PluginSettings

LONGEST_ON_WINDOWS = 100
"""Characters of the environment's path: the libraries need some 150 of Windows's 260."""


def managed_home(settings: PluginSettings | None = None) -> Path:
    """The folder of the environment that the plugin itself makes and checks."""
    chosen = (settings or PluginSettings.load()).environment_folder
    return Path(chosen) if chosen else Path(QgsApplication.qgisSettingsDirPath()) / "gac" / "env"


def work_folder(home: Path) -> Path:
    """What making an environment needs beside it, and removes when it is whole."""
    return home.with_name(f"{home.name}-work")


def python_in(home: Path) -> Path:
    """An environment's Python, whether it is there or not."""
    if sys.platform == "win32":
        return home / "Scripts" / "python.exe"
    return home / "bin" / "python"


def packages_in(home: Path) -> Path | None:
    """An environment's folder of packages; None: it has none."""
    found = sorted([*home.glob("lib/python3.*/site-packages"), *home.glob("Lib/site-packages")])
    return found[0] if found else None
