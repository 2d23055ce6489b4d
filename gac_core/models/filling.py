"""Files of a new bundle: copied, checked, hashed, and named in its card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import save_file

from gac_core.contract.errors import BundleError
from gac_core.models.bundle import ADAPTER_FILES, Bundle, WeightFile
from gac_core.models.hashes import require_hash, sha256
from gac_core.models.library import Library
from gac_core.models.names import is_portable
from gac_core.models.packed import Card, weight_files
from gac_core.models.part import SECTIONS, Part
from gac_core.models.weights import all_finite, read_state

ANOTHER = "The file is damaged or its training failed. Train or fetch it again."


@dataclass
class Filler:
    """Copier of files into a new bundle's folder, and of their names and hashes into its card."""

    folder: Path
    base: Bundle
    library: Library
    half: bool
    taken: set[str] = field(default_factory=set)

    def fill(self, card: Card, parts: dict[int, Part]) -> dict[str, set[str]]:
        """Copy all files of a card.

        Returns:
            By file used to compute images, its hashes now and before packing.
        """
        hashes_of: dict[str, set[str]] = {}
        homes = {SECTIONS[stage]: part.path for stage, part in parts.items()}
        former: dict[str, str] = card["packed"]["was"]
        previous: dict[str, str] = {}
        for entry, home, under in weight_files(card, homes):
            weight = WeightFile(**entry)
            if weight.repo is not None:
                self._pin(entry, weight, parts)
                hashes_of[weight.file] = {str(entry["sha256"])}
                continue
            source = home / weight.file if home else self.library.locate(self.base, weight)
            name, before = self._store(source, f"{under}{weight.file}", weight.sha256)
            entry |= {"file": name, "sha256": sha256(self.folder / name)}
            earlier = None if home else former.get(weight.file)
            _remember(previous, name, before, entry["sha256"], earlier)
            hashes_of[name] = {before, entry["sha256"], *([earlier] if earlier else [])}
        for stage, section in SECTIONS.items():
            values, part = card.get(section) or {}, parts.get(stage)
            if values.get("adapter") is None:
                continue
            home = (part.path if part else self.base.path) / values["adapter"]
            target = f"stage{stage}/{values['adapter']}" if part else values["adapter"]
            expected = values.get("adapter_sha256") or {}
            hashes = {}
            for file in ADAPTER_FILES:
                name, before = self._store(home / file, f"{target}/{file}", expected.get(file))
                hashes[file] = sha256(self.folder / name)
                earlier = None if part else former.get(f"{values['adapter']}/{file}")
                _remember(previous, name, before, hashes[file], earlier)
                hashes_of[name] = {before, hashes[file], *([earlier] if earlier else [])}
            values |= {"adapter": target, "adapter_sha256": hashes}
        if (codes := card["terramind"].get("codes")) is not None:
            self._codes(codes, parts)
        card["packed"] |= {"was": previous, "half": self.half}
        if (critic := (card.get("grounding") or {}).get("critic")) is not None:
            # The critic computes no image, so evaluations do not hash it.
            del hashes_of[critic["weights"]["file"]]
        return hashes_of

    def _codes(self, entry: Card, parts: dict[int, Part]) -> None:
        """Copy the encoder that training needs; no run reads it, so evaluations do not hash it.

        It is never halved: in half precision its tokens would differ from those that the decoder
        was trained on.
        """
        weight = WeightFile(**entry)
        if weight.repo is not None:
            self._pin(entry, weight, parts)
            return
        source = self.library.locate(self.base, weight)
        name, digest = self._store(source, weight.file, weight.sha256, half=False)
        entry |= {"file": name, "sha256": digest}

    def _pin(self, entry: Card, weight: WeightFile, parts: dict[int, Part]) -> None:
        """Set the hash of published weights to that of the ones used in training."""
        try:
            path = self.library.locate(self.base, weight)
        except BundleError:
            entry["sha256"] = weight.sha256 or _trained_on(self.base, weight, parts)
        else:
            entry["sha256"] = require_hash(path, weight.sha256)

    def _store(
        self, source: Path, name: str, told: str | None, *, half: bool = True
    ) -> tuple[str, str]:
        """Copy a file; return its name in the bundle and its hash before."""
        if not is_portable(name):
            raise BundleError(
                f"The file name {name[:200]!r} cannot be kept on every system.",
                "Rename the file, and its entry in the card that names it.",
            )
        if not source.is_file():
            raise BundleError(f"The file {source} is missing.", "Install or train it again.")
        before = require_hash(source, told)
        tensors = None if source.suffix == ".json" else _sound(source)
        halved = self.half and half and tensors is not None
        target = self.folder / name
        if halved:
            target = target.with_suffix(".safetensors")
        if str(target).casefold() in self.taken:
            raise BundleError(
                f"Two different files would be {target.relative_to(self.folder)} in the bundle.",
                "Rename one of them, and its entry in the card that names it.",
            )
        self.taken.add(str(target).casefold())
        target.parent.mkdir(parents=True, exist_ok=True)
        if tensors is not None and halved:
            save_file({key: _halved(key, t, source) for key, t in tensors.items()}, target)
        else:
            shutil.copyfile(source, target)
        return target.relative_to(self.folder).as_posix(), before


def _trained_on(base: Bundle, weight: WeightFile, parts: Mapping[int, Part]) -> str | None:
    """Return the hash that a base's published weights had when the parts were trained."""
    for role, own in (("generator", base.generator), ("tokenizer", base.tokenizer)):
        if own.file == weight.file:
            for part in parts.values():
                return str(part.base["weights"][role])
    return None


def _remember(kept: dict[str, str], name: str, before: str, now: str, earlier: str | None) -> None:
    """Record the hash that a file had when something was trained on it, if it has changed since."""
    if earlier is not None or before != now:
        kept[name] = earlier or before


def _sound(path: Path) -> dict[str, torch.Tensor]:
    """Return a weight file's tensors after checking that all values are finite."""
    state = read_state(path)
    for name, tensor in state.items():
        if not all_finite(tensor):
            raise BundleError(
                f"The weight file {path} holds values that are no numbers (in {name}).", ANOTHER
            )
    return state


def _halved(name: str, tensor: torch.Tensor, source: Path) -> torch.Tensor:
    if not tensor.is_floating_point():
        return tensor.contiguous()
    half = tensor.half()
    if not all_finite(half):
        raise BundleError(
            f"{source} holds values too large for half precision (in {name}).",
            "Pack it without --half.",
        )
    return half.contiguous()
