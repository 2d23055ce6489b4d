"""Output of stage-3 training: the card's `grounding` section and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from peft import PeftModel

from gac_core.bundles.part import write_part
from gac_core.networks.bridge import Bridge
from gac_core.networks.critic import Critic
from gac_core.networks.weights import write_state

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
    """Write adapter, bridge, critic and `part.json` to an existing folder.

    Args:
        folder: Output folder.
        adapter: Trained adapter of TerraMind.
        bridge: Trained bridge.
        critic: Trained critic; None: no adversary.
        steps: Default number of steps of the bridge.
        base: Identity of the base models.
        training: Training record.
        scores: Validation scores.
    """
    adapter.save_pretrained(str(folder / ADAPTER))
    # peft adds a model card template that nobody fills in.
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
