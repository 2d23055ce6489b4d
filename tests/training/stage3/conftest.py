"""A tiny bundle with random weights, and batches of simulated pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from tests.core.tiny import write_tiny_bundle
from training.demo.sensors import simulate_pair

SIDE = 96


@pytest.fixture(scope="session")
def images():
    """Radar (4, 2, H, W) dB and real images (4, 12, H, W) DN of simulated places."""
    pairs = [simulate_pair(seed, SIDE, month=6) for seed in range(4)]
    s1, s2 = (torch.from_numpy(np.stack(parts)).float() for parts in zip(*pairs, strict=True))
    return s1, s2.clamp(1, 10_000)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Path:
    """The bundle's folder."""
    torch.set_num_threads(1)
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def library(tiny):
    return Library([tiny.parent], [])


@pytest.fixture(scope="session")
def bundle(tiny):
    return read_bundle(tiny)


@pytest.fixture
def batch(images):
    """Four samples as the dataset gives them; what is shown is blurred and off in colour."""
    s1, s2 = images
    shown = torch.nn.functional.avg_pool2d(s2, 9, stride=1, padding=4, count_include_pad=False)
    return {
        "s1": s1.clone(),
        "s2": s2.clone(),
        "opt_v1": 1.15 * shown + 60,
        "bands": torch.ones(4, 12, dtype=torch.bool),
        "valid": torch.ones(4, SIDE, SIDE, dtype=torch.bool),
        "month": torch.full((4,), 6),
        "biome": torch.full((4,), 4),
        "name": [f"simulated {i}" for i in range(4)],
        "modality": ["S1GRD"] * 4,
    }
