"""Losses of a picture of the four shown bands: level, colour, edges, structure.

Errors are in units of the bands' spreads, so that each part is of the order of 1 for a poor image
and 0 for the real one.

LPIPS is that of Zhang et al., "The unreasonable effectiveness of deep features as a perceptual
metric", CVPR 2018, by torchmetrics with AlexNet. AlexNet's weights are not part of any of our
packages, and nothing is downloaded silently: they must be in torch hub's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from training.losses.masks import SPREAD, Tally, ValidMask, pooled, spreads, sums, tally
from training.sections import PictureWeights

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

_HUBER = 2.0
"""Error in spreads beyond which it counts linearly: clouds and snow that no radar sees."""
_ANGLE_FLOOR = 1e-6
"""Keeps the square root of the angle smooth where spectra agree."""
_VARIANCE_FLOOR = 0.01
"""Square of a tenth of a spread: weaker texture is noise."""
RANGE = 4.0
"""Range of values in spreads: two to either side of the mean.

It determines SSIM's constants. With the 10000 DN of the reported score they stand for a texture of
300 DN, more than most land has, so that any smooth image scores near 1 and its structure gets no
gradient. Here they stand for 0.12 spreads (42 to 96 DN), about the sensor's noise.
"""
BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
"""Weights of the scales, finest first (Wang, Simoncelli, Bovik 2003)."""
WINDOW = 7
"""Side of the Gaussian window: five scales need a side of 16 times that (11 would need 176 px)."""
SIGMA = 1.5
_WINDOW = 8
_STEP = 4
"""Side of the windows whose means are an image's coarse colours, and their step."""
_REACH = 2
"""Tolerated displacement of an edge in pixels: a sharpened edge is not an invented one."""
Part = Callable[[], Tally]

STRETCH = 3000.0
"""DN shown as white, for both images: an individual stretch would hide an image's level."""
TRUNK = "alexnet-owt-7be5be79.pth"
"""File name of AlexNet's weights as published by torchvision (IMAGENET1K_V1)."""
_RGB = tuple(OUTPUT_BANDS.index(band) for band in ("B04", "B03", "B02"))


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


