"""What a training of stage 3 leaves: the card's `grounding` section and its files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peft import PeftModel
from torch import nn

from gac_core.models.part import write_part
from gac_core.models.weights import write_state

ADAPTER, FUSION = "adapter", "fusion.safetensors"


def write_grounding_part(
    folder: Path,
    adapter: PeftModel | Path,
    use: Mapping[str, float],
    base: Mapping[str, Any],
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
    fusion: tuple[nn.Module, Mapping[str, int], float | None] | None = None,
) -> None:
    """Write adapter, fusion network and `part.json` into a folder that exists.

    Args:
        folder: Where to.
        adapter: What was trained, or the folder of an adapter that was.
        use: `strength` and `residual`.
        base: What the training built upon.
        training: How it was trained.
        scores: What it reached.
        fusion: The network, its shape, and the detail that it is kept to; None: none.
    """
    if isinstance(adapter, Path):
        shutil.copytree(adapter, folder / ADAPTER, dirs_exist_ok=True)
    else:
        adapter.save_pretrained(str(folder / ADAPTER))
        # peft adds a form of a model card, which nobody fills in.
        (folder / ADAPTER / "README.md").unlink(missing_ok=True)
    section: dict[str, Any] = {"adapter": ADAPTER, **use}
    if fusion is not None:
        network, shape, detail = fusion
        write_state(network, folder / FUSION)
        section["fusion"] = {"shape": dict(shape), "weights": {"file": FUSION}, "detail": detail}
    write_part(folder, 3, section, base, training, scores)
