"""Scores of a bundle on tiles that it has not seen, beside the baselines, and pictures of it.

python -m training.demo.evaluate --data-dir ../shared/data --bundle resources/bundles/demo
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.card import read_bundle
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.score import gac_score
from training.demo import recipe
from training.demo.baselines import Baselines
from training.demo.noise import Array
from training.demo.pairs import Pair, read_pairs
from training.demo.scores import score
from training.demo.split import Role
from training.engine import run_stages

Table = dict[str, dict[str, float]]

_WHITE = 2500.0
"""DN shown as white."""


def images_of(models: Models, baselines: Baselines, pair: Pair) -> dict[str, Array]:
    """The images of a pair that are scored, (4, H, W) DN, by their names."""
    timesteps = recipe.TIMESTEPS_1, recipe.TIMESTEPS_3
    opt_v1, *later = run_stages(models, pair.s1, pair.month, pair.biome, timesteps=timesteps)
    shown = (opt_v1[list(OUTPUT_INDEX)], *later)
    named = {f"opt_v{i}": image for i, image in enumerate(shown, start=1)}
    return {**baselines.images(pair.s1), **named}


def evaluate(
    models: Models, data_dir: Path, role: Role, pictures: Path | None = None
) -> tuple[Table, list[Table]]:
    """Mean scores over the real pairs of a role, and those of each pair.

    Args:
        models: The bundle's networks.
        data_dir: Real pairs and their table.
        role: Which pairs.
        pictures: Where to write a picture of all of them, or None.
    """
    baselines = Baselines.fit(read_pairs(data_dir, "train"))
    each: list[Table] = []
    rows = []
    for pair in read_pairs(data_dir, role):
        images = images_of(models, baselines, pair)
        real = pair.s2[list(OUTPUT_INDEX)]
        found = {name: score(pair.s1, image, real) for name, image in images.items()}
        each.append({**found, "real": {"gac": gac_score(pair.s1, real)}})
        rows.append(picture_row(pair.s1, [images[f"opt_v{i}"] for i in (1, 2, 3)] + [real]))
        line = ", ".join(f"v{i} {each[-1][f'opt_v{i}']['psnr']:.2f} dB" for i in (1, 2, 3))
        print(f"{pair.name}: {line}", flush=True)
    if pictures is not None:
        width = max(row.shape[1] for row in rows)
        padded = [np.pad(row, ((0, 4), (0, width - row.shape[1]), (0, 0))) for row in rows]
        Image.fromarray(np.concatenate(padded)).save(pictures)
    return mean_table(each), each


def mean_table(each: list[Table]) -> Table:
    """Mean of each score; one that is undefined for an image does not count for it."""
    return {
        name: {key: _mean([table[name][key] for table in each]) for key in scores}
        for name, scores in each[0].items()
    }


def _mean(values: list[float]) -> float:
    finite = [v for v in values if np.isfinite(v)]
    return round(float(np.mean(finite)), 3) if finite else 0.0


def picture_row(s1: Array, optical: list[Array]) -> Array:
    """Radar and optical images side by side, (H, W', 3) bytes: VV grey, then true colour."""
    grey = ((s1[0] + 22) / 20).clip(0, 1)
    parts = [np.repeat(grey[:, :, None], 3, axis=2)]
    for image in optical:
        parts.append((image[[2, 1, 0]].transpose(1, 2, 0) / _WHITE).clip(0, 1) ** 0.7)
    gap = np.zeros((s1.shape[1], 4, 3))
    spaced = [x for part in parts for x in (part, gap)]
    return (np.concatenate(spaced, axis=1) * 255).astype(np.uint8)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/data"))
    parser.add_argument("--bundle", type=Path, default=Path("resources/bundles/demo"))
    parser.add_argument("--role", choices=("train", "stop", "test"), default="test")
    parser.add_argument("--pictures", type=Path)
    args = parser.parse_args()
    models = Models(read_bundle(args.bundle), Library.default(), torch.device("cpu"))
    table, _ = evaluate(models, args.data_dir, args.role, args.pictures)
    print_table(table)


def print_table(table: Table) -> None:
    """The table as text."""
    for name, values in table.items():
        print(f"{name:22}" + "  ".join(f"{k} {v:7.3f}" for k, v in values.items()))


if __name__ == "__main__":
    main()
