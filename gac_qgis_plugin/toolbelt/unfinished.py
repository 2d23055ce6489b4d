"""Folders of unfinished runs, remembered across restarts of QGIS."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsSettings

from gac_qgis_plugin.toolbelt.remembered import folders_in
from gac_qgis_plugin.toolbelt.settings import PREFIX
from gac_qgis_plugin.toolbelt.work_folder import Journal, read_journal

KEY = PREFIX + "unfinished"
MOST = 20
"""Maximum number of remembered folders; beyond that the oldest are dropped."""


def folders() -> list[Path]:
    """Return the remembered folders, the latest first."""
    return folders_in(KEY)


def remember(folder: Path) -> None:
    """Remember the folder of a run that has started."""
    others = [each for each in folders() if each != folder]
    _keep([folder, *others][:MOST])


def forget(folder: Path) -> None:
    """Drop a folder whose run is complete or no longer wanted."""
    _keep([each for each in folders() if each != folder])


def journals() -> list[Journal]:
    """Return the remembered runs that can be resumed, the last updated first."""
    runs = [journal for journal in map(read_journal, folders()) if journal is not None]
    return sorted(runs, key=lambda journal: journal.updated, reverse=True)


def _keep(chosen: list[Path]) -> None:
    store = QgsSettings()
    store.setValue(KEY, json.dumps([str(folder) for folder in chosen]))
    # QGIS may be killed before it writes its settings by itself.
    store.sync()
