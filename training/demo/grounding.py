"""Trains stage 3: TerraMind's adapter and the bridge, together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.adapters import CROSS_ATTENTION, add_lora
from gac_core.models.bridge import NOISE_CHANNELS, Bridge, BridgeShape
from gac_core.models.detail import local_mean
from gac_core.models.loading import Models
from gac_core.models.radiometry import radar_looks, to_root
from gac_core.models.terramind import decoder_features, standardise_optical, standardise_radar
from gac_core.models.weights import write_state
from training.demo import recipe
from training.demo.earned import Earned
from training.demo.examples import Windows, corners, draw, read_examples, training_examples
from training.demo.loop import fit
from training.demo.refiner import scores_of
from training.demo.workshop import Workshop, seeded

ADAPTER = "grounding_adapter"
FILE = "bridge.safetensors"
_BATCH = 6
_REAL = 0.7


def train_bridge(shop: Workshop) -> float:
    """LoRA on the decoder's cross-attention, and the flow from opt_v2 to real images."""
    rng = seeded(7)
    models = shop.models()
    adapter = add_lora(models.terramind.model, CROSS_ATTENTION, rank=recipe.LORA_RANK)
    bridge = Bridge(BridgeShape.from_dict(recipe.BRIDGE), recipe.TERRAMIND.dim)
    bridge.to(memory_format=torch.channels_last)
    examples = training_examples(shop)

    def loss(step: int) -> Tensor:
        return flow_loss(models, bridge, draw(examples, rng, _BATCH, _REAL))

    model = models.terramind.model
    trained = [p for p in (*model.parameters(), *bridge.parameters()) if p.requires_grad]
    found = fit(
        "bridge",
        trained,
        loss,
        _stopping(shop, models, bridge),
        recipe.BRIDGE_TRAINING.scaled(shop.effort),
    )
    adapter.save_pretrained(str(shop.folder / ADAPTER))
    write_state(bridge, shop.folder / FILE)
    return found


def flow_loss(models: Models, bridge: Bridge, some: Windows) -> Tensor:
    """Squared error of the velocity.

    The level of the target is opt_v2's: that of the real image is stage 2's task, and a flow that
    may change it would draw levels at random.
    """
    start, real = to_root(some.opt_v2[:, OUTPUT_INDEX]), to_root(some.target)
    target = real + local_mean(start - real, recipe.DETAIL)
    noise = torch.randn_like(start[:, :NOISE_CHANNELS]) * bridge.shape.noise
    time = torch.rand(len(start))
    share = time[:, None, None, None]
    begun = start + noise
    image = begun + share * (target - begun)
    velocity = bridge(image, time, start, radar_looks(some.s1, "S1GRD"), _features(models, some))
    return ((velocity - (target - begun)) ** 2).mean()


def _features(models: Models, some: Windows) -> Tensor:
    return decoder_features(
        models.terramind.model,
        standardise_radar(some.s1, "S1GRD"),
        "S1GRD",
        standardise_optical(some.opt_v2),
    )


def grounded(models: Models, bridge: Bridge, windows: Windows, steps: int) -> Tensor:
    """Return stage 3's images (B, 4, H, W) DN of windows, the same noise for each."""
    drawn = torch.Generator().manual_seed(0)
    noise = torch.randn((1, NOISE_CHANNELS, *windows.s1.shape[-2:]), generator=drawn)
    parts = []
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(16):
            some = windows.at(index)
            parts.append(
                bridge.cross(
                    some.opt_v2[:, OUTPUT_INDEX],
                    some.s1,
                    "S1GRD",
                    _features(models, some),
                    noise.expand(len(some), -1, -1, -1),
                    steps,
                )
            )
    return torch.cat(parts)


def _stopping(shop: Workshop, models: Models, bridge: Bridge) -> Callable[[], float]:
    held = corners(read_examples(shop, None))
    before = held.opt_v2[:, OUTPUT_INDEX]
    print(f"opt_v2: {scores_of(before, held.target)}")
    earned = Earned(3, held, before)

    def validate() -> float:
        image = grounded(models, bridge, held, bridge.shape.steps)
        contrast = local_contrast(image) / local_contrast(held.target)
        print(
            f"  {scores_of(image, held.target)}, contrast {contrast.numpy().round(2)}, "
            f"worth {earned.worth(image):.3f}"
        )
        state = torch.get_rng_state()
        torch.manual_seed(1)
        errors = [float(flow_loss(models, bridge, held.at(i))) for i in _parts(held)]
        torch.set_rng_state(state)
        return float(np.mean(errors))

    return validate


def _parts(windows: Windows) -> Sequence[Tensor]:
    return torch.arange(len(windows)).split(16)


def local_contrast(images: Tensor) -> Tensor:
    """Return each band's deviation from the mean within 8 px, (4,) DN, mean over images."""
    return (images - local_mean(images, 8.0)).std((-2, -1)).mean(0)
