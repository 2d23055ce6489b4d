"""Writes full-size networks with random weights under the published names, in their formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from gac_core.bundles.library import engine_root
from gac_core.io import sha256
from gac_core.networks.adapters import CROSS_ATTENTION, PRITHVI_ATTENTION
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.prithvi import PrithviShape, build_prithvi, quantise_blocks
from gac_core.networks.refiner import HeadShape, RefinerHead
from gac_core.networks.terramind import OUTPUT, TerraMindShape, build_terramind
from gac_core.networks.weights import write_state
from tests.core.tiny import randomise, write_adapter

PRITHVI_600M = PrithviShape(embed_dim=1280, depth=32, num_heads=16, patch_size=14)
HEAD = HeadShape(layers=(7, 15, 23, 31))
PRITHVI_FILE = "Prithvi_EO_V2_600M.pt"


def card_of(name: str) -> dict[str, Any]:
    """The card of a bundle that GAC ships, for weights that are not the published ones."""
    path = engine_root() / "resources" / "bundles" / name / "bundle.json"
    card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for weight in card["terramind"]["weights"].values():
        weight["sha256"] = None
    return card


def save_card(name: str, folder: Path) -> Path:
    """A folder with that card alone."""
    folder.mkdir()
    (folder / "bundle.json").write_text(json.dumps(card_of(name)), encoding="utf-8")
    return folder


def save_published(card: dict[str, Any], folder: Path) -> None:
    """Random TerraMind and tokenizer weights under the published names, as .pt files."""
    shape = TerraMindShape.from_dict(card["terramind"]["shape"])
    model = build_terramind(shape, with_encoder=True)
    randomise(model.tokenizer[OUTPUT].decoder.out[-1], 0.02)
    weights = card["terramind"]["weights"]
    state = dict(model.sampler.model.state_dict())
    # The published file serves modalities that GAC does not build.
    state["encoder_embeddings.untok_dem@224.mod_emb"] = torch.zeros(1, 1, shape.dim)
    state["decoder_embeddings.tok_lulc@224.mod_emb"] = torch.zeros(1, 1, shape.dim)
    torch.save(state, folder / weights["generator"]["file"])
    torch.save(model.tokenizer[OUTPUT].state_dict(), folder / weights["tokenizer"]["file"])


def save_prithvi(folder: Path, shape: PrithviShape = PRITHVI_600M) -> None:
    """Random weights of a Prithvi under the name that the 600M is published by, as a .pt file."""
    state = {f"encoder.{k}": v for k, v in build_prithvi(shape).state_dict().items()}
    # The published checkpoint is a masked autoencoder for four dates.
    tokens = (shape.image_size // shape.patch_size) ** 2
    state["encoder.pos_embed"] = torch.zeros(1, 4 * tokens + 1, shape.embed_dim)
    state["decoder.mask_token"] = torch.zeros(1, 1, 512)
    torch.save(state, folder / PRITHVI_FILE)


def save_trained(card: dict[str, Any], folder: Path) -> None:
    """A bundle of published models with adapters, head and bridge: what training will make.

    Args:
        card: Of the published bundle; what is trained is put into it.
        folder: Where the bundle is written; the published weights lie elsewhere.
    """
    shape = TerraMindShape.from_dict(card["terramind"]["shape"])
    write_adapter(build_terramind(shape), CROSS_ATTENTION, folder / "grounding")
    prithvi = build_prithvi(PRITHVI_600M)
    quantise_blocks(prithvi)
    write_adapter(prithvi, PRITHVI_ATTENTION, folder / "refining")
    head = RefinerHead(HEAD, PRITHVI_600M.embed_dim)
    randomise(head.correct.out)
    write_state(head, folder / "head.safetensors")
    bridge = Bridge(BridgeShape(), shape.dim)
    randomise(bridge.flow.out)
    write_state(bridge, folder / "bridge.safetensors")
    card["kind"] = "trained"
    card["refiner"] = {
        "shape": PRITHVI_600M.to_dict(),
        "weights": {"file": PRITHVI_FILE, "repo": "ibm-nasa-geospatial/Prithvi-EO-2.0-600M"},
        "quantise": True,
        "adapter": "refining",
        "head": {
            "shape": HEAD.to_dict(),
            "weights": {
                "file": "head.safetensors",
                "sha256": sha256(folder / "head.safetensors"),
            },
        },
    }
    card["grounding"] = {
        "adapter": "grounding",
        "bridge": {
            "shape": BridgeShape().to_dict(),
            "weights": {
                "file": "bridge.safetensors",
                "sha256": sha256(folder / "bridge.safetensors"),
            },
        },
    }
    (folder / "bundle.json").write_text(json.dumps(card), encoding="utf-8")
