"""Deleting models: a bundle of the user's own, published weights that no other bundle needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from gac_core.contract.errors import BundleError, OutputError
from gac_core.models.bundle import Bundle
from gac_core.models.home import Home
from gac_core.models.known import keep_known, kept
from gac_core.models.library import Damaged, Library, shipped_bundles
from gac_core.models.names import printable
from gac_core.models.place import HARMLESS, strangers_in
from gac_core.raster.space import size
from gac_core.store.fetching import drop_part
from gac_core.store.tending import STAGING, Done, alone_in

ENDINGS = (".json", ".safetensors", ".pt")
"""Of files of a bundle; what else lies in a damaged one's folder may be anybody's."""


def delete_named(name: str, home: Home, library: Library, *, forget: bool = False) -> Done:
    """Delete a bundle by its name, also one whose card cannot be used, by that of its folder.

    Raises:
        BundleError: If there is none, or as `delete`.
        OutputError: As `delete`.
    """
    try:
        bundle = library.find(name)
    except BundleError:
        for damaged in library.damaged():
            if name in (damaged.path.name, str(damaged.path)):
                return _delete_damaged(damaged, home)
        raise
    return delete(bundle, home, library, forget=forget)


def _delete_damaged(damaged: Damaged, home: Home) -> Done:
    """Delete the folder of a bundle whose card cannot be used; weights beside it stay."""
    folder = damaged.path
    if folder.is_symlink() or folder.parent.resolve() != home.bundles.resolve():
        raise BundleError(
            f"{folder} is not in {home.path}.",
            "What lies in a folder that you named yourself, GAC does not touch.",
        )
    strangers = sorted(
        printable(path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(ENDINGS) and path.name not in HARMLESS
    )
    done = Done([], [])
    with alone_in(home):
        try:
            _remove(folder, folder.name, strangers, home, done)
        except OSError as error:
            raise _undeletable(error) from error
    return done


def delete(bundle: Bundle, home: Home, library: Library, *, forget: bool = False) -> Done:
    """Delete what a bundle has in the models' folder; what comes with GAC stays.

    Args:
        bundle: The bundle.
        home: Where models live.
        library: What else is there.
        forget: Forget, too, what its published files hashed to when they first came.

    Raises:
        BundleError: If nothing of it can be deleted, or its folder holds more than the bundle.
        OutputError: If something cannot be deleted.
    """
    done = Done([], [])
    with alone_in(home):
        try:
            is_own = bundle.path.resolve().parent == home.bundles.resolve()
            if is_own:
                _delete_folder(bundle, home, done)
            freed = _delete_weights(bundle, home, library, done, forget=forget)
        except OSError as error:
            raise _undeletable(error) from error
    if not is_own and not freed and not done.warned:
        raise BundleError(
            f"{bundle.title} has nothing in {home.path} that could be deleted.",
            "What comes with GAC, or lies in a folder that you named yourself, GAC does not touch.",
        )
    return done


def _undeletable(error: OSError) -> OutputError:
    return OutputError(
        f"{error.filename} cannot be deleted: {error.strerror}.",
        "See that no run uses it and that you may delete it, then try again.",
    )


def _delete_folder(bundle: Bundle, home: Home, done: Done) -> None:
    _remove(bundle.path, bundle.title, strangers_in(bundle), home, done)


def _remove(folder: Path, title: str, strangers: list[str], home: Home, done: Done) -> None:
    """Delete a bundle's folder unless it holds anything else."""
    if strangers:
        raise BundleError(
            f"{folder} holds more than the bundle: {', '.join(strangers[:3])}.",
            "Move that away first.",
        )
    bytes_ = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Gone in one step for whoever looks for bundles; what is left of it goes with the staging.
    gone = home.downloads / STAGING
    gone.mkdir()
    folder.rename(gone / "bundle")
    shutil.rmtree(gone)
    done.told.append(f"{title}: deleted, {size(bytes_)}.")


def _delete_weights(
    bundle: Bundle, home: Home, library: Library, done: Done, *, forget: bool
) -> bool:
    """Delete what GAC keeps of a bundle's published files, and no other bundle uses."""
    # Who deletes a bundle that GAC brings means its weights, which others may name and never had;
    # one of the user's own, which may name anybody's, takes nothing from others.
    is_shipped = bundle.path.is_relative_to(shipped_bundles())
    used: dict[Path, Bundle] = {}
    wanted: dict[tuple[str | None, str], Bundle] = {}
    for other in library.bundles():
        if other.name == bundle.name:
            continue
        counts = not is_shipped or library.describe(other)["ready"]
        for weight in other.named_weights:
            path = kept(home.weights, weight) if weight.repo else None
            if counts and path is not None:
                used[path] = other
                wanted[weight.repo, weight.file] = other
    some = False
    for weight in bundle.named_weights:
        if weight.repo is None:
            continue
        left = drop_part(weight, home)
        if left:
            done.told.append(f"{weight.file}: what was fetched so far is deleted, {size(left)}.")
        path = kept(home.weights, weight)
        if path in used:
            done.warned.append(f"{weight.file} stays: {used[path].title} needs it.")
        elif path is not None:
            bytes_ = path.stat().st_size
            path.unlink()
            _drop_empty(path.parent, home)
            some = True
            done.told.append(f"{weight.file}: deleted, {size(bytes_)}.")
        if forget and weight.sha256 is None and (weight.repo, weight.file) not in wanted:
            keep_known(home.weights, weight, None)
            some = True
        some |= bool(left)
    return some


def _drop_empty(folder: Path, home: Home) -> None:
    """Remove the folders of a file that is gone, as far as nothing else lies in them."""
    while folder != home.weights and folder.is_relative_to(home.weights):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
