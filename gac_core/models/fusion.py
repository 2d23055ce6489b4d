"""How stage 3's picture comes of opt_v2, TerraMind's answer and the radar."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from gac_core.bands import OUTPUT_INDEX, S2_MEAN
from gac_core.models.detail import detail_of
from gac_core.models.terramind import output_std


def fuse_images(
    radar: Tensor,
    shown: Tensor,
    answer: Tensor,
    residual: float,
    network: nn.Module | None = None,
    detail: float | None = None,
) -> Tensor:
    """opt_v3, with gradient to the network and to what it is shown.

    The answer passed through 14 bits per token and has lost opt_v2's detail; the residual share
    and the network bring it back.

    Args:
        radar: Standardised (B, 2, H, W).
        shown: opt_v2, DN (B, 4, H, W).
        answer: TerraMind's answer, standardised (B, 4, H, W), without an offset
            (`terramind.without_offset`).
        residual: Share of the way from opt_v2 to the answer.
        network: Sees radar, opt_v2 and answer at full resolution, ten channels, and says what to
            correct, four channels in standard deviations; None: nothing is corrected.
        detail: Takes the correction's mean within this many pixels (sigma) away; None: does not.

    Returns:
        DN (B, 4, H, W).
    """
    std = output_std(shown)
    mixed = shown + residual * (answer * std + _output_mean(shown) - shown)
    if network is None:
        return mixed
    correction: Tensor = network(torch.cat([radar, standardise_output(shown), answer], dim=1))
    if detail is not None:
        correction = detail_of(correction, detail)
    return mixed + correction * std


def standardise_output(dn: Tensor) -> Tensor:
    """The four bands that users see (B, 4, H, W), DN, in TerraMind's units, without an offset."""
    return (dn - _output_mean(dn)) / output_std(dn)


def _output_mean(like: Tensor) -> Tensor:
    mean = [S2_MEAN[i] for i in OUTPUT_INDEX]
    return torch.tensor(mean, dtype=like.dtype, device=like.device).view(1, -1, 1, 1)
