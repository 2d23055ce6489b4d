"""Kernel inception distance (Bińkowski et al. 2018) of each image, by the bundle's own TerraMind.

Features come from TerraMind's encoder, pretrained on optical images of the whole Earth. The samples
are tokens, because a few dozen images would be too few.

It compares features of a network rather than pixels: an image need not match the real one of its
place, it must look real. A blur, which lowers pixel errors, is far from real images.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torchmetrics.image.kid import poly_mmd

from gac_core.networks.device import autocast_context
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape, optical_features, standardise_output
from gac_core.stages.base import Array
from training.data.pair import Mask, Pair, name_hash
from training.evaluation.chain import REAL, valid_of
from training.losses.masks import known_tokens

SUBSET = 1000
"""Size of the random subsets over which a large set's distance is averaged."""

SUBSETS = 20

MAX_FEATURES = 8000
"""Maximum number of features per kind of image; 25 MB for TerraMind base."""


def kernel_distance(real: Tensor, generated: Tensor, seed: int = 0) -> float:
    """Return the unbiased squared maximum mean discrepancy with a cubic kernel.

    Bińkowski, Sutherland, Arbel, Gretton, "Demystifying MMD GANs" (ICLR 2018): the kernel is (x·y /
    D + 1)³. For more than `SUBSET` features it is the mean over `SUBSETS` random subsets, as there.

    Args:
        real: (N, D) features of real images.
        generated: (N, D) features of as many generated ones.
        seed: Seed of the subsets.

    Returns:
        About 0 for images like the real ones, possibly slightly below; NaN for fewer than two
        features.

    Raises:
        ValueError: If the shapes differ.
    """
    if real.shape != generated.shape:
        raise ValueError(f"features {tuple(real.shape)} and {tuple(generated.shape)}")
    count = len(real)
    if count < 2:
        return float("nan")
    real, generated = real.double(), generated.double()
    if count <= SUBSET:
        return float(poly_mmd(real, generated))
    generator = torch.Generator().manual_seed(seed)
    values = []
    for _ in range(SUBSETS):
        first, second = (torch.randperm(count, generator=generator)[:SUBSET] for _ in range(2))
        values.append(poly_mmd(real[first], generated[second]))
    return float(torch.stack(values).mean())


class Features:
    """Features of the pairs' images, by image name.

    Args:
        models: Networks of the bundle.
        pairs: Number of pairs to come: the more, the fewer features of each.
    """

    def __init__(self, models: Models, pairs: int) -> None:
        self._models = models
        self._each = max(1, MAX_FEATURES // max(1, pairs))
        self._kept: dict[str, list[Tensor]] = {}

    def add(self, pair: Pair, images: Mapping[str, Array]) -> None:
        """Add the images of a pair.

        Args:
            pair: Its name and valid pixels are used.
            images: (4, H, W) DN, by name; the real one as `REAL`.
        """
        valid = valid_of(pair)
        for name, image in images.items():
            self._kept.setdefault(name, []).append(self._chosen(image, valid, pair.name))

    def distances(self) -> dict[str, float]:
        """Return the distance from the real images of each image that all pairs have, by name."""
        real = self._kept.get(REAL, [])
        return {
            name: kernel_distance(torch.cat(real), torch.cat(parts))
            for name, parts in self._kept.items()
            if name != REAL and len(parts) == len(real)
        }

    def _chosen(self, image: Array, valid: Mask, pair: str) -> Tensor:
        """Return sampled features (N, D), at the same tokens for all images of a pair."""
        features = token_features(self._models, image, valid)
        generator = torch.Generator().manual_seed(name_hash(pair) >> 1)
        return features[torch.randperm(len(features), generator=generator)[: self._each]]


@torch.inference_mode()
def token_features(models: Models, image: Array, valid: Mask) -> Tensor:
    """Return TerraMind's encoder features of an image in the four output bands.

    Args:
        models: Networks of the bundle.
        image: (4, H, W) DN.
        valid: Pixels (H, W) that count; the others are set to the bands' means.

    Returns:
        (N, D) float32 on the CPU, of the tokens whose pixels all count.
    """
    height, width = valid.shape
    size = models.bundle.window.size
    mask = torch.from_numpy(np.ascontiguousarray(valid))
    dn = torch.from_numpy(np.ascontiguousarray(image, np.float32))[None]
    inputs = torch.where(mask, standardise_output(dn, models.bundle.offset), 0.0)
    padding = (0, -width % size, 0, -height % size)
    inputs = functional.pad(inputs, padding)
    valid_pixels = functional.pad(mask[None, None], padding)
    network = models.terramind.model
    features = []
    for row in range(0, inputs.shape[-2], size):
        for col in range(0, inputs.shape[-1], size):
            place = (..., slice(row, row + size), slice(col, col + size))
            tokens = known_tokens(valid_pixels[place]).flatten()
            if not tokens.any():
                continue
            with autocast_context(models.device):
                encoded = optical_features(network, inputs[place].to(models.device))[-1]
            features.append(encoded[0].flatten(1).T.float().cpu()[tokens])
    if not features:
        return torch.zeros((0, TerraMindShape.from_dict(models.bundle.terramind).dim))
    return torch.cat(features)
