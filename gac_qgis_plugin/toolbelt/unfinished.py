"""The folders of runs that were begun and not ended, remembered over a restart of QGIS."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsSettings

from gac_qgis_plugin.toolbelt.remembered import folders_in
from gac_qgis_plugin.toolbelt.settings import PREFIX
from gac_qgis_plugin.toolbelt.work_folder import Journal, read_journal

KEY = PREFIX + "unfinished"
MOST = 20
"""Folders that are remembered; of more, the oldest are forgotten."""


def folders() -> list[Path]:
    """The remembered folders, the one that was begun last first."""
    return folders_in(KEY)


def remember(folder: Path) -> None:
    """A run has begun in a folder."""
    others = [each for each in folders() if each != folder]
    _keep([folder, *others][:MOST])


def forget(folder: Path) -> None:
    """The run in a folder is done, or nobody wants it any more."""
    _keep([each for each in folders() if each != folder])


def journals() -> list[Journal]:
    """The remembered runs that can be gone on with, the one that was worked on last first."""
    found = [journal for journal in map(read_journal, folders()) if journal is not None]
    return sorted(found, key=lambda journal: journal.updated, reverse=True)


def _keep(chosen: list[Path]) -> None:
    store = QgsSettings()
    store.setValue(KEY, json.dumps([str(folder) for folder in chosen]))
    # QGIS may be killed before it writes its settings of itself.
    store.sync()
