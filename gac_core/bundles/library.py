"""Bundles and published weights on this machine: folder, files, hashes. No network access.

Files of many publishers are stored side by side, and cards themselves state whose file they refer
to. So each has a folder of its publisher and content, `OWNER--NAME/SHA256/FILE`: a card can only
use a file that matches its own hash, or the one that was first downloaded for its repository.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from json import dumps
from pathlib import Path
from typing import Any

from huggingface_hub import try_to_load_from_cache
from huggingface_hub.errors import HFValidationError

from gac_core.bundles.bundle import RESERVED, Backbone, Bundle, Card, WeightFile, printable
from gac_core.bundles.card import read_bundle, read_card, read_json
from gac_core.contract.errors import BundleError, OutputError
from gac_core.contract.layout import CARD, MODELS_FOLDER_FILE, data_dir
from gac_core.contract.message import Message, join, shell_word
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path
from gac_core.io import atomic_write, expanded, is_file, sha256

VARIABLE = "GAC_MODELS"

FILE = "known-hashes.json"
FORMAT = 2
"""1: keyed by file name only."""
DIGITS = 16
"""Digits of the hash in a folder's name; readers compare the whole hash."""


@dataclass(frozen=True)
class ModelsDir:
    """A models folder.

    Attributes:
        path: The folder. It may be on a disk that is not mounted.
        is_fixed: True if the environment variable `GAC_MODELS` sets it, so that it cannot be
            changed.
    """

    path: Path
    is_fixed: bool = False

    @property
    def bundles(self) -> Path:
        """Folder with a subfolder for each bundle."""
        return self.path / "bundles"

    @property
    def weights(self) -> Path:
        """Folder of published weight files (`weight_path`)."""
        return self.path / "weights"

    @property
    def downloads(self) -> Path:
        """Folder of unfinished downloads."""
        return self.path / "downloads"

    @property
    def is_there(self) -> bool:
        """True if the folder is available: a chosen folder may be on a disk that is not mounted."""
        is_new = self.is_fixed and self.path.parent.is_dir()
        return self.path.is_dir() or self.path == data_dir() or is_new


def models_home(variables: Mapping[str, str] = os.environ) -> ModelsDir:
    """Return the current models folder: that of `GAC_MODELS`, the chosen one, or the default."""
    path = variables.get(VARIABLE, "")
    if path:
        return ModelsDir(Path(path).expanduser().absolute(), is_fixed=True)
    try:
        folder = read_json(data_dir() / MODELS_FOLDER_FILE, Message("choice of a folder"), "")[
            "folder"
        ]
    except (BundleError, KeyError, TypeError):
        return ModelsDir(data_dir())
    return ModelsDir(Path(folder) if isinstance(folder, str) and folder else data_dir())


def choose_home(folder: Path) -> None:
    """Set the models folder; nothing is moved.

    Raises:
        OutputError: If the choice cannot be stored.
    """
    chosen = data_dir() / MODELS_FOLDER_FILE
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
        if folder == data_dir():
            remove_file(chosen, missing_ok=True)
            return
        with atomic_write(chosen) as part:
            part.write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            Message(
                "The folder of the models cannot be remembered in {}: {}.", chosen, error.strerror
            ),
            Message(
                "Check that you may write there, or name the folder in the variable GAC_MODELS."
            ),
            problem="models-folder-not-stored",
        ) from error


@dataclass(frozen=True)
class HashRecord:
    """Record of a file's first download.

    Attributes:
        sha256: Hash.
        bytes: Size.
        repo: Repository that publishes it.
        revision: Commit that it was downloaded from; empty: imported from a folder.
        source: Server or folder that it came from.
        when: Date, ISO 8601.
    """

    sha256: str
    bytes: int
    repo: str
    revision: str
    source: str
    when: str


def key_of(weight: WeightFile) -> str:
    """Return the key of a published file's record."""
    return f"{weight.repo}@{weight.revision or 'newest'}/{weight.file}"


