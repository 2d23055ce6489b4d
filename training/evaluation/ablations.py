"""Ablations: a bundle without one of its parts, or with one number changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from gac_core.band_statistics import S1_STATISTICS
from gac_core.bundles.bundle import Bundle, Grounding
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.refiner import Metadata, Refiner, RefinerHead
from gac_core.stages.base import Array, Inputs, Stage
from gac_core.stages.ground import Ground

LIBRARY_CLIP = 1.0
"""Clipping threshold of TerraTorch's diffusion pipeline, in standard deviations."""

LAST = 3
"""Last stage. A variant that starts after it computes nothing."""

STEPS = (1, 2, 4, 8, 10, 16, 25)

DRAFTS = (1, 2, 4)
"""Diffusion steps of stage 1 alone; stage 3 keeps its own."""


@dataclass(frozen=True)
class Variant:
    """Change to a bundle or its settings.

    Attributes:
        name: Name in tables.
        about: Description in a sentence.
        change: Returns the changed bundle; None if the variant does not apply to it.
        first: First stage affected; earlier ones are as in the whole.
        image: Final image.
        metadata: Provide month, biome and place to the stages.
        steps: Steps of stages 1 and 3; None: as in the whole.
        draft: Diffusion steps of stage 1 alone; None: as in the whole.
        networks: Returns the networks to run, from those of the changed bundle.
        replace_stage: Replaces a stage by another.
    """

    name: str
    about: str
    change: Callable[[Bundle], Bundle | None] = lambda bundle: bundle
    first: int = 1
    image: str = "opt_v3"
    metadata: bool = True
    steps: int | None = None
    draft: int | None = None
    networks: Callable[[Models], Models] = lambda models: models
    replace_stage: Callable[[Stage], Stage] = lambda stage: stage

    def timesteps(self, default: tuple[int, int]) -> tuple[int, int]:
        """Return the steps of stages 1 and 3, given the whole's."""
        if self.steps is not None:
            return self.steps, self.steps
        return self.draft or default[0], default[1]


def ablations(
    bundle: Bundle, steps: tuple[int, ...] = STEPS, default: tuple[int, int] = (10, 4)
) -> list[Variant]:
    """Return all variants of a bundle.

    Args:
        bundle: Bundle under evaluation.
        steps: Numbers of steps to try.
        default: Default steps of stages 1 and 3; a draft has fewer.
    """
    clipped = bundle.sampling.threshold is not None
    return [
        Variant("v1 only", "Stage 1's image.", first=LAST + 1, image="opt_v1"),
        Variant("without stage 3", "Stage 2's image.", first=LAST + 1, image="opt_v2"),
        Variant("without stage 2", "Stage 3 is shown opt_v1 as it is.", _without_refiner, first=2),
        Variant(
            "without Prithvi",
            "Stage 2 with zeros for Prithvi's features.",
            _with_refiner,
            first=2,
            networks=_without_features,
        ),
        Variant(
            "noise for TerraMind's features",
            "Stage 3 with noise for what TerraMind makes of radar and opt_v2, of its mean and "
            "deviation in each channel.",
            _with_bridge,
            first=3,
            replace_stage=partial(_exchanged, NoiseFeatures),
        ),
        Variant(
            "TerraMind shown noise for opt_v2",
            "Stage 3's TerraMind shown noise for opt_v2, of its mean and deviation in each band; "
            "the bridge begins at opt_v2 as ever.",
            _with_bridge,
            first=3,
            replace_stage=partial(_exchanged, ShownNoise),
        ),
        Variant(
            "stage 3 without radar",
            "Stage 3 shown the mean radar image for its own, TerraMind and bridge.",
            _with_bridge,
            first=3,
            replace_stage=partial(_exchanged, WithoutRadar),
        ),
        Variant(
            "zero-shot stage 3",
            "TerraMind's answer to radar and opt_v2 for the bridge's image.",
            _zero_shot,
            first=3,
        ),
        Variant(
            "without metadata",
            "Month, biome and place told as unknown.",
            _with_refiner,
            first=2,
            metadata=False,
        ),
        Variant("without LoRA", "The adapters of stages 2 and 3 off.", _without_lora, first=2),
        Variant(
            "without the ±1σ clip" if clipped else "with the library's ±1σ clip",
            "The decoder's output clipped to one standard deviation around the mean, as "
            "TerraTorch's pipeline does: " + ("off" if clipped else "on") + ".",
            _clip_toggled,
        ),
        *(
            Variant(
                f"draft of {_steps(n)}",
                f"Stage 1 with {_steps(n, 'diffusion')}, as a draft for stages 2 and 3.",
                draft=n,
            )
            for n in DRAFTS
            if n < default[0]
        ),
        *(Variant(_steps(n), f"Stages 1 and 3 with {_steps(n)}.", steps=n) for n in steps),
    ]


