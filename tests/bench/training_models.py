"""Full-size stages 2 and 3 with random weights in the published formats.

Models are imported lazily to keep the process that only lists the cases small.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core.bundles.library import Library, engine_root
from gac_core.contract.layout import CARD

if TYPE_CHECKING:
    from training.fit import Batch, StageModule
    from training.sections import Stage2Config
    from training.stage2.refiner_module import RefinerModule
    from training.stage3.ground_module import GroundModule

_SIDE = 224


@dataclass(frozen=True)
class Case:
    """Case to measure.

    Weights may be random: memory and time do not depend on their values.

    Attributes:
        name: Short name for the command line: `stage2`, `stage3-large`.
        title: Title in the table.
        weights: Key of the weight files; cases with the same key share them.
        write: Writes the weight files for `build`, in the published formats, to an empty folder.
            Runs in its own process.
        build: Returns the module as its command line builds it, on the CPU, and a batch of one
            sample at full size.
    """

    name: str
    title: str
    weights: str
    write: Callable[[Path], None]
    build: Callable[[Path], tuple[StageModule, Batch]]


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


def build_refiner(folder: Path, overrides: dict[str, Any]) -> tuple[RefinerModule, Batch]:
    """Return stage 2 as its command line builds it, from the weights in a folder, and a batch."""
    from gac_core.bundles.library import Library
    from training.stage2.data import refiner_section
    from training.stage2.refiner_module import build_module

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


def _refiner_case(name: str, title: str, overrides: dict[str, Any]) -> Case:
    build_it = partial(build_refiner, overrides=overrides)
    return Case(name, title, "prithvi-600m", write_random_prithvi, build_it)


_KEPT = {"models.recompute": False}
_LORA = {"stage2.unfreeze_last": 0}
_HEAD = {**_LORA, "stage2.freeze_backbone": True}


def write_random_terramind(folder: Path, size: str) -> None:
    """Write TerraMind and its tokenizer with random weights, as the published files, and a card.

    The shipped card pins the hashes of the real ones.

    The library initialises the tokenizer's last convolution to zero; it gets random values here,
    otherwise no layer before it would have a gradient.
    """
    import torch

    from gac_core.networks.terramind import OUTPUT, TerraMindShape, build_terramind

    shipped = engine_root() / "resources" / "bundles" / _bundle(size) / CARD
    card = json.loads(shipped.read_text(encoding="utf-8"))
    section = card["terramind"]
    torch.manual_seed(0)
    model = build_terramind(TerraMindShape.from_dict(section["shape"]), with_encoder=True)
    torch.nn.init.normal_(model.tokenizer[OUTPUT].decoder.out[-1].weight, std=0.02)
    weights = section["weights"]
    torch.save(model.sampler.model.state_dict(), folder / weights["generator"]["file"])
    torch.save(model.tokenizer[OUTPUT].state_dict(), folder / weights["tokenizer"]["file"])
    for weight in weights.values():
        weight.pop("reported_sha256", None)
        weight["sha256"] = None
    (folder / _bundle(size)).mkdir()
    (folder / _bundle(size) / CARD).write_text(json.dumps(card), encoding="utf-8")


def library_in(folder: Path) -> Library:
    """Return a library whose weights, and cards if it has any, are those of a folder."""
    return Library([folder, *Library.default().bundle_dirs], [folder])


def build_grounding(folder: Path, size: str, *, recompute: bool) -> tuple[GroundModule, Batch]:
    """Return stage 3 as its command line prepares it, from the weights in a folder, and a batch."""
    from training.sections import ModelsSection, Stage3Config
    from training.stage3.ground_module import prepare

    library = library_in(folder)
    config = Stage3Config(models=ModelsSection(recompute=recompute))
    return prepare(library.find(_bundle(size)), library, config, {}), random_batch()


def _bundle(size: str) -> str:
    return f"terramind-{size}"


def _grounding_case(name: str, title: str, size: str, *, recompute: bool = True) -> Case:
    return Case(
        name,
        title,
        _bundle(size),
        partial(write_random_terramind, size=size),
        partial(build_grounding, size=size, recompute=recompute),
    )


CASES = (
    _refiner_case("stage2", "the defaults: 8 bits, LoRA rank 8, the last 2 blocks in full", {}),
    _refiner_case("stage2-kept", "the defaults, --no-recompute", _KEPT),
    _refiner_case("stage2-lora", "the defaults, --unfreeze-last 0", _LORA),
    _refiner_case("stage2-head", "the defaults, --unfreeze-last 0 --freeze-backbone", _HEAD),
    _refiner_case("stage2-full", "the defaults, --no-8bit", {"models.load_in_8bit": False}),
    _grounding_case(
        "stage3-base", "TerraMind base, LoRA rank 8 on cross-attention, bridge", "base"
    ),
    _grounding_case("stage3-base-kept", "the same, --no-recompute", "base", recompute=False),
    _grounding_case(
        "stage3-large", "TerraMind large, LoRA rank 8 on cross-attention, bridge", "large"
    ),
    _grounding_case("stage3-large-kept", "the same, --no-recompute", "large", recompute=False),
)
