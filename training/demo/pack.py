"""Packing of the finished bundle: half-precision weights, hashes, scores, card."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from gac_core.bundles.card import read_evaluation
from gac_core.contract.layout import CARD
from gac_core.io import sha256
from training.data import open_source, read_biomes
from training.data.split import ROLES, card_history
from training.demo import recipe
from training.demo.build import CODES, Build
from training.demo.pairs import TABLE, tiles_of
from training.evaluation.baselines import Baselines
from training.evaluation.page import SCORES_JSON, write_files
from training.evaluation.report import Report
from training.evaluation.run import Options, evaluate_bundle

ATTRIBUTION = [
    "Contains modified Copernicus Sentinel data (2015-2022).",
    "BigEarthNet v2 patches through GEO-Bench-2 (Apache-2.0).",
    "BigEarthNet v1 patches through ConfigILM and bigearthnet-common (CDLA-Permissive-1.0).",
    "SSL4EO-S12 patch 0000200 through rico-hdl's test data (MIT).",
    "SEN12MS-CR patches through Oriolac/cloud-removal (CC-BY 4.0).",
    "Sen1Floods11 chip Spain_7370579 through cloudtostreet/Sen1Floods11.",
    "BioMassters chips through three public repositories (CC-BY 4.0).",
    "WorldCereal time series through presto-worldcereal's test data.",
    "WorldCereal inputs and samples through worldcereal-classification (MIT).",
    "Simulated pairs by training/demo/sensors.py (GPL-2.0-or-later).",
]
_ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
_SCORES = "scores"


def pack(build: Build, steps: dict[str, Any], out: Path) -> Report:
    """Write the bundle to a folder, and score it.

    Args:
        build: Build folder and its card.
        steps: Result and duration of each training step.
        out: Folder of the bundle; its content is replaced.

    Returns:
        The scores on the held-out tiles.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    card = json.loads(json.dumps(build.card))
    for weight in _weights(card):
        halves = {
            name: t.half() if t.is_floating_point() else t
            for name, t in load_file(build.folder / weight["file"]).items()
        }
        save_file(halves, out / weight["file"])
        weight["sha256"] = sha256(out / weight["file"])
    # Codes are rounded numbers: in half precision they would become other tokens.
    shutil.copyfile(build.folder / CODES, out / CODES)
    card["terramind"]["codes"] = {"file": CODES, "sha256": sha256(out / CODES)}
    for adapter in (card["refiner"]["adapter"], card["grounding"]["adapter"]):
        (out / adapter).mkdir()
        for file in _ADAPTER_FILES:
            shutil.copyfile(build.folder / adapter / file, out / adapter / file)
    card["attribution"] = ATTRIBUTION
    card["training"] = _training(build, steps)
    _write(out, card)
    report = score(out, build.data_dir, build.folder / _SCORES)
    print(f"{out}: {sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB")
    return report


def score(bundle: Path, data_dir: Path, results: Path) -> Report:
    """Score a bundle on the held-out tiles as `training.evaluate` does, and update its card.

    Args:
        bundle: Folder of the bundle.
        data_dir: Folder of the real pairs and their table.
        results: Output folder of the evaluation.
    """
    source = open_source(data_dir, biomes=read_biomes(TABLE), on_bad="skip")
    card = json.loads((bundle / CARD).read_text(encoding="utf-8"))
    trained = [i for i, tile in enumerate(source.tiles) if tile in set(tiles_of("train"))]
    fitted = Baselines.fit(source.read(i) for i in trained)
    if fitted is not None:
        card["training"]["baselines"] = fitted.to_card()
        _write(bundle, card)
    report = evaluate_bundle(
        bundle,
        source,
        tiles_of("test"),
        options=Options(
            command=(
                "python -m training.evaluate --data-dir DATA --biomes training/demo/roles.csv "
                "--tiles test"
            ),
            data="held-out tiles",
        ),
    )
    write_files(report, results)
    card["scores"] = dict(read_evaluation(results / SCORES_JSON).scores)
    _write(bundle, card)
    return report


def _weights(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *card["terramind"]["weights"].values(),
        card["refiner"]["weights"],
        card["refiner"]["head"]["weights"],
        card["grounding"]["bridge"]["weights"],
        card["grounding"]["critic"]["weights"],
    ]


def _training(build: Build, steps: dict[str, Any]) -> dict[str, Any]:
    return {
        "command": "python -m training.demo.train --data-dir DATA --out resources/bundles/demo",
        "effort": build.effort,
        "commit": _commit(),
        "seed": recipe.SEED,
        "minutes": round(sum(step["seconds"] for step in steps.values()) / 60),
        "machine": f"{platform.machine()} CPU, {torch.get_num_threads()} threads, shared",
        **_history(build.data_dir),
        "real pairs": {"train": len(build.train), "stop": len(build.stop)},
        "simulated pairs": recipe.SIMULATED + recipe.SIMULATED_LATER,
        "notes": [
            "All networks start from random weights; no published weights are used.",
            "The S1RTC input saw the same GRD data, raised by 1 dB: real RTC was not at hand.",
            "The tokenizer's encoder is linear (principal components).",
            "The last steps of stage 2 train on the stopping tiles too.",
            "Level 1C images were brought near level 2A by their dark objects.",
            "Weights are stored in half precision; they compute in single precision.",
        ],
    }


def _history(data_dir: Path) -> dict[str, Any]:
    """Return the tiles by role, and the places of the training and validation pairs."""
    roles = {tile: role for role in ROLES for tile in tiles_of(role)}
    source = open_source(data_dir, on_bad="skip")
    used = [i for i, tile in enumerate(source.tiles) if roles.get(tile) in ("train", "val")]
    return card_history(source, used, roles)


def _commit() -> str:
    result = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return result.stdout.strip() or "unknown"


def _write(out: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    (out / CARD).write_text(text + "\n", encoding="utf-8")
