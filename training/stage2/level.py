"""The regression of an image's level in closed form, and how wrong it is on unseen places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from gac_core.area.tiling import fill_holes
from gac_core.bands import OUTPUT_INDEX
from gac_core.models.level import LevelRegression, level_features
from gac_core.models.metadata import Metadata
from gac_core.models.radiometry import to_root
from training.data.checked import OnBad
from training.data.errors import DataError
from training.data.pair import Array
from training.data.source import PairSource, spread

RIDGE = 20.0
"""Weight of the squared coefficients, in images: by leave-one-tile-out on the demo's 36 tiles."""

MOST = 2000
"""Pairs that the regression is fitted on: more would change nothing."""

HUE_DOUBT = 0.5
"""Share of the regression's error in hue that training shows."""

_FAINT = 0.05
"""What deviations of features are raised by: one that hardly varies is not to be blown up."""


@dataclass(frozen=True)
class LevelFit:
    """A fitted regression.

    Attributes:
        regression: For the head.
        residuals: Of each image the error of a regression that has not seen its tile (N, 12),
            natural logarithm; NaN: a band that it lacks.
    """

    regression: LevelRegression
    residuals: Tensor

    def hint(self, levels: Tensor) -> Tensor:
        """Return levels for training: true in brightness, and half as wrong in hue as they may be.

        A network that may doubt the brightness that it is shown learns the places that it sees by
        heart, and is worse on others than the regression alone; hue, it learns from the radar.

        Args:
            levels: True levels (B, 12) on the root scale; NaN: a band that an image lacks.

        Returns:
            (B, 12) on the root scale; where a band is unknown, as bright as the others.
        """
        complete = self.residuals[self.residuals.isfinite().all(dim=1)]
        pool = complete if len(complete) else self.residuals.nan_to_num()
        chosen = pool[torch.randint(len(pool), (len(levels),))]
        hue = HUE_DOUBT * (chosen - chosen[:, OUTPUT_INDEX].mean(1, keepdim=True))
        usual = self.regression.bias.to(levels)
        above = (levels.log() - usual).nanmean(1, keepdim=True).nan_to_num()
        whole = torch.where(levels.isfinite(), levels, (usual + above).exp())
        return whole * hue.to(levels).exp()


def level_of_pairs(
    source: PairSource, indices: Sequence[int], on_bad: OnBad = "stop", most: int = MOST
) -> LevelFit:
    """Fit the regression on pairs, each as a whole.

    Args:
        source: The pairs.
        indices: Of those that train.
        on_bad: What happens on a bad one.
        most: Pairs that are read, spread evenly.

    Raises:
        DataError: If one cannot be read, or none can.
    """
    features, levels, tiles = [], [], []
    for index in spread(list(indices), most):
        try:
            pair = source.read(index)
        except DataError:
            if on_bad == "stop":
                raise
            continue
        known = np.isfinite(pair.s1[0]) & np.isfinite(pair.s1[1])
        if not known.any():
            continue
        s1 = fill_holes(pair.s1, known)
        row = regression_row(s1, pair.modality, pair.s2, pair.month, pair.biome)
        features.append(row[0])
        levels.append(row[1])
        tiles.append(pair.tile)
    if not features:
        raise DataError("No pair can be read.", "Look at the data: each has a fault.")
    return fit_level(torch.stack(features), torch.stack(levels), tiles)


def regression_row(
    s1: Array, modality: str, s2: Array, month: int, biome: int
) -> tuple[Tensor, Tensor]:
    """Return an image's features (`FEATURES`,) and true levels (12,).

    Args:
        s1: The radar (2, H, W) dB, without NaN.
        modality: `S1GRD` or `S1RTC`.
        s2: (12, H, W) DN; NaN: unknown.
        month: 1 to 12; 0: unknown.
        biome: 1 to 14; 0: unknown.
    """
    metadata = Metadata.of_run(1, month, biome, None, torch.device("cpu"))
    features = level_features(torch.from_numpy(s1)[None], modality, metadata)
    image = to_root(torch.from_numpy(s2)[None])
    return features[0], true_levels(image, image.isfinite())[0]


def true_levels(root: Tensor, valid: Tensor) -> Tensor:
    """Return each band's mean on the root scale, (B, 12); NaN where nothing is known.

    Args:
        root: Images on the root scale (B, 12, H, W).
        valid: (B, 12, H, W) where they are known.
    """
    total = torch.where(valid, root, torch.zeros_like(root)).sum((-2, -1))
    return total / valid.sum((-2, -1))


def fit_level(
    features: Tensor, levels: Tensor, tiles: Sequence[str], ridge: float = RIDGE
) -> LevelFit:
    """Fit a ridge regression; of n images of one tile each counts 1/√n.

    Args:
        features: (N, `FEATURES`), see `level_features`.
        levels: (N, 12) on the root scale; NaN: unknown.
        tiles: Of each image; a residual is that of a regression without its tile.
        ridge: Weight of the squared coefficients.
    """
    system = _Ridge.of(features, levels, tiles, ridge)
    everything = torch.ones(len(features), dtype=torch.bool)
    coefficients = system.solve(everything)
    regression = LevelRegression()
    known = system.y.isfinite().any(dim=0)
    regression.mean.copy_(system.mean)
    regression.scale.copy_(system.scale)
    regression.weight.copy_(coefficients[:-1])
    regression.bias.copy_(torch.where(known, coefficients[-1], regression.bias.double()))
    return LevelFit(regression, system.residuals())


def unseen_residuals(
    features: Tensor, levels: Tensor, tiles: Sequence[str], ridge: float = RIDGE
) -> Tensor:
    """Return the residuals (N, 12) of `fit_level`, of features of any number (N, F)."""
    return _Ridge.of(features, levels, tiles, ridge).residuals()


@dataclass(frozen=True)
class _Ridge:
    """The equations of a ridge regression for each band."""

    z: Tensor
    y: Tensor
    weight: Tensor
    tile: Tensor
    penalty: Tensor
    mean: Tensor
    scale: Tensor

    @classmethod
    def of(cls, features: Tensor, levels: Tensor, tiles: Sequence[str], ridge: float) -> _Ridge:
        names = sorted(set(tiles))
        tile = torch.tensor([names.index(name) for name in tiles])
        weight = torch.bincount(tile).double()[tile] ** -0.5
        x = features.double()
        mean = (weight[:, None] * x).sum(0) / weight.sum()
        scale = x.std(0, correction=0) + _FAINT
        z = torch.cat([(x - mean) / scale, torch.ones_like(x[:, :1])], dim=1)
        penalty = ridge * torch.eye(z.shape[1], dtype=z.dtype)
        penalty[-1, -1] = 0
        return cls(z, levels.double().log(), weight, tile, penalty, mean, scale)

    def solve(self, rows: Tensor) -> Tensor:
        """Coefficients (F + 1, 12), the last the intercept, of some rows; 0 for unknown bands."""
        columns = []
        for band in self.y.T:
            used = rows & band.isfinite()
            z, weight = self.z[used], self.weight[used]
            if not used.any():
                columns.append(torch.zeros_like(self.z[0]))
                continue
            gram = (z * weight[:, None]).T @ z + self.penalty
            columns.append(torch.linalg.solve(gram, z.T @ (weight * band[used])))
        return torch.stack(columns, dim=1)

    def residuals(self) -> Tensor:
        """Of each row the error of a regression without its tile (N, 12)."""
        found = torch.full_like(self.y, torch.nan)
        for tile in self.tile.unique():
            out = self.tile == tile
            if not out.all():
                found[out] = self.z[out] @ self.solve(~out) - self.y[out]
        return found.float()
