"""Another folder for the models: what is there goes along, or stays where it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import MODELS_PARTS
from gac_core.models.hashes import sha256
from gac_core.models.home import VARIABLE, Home, choose_home
from gac_core.raster.space import require_space, size, unwritable
from gac_core.store.tending import BLOCK, LOCK, STAGING, Done, Tell, alone_in, sync

SPARE = 50_000_000
"""Bytes that stay free on the disk."""


def move_home(home: Home, folder: Path, tell: Tell, *, leave: bool = False) -> Done:
    """Have models live in another folder from now on.

    Everything is copied, then the folder is changed, then the old copies go: broken off at any
    time, one of the two folders has everything and is in force. Calling it again goes on.

    Args:
        home: Where they live now.
        folder: Where they shall live.
        tell: Told of progress.
        leave: Leave what is there where it is.

    Raises:
        OutputError: If that folder cannot be used.
    """
    folder = folder.expanduser().absolute()
    _require_fit(home, folder)
    if leave or not home.path.is_dir():
        _make(folder)
        choose_home(folder)
        return Done([f"Models live in {folder} from now on."], [])
    _make(folder)
    with alone_in(home):
        files = _files(home.path)
        clashing = [name for name in files if _differs(home.path / name, folder / name)]
        if clashing:
            raise OutputError(
                f"{folder} already holds another {clashing[0]}.",
                "Choose another folder, or delete the model there first.",
            )
        lacking = [name for name in files if not (folder / name).exists()]
        sizes = {name: (home.path / name).stat().st_size for name in lacking}
        total, done = sum(sizes.values()), 0
        require_space(folder, total + SPARE)
        for name in lacking:
            done = _copy(home.path / name, folder / name, tell, done, total)
        choose_home(folder)
        for name in files:
            (home.path / name).unlink(missing_ok=True)
    for part in MODELS_PARTS:
        _drop_empty(home.path / part)
    moved = sum((folder / name).stat().st_size for name in files)
    return Done([f"{size(moved)} of models were moved; they live in {folder} from now on."], [])


def _require_fit(home: Home, folder: Path) -> None:
    if home.is_fixed:
        raise OutputError(
            f"The variable {VARIABLE} says where models live: {home.path}.",
            "Change it there, or take it away to choose a folder.",
        )
    old = home.path.resolve()
    new = folder.resolve()
    if new == old:
        raise OutputError(f"Models already live in {folder}.", "Choose another folder.")
    if new.is_relative_to(old) or old.is_relative_to(new):
        raise OutputError(
            f"{folder} and {home.path} lie in one another.", "Choose a folder beside it."
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be used for models: {error.strerror}.",
            "Choose a folder that you may write to.",
        ) from error


def _files(home: Path) -> list[str]:
    """Everything in the models' folder that belongs to models."""
    found = [
        path.relative_to(home)
        for part in MODELS_PARTS
        for path in sorted((home / part).rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    return [p.as_posix() for p in found if p != Path("downloads", LOCK) and STAGING not in p.parts]


def _differs(old: Path, new: Path) -> bool:
    """Whether there is another file already; what an earlier move copied is the same one."""
    if not new.exists():
        return False
    return old.stat().st_size != new.stat().st_size or sha256(old) != sha256(new)


def _copy(old: Path, new: Path, tell: Tell, done: int, total: int) -> int:
    part = new.with_name(f".{new.name}.moving")
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        with old.open("rb") as source, part.open("wb") as target:
            while piece := source.read(BLOCK):
                target.write(piece)
                done += len(piece)
                tell(new.name, done, total)
        shutil.copystat(old, part)
        sync(part)
        part.replace(new)
    except OSError as error:
        raise unwritable(new, error) from error
    finally:
        part.unlink(missing_ok=True)
    return done


def _drop_empty(folder: Path) -> None:
    """Remove folders that hold nothing any more."""
    for path, _, _ in os.walk(folder, topdown=False):
        here = Path(path)
        left = {item.name for item in here.iterdir()}
        if left <= {LOCK}:
            for name in left:
                (here / name).unlink()
            here.rmdir()
