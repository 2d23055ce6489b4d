"""Stage 2 at full size, with random weights in the published format: to be measured and tested."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import torch

from gac_core.models.library import Library
from gac_core.models.prithvi import PrithviShape, build_prithvi
from training.fit import Batch
from training.memory.case import Case
from training.stage2.backbone import Tuning
from training.stage2.build import RefinerSettings, build_module, published_refiner
from training.stage2.module import RefinerModule

_SIDE = 224


def write_random_prithvi(folder: Path) -> None:
    """The published Prithvi's file, with random weights: a masked autoencoder for four dates."""
    section = published_refiner()
    shape = PrithviShape.from_dict(section["shape"])
    torch.manual_seed(0)
    state = {f"encoder.{k}": v for k, v in build_prithvi(shape).state_dict().items()}
    tokens = (shape.image_size // shape.patch_size) ** 2
    state["encoder.pos_embed"] = torch.zeros(1, 4 * tokens + 1, shape.embed_dim)
    state["decoder.mask_token"] = torch.zeros(1, 1, 512)
    torch.save(state, folder / section["weights"]["file"])


def build(folder: Path, tuning: Tuning) -> tuple[RefinerModule, Batch]:
    """Stage 2 as its command line builds it, from the weights in a folder, and a batch."""
    library = Library(Library.default().bundle_dirs, [folder])
    module = build_module(
        library.find("terramind-base"),
        library,
        published_refiner(),
        RefinerSettings(tuning=tuning),
        base={},
        seed=0,
    )
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


def _case(name: str, title: str, tuning: Tuning) -> Case:
    return Case(name, title, "prithvi-600m", write_random_prithvi, partial(build, tuning=tuning))


CASES = (
    _case("stage2", "Prithvi-600M in 8 bits, LoRA rank 8", Tuning()),
    _case("stage2-recompute", "the same, --recompute", Tuning(recompute=True)),
    _case("stage2-frozen", "8 bits, --freeze-backbone: head alone", Tuning(freeze_backbone=True)),
    _case("stage2-unfrozen", "8 bits, LoRA, --unfreeze-last 2", Tuning(unfreeze_last=2)),
    _case("stage2-full", "--no-8bit, LoRA rank 8", Tuning(load_in_8bit=False)),
)