def known_files(weights: Path) -> dict[str, HashRecord]:
    """Return the records of a weights folder, by `key_of`; unreadable ones are left out."""
    try:
        values = read_json(weights / FILE, Message("record of first downloads"), "")
    except BundleError:
        return {}
    files = values.get("files") if isinstance(values, dict) else None
    records = {}
    for name, entry in files.items() if isinstance(files, dict) else ():
        record = _record(entry)
        if record is not None:
            by_name = values.get("format") == 1
            records[f"{record.repo}@newest/{name}" if by_name else name] = record
    return records


def _record(values: Any) -> HashRecord | None:
    try:
        record = HashRecord(**values)
    except TypeError:
        return None
    texts = (record.sha256, record.repo, record.revision, record.source, record.when)
    return record if all(isinstance(text, str) for text in texts) else None


def find_record(weights: Path, weight: WeightFile) -> HashRecord | None:
    """Return the record of a published file, or None."""
    files = known_files(weights)
    newest = files.get(f"{weight.repo}@newest/{weight.file}")
    if weight.revision is None or (newest is not None and newest.revision == weight.revision):
        return newest
    return files.get(key_of(weight))


def keep_known(weights: Path, weight: WeightFile, known: HashRecord | None) -> None:
    """Store a file's record, or delete it if `known` is None.

    Raises:
        OSError: If that cannot be written.
    """
    files, name = known_files(weights), key_of(weight)
    if known is None and name not in files:
        return
    files.pop(name, None)
    if known is not None:
        files[name] = known
    values = {"format": FORMAT, "files": {n: asdict(k) for n, k in sorted(files.items())}}
    weights.mkdir(parents=True, exist_ok=True)
    with atomic_write(weights / FILE) as part:
        part.write_text(dumps(values, indent=1), encoding="utf-8")


def expected_hash(weights: Path | None, weight: WeightFile) -> str | None:
    """Return the expected hash of a file: the one in its card, or else that of its first download.

    Args:
        weights: The weights folder; None: there is none.
        weight: The file as the card names it.
    """
    if weight.sha256 is not None or weight.repo is None or weights is None:
        return weight.sha256
    record = find_record(weights, weight)
    return None if record is None else record.sha256


def weight_path(weights: Path, weight: WeightFile, digest: str) -> Path:
    """Return the location of a published file with hash `digest`, whether or not it exists."""
    folder = str(weight.repo).replace("/", "--")
    return weights / folder / digest[:DIGITS] / weight.file


def find_weight(weights: Path, weight: WeightFile) -> Path | None:
    """Return the location of a published file that matches its card or its first download.

    A file that an earlier version stored in the folder itself, under its name only, is hashed and
    moved to its location if it matches; otherwise it is ignored.
    """
    digest = expected_hash(weights, weight)
    if digest is None:
        return None
    path = weight_path(weights, weight, digest)
    if is_file(path):
        return path
    old = weights / weight.file
    if weight.file.casefold() in RESERVED or not is_file(old):
        return None
    try:
        state = old.stat()
        if _digest(old, state.st_mtime_ns, state.st_size) != digest:
            return None
    except OSError:
        return None
    return _moved(old, path)


def _moved(old: Path, path: Path) -> Path:
    """Return a file's new location, or the old one if it cannot be moved."""
    if old.is_symlink():
        return old
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_path(old, path)
    except OSError:
        return old
    return path


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int, size: int) -> str:
    return sha256(path)


def engine_root() -> Path:
    """Return the folder of `gac_core` and `resources`: a checkout, or the installed plugin."""
    return Path(__file__).resolve().parents[2]


def shipped_bundles() -> Path:
    """Return the folder of the bundles shipped with GAC."""
    return engine_root() / "resources" / "bundles"


def _paths_from(variable: str) -> list[Path]:
    return [Path(p).expanduser() for p in os.environ.get(variable, "").split(os.pathsep) if p]


