"""Local lookup of bundles and published weight files; never uses the network."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huggingface_hub import try_to_load_from_cache
from huggingface_hub.errors import HFValidationError

from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.files import expanded, is_file
from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.card import read_bundle
from gac_core.models.home import Home, models_home
from gac_core.models.known import expected_hash, kept
from gac_core.models.names import printable


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
        """Its entry (BundleInfo in the protocol); the folder's name stands for its own."""
        name = printable(self.path.name)
        return {
            "name": name,
            "title": f"{name} (damaged)",
            "kind": "trained",
            "path": str(self.path),
            "ready": False,
            "problem": printable(self.problem),
            "remedy": f"{printable(self.remedy)} To be rid of it: `gac models delete {name}`.",
            "notes": [],
            "licence": "not known",
        }


@dataclass(frozen=True)
class Library:
    """Search folders, in order of precedence.

    Attributes:
        bundle_dirs: Folders whose subfolders are bundles.
        weight_dirs: Folders set by the user, with published files under their published names.
        store: Folder in which GAC stores published files, each in its own subfolder
            (`known.place_of`); None: there is none.
    """

    bundle_dirs: list[Path] = field(default_factory=list)
    weight_dirs: list[Path] = field(default_factory=list)
    store: Path | None = None

    @classmethod
    def default(cls) -> Library:
        """Return the folders of `GAC_BUNDLES` and `GAC_WEIGHTS`, the user's own, and GAC's own."""
        return cls.of_home(models_home())

    @classmethod
    def of_home(cls, home: Home) -> Library:
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
        for folder in self._folders(name):
            if is_file(folder / CARD):
                return read_bundle(folder)
        installed = ", ".join(sorted({b.name for b in self.bundles()})) or "none"
        raise BundleError(
            f"There is no model bundle {_shown(name)}.",
            f"Installed are: {installed}. A folder that holds a {CARD} can be named too.",
        )

    def _folders(self, name: str) -> list[Path]:
        """Return the folders in which a bundle of that name or folder may be."""
        if not isinstance(name, str) or "\0" in name:
            return []
        return [expanded(name)] + [parent / name for parent in self.bundle_dirs if "/" not in name]

    def bundles(self) -> list[Bundle]:
        """Return all usable bundles, each name once, in the order of the folders."""
        return self._looked_through()[0]

    def damaged(self) -> list[Damaged]:
        """Return all bundle folders whose card is unusable."""
        return self._looked_through()[1]

    def _looked_through(self) -> tuple[list[Bundle], list[Damaged]]:
        bundles: dict[str, Bundle] = {}
        damaged = []
        for parent in self.bundle_dirs:
            for folder in _subfolders(parent):
                if not os.path.lexists(folder / CARD):
                    continue
                # A damaged bundle must not hide the others.
                try:
                    bundle = read_bundle(folder)
                except BundleError as error:
                    damaged.append(Damaged(folder, error.message, error.remedy))
                else:
                    bundles.setdefault(bundle.name, bundle)
        return list(bundles.values()), damaged

    def locate(self, bundle: Bundle, weight: WeightFile) -> Path:
        """Return a weight file's path: in the bundle, a weights folder, or Hugging Face's cache.

        Raises:
            BundleError: If it is missing; the message says how to get it.
        """
        for parent in (bundle.path, *(self.weight_dirs if weight.repo else ())):
            if is_file(parent / weight.file):
                return parent / weight.file
        if weight.repo is None:
            raise BundleError(
                f"The bundle {bundle.name!r} in {bundle.path} is incomplete: {weight.file} is "
                "missing.",
                "Install the bundle again.",
            )
        path = kept(self.store, weight) if self.store else None
        if path is None:
            path = _cached(weight)
        if path is not None:
            return path
        old = self.store / weight.file if self.store else None
        if old is not None and is_file(old):
            raise BundleError(
                f"The weights {weight.file} of bundle {bundle.name!r} are not on this machine: "
                f"nobody vouches that {old} is the file of Hugging Face's {weight.repo}.",
                f"Fetch it: `gac models fetch {bundle.name}`, or Models in QGIS. If you put it "
                f"there yourself: `gac models import {old}`.",
            )
        raise BundleError(
            f"The weights {weight.file} of bundle {bundle.name!r} are not on this machine.",
            f"Fetch it: `gac models fetch {bundle.name}`, or Models in QGIS. Without internet, "
            f"import {weight.file} of Hugging Face's {weight.repo} from a folder: `gac models "
            "import FOLDER`.",
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

    def describe(self, bundle: Bundle) -> dict[str, Any]:
        """Return a bundle's entry for selection lists (BundleInfo in the protocol)."""
        problem = remedy = ""
        try:
            self._locate_all(bundle)
        except BundleError as error:
            problem, remedy = error.message, error.remedy
        except OSError as error:
            problem = f"{error.filename} cannot be read: {error.strerror}."
            remedy = "See that you may read it."
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
        """The entries of all bundles, then of those whose card cannot be used."""
        bundles, damaged = self._looked_through()
        return [*map(self.describe, bundles), *(each.info for each in damaged)]

    def _locate_all(self, bundle: Bundle) -> None:
        for weight in bundle.weight_files:
            self.locate(bundle, weight)


def _subfolders(parent: Path) -> list[Path]:
    try:
        return sorted(path for path in parent.iterdir() if path.is_dir())
    except OSError:
        return []  # missing or unreadable


def _cached(weight: WeightFile) -> Path | None:
    """Return the path of a published file in Hugging Face's cache, or None."""
    try:
        path = try_to_load_from_cache(str(weight.repo), weight.file, revision=weight.revision)
    except (HFValidationError, OSError):
        return None
    return Path(path) if isinstance(path, str) else None


def _shown(name: Any) -> str:
    text = repr(printable(name)) if isinstance(name, str) else f"{type(name).__name__}"
    return text if len(text) <= 200 else f"{text[:200]}…"
