"""Writes bundles of any size with random weights, by the real classes in the real formats."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from gac_core.bundles.card import FORMAT
from gac_core.io import sha256
from gac_core.networks.adapters import CROSS_ATTENTION, PRITHVI_ATTENTION, add_lora
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.critic import Critic, CriticShape
from gac_core.networks.prithvi import PrithviShape, build_prithvi, quantise_blocks
from gac_core.networks.refiner import HeadShape, RefinerHead
from gac_core.networks.terramind import OUTPUT, TerraMindShape, UNetShape, build_terramind
from gac_core.networks.weights import write_state

SHAPE = TerraMindShape(
    dim=64,
    encoder_depth=1,
    decoder_depth=2,
    num_heads=2,
    image_size=96,
    unet=UNetShape(model_channels=32, num_res_blocks=1, channel_mult=(1, 1)),
)
PRITHVI = PrithviShape(embed_dim=64, depth=2, num_heads=2, patch_size=16, image_size=96)
HEAD = HeadShape(layers=(0, 1), reduced=8, widths=(8, 16), depths=(1, 1), context=8)
BRIDGE = BridgeShape(reduced=8, widths=(8, 16), depths=(1, 1), context=8, steps=2)
CRITIC = CriticShape(reduced=8, width=8)

TITLE = "Tiny (random weights)"


def write_tiny_bundle(
    folder: Path, *, observed: bool | tuple[int, ...] = False, **changes: Any
) -> Path:
    """Write the bundle; `changes` replace entries of its card. Returns its folder.

    With `observed` its head and bridge, or those of the stages named, see which pixels were
    observed.
    """
    torch.manual_seed(0)
    folder.mkdir(parents=True)
    terramind = build_terramind(SHAPE)
    randomise(terramind.tokenizer[OUTPUT].decoder.out[-1])
    write_state(terramind.sampler.model, folder / "generator.safetensors")
    write_state(terramind.tokenizer[OUTPUT], folder / "tokenizer.safetensors")
    write_adapter(terramind, CROSS_ATTENTION, folder / "grounding")
    prithvi = build_prithvi(PRITHVI)
    write_state(prithvi, folder / "prithvi.safetensors")
    quantise_blocks(prithvi)
    write_adapter(prithvi, PRITHVI_ATTENTION, folder / "refining")
    sees = _stages(observed)
    head = RefinerHead(replace(HEAD, observed=2 in sees), PRITHVI.embed_dim)
    randomise(head.correct.out)
    randomise(head.correct.down[0].films[0])
    write_state(head, folder / "head.safetensors")
    bridge = Bridge(replace(BRIDGE, observed=3 in sees), SHAPE.dim)
    randomise(bridge.flow.out)
    write_state(bridge, folder / "bridge.safetensors")
    critic = Critic(CRITIC, SHAPE.dim)
    critic.reference.copy_(torch.linspace(-1, 1, len(critic.reference)))
    write_state(critic, folder / "critic.safetensors")
    card = {**tiny_card(folder, observed), **changes}
    (folder / "bundle.json").write_text(json.dumps(card))
    return folder


def _stages(observed: bool | tuple[int, ...]) -> tuple[int, ...]:
    if isinstance(observed, tuple):
        return observed
    return (2, 3) if observed else ()


def tiny_card(folder: Path, observed: bool | tuple[int, ...] = False) -> dict[str, Any]:
    """The card of the bundle in `folder`."""
    sees = _stages(observed)

    def weights(name: str) -> dict[str, str]:
        file = f"{name}.safetensors"
        return {"file": file, "sha256": sha256(folder / file)}

    return {
        "format": FORMAT,
        "name": folder.name,
        "title": TITLE,
        "kind": "trained",
        "licence": "none",
        "terramind": {
            "shape": asdict(SHAPE),
            "weights": {"generator": weights("generator"), "tokenizer": weights("tokenizer")},
        },
        "window": {"size": 96, "overlap": 32, "margin": 8, "decode": 96},
        "refiner": {
            "shape": PRITHVI.to_dict(),
            "weights": weights("prithvi"),
            "quantise": True,
            "adapter": "refining",
            "head": {
                "shape": replace(HEAD, observed=2 in sees).to_dict(),
                "weights": weights("head"),
            },
        },
        "grounding": {
            "adapter": "grounding",
            "bridge": {
                "shape": replace(BRIDGE, observed=3 in sees).to_dict(),
                "weights": weights("bridge"),
            },
            "critic": {"shape": CRITIC.to_dict(), "weights": weights("critic")},
        },
    }


def randomise(layer: nn.Module, std: float = 0.05) -> None:
    """Give a layer that starts at zero something to do."""
    nn.init.normal_(layer.weight, std=std)


def write_adapter(model: nn.Module, target: str, folder: Path) -> None:
    """Put a LoRA adapter with random weights on a model and save it in peft's format."""
    adapted = add_lora(model, target)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            nn.init.normal_(parameter, std=0.2)
    adapted.save_pretrained(str(folder))
