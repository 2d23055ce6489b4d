"""Deletion of models, and their move to another folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from gac_core.bundles.bundle import Card, printable
from gac_core.bundles.library import (
    VARIABLE,
    Damaged,
    Library,
    ModelsDir,
    choose_home,
    find_weight,
    keep_known,
    shipped_bundles,
)
from gac_core.contract.errors import BundleError, OutputError
from gac_core.contract.layout import MODELS_PARTS
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.rename import HELD, replace_path
from gac_core.io import format_size, require_space, sha256, write_error
from gac_core.store.download import drop_part
from gac_core.store.integrity import HARMLESS, unlisted_files
from gac_core.store.lock import BLOCK, LOCK, SPARE, STAGING, Outcome, ProgressCallback, locked, sync

BUNDLE_SUFFIXES = (".json", ".safetensors", ".pt")
"""Suffixes of bundle files; other files in a damaged bundle's folder may be the user's."""


def delete_named(name: str, home: ModelsDir, library: Library, *, forget: bool = False) -> Outcome:
    """Delete a bundle by its name, or one whose card is unusable by that of its folder.

    Raises:
        BundleError: If there is none, or as `delete`.
        OutputError: As `delete`.
    """
    try:
        bundle = library.find_card(name)
    except BundleError:
        for damaged in library.damaged():
            if name in (damaged.path.name, str(damaged.path)):
                return _delete_damaged(damaged, home)
        raise
    return delete(bundle, home, library, forget=forget)


def _delete_damaged(damaged: Damaged, home: ModelsDir) -> Outcome:
    """Delete the folder of a bundle whose card is unusable; published weights stay."""
    folder = damaged.path
    if folder.is_symlink() or folder.parent.resolve() != home.bundles.resolve():
        raise BundleError(
            Message("{} is not in {}.", folder, home.path),
            Message("GAC does not touch folders that you named yourself."),
            problem="bundle-not-in-models-folder",
        )
    foreign = sorted(
        printable(path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(BUNDLE_SUFFIXES) and path.name not in HARMLESS
    )
    done = Outcome([], [])
    with locked(home):
        try:
            _remove(folder, folder.name, foreign, home, done)
        except OSError as error:
            raise _undeletable(error) from error
    return done


def delete(bundle: Card, home: ModelsDir, library: Library, *, forget: bool = False) -> Outcome:
    """Delete a bundle's files from the models folder; files shipped with GAC stay.

    Args:
        bundle: The bundle.
        home: Models folder.
        library: All installed bundles.
        forget: Also forget the recorded hashes of its published files.

    Raises:
        BundleError: If nothing of it can be deleted, or its folder holds other files.
        OutputError: If a file cannot be deleted.
    """
    done = Outcome([], [])
    with locked(home):
        try:
            is_own = bundle.path.resolve().parent == home.bundles.resolve()
            if is_own:
                _delete_folder(bundle, home, done)
            freed = _delete_weights(bundle, home, library, done, forget=forget)
        except OSError as error:
            raise _undeletable(error) from error
    if not is_own and not freed and not done.warned:
        raise BundleError(
            Message("{} has nothing in {} that could be deleted.", bundle.title, home.path),
            Message("GAC does not touch what comes with it, or folders that you named yourself."),
            problem="nothing-to-delete",
        )
    return done


def _undeletable(error: OSError) -> OutputError:
    remedy = Message("Check that no run uses it and that you may delete it, then try again.")
    if getattr(error, "winerror", None) in HELD:
        # Windows keeps every file that is mapped into the memory of a process.
        remedy = Message(
            "Another program has it open. Models that were used stay open until their worker ends: "
            "end GAC's runs and restart QGIS, then try again."
        )
    return OutputError(
        Message("{} cannot be deleted: {}.", error.filename, error.strerror),
        remedy,
        problem="models-not-deleted",
    )


def _delete_folder(bundle: Card, home: ModelsDir, done: Outcome) -> None:
    _remove(bundle.path, bundle.title, unlisted_files(bundle), home, done)


def _remove(folder: Path, title: str, strangers: list[str], home: ModelsDir, done: Outcome) -> None:
    """Delete a bundle's folder unless it holds other files."""
    if strangers:
        raise BundleError(
            Message("{} holds more than the bundle: {}.", folder, ", ".join(strangers[:3])),
            Message("Move that away first."),
            problem="bundle-folder-not-ours",
        )
    byte_count = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Moved away in one step: nobody sees half a bundle; leftovers go with the staging folder.
    staging = home.downloads / STAGING
    staging.mkdir()
    replace_path(folder, staging / "bundle")
    remove_folder(staging)
    done.told.append(Message("{}: deleted, {}.", title, format_size(byte_count)))


