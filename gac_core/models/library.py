"""Where bundles and published weight files are on this machine. Nothing here uses the network."""

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
    """The folder that holds `gac_core` and `resources`: a checkout, or the installed plugin."""
    return Path(__file__).resolve().parents[2]


def shipped_bundles() -> Path:
    """The folder of the bundles that come with GAC."""
    return engine_root() / "resources" / "bundles"


def _paths_from(variable: str) -> list[Path]:
    return [Path(p).expanduser() for p in os.environ.get(variable, "").split(os.pathsep) if p]


@dataclass(frozen=True)
class Damaged:
    """A folder among the bundles whose card cannot be used.

    Attributes:
        path: The folder.
        problem: What is wrong with it.
        remedy: What to do about it.
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
    """Folders to look in, first hit wins.

    Attributes:
        bundle_dirs: Folders whose subfolders are bundles.
        weight_dirs: Folders that the user names, with published files by their published names.
        store: The folder in which GAC keeps published files, each in its own (`known.place_of`);
            None: there is none.
    """

    bundle_dirs: list[Path] = field(default_factory=list)
    weight_dirs: list[Path] = field(default_factory=list)
    store: Path | None = None

    @classmethod
    def default(cls) -> Library:
        """The folders of `GAC_BUNDLES` and `GAC_WEIGHTS`, the user's own, those that GAC ships."""
        return cls.of_home(models_home())

    @classmethod
    def of_home(cls, home: Home) -> Library:
        """As `default`, with the user's own models in a folder."""
        return cls(
            [*_paths_from("GAC_BUNDLES"), home.bundles, shipped_bundles()],
            _paths_from("GAC_WEIGHTS"),
            home.weights,
        )

    def find(self, name: str) -> Bundle:
        """The bundle of that name, or in that folder.

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
        """Return the folders in which a bundle of that name, or in that folder, may lie."""
        if not isinstance(name, str) or "\0" in name:
            return []
        return [expanded(name)] + [parent / name for parent in self.bundle_dirs if "/" not in name]

    def bundles(self) -> list[Bundle]:
        """All bundles whose card can be used, each name once, in the order of the folders."""
        return self._looked_through()[0]

    def damaged(self) -> list[Damaged]:
        """All folders among the bundles whose card cannot be used."""
        return self._looked_through()[1]

    def _looked_through(self) -> tuple[list[Bundle], list[Damaged]]:
        bundles: dict[str, Bundle] = {}
        damaged = []
        for parent in self.bundle_dirs:
            for folder in _subfolders(parent):
                if not os.path.lexists(folder / CARD):
                    continue
                # One that cannot be used must not hide the others.
                try:
                    bundle = read_bundle(folder)
                except BundleError as error:
                    damaged.append(Damaged(folder, error.message, error.remedy))
                else:
                    bundles.setdefault(bundle.name, bundle)
        return list(bundles.values()), damaged

    def locate(self, bundle: Bundle, weight: WeightFile) -> Path:
        """A weight file: in the bundle, in a folder of weights, or in Hugging Face's cache.

        Raises:
            BundleError: If it is nowhere; the message says where it comes from.
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
        found = kept(self.store, weight) if self.store else None
        if found is None:
            found = _cached(weight)
        if found is not None:
            return found
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
        """What a file that was located must hash to; None: nobody has said it.

        What first came is known of the files that GAC keeps, not of those that the user names.
        """
        is_kept = self.store is not None and path.is_relative_to(self.store)
        return expected_hash(self.store if is_kept else None, weight)

    def require(self, name: str) -> Bundle:
        """The bundle of that name or folder, once all its weights are known to be here.

        Quick, so that what is missing is said before anything large is loaded.

        Raises:
            BundleError: If the bundle or one of its files is missing.
        """
        bundle = self.find(name)
        self._locate_all(bundle)
        return bundle

    def describe(self, bundle: Bundle) -> dict[str, Any]:
        """A bundle's entry for lists that people choose from (BundleInfo in the protocol)."""
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
        return []  # not there, or not to be read


def _cached(weight: WeightFile) -> Path | None:
    """Return a published file in Hugging Face's cache."""
    try:
        path = try_to_load_from_cache(str(weight.repo), weight.file, revision=weight.revision)
    except (HFValidationError, OSError):
        return None
    return Path(path) if isinstance(path, str) else None


def _shown(name: Any) -> str:
    text = repr(printable(name)) if isinstance(name, str) else f"{type(name).__name__}"
    return text if len(text) <= 200 else f"{text[:200]}…"
