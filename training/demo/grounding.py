"""Training of the demo's stage 3: TerraMind's adapter and the bridge."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np
import torch
from torch import Tensor

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.networks.adapters import CROSS_ATTENTION, add_lora
from gac_core.networks.bridge import Bridge
from gac_core.networks.convnext import from_root, radar_looks, to_root
from gac_core.networks.critic import Critic
from gac_core.networks.loading import Models
from gac_core.networks.weights import write_state
from gac_core.stages.ground import terramind_features
from training.demo import recipe
from training.demo.build import Build, seed_step
from training.demo.examples import (
    StageGains,
    Windows,
    corners,
    draw,
    read_examples,
    training_examples,
)
from training.demo.refiner import angle
from training.fit.loop import train_network
from training.losses.masks import ValidMask, known_tokens
from training.scores.pixels import contrast_ratios
from training.stage3.adversary import Adversary, CriticWindows, EarthFeatures
from training.stage3.adversary import train_critic as train_critic_alone
from training.stage3.ground_module import flow_noise, flow_target, sample_state

ADAPTER = "grounding_adapter"
FILE = "bridge.safetensors"
ADVERSARY_FILE = "adversary.safetensors"
"""Critic at the end of the bridge's training."""

CRITIC_FILE = "critic.safetensors"
_BATCH = 6
_REAL = 0.6


def train_bridge(build: Build) -> float:
    """Train LoRA on the decoder's cross-attention, the flow from opt_v2, and its critic."""
    rng = seed_step(7)
    models = build.models()
    adapter = add_lora(models.terramind.model, CROSS_ATTENTION, rank=recipe.LORA_RANK)
    bridge = Bridge(recipe.BRIDGE, recipe.TERRAMIND.dim)
    bridge.to(memory_format=torch.channels_last)
    model = models.terramind.model
    critic = Critic(recipe.CRITIC, recipe.TERRAMIND.dim).to(memory_format=torch.channels_last)
    adversary = Adversary(critic, model, recipe.ADVERSARY)
    earth = EarthFeatures(model)
    examples = training_examples(build)

    def loss(step: int) -> Tensor:
        batch = draw(examples, rng, _BATCH, _REAL)
        error, image, real = flow_loss(models, bridge, batch)
        counted = known_tokens(batch.target.isfinite())
        sides = adversary.losses(image, real, batch.s1, "S1GRD", counted)
        distance = earth(
            image, real, ValidMask.from_mask(batch.target.isfinite(), image.shape[1])
        ).mean
        guides = recipe.FEATURES * distance + recipe.ANGLE * angle(image, real)
        return error + guides + sides["adversary"].mean + sides["critic"].mean

    networks = (model, bridge, critic)
    trained = [p for network in networks for p in network.parameters() if p.requires_grad]
    best = train_network(
        "bridge",
        trained,
        loss,
        _stopping(build, models, bridge),
        recipe.BRIDGE_TRAINING.scaled(build.effort),
    )
    adapter.save_pretrained(str(build.folder / ADAPTER))
    write_state(bridge, build.folder / FILE)
    write_state(critic, build.folder / ADVERSARY_FILE)
    return best


def train_critic(build: Build) -> dict[str, float]:
    """Train the critic further with the bridge frozen, on images as a run computes them.

    Returns:
        By image, the mean doubt on the stop tiles.
    """
    rng = seed_step(8)
    models = build.models()
    critic = models.critic
    assert critic is not None and models.bridge is not None, "the card names both"
    critic.train().requires_grad_(True)
    model = models.terramind.model
    adversary = Adversary(critic, model, recipe.ADVERSARY)
    schedule = recipe.CRITIC_TRAINING.scaled(build.effort)
    examples = training_examples(build)
    windows = (_critic_windows(models, draw(examples, rng, _BATCH, _REAL)) for _ in count())
    train_critic_alone(adversary, windows, schedule.steps, schedule.rate)
    critic.eval()
    stop = corners(read_examples(build, None))
    parts = [stop.at(index) for index in torch.arange(len(stop)).split(16)]
    adversary.calibrate((p.target, p.s1, "S1GRD", p.target.isfinite()) for p in parts)
    write_state(critic, build.folder / CRITIC_FILE)
    return _mean_doubts(models, critic, stop)


