"""What models there are: each bundle and its files, as people choose, judge and clear them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gac_core.contract.errors import BundleError, GacError
from gac_core.models.bundle import ADAPTER_FILES, Bundle, WeightFile
from gac_core.models.card import read_json
from gac_core.models.checking import OK, Check, check_bundle
from gac_core.models.home import Home
from gac_core.models.known import known_of
from gac_core.models.library import Damaged, Library, shipped_bundles
from gac_core.raster.space import whole_file
from gac_core.store.fetching import left_of
from gac_core.store.tending import Tell, today

SEEN = "verified.json"
"""In the folder of weights: which files were verified, and when."""

HOME, SHIPPED, ELSEWHERE, NOWHERE = "models folder", "with GAC", "elsewhere", ""
PINNED, FIRST_USE, UNKNOWN = "card", "first download", "none"


@dataclass(frozen=True)
class FileEntry:
    """One file of a bundle.

    Attributes:
        file: Its name.
        bytes: Its size; 0: it is not here.
        path: Where it is; empty: it is not here.
        place: Whose folder: `models folder`, `with GAC`, `elsewhere`; empty: it is not here.
        repo: Where it is published; empty: it is the bundle's own.
        revision: The commit that it is pinned to or came from; empty: not known yet.
        hash: What vouches for it: `card`, `first download`, `none`.
        fetched: Bytes of an unfinished download.
        verified: When its hash was last found right, ISO 8601; empty: not since it changed.
    """

    file: str
    bytes: int
    path: str
    place: str
    repo: str
    revision: str
    hash: str
    fetched: int
    verified: str


@dataclass(frozen=True)
class Entry:
    """One bundle: BundleInfo of the protocol, and its files."""

    info: dict[str, Any]
    place: str
    files: list[FileEntry]

    @property
    def bytes(self) -> int:
        """What of it is on this machine."""
        return sum(file.bytes for file in self.files)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        files = [asdict(file) for file in self.files]
        return {**self.info, "place": self.place, "bytes": self.bytes, "files": files}


def entries(home: Home, library: Library) -> list[Entry]:
    """All bundles, quick: nothing is hashed."""
    seen = _seen(home)
    sound = [_listed(bundle, home, library, seen) for bundle in library.bundles()]
    return sound + [_damaged(each, home) for each in library.damaged()]


def _listed(bundle: Bundle, home: Home, library: Library, seen: dict[str, list[Any]]) -> Entry:
    try:
        return entry_of(bundle, home, library, seen)
    except (GacError, OSError) as error:
        problem = f"{bundle.path} cannot be looked at: {error}"
        return _damaged(Damaged(bundle.path, problem, "See that you may read it."), home)


def _damaged(damaged: Damaged, home: Home) -> Entry:
    return Entry(damaged.info, _place(damaged.path, home), [])


def entry_of(
    bundle: Bundle, home: Home, library: Library, seen: dict[str, list[Any]] | None = None
) -> Entry:
    """One bundle's entry."""
    seen = _seen(home) if seen is None else seen
    files = [
        _file(bundle, weight, home, library, seen)
        for weight in (*bundle.named_weights, *_adapter_files(bundle))
    ]
    return Entry(library.describe(bundle), _place(bundle.path, home), files)


def verify(bundle: Bundle, home: Home, library: Library, tell: Tell) -> Check:
    """Hash every file of a bundle, and remember of which it was right."""

    def on_file(name: str) -> None:
        tell(name, 0, 0)

    found = check_bundle(bundle, library, quick=True, tell=on_file)
    seen = _seen(home)
    for file in found.files:
        if file.path is not None:
            seen.pop(file.path, None)
            if file.state == OK:
                seen[file.path] = _stamp(Path(file.path))
    # Where the folder cannot be written to, the answer of now still counts.
    with suppress(OSError):
        home.weights.mkdir(parents=True, exist_ok=True)
        with whole_file(home.weights / SEEN) as part:
            part.write_text(json.dumps(seen, indent=1), encoding="utf-8")
    return found


def _adapter_files(bundle: Bundle) -> list[WeightFile]:
    sections = (bundle.refiner or {}), vars(bundle.grounding)
    return [
        WeightFile(f"{section['adapter']}/{name}", (section.get("adapter_sha256") or {}).get(name))
        for section in sections
        if section.get("adapter") is not None
        for name in ADAPTER_FILES
    ]


def _file(
    bundle: Bundle,
    weight: WeightFile,
    home: Home,
    library: Library,
    seen: dict[str, list[Any]],
) -> FileEntry:
    known = known_of(home.weights, weight) if weight.repo else None
    try:
        path: Path | None = library.locate(bundle, weight)
    except BundleError:
        path = None
    is_kept = path is not None and path.is_relative_to(home.weights)
    vouched = PINNED if weight.sha256 else FIRST_USE if known else UNKNOWN
    if known is not None and path is not None and not is_kept:
        vouched = PINNED if weight.sha256 else UNKNOWN
    return FileEntry(
        file=weight.file,
        bytes=path.stat().st_size if path else 0,
        path=str(path or ""),
        place=_place(path, home) if path else NOWHERE,
        repo=weight.repo or "",
        revision=weight.revision or (known.revision if known else ""),
        hash=vouched,
        fetched=0 if path or weight.repo is None else left_of(weight, home),
        verified=_when_verified(path, seen) if path else "",
    )


def _place(path: Path, home: Home) -> str:
    if path.is_relative_to(shipped_bundles()):
        return SHIPPED
    return HOME if path.is_relative_to(home.path) else ELSEWHERE


def _seen(home: Home) -> dict[str, list[Any]]:
    try:
        told = read_json(home.weights / SEEN, "record of verified files", "")
    except BundleError:
        return {}
    return told if isinstance(told, dict) else {}


def _stamp(path: Path) -> list[Any]:

    found = path.stat()
    return [found.st_size, found.st_mtime_ns, today()]


def _when_verified(path: Path, seen: dict[str, list[Any]]) -> str:
    found = path.stat()
    match seen.get(str(path)):
        case [size, changed, str(when)] if [size, changed] == [found.st_size, found.st_mtime_ns]:
            return when
    return ""
