"""Which runs there were: by the project, which travels, and by the profile, which sees all."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.results import find_runs
from gac_qgis_plugin.toolbelt.settings import PREFIX

SCOPE, ENTRY = "gac", "/runs"
KEY = PREFIX + "runs"
MOST = 100
"""Runs that the profile remembers; of more, the oldest are forgotten."""


def remember(folder: Path, project: QgsProject) -> None:
    """A run has begun in a folder."""
    _keep_in_profile([folder, *(each for each in _of_profile() if each != folder)])
    of_project = _of_project(project)
    if folder not in of_project:
        _keep_in_project(project, [folder, *of_project])


def forget(folder: Path, project: QgsProject) -> None:
    """A run is of no interest any more; its files stay."""
    _keep_in_profile([each for each in _of_profile() if each != folder])
    of_project = _of_project(project)
    if folder in of_project:
        _keep_in_project(project, [each for each in of_project if each != folder])


def folders(project: QgsProject) -> list[Path]:
    """The folders of all known runs, each once; those on the map too, whoever made them."""
    on_map = [run.folder for run in find_runs(project)]
    return list(dict.fromkeys([*_of_project(project), *on_map, *_of_profile()]))


def _of_project(project: QgsProject) -> list[Path]:
    names, _ = project.readListEntry(SCOPE, ENTRY)
    # As QGIS keeps the paths of layers: relative to the project, if that is wanted.
    return [Path(project.readPath(name)) for name in names if name]


def _keep_in_project(project: QgsProject, chosen: list[Path]) -> None:
    project.writeEntry(SCOPE, ENTRY, [project.writePath(str(folder)) for folder in chosen])


def _of_profile() -> list[Path]:
    # As JSON: QGIS's settings give a list of one back as its only entry.
    try:
        names = json.loads(QgsSettings().value(KEY, "[]", type=str))
    except ValueError:
        names = []
    return [Path(name) for name in names if isinstance(name, str)]


def _keep_in_profile(chosen: list[Path]) -> None:
    QgsSettings().setValue(KEY, json.dumps([str(folder) for folder in chosen[:MOST]]))