@torch.no_grad()
def _critic_windows(models: Models, some: Windows) -> CriticWindows:
    bridge = models.bridge
    assert bridge is not None
    opt_v2, valid = some.opt_v2[:, OUTPUT_INDEX], some.target.isfinite()
    maps = terramind_features(models, some.s1, "S1GRD", some.opt_v2)
    noise = flow_noise(some.s1)
    opt_v3 = bridge.cross(opt_v2, some.s1, "S1GRD", maps, noise, bridge.shape.steps)
    end = flow_target(to_root(opt_v2), to_root(some.target), valid, recipe.DETAIL)
    return CriticWindows(opt_v2, opt_v3, from_root(end), some.s1, "S1GRD", valid)


@torch.no_grad()
def _mean_doubts(models: Models, critic: Critic, held: Windows) -> dict[str, float]:
    assert models.bridge is not None
    tokens = known_tokens(held.target.isfinite())
    images = {
        "opt_v1": held.opt_v1[:, OUTPUT_INDEX],
        "opt_v2": held.opt_v2[:, OUTPUT_INDEX],
        "opt_v3": compute_opt_v3(models, models.bridge, held, models.bridge.shape.steps),
        "real": held.target.nan_to_num(nan=1.0),
    }
    doubts = {}
    for name, image in images.items():
        parts = torch.arange(len(held)).split(16)
        scores = [
            critic.score(models.terramind.model, image[i], held.s1[i], "S1GRD") for i in parts
        ]
        doubts[name] = round(float(critic.doubt(torch.cat(scores))[tokens].mean()), 3)
    print(f"  doubt {doubts}")
    return doubts


def flow_loss(models: Models, bridge: Bridge, some: Windows) -> tuple[Tensor, Tensor, Tensor]:
    """Return the squared error of the velocity at random times of the flow.

    Returns:
        The error; the extrapolated end of the flow, and its target (B, 4, H, W) DN.
    """
    start, real = to_root(some.opt_v2[:, OUTPUT_INDEX]), to_root(some.target)
    end = flow_target(start, real, real.isfinite(), recipe.DETAIL)
    now = sample_state(start, end, bridge.shape.noise)
    maps = terramind_features(models, some.s1, "S1GRD", some.opt_v2)
    radar = radar_looks(some.s1, "S1GRD")
    velocity = bridge(now.image, now.time, start, radar, maps)
    error = ((velocity - now.velocity) ** 2).mean()
    return error, from_root(now.image + now.remaining * velocity), from_root(end)


def compute_opt_v3(models: Models, bridge: Bridge, windows: Windows, steps: int) -> Tensor:
    """Return stage 3's images (B, 4, H, W) DN of windows, with the same noise for each."""
    generator = torch.Generator().manual_seed(0)
    noise = flow_noise(windows.s1[:1], generator)
    parts = []
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(16):
            part = windows.at(index)
            parts.append(
                bridge.cross(
                    part.opt_v2[:, OUTPUT_INDEX],
                    part.s1,
                    "S1GRD",
                    terramind_features(models, part.s1, "S1GRD", part.opt_v2),
                    noise.expand(len(part), -1, -1, -1),
                    steps,
                )
            )
    return torch.cat(parts)


def _stopping(build: Build, models: Models, bridge: Bridge) -> Callable[[], float]:
    stop = corners(read_examples(build, None))
    real = stop.target.numpy()
    valid = np.ones(real.shape[-2:], bool)
    earned = StageGains(3, stop, stop.opt_v2[:, OUTPUT_INDEX])

    def validate() -> float:
        image = compute_opt_v3(models, bridge, stop, bridge.shape.steps)
        each = zip(image.numpy(), real, strict=True)
        contrast = np.mean([contrast_ratios(*pair, valid) for pair in each], axis=0)
        print(f"  {earned.gains(image).line()}; contrast {contrast.round(2)}")
        state = torch.get_rng_state()
        torch.manual_seed(1)
        parts = torch.arange(len(stop)).split(16)
        errors = [float(flow_loss(models, bridge, stop.at(index))[0]) for index in parts]
        torch.set_rng_state(state)
        return float(np.mean(errors))

    return validate
