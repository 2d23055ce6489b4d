"""Removal of the user's selection of GAC's data."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.environment.network import CERTIFICATES, certificates_folder
from gac_qgis_plugin.gui.compare.tools import KEYS
from gac_qgis_plugin.kept.inventory import (
    ENVIRONMENT,
    MEMORY,
    MODELS,
    PREVIEWS,
    RUN,
    SETTINGS,
    Kept,
)
from gac_qgis_plugin.runs import history
from gac_qgis_plugin.runs.deleting import delete_run
from gac_qgis_plugin.toolbelt import paths, secrets, unfinished
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PREFIX
from gac_qgis_plugin.toolbelt.words import tr

_ORDER = (RUN, MODELS, MEMORY, PREVIEWS, SETTINGS)
"""Order of removal. Settings go last: deleting a run changes them once more."""


def remove_kept(chosen: Iterable[Kept], project: QgsProject) -> list[str]:
    """Remove all selected data except the environment, which its manager removes.

    No worker may be active, or hold models.

    Returns:
        The failures, a line each.
    """
    failures: list[str] = []
    for item in sorted(
        (each for each in chosen if each.kind != ENVIRONMENT), key=lambda x: _ORDER.index(x.kind)
    ):
        if item.kind == SETTINGS:
            forget_settings()
            continue
        for path in item.paths:
            try:
                _remove(item.kind, path, project)
            except PluginError as problem:
                failures.append(f"{problem.message} {problem.details}".strip())
            except OSError as error:
                words = tr("{} could not be deleted: {}.")
                failures.append(words.format(paths.short(path), error.strerror or error))
    return failures


def forget_settings() -> None:
    """Remove GAC's settings from QGIS, including changed shortcuts and its secrets."""
    store = QgsSettings()
    store.remove(PREFIX.rstrip("/"))
    for name in KEYS:
        store.remove(f"shortcuts/{name}")
    store.sync()
    secrets.forget()
    secrets.forget_server()
    with suppress(OSError):  # a copy of QGIS's own certificates
        certificates_folder().joinpath(CERTIFICATES).unlink(missing_ok=True)
        certificates_folder().rmdir()


def _remove(kind: str, path: Path, project: QgsProject) -> None:
    if kind == RUN:
        delete_run(path, project)
        history.forget(path, project)
        unfinished.forget(path)
    elif path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if kind in (MODELS, MEMORY):
        # Remove its parent folders if they are empty.
        for folder in (path.parent, path.parent.parent):
            if folder.name in (*layout.MODELS_PARTS, "gac"):
                with suppress(OSError):
                    folder.rmdir()