@dataclass(frozen=True)
class Damaged:
    """A bundle folder whose card is unusable.

    Attributes:
        path: The folder.
        problem: Description of the problem.
        remedy: Suggested action.
    """

    path: Path
    problem: str
    remedy: str

    @property
    def info(self) -> dict[str, Any]:
        """Entry (BundleInfo in the protocol), named after the folder."""
        name = printable(self.path.name)
        return {
            "name": name,
            "title": Message("{} (damaged)", name),
            "kind": "trained",
            "path": str(self.path),
            "ready": False,
            "problem": printable(self.problem),
            "remedy": join(
                (
                    printable(self.remedy),
                    Message("To delete it: `gac models delete {}`.", name),
                )
            ),
            "notes": [],
            "licence": Message("not known"),
        }


@dataclass(frozen=True)
class Library:
    """Search folders, in order of precedence.

    Attributes:
        bundle_dirs: Folders whose subfolders are bundles.
        weight_dirs: Folders set by the user, with published files under their published names.
        store: Folder in which GAC stores published files, each in its own subfolder
            (`weight_path`); None: there is none.
    """

    bundle_dirs: list[Path] = field(default_factory=list)
    weight_dirs: list[Path] = field(default_factory=list)
    store: Path | None = None

    @classmethod
    def default(cls) -> Library:
        """Return the folders of `GAC_BUNDLES` and `GAC_WEIGHTS`, the user's own, and GAC's own."""
        return cls.of_home(models_home())

    @classmethod
    def of_home(cls, home: ModelsDir) -> Library:
        """Return the same as `default`, with another models folder."""
        return cls(
            [*_paths_from("GAC_BUNDLES"), home.bundles, shipped_bundles()],
            _paths_from("GAC_WEIGHTS"),
            home.weights,
        )

    def find(self, name: str) -> Bundle:
        """Return the bundle of that name or in that folder.

        Raises:
            BundleError: If there is none.
        """
        return read_bundle(self._folder_of(name))

    def find_card(self, name: str) -> Bundle | Backbone:
        """Return the bundle or backbone of that name or in that folder; errors as `find`."""
        return read_card(self._folder_of(name))

    def _folder_of(self, name: str) -> Path:
        for folder in self._folders(name):
            if is_file(folder / CARD):
                return folder
        installed = ", ".join(sorted({b.name for b in self.bundles()})) or Message("nothing")
        raise BundleError(
            Message("There is no model bundle {}.", _quoted(name)),
            Message(
                "Installed are: {}. A folder that holds a {} can be named too.", installed, CARD
            ),
            problem="bundle-missing",
        )

    def _folders(self, name: str) -> list[Path]:
        """Return the folders in which a bundle of that name or folder may be."""
        if not isinstance(name, str) or "\0" in name:
            return []
        return [expanded(name)] + [parent / name for parent in self.bundle_dirs if "/" not in name]

    def bundles(self) -> list[Bundle]:
        """Return all usable bundles, each name once, in the order of the folders."""
        return [card for card in self.cards() if isinstance(card, Bundle)]

    def cards(self) -> list[Bundle | Backbone]:
        """Return all usable bundles and backbones, each name once, in the order of the folders."""
        return self._looked_through()[0]

    def damaged(self) -> list[Damaged]:
        """Return all bundle folders whose card is unusable."""
        return self._looked_through()[1]

    def _looked_through(self) -> tuple[list[Bundle | Backbone], list[Damaged]]:
        cards: dict[str, Bundle | Backbone] = {}
        damaged = []
        for parent in self.bundle_dirs:
            for folder in _subfolders(parent):
                if not os.path.lexists(folder / CARD):
                    continue
                # A damaged bundle must not hide the others.
                try:
                    card = read_card(folder)
                except BundleError as error:
                    damaged.append(Damaged(folder, error.message, error.remedy))
                else:
                    cards.setdefault(card.name, card)
        return list(cards.values()), damaged

    def locate(self, bundle: Card, weight: WeightFile) -> Path:
        """Return a weight file's path: in the bundle, a weights folder, or Hugging Face's cache.

        Raises:
            BundleError: If it is missing; the message says how to get it.
        """
        for parent in (bundle.path, *(self.weight_dirs if weight.repo else ())):
            if is_file(parent / weight.file):
                return parent / weight.file
        if weight.repo is None:
            raise BundleError(
                Message(
                    "The bundle {} in {} is incomplete: {} is missing.",
                    repr(bundle.name),
                    bundle.path,
                    weight.file,
                ),
                Message("Install the bundle again."),
                problem="bundle-incomplete",
            )
        path = find_weight(self.store, weight) if self.store else None
        if path is None:
            path = _cached(weight)
        if path is not None:
            return path
        old = self.store / weight.file if self.store else None
        if old is not None and is_file(old):
            raise BundleError(
                Message(
                    "The weights {} of bundle {} are not on this machine: nobody vouches "
                    "that {} is the file of Hugging Face's {}.",
                    weight.file,
                    repr(bundle.name),
                    old,
                    weight.repo,
                ),
                Message(
                    "Fetch it: `gac models fetch {}`, or Models in QGIS. If you put it "
                    "there yourself: `gac models import {}`.",
                    bundle.name,
                    shell_word(str(old)),
                ),
                problem="weights-unverified",
            )
        raise BundleError(
            Message(
                "The weights {} of bundle {} are not on this machine.",
                weight.file,
                repr(bundle.name),
            ),
            Message(
                "Fetch it: `gac models fetch {}`, or Models in QGIS. Without internet, "
                "import {} of Hugging Face's {} from a folder: `gac models import "
                "FOLDER`.",
                bundle.name,
                weight.file,
                weight.repo,
            ),
            problem="weights-missing",
        )

    def expected_hash(self, weight: WeightFile, path: Path) -> str | None:
        """Return the expected hash of a located file, or None if unknown.

        Hashes of first downloads apply to files in GAC's store, not to those in the user's folders.
        """
        is_kept = self.store is not None and path.is_relative_to(self.store)
        return expected_hash(self.store if is_kept else None, weight)

    def require(self, name: str) -> Bundle:
        """Return the bundle of that name or folder after checking that all its weights are present.

        Quick, so that missing files are reported before anything large is loaded.

        Raises:
            BundleError: If the bundle or one of its files is missing.
        """
        bundle = self.find(name)
        self._locate_all(bundle)
        return bundle

    def describe(self, bundle: Card) -> dict[str, Any]:
        """Return a bundle's entry for selection lists (BundleInfo in the protocol)."""
        problem = remedy = ""
        try:
            self._locate_all(bundle)
        except BundleError as error:
            problem, remedy = error.message, error.remedy
        except OSError as error:
            problem = Message("{} cannot be read: {}.", error.filename, error.strerror)
            remedy = Message("Check that you may read it.")
        return {
            "name": bundle.name,
            "title": bundle.title,
            "kind": bundle.kind,
            "path": str(bundle.path),
            "ready": not problem,
            "problem": problem,
            "remedy": remedy,
            "notes": bundle.notes,
            "licence": bundle.licence,
        }

    def describe_all(self) -> list[dict[str, Any]]:
        """Return the entries of all bundles, then of those whose card is unusable."""
        cards, damaged = self._looked_through()
        bundles = [card for card in cards if isinstance(card, Bundle)]
        return [*map(self.describe, bundles), *(each.info for each in damaged)]

    def _locate_all(self, bundle: Card) -> None:
        for weight in bundle.weight_files:
            self.locate(bundle, weight)


def _subfolders(parent: Path) -> list[Path]:
    try:
        return sorted(path for path in parent.iterdir() if path.is_dir())
    except OSError:
        return []  # missing or unreadable


def _cached(weight: WeightFile) -> Path | None:
    """Return the path of a published file in Hugging Face's cache, or None."""
    # Where the card has a hash, that decides, and not the commit.
    revisions = (weight.revision, None) if weight.sha256 else (weight.revision,)
    for revision in revisions:
        try:
            path = try_to_load_from_cache(str(weight.repo), weight.file, revision=revision)
        except (HFValidationError, OSError):
            continue
        if isinstance(path, str):
            return Path(path)
    return None


def _quoted(name: Any) -> str:
    text = repr(printable(name)) if isinstance(name, str) else f"{type(name).__name__}"
    return text if len(text) <= 200 else f"{text[:200]}…"
