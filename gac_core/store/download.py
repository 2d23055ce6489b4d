"""Download of a bundle's missing published weights: pinned, verified, installed atomically."""

from __future__ import annotations

from glob import escape
from pathlib import Path

from gac_core.bundles.bundle import Card, WeightFile
from gac_core.bundles.library import (
    HashRecord,
    Library,
    ModelsDir,
    find_record,
    keep_known,
    weight_path,
)
from gac_core.contract.errors import BundleError, GacError
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path
from gac_core.io import format_size, is_file, require_space, sha256
from gac_core.store.hub import (
    HubError,
    HubFile,
    MissingRevision,
    download,
    file_metadata,
    prepare_client,
    server,
)
from gac_core.store.lock import SPARE, Outcome, ProgressCallback, locked, move_file, today


def download_weights(
    bundle: Card, home: ModelsDir, library: Library, tell: ProgressCallback
) -> Outcome:
    """Download the weights that a bundle lacks.

    However it ends, the bytes fetched so far stay in `downloads`, and the next call resumes from
    there. A file gets its name only when it is complete and has the right hash.

    Raises:
        GacError: If a file cannot be downloaded: `HubError`, `DiskFull`, `BundleError`.
    """
    lacking = [weight for weight in bundle.weight_files if not _is_here(weight, bundle, library)]
    own = [weight.file for weight in lacking if weight.repo is None]
    if own:
        raise BundleError(
            Message("The bundle {} lacks {}, which nobody publishes.", repr(bundle.name), own[0]),
            Message("Import the bundle again from where it came."),
            problem="own-weights-missing",
        )
    if not lacking:
        return Outcome([Message("{} has all its files.", bundle.title)], [])
    prepare_client()
    done = Outcome([], [])
    with locked(home):
        wanted = [(weight, _published(weight, home)) for weight in lacking]
        wanted = [pair for pair in wanted if not _is_already_here(*pair, home, done)]
        parts = [home.downloads / _part_name(weight, published) for weight, published in wanted]
        fetched = sum(part.stat().st_size for part in parts if part.exists())
        total = sum(published.bytes for _, published in wanted)
        require_space(home.downloads, max(0, total - fetched) + SPARE)
        completed = 0
        for (weight, published), part in zip(wanted, parts, strict=True):
            already = completed

            def on_bytes(count: int, name: str = weight.file, already: int = already) -> None:
                tell(name, already + count, total)

            download(weight, published, part, on_bytes)
            _install_part(weight, published, part, home, done)
            completed += published.bytes
    return done


def partial_bytes(weight: WeightFile, home: ModelsDir) -> int:
    """Return the bytes that an unfinished download of a file has fetched; 0 if there is none."""
    return sum(part.stat().st_size for part in _parts_of(weight, home))


def drop_part(weight: WeightFile, home: ModelsDir) -> int:
    """Delete an unfinished download; return its size in bytes."""
    freed = partial_bytes(weight, home)
    for part in _parts_of(weight, home):
        remove_file(part)
    return freed


def _parts_of(weight: WeightFile, home: ModelsDir) -> list[Path]:
    """Return the partial downloads of a file; earlier versions named them by the file alone."""
    names = [f"{escape(_flat(weight))}.*.part", f"{escape(weight.file)}.*.part"]
    return sorted({part for name in names for part in home.downloads.glob(name)})


def _is_here(weight: WeightFile, bundle: Card, library: Library) -> bool:
    try:
        return library.locate(bundle, weight).is_file()
    except GacError:
        return False


