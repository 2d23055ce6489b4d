"""Training of the demo bundle from scratch.

    python -m training.demo.train --data-dir ../shared/data --out resources/bundles/demo

Each step writes its files to the build folder and is skipped if they exist, so an interrupted
training resumes with its last step.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from gac_core.bundles.card import read_evaluation
from gac_core.contract.layout import CARD
from gac_core.io import sha256
from training.console import flush_lines
from training.data import open_source, read_biomes
from training.data.split import ROLES, card_history
from training.demo import examples, generator, grounding, recipe, refiner
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

RESULTS = "steps.json"


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


def train(build: Build) -> dict[str, Any]:
    """Run all steps in turn.

    Returns:
        By step, its validation (or choice) and its duration in seconds.
    """
    record = _Record(build)
    record.step("patch code", generator.train_patch_code)
    record.step("tokenizer", generator.train_tokenizer)
    record.step("generator, simulated", generator.train_on_simulated)
    record.step("generator", generator.train_generator)
    weights = build.card["terramind"]["weights"]
    weights["generator"] = build.weight(generator.GENERATOR_FILE)
    weights["tokenizer"] = build.weight(generator.TOKENIZER_FILE)
    record.step("generators, folds", generator.train_for_folds)
    record.step("opt_v1", examples.make_opt_v1)

    record.step("refiner, base", refiner.train_base)
    build.card["refiner"] = {
        "shape": recipe.PRITHVI.to_dict(),
        "weights": build.weight(refiner.PRITHVI_FILE),
        "quantise": True,
        "head": {"shape": recipe.HEAD.to_dict(), "weights": build.weight(refiner.BASE_HEAD_FILE)},
    }
    record.step("refiner, adapter", refiner.train_refiner)
    build.card["refiner"]["adapter"] = refiner.ADAPTER
    build.card["refiner"]["head"] = {
        "shape": recipe.HEAD.to_dict(),
        "weights": build.weight(refiner.HEAD_FILE),
    }
    record.step("refiners, folds", refiner.train_for_folds)
    record.step(
        "opt_v2", lambda s: examples.make_opt_v2(s, lambda fold: refiner.with_refiner(s, fold))
    )

    record.step("bridge", grounding.train_bridge)
    build.card["grounding"] = {
        "adapter": grounding.ADAPTER,
        "bridge": {
            "shape": replace(recipe.BRIDGE, noise=recipe.USED_NOISE).to_dict(),
            "weights": build.weight(grounding.FILE),
        },
        "critic": {
            "shape": recipe.CRITIC.to_dict(),
            "weights": build.weight(grounding.ADVERSARY_FILE),
        },
    }
    record.step("critic", grounding.train_critic)
    build.card["grounding"]["critic"]["weights"] = build.weight(grounding.CRITIC_FILE)
    return record.done


class _Record:
    """Record of the completed steps, stored in the build folder."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._path = build.folder / RESULTS
        self.done: dict[str, Any] = {}
        if self._path.is_file():
            self.done = json.loads(self._path.read_text(encoding="utf-8"))

    def step(self, name: str, work: Callable[[Build], Any]) -> Any:
        """Run a step unless it is done; return its result."""
        if name not in self.done:
            print(f"== {name}")
            began = time.monotonic()
            result = work(self._build)
            self.done[name] = {"result": result, "seconds": round(time.monotonic() - began)}
            text = json.dumps(self.done, indent=1)
            self._path.write_text(text + "\n", encoding="utf-8")
        return self.done[name]["result"]


def main() -> None:
    """Train and pack the bundle as given on the command line."""
    flush_lines()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/data"))
    parser.add_argument("--build-dir", type=Path, default=Path("build/demo"))
    parser.add_argument("--out", type=Path, default=Path("resources/bundles/demo"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--effort", type=float, default=1.0, help="share of the optimiser steps")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    build = Build(args.data_dir, args.build_dir, args.effort)
    steps = train(build)
    pack(build, steps, args.out)


if __name__ == "__main__":
    main()
