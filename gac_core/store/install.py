"""Atomic import of a bundle, or of published weights, from a folder or an archive."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gac_core.bundles.bundle import Bundle, WeightFile, is_plain, printable
from gac_core.bundles.card import LARGEST, read_bundle
from gac_core.bundles.library import (
    HashRecord,
    Library,
    ModelsDir,
    expected_hash,
    keep_known,
    shipped_bundles,
    weight_path,
)
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path
from gac_core.io import format_size, require_space
from gac_core.store.archive import NOT_TRUSTED, ImportSource, copy, open_source
from gac_core.store.integrity import HARMLESS, put_in_place, require_replaceable
from gac_core.store.lock import SPARE, Outcome, ProgressCallback, locked, staging_in, sync, today

TENSORS = ".safetensors"


@dataclass
class _Plan:
    """Files to import from a source.

    Attributes:
        bundle: The bundle in it, from its card; None: only published weights.
        own: Source name of each of the bundle's own files, by its name in the bundle.
        published: Source names of published files, and the weights that each may be.
    """

    bundle: Bundle | None = None
    own: dict[str, str] = field(default_factory=dict)
    published: list[tuple[str, list[WeightFile]]] = field(default_factory=list)


def import_models(
    path: Path, home: ModelsDir, library: Library, tell: ProgressCallback, *, replace: bool = False
) -> Outcome:
    """Import the contents of a folder or an archive: a bundle, published weights, or both.

    Args:
        path: The folder or archive; it is only read.
        home: Models folder.
        library: Installed bundles, whose cards hold the names of published weights.
        tell: Called with the progress.
        replace: Whether a bundle of the same name may be replaced.

    Raises:
        GacError: If it holds nothing usable, or something that is not what it should be.
    """
    done = Outcome([], [])
    with open_source(path) as source, locked(home):
        staging = staging_in(home)
        plan = _plan(source, staging, library)
        if plan.bundle is not None:
            _require_name(plan.bundle)
            require_replaceable(home.bundles / plan.bundle.name, [], replace=replace)
        if source.unread:
            done.warned.append(
                Message(
                    "{} in {} may not be read, and was left out.",
                    ", ".join(source.unread[:3]),
                    path,
                )
            )
        names = [*plan.own.values(), *(name for name, _ in plan.published)]
        total = sum(source.members[name] for name in names)
        require_space(home.downloads, total + SPARE)
        copier = _Copier(source, tell, total)
        for name, weights in plan.published:
            _take_published(copier, name, weights, staging, home, plan, done)
        if plan.bundle is not None:
            _take_own(copier, plan.bundle, plan.own, staging, home, done)
    return done


class _Copier:
    """Copier of members that reports their total progress."""

    def __init__(self, source: ImportSource, tell: ProgressCallback, total: int) -> None:
        self.source, self._tell, self._total, self._done = source, tell, total, 0

    def copy(self, name: str, target: Path) -> str:
        def on_bytes(count: int) -> None:
            self._done += count
            self._tell(PurePosixPath(name).name, self._done, self._total)

        return copy(self.source, name, target, on_bytes)


def _plan(source: ImportSource, staging: Path, library: Library) -> _Plan:
    cards = sorted(
        (name for name in source.members if PurePosixPath(name).name == CARD),
        key=lambda name: (name.count("/"), name),
    )
    plan = _Plan()
    if len(cards) > 1:
        raise BundleError(
            Message(
                "{} holds {} bundles: {}.",
                source.path,
                len(cards),
                printable(", ".join(cards[:4]))[:400],
            ),
            Message("Import one at a time: name its folder, or unpack the archive first."),
            problem="several-bundles",
        )
    if cards:
        _plan_bundle(plan, source, cards[0], staging)
    bundles = [*library.cards(), *([plan.bundle] if plan.bundle else [])]
    by_file: dict[str, list[WeightFile]] = {}
    for bundle in bundles:
        for weight in bundle.named_weights:
            weights = by_file.setdefault(PurePosixPath(weight.file).name, [])
            if weight.repo is not None and weight not in weights:
                weights.append(weight)
    seen: set[str] = set()
    for name in sorted(source.members):
        file = PurePosixPath(name).name
        if by_file.get(file) and file not in seen:
            seen.add(file)
            plan.published.append((name, by_file[file]))
    if plan.bundle is None and not plan.published:
        wanted = ", ".join(sorted(file for file, weights in by_file.items() if weights)) or Message(
            "none"
        )
        raise BundleError(
            Message(
                "{} holds no bundle (no {}) and no published weights that GAC knows.",
                source.path,
                CARD,
            ),
            Message("Files keep their published names: {}.", wanted),
            problem="bundle-not-in-source",
        )
    return plan


def _plan_bundle(plan: _Plan, source: ImportSource, card: str, staging: Path) -> None:
    if source.members[card] > LARGEST:
        raise BundleError(
            Message("{} in {} is too large for a card.", card, source.path),
            NOT_TRUSTED,
            problem="card-too-large",
        )
    copy(source, card, staging / "card" / CARD, lambda count: None)
    plan.bundle = read_bundle(staging / "card")
    parent = card.removesuffix(CARD)
    published = {weight.file for weight in plan.bundle.named_weights if weight.repo is not None}
    for file in sorted(plan.bundle.all_files - published):
        name = parent + file
        if name in source.links:
            raise BundleError(
                Message("{} in {} is a link.", name, source.path),
                Message("Copy the file itself there."),
                problem="bundle-file-is-a-link",
            )
        if name not in source.members:
            raise BundleError(
                Message(
                    "The bundle {} in {} is incomplete: {} is missing.",
                    repr(plan.bundle.name),
                    source.path,
                    file,
                ),
                Message("Copy or fetch it again."),
                problem="bundle-incomplete",
            )
        if not file.endswith((TENSORS, ".json")):
            raise BundleError(
                Message(
                    "The bundle {} names {}, which may hold code that runs when it is read.",
                    repr(plan.bundle.name),
                    file,
                ),
                Message("A bundle's own weights are {} files. Ask whoever made it.", TENSORS),
                problem="bundle-file-may-run-code",
            )
        plan.own[file] = name
    plan.own[CARD] = card
    plan.own |= {n: parent + n for n in HARMLESS if parent + n in source.members}


def _require_name(bundle: Bundle) -> None:
    if not is_plain(bundle.name):
        raise BundleError(
            Message("{} cannot be the name of a bundle.", repr(bundle.name)),
            NOT_TRUSTED,
            problem="bundle-name-wrong",
        )
    if (shipped_bundles() / bundle.name).exists():
        raise BundleError(
            Message(
                "GAC comes with a bundle {} itself; another one of that name would hide it.",
                repr(bundle.name),
            ),
            Message("Ask whoever made it for another name."),
            problem="bundle-name-taken",
        )


def _take_published(
    taken: _Copier,
    name: str,
    weights: Sequence[WeightFile],
    staging: Path,
    home: ModelsDir,
    plan: _Plan,
    done: Outcome,
) -> None:
    """Install a published file for the weights with its hash, or as the first copy of one.

    A bundle in the same import does not vouch for a file that others use: without a hash, the file
    is installed for that bundle alone, in its own folder.
    """
    from gac_core.networks.weights import read_state

    file = PurePosixPath(name).name
    part = staging / "published" / file
    digest = taken.copy(name, part)
    expected = {weight: expected_hash(home.weights, weight) for weight in weights}
    owners = [weight for weight in weights if expected[weight] == digest]
    unhashed = [weight for weight in weights if expected[weight] is None]
    of_bundle = [w for w in unhashed if plan.bundle is not None and w in plan.bundle.named_weights]
    is_named = plan.bundle is not None and any(w in plan.bundle.named_weights for w in weights)
    if not owners and (not unhashed or (is_named and not of_bundle)):
        raise BundleError(
            Message(
                "{} in {} is not {} as it should be: its SHA-256 is {}…, not {}….",
                printable(name),
                taken.source.path,
                file,
                digest[:12],
                str(expected[weights[0]])[:12],
            ),
            Message("Fetch it again from where it is published."),
            problem="published-file-differs",
        )
    if not owners:
        # No hash to compare: it must at least hold tensors, and no code.
        read_state(part)
    sync(part)
    if not owners and plan.bundle is not None:
        for weight in of_bundle:
            plan.own[weight.file] = name
            done.warned.append(
                Message(
                    "Nobody vouches that {} is the file of {}: {} alone will use it.",
                    weight.file,
                    weight.repo,
                    plan.bundle.title,
                )
            )
        if not of_bundle:
            done.warned.append(
                Message("{} was left out: nobody vouches for it. Import it by itself.", file)
            )
        return
    if not owners:
        owners = [_first_owner(unhashed, file)]
        weight = owners[0]
        record = HashRecord(digest, part.stat().st_size, str(weight.repo), "", "import", today())
        keep_known(home.weights, weight, record)
        done.warned.append(
            Message(
                "GAC does not know the publisher's hash of {}: it trusts this first "
                "copy, and will hold the file and later ones to its SHA-256 {}. Compare "
                "it with the one that {} tells.",
                file,
                digest,
                weight.repo,
            )
        )
    byte_count = part.stat().st_size
    targets = {weight_path(home.weights, weight, digest) for weight in owners}
    for target in sorted(targets):
        _put(part, target)
    remove_file(part)
    done.told.append(Message("{}: {}, imported.", file, format_size(byte_count)))


def _first_owner(weights: Sequence[WeightFile], file: str) -> WeightFile:
    """Return the weights that a first copy is installed for; those of GAC's own cards come first.

    Raises:
        BundleError: If several publishers have a file of that name.
    """
    shipped = Library([shipped_bundles()]).cards()
    own = [w for bundle in shipped for w in bundle.named_weights if w in weights]
    candidates = own or list(weights)
    if len({weight.repo for weight in candidates}) > 1:
        repos = ", ".join(sorted(str(weight.repo) for weight in candidates)[:4])
        raise BundleError(
            Message("{} may be the file of several publishers: {}.", file, repos),
            Message("Fetch it with `gac models fetch`, or delete the bundles that you do not use."),
            problem="publisher-ambiguous",
        )
    return candidates[0]


def _put(part: Path, target: Path) -> None:
    """Install a file into the folder of weights; several places may share its content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part_beside = target.with_name(f".{target.name}.part")
    remove_file(part_beside, missing_ok=True)
    try:
        os.link(part, part_beside)
    except OSError:
        shutil.copyfile(part, part_beside)
        sync(part_beside)
    replace_path(part_beside, target)


