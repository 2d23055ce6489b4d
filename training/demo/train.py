"""Training of the demo bundle from scratch.

    python -m training.demo.train --data-dir ../shared/data --out resources/bundles/demo

Each step writes its files to the build folder and is skipped if they exist, so an interrupted
training resumes with its last step.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from training.console import flush_lines
from training.demo import examples, generator, grounding, recipe, refiner, tokenizer
from training.demo.build import Build
from training.demo.pack import pack

RESULTS = "steps.json"


def train(build: Build) -> dict[str, Any]:
    """Run all steps in turn.

    Returns:
        By step, its validation (or choice) and its duration in seconds.
    """
    record = _Record(build)
    record.step("patch code", tokenizer.train_patch_code)
    record.step("tokenizer", tokenizer.train_tokenizer)
    record.step("generator, simulated", generator.train_on_simulated)
    record.step("generator", generator.train_generator)
    weights = build.card["terramind"]["weights"]
    weights["generator"] = build.weight(generator.FILE)
    weights["tokenizer"] = build.weight(tokenizer.FILE)
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
    build.card["refiner"]["head"]["weights"] = build.weight(refiner.HEAD_FILE)
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
