"""Training of the regressor on real pairs, and its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.contract.message import Message
from gac_core.scores.gac import DN_FLOOR
from training.config import COUNT, FROM_ZERO, require_ranges
from training.data.checks import OnBad
from training.data.dataset import PairDataset, endless, make_loader
from training.data.pair import DataError, Pair, PairSource, name_hash
from training.data.split import TILES, card_history
from training.fit.loop import Schedule, train_network
from training.losses.masks import ValidMask, pooled, tally
from training.losses.sar import STEP, WINDOW, contrast, estimate, multilook
from training.stage3.cycle_regressor import BASELINES, OWN, Regressor

Doubles = NDArray[np.float64]
_BANDS = list(OUTPUT_INDEX)
_POLARISATIONS = ("vv", "vh")
_CPU = torch.device("cpu")
_MIN_SPREAD = 1e-3
"""Minimum spread, in DN and dB, that is divided by."""

_MAX_PAIRS = 256
"""Maximum number of pairs for statistics and baselines, for early stopping, and for judging."""
_PATIENCE = 8
"""Validations on the stop pairs without improvement before training ends."""


@dataclass(frozen=True)
class LinearBaseline:
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
    def fit(cls, pairs: Iterable[Pair]) -> LinearBaseline:
        """Fit by least squares over all windows known in both images.

        Raises:
            DataError: If there are no such windows.
        """
        images = [image for image in map(windows, pairs) if len(image[0])]
        if not images:
            raise _no_windows_error("trains")
        bands, radar = (np.concatenate(parts) for parts in zip(*images, strict=True))
        steps, contrasts = (
            np.concatenate([_centred(x) for x in parts]) for parts in zip(*images, strict=True)
        )
        weights, *_ = np.linalg.lstsq(steps, contrasts, rcond=None)
        logs = np.log(np.maximum(bands, DN_FLOOR))
        return cls(
            weights,
            np.stack([radar.mean(0), np.maximum(contrasts.std(0), _MIN_SPREAD)]),
            np.stack([logs.mean(0), np.maximum(logs.std(0), _MIN_SPREAD)]),
        )

    def predictions(self, bands: Doubles) -> dict[str, Doubles]:
        """Return each baseline's radar (n, 2) dB from the bands (n, 4) DN of windows."""
        mean = np.broadcast_to(self.radar[0], (len(bands), 2))
        return dict(zip(BASELINES, (mean, bands @ self.weights), strict=True))


