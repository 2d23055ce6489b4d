"""What GAC keeps on this computer outside the plugin's own folder, which QGIS removes itself."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.environment.place import managed_home, work_folder
from gac_qgis_plugin.environment.state import MARKER
from gac_qgis_plugin.gui.lens.preview import PREFIX
from gac_qgis_plugin.runs.deleting import files_of
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.records import FolderChoice

SETTINGS, ENVIRONMENT, MODELS, MEMORY, PREVIEWS, RUN = (
    "settings",
    "environment",
    "models",
    "memory",
    "previews",
    "run",
)

HAS_WORK = (MODELS, RUN)
"""What somebody may have paid for with time: it goes only if it is chosen."""


@dataclass(frozen=True)
class Kept:
    """Something that GAC keeps.

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
        """The folder or file that people know it by."""
        return self.paths[0]


def models_folder() -> Path:
    """Where the engine has the user's models."""
    named = os.environ.get("GAC_MODELS", "")
    if named:
        return Path(named).expanduser().absolute()
    choice = records.read(layout.data_folder() / layout.MODELS_CHOICE, FolderChoice)
    chosen = choice.values.get("folder")
    return Path(chosen) if chosen else layout.data_folder()


def find_kept(runs: Iterable[Path]) -> list[Kept]:
    """Looks for all that GAC keeps; takes seconds, as an environment has many files.

    Args:
        runs: Folders of the known runs.
    """
    return [Kept(SETTINGS), *_environment(), *_of_engine(), *_previews(), *_runs(runs)]


def size_of(paths: Iterable[Path]) -> int:
    """Bytes of files and of all in folders; what links lead to is not theirs."""
    total = 0
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            for folder, _, names in os.walk(path):
                total += sum(_bytes(Path(folder, name)) for name in names)
        else:
            total += _bytes(path)
    return total


def _bytes(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _environment() -> list[Kept]:
    home = managed_home()
    found = tuple(each for each in (home, work_folder(home)) if each.exists())
    # Some other folder may have been named.
    signs = (home / MARKER, home / "pyvenv.cfg", work_folder(home))
    if not any(each.exists() for each in signs):
        return []
    return [Kept(ENVIRONMENT, found, size_of(found))]


def _of_engine() -> list[Kept]:
    parts = [models_folder() / name for name in layout.MODELS_PARTS]
    models = [path for part in parts for path in sorted(part.glob("*"))]
    kept = [Kept(MODELS, (path,), size_of([path])) for path in models]
    files = [layout.data_folder() / name for name in (layout.PACE, layout.MODELS_CHOICE)]
    compiled = layout.compiled_folder()
    memory = tuple(path for path in files if path.is_file())
    memory += (compiled,) if compiled.is_dir() else ()
    return [*kept, Kept(MEMORY, memory, size_of(memory))] if memory else kept


def _previews() -> list[Kept]:
    """What a QGIS of this user that was killed has left of the lens."""
    found = tuple(filter(_is_ours, sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))))
    return [Kept(PREVIEWS, found, size_of(found))] if found else []


def _is_ours(path: Path) -> bool:
    """Whether a folder, and no link to one, is this user's: others make such ones there too."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and (
        not hasattr(os, "getuid") or state.st_uid == os.getuid()
    )


def _runs(folders: Iterable[Path]) -> list[Kept]:
    kept = []
    for folder in folders:
        files = [
            *files_of(folder),
            *([folder / layout.WORK] if (folder / layout.WORK).is_dir() else []),
        ]
        if files:
            kept.append(Kept(RUN, (folder,), size_of(files)))
    return kept
