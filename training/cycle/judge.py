"""Scores of a regressor, compared with the mean radar and a linear regression."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX
from gac_core.score.gac import DN_FLOOR
from training.cycle.regressor import BASELINES, OWN, Regressor
from training.data.errors import DataError
from training.data.pair import Pair
from training.losses.cycle import STEP, WINDOW, estimate, multilook
from training.losses.masks import Where, pooled

Doubles = NDArray[np.float64]

_BANDS = list(OUTPUT_INDEX)
_POLARISATIONS = ("vv", "vh")
_CPU = torch.device("cpu")

_LEAST = 1e-3
"""Minimum spread, in DN and dB, that is divided by."""


@dataclass(frozen=True)
class Linear:
    """Statistics of the training pairs, and the baselines from them.

    Both are compared with multi-looked radar about its mean over the image, as the loss is. The
    per-pixel regression is fitted there too: window means of a linear prediction equal the
    prediction from the bands' window means.

    Attributes:
        weights: (4, 2) dB of VV and VH per DN of each band.
        radar: (2, 2) mean of multi-looked VV and VH in dB, and their spread about an image's mean.
        optical: (2, 4) mean and spread of the logarithms of the windows' DN.
    """

    weights: Doubles
    radar: Doubles
    optical: Doubles

    @classmethod
    def fit(cls, pairs: Iterable[Pair]) -> Linear:
        """Fit by least squares over all windows known in both images.

        Raises:
            DataError: If there are no such windows.
        """
        images = [image for image in map(windows, pairs) if len(image[0])]
        if not images:
            raise _nothing("trains")
        bands, radar = (np.concatenate(parts) for parts in zip(*images, strict=True))
        steps, contrasts = (
            np.concatenate([_about(x) for x in parts]) for parts in zip(*images, strict=True)
        )
        weights, *_ = np.linalg.lstsq(steps, contrasts, rcond=None)
        logs = np.log(np.maximum(bands, DN_FLOOR))
        return cls(
            weights,
            np.stack([radar.mean(0), np.maximum(contrasts.std(0), _LEAST)]),
            np.stack([logs.mean(0), np.maximum(logs.std(0), _LEAST)]),
        )

    def answers(self, bands: Doubles) -> dict[str, Doubles]:
        """Return each baseline's radar (n, 2) dB from the bands (n, 4) DN of windows."""
        mean = np.broadcast_to(self.radar[0], (len(bands), 2))
        return dict(zip(BASELINES, (mean, bands @ self.weights), strict=True))


@torch.no_grad()
def judge(
    regressor: Regressor, linear: Linear, pairs: Iterable[Pair]
) -> dict[str, dict[str, float]]:
    """Score a regressor and the baselines on pairs, with equal weights.

    Returns:
        By name: `rmse` in dB over both polarisations, `rmse_vv` and `rmse_vh`; `r2_vv` and `r2_vh`,
            1 - squared error / variance. All for radar about its mean over the image.

    Raises:
        DataError: If no pair has a known window.
    """
    regressor.eval()
    errors: dict[str, list[Doubles]] = {name: [] for name in (OWN, *BASELINES)}
    variances = []
    for pair in pairs:
        bands, radar = windows(pair)
        if not len(radar):
            continue
        for name, answer in {OWN: _answer(regressor, pair), **linear.answers(bands)}.items():
            errors[name].append((_about(answer - radar) ** 2).mean(0))
        variances.append(radar.var(0))
    if not variances:
        raise _nothing("judges")
    variance = np.mean(variances, axis=0)
    return {name: _scores(np.mean(own, axis=0), variance) for name, own in errors.items()}


def windows(pair: Pair) -> tuple[Doubles, Doubles]:
    """Return bands (n, 4) in DN and multi-looked radar (n, 2) in dB of the known windows."""
    s1, dn, where = _tensors(pair)
    radar, counted = multilook(s1, where)
    bands, _ = pooled(where.clean(dn), where, WINDOW, STEP)
    return _listed(bands, counted), _listed(radar, counted)


def _answer(regressor: Regressor, pair: Pair) -> Doubles:
    """Return the predicted radar (n, 2) dB of the same windows."""
    s1, dn, where = _tensors(pair, regressor.radar_mean.device)
    return _listed(estimate(regressor, s1, dn, where), multilook(s1, where)[1])


def _tensors(pair: Pair, device: torch.device = _CPU) -> tuple[Tensor, Tensor, Where]:
    """Return radar (1, 2, H, W), bands (1, 4, H, W) in DN, and the pixels known in all of them."""
    valid = pair.valid & all(pair.bands[band] for band in _BANDS)
    dn = np.nan_to_num(pair.s2[_BANDS])
    s1, image, mask = (torch.from_numpy(x)[None].to(device) for x in (pair.s1, dn, valid[None]))
    return s1, image, Where.of(mask, len(_BANDS))


def _listed(values: Tensor, counted: Tensor) -> Doubles:
    """Return the values (n, C) of (1, C, h, w) where (1, 1, h, w) counts."""
    listed: Doubles = values[0][:, counted[0, 0]].T.double().cpu().numpy()
    return listed


def _about(values: Doubles) -> Doubles:
    return values - values.mean(0)


def _scores(squared: Doubles, variance: Doubles) -> dict[str, float]:
    scores = {"rmse": float(np.sqrt(squared.mean()))}
    for name, error, total in zip(_POLARISATIONS, squared, variance, strict=True):
        scores[f"rmse_{name}"] = float(np.sqrt(error))
        scores[f"r2_{name}"] = float(1 - error / max(total, _LEAST))
    return {name: round(value, 4) for name, value in scores.items()}


def _nothing(does: str) -> DataError:
    return DataError(
        f"No pair that {does} has a window in which radar and all four bands are known.",
        "Give other pairs, or other roles.",
    )
