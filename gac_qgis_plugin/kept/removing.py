"""Removing what GAC keeps on this computer, as far as it was chosen."""

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
"""Settings go last: deleting a run changes them once more."""


def remove_kept(chosen: Iterable[Kept], project: QgsProject) -> list[str]:
    """Removes everything that was chosen but the environment, whose manager does that.

    No worker may be at work, and none holding models.

    Returns:
        What could not be removed, a line each.
    """
    left: list[str] = []
    for kept in sorted(
        (each for each in chosen if each.kind != ENVIRONMENT), key=lambda x: _ORDER.index(x.kind)
    ):
        if kept.kind == SETTINGS:
            forget_settings()
            continue
        for path in kept.paths:
            try:
                _remove(kept.kind, path, project)
            except PluginError as problem:
                left.append(f"{problem.message} {problem.details}".strip())
            except OSError as error:
                words = tr("{} could not be deleted: {}.")
                left.append(words.format(paths.short(path), error.strerror or error))
    return left


def forget_settings() -> None:
    """Removes GAC's keys from QGIS's settings, those of changed shortcuts too, and its token."""
    store = QgsSettings()
    store.remove(PREFIX.rstrip("/"))
    for name in KEYS:
        store.remove(f"shortcuts/{name}")
    store.sync()
    secrets.forget()
    secrets.forget_server()
    with suppress(OSError):  # a copy of what QGIS itself keeps
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
        # The folders that held it, if nothing else is left in them.
        for folder in (path.parent, path.parent.parent):
            if folder.name in (*layout.MODELS_PARTS, "gac"):
                with suppress(OSError):
                    folder.rmdir()
