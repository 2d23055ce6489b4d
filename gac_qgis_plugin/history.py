"""History of runs and batches: their folders, by project and by profile.

Each belongs to a kind, which is its key in the settings, e.g. `runs`.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.settings import PREFIX
from gac_qgis_plugin.core.work_folder import Journal, read_journal
from gac_qgis_plugin.results import find_runs

SCOPE = "gac"
MAX_FOLDERS = 100
"""Folders of a kind that the profile remembers; beyond that the oldest are dropped."""

RUNS = "runs"

BATCHES = "batches"

KEY = PREFIX + "unfinished"
MAX_UNFINISHED = 20
"""Maximum number of remembered folders; beyond that the oldest are dropped."""


def remember_folder(kind: str, folder: Path, project: QgsProject) -> None:
    """Put a folder first."""
    _keep_in_profile(kind, [folder, *(each for each in of_profile(kind) if each != folder)])
    folders = of_project(kind, project)
    if folder not in folders:
        _keep_in_project(kind, project, [folder, *folders])


def forget_folder(kind: str, folder: Path, project: QgsProject) -> None:
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
    QgsSettings().setValue(
        PREFIX + kind, json.dumps([str(folder) for folder in chosen[:MAX_FOLDERS]])
    )


def remember_run(folder: Path, project: QgsProject) -> None:
    """Remember the folder of a run that has started."""
    remember_folder(RUNS, folder, project)


def forget_run(folder: Path, project: QgsProject) -> None:
    """Drop a run from the history; its files stay."""
    forget_folder(RUNS, folder, project)


def run_folders(project: QgsProject) -> list[Path]:
    """Return the folders of all known runs without duplicates, including those on the map."""
    on_map = [run.folder for run in find_runs(project)]
    return list(dict.fromkeys([*of_project(RUNS, project), *on_map, *of_profile(RUNS)]))


def remember_batch(folder: Path, project: QgsProject) -> None:
    """Remember the folder of a batch that has started."""
    remember_folder(BATCHES, folder, project)


def forget_batch(folder: Path, project: QgsProject) -> None:
    """Drop a batch from the history; its files stay."""
    forget_folder(BATCHES, folder, project)


def batch_folders(project: QgsProject) -> list[Path]:
    """Return the folders of all known batches without duplicates."""
    return list(dict.fromkeys([*of_project(BATCHES, project), *of_profile(BATCHES)]))


def unfinished_folders() -> list[Path]:
    """Return the remembered folders, the latest first."""
    return folders_in(KEY)


def remember_unfinished(folder: Path) -> None:
    """Remember the folder of a run that has started."""
    others = [each for each in unfinished_folders() if each != folder]
    _keep([folder, *others][:MAX_UNFINISHED])


def forget_unfinished(folder: Path) -> None:
    """Drop a folder whose run is complete or no longer wanted."""
    _keep([each for each in unfinished_folders() if each != folder])


def journals() -> list[Journal]:
    """Return the remembered runs that can be resumed, the last updated first."""
    runs = [journal for journal in map(read_journal, unfinished_folders()) if journal is not None]
    return sorted(runs, key=lambda journal: journal.updated, reverse=True)


def _keep(chosen: list[Path]) -> None:
    store = QgsSettings()
    store.setValue(KEY, json.dumps([str(folder) for folder in chosen]))
    # QGIS may be killed before it writes its settings by itself.
    store.sync()
