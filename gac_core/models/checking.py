"""Whether a bundle is whole: every file there, of the right hash, and of the right shape."""

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
    """One file of a bundle.

    Attributes:
        file: Its name in the card.
        state: `ok`, `no hash in the card`, `wrong hash` or `missing`.
        bytes: Its size; None where it is missing.
        sha256: What it hashes to; None where it is missing.
        repo: Where it is published; None for the bundle's own.
        path: Where it was found.
    """

    file: str
    state: str
    bytes: int | None = None
    sha256: str | None = None
    repo: str | None = None
    path: str | None = None


@dataclass
class Check:
    """What was found of a bundle.

    Attributes:
        bundle: The bundle.
        files: Each file that its card names.
        problems: (what is wrong, what to do) of each fault.
        strangers: Files in its folder that its card does not name.
        loaded: Whether its networks were filled, and every tensor fitted.
    """

    bundle: Bundle
    files: list[FileState] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    loaded: bool = False

    @property
    def sound(self) -> bool:
        """Whether the bundle can be used."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "name": self.bundle.name,
            "path": str(self.bundle.path),
            "sound": self.sound,
            "loaded": self.loaded,
            "files": [asdict(file) for file in self.files],
            "problems": [{"message": what, "remedy": remedy} for what, remedy in self.problems],
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
    """Look at every file of a bundle, and load its networks on the processor.

    Args:
        bundle: The bundle.
        library: Where published weights are looked for.
        quick: Leave the loading out: what is in the files is then not looked at.
        tell: Told of each file before it is hashed; may raise.
    """
    found = Check(bundle, strangers=strangers_in(bundle))
    for weight in bundle.named_weights:
        tell(weight.file)
        _look_at(found, weight, library)
    sections = ((bundle.refiner or {}), vars(bundle.grounding))
    for section in sections:
        adapter = section.get("adapter")
        told = section.get("adapter_sha256") or {}
        for name in ADAPTER_FILES if adapter is not None else ():
            _look_at(found, WeightFile(f"{adapter}/{name}", told.get(name)), library)
    if found.sound and not quick:
        try:
            load(bundle, library)
            found.loaded = True
        except BundleError as error:
            found.problems.append((error.message, error.remedy))
    return found


def load(bundle: Bundle, library: Library) -> None:
    """Build and fill a bundle's networks on the processor.

    Raises:
        BundleError: If a tensor does not fit.
    """
    # TerraTorch takes its time: who only packs or hashes does not need it.
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
    told = library.expected_hash(weight, path)
    state = UNKNOWN if told is None else OK if told == digest else WRONG
    found.files.append(FileState(weight.file, state, size, digest, weight.repo, str(path)))
    if state == WRONG:
        found.problems.append(
            (
                f"{path} is not the file that it should be: its SHA-256 is {digest[:12]}…, not "
                f"{str(told)[:12]}….",
                "It was damaged or replaced. Fetch or install it again.",
            )
        )
