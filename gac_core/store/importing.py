"""Importing a bundle, or published weights, from a folder or an archive: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gac_core.errors import BundleError
from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.card import CARD, LARGEST, read_bundle
from gac_core.models.home import Home
from gac_core.models.known import Known, expected_hash, keep_known
from gac_core.models.library import Library, shipped_bundles
from gac_core.models.names import is_plain
from gac_core.models.place import HARMLESS, put_in_place, require_room
from gac_core.raster.space import require_space, size
from gac_core.store.sources import NOT_TRUSTED, Source, copy, opened
from gac_core.store.tending import Done, Tell, alone_in, staging_in, sync, today

SPARE = 50_000_000
"""Bytes that stay free on the disk."""

TENSORS = ".safetensors"


@dataclass
class _Plan:
    """What is taken of a source.

    Attributes:
        bundle: The bundle in it, by its card; None: published weights alone.
        own: The bundle's own files: name in the bundle, name in the source.
        published: Published files, and their names in the source.
    """

    bundle: Bundle | None = None
    own: dict[str, str] = field(default_factory=dict)
    published: list[tuple[WeightFile, str]] = field(default_factory=list)


def import_models(
    path: Path, home: Home, library: Library, tell: Tell, *, replace: bool = False
) -> Done:
    """Import what a folder or an archive holds: a bundle, published weights, or both.

    Args:
        path: The folder or archive; it is only read.
        home: Where models live.
        library: The bundles that are there, whose cards tell what published weights are called.
        tell: Told of progress.
        replace: Whether a bundle of the same name may be replaced.

    Raises:
        GacError: If it holds nothing of use, or something that is not what it should be.
    """
    done = Done([], [])
    with opened(path) as source, alone_in(home):
        staging = staging_in(home)
        plan = _planned(source, staging, library)
        if plan.bundle is not None:
            _require_name(plan.bundle)
            require_room(home.bundles / plan.bundle.name, [], replace=replace)
        names = [*plan.own.values(), *(name for _, name in plan.published)]
        total = sum(source.members[name] for name in names)
        require_space(home.downloads, total + SPARE)
        taken = _Taking(source, tell, total)
        for weight, name in plan.published:
            _take_published(taken, weight, name, staging, home, done)
        if plan.bundle is not None:
            _take_own(taken, plan.bundle, plan.own, staging, home, done)
    return done


class _Taking:
    """Copies members and tells of all of them together."""

    def __init__(self, source: Source, tell: Tell, total: int) -> None:
        self.source, self._tell, self._total, self._done = source, tell, total, 0

    def copy(self, name: str, target: Path) -> str:
        def on_bytes(count: int) -> None:
            self._done += count
            self._tell(PurePosixPath(name).name, self._done, self._total)

        return copy(self.source, name, target, on_bytes)


def _planned(source: Source, staging: Path, library: Library) -> _Plan:
    cards = sorted(
        (name for name in source.members if PurePosixPath(name).name == CARD),
        key=lambda name: (name.count("/"), name),
    )
    plan = _Plan()
    if len(cards) > 1:
        raise BundleError(
            f"{source.path} holds {len(cards)} bundles: {', '.join(cards[:4])}.",
            "Import one at a time: name its folder, or unpack the archive first.",
        )
    if cards:
        _plan_bundle(plan, source, cards[0], staging)
    known = {w.file: w for b in library.bundles() for w in b.named_weights if w.repo}
    known |= {w.file: w for w in plan.bundle.named_weights if w.repo} if plan.bundle else {}
    for name in sorted(source.members):
        weight = known.pop(PurePosixPath(name).name, None)
        if weight is not None:
            plan.published.append((weight, name))
    if plan.bundle is None and not plan.published:
        wanted = ", ".join(sorted(known)) or "none"
        raise BundleError(
            f"{source.path} holds no bundle (no {CARD}) and no published weights that GAC knows.",
            f"Files keep their published names: {wanted}.",
        )
    return plan


def _plan_bundle(plan: _Plan, source: Source, card: str, staging: Path) -> None:
    if source.members[card] > LARGEST:
        raise BundleError(f"{card} in {source.path} is too large for a card.", NOT_TRUSTED)
    copy(source, card, staging / "card" / CARD, lambda count: None)
    plan.bundle = read_bundle(staging / "card")
    parent = card.removesuffix(CARD)
    elsewhere = {weight.file for weight in plan.bundle.named_weights if weight.repo is not None}
    for file in sorted(plan.bundle.all_files - elsewhere):
        name = parent + file
        if name in source.links:
            raise BundleError(f"{name} in {source.path} is a link.", "Copy the file itself there.")
        if name not in source.members:
            raise BundleError(
                f"The bundle {plan.bundle.name!r} in {source.path} is incomplete: {file} is "
                "missing.",
                "Copy or fetch it again.",
            )
        if not file.endswith((TENSORS, ".json")):
            raise BundleError(
                f"The bundle {plan.bundle.name!r} names {file}, which may hold code that runs when "
                "it is read.",
                f"A bundle's own weights are {TENSORS} files. Ask whoever made it.",
            )
        plan.own[file] = name
    plan.own[CARD] = card
    plan.own |= {n: parent + n for n in HARMLESS if parent + n in source.members}


def _require_name(bundle: Bundle) -> None:
    if not is_plain(bundle.name):
        raise BundleError(f"{bundle.name!r} cannot be the name of a bundle.", NOT_TRUSTED)
    if (shipped_bundles() / bundle.name).exists():
        raise BundleError(
            f"GAC comes with a bundle {bundle.name!r} itself; another one of that name would hide "
            "it.",
            "Ask whoever made it for another name.",
        )


def _take_published(
    taken: _Taking, weight: WeightFile, name: str, staging: Path, home: Home, done: Done
) -> None:
    from gac_core.models.weights import read_state

    target = home.weights / weight.file
    part = staging / weight.file
    digest = taken.copy(name, part)
    told = expected_hash(weight, target)
    if told is not None and digest != told:
        raise BundleError(
            f"{name} in {taken.source.path} is not {weight.file} as it should be: its SHA-256 is "
            f"{digest[:12]}…, not {told[:12]}….",
            "Fetch it again from where it is published.",
        )
    if told is None:
        # Nobody vouches for it: it must at least hold tensors, and nothing that runs.
        read_state(part)
    sync(part)
    home.weights.mkdir(parents=True, exist_ok=True)
    if told is None and weight.repo is not None:
        bytes_ = part.stat().st_size
        record = Known(digest, bytes_, weight.repo, "", "import", today())
        keep_known(home.weights, weight.file, record)
        done.warned.append(
            f"GAC does not know the publisher's hash of {weight.file}: it trusts this first copy, "
            f"and will hold the file and later ones to its SHA-256 {digest[:12]}…."
        )
    part.replace(target)
    done.told.append(f"{weight.file}: {size(target.stat().st_size)}, imported.")


def _take_own(
    taken: _Taking, bundle: Bundle, own: dict[str, str], staging: Path, home: Home, done: Done
) -> None:
    hashes = dict(_told_hashes(bundle))
    whole = staging / bundle.name
    for file, name in own.items():
        digest = taken.copy(name, whole / file)
        told = hashes.get(file)
        if told is not None and told != digest:
            raise BundleError(
                f"{file} of the bundle {bundle.name!r} is not what its card says: its SHA-256 is "
                f"{digest[:12]}…, not {told[:12]}….",
                "It was damaged or replaced. Copy or fetch it again.",
            )
        sync(whole / file)
    home.bundles.mkdir(parents=True, exist_ok=True)
    put_in_place(whole, home.bundles / bundle.name)
    done.told.append(f"{bundle.title}: imported into {home.bundles / bundle.name}.")
    bare = [file for file in own if file.endswith(TENSORS) and hashes.get(file) is None]
    if bare:
        done.warned.append(
            f"The card of {bundle.title} gives no hash of {bare[0]}: nobody can tell whether it is "
            "what its maker made."
        )


def _told_hashes(bundle: Bundle) -> Iterator[tuple[str, str | None]]:
    for weight in bundle.named_weights:
        yield weight.file, weight.sha256
    refiner = bundle.refiner or {}
    for adapter, told in (
        (refiner.get("adapter"), refiner.get("adapter_sha256")),
        (bundle.grounding.adapter, bundle.grounding.adapter_sha256),
    ):
        for file, digest in (told or {}).items():
            yield f"{adapter}/{file}", digest
