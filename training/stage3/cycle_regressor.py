"""Small network that predicts multi-looked radar from the four bands, and its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from gac_core.band_statistics import S1_STATISTICS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.io import atomic_write, require_hash, sha256, write_error
from gac_core.networks.libraries import ConvNeXtBlock
from gac_core.networks.weights import load_exactly, read_state, write_state
from gac_core.scores.gac import DN_FLOOR
from training.data.split import PLACES, TILES
from training.losses.masks import ValidMask, pooled
from training.losses.sar import STEP, WINDOW

WEIGHTS, CARD = "cycle.safetensors", "cycle.json"
FORMAT = 1

OWN = "regressor"
BASELINES = ("mean radar", "linear regression")
"""Names of the scores in a card: the network's own, and its baselines'."""

_TRAIN_ONE = Message(
    "Train one with python -m training.train_cycle, on more pairs or for more --steps."
)


class Regressor(nn.Module):
    """Network that predicts multi-looked backscatter in the windows of `training.losses.sar`.

    Its input is the logarithm of the bands' window means, so that band ratios become differences.
    It does not see texture within windows: otherwise noise would improve a smooth image. Untrained
    it predicts the mean radar.

    Args:
        width: Inner channels.
        depth: Number of ConvNeXt blocks with 7 by 7 kernels.

    Attributes:
        shape: Its arguments.
        sha256: Hash of the file it was read from; empty: none.
        optical_mean: (4,) mean of the natural logarithms of windows' DN, over the training pairs.
        optical_std: Likewise, their deviation.
        radar_mean: (2,) dB, of VV and VH.
        radar_std: (2,) dB, about each image's mean.
    """

    optical_mean: Tensor
    optical_std: Tensor
    radar_mean: Tensor
    radar_std: Tensor

    def __init__(self, width: int = 24, depth: int = 2) -> None:
        super().__init__()
        self.shape = {"width": width, "depth": depth}
        self.sha256 = ""
        self.network = _ConvNeXt(len(OUTPUT_BANDS), 2, width, depth)
        for name, count in (("optical", len(OUTPUT_BANDS)), ("radar", 2)):
            self.register_buffer(f"{name}_mean", torch.zeros(count))
            self.register_buffer(f"{name}_std", torch.ones(count))

    def forward(self, dn: Tensor, where: ValidMask) -> Tensor:
        """Return backscatter (B, 2, h, w) in dB.

        Args:
            dn: (B, 4, H, W).
            where: Valid pixels.
        """
        means, counted = pooled(torch.where(where.pixels, dn, 0.0), where, WINDOW, STEP)
        logs = means.clamp_min(DN_FLOOR).log() - _column(self.optical_mean)
        prediction = self.network(torch.where(counted, logs / _column(self.optical_std), 0.0))
        return prediction * _column(self.radar_std) + _column(self.radar_mean)


class _ConvNeXt(nn.Module):
    """Convolution, ConvNeXt blocks (Liu et al. 2022), and a final convolution that starts at zero.

    All at one scale: its pixels are windows of eight already.
    """

    def __init__(self, in_channels: int, out_channels: int, width: int, depth: int) -> None:
        super().__init__()
        self.stem = nn.Conv2d(in_channels, width, 3, padding=1, padding_mode="reflect")
        self.blocks = nn.Sequential(*(ConvNeXtBlock(width, kernel_size=7) for _ in range(depth)))
        self.out = nn.Conv2d(width, out_channels, 3, padding=1, padding_mode="reflect")
        for parameter in self.out.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.blocks(self.stem(x)))


def write_regressor(folder: Path, regressor: Regressor, about: Mapping[str, Any]) -> None:
    """Write a regressor and its card, each atomically.

    Args:
        folder: Existing folder.
        regressor: On any device.
        about: Further card entries, JSON-ready; `scores` as read by `require_better`.

    Raises:
        OutputError: If they cannot be written.
    """
    try:
        with atomic_write(folder / WEIGHTS) as file:
            write_state(regressor, file)
        card = {
            "format": FORMAT,
            "shape": regressor.shape,
            "sha256": sha256(folder / WEIGHTS),
            **about,
        }
        with atomic_write(folder / CARD) as file:
            file.write_text(json.dumps(card, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise write_error(folder, error) from error


def read_regressor(folder: Path, modality: str | None = None) -> Regressor:
    """Read a regressor, checking its hash and that it beats its baselines.

    Args:
        folder: Folder written by `training.train_cycle`.
        modality: Required Sentinel-1 product, `S1GRD` or `S1RTC`; None: any.

    Raises:
        BundleError: If it is missing or damaged, does not beat its baselines, or was trained on
            another product.
    """
    card = _read_card(folder)
    try:
        require_better(card["scores"])
        width, depth = (int(card["shape"][key]) for key in ("width", "depth"))
        modalities = [str(name) for name in card["modalities"]]
        digest = card["sha256"] or ""
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(
            Message("{} is no card of a regressor.", folder / CARD),
            _TRAIN_ONE,
            problem="regressor-card-wrong",
        ) from error
    if modality is not None and modality not in modalities:
        raise BundleError(
            Message(
                "The regressor in {} tells {}, not {}.", folder, " and ".join(modalities), modality
            ),
            Message(
                "Train one on pairs whose radar is {}, one of {}.",
                modality,
                ", ".join(S1_STATISTICS),
            ),
            problem="regressor-modality-missing",
        )
    path = folder / WEIGHTS
    try:
        digest = require_hash(path, digest)
    except OSError as error:
        raise BundleError(
            Message("{} cannot be read: {}.", path, error),
            _TRAIN_ONE,
            problem="regressor-unreadable",
        ) from error
    regressor = Regressor(width, depth)
    regressor.sha256 = digest
    load_exactly(regressor, read_state(path), source=path)
    return regressor.eval().requires_grad_(False)


def read_history(folder: Path) -> dict[str, Any]:
    """Read the tiles and places that a regressor was trained and judged on, for a part's card.

    Raises:
        BundleError: If the folder holds no regressor.
    """
    card = _read_card(folder)
    return {key: card[key] for key in (TILES, PLACES) if key in card}


def require_better(scores: Mapping[str, Mapping[str, Any]]) -> None:
    """Check that a regressor beats both baselines on the validation tiles.

    Args:
        scores: By name (`OWN`, `BASELINES`), `rmse` in dB over both polarisations.

    Raises:
        BundleError: If it does not.
        KeyError, TypeError, ValueError: If the scores are malformed.
    """
    own = float(scores[OWN]["rmse"])
    for name in BASELINES:
        other = float(scores[name]["rmse"])
        # Written so that NaN fails.
        if not own < other:
            raise BundleError(
                Message(
                    "The regressor tells the radar of the validation tiles no "
                    "better than the {}: RMSE {} dB, and {} dB.",
                    name,
                    f"{own:.2f}",
                    f"{other:.2f}",
                ),
                Message("A loss by it would mean nothing. {}", _TRAIN_ONE),
                problem="regressor-no-better",
            )


def _read_card(folder: Path) -> dict[str, Any]:
    path = folder / CARD
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BundleError(
            Message("{} holds no regressor: {} cannot be read.", folder, CARD),
            _TRAIN_ONE,
            problem="regressor-missing",
        ) from error
    except ValueError as error:
        raise BundleError(
            Message("{} is damaged: it is no JSON.", path),
            _TRAIN_ONE,
            problem="regressor-card-damaged",
        ) from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise BundleError(
            Message("{} is no card of a regressor of this version of GAC.", path),
            _TRAIN_ONE,
            problem="regressor-version",
        )
    return card


def _column(values: Tensor) -> Tensor:
    return values.view(1, -1, 1, 1)
