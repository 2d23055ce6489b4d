"""Training of the tokenizer's decoder: from a code per patch, and noise, to an image."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.networks.terramind import OUTPUT, build_terramind, standardise_optical
from gac_core.networks.weights import write_state
from training.demo import recipe
from training.demo.build import CODES, Build, PatchCode, seed_step
from training.demo.pairs import corners, draw
from training.fit.loop import train_network

FILE = "tokenizer.safetensors"
_BATCH = 8
_LAST = 999
_PURE_NOISE = 0.3
"""Share of samples at the last timestep, where each image starts and a one-step run ends."""


def train_patch_code(build: Build) -> None:
    """Fit the linear encoder to as many real as simulated windows."""
    windows = draw(build.complete, build.simulated, seed_step(0), 400)
    code = PatchCode()
    code.fit(windows.s2)
    build.save(CODES, dict(code.state_dict()))


def train_tokenizer(build: Build) -> float:
    """Train the diffusion decoder, which predicts the clean image (x0) from any noise level."""
    rng = seed_step(1)
    tokenizer = build_terramind(recipe.TERRAMIND).tokenizer[OUTPUT]
    code = build.patch_code
    stop = corners(build.complete_stop)
    held_target = standardise_optical(stop.s2)
    held_noise = torch.randn_like(held_target)
    held_codes = tokenizer.quantize(code(stop.s2))[0]

    def loss(step: int) -> Tensor:
        batch = draw(build.complete, build.simulated, rng, _BATCH)
        target = standardise_optical(batch.s2)
        codes = tokenizer.quantize(code(batch.s2))[0]
        # Images have a third of the statistics' spread, so most of the schedule hides them
        # completely; its clean end matters most.
        times = (torch.rand(_BATCH) ** 1.5 * _LAST).long()
        times[torch.rand(_BATCH) < _PURE_NOISE] = _LAST
        return _step_loss(tokenizer, target, torch.randn_like(target), times, codes)

    def validate() -> float:
        losses = [
            _step_loss(
                tokenizer, held_target, held_noise, torch.full((len(held_target),), t), held_codes
            )
            for t in (99, 299, _LAST)
        ]
        return float(torch.stack(losses).mean())

    best = train_network(
        "tokenizer",
        list(tokenizer.decoder.parameters()),
        loss,
        validate,
        recipe.TOKENIZER.scaled(build.effort),
    )
    write_state(tokenizer, build.folder / FILE)
    return best


def _step_loss(
    tokenizer: nn.Module, target: Tensor, noise: Tensor, times: Tensor, codes: Tensor
) -> Tensor:
    noised = tokenizer.noise_scheduler.add_noise(target, noise, times)
    return image_loss(tokenizer.decoder(noised, times, codes), target)


def image_loss(image: Tensor, target: Tensor) -> Tensor:
    """Return the squared plus absolute error of standardised images, doubling output bands."""
    weight = torch.ones(1, len(S2_BANDS), 1, 1)
    weight[:, OUTPUT_INDEX] = 2.0
    error = image - target
    # 0.3 is the approximate spread of an image in these units.
    return (weight * (error.abs() + error**2 / 0.3)).mean()
