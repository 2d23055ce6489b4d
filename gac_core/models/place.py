"""Creation or replacement of a bundle folder without deleting unrelated files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gac_core.contract.errors import BundleError, OutputError
from gac_core.contract.layout import CARD
from gac_core.models.bundle import Bundle
from gac_core.models.card import read_bundle

HARMLESS = ("README.md", "LICENSE", "LICENCE", "NOTICE", ".DS_Store")
"""Files that a bundle's folder may hold without being in its card."""


def require_room(out: Path, kept: Sequence[Path], *, replace: bool) -> None:
    """Check that a folder is free, or holds a bundle that may be replaced.

    Args:
        out: The folder.
        kept: Folders that must not be deleted.
        replace: True if a bundle may be replaced.

    Raises:
        OutputError: If it holds something else, or more than a bundle, or one of `kept`.
    """
    if not out.exists() and not out.is_symlink():
        return
    remedy = "Choose another folder with --out."
    if out.is_symlink() or not out.is_dir():
        raise OutputError(f"{out} is no folder.", remedy)
    if not any(out.iterdir()):
        return
    try:
        bundle = read_bundle(out)
    except BundleError as error:
        raise OutputError(f"{out} holds something that is no bundle.", remedy) from error
    if not replace:
        raise OutputError(
            f"{out} already holds the bundle {bundle.name!r}.",
            "Add --replace to replace it, or choose another folder with --out.",
        )
    strangers = strangers_in(bundle)
    if strangers:
        raise OutputError(
            f"{out} holds more than the bundle {bundle.name!r}: {', '.join(strangers[:3])}.",
            "Move that away, or choose another folder with --out.",
        )
    nested = [path for path in kept if path.resolve().is_relative_to(out.resolve())]
    if nested:
        raise OutputError(f"The part {nested[0]} lies in {out}, which is replaced.", remedy)


def strangers_in(bundle: Bundle) -> list[str]:
    """Return the files in a bundle's folder that are not in its card."""
    files = bundle.all_files | {CARD}
    return sorted(
        path.relative_to(bundle.path).as_posix()
        for path in bundle.path.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and path.relative_to(bundle.path).as_posix() not in files
        and path.name not in HARMLESS
    )


def put_in_place(folder: Path, out: Path) -> None:
    """Move a complete folder into place; a previous bundle is deleted once the new one is there.

    Raises:
        OSError: If that fails; the old bundle is then still in place.
    """
    old = folder.with_name(f"{folder.name}.old")
    if out.exists():
        out.rename(old)
    try:
        folder.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    with suppress(OSError):
        shutil.rmtree(old, ignore_errors=True)
