"""Remembered batches."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.toolbelt import remembered

KIND = "batches"


def remember(folder: Path, project: QgsProject) -> None:
    """Remember the folder of a batch that has started."""
    remembered.remember(KIND, folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """Drop a batch from the history; its files stay."""
    remembered.forget(KIND, folder, project)


def folders(project: QgsProject) -> list[Path]:
    """Return the folders of all known batches without duplicates."""
    return list(
        dict.fromkeys([*remembered.of_project(KIND, project), *remembered.of_profile(KIND)])
    )
