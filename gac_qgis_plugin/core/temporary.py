"""Temporary folders that the worker writes into for the panel."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gac_qgis_plugin.contract import removal


class TemporaryFolders:
    """Temporary folders, removed on QGIS's main thread and therefore without waiting.

    What another program holds of one goes with a later removal.

    Args:
        prefix: What their names begin with.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._unwanted: list[Path] = []

    def make(self) -> Path:
        """Create a folder."""
        return Path(tempfile.mkdtemp(prefix=self._prefix))

    def remove(self, *folders: Path) -> None:
        """Remove folders, and what was left of earlier ones."""
        unwanted = [*self._unwanted, *folders]
        for folder in unwanted:
            removal.remove_folder(folder, ignore_errors=True, pauses=())
        self._unwanted = [folder for folder in unwanted if folder.exists()]
