"""Remembered folders: in the project, which is portable, and in the QGIS profile.

Each belongs to a kind, which is its key in the settings, e.g. `runs`.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.settings import PREFIX

SCOPE = "gac"
MOST = 100
"""Folders of a kind that the profile remembers; beyond that the oldest are dropped."""


def remember(kind: str, folder: Path, project: QgsProject) -> None:
    """Put a folder first."""
    _keep_in_profile(kind, [folder, *(each for each in of_profile(kind) if each != folder)])
    folders = of_project(kind, project)
    if folder not in folders:
        _keep_in_project(kind, project, [folder, *folders])


def forget(kind: str, folder: Path, project: QgsProject) -> None:
    """Drop a folder; its files stay."""
    _keep_in_profile(kind, [each for each in of_profile(kind) if each != folder])
    folders = of_project(kind, project)
    if folder in folders:
        _keep_in_project(kind, project, [each for each in folders if each != folder])


def of_project(kind: str, project: QgsProject) -> list[Path]:
    """Return the folders that the project remembers."""
    names, _ = project.readListEntry(SCOPE, f"/{kind}")
    # As QGIS stores the paths of layers: relative to the project, if the user wants that.
    return [Path(project.readPath(name)) for name in names if name]


def of_profile(kind: str) -> list[Path]:
    """Return the folders that the profile remembers, the latest first."""
    return folders_in(PREFIX + kind)


def folders_in(key: str) -> list[Path]:
    """Return the folders listed under a key of the settings."""
    # Stored as JSON: QgsSettings returns a list of one as its only item.
    try:
        names = records.load(QgsSettings().value(key, "[]", type=str))
    except ValueError:
        names = []
    listed = names if isinstance(names, list) else []
    return [Path(name) for name in listed if isinstance(name, str)]


def _keep_in_project(kind: str, project: QgsProject, chosen: list[Path]) -> None:
    paths = [project.writePath(str(folder)) for folder in chosen]
    project.writeEntry(SCOPE, f"/{kind}", paths)


def _keep_in_profile(kind: str, chosen: list[Path]) -> None:
    QgsSettings().setValue(PREFIX + kind, json.dumps([str(folder) for folder in chosen[:MOST]]))
