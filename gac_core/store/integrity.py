"""Integrity of bundles: files present, hashed, of the right shape; a new bundle's folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import Bundle, Card, WeightFile
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError, OutputError
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_folder
from gac_core.contract.rename import replace_path
from gac_core.io import sha256

HARMLESS = ("README.md", "LICENSE", "LICENCE", "NOTICE", ".DS_Store")
"""Files that a bundle's folder may hold without being in its card."""

OK, REPORTED, UNKNOWN = "ok", "hash as public sources report it", "no hash in the card"
WRONG, MISSING = "wrong hash", "missing"


def require_replaceable(out: Path, kept: Sequence[Path], *, replace: bool) -> None:
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
    remedy = Message("Choose another folder with --out.")
    if out.is_symlink() or not out.is_dir():
        raise OutputError(Message("{} is not a folder.", out), remedy, problem="not-a-folder")
    if not any(out.iterdir()):
        return
    try:
        bundle = read_bundle(out)
    except BundleError as error:
        raise OutputError(
            Message("{} holds something that is not a bundle.", out), remedy, problem="not-a-bundle"
        ) from error
    if not replace:
        raise OutputError(
            Message("{} already holds the bundle {}.", out, repr(bundle.name)),
            Message("Add --replace to replace it, or choose another folder with --out."),
            problem="bundle-already-there",
        )
    foreign = unlisted_files(bundle)
    if foreign:
        raise OutputError(
            Message(
                "{} holds more than the bundle {}: {}.",
                out,
                repr(bundle.name),
                ", ".join(foreign[:3]),
            ),
            Message("Move that away, or choose another folder with --out."),
            problem="bundle-folder-not-ours",
        )
    nested = [path for path in kept if path.resolve().is_relative_to(out.resolve())]
    if nested:
        raise OutputError(
            Message("The part {} lies in {}, which is replaced.", nested[0], out),
            remedy,
            problem="part-in-replaced-folder",
        )


def unlisted_files(bundle: Card) -> list[str]:
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
        replace_path(out, old)
    try:
        replace_path(folder, out)
    except OSError:
        if old.exists():
            replace_path(old, out)
        raise
    with suppress(OSError):
        remove_folder(old, ignore_errors=True)


@dataclass(frozen=True)
class FileState:
    """State of one file of a bundle.

    Attributes:
        file: Name in the card.
        state: `OK`, `REPORTED`, `UNKNOWN`, `WRONG` or `MISSING`.
        bytes: Size; None if missing.
        sha256: Actual hash; None if missing.
        repo: Repository that publishes it; None for the bundle's own.
        path: Location of the file.
    """

    file: str
    state: str
    bytes: int | None = None
    sha256: str | None = None
    repo: str | None = None
    path: str | None = None


@dataclass
class Check:
    """Result of checking a bundle.

    Attributes:
        bundle: The bundle.
        files: State of each file in its card.
        problems: (message, remedy) of each problem.
        notes: What the user should know of files that are used all the same.
        strangers: Files in its folder that are not in its card.
        loaded: True if its networks were loaded, and every tensor fitted.
    """

    bundle: Card
    files: list[FileState] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    loaded: bool = False

    @property
    def sound(self) -> bool:
        """True if the bundle can be used."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {
            "name": self.bundle.name,
            "path": str(self.bundle.path),
            "sound": self.sound,
            "loaded": self.loaded,
            "files": [asdict(file) for file in self.files],
            "problems": [
                {"message": message, "remedy": remedy} for message, remedy in self.problems
            ],
            "not named in the card": self.strangers,
            "notes": [*self.bundle.notes, *self.notes],
            "card": dict(self.bundle.card),
        }


def check_bundle(
    bundle: Card,
    library: Library,
    *,
    quick: bool = False,
    tell: Callable[[str], None] = lambda file: None,
) -> Check:
    """Check every file of a bundle, and load its networks on the CPU.

    Args:
        bundle: The bundle.
        library: Finds published weights.
        quick: Skip loading; the contents of the files are then not checked.
        tell: Called with each file's name before it is hashed; may raise.
    """
    result = Check(bundle, strangers=unlisted_files(bundle))
    for weight in bundle.named_weights:
        tell(weight.file)
        _check_file(result, weight, library)
    for weight in bundle.adapter_files:
        _check_file(result, weight, library)
    if result.sound and not quick and isinstance(bundle, Bundle):
        try:
            result.notes += [n for n in load(bundle, library) if n not in result.notes]
            result.loaded = True
        except BundleError as error:
            result.problems.append((error.message, error.remedy))
    return result


def load(bundle: Bundle, library: Library) -> list[str]:
    """Build and load a bundle's networks on the CPU; return notes about their files.

    Raises:
        BundleError: If a tensor does not fit.
    """
    # Imported late: TerraTorch is slow to import, and packing or hashing does not need it.
    import torch

    from gac_core.networks.loading import Models

    models = Models(bundle, library, torch.device("cpu"))
    models.load()
    _ = models.critic
    return models.notes


def _check_file(found: Check, weight: WeightFile, library: Library) -> None:
    try:
        path = library.locate(found.bundle, weight)
    except BundleError as error:
        found.files.append(FileState(weight.file, MISSING, repo=weight.repo))
        codes = found.bundle.codes if isinstance(found.bundle, Bundle) else None
        if weight != codes or weight.repo is None:
            found.problems.append((error.message, error.remedy))
        return
    try:
        size, digest = path.stat().st_size, sha256(path)
    except OSError as error:
        found.files.append(FileState(weight.file, MISSING, repo=weight.repo, path=str(path)))
        found.problems.append(
            (
                Message("{} cannot be read: {}.", path, error.strerror),
                Message("Check that you may read it."),
            )
        )
        return
    expected = library.expected_hash(weight, path)
    state = UNKNOWN if expected is None else OK if expected == digest else WRONG
    if state == UNKNOWN and weight.reported_sha256 == digest:
        state = REPORTED
    if weight.report_mismatch(digest):
        found.notes.append(weight.report_mismatch(digest))
    found.files.append(FileState(weight.file, state, size, digest, weight.repo, str(path)))
    if state == WRONG:
        found.problems.append(
            (
                Message(
                    "{} is not the file that it should be: its SHA-256 is {}…, not {}….",
                    path,
                    digest[:12],
                    str(expected)[:12],
                ),
                Message("It was damaged or replaced. Fetch or install it again."),
            )
        )
