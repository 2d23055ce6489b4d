"""Scores of a run over the demo scene against the simulated optical image.

    gac run resources/demo_scene/demo_s1.tif --out build/scene
    python -m training.demo.scene_scores build/scene

The scene's seed is in no training. Its truth is an average day, without the variation of haze and
light of the simulated pairs: it is easier than those, and much easier than real places.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio

from gac_core.band_statistics import OUTPUT_INDEX
from training.demo.make_scene import simulate_truth
from training.scores.pixels import psnr, sam


def scene_scores(run: Path) -> dict[str, dict[str, float]]:
    """Return PSNR (dB) and SAM (degrees) of each stage of a run, and of the truth's mean.

    Args:
        run: Folder of a run over the whole demo scene.
    """
    truth = simulate_truth()[list(OUTPUT_INDEX)].astype(np.float64)
    images = {"mean of the truth": np.broadcast_to(truth.mean((1, 2), keepdims=True), truth.shape)}
    for path in sorted(run.glob("opt_v[123].tif")):
        with rasterio.open(path) as file:
            images[path.stem] = file.read().astype(np.float64)
    valid = np.ones(truth.shape[1:], bool)
    return {
        name: {"psnr": psnr(image, truth, valid), "sam": sam(image, truth, valid)}
        for name, image in images.items()
    }


def main() -> None:
    """Score a run given on the command line."""
    parser = argparse.ArgumentParser(description="Score a run over the demo scene.")
    parser.add_argument("run", type=Path, help="folder of `gac run`'s results")
    for name, scores in scene_scores(parser.parse_args().run).items():
        print(f"{name}: PSNR {scores['psnr']:.2f} dB, SAM {scores['sam']:.2f}°")


if __name__ == "__main__":
    main()
