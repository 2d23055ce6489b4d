"""Integrity check of a bundle: presence, hash and shape of every file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from gac_core.contract.errors import BundleError
from gac_core.models.bundle import ADAPTER_FILES, Bundle, WeightFile
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from gac_core.models.place import strangers_in

OK, UNKNOWN, WRONG, MISSING = "ok", "no hash in the card", "wrong hash", "missing"


@dataclass(frozen=True)
class FileState:
    """State of one file of a bundle.

    Attributes:
        file: Name in the card.
        state: `ok`, `no hash in the card`, `wrong hash` or `missing`.
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
        strangers: Files in its folder that are not in its card.
        loaded: True if its networks were loaded, and every tensor fitted.
    """

    bundle: Bundle
    files: list[FileState] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
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
            "notes": self.bundle.notes,
            "card": dict(self.bundle.card),
        }


def check_bundle(
    bundle: Bundle,
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
    result = Check(bundle, strangers=strangers_in(bundle))
    for weight in bundle.named_weights:
        tell(weight.file)
        _look_at(result, weight, library)
    sections = ((bundle.refiner or {}), vars(bundle.grounding))
    for section in sections:
        adapter = section.get("adapter")
        hashes = section.get("adapter_sha256") or {}
        for name in ADAPTER_FILES if adapter is not None else ():
            _look_at(result, WeightFile(f"{adapter}/{name}", hashes.get(name)), library)
    if result.sound and not quick:
        try:
            load(bundle, library)
            result.loaded = True
        except BundleError as error:
            result.problems.append((error.message, error.remedy))
    return result


def load(bundle: Bundle, library: Library) -> None:
    """Build and load a bundle's networks on the CPU.

    Raises:
        BundleError: If a tensor does not fit.
    """
    # Imported late: TerraTorch is slow to import, and packing or hashing does not need it.
    import torch

    from gac_core.models.loading import Models

    models = Models(bundle, library, torch.device("cpu"))
    models.load()
    _ = models.critic


def _look_at(found: Check, weight: WeightFile, library: Library) -> None:
    try:
        path = library.locate(found.bundle, weight)
    except BundleError as error:
        found.files.append(FileState(weight.file, MISSING, repo=weight.repo))
        if weight != found.bundle.codes or weight.repo is None:
            found.problems.append((error.message, error.remedy))
        return
    try:
        size, digest = path.stat().st_size, sha256(path)
    except OSError as error:
        found.files.append(FileState(weight.file, MISSING, repo=weight.repo, path=str(path)))
        found.problems.append(
            (f"{path} cannot be read: {error.strerror}.", "See that you may read it.")
        )
        return
    expected = library.expected_hash(weight, path)
    state = UNKNOWN if expected is None else OK if expected == digest else WRONG
    found.files.append(FileState(weight.file, state, size, digest, weight.repo, str(path)))
    if state == WRONG:
        found.problems.append(
            (
                f"{path} is not the file that it should be: its SHA-256 is {digest[:12]}…, not "
                f"{str(expected)[:12]}….",
                "It was damaged or replaced. Fetch or install it again.",
            )
        )
