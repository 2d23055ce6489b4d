"""Fetching the published weights of a bundle: what is lacking, pinned, verified, whole or not."""

from __future__ import annotations

import shutil
from glob import escape
from pathlib import Path

from gac_core.bundles.bundle import Bundle, WeightFile
from gac_core.bundles.library import Home, Known, Library, keep_known, known_of, place_of
from gac_core.contract.errors import BundleError, GacError
from gac_core.io import is_file, require_space, sha256, size
from gac_core.store.hub import HubError, Published, ask, download, prepare_client, server
from gac_core.store.lock import Done, Tell, alone_in, today

SPARE = 50_000_000
"""Bytes that stay free on the disk."""


def fetch(bundle: Bundle, home: Home, library: Library, tell: Tell) -> Done:
    """Fetch what a bundle's run lacks.

    Whatever ends it, what was fetched of a file stays in `downloads`, and the next call goes on
    from there. A file has its name only when it is whole and of the right hash.

    Raises:
        GacError: If it cannot be had: `HubError`, `DiskFull`, `BundleError`.
    """
    lacking = [weight for weight in bundle.weight_files if not _is_here(weight, bundle, library)]
    own = [weight.file for weight in lacking if weight.repo is None]
    if own:
        raise BundleError(
            f"The bundle {bundle.name!r} lacks {own[0]}, which nobody publishes.",
            "Import the bundle again from where it came.",
        )
    if not lacking:
        return Done([f"{bundle.title} has all its files."], [])
    prepare_client()
    done = Done([], [])
    with alone_in(home):
        wanted = [(weight, _published(weight, home)) for weight in lacking]
        wanted = [each for each in wanted if not _is_kept(*each, home, done)]
        parts = [home.downloads / _part_name(weight, found) for weight, found in wanted]
        there = sum(part.stat().st_size for part in parts if part.exists())
        total = sum(found.bytes for _, found in wanted)
        require_space(home.downloads, max(0, total - there) + SPARE)
        before = 0
        for (weight, found), part in zip(wanted, parts, strict=True):
            already = before

            def on_bytes(count: int, name: str = weight.file, already: int = already) -> None:
                tell(name, already + count, total)

            download(weight, found, part, on_bytes)
            _take(weight, found, part, home, done)
            before += found.bytes
    return done


def left_of(weight: WeightFile, home: Home) -> int:
    """Bytes that an unfinished download of a file has fetched so far; 0: there is none."""
    return sum(part.stat().st_size for part in _parts_of(weight, home))


def drop_part(weight: WeightFile, home: Home) -> int:
    """Delete what an unfinished download has fetched; returns how many bytes that were."""
    freed = left_of(weight, home)
    for part in _parts_of(weight, home):
        part.unlink()
    return freed


def _parts_of(weight: WeightFile, home: Home) -> list[Path]:
    """Return what was fetched of a file, by whatever version: earlier ones named it by it alone."""
    names = [f"{escape(_flat(weight))}.*.part", f"{escape(weight.file)}.*.part"]
    return sorted({part for name in names for part in home.downloads.glob(name)})


def _is_here(weight: WeightFile, bundle: Bundle, library: Library) -> bool:
    try:
        return library.locate(bundle, weight).is_file()
    except GacError:
        return False


def _published(weight: WeightFile, home: Home) -> Published:
    """What the Hub has, of the commit that is pinned or was taken the first time."""
    known = known_of(home.weights, weight)
    revision = weight.revision or (known.revision if known else "") or None
    found = ask(weight, revision)
    told = weight.sha256 or (known.sha256 if known else None)
    if told and found.sha256 and told != found.sha256:
        raise _wrong(weight, found.sha256, told, pinned=weight.sha256 is not None)
    part = home.downloads / _part_name(weight, found)
    old = home.downloads / f"{weight.file}.{found.revision[:12]}.part"
    if is_file(old) and not part.exists():
        part.parent.mkdir(parents=True, exist_ok=True)
        old.rename(part)
    # The name of what was fetched holds the commit: bytes of another one are never added to it.
    for stray in home.downloads.glob(f"{escape(_flat(weight))}.*.part"):
        if stray != part:
            stray.unlink()
    return found


def _is_kept(weight: WeightFile, found: Published, home: Home, done: Done) -> bool:
    """Whether the Hub's file is here already, for another bundle; then it is recorded."""
    told = weight.sha256 or found.sha256
    if told is None or weight.repo is None:
        return False
    path = place_of(home.weights, weight, told)
    if not is_file(path) or path.stat().st_size != found.bytes or sha256(path) != told:
        return False
    _record(weight, found, told, home, done)
    done.told.append(f"{weight.file}: here already, commit {found.revision[:12]}, verified.")
    return True


def _take(weight: WeightFile, found: Published, part: Path, home: Home, done: Done) -> None:
    """See that a whole file is the right one, record it, and give it its name."""
    known = known_of(home.weights, weight)
    told = weight.sha256 or (known.sha256 if known else None) or found.sha256
    digest = sha256(part)
    if told is not None and digest != told:
        drop_part(weight, home)
        raise _wrong(weight, digest, told, pinned=weight.sha256 is not None)
    _record(weight, found, digest, home, done)
    path = place_of(home.weights, weight, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(part, path)
    done.told.append(f"{weight.file}: {size(found.bytes)}, commit {found.revision[:12]}, verified.")


def _record(weight: WeightFile, found: Published, digest: str, home: Home, done: Done) -> None:
    """Keep what a file hashes to that neither its card nor a first download vouches for."""
    if weight.sha256 is not None or weight.repo is None or known_of(home.weights, weight):
        return
    record = Known(digest, found.bytes, weight.repo, found.revision, server(), today())
    keep_known(home.weights, weight, record)
    done.warned.append(
        f"GAC does not know the publisher's hash of {weight.file}: it trusts this first "
        f"download, and will hold the file and later downloads to its SHA-256 {digest[:12]}…."
    )


def _wrong(weight: WeightFile, digest: str, told: str, *, pinned: bool) -> HubError:
    whose = "its card" if pinned else "the first download"
    return HubError(
        f"{server()} gives another {weight.file} than {whose}: SHA-256 {digest[:12]}…, not "
        f"{told[:12]}…. It was not installed.",
        "A damaged download is fetched anew. If it stays so, do not use that server; if you trust "
        "the new file, `gac models delete --forget` forgets the first one's hash.",
    )


def _part_name(weight: WeightFile, found: Published) -> str:
    return f"{_flat(weight)}.{found.revision[:12]}.part"


def _flat(weight: WeightFile) -> str:
    """Return a published file's repository and name as one file's name."""
    return f"{weight.repo}/{weight.file}".replace("/", "--")
