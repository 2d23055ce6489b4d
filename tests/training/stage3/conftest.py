"""A tiny bundle with random weights, and batches of simulated pairs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from gac_core.models.card import read_bundle
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from tests.core.tiny import tiny_card, write_tiny_bundle
from training.demo.patch_code import PatchCode
from training.demo.simulate import simulate_pair

SIDE = 96


@pytest.fixture(scope="session")
def images():
    """Radar (4, 2, H, W) dB and real images (4, 12, H, W) DN of simulated places."""
    pairs = [simulate_pair(seed, SIDE, month=6) for seed in range(4)]
    s1, s2 = (torch.from_numpy(np.stack(parts)).float() for parts in zip(*pairs, strict=True))
    return s1, s2.clamp(1, 10_000)


def fitted(s2: torch.Tensor) -> PatchCode:
    """A linear encoder of images (B, 12, H, W) in DN, by random directions.

    Principal ones take seconds to find, and no tokenizer here was taught any.
    """
    code = PatchCode()
    code.mean.copy_(s2.mean((0, 2, 3), keepdim=True))
    code.std.copy_(s2.std((0, 2, 3), keepdim=True))
    code.basis.normal_(generator=torch.Generator().manual_seed(0))
    code.scale.copy_(code(s2).std((0, 2, 3)).view(1, -1, 1, 1))
    return code


@pytest.fixture(scope="session")
def tiny(tmp_path_factory, images) -> Path:
    """The bundle; its tokenizer has a linear encoder, which its card names."""
    torch.set_num_threads(1)
    folder = write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")
    code = fitted(images[1])
    save_file(dict(code.state_dict()), folder / "codes.safetensors")
    card = tiny_card(folder)
    card["terramind"]["codes"] = {
        "file": "codes.safetensors",
        "sha256": sha256(folder / "codes.safetensors"),
    }
    (folder / "bundle.json").write_text(json.dumps(card))
    return folder


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
