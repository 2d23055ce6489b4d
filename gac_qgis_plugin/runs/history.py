"""Remembered runs."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.results import find_runs
from gac_qgis_plugin.toolbelt import remembered

KIND = "runs"


def remember(folder: Path, project: QgsProject) -> None:
    """Remember the folder of a run that has started."""
    remembered.remember(KIND, folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """Drop a run from the history; its files stay."""
    remembered.forget(KIND, folder, project)


def folders(project: QgsProject) -> list[Path]:
    """Return the folders of all known runs without duplicates, including those on the map."""
    on_map = [run.folder for run in find_runs(project)]
    return list(
        dict.fromkeys(
            [*remembered.of_project(KIND, project), *on_map, *remembered.of_profile(KIND)]
        )
    )
