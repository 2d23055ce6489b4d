"""Which batches there were."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.toolbelt.remembered import RememberedFolders

_known = RememberedFolders("batches")
KEY = _known.key


def remember(folder: Path, project: QgsProject) -> None:
    """A batch has begun in a folder."""
    _known.remember(folder, project)


def forget(folder: Path, project: QgsProject) -> None:
    """A batch is of no interest any more; its files stay."""
    _known.forget(folder, project)


def folders(project: QgsProject) -> list[Path]:
    """The folders of all known batches, each once."""
    return list(dict.fromkeys([*_known.of_project(project), *_known.of_profile()]))
