"""Learned baselines, UNet-L1 and pix2pix, trained on the bundle's training pairs.

Their images are tiled and blended like those of the bundle's stages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import segmentation_models_pytorch as smp
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import OUTPUT_INDEX, S2_MEAN, S2_STD
from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.networks.terramind import standardise_radar
from gac_core.networks.weights import load_exactly, read_state
from gac_core.stages.base import Array, Inputs
from gac_core.stages.tensors import batched_on_gpu, to_device
from gac_core.tiling.arrays import run_stage
from training.data.dataset import PairDataset, endless, make_loader
from training.data.pair import PairSource
from training.fit.loop import Schedule, train_network

_ENCODER = "resnet18"
_BETAS = (0.5, 0.999)

Kind = Literal["UNet-L1", "pix2pix"]
KINDS: tuple[Kind, ...] = ("UNet-L1", "pix2pix")
Batch = tuple[Tensor, Tensor, Tensor]
"""Standardised radar (B, 2, H, W), standardised optical (B, 4, H, W), valid (B, 1, H, W)."""


class Translator(nn.Module):
    """UNet (Ronneberger et al. 2015) with a small ResNet encoder, from radar to optical.

    Starts from random weights. Inputs and outputs are standardised with TerraMind's statistics.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unet = smp.Unet(
            _ENCODER,
            encoder_weights=None,
            encoder_depth=4,
            decoder_channels=(128, 64, 32, 32),
            in_channels=2,
            classes=len(OUTPUT_BANDS),
        )

    def forward(self, radar: Tensor) -> Tensor:
        """Return standardised (B, 4, H, W) from (B, 2, H, W); sides are multiples of 16."""
        result: Tensor = self.unet(radar)
        return result


class PatchDiscriminator(nn.Sequential):
    """pix2pix's PatchGAN discriminator (Isola et al. 2017) with patches of 34 px.

    Half as wide and one layer shallower than in the paper, for crops of a hundred pixels.
    """

    def __init__(self, width: int = 32) -> None:
        channels = (2 + len(OUTPUT_BANDS), width, 2 * width, 4 * width)
        layers: list[nn.Module] = []
        for i, (before, after) in enumerate(pairwise(channels)):
            layers.append(nn.Conv2d(before, after, 4, stride=2 if i < 2 else 1, padding=1))
            if i:
                layers.append(nn.BatchNorm2d(after))
            layers.append(nn.LeakyReLU(0.2))
        super().__init__(*layers, nn.Conv2d(channels[-1], 1, 4, padding=1))


def standard_radar(s1_db: Tensor, modalities: Sequence[str]) -> Tensor:
    """Standardise radar images with TerraMind's statistics of their modalities.

    Args:
        s1_db: (B, 2, H, W) dB.
        modalities: `S1GRD` or `S1RTC` of each image.

    Returns:
        (B, 2, H, W) with approximately zero mean and unit deviation.
    """
    images = zip(s1_db.split(1), modalities, strict=True)
    return torch.cat([standardise_radar(image, modality) for image, modality in images])


def standard_optical(dn: Tensor) -> Tensor:
    """Standardise (B, 4, H, W) DN of the output bands."""
    mean, std = _statistics(dn)
    return (dn - mean) / std


def optical_dn(values: Tensor) -> Tensor:
    """Invert `standard_optical`."""
    mean, std = _statistics(values)
    return values * std + mean


def _statistics(like: Tensor) -> tuple[Tensor, Tensor]:
    mean = _column(tuple(S2_MEAN[i] for i in OUTPUT_INDEX), like)
    return mean, _column(tuple(S2_STD[i] for i in OUTPUT_INDEX), like)


def _column(values: tuple[float, ...], like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=like.dtype, device=like.device).view(1, -1, 1, 1)


@dataclass(frozen=True)
class BaselineSettings:
    """Training settings of a learned baseline.

    Attributes:
        steps: Optimiser steps.
        batch: Crops per step; limited by the number of pairs.
        crop: Side of a crop in pixels.
        rate: Adam's learning rate; pix2pix's published value.
        weight_l1: Weight of L1 against the discriminator loss, as in pix2pix.
        every: Steps between validations on the stop pairs.
        seed: Seed of weights, crops and order.
    """

    steps: int = 600
    batch: int = 8
    crop: int = 96
    rate: float = 2e-4
    weight_l1: float = 100.0
    every: int = 50
    seed: int = 0


@dataclass(frozen=True)
class BaselinePairs:
    """Pairs for learned baselines.

    Attributes:
        source: All pairs.
        train: Indices of the training pairs.
        stop: Indices of the pairs that select the best state; empty: the last state is used.
    """

    source: PairSource
    train: Sequence[int]
    stop: Sequence[int]


def load_or_train(
    kind: Kind,
    pairs: BaselinePairs,
    settings: BaselineSettings,
    cache: Path | None,
    device: torch.device,
    say: Callable[[str], None],
) -> Translator:
    """Return a learned baseline, from the cache if trained on the same data, else trained now.

    Args:
        kind: Kind of baseline.
        pairs: Its pairs.
        settings: Its training settings.
        cache: Folder of trained baselines; None: no cache.
        device: Training device.
        say: Callback for progress messages.
    """
    names = [pairs.source.names[i] for i in (*pairs.train, -1, *pairs.stop) if i >= 0]
    subject = json.dumps([kind, names, len(pairs.train), asdict(settings)])
    key = hashlib.sha256(subject.encode()).hexdigest()
    path = None if cache is None else cache / f"{kind}.safetensors"
    network = Translator()
    if path is not None and _key_of(path) == key:
        say(f"{kind}: as trained before, from {path}")
        load_exactly(network, read_state(path), source=path)
    else:
        network = train(kind, pairs, settings, device, say)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_file({k: v.cpu().contiguous() for k, v in network.state_dict().items()}, path,
                      metadata={"key": key})  # fmt: skip
    return network.eval().requires_grad_(False).to(device)


