"""Which batches there were."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.toolbelt import remembered

KIND = "batches"


def remember(folder: Path, project: QgsProject) -> None:
    """A batch has begun in a folder."""
    remembered.remember(KIND, folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """A batch is of no interest any more; its files stay."""
    remembered.forget(KIND, folder, project)


def folders(project: QgsProject) -> list[Path]:
    """The folders of all known batches, each once."""
    return list(
        dict.fromkeys([*remembered.of_project(KIND, project), *remembered.of_profile(KIND)])
    )
