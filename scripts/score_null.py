"""Null distribution of the GAC score and CFOG: real image pairs against mismatched ones.

Prints the tables of docs/score.md. Each folder below `pairs` holds `s1.tif` (dB) and `s2.tif` (DN,
named bands); a `pairs.csv` beside it gives each pair's `tile`, `source` and `country`.

    python scripts/score_null.py DATA
    python scripts/score_null.py DATA --map
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.raster import StripReader
from gac_core.scene import open_scene
from gac_core.scores.rasters import NULL_HIGH, local_agreement
from training.scores.pixels import gac_and_cfog, reference_scores

Doubles = NDArray[np.float64]

OTHERS = 3
"""Number of other places' images that each radar image is compared with for the map's table."""


class Pair(NamedTuple):
    """Radar image (2, H, W) in dB and optical image (4, H, W) in DN of one place."""

    name: str
    source: str
    tile: str
    s1: Doubles
    dn: Doubles


def load(data: Path) -> list[Pair]:
    """Read all pairs."""
    with (data / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = []
    for row in rows:
        folder = data / "pairs" / row["id"]
        with open_scene((str(folder / "s1.tif"),)) as scene:
            s1 = scene.read(scene.window).astype(np.float64)
            with StripReader(folder / "s2.tif", scene.grid) as reader:
                dn = reader.read(scene.window, OUTPUT_BANDS).astype(np.float64)
        source = row["source"].split()[0].rstrip(",")
        pairs.append(Pair(row["id"], source, row["tile"], s1, dn))
    return pairs


def variants(pair: Pair, others: list[Pair]) -> dict[str, list[tuple[float, float]]]:
    """Return scores of a radar image against its own and mismatched optical images."""
    return {
        **reference_scores(pair.s1, pair.dn),
        "other places": [gac_and_cfog(pair.s1, o.dn) for o in others if o.tile != pair.tile],
    }


def print_map(pairs: list[Pair]) -> None:
    """Print the distribution of local agreement over the places of all pairs."""
    values_by_kind: dict[str, list[Doubles]] = defaultdict(list)
    coverage = []
    for number, pair in enumerate(pairs):
        values = local_agreement(pair.s1, pair.dn)
        coverage.append(np.isfinite(values).mean() / np.isfinite(pair.s1).all(axis=0).mean())
        cases = [("real", values), ("flipped", local_agreement(pair.s1, pair.dn[:, ::-1]))]
        others = [o for o in pairs[number + 1 :] + pairs[:number] if o.tile != pair.tile]
        for other in others[:OTHERS]:
            height, width = np.minimum(pair.s1.shape[1:], other.dn.shape[1:])
            part = pair.s1[:, :height, :width], other.dn[:, :height, :width]
            cases.append(("other places", local_agreement(*part)))
        for kind, local in cases:
            values_by_kind[kind].append(local[np.isfinite(local)].astype(np.float64))
    print("| optical image | mean | sd | 5% | 25% | 50% | 75% | 95% | below 0.2 |")
    print("|" + " --- |" * 9)
    for kind, parts in values_by_kind.items():
        flat = np.concatenate(parts)
        cells = [flat.mean(), flat.std(), *np.percentile(flat, (5, 25, 50, 75, 95))]
        words = " | ".join(f"{cell:.2f}" for cell in cells)
        print(f"| {kind} | {words} | {100 * (flat < NULL_HIGH).mean():.0f} % |")
    print(f"\nJudged: {100 * np.mean(coverage):.0f} % of the pixels")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with pairs.csv and pairs/")
    parser.add_argument("--map", action="store_true", help="the local scores of the map instead")
    options = parser.parse_args()
    pairs = load(options.data)
    if options.map:
        print_map(pairs)
        return
    scores = {pair.name: variants(pair, pairs) for pair in pairs}

    print("| optical image | GAC mean | sd | 5% | 95% | CFOG mean | sd | 5% | 95% |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind in next(iter(scores.values())):
        values = np.array([score for pair in scores.values() for score in pair[kind]])
        cells = []
        for column in values.T:
            low, high = np.percentile(column, (5, 95))
            cells.append(f"{column.mean():.2f} | {column.std():.2f} | {low:.2f} | {high:.2f}")
        print(f"| {kind} | {' | '.join(cells)} |")

    real, z = {}, {}
    for name, kinds in scores.items():
        null = np.array(kinds["flipped"] + kinds["other places"])
        real[name] = np.array(kinds["real"][0])
        z[name] = (real[name] - null.mean(axis=0)) / null.std(axis=0)
    groups = defaultdict(list)
    for pair in pairs:
        groups[pair.source].append(pair.name)
    groups["all"] = list(scores)
    columns = "real | lowest | z mean | z lowest | z > 2"
    print(f"\n| pairs | n | GAC {columns} | CFOG {columns} |\n|" + " --- |" * 12)
    for group, names in groups.items():
        cells = []
        for column in (0, 1):
            r = np.array([real[n][column] for n in names])
            s = np.array([z[n][column] for n in names])
            cells += [f"{r.mean():.2f}", f"{r.min():.2f}", f"{s.mean():.1f}", f"{s.min():.1f}"]
            cells += [f"{(s > 2).sum()}"]
        print(f"| {group} | {len(names)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
