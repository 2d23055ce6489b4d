"""What a training of stage 3 leaves: the card's `grounding` section and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from peft import PeftModel

from gac_core.models.bridge import Bridge
from gac_core.models.critic import Critic
from gac_core.models.part import write_part
from gac_core.models.weights import write_state

ADAPTER, BRIDGE, CRITIC = "adapter", "bridge.safetensors", "critic.safetensors"


def write_grounding_part(
    folder: Path,
    adapter: PeftModel,
    bridge: Bridge,
    critic: Critic | None,
    steps: int,
    base: Mapping[str, Any],
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> None:
    """Write adapter, bridge and `part.json` into a folder that exists.

    Args:
        folder: Where to.
        adapter: What was trained on TerraMind.
        bridge: What was trained with it.
        critic: What it was trained against; None: nothing.
        steps: In which it is crossed, unless a run asks for another number.
        base: What the training built upon.
        training: How it was trained.
        scores: What it reached.
    """
    adapter.save_pretrained(str(folder / ADAPTER))
    # peft adds a form of a model card, which nobody fills in.
    (folder / ADAPTER / "README.md").unlink(missing_ok=True)
    write_state(bridge, folder / BRIDGE)
    section: dict[str, Any] = {
        "adapter": ADAPTER,
        "bridge": {
            "shape": replace(bridge.shape, steps=steps).to_dict(),
            "weights": {"file": BRIDGE},
        },
    }
    if critic is not None:
        write_state(critic, folder / CRITIC)
        section["critic"] = {"shape": critic.shape.to_dict(), "weights": {"file": CRITIC}}
    write_part(folder, 3, section, base, training, scores)
