"""Folders that are remembered: by the project, which travels, and by the profile of QGIS.

Each has a kind, a word for it in the settings: `runs`, say.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.settings import PREFIX

SCOPE = "gac"
MOST = 100
"""Folders of a kind that the profile remembers; of more, the oldest are forgotten."""


def remember(kind: str, folder: Path, project: QgsProject) -> None:
    """Puts a folder first."""
    _keep_in_profile(kind, [folder, *(each for each in of_profile(kind) if each != folder)])
    known = of_project(kind, project)
    if folder not in known:
        _keep_in_project(kind, project, [folder, *known])


def forget(kind: str, folder: Path, project: QgsProject) -> None:
    """A folder is of no interest any more; its files stay."""
    _keep_in_profile(kind, [each for each in of_profile(kind) if each != folder])
    known = of_project(kind, project)
    if folder in known:
        _keep_in_project(kind, project, [each for each in known if each != folder])


def of_project(kind: str, project: QgsProject) -> list[Path]:
    """Those that the project knows."""
    names, _ = project.readListEntry(SCOPE, f"/{kind}")
    # As QGIS keeps the paths of layers: relative to the project, if that is wanted.
    return [Path(project.readPath(name)) for name in names if name]


def of_profile(kind: str) -> list[Path]:
    """Those that the profile knows, the latest first."""
    return folders_in(PREFIX + kind)


def folders_in(key: str) -> list[Path]:
    """Return the folders that one of the settings lists."""
    # As JSON: QGIS's settings give a list of one back as its only entry.
    try:
        names = records.load(QgsSettings().value(key, "[]", type=str))
    except ValueError:
        names = []
    listed = names if isinstance(names, list) else []
    return [Path(name) for name in listed if isinstance(name, str)]


def _keep_in_project(kind: str, project: QgsProject, chosen: list[Path]) -> None:
    written = [project.writePath(str(folder)) for folder in chosen]
    project.writeEntry(SCOPE, f"/{kind}", written)


def _keep_in_profile(kind: str, chosen: list[Path]) -> None:
    QgsSettings().setValue(PREFIX + kind, json.dumps([str(folder) for folder in chosen[:MOST]]))
