"""Location and layout of the worker's environment."""

from __future__ import annotations

import sys
from pathlib import Path

from qgis.core import QgsApplication

from gac_qgis_plugin.toolbelt.settings import PluginSettings

LONGEST_ON_WINDOWS = 100
"""Maximum characters of the environment's path: the libraries need some 150 of Windows's 260."""


def managed_home(settings: PluginSettings | None = None) -> Path:
    """Return the folder of the environment that the plugin itself builds and checks."""
    folder = (settings or PluginSettings.load()).environment_folder
    return Path(folder) if folder else Path(QgsApplication.qgisSettingsDirPath()) / "gac" / "env"


def work_folder(home: Path) -> Path:
    """Return the working folder for building an environment; it is removed on completion."""
    return home.with_name(f"{home.name}-work")


def python_in(home: Path) -> Path:
    """Return the path of an environment's Python, which may not exist."""
    if sys.platform == "win32":
        return home / "Scripts" / "python.exe"
    return home / "bin" / "python"


def packages_in(home: Path) -> Path | None:
    """Return an environment's site-packages folder, or None."""
    folders = sorted([*home.glob("lib/python3.*/site-packages"), *home.glob("Lib/site-packages")])
    return folders[0] if folders else None
