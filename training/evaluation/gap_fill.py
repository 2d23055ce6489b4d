"""Images from clear pixels without a network: filled in, moved locally, regressed."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from gac_core.stages.base import Array
from training.scores.pixels import Doubles, Mask, blurred

SIGMAS = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""Sigmas in pixels of the Gaussians that fill in, finest first."""
_ENOUGH = 0.1
"""Share of clear pixels under a Gaussian from which on it is trusted fully."""
_RIDGE = 30.0
"""Weight of the ridge in pixels, on standardised features."""
_LOOKS = (1.0, 3.0)
"""Sigmas in pixels of the radar's local means that the regression sees."""
MAX_BIHARMONIC = 40_000
"""Maximum number of pixels that biharmonic inpainting solves for: its system of equations grows to
gigabytes."""


def fill_in(image: Array, clear: Mask) -> Array:
    """Return an image with what is not clear filled in by normalised convolution.

    Multi-scale (Knutsson and Westin 1993): each pixel by the finest Gaussian that sees enough clear
    pixels, the rest by coarser ones.

    Args:
        image: (C, H, W).
        clear: (H, W) pixels to fill in from; at least one.
    """
    values = np.where(clear, image, 0.0).astype(np.float64)
    weight = clear.astype(np.float64)
    result, left = np.zeros_like(values), np.ones_like(weight)
    for sigma in SIGMAS:
        share = gaussian_filter(weight, sigma, mode="constant")
        is_last = sigma == SIGMAS[-1]
        trust = left if is_last else left * np.minimum(share / _ENOUGH, 1.0)
        # Beyond the reach of the coarsest Gaussian (3 sigma and more) stands the clear mean.
        near = share > 1e-12
        safe = np.where(near, share, 1.0)
        for band, plane in enumerate(values):
            mean = float(plane.sum() / weight.sum())
            smooth = gaussian_filter(plane, sigma, mode="constant")
            result[band] += trust * np.where(near, smooth / safe, mean)
        left = left - trust
    return np.where(clear, image, result).astype(np.float32)


def inpaint_biharmonic(image: Array, clear: Mask) -> Array | None:
    """Return an image with what is not clear inpainted by scikit-image's biharmonic equation.

    Args:
        image: (C, H, W); finite where it is clear.
        clear: (H, W) pixels that stay.

    Returns:
        None if there are more than `MAX_BIHARMONIC` pixels to solve for.
    """
    if np.count_nonzero(~clear) > MAX_BIHARMONIC:
        return None
    # Imported lazily: it takes a second.
    from skimage.restoration import inpaint_biharmonic as inpaint

    filled = inpaint(np.where(clear, image, 0.0).astype(np.float64), ~clear, channel_axis=0)
    return np.where(clear, image, filled).astype(np.float32)


def move_locally(image: Array, optical: Array, clear: Mask) -> Array:
    """Return an image (C, H, W) plus its difference to the clear pixels, filled in."""
    gap = np.where(clear, optical - image, 0.0).astype(np.float32)
    return image + fill_in(gap, clear)


def regress(s1: Array, image: Array, optical: Array, clear: Mask) -> Array:
    """Return a ridge regression of the optical image on radar and a generated image.

    It is fitted to the clear pixels of the image itself.

    Args:
        s1: (2, H, W) dB.
        image: (C, H, W) DN.
        optical: (C, H, W) DN; finite where it is clear.
        clear: (H, W) pixels to fit to.
    """
    looks = [blurred(s1.astype(np.float64), sigma) for sigma in _LOOKS]
    features = np.concatenate([*looks, np.sqrt(np.maximum(image, 0.0))])
    valid = np.isfinite(features).all(axis=0)
    mean = features[:, valid].mean(axis=1)[:, None]
    spread = features[:, valid].std(axis=1)[:, None] + 1e-6
    standard = np.nan_to_num((features.reshape(len(features), -1) - mean) / spread)
    design: Doubles = np.concatenate([np.ones((1, standard.shape[1])), standard])
    fitted = design[:, (clear & valid).ravel()]
    ridge = np.diag([1e-3] + [_RIDGE] * len(standard))
    target = optical[:, clear & valid].astype(np.float64)
    weights = np.linalg.solve(fitted @ fitted.T + ridge, fitted @ target.T)
    predicted = (weights.T @ design).reshape(image.shape)
    return np.where(valid, predicted, np.nan).astype(np.float32)
