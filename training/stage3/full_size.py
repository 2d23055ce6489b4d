"""Stage 3 at full size, with random weights in the published format: to be measured and tested."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import torch

from gac_core.models.card import CARD
from gac_core.models.library import Library, engine_root
from gac_core.models.terramind import OUTPUT, TerraMindShape, build_terramind
from training.fit import Batch
from training.memory.case import Case
from training.stage3.module import GroundModule
from training.stage3.prepare import prepare
from training.stage3.settings import GroundSettings

_SIDE = 224


def write_random_terramind(folder: Path, size: str) -> None:
    """The published files of TerraMind and its tokenizer, with random weights.

    The tokenizer's last convolution starts at zero, as in the library; here it is given values, or
    nothing before it would have a gradient.
    """
    card = json.loads((engine_root() / "resources" / "bundles" / _bundle(size) / CARD).read_text())
    section = card["terramind"]
    torch.manual_seed(0)
    model = build_terramind(TerraMindShape.from_dict(section["shape"]), with_encoder=True)
    torch.nn.init.normal_(model.tokenizer[OUTPUT].decoder.out[-1].weight, std=0.02)
    weights = section["weights"]
    torch.save(model.sampler.model.state_dict(), folder / weights["generator"]["file"])
    torch.save(model.tokenizer[OUTPUT].state_dict(), folder / weights["tokenizer"]["file"])


def build(folder: Path, size: str, settings: GroundSettings) -> tuple[GroundModule, Batch]:
    """Stage 3 as its command line builds it, from the weights in a folder, and a batch."""
    library = Library(Library.default().bundle_dirs, [folder])
    module = prepare(library.find(_bundle(size)), library, settings, {})
    return module, random_batch()


def random_batch() -> Batch:
    """One sample of 224 by 224 pixels that looks like nothing."""
    generator = torch.Generator().manual_seed(0)
    s2 = 2000 + 600 * torch.randn(1, 12, _SIDE, _SIDE, generator=generator)
    return {
        "s1": -15 + 3 * torch.randn(1, 2, _SIDE, _SIDE, generator=generator),
        "s2": s2,
        "opt_v1": 0.8 * s2 + 300 * torch.randn(1, 12, _SIDE, _SIDE, generator=generator),
        "bands": torch.ones(1, 12, dtype=torch.bool),
        "valid": torch.ones(1, _SIDE, _SIDE, dtype=torch.bool),
        "month": torch.tensor([7]),
        "biome": torch.tensor([4]),
        "name": ["random"],
    }


def _bundle(size: str) -> str:
    return f"terramind-{size}"


def _case(name: str, title: str, size: str, settings: GroundSettings) -> Case:
    return Case(
        name,
        title,
        _bundle(size),
        partial(write_random_terramind, size=size),
        partial(build, size=size, settings=settings),
    )


_PLAIN, _RECOMPUTE = GroundSettings(), GroundSettings(recompute=True)

CASES = (
    _case("stage3-base", "TerraMind base, LoRA rank 8 on cross-attention", "base", _PLAIN),
    _case("stage3-base-recompute", "the same, recompute", "base", _RECOMPUTE),
    _case("stage3-large", "TerraMind large, LoRA rank 8 on cross-attention", "large", _PLAIN),
    _case("stage3-large-recompute", "the same, recompute", "large", _RECOMPUTE),
)