def _take_own(
    taken: _Copier,
    bundle: Bundle,
    own: dict[str, str],
    staging: Path,
    home: ModelsDir,
    done: Outcome,
) -> None:
    hashes = {
        weight.file: weight.sha256 for weight in (*bundle.named_weights, *bundle.adapter_files)
    }
    published = {weight.file for weight in bundle.named_weights if weight.repo is not None}
    folder = staging / bundle.name
    for file, name in own.items():
        staged = staging / "published" / PurePosixPath(name).name
        if file in published and staged.exists():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            replace_path(staged, folder / file)
            continue
        digest = taken.copy(name, folder / file)
        expected = hashes.get(file)
        if expected is not None and expected != digest:
            raise BundleError(
                Message(
                    "{} of the bundle {} is not what its card says: its SHA-256 is {}…, not {}….",
                    file,
                    repr(bundle.name),
                    digest[:12],
                    expected[:12],
                ),
                Message("It was damaged or replaced. Copy or fetch it again."),
                problem="bundle-file-differs",
            )
        sync(folder / file)
    home.bundles.mkdir(parents=True, exist_ok=True)
    put_in_place(folder, home.bundles / bundle.name)
    done.told.append(Message("{}: imported into {}.", bundle.title, home.bundles / bundle.name))
    unhashed = [
        file
        for file in own
        if file.endswith(TENSORS) and file not in published and hashes.get(file) is None
    ]
    if unhashed:
        done.warned.append(
            Message(
                "The card of {} gives no hash of {}: nobody can tell whether it is what "
                "its maker made.",
                bundle.title,
                unhashed[0],
            )
        )