def train(
    kind: Kind,
    pairs: BaselinePairs,
    settings: BaselineSettings,
    device: torch.device,
    say: Callable[[str], None],
) -> Translator:
    """Train a baseline from random weights; return its best state on the stop pairs."""
    torch.manual_seed(settings.seed)
    network = Translator().to(device)
    discriminator = PatchDiscriminator().to(device) if kind == "pix2pix" else None
    update = (
        torch.optim.Adam(discriminator.parameters(), settings.rate, _BETAS)
        if discriminator
        else None
    )
    batches = _batches(pairs, settings, device)

    def loss(step: int) -> Tensor:
        batch = next(batches)
        radar, optical, valid = batch
        optical_hat = network.train()(radar)
        l1 = _l1(optical_hat, optical, valid)
        if discriminator is None or update is None:
            return l1
        _update_discriminator(discriminator, update, batch, optical_hat.detach())
        logits = discriminator(torch.cat([radar, optical_hat * valid], dim=1))
        return settings.weight_l1 * l1 + _discriminator_loss(logits, True)

    def validate() -> float:
        return _error(network.eval(), pairs, settings, device)

    train_network(
        kind,
        list(network.parameters()),
        loss,
        validate if pairs.stop else None,
        # pix2pix's Adam, without decay, clipping or average.
        Schedule(
            settings.steps,
            settings.rate,
            floor=1.0,
            every=settings.every,
            decay=0.0,
            betas=_BETAS,
            clip=0.0,
            ema=0.0,
            warmup=1,
        ),
        state=list(network.state_dict().values()),
        say=say,
    )
    return network


def _update_discriminator(
    discriminator: nn.Module, optimiser: torch.optim.Optimizer, batch: Batch, generated: Tensor
) -> None:
    """Update the discriminator: real pairs are real, translated ones are fake."""
    radar, optical, valid = batch
    real = discriminator(torch.cat([radar, optical * valid], dim=1))
    fake = discriminator(torch.cat([radar, generated * valid], dim=1))
    optimiser.zero_grad()
    (0.5 * (_discriminator_loss(real, True) + _discriminator_loss(fake, False))).backward()
    optimiser.step()


def _discriminator_loss(logits: Tensor, real: bool) -> Tensor:
    return functional.binary_cross_entropy_with_logits(
        logits, torch.full_like(logits, 1.0 if real else 0.0)
    )


def _l1(generated: Tensor, optical: Tensor, valid: Tensor) -> Tensor:
    return ((generated - optical).abs() * valid).sum() / (
        valid.sum() * generated.shape[1]
    ).clamp_min(1)


@torch.no_grad()
def _error(
    network: nn.Module, pairs: BaselinePairs, settings: BaselineSettings, device: torch.device
) -> float:
    dataset = PairDataset(
        pairs.source, pairs.stop, crop=settings.crop, augment=False, seed=settings.seed
    )
    loader = make_loader(dataset, batch_size=1, workers=0, shuffle=False, seed=settings.seed)
    errors = []
    for sample in loader:
        radar, optical, valid = _prepared(sample, device)
        errors.append(float(_l1(network(radar), optical, valid)))
    return sum(errors) / len(errors)


def _batches(
    pairs: BaselinePairs, settings: BaselineSettings, device: torch.device
) -> Iterator[Batch]:
    """Return endless batches of the training pairs."""
    dataset = PairDataset(
        pairs.source, pairs.train, crop=settings.crop, augment=True, seed=settings.seed
    )
    size = min(settings.batch, len(pairs.train))
    loader = make_loader(dataset, batch_size=size, workers=0, shuffle=True, seed=settings.seed)
    return (_prepared(sample, device) for sample in endless(loader))


def _prepared(sample: Mapping[str, Any], device: torch.device) -> Batch:
    index = list(OUTPUT_INDEX)
    has_bands = sample["bands"][:, index].all(dim=1)
    valid = sample["valid"] & has_bands[:, None, None]
    optical = standard_optical(sample["s2"][:, index].to(device))
    radar = sample["s1"].to(device)
    return standard_radar(radar, sample["modality"]), optical, valid[:, None].float().to(device)


def _key_of(path: Path) -> str:
    """Return the key stored in a cached file; empty if it cannot be read."""
    if not path.is_file():
        return ""
    try:
        with safe_open(path, framework="pt") as file:
            return str((file.metadata() or {}).get("key", ""))
    except (SafetensorError, OSError):
        return ""


@dataclass
class Translate:
    """Learned baseline with a stage's interface: windows in, windows out.

    Attributes:
        network: Trained translator.
        modality: `S1GRD` or `S1RTC`.
        device: Device of the computation.
    """

    network: Translator
    modality: str
    device: torch.device
    number: int = 1
    channels: int = len(OUTPUT_BANDS)
    inputs: tuple[str, ...] = ("s1",)

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 4, H, W) from `s1`."""
        s1 = to_device(inputs["s1"], self.device)
        radar = standard_radar(s1, [self.modality] * len(s1))
        return optical_dn(batched_on_gpu(self.device, self.network, radar)).cpu().numpy()


def translate(
    network: Translator, s1: Array, modality: str, spec: WindowSpec, device: torch.device
) -> Array:
    """Return a learned baseline's image (4, H, W) DN, NaN where the radar is nodata.

    Args:
        network: Trained translator.
        s1: (2, H, W) dB.
        modality: `S1GRD` or `S1RTC`.
        spec: Tiling of the image.
        device: Device of the computation.
    """
    return run_stage(Translate(network, modality, device), spec, {"s1": s1})
