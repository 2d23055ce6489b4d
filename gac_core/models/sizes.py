"""Memory sizes of a bundle's networks, from the headers of their weight files."""

from __future__ import annotations

import pickle  # nosec B403
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open

from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.library import Library
from gac_core.models.terramind import TerraMindShape, of_other_modalities
from gac_core.models.tokenizer import of_encoder

SINGLE = 4
"""Bytes of a 32-bit number; all networks are loaded in this precision."""

_BLOCK_MATRIX = re.compile(r"(.*\.)?blocks\.\d+\..*weight")


@dataclass(frozen=True)
class Sizes:
    """Numbers of parameters of a bundle's networks.

    Attributes:
        terramind: TerraMind and its tokenizer's decoder.
        prithvi: Prithvi; 0: the bundle has none.
        matrices: Those of Prithvi that are quantised to 8 bits.
        others: Heads, trained blocks and the bridge.
    """

    terramind: int
    prithvi: int
    matrices: int
    others: int


def sizes_of(bundle: Bundle, library: Library) -> Sizes:
    """Return the sizes of a bundle's networks, reading only the headers of its files.

    Raises:
        BundleError: If a file is missing.
    """
    shape = TerraMindShape.from_dict(bundle.terramind)

    def count(weight: WeightFile, left: Callable[[str], bool] = lambda name: False) -> int:
        tensors = _tensors(library.locate(bundle, weight))
        return sum(number for name, number in tensors.items() if not left(name))

    terramind = count(bundle.generator, lambda name: of_other_modalities(name, shape))
    terramind += count(bundle.tokenizer, of_encoder)
    files = list(bundle.weight_files[2:])
    if bundle.refiner is None:
        return Sizes(terramind, 0, 0, sum(count(weight) for weight in files))
    prithvi = _tensors(library.locate(bundle, files.pop(0)))
    # The published file also holds the decoder of the masked autoencoder.
    encoder = {n: c for n, c in prithvi.items() if not n.startswith(("decoder", "mask_token"))}
    matrices = sum(c for n, c in encoder.items() if _BLOCK_MATRIX.fullmatch(n))
    quantised = matrices if bundle.refiner.get("quantise", True) else 0
    others = sum(count(weight) for weight in files)
    return Sizes(terramind, sum(encoder.values()), quantised, others)


def _tensors(path: Path) -> dict[str, int]:
    changed = path.stat()
    return _headers(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=32)
def _headers(path: Path, changed: int, size: int) -> dict[str, int]:
    """Return the number of values of each tensor; unreadable files are estimated by their size."""
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, framework="pt") as file:
                return {n: prod(file.get_slice(n).get_shape()) for n in file.keys()}  # noqa: SIM118
        state = torch.load(path, map_location="meta", weights_only=True)
        state = state.get("model", state)
        return {n: t.numel() for n, t in state.items() if isinstance(t, torch.Tensor)}
    except (SafetensorError, pickle.UnpicklingError, RuntimeError, ValueError, OSError, EOFError):
        return {"": size // SINGLE}