def _delete_weights(
    bundle: Card, home: ModelsDir, library: Library, done: Outcome, *, forget: bool
) -> bool:
    """Delete a bundle's published files from the store, unless another bundle uses them."""
    # Deleting a shipped bundle means deleting its weights: of the other bundles only ready ones
    # use them. Deleting a user's bundle, which may name any weights, takes none from others.
    is_shipped = bundle.path.is_relative_to(shipped_bundles())
    used: dict[Path, Card] = {}
    wanted: dict[tuple[str | None, str], Card] = {}
    for other in library.cards():
        if other.name == bundle.name:
            continue
        uses_weights = not is_shipped or library.describe(other)["ready"]
        for weight in other.named_weights:
            path = find_weight(home.weights, weight) if weight.repo else None
            if uses_weights and path is not None:
                used[path] = other
                wanted[weight.repo, weight.file] = other
    has_changed = False
    for weight in bundle.named_weights:
        if weight.repo is None:
            continue
        freed = drop_part(weight, home)
        if freed:
            done.told.append(
                Message(
                    "{}: what was fetched so far is deleted, {}.", weight.file, format_size(freed)
                )
            )
        path = find_weight(home.weights, weight)
        if path in used:
            done.warned.append(Message("{} stays: {} needs it.", weight.file, used[path].title))
        elif path is not None:
            byte_count = path.stat().st_size
            remove_file(path)
            _drop_empty(path.parent, home)
            has_changed = True
            done.told.append(Message("{}: deleted, {}.", weight.file, format_size(byte_count)))
        if forget and weight.sha256 is None and (weight.repo, weight.file) not in wanted:
            keep_known(home.weights, weight, None)
            has_changed = True
        has_changed |= bool(freed)
    return has_changed


def _drop_empty(folder: Path, home: ModelsDir) -> None:
    """Remove the emptied parent folders of a deleted file."""
    while folder != home.weights and folder.is_relative_to(home.weights):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def move_home(
    home: ModelsDir, folder: Path, tell: ProgressCallback, *, leave: bool = False
) -> Outcome:
    """Move the models folder.

    Everything is copied, then the setting is changed, then the old copies are deleted: whenever it
    is interrupted, one of the two folders is complete and in use. Calling it again resumes.

    Args:
        home: The current folder.
        folder: The new folder.
        tell: Called with the progress.
        leave: Leave the existing files where they are.

    Raises:
        OutputError: If the new folder cannot be used.
    """
    folder = folder.expanduser().absolute()
    _require_movable(home, folder)
    if leave or not home.path.is_dir():
        _make(folder)
        choose_home(folder)
        return Outcome([Message("Models live in {} from now on.", folder)], [])
    _make(folder)
    with locked(home):
        files = _files(home.path)
        clashing = [name for name in files if _differs(home.path / name, folder / name)]
        if clashing:
            raise OutputError(
                Message("{} already holds another {}.", folder, clashing[0]),
                Message("Choose another folder, or delete the model there first."),
                problem="models-clash",
            )
        missing = [name for name in files if not (folder / name).exists()]
        sizes = {name: (home.path / name).stat().st_size for name in missing}
        total, done = sum(sizes.values()), 0
        require_space(folder, total + SPARE)
        for name in missing:
            done = _copy(home.path / name, folder / name, tell, done, total)
        choose_home(folder)
        for name in files:
            remove_file(home.path / name, missing_ok=True)
    for part in MODELS_PARTS:
        _drop_empty_in(home.path / part)
    moved = sum((folder / name).stat().st_size for name in files)
    return Outcome(
        [
            Message(
                "{} of models were moved; they live in {} from now on.", format_size(moved), folder
            )
        ],
        [],
    )


def _require_movable(home: ModelsDir, folder: Path) -> None:
    if home.is_fixed:
        raise OutputError(
            Message("The variable {} says where models live: {}.", VARIABLE, home.path),
            Message("Change it there, or take it away to choose a folder."),
            problem="models-folder-by-variable",
        )
    old = home.path.resolve()
    new = folder.resolve()
    if new == old:
        raise OutputError(
            Message("Models already live in {}.", folder),
            Message("Choose another folder."),
            problem="models-folder-the-same",
        )
    if new.is_relative_to(old) or old.is_relative_to(new):
        raise OutputError(
            Message("{} and {} lie in one another.", folder, home.path),
            Message("Choose a folder beside it."),
            problem="models-folders-nested",
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        raise OutputError(
            Message("{} cannot be used for models: {}.", folder, error.strerror),
            Message("Choose a folder that you may write to."),
            problem="models-folder-unusable",
        ) from error


def _files(home: Path) -> list[str]:
    """Return the relative paths of all files in the models folder that belong to models."""
    paths = [
        path.relative_to(home)
        for part in MODELS_PARTS
        for path in sorted((home / part).rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    return [p.as_posix() for p in paths if p != Path("downloads", LOCK) and STAGING not in p.parts]


def _differs(old: Path, new: Path) -> bool:
    """Return whether a different file already exists; a copy of an earlier move is the same."""
    if not new.exists():
        return False
    return old.stat().st_size != new.stat().st_size or sha256(old) != sha256(new)


def _copy(old: Path, new: Path, tell: ProgressCallback, done: int, total: int) -> int:
    part = new.with_name(f".{new.name}.moving")
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        with old.open("rb") as source, part.open("wb") as target:
            while chunk := source.read(BLOCK):
                target.write(chunk)
                done += len(chunk)
                tell(new.name, done, total)
        shutil.copystat(old, part)
        sync(part)
        replace_path(part, new)
    except OSError as error:
        raise write_error(new, error) from error
    finally:
        remove_file(part, missing_ok=True)
    return done


def _drop_empty_in(folder: Path) -> None:
    """Remove empty folders."""
    for path, _, _ in os.walk(folder, topdown=False):
        directory = Path(path)
        names = {item.name for item in directory.iterdir()}
        if names <= {LOCK}:
            for name in names:
                remove_file(directory / name)
            directory.rmdir()