def level(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean absolute error in spreads (L1)."""
    return tally(spreads(image - target).abs(), where.full())


def squared(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean squared error in spreads squared (L2)."""
    return tally(spreads(image - target).square(), where.full())


def huber(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return Huber's loss of the error in spreads: squared when small, linear when large."""
    a, b = spreads(image), spreads(target)
    return tally(functional.huber_loss(a, b, reduction="none", delta=_HUBER), where.full())


def angle(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean spectral angle (SAM) in radians over the sample's bands.

    Computed from the chord, √(2 - 2·cos), which equals small angles and whose slope stays finite
    where that of the arc cosine does not. Missing bands are 0 in both images.
    """
    cosine = functional.cosine_similarity(image, target, dim=1, eps=1.0).unsqueeze(1)
    chord = torch.sqrt((2 - 2 * cosine).clamp_min(0) + _ANGLE_FLOOR) - _ANGLE_FLOOR**0.5
    # A real spectrum of zeros has no direction and is skipped. A generated one gets the largest
    # error: the count depends on the batch alone, and black is not rewarded.
    lit = target.abs().sum(1, keepdim=True) > 0
    return tally(chord, where.pixels & lit)


def edges(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean absolute difference of neighbouring errors, in spreads."""
    error, valid = spreads(image - target), where.full()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs()
    across = (error[..., 1:] - error[..., :-1]).abs()
    first, pairs_down = sums(down, valid[..., 1:, :] & valid[..., :-1, :])
    second, pairs_across = sums(across, valid[..., 1:] & valid[..., :-1])
    both = first / pairs_down.clamp_min(1) + second / pairs_across.clamp_min(1)
    return Tally.of_samples(both, ((pairs_down + pairs_across) > 0).to(both.dtype))


def structure(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return 1 - mean correlation in 9 by 9 windows: SSIM's structure term (Wang et al. 2004)."""
    # Centred, because differences of large squares lose precision.
    a, b = (where.zero_unknown(_centred(x, where)) for x in (image, target))
    mean_a, valid = pooled(a, where, 9, 3)
    mean_b, _ = pooled(b, where, 9, 3)
    square_a, square_b, product = (pooled(x, where, 9, 3)[0] for x in (a * a, b * b, a * b))
    var_a, var_b = square_a - mean_a**2, square_b - mean_b**2
    covariance = product - mean_a * mean_b
    correlation = (covariance + _VARIANCE_FLOOR) / torch.sqrt(
        (var_a.clamp_min(0) + _VARIANCE_FLOOR) * (var_b.clamp_min(0) + _VARIANCE_FLOOR)
    )
    return tally(1 - correlation, valid)


def _centred(images: Tensor, where: ValidMask) -> Tensor:
    """Return images in spreads, centred on each band's mean."""
    values = spreads(images)
    count = where.full().flatten(2).sum(2).clamp_min(1)
    mean = values.detach().flatten(2).sum(2) / count
    return values - mean[..., None, None]


def ms_ssim(image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return 1 - MS-SSIM, with as many scales as the image allows.

    MS-SSIM is a product of powers, without a gradient where a scale correlates negatively, as in
    untrained images. Here it is the mean with the same weights, its tangent at the identity: Σ
    βᵢ·csᵢ, with luminance at the coarsest scale. Each scale counts the windows of known pixels.

    Args:
        image: (B, 4, H, W) DN, 0 where unknown.
        target: Likewise.
        where: Known pixels.

    Returns:
        0 (identical) to 2 per sample; samples without a window of known pixels do not count.
    """
    a, b = (where.zero_unknown(x) / x.new_tensor(SPREAD).view(1, -1, 1, 1) for x in (image, target))
    valid = where.pixels
    total = image.new_zeros(len(image))
    weights = torch.zeros_like(total)
    scales = _scales(min(image.shape[-2:]))
    for scale, beta in enumerate(BETAS[:scales]):
        loss, windows = _scale(a, b, valid, luminance=scale == scales - 1)
        counted = (windows & where.bands).to(image.dtype)
        count = counted.flatten(1).sum(1)
        has_windows = (count > 0).to(image.dtype)
        total = total + beta * (loss * counted).flatten(1).sum(1) / count.clamp_min(1)
        weights = weights + beta * has_windows
        if scale < scales - 1:
            a, b = functional.avg_pool2d(a, 2), functional.avg_pool2d(b, 2)
            valid = functional.avg_pool2d(valid.to(image.dtype), 2) == 1
    return Tally.of_samples(total, weights)


def _scales(side: int) -> int:
    """Return the number of scales at which a window fits into the image, at most 5."""
    count = 1
    while count < len(BETAS) and side >> count >= WINDOW:
        count += 1
    return count


def _scale(a: Tensor, b: Tensor, known: Tensor, *, luminance: bool) -> tuple[Tensor, Tensor]:
    """Return 1 - SSIM (or contrast and structure alone) of each window, and the known windows."""
    size = min(WINDOW, *a.shape[-2:])
    kernel = _gauss(size, a)
    channels = a.shape[1]
    sums = _windowed(torch.cat([a, b, a * a, b * b, a * b], 1), kernel)
    mean_a, mean_b, square_a, square_b, product = sums.split(channels, 1)
    c1, c2 = (0.01 * RANGE) ** 2, (0.03 * RANGE) ** 2
    covariance = product - mean_a * mean_b
    # Not square_a + square_b - ...: that equals 2 * covariance at the identity only up to rounding.
    variances = (square_a - mean_a**2).clamp_min(0) + (square_b - mean_b**2).clamp_min(0)
    similarity = (2 * covariance + c2) / (variances + c2)
    if luminance:
        similarity = similarity * (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    windows = -functional.max_pool2d(-known.to(a.dtype), size, 1) == 1
    return 1 - similarity, windows


def _gauss(size: int, like: Tensor) -> Tensor:
    """Return Gaussian weights (size,) that sum to 1."""
    at = torch.arange(size, dtype=like.dtype, device=like.device) - (size - 1) / 2
    weights = torch.exp(-(at**2) / (2 * SIGMA**2))
    return weights / weights.sum()


def _windowed(values: Tensor, kernel: Tensor) -> Tensor:
    """Return weighted means in windows inside the image."""
    channels, size = values.shape[1], len(kernel)
    down = kernel.view(1, 1, size, 1).expand(channels, -1, -1, -1)
    across = kernel.view(1, 1, 1, size).expand(channels, -1, -1, -1)
    return functional.conv2d(
        functional.conv2d(values, down, groups=channels), across, groups=channels
    )


def invented(image: Tensor, target: Tensor, before: Tensor, where: ValidMask) -> Tally:
    """Return the slopes of an image that neither the real nor the previous one has nearby.

    Mean, in spreads per pixel, of a slope's excess over the steepest of both within 2 px. 0 for
    either of them.
    """
    steepest = torch.maximum(_slopes(target, where), _slopes(before, where))
    allowed = functional.max_pool2d(steepest, 2 * _REACH + 1, 1, _REACH)
    return tally((_slopes(image, where) - allowed).clamp_min(0), where.full())


def worsened(image: Tensor, target: Tensor, before: Tensor, where: ValidMask) -> Tally:
    """Return the increase of the error of coarse colours over the previous image, in spreads.

    0 for the previous image, for the real one, and for anything between: a stage may keep colours
    or improve them. A plain distance to the previous image would preserve its errors.
    """
    error, valid = pooled(where.zero_unknown(spreads(image - target)), where, _WINDOW, _STEP)
    previous, _ = pooled(where.zero_unknown(spreads(before - target)), where, _WINDOW, _STEP)
    return tally((error.abs() - previous.abs()).clamp_min(0), valid)


def identity(image: Tensor, before: Tensor, where: ValidMask) -> Tally:
    """Return the mean absolute difference of the coarse colours of two images, in spreads."""
    error, valid = pooled(where.zero_unknown(spreads(image - before)), where, _WINDOW, _STEP)
    return tally(error.abs(), valid)


def _slopes(images: Tensor, where: ValidMask) -> Tensor:
    """Return the slope at each pixel, in spreads per pixel; 0 across the edge of the known area."""
    values, valid = where.zero_unknown(spreads(images)), where.full().to(images.dtype)
    down = functional.pad(
        (values[..., 1:, :] - values[..., :-1, :]).abs() * valid[..., 1:, :] * valid[..., :-1, :],
        (0, 0, 0, 1),
    )
    across = functional.pad(
        (values[..., 1:] - values[..., :-1]).abs() * valid[..., 1:] * valid[..., :-1], (0, 1)
    )
    return down + across


def picture_parts(
    image: Tensor, target: Tensor, before: Tensor, where: ValidMask
) -> dict[str, Part]:
    """Return deferred comparisons of images (B, 4, H, W), 0 where unknown."""
    compared = {
        "level": level,
        "huber": huber,
        "angle": angle,
        "edges": edges,
        "structure": structure,
        "squared": squared,
        "ms_ssim": ms_ssim,
        "ndvi": ndvi,
        "evi": evi,
    }
    guarded = {"invented": invented, "worsened": worsened}
    return {
        **{name: _bound(part, image, target, where) for name, part in compared.items()},
        **{name: _bound(part, image, target, before, where) for name, part in guarded.items()},
    }


def weighted(parts: Mapping[str, Part], weights: PictureWeights) -> dict[str, Tally]:
    """Return the weighted parts in the given order; parts of weight 0 are not computed."""
    result = {}
    for name, part in parts.items():
        weight = getattr(weights, name)
        if weight > 0:
            result[name] = part().weighted(weight)
    return result


def prepare(images: Tensor, where: ValidMask) -> Tensor:
    """Prepare images: single precision at least, 0 where unknown."""
    return where.zero_unknown(single(images))


def single(values: Tensor) -> Tensor:
    """Convert values to single precision at least."""
    return values if values.dtype == torch.float64 else values.float()


def _bound(part: Callable[..., Tally], *arguments: object) -> Part:
    return lambda: part(*arguments)


def weights_file() -> Path:
    """Return the required path of AlexNet's weights in torch hub's cache."""
    return Path(torch.hub.get_dir()) / "checkpoints" / TRUNK


def available() -> bool:
    """Return whether LPIPS can be computed on this machine."""
    return weights_file().is_file()


class Lpips(nn.Module):
    """LPIPS of the true-colour images, 0 for identical ones.

    Raises:
        BundleError: If the weights are missing.
    """

    def __init__(self) -> None:
        super().__init__()
        path = weights_file()
        if not path.is_file():
            raise BundleError(
                Message(
                    "LPIPS needs AlexNet's weights, and {} is not in {}.", path.name, path.parent
                ),
                Message(
                    "Put the file that torchvision publishes there, or give lpips the weight 0."
                ),
                problem="alexnet-missing",
            )
        from torchmetrics.functional.image.lpips import _NoTrainLpips

        # Built with random weights and filled from the file, because the library would download
        # them.
        self.network = _NoTrainLpips(net="alex", spatial=True, pnet_rand=True)
        self._fill(torch.load(path, map_location="cpu", weights_only=True))
        self.requires_grad_(False)

    def _fill(self, state: dict[str, Tensor]) -> None:
        """Copy AlexNet's features into slices, which keep the layers' numbers."""
        for name, value in self.network.net.state_dict().items():
            published = "features." + name.partition(".")[2]
            value.copy_(state[published])

    def forward(self, image: Tensor, target: Tensor, where: ValidMask) -> Tally:
        """Return the mean over the known pixels; samples that lack a visible band do not count.

        Args:
            image: (B, 4, H, W) DN.
            target: Likewise.
            where: Known pixels.
        """
        a, b = (self._shown(x, where) for x in (image, target))
        counted = where.pixels & where.bands[:, list(_RGB)].all(1, keepdim=True)
        return tally(self.network(a, b), counted)

    @staticmethod
    def _shown(image: Tensor, where: ValidMask) -> Tensor:
        """Return red, green, blue in [-1, 1], black where unknown in both images."""
        rgb = where.zero_unknown(image)[:, list(_RGB)].clamp(0, STRETCH)
        return (rgb / STRETCH * 2 - 1).float()
