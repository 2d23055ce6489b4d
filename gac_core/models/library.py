"""Where bundles and published weight files are on this machine. Nothing here uses the network."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huggingface_hub import try_to_load_from_cache

from gac_core.errors import BundleError
from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.card import CARD, read_bundle
from gac_core.models.home import Home, models_home
from gac_core.scene.reach import expanded, is_file


def engine_root() -> Path:
    """The folder that holds `gac_core` and `resources`: a checkout, or the installed plugin."""
    return Path(__file__).resolve().parents[2]


def shipped_bundles() -> Path:
    """The folder of the bundles that come with GAC."""
    return engine_root() / "resources" / "bundles"


def _paths_from(variable: str) -> list[Path]:
    return [Path(p).expanduser() for p in os.environ.get(variable, "").split(os.pathsep) if p]


@dataclass(frozen=True)
class Library:
    """Folders to look in, first hit wins.

    Attributes:
        bundle_dirs: Folders whose subfolders are bundles.
        weight_dirs: Folders with published weight files, by their published names.
    """

    bundle_dirs: list[Path] = field(default_factory=list)
    weight_dirs: list[Path] = field(default_factory=list)

    @classmethod
    def default(cls) -> Library:
        """The folders of `GAC_BUNDLES` and `GAC_WEIGHTS`, the user's own, those that GAC ships."""
        return cls.of_home(models_home())

    @classmethod
    def of_home(cls, home: Home) -> Library:
        """As `default`, with the user's own models in a folder."""
        return cls(
            [*_paths_from("GAC_BUNDLES"), home.bundles, shipped_bundles()],
            [*_paths_from("GAC_WEIGHTS"), home.weights],
        )

    def find(self, name: str) -> Bundle:
        """The bundle of that name, or in that folder.

        Raises:
            BundleError: If there is none.
        """
        folder = expanded(name)
        if is_file(folder / CARD):
            return read_bundle(folder)
        for parent in self.bundle_dirs:
            if "/" not in name and is_file(parent / name / CARD):
                return read_bundle(parent / name)
        known = ", ".join(sorted({b.name for b in self.bundles()})) or "none"
        raise BundleError(
            f"There is no model bundle {name!r}.",
            f"Installed are: {known}. A folder that holds a {CARD} can be named too.",
        )

    def bundles(self) -> list[Bundle]:
        """All bundles whose card can be read, each name once, in the order of the folders."""
        found: dict[str, Bundle] = {}
        for parent in self.bundle_dirs:
            for card in sorted(parent.glob(f"*/{CARD}")):
                # One that cannot be read must not hide the others; who names it, is told.
                with suppress(BundleError):
                    bundle = read_bundle(card.parent)
                    found.setdefault(bundle.name, bundle)
        return list(found.values())

    def locate(self, bundle: Bundle, weight: WeightFile) -> Path:
        """A weight file: in the bundle, in a folder of weights, or in Hugging Face's cache.

        Raises:
            BundleError: If it is nowhere; the message says where it comes from and may be put.
        """
        for parent in (bundle.path, *self.weight_dirs):
            if (parent / weight.file).is_file():
                return parent / weight.file
        if weight.repo is not None:
            cached = try_to_load_from_cache(weight.repo, weight.file, revision=weight.revision)
            if isinstance(cached, str):
                return Path(cached)
            raise BundleError(
                f"The weights {weight.file} of bundle {bundle.name!r} are not on this machine.",
                f"Fetch it: `gac models fetch {bundle.name}`, or Models in QGIS. Without internet, "
                f"put {weight.file} of Hugging Face's {weight.repo} into "
                f"{self.weight_dirs[-1] if self.weight_dirs else bundle.path}.",
            )
        raise BundleError(
            f"The bundle {bundle.name!r} in {bundle.path} is incomplete: {weight.file} is missing.",
            "Install the bundle again.",
        )

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

    def _locate_all(self, bundle: Bundle) -> None:
        for weight in bundle.weight_files:
            self.locate(bundle, weight)