def _published(weight: WeightFile, home: ModelsDir) -> HubFile:
    """Return the Hub's entry of the commit that is pinned or was downloaded first."""
    record = find_record(home.weights, weight)
    revision = weight.revision or (record.revision if record else "") or None
    try:
        published = file_metadata(weight, revision)
    except MissingRevision:
        # A hash in the card says more than its commit, which may be gone or mistaken.
        if record is not None or not (weight.sha256 or weight.reported_sha256):
            raise
        published = file_metadata(weight, None)
    expected = weight.sha256 or (record.sha256 if record else None)
    if expected and published.sha256 and expected != published.sha256:
        raise _hash_error(weight, published.sha256, expected, pinned=weight.sha256 is not None)
    part = home.downloads / _part_name(weight, published)
    old_part = home.downloads / f"{weight.file}.{published.revision[:12]}.part"
    if is_file(old_part) and not part.exists():
        part.parent.mkdir(parents=True, exist_ok=True)
        replace_path(old_part, part)
    # The name of a partial download contains the commit: two commits are never mixed.
    for stray in home.downloads.glob(f"{escape(_flat(weight))}.*.part"):
        if stray != part:
            remove_file(stray)
    return published


def _is_already_here(weight: WeightFile, found: HubFile, home: ModelsDir, done: Outcome) -> bool:
    """Return whether the Hub's file is already here for another bundle; if so, record it."""
    expected = weight.sha256 or found.sha256
    if expected is None or weight.repo is None:
        return False
    path = weight_path(home.weights, weight, expected)
    if not is_file(path) or path.stat().st_size != found.bytes or sha256(path) != expected:
        return False
    _record(weight, found, expected, home, done)
    done.told.append(
        Message("{}: here already, commit {}, verified.", weight.file, found.revision[:12])
    )
    return True


def _install_part(
    weight: WeightFile, found: HubFile, part: Path, home: ModelsDir, done: Outcome
) -> None:
    """Verify a complete file, record it, and move it to its final name."""
    record = find_record(home.weights, weight)
    expected = weight.sha256 or (record.sha256 if record else None) or found.sha256
    digest = sha256(part)
    if expected is not None and digest != expected:
        drop_part(weight, home)
        raise _hash_error(weight, digest, expected, pinned=weight.sha256 is not None)
    _record(weight, found, digest, home, done)
    path = weight_path(home.weights, weight, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    move_file(part, path)
    done.told.append(
        Message(
            "{}: {}, commit {}, verified.",
            weight.file,
            format_size(found.bytes),
            found.revision[:12],
        )
    )


def _record(
    weight: WeightFile, found: HubFile, digest: str, home: ModelsDir, done: Outcome
) -> None:
    """Record the hash of a first download, unless its card or an earlier record already has one."""
    if weight.sha256 is not None or weight.repo is None or find_record(home.weights, weight):
        return
    record = HashRecord(digest, found.bytes, weight.repo, found.revision, server(), today())
    keep_known(home.weights, weight, record)
    if weight.reported_sha256 == digest:
        done.told.append(
            Message("{}: its SHA-256 is the one that public sources report.", weight.file)
        )
        return
    if weight.report_mismatch(digest):
        done.warned.append(weight.report_mismatch(digest))
    done.warned.append(
        Message(
            "GAC does not know the publisher's hash of {}: it trusts this first "
            "download, and will hold the file and later downloads to its SHA-256 {}….",
            weight.file,
            digest[:12],
        )
    )


def _hash_error(weight: WeightFile, digest: str, told: str, *, pinned: bool) -> HubError:
    reference = Message("its card") if pinned else Message("the first download")
    return HubError(
        Message(
            "{} gives another {} than {}: SHA-256 {}…, not {}…. It was not installed.",
            server(),
            weight.file,
            reference,
            digest[:12],
            told[:12],
        ),
        Message(
            "A damaged download is fetched again. If it stays damaged, do not use that server; "
            "if you trust the new file, `gac models delete --forget` forgets the first one's "
            "hash."
        ),
        problem="download-hash-differs",
    )


def _part_name(weight: WeightFile, found: HubFile) -> str:
    return f"{_flat(weight)}.{found.revision[:12]}.part"


def _flat(weight: WeightFile) -> str:
    """Return a published file's repository and name as a single file name."""
    return f"{weight.repo}/{weight.file}".replace("/", "--")
