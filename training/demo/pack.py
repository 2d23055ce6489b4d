"""Puts the finished bundle together: weights in half precision, hashes, scores, the card."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from gac_core.models.card import CARD, read_bundle
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.weights import sha256
from training.demo import recipe
from training.demo.evaluate import Table, evaluate, print_table
from training.demo.split import tiles_of
from training.demo.workshop import Workshop

ATTRIBUTION = [
    "Contains modified Copernicus Sentinel data (2017-2022).",
    "BigEarthNet v2 patches through GEO-Bench-2 (Apache-2.0).",
    "SSL4EO-S12 patch 0000200 through rico-hdl's test data (MIT).",
    "WorldCereal time series through presto-worldcereal's test data.",
    "Simulated pairs by training/demo/simulate.py (GPL-2.0-or-later).",
]
_ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
_PICTURE = "held_out.png"


def pack(shop: Workshop, steps: dict[str, Any], out: Path) -> Table:
    """Write the bundle to a folder and score what was written.

    Args:
        shop: The build folder and its card.
        steps: What each training step reached and how long it took.
        out: The bundle's folder; what it held is replaced.

    Returns:
        The mean scores on the held-out tiles.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    card = json.loads(json.dumps(shop.card))
    for weight in _weights(card):
        halves = {
            name: t.half() if t.is_floating_point() else t
            for name, t in load_file(shop.folder / weight["file"]).items()
        }
        save_file(halves, out / weight["file"])
        weight["sha256"] = sha256(out / weight["file"])
    for adapter in (card["refiner"]["adapter"], card["grounding"]["adapter"]):
        (out / adapter).mkdir()
        for file in _ADAPTER_FILES:
            shutil.copyfile(shop.folder / adapter / file, out / adapter / file)
    card["attribution"] = ATTRIBUTION
    card["training"] = _training(shop, steps)
    _write(out, card)
    models = Models(read_bundle(out), Library.default(), torch.device("cpu"))
    table, each = evaluate(models, shop.data_dir, "test", shop.folder / _PICTURE)
    card["scores"] = {
        "what": (
            f"Means over {len(each)} images of {len(tiles_of('test'))} tiles that took no part in "
            "training. PSNR in dB and SSIM for a range of 10000 DN, SAM in degrees, GAC: agreement "
            "of edges with the radar's."
        ),
        "tiles": tiles_of("test"),
        "timesteps": [recipe.TIMESTEPS_1, recipe.TIMESTEPS_3],
        "mean": table,
        "not earned": not_earned(table),
    }
    _write(out, card)
    print_table(table)
    print(f"{out}: {sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB")
    return table


def not_earned(table: Table) -> list[str]:
    """What a stage makes worse than the stage before, in words; empty where none does."""
    found = []
    for earlier, later in (("opt_v1", "opt_v2"), ("opt_v2", "opt_v3")):
        for key, sign in (("psnr", 1), ("ssim", 1), ("sam", -1)):
            before, after = table[earlier][key], table[later][key]
            if sign * after < sign * before:
                found.append(f"{later} is worse than {earlier} in {key}: {after} after {before}")
    return found


def _weights(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *card["terramind"]["weights"].values(),
        card["refiner"]["weights"],
        card["refiner"]["head"]["weights"],
        card["grounding"]["fusion"]["weights"],
    ]


def _training(shop: Workshop, steps: dict[str, Any]) -> dict[str, Any]:
    return {
        "command": "python -m training.demo.train --data-dir DATA --out resources/bundles/demo",
        "effort": shop.effort,
        "commit": _commit(),
        "seed": recipe.SEED,
        "minutes": round(sum(step["seconds"] for step in steps.values()) / 60),
        "machine": f"{platform.machine()} CPU, {torch.get_num_threads()} threads, shared",
        "tiles": {"train": tiles_of("train"), "stop": tiles_of("stop"), "test": tiles_of("test")},
        "real pairs": {"train": len(shop.train), "stop": len(shop.stop)},
        "simulated pairs": 2 * recipe.SIMULATED,
        "notes": [
            "All networks start from random weights; no published weights are used.",
            "The S1RTC input saw the same GRD data, raised by 1 dB: real RTC was not at hand.",
            "The tokenizer's encoder is linear (principal components) and not shipped.",
            "Weights are stored in half precision; they compute in single precision.",
        ],
    }


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def _write(out: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    (out / CARD).write_text(text + "\n", encoding="utf-8")