def image_key(image: str, variant: Variant) -> str:
    """Return the key of a variant's image among the scores of a pair."""
    return image if variant.first > LAST else f"{image}, {variant.name}"


def _steps(count: int, kind: str = "") -> str:
    return f"{count} {kind} step{'' if count == 1 else 's'}".replace("  ", " ")


def apply_variant(models: Models, bundle: Bundle) -> Models:
    """Return the networks for a changed card; unaffected ones are shared."""
    variant = copy.copy(models)
    variant.bundle, before = bundle, models.bundle
    variant.hashes = {}
    stale = {
        "terramind": bundle.grounding.adapter != before.grounding.adapter,
        "refiner": bundle.refiner != before.refiner,
        "bridge": bundle.grounding.bridge != before.grounding.bridge,
    }
    for name, changed in stale.items():
        if changed:
            variant.__dict__.pop(name, None)
    return variant


class NoiseFeatures(Ground):
    """Stage 3 with noise instead of TerraMind's features.

    The noise has their mean and deviation in each channel, so that only the spatial structure is
    lost.
    """

    def features(self, radar: Tensor, optical: Tensor) -> Tensor:
        """Return the noise (B, D, H/16, W/16)."""
        return _noise_like(super().features(radar, optical))


class ShownNoise(Ground):
    """Stage 3 whose TerraMind gets noise for opt_v2, of its mean and deviation in each band."""

    def features(self, radar: Tensor, optical: Tensor) -> Tensor:
        """Return TerraMind's features of radar and noise (B, D, H/16, W/16)."""
        return super().features(radar, _noise_like(optical))


class WithoutRadar(Ground):
    """Stage 3 with the mean radar image, which is zero once standardised."""

    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 4, H, W) from `opt_v2`."""
        assert isinstance(self.modality, str), "a pair's radar is of one kind"
        mean = np.array(S1_STATISTICS[self.modality][0], np.float32).reshape(1, -1, 1, 1)
        radar = np.ascontiguousarray(np.broadcast_to(mean, inputs["s1"].shape))
        return super().compute(windows, {**inputs, "s1": radar})


def _noise_like(values: Tensor) -> Tensor:
    """Return noise with each channel's mean and deviation (B, C, H, W); the same at each call."""
    std, mean = torch.std_mean(values, dim=(-2, -1), keepdim=True)
    noise = torch.randn(values.shape[1:], generator=torch.Generator().manual_seed(0))
    return noise.to(values) * std + mean


class _Blind(nn.Module):
    """Stage 2's head with Prithvi's features zeroed."""

    def __init__(self, head: RefinerHead) -> None:
        super().__init__()
        self.head, self.shape = head, head.shape

    def forward(
        self,
        maps: Tensor,
        image: Tensor,
        radar: Tensor,
        metadata: Metadata,
        observed: Tensor | None = None,
    ) -> Tensor:
        result: Tensor = self.head(torch.zeros_like(maps), image, radar, metadata, observed)
        return result


def _exchanged(kind: type[Ground], stage: Stage) -> Stage:
    """Return stage 3 as another class with the same attributes; other stages unchanged."""
    return kind(**vars(stage)) if isinstance(stage, Ground) else stage


def _without_features(models: Models) -> Models:
    """Return the networks with Prithvi's features zeroed."""
    changed, refiner = copy.copy(models), models.refiner
    assert refiner is not None, "a bundle without a refiner has no such variant"
    blind = cast("RefinerHead", _Blind(refiner.head))
    changed.__dict__["refiner"] = Refiner(refiner.prithvi, blind).eval()
    return changed


def _with_bridge(bundle: Bundle) -> Bundle | None:
    """Return the bundle, or None if it has no bridge."""
    return None if bundle.grounding.bridge is None else bundle


def _zero_shot(bundle: Bundle) -> Bundle | None:
    if bundle.grounding.bridge is None:
        return None
    return replace(bundle, grounding=Grounding())


def _without_refiner(bundle: Bundle) -> Bundle | None:
    return None if bundle.refiner is None else replace(bundle, refiner=None)


def _without_lora(bundle: Bundle) -> Bundle | None:
    if not bundle.adapters:
        return None
    refiner = bundle.refiner
    if refiner is not None:
        refiner = {key: value for key, value in refiner.items() if not key.startswith("adapter")}
    return replace(bundle, refiner=refiner, grounding=replace(bundle.grounding, adapter=None))


def _with_refiner(bundle: Bundle) -> Bundle | None:
    """Return the bundle, or None without a refiner, which alone uses Prithvi and metadata."""
    return None if bundle.refiner is None else bundle


def _clip_toggled(bundle: Bundle) -> Bundle:
    threshold = LIBRARY_CLIP if bundle.sampling.threshold is None else None
    return replace(bundle, sampling=replace(bundle.sampling, threshold=threshold))
