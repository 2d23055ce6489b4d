"""Files and settings of GAC on this computer, and their removal."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin import history
from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import paths, settings
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import CERTIFICATES, certificates_folder
from gac_qgis_plugin.core.settings import PREFIX
from gac_qgis_plugin.environment.plan import folders_of, managed_home, size_of
from gac_qgis_plugin.environment.state import MARKER
from gac_qgis_plugin.gui.compare.tools import KEYS
from gac_qgis_plugin.gui.lens import PREVIEW_PREFIX
from gac_qgis_plugin.models import models_folder
from gac_qgis_plugin.runs import delete_run, files_of

SETTINGS, ENVIRONMENT, MODELS, MEMORY, PREVIEWS, RUN = (
    "settings",
    "environment",
    "models",
    "memory",
    "previews",
    "run",
)
KEPT_BY_DEFAULT = (MODELS, RUN)
"""Kinds that may have taken hours to create: removed only if the user selects them."""

_ORDER = (RUN, MODELS, MEMORY, PREVIEWS, SETTINGS)
"""Order of removal. Settings go last: deleting a run changes them once more."""


@dataclass(frozen=True)
class DataItem:
    """An item of GAC's data.

    Attributes:
        kind: One of the kinds above.
        paths: Its files and folders; none for settings.
        size: Bytes on the disk.
    """

    kind: str
    paths: tuple[Path, ...] = ()
    size: int = 0

    @property
    def path(self) -> Path:
        """The folder or file that represents it."""
        return self.paths[0]


def find_data(runs: Iterable[Path]) -> list[DataItem]:
    """Find all of GAC's data; takes seconds, as an environment has many files.

    Args:
        runs: Folders of the known runs.
    """
    return [DataItem(SETTINGS), *_environment(), *_of_engine(), *_previews(), *_runs(runs)]


def _environment() -> list[DataItem]:
    home = managed_home()
    existing = tuple(each for each in folders_of(home) if each.exists())
    # The user may have chosen an unrelated folder.
    markers = (home / MARKER, home / "pyvenv.cfg", *folders_of(home)[1:])
    if not any(each.exists() for each in markers):
        return []
    return [DataItem(ENVIRONMENT, existing, size_of(existing))]


def _of_engine() -> list[DataItem]:
    parts = [models_folder() / name for name in layout.MODELS_PARTS]
    models = [path for part in parts for path in sorted(part.glob("*"))]
    items = [DataItem(MODELS, (path,), size_of([path])) for path in models]
    files = [layout.data_dir() / name for name in (layout.TIMINGS, layout.MODELS_FOLDER_FILE)]
    compiled = layout.compiled_folder()
    memory = tuple(path for path in files if path.is_file())
    memory += (compiled,) if compiled.is_dir() else ()
    return [*items, DataItem(MEMORY, memory, size_of(memory))] if memory else items


def _previews() -> list[DataItem]:
    """Return previews of the lens that a killed QGIS of this user left behind."""
    files = tuple(filter(_is_ours, sorted(Path(tempfile.gettempdir()).glob(f"{PREVIEW_PREFIX}*"))))
    return [DataItem(PREVIEWS, files, size_of(files))] if files else []


def _is_ours(path: Path) -> bool:
    """Return whether a path is a folder of this user, not a link: others have such names too."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and (
        not hasattr(os, "getuid") or state.st_uid == os.getuid()
    )


def _runs(folders: Iterable[Path]) -> list[DataItem]:
    items = []
    for folder in folders:
        files = [
            *files_of(folder),
            *([folder / layout.WORK] if (folder / layout.WORK).is_dir() else []),
        ]
        if files:
            items.append(DataItem(RUN, (folder,), size_of(files)))
    return items


def remove_data(chosen: Iterable[DataItem], project: QgsProject) -> list[str]:
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
    settings.forget_token()
    settings.forget_server()
    with suppress(OSError):  # a copy of QGIS's own certificates
        certificates_folder().joinpath(CERTIFICATES).unlink(missing_ok=True)
        certificates_folder().rmdir()


def _remove(kind: str, path: Path, project: QgsProject) -> None:
    if kind == RUN:
        delete_run(path, project)
        history.forget_run(path, project)
        history.forget_unfinished(path)
    elif path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if kind in (MODELS, MEMORY):
        # Remove its parent folders if they are empty.
        for folder in (path.parent, path.parent.parent):
            if folder.name in (*layout.MODELS_PARTS, "gac", "Cache"):
                with suppress(OSError):
                    folder.rmdir()
