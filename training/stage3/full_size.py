"""Full-size stage 3 with random weights in the published format, for measurements and tests.

Models are imported lazily to keep the process that only lists the cases small.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gac_core.bundles.library import Library, engine_root
from gac_core.contract.layout import CARD
from training.memory.case import Case
from training.stage2.full_size import random_batch

if TYPE_CHECKING:
    from training.fit import Batch
    from training.stage3.module import GroundModule


def write_random_terramind(folder: Path, size: str) -> None:
    """Write TerraMind and its tokenizer with random weights, as the published files.

    The library initialises the tokenizer's last convolution to zero; it gets random values here,
    otherwise no layer before it would have a gradient.
    """
    import torch

    from gac_core.networks.terramind import OUTPUT, TerraMindShape, build_terramind

    card = json.loads((engine_root() / "resources" / "bundles" / _bundle(size) / CARD).read_text())
    section = card["terramind"]
    torch.manual_seed(0)
    model = build_terramind(TerraMindShape.from_dict(section["shape"]), with_encoder=True)
    torch.nn.init.normal_(model.tokenizer[OUTPUT].decoder.out[-1].weight, std=0.02)
    weights = section["weights"]
    torch.save(model.sampler.model.state_dict(), folder / weights["generator"]["file"])
    torch.save(model.tokenizer[OUTPUT].state_dict(), folder / weights["tokenizer"]["file"])


def build(folder: Path, size: str, *, recompute: bool) -> tuple[GroundModule, Batch]:
    """Return stage 3 as its command line prepares it, from the weights in a folder, and a batch."""
    from training.sections import ModelsSection, Stage3Config
    from training.stage3.prepare import prepare

    library = Library(Library.default().bundle_dirs, [folder])
    config = Stage3Config(models=ModelsSection(recompute=recompute))
    return prepare(library.find(_bundle(size)), library, config, {}), random_batch()


def _bundle(size: str) -> str:
    return f"terramind-{size}"


def _case(name: str, title: str, size: str, *, recompute: bool = True) -> Case:
    return Case(
        name,
        title,
        _bundle(size),
        partial(write_random_terramind, size=size),
        partial(build, size=size, recompute=recompute),
    )


CASES = (
    _case("stage3-base", "TerraMind base, LoRA rank 8 on cross-attention, bridge", "base"),
    _case("stage3-base-kept", "the same, --no-recompute", "base", recompute=False),
    _case("stage3-large", "TerraMind large, LoRA rank 8 on cross-attention, bridge", "large"),
    _case("stage3-large-kept", "the same, --no-recompute", "large", recompute=False),
)
