"""History of runs and batches: their folders, by project and profile; what sets runs apart.

Each belongs to a kind, which is its key in the settings, e.g. `runs`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.settings import PREFIX
from gac_qgis_plugin.core.work_folder import Journal, read_journal
from gac_qgis_plugin.results import find_runs
from gac_qgis_plugin.runs import RunEntry

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


def tell_apart(entries: list[RunEntry]) -> dict[Path, str]:
    """Return what sets each run apart from the others of its scene, by folder.

    Only settings that differ are named; "" for a run that is alone with its name.
    """
    by_name: defaultdict[str, list[RunEntry]] = defaultdict(list)
    for entry in entries:
        by_name[entry.name].append(entry)
    texts: dict[Path, str] = {}
    for group in by_name.values():
        traits = {entry.folder: traits_of(entry) for entry in group}
        differing = [
            key
            for key in traits[group[0].folder]
            if len({each[key] for each in traits.values()}) > 1
        ]
        parts = {
            folder: [values[key] for key in differing if values[key]]
            for folder, values in traits.items()
        }
        labels = Counter((entry.when, *parts[entry.folder]) for entry in group)
        for entry in group:
            if labels[(entry.when, *parts[entry.folder])] > 1:
                # The same settings in the same minute: the folder has the second.
                parts[entry.folder] = [*parts[entry.folder], entry.folder.name]
            texts[entry.folder] = " · ".join(parts[entry.folder])
    return texts


def traits_of(entry: RunEntry) -> dict[str, str]:
    """Return the settings that make runs differ as short texts, the most telling first."""
    request, record = entry.request, entry.record
    area = record.get("area", {})
    seed = record.get("seed", request.get("seed"))
    month = request.get("month")
    readings = request.get("unit", "auto"), request.get("modality", "auto")
    steps = [str(n) for n in (request.get("timesteps_1"), request.get("timesteps_3")) if n]
    return {
        "area": f"{area.get('width')} × {area.get('height')} px" if area else "",
        "place": _place(entry),
        "bundle": entry.bundle,
        "stages": f"v{request.get('stages')}" if request.get("stages") else "",
        "seed": tr("seed {}").format(seed) if seed is not None else "",
        "steps": tr("steps {}").format(", ".join(steps)) if steps else "",
        "quick": tr("quick") if request.get("quick") else "",
        "month": tr("month {}").format(month) if month is not None else "",
        "optical": tr("with Sentinel-2") if request.get("optical") else "",
        "other": tr("with another date") if request.get("optical_other") else "",
        "reading": ", ".join(text for text in readings if text != "auto"),
    }


def _place(entry: RunEntry) -> str:
    """Return the upper left corner of a run's own area, in kilometres of its CRS; "" if whole."""
    extent = entry.request.get("extent")
    if not extent or len(extent) != 4:
        return ""
    west, north = extent[0], extent[3]
    if max(abs(west), abs(north)) <= 360:
        return f"{west:.2f}, {north:.2f}"
    return f"{west / 1000:.1f}, {north / 1000:.1f} km"