@torch.no_grad()
def score_regressor(
    regressor: Regressor, linear: LinearBaseline, pairs: Iterable[Pair]
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
        for name, answer in {
            OWN: _prediction(regressor, pair),
            **linear.predictions(bands),
        }.items():
            errors[name].append((_centred(answer - radar) ** 2).mean(0))
        variances.append(radar.var(0))
    if not variances:
        raise _no_windows_error("judges")
    variance = np.mean(variances, axis=0)
    return {name: _scores(np.mean(own, axis=0), variance) for name, own in errors.items()}


def windows(pair: Pair) -> tuple[Doubles, Doubles]:
    """Return bands (n, 4) in DN and multi-looked radar (n, 2) in dB of the known windows."""
    s1, dn, where = _tensors(pair)
    radar, counted = multilook(s1, where)
    bands, _ = pooled(where.zero_unknown(dn), where, WINDOW, STEP)
    return _listed(bands, counted), _listed(radar, counted)


def _prediction(regressor: Regressor, pair: Pair) -> Doubles:
    """Return the predicted radar (n, 2) dB of the same windows."""
    s1, dn, where = _tensors(pair, regressor.radar_mean.device)
    return _listed(estimate(regressor, s1, dn, where), multilook(s1, where)[1])


def _tensors(pair: Pair, device: torch.device = _CPU) -> tuple[Tensor, Tensor, ValidMask]:
    """Return radar (1, 2, H, W), bands (1, 4, H, W) in DN, and the pixels known in all of them."""
    valid = pair.valid & all(pair.bands[band] for band in _BANDS)
    dn = np.nan_to_num(pair.s2[_BANDS])
    s1, image, mask = (torch.from_numpy(x)[None].to(device) for x in (pair.s1, dn, valid[None]))
    return s1, image, ValidMask.from_mask(mask, len(_BANDS))


def _listed(values: Tensor, counted: Tensor) -> Doubles:
    """Return the values (n, C) of (1, C, h, w) where (1, 1, h, w) counts."""
    listed: Doubles = values[0][:, counted[0, 0]].T.double().cpu().numpy()
    return listed


def _centred(values: Doubles) -> Doubles:
    return values - values.mean(0)


def _scores(squared: Doubles, variance: Doubles) -> dict[str, float]:
    scores = {"rmse": float(np.sqrt(squared.mean()))}
    for name, error, total in zip(_POLARISATIONS, squared, variance, strict=True):
        scores[f"rmse_{name}"] = float(np.sqrt(error))
        scores[f"r2_{name}"] = float(1 - error / max(total, _MIN_SPREAD))
    return {name: round(value, 4) for name, value in scores.items()}


def _no_windows_error(verb: str) -> DataError:
    return DataError(
        Message("No pair that {} has a window in which radar and all four bands are known.", verb),
        Message("Give other pairs, or other roles."),
        problem="no-complete-window",
    )


@dataclass(frozen=True)
class RegressorSettings:
    """Settings of a regressor's training.

    Attributes:
        steps: Maximum number of optimiser steps.
        batch: Crops per step; limited by the number of pairs.
        crop: Side of a crop in pixels, a multiple of 32.
        rate: AdamW's peak learning rate; falls as a cosine.
        decay: AdamW's weight decay.
        gain: Standard deviation of the logarithm of a factor on the brightness of all bands.
        band_gain: Likewise for each band.
        every: Steps between validations on the stop pairs.
        seed: Seed of weights, crops, order and gains.
    """

    steps: int = 400
    batch: int = 8
    crop: int = 96
    rate: float = 2e-3
    decay: float = 0.05
    gain: float = 0.05
    band_gain: float = 0.03
    every: int = 25
    seed: int = 0

    def __post_init__(self) -> None:
        require_ranges("cycle", self, {"steps": COUNT, "seed": FROM_ZERO})


@dataclass(frozen=True)
class RegressorPairs:
    """Pairs by purpose; no tile has two purposes.

    Attributes:
        source: All pairs.
        train: Indices of the training pairs.
        stop: Indices of the pairs that select the best state; empty: the last state is used.
        val: Indices of the validation pairs.
        on_bad: Action on a bad pair: `stop` or `skip`.
    """

    source: PairSource
    train: list[int]
    stop: list[int]
    val: list[int]
    on_bad: OnBad = "stop"

    @classmethod
    def of(
        cls, source: PairSource, roles: Mapping[str, str], on_bad: OnBad = "stop"
    ) -> RegressorPairs:
        """Create from roles by tile: about a sixth of the training tiles select the best state.

        The validation tiles only judge.

        Raises:
            DataError: If there is no training or no validation tile.
        """
        train, val = (
            [i for i, tile in enumerate(source.tiles) if roles[tile] == role]
            for role in ("train", "val")
        )
        for role, indices in (("train", train), ("val", val)):
            if not indices:
                raise DataError(
                    Message("No tile has the role {}.", repr(role)),
                    Message(
                        "Give more pairs, or settle roles with --roles FILE (CSV: tile, role)."
                    ),
                    problem="role-without-tiles",
                )
        tiles = sorted({source.tiles[i] for i in train}, key=name_hash)
        stop = set(tiles[: round(len(tiles) / 6)])
        return cls(
            source,
            [i for i in train if source.tiles[i] not in stop],
            [i for i in train if source.tiles[i] in stop],
            val,
            on_bad,
        )

    def read(self, indices: Sequence[int]) -> list[Pair]:
        """Return the readable ones of some pairs, at most `_MAX_PAIRS`, evenly spread.

        Raises:
            DataError: If a pair is bad and `on_bad` is `stop`.
        """
        places = np.linspace(0, len(indices) - 1, min(_MAX_PAIRS, len(indices))).round().astype(int)
        pairs = []
        for place in places:
            try:
                pairs.append(self.source.read(indices[place]))
            except DataError:
                if self.on_bad == "stop":
                    raise
        return pairs

    def to_dict(self) -> dict[str, Any]:
        """Return tiles, places and numbers of pairs, JSON-ready, for the card."""
        roles = {"train": self.train, "stop": self.stop, "val": self.val}
        used = [*self.train, *self.stop, *self.val]
        return {
            **card_history(self.source, used, {}),
            TILES: {k: sorted({self.source.tiles[i] for i in v}) for k, v in roles.items()},
            "pairs": {k: len(v) for k, v in roles.items()},
        }


def train_regressor(
    pairs: RegressorPairs,
    settings: RegressorSettings,
    device: torch.device,
    say: Callable[[str], None],
) -> tuple[Regressor, dict[str, Any]]:
    """Train a regressor and judge it on the validation tiles.

    Args:
        pairs: The pairs.
        settings: Settings of the training.
        device: Training device.
        say: Callback for progress messages.

    Returns:
        The best regressor on the stop pairs, and its card entries: `scores`, `tiles`, `places`,
            `pairs`, `modalities`, `settings`.

    Raises:
        DataError: If pairs are bad, or have no known windows.
    """
    trained = pairs.read(pairs.train)
    linear = LinearBaseline.fit(trained)
    torch.manual_seed(settings.seed)
    regressor = Regressor()
    for name, statistics in (("radar", linear.radar), ("optical", linear.optical)):
        for kind, values in zip(("mean", "std"), statistics, strict=True):
            getattr(regressor, f"{name}_{kind}").copy_(torch.from_numpy(values))
    regressor.to(device)
    _train(regressor, linear, pairs, settings, say)
    val = pairs.read(pairs.val)
    card = {
        "scores": score_regressor(regressor, linear, val),
        **pairs.to_dict(),
        "modalities": sorted({pair.modality for pair in (*trained, *val)}),
        "window": {"size": WINDOW, "step": STEP},
        "settings": asdict(settings),
    }
    return regressor, card


def _train(
    regressor: Regressor,
    linear: LinearBaseline,
    pairs: RegressorPairs,
    settings: RegressorSettings,
    say: Callable[[str], None],
) -> None:
    spread = regressor.radar_std.view(1, -1, 1, 1)
    stop = pairs.read(pairs.stop)
    batches = _batches(pairs, settings, spread.device)

    def loss(step: int) -> Tensor:
        s1, dn, where = next(batches)
        radar, windows = multilook(s1, where)
        prediction = estimate(regressor.train(), s1, dn, where)
        return tally((contrast(prediction - radar, windows) / spread).square(), windows).mean

    train_network(
        "Regressor, RMSE in dB",
        list(regressor.network.parameters()),
        loss,
        (lambda: score_regressor(regressor, linear, stop)[OWN]["rmse"]) if stop else None,
        Schedule(
            settings.steps,
            settings.rate,
            warmup=1,
            floor=0.0,
            every=settings.every,
            decay=settings.decay,
            betas=(0.9, 0.999),
            clip=0.0,
            ema=0.0,
            patience=_PATIENCE,
        ),
        state=list(regressor.state_dict().values()),
        say=say,
    )
    regressor.eval().requires_grad_(False)


def _batches(
    pairs: RegressorPairs, settings: RegressorSettings, device: torch.device
) -> Iterator[tuple[Tensor, Tensor, ValidMask]]:
    """Yield batches without end: radar, jittered bands, known pixels."""
    dataset = PairDataset(
        pairs.source,
        pairs.train,
        crop=settings.crop,
        augment=True,
        seed=settings.seed,
        on_bad=pairs.on_bad,
    )
    size = min(settings.batch, len(pairs.train))
    loader = make_loader(dataset, batch_size=size, workers=0, shuffle=True, seed=settings.seed)
    index = list(OUTPUT_INDEX)
    for sample in endless(loader):
        bands = sample["bands"][:, index]
        valid = sample["valid"][:, None] & bands.all(1)[:, None, None, None]
        dn = _jittered(sample["s2"][:, index], settings)
        where = ValidMask.from_mask(valid.to(device), len(index))
        yield sample["s1"].to(device), dn.to(device), where


def _jittered(dn: Tensor, settings: RegressorSettings) -> Tensor:
    """Jitter brightness and colours of bands (B, 4, H, W), where generated images have errors."""
    brightness = settings.gain * torch.randn(len(dn), 1, 1, 1)
    colour = settings.band_gain * torch.randn(len(dn), dn.shape[1], 1, 1)
    return dn * torch.exp(brightness + colour)
