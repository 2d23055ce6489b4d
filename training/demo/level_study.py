"""What tells the level of a place: an ablation of the regression's features.

    python -m training.demo.level_study --data-dir ../shared/data

Each real pair of the tiles that train or stop the training is given one flat colour, by a
regression that has not seen its tile, and the flat image is scored against the real one. Test tiles
are not looked at.
"""

from __future__ import annotations

import argparse
import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from gac_core.bands import BIOMES, OUTPUT_INDEX
from gac_core.models.level import FEATURES
from gac_core.models.radiometry import from_root
from training.demo.examples import Example
from training.demo.pairs import Pair, read_pairs
from training.scores.pixels import biases, psnr, sam
from training.stage2.level import unseen_residuals

_BIOMES = len(BIOMES) - 1
_SEASON = FEATURES - _BIOMES - 6
_SQUARES = _SEASON - 3

GROUPS = {
    "radar's mean": (0, 1),
    "radar's distribution": tuple(range(_SQUARES)),
    "its squares": tuple(range(_SQUARES, _SEASON)),
    "season": tuple(range(_SEASON, _SEASON + 6)),
    "biome": tuple(range(_SEASON + 6, FEATURES)),
    "place": tuple(range(FEATURES, FEATURES + 4)),
}
"""Columns of the features, the place's behind those that the regression has."""

ROWS = {
    "nothing (mean of the other tiles)": (),
    "radar's mean": ("radar's mean",),
    "radar's distribution": ("radar's distribution",),
    "… and squares": ("radar's distribution", "its squares"),
    "… and season": ("radar's distribution", "its squares", "season"),
    "… and biome (as stage 2 has it)": ("radar's distribution", "its squares", "season", "biome"),
    "… and place": ("radar's distribution", "its squares", "season", "biome", "place"),
    "all but the biome": ("radar's distribution", "its squares", "season", "place"),
    "all but the season": ("radar's distribution", "its squares", "biome"),
    "season and biome alone": ("season", "biome"),
}


@dataclass(frozen=True)
class FlatScores:
    """Means over pairs, each weighted by 1/√n of the n of its tile.

    Attributes:
        psnr: dB.
        sam: Degrees.
        bias: Percent that a band's mean is off, mean over bands.
    """

    psnr: float
    sam: float
    bias: float


def study(pairs: list[Pair], places: dict[str, tuple[float, float]]) -> dict[str, FlatScores]:
    """Return the scores of flat images by what their colour is regressed on.

    Args:
        pairs: Real ones.
        places: Latitude and longitude by pair, where known.
    """
    examples = [Example.of(pair, pair.s2) for pair in pairs]
    features = torch.stack(
        [torch.cat([e.features, _sphere(places.get(e.pair.name))]) for e in examples]
    )
    levels = torch.stack([e.levels for e in examples])
    tiles = [pair.tile for pair in pairs]
    return {
        name: _scores(pairs, levels, _kept(features, groups), tiles)
        for name, groups in ROWS.items()
    }


def _scores(pairs: list[Pair], levels: Tensor, features: Tensor, tiles: list[str]) -> FlatScores:
    told = levels * unseen_residuals(features, levels, tiles).exp()
    told = torch.where(levels.isfinite(), told, torch.nan)
    rows = []
    for pair, level in zip(pairs, told[:, OUTPUT_INDEX], strict=True):
        real = pair.s2[list(OUTPUT_INDEX)].astype(np.float64)
        flat = np.broadcast_to(from_root(level).double().numpy()[:, None, None], real.shape)
        valid = np.ones(real.shape[1:], bool)
        off = np.abs(biases(flat, real, valid)).mean()
        rows.append([psnr(flat, real, valid), sam(flat, real, valid), off])
    weight = np.array([tiles.count(tile) ** -0.5 for tile in tiles])
    return FlatScores(*np.average(np.array(rows), axis=0, weights=weight).tolist())


def _kept(features: Tensor, groups: tuple[str, ...]) -> Tensor:
    """Features of which all but some groups are zero."""
    kept = torch.zeros_like(features)
    for group in groups:
        columns = list(GROUPS[group])
        kept[:, columns] = features[:, columns]
    return kept


def _sphere(place: tuple[float, float] | None) -> Tensor:
    if place is None:
        return torch.zeros(4)
    lat, lon = (math.radians(value) for value in place)
    return torch.tensor(
        [math.sin(lat), math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), 1.0]
    )


def main() -> None:
    """Command line: the data."""
    parser = argparse.ArgumentParser(description="Ablation of the regression of levels.")
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/data"))
    data_dir = parser.parse_args().data_dir
    pairs = [*read_pairs(data_dir, "train"), *read_pairs(data_dir, "val")]
    with (data_dir / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        places = {
            row["id"]: (float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(stream)
            if row["lat"] and row["lon"]
        }
    print(f"{len(pairs)} pairs of {len({pair.tile for pair in pairs})} tiles")
    for name, scores in study(pairs, places).items():
        print(f"{name}: {scores.psnr:.2f} dB, {scores.sam:.2f}°, bias {scores.bias:.1f} %")


if __name__ == "__main__":
    main()
