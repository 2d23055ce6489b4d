"""Full-size stage 2 with random weights in the published format, for measurements and tests."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.memory.case import Case

if TYPE_CHECKING:
    from training.fit import Batch
    from training.sections import Stage2Config
    from training.stage2.module import RefinerModule

_SIDE = 224


def write_random_prithvi(folder: Path) -> None:
    """Write the published Prithvi's file (a masked autoencoder for four dates), random weights."""
    import torch

    from gac_core.bundles.library import Library
    from gac_core.networks.prithvi import PrithviShape, build_prithvi
    from training.stage2.data import refiner_section

    config = settings()
    section = refiner_section(Library.default().find(config.models.bundle), config.models)
    shape = PrithviShape.from_dict(section["shape"])
    torch.manual_seed(0)
    state = {f"encoder.{k}": v for k, v in build_prithvi(shape).state_dict().items()}
    tokens = (shape.image_size // shape.patch_size) ** 2
    state["encoder.pos_embed"] = torch.zeros(1, 4 * tokens + 1, shape.embed_dim)
    state["decoder.mask_token"] = torch.zeros(1, 1, 512)
    torch.save(state, folder / section["weights"]["file"])


def settings(overrides: dict[str, Any] | None = None) -> Stage2Config:
    """Return the shipped settings for a 6 GB GPU, overridden by values by dotted key."""
    from training.config import load
    from training.fit.flags import DEFAULTS
    from training.sections import Stage2Config

    return load(Stage2Config, [*DEFAULTS, "train/stage2.lowvr"], overrides or {})


def build(folder: Path, overrides: dict[str, Any]) -> tuple[RefinerModule, Batch]:
    """Return stage 2 as its command line builds it, from the weights in a folder, and a batch."""
    from gac_core.bundles.library import Library
    from training.stage2.data import refiner_section
    from training.stage2.module import build_module

    config = settings(overrides)
    library = Library(Library.default().bundle_dirs, [folder])
    bundle = library.find(config.models.bundle)
    section = refiner_section(bundle, config.models)
    return build_module(bundle, library, section, config, base={}), random_batch()


def random_batch() -> Batch:
    """Return a sample of 224 by 224 pixels; opt_v1 is the real image, paler and noisier."""
    import torch

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
        "place": torch.tensor([[48.0, 16.0]]),
        "name": ["random"],
        "modality": ["S1GRD"],
    }


def _case(name: str, title: str, overrides: dict[str, Any]) -> Case:
    build_it = partial(build, overrides=overrides)
    return Case(name, title, "prithvi-600m", write_random_prithvi, build_it)


_KEPT = {"models.recompute": False}
_LORA = {"stage2.unfreeze_last": 0}
_HEAD = {**_LORA, "stage2.freeze_backbone": True}

CASES = (
    _case("stage2", "the defaults: 8 bits, LoRA rank 8, the last 2 blocks in full", {}),
    _case("stage2-kept", "the defaults, --no-recompute", _KEPT),
    _case("stage2-lora", "the defaults, --unfreeze-last 0", _LORA),
    _case("stage2-head", "the defaults, --unfreeze-last 0 --freeze-backbone", _HEAD),
    _case("stage2-full", "the defaults, --no-8bit", {"models.load_in_8bit": False}),
)
