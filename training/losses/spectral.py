"""Losses of vegetation indices, spectra and band correlations."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.bands import OUTPUT_BANDS
from training.losses.masks import Tally, ValidMask, spreads, tally

_BLUE, _RED, _NIR = (OUTPUT_BANDS.index(band) for band in ("B02", "B04", "B08"))

_FLOOR = 100.0
"""DN that is the minimum of reflectance (0.01): over water and in shadow a ratio is noise."""

_SPREAD = 0.2
"""Typical spread of either index over a landscape; unit of errors."""

_EVI_DENOMINATOR = 0.25
"""Minimum of EVI's denominator: it passes through zero over clouds and snow; land has 0.7 to 2."""

_DETAIL = 9
"""Side in pixels of the mean subtracted to get details."""

_DETAIL_FLOOR = 0.05**2
"""Variance of details, in spreads squared, treated as zero."""


def ndvi(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean absolute error of NDVI, in its spread of 0.2 (Tucker 1979)."""
    error = (_ndvi(image) - _ndvi(target)).abs() / _SPREAD
    return tally(error, where.pixels & _has(where, _RED, _NIR))


def evi(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean absolute error of EVI, in its spread of 0.2 (Huete et al. 2002)."""
    error = (_evi(image) - _evi(target)).abs() / _SPREAD
    return tally(error, where.pixels & _has(where, _BLUE, _RED, _NIR))


def spectrum(image: Tensor, target: Tensor, mask: Tensor) -> Tally:
    """Return the mean absolute error on the root scale (`gac_core.networks.convnext`).

    Args:
        image: (B, C, H, W) DN, any bands.
        target: Likewise.
        mask: (B, C, H, W) bool, known pixels.
    """
    # Imported lazily: losses must not depend on TerraTorch.
    from gac_core.networks.convnext import to_root

    where = ValidMask.from_mask(mask, image.shape[1])
    a, b = (to_root(where.zero_unknown(x.float())) for x in (image, target))
    return tally((a - b).abs(), where.full())


def coherence(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the error of the correlations between the bands' details.

    Radar texture copied into an image appears in every band alike; in real images the visible bands
    agree and the near infrared often has the opposite sign.

    Returns:
        Mean absolute difference of the six correlations, 0 to 2.
    """
    a, b = _correlations(image, where), _correlations(target, where)
    first, second = torch.triu_indices(image.shape[1], image.shape[1], 1, device=image.device)
    has = where.bands[:, :, 0, 0] & where.pixels.flatten(1).any(1, keepdim=True)
    counted = (has[:, first] & has[:, second]).to(image.dtype)
    error = (a[:, first, second] - b[:, first, second]).abs()
    return Tally.of_samples((error * counted).sum(1), counted.sum(1))


def _ndvi(dn: Tensor) -> Tensor:
    red, nir = dn[:, _RED].clamp_min(_FLOOR), dn[:, _NIR].clamp_min(_FLOOR)
    return ((nir - red) / (nir + red)).unsqueeze(1)


def _evi(dn: Tensor) -> Tensor:
    reflectance = dn.clamp_min(_FLOOR) / REFLECTANCE_SCALE
    blue, red, nir = (reflectance[:, i : i + 1] for i in (_BLUE, _RED, _NIR))
    denominator = (nir + 6 * red - 7.5 * blue + 1).clamp_min(_EVI_DENOMINATOR)
    return 2.5 * (nir - red) / denominator


def _has(where: ValidMask, *bands: int) -> Tensor:
    """Return the mask (B, 1, 1, 1) of samples with all of these bands."""
    return where.bands[:, list(bands)].all(1, keepdim=True)


def _correlations(images: Tensor, where: ValidMask) -> Tensor:
    """Return the correlations (B, C, C) of the bands' details over the known pixels."""
    values, pixels = where.zero_unknown(spreads(images)), where.pixels.to(images.dtype)

    def near(x: Tensor) -> Tensor:
        return functional.avg_pool2d(x, _DETAIL, 1, _DETAIL // 2, count_include_pad=False)

    share = near(pixels)
    smooth = near(values) / torch.where(share > 0, share, 1.0)
    details = ((values - smooth) * pixels).flatten(2)
    count = pixels.flatten(2).sum(2, keepdim=True).clamp_min(1)
    covariance = details @ details.transpose(1, 2) / count
    deviation = torch.sqrt(torch.diagonal(covariance, dim1=1, dim2=2) + _DETAIL_FLOOR)
    return covariance / (deviation[:, :, None] * deviation[:, None, :])
