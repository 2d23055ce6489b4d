"""Which runs there were."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.results import find_runs
from gac_qgis_plugin.toolbelt import remembered

KIND = "runs"


def remember(folder: Path, project: QgsProject) -> None:
    """A run has begun in a folder."""
    remembered.remember(KIND, folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """A run is of no interest any more; its files stay."""
    remembered.forget(KIND, folder, project)


def folders(project: QgsProject) -> list[Path]:
    """The folders of all known runs, each once; those on the map too, whoever made them."""
    on_map = [run.folder for run in find_runs(project)]
    return list(
        dict.fromkeys(
            [*remembered.of_project(KIND, project), *on_map, *remembered.of_profile(KIND)]
        )
    )
