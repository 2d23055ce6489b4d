"""A tiny bundle with random weights, and windows of simulated places."""

from __future__ import annotations

import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of
from tests.core.tiny import write_tiny_bundle
from training.demo.sensors import simulate_pair
from training.fit import FitSettings
from training.sections import ModelsSection, Stage2Config, Stage2Section
from training.stage2.refiner_module import build_module

HIDDEN = dict.fromkeys(("no_month", "no_biome", "no_place"), 0.0)
MOVED = dict.fromkeys(("place_jitter", "gain", "band_gain", "radar_gain", "polarisation_gain"), 0.0)
CERTAIN = {**HIDDEN, **MOVED, "month_jitter": 0}
LORA = {"unfreeze_last": 0}
SIDE = 64
IN_8BIT = {"load_in_8bit": True, "recompute": False}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    torch.set_num_threads(1)
    return read_bundle(write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny"))


@pytest.fixture
def build(tiny):
    """Builds stage 2's module on the tiny bundle, with settings of `models` and `stage2`."""

    def build(seed=0, models=None, **stage2):
        config = Stage2Config(
            fit=FitSettings(seed=seed),
            models=ModelsSection(**{**IN_8BIT, **(models or {})}),
            stage2=Stage2Section(**{**CERTAIN, **LORA, **stage2}),
        )
        base = base_of(tiny, Library())
        return build_module(tiny, Library(), tiny.refiner, config, base).to("cpu")

    return build


@pytest.fixture(scope="session")
def batch():
    """Two windows of 64 by 64 pixels; opt_v1 is the real image, paler and off in its colours."""
    samples = []
    for seed in range(2):
        s1, s2 = simulate_pair(seed, SIDE, 7)
        s2 = torch.from_numpy(s2).float()
        noise = 80 * torch.randn(s2.shape, generator=torch.Generator().manual_seed(seed))
        samples.append((torch.from_numpy(s1).float(), s2, 0.7 * s2 + 400 + noise))
    s1, s2, opt_v1 = (torch.stack(images) for images in zip(*samples, strict=True))
    return {
        "s1": s1,
        "s2": s2,
        "opt_v1": opt_v1,
        "bands": torch.ones(2, 12, dtype=torch.bool),
        "valid": torch.ones(2, SIDE, SIDE, dtype=torch.bool),
        "month": torch.tensor([7, 7]),
        "biome": torch.tensor([4, 8]),
        "place": torch.tensor([[48.0, 15.0], [-3.0, 120.0]]),
        "name": ["first", "second"],
        "modality": ["S1GRD", "S1RTC"],
    }
