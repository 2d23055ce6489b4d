"""Deleting models: a bundle of the user's own, published weights that no other bundle needs."""

from __future__ import annotations

import shutil

from gac_core.errors import BundleError, OutputError
from gac_core.models.bundle import Bundle
from gac_core.models.home import Home
from gac_core.models.known import keep_known
from gac_core.models.library import Library
from gac_core.models.place import strangers_in
from gac_core.raster.space import size
from gac_core.store.fetching import drop_part
from gac_core.store.tending import STAGING, Done, alone_in


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
            raise OutputError(
                f"{error.filename} cannot be deleted: {error.strerror}.",
                "See that no run uses it and that you may delete it, then try again.",
            ) from error
    if not is_own and not freed and not done.warned:
        raise BundleError(
            f"{bundle.title} has nothing in {home.path} that could be deleted.",
            "What comes with GAC, or lies in a folder that you named yourself, GAC does not touch.",
        )
    return done


def _delete_folder(bundle: Bundle, home: Home, done: Done) -> None:
    strangers = strangers_in(bundle)
    if strangers:
        raise BundleError(
            f"{bundle.path} holds more than the bundle: {', '.join(strangers[:3])}.",
            "Move that away first.",
        )
    bytes_ = sum(path.stat().st_size for path in bundle.path.rglob("*") if path.is_file())
    # Gone in one step for whoever looks for bundles; what is left of it goes with the staging.
    gone = home.downloads / STAGING
    gone.mkdir()
    bundle.path.rename(gone / "bundle")
    shutil.rmtree(gone)
    done.told.append(f"{bundle.title}: deleted, {size(bytes_)}.")


def _delete_weights(
    bundle: Bundle, home: Home, library: Library, done: Done, *, forget: bool
) -> bool:
    others = [each for each in library.bundles() if each.name != bundle.name]
    used = {
        weight.file: other
        for other in others
        if library.describe(other)["ready"]
        for weight in other.weight_files
    }
    some = False
    for weight in bundle.named_weights:
        if weight.repo is None:
            continue
        left = drop_part(weight, home)
        if left:
            done.told.append(f"{weight.file}: what was fetched so far is deleted, {size(left)}.")
        path = home.weights / weight.file
        if weight.file in used:
            if path.is_file():
                done.warned.append(f"{weight.file} stays: {used[weight.file].title} needs it.")
        elif path.is_file():
            bytes_ = path.stat().st_size
            path.unlink()
            some = True
            done.told.append(f"{weight.file}: deleted, {size(bytes_)}.")
        if forget and weight.file not in used:
            keep_known(home.weights, weight.file, None)
            some = True
        some |= bool(left)
    return some
