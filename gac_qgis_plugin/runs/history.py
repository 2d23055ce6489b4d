"""Which runs there were."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.results import find_runs
from gac_qgis_plugin.toolbelt.remembered import RememberedFolders

_known = RememberedFolders("runs")
KEY = _known.key


def remember(folder: Path, project: QgsProject) -> None:
    """A run has begun in a folder."""
    _known.remember(folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """A run is of no interest any more; its files stay."""
    _known.forget(folder, project)


def folders(project: QgsProject) -> list[Path]:
    """The folders of all known runs, each once; those on the map too, whoever made them."""
    on_map = [run.folder for run in find_runs(project)]
    return list(dict.fromkeys([*_known.of_project(project), *on_map, *_known.of_profile()]))
