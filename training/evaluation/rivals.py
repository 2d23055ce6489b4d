"""Baselines for judging a bundle, from its training pairs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from gac_core.bundles.bundle import WindowSpec
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape
from gac_core.stages.base import Array
from training.data.footprint import touching
from training.data.history import History
from training.data.names import as_tile
from training.data.pair import Pair
from training.data.source import PairSource
from training.evaluation.baselines import DETAIL, PRINT, Baselines, RadarPrint
from training.evaluation.chain import Setting, run_pair
from training.evaluation.learned_baselines import KINDS, Lessons, Schooling, translate, translator
from training.evaluation.networks import Translator
from training.evaluation.reading import read_pairs
from training.evaluation.scored import as_written
from training.evaluation.selection import Selection, spread_over_tiles

MOST_PRINT = 32
"""Maximum number of training pairs whose opt_v2 is computed for the eight coefficients."""

LONGEST = 180.0
"""Maximum duration in seconds of that."""

MOST_TRAIN, MOST_STOP = 2000, 200
"""Maximum number of training and stop pairs of baselines, from as many tiles as possible: small
baselines learn nothing more from BigEarthNet's hundreds of thousands."""


@dataclass
class Rivals:
    """Fitted baselines.

    Attributes:
        simple: Mean image and regression; None: no pairs to fit them on.
        learned: Trained networks by name.
        notes: Origin of the baselines, for readers.
        train: Indices of the pairs they were fitted on.
    """

    simple: Baselines | None
    learned: dict[str, Translator] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    train: list[int] = field(default_factory=list)

    def images(
        self, pair: Pair, spec: WindowSpec, device: torch.device
    ) -> tuple[dict[str, Array], dict[str, float]]:
        """Return the images (4, H, W) DN of a pair's radar, and the seconds of the learned ones."""
        images = {} if self.simple is None else self.simple.images(pair.s1)
        seconds = {}
        for name, network in self.learned.items():
            start = time.perf_counter()
            images[name] = translate(network, pair.s1, pair.modality, spec, device)
            seconds[name] = time.perf_counter() - start
        return {name: as_written(image) for name, image in images.items()}, seconds


def find_rivals(
    card: Mapping[str, Any],
    source: PairSource,
    judged: Selection,
    schooling: Schooling | None,
    cache: Path | None,
    device: torch.device,
    say: Callable[[str], None],
) -> Rivals:
    """Return baselines fitted on the bundle's training pairs, or those in its card.

    Args:
        card: The bundle's card; its training tiles are used, or, if it names none, all tiles that
            are not judged.
        source: Pairs, including training pairs.
        judged: Selection to judge: its tiles and pairs that touch it never train a baseline.
        schooling: Training settings of the learned baselines; None: no learned baselines.
        cache: Folder of trained baselines.
        device: Training device.
        say: Callback for progress messages.
    """
    history = History.of(card)
    tiles = [as_tile(tile) for tile in source.tiles]
    train_tiles = history.tiles("train") or set(tiles) - history.tiles("val")
    skipped: list[str] = []

    def usable(wanted: set[str], most: int) -> list[int]:
        free = wanted - judged.tiles
        candidates = [i for i, tile in enumerate(tiles) if tile in free]
        chosen = spread_over_tiles(tiles, candidates, most)
        # Only for the chosen pairs: a footprint may require opening a file, and there may be
        # 500,000.
        near = set(touching([source.footprint(i) for i in chosen], judged.footprints))
        apart = [i for place, i in enumerate(chosen) if place not in near]
        return [i for i, _ in read_pairs(source, apart, skipped)]

    train, stop = usable(train_tiles, MOST_TRAIN), usable(history.tiles("val"), MOST_STOP)
    if not train:
        carried = Baselines.from_card(card)
        notes = [
            "The dataset mean and the regression come from the bundle's card: the data holds no "
            "pairs that trained it."
            if carried
            else "There are no baselines: neither does the data hold pairs that trained the "
            "bundle, nor does its card bring them (--baseline-data-dir names other data)."
        ]
        if schooling is not None:
            notes.append("UNet-L1 and pix2pix were not trained: there are no training pairs.")
        return Rivals(carried, notes=notes)
    fitted = Baselines.fit(pair for _, pair in read_pairs(source, train, skipped))
    count = len({tiles[i] for i in train})
    notes = [f"Baselines were fitted on {len(train)} real pairs of {count} training tiles."]
    learned: dict[str, Translator] = {}
    if schooling is not None:
        lessons = Lessons(source, train, stop)
        for kind in KINDS:
            learned[kind] = translator(kind, lessons, schooling, cache, device, say)
    return Rivals(fitted, learned, notes, train)


def fit_radar_print(
    models: Models,
    source: PairSource,
    train: Sequence[int],
    setting: Setting,
    say: Callable[[str], None],
) -> tuple[RadarPrint | None, str]:
    """Fit the eight coefficients of opt_v2 plus radar detail on training pairs.

    Skipped if computing opt_v2 of the pairs would take longer than `LONGEST`.

    Args:
        models: Networks of the bundle.
        source: Pairs, including training pairs.
        train: Indices of the training pairs; at most `MOST_PRINT` of as many tiles as possible are
            used.
        setting: Settings of the stages.
        say: Callback for progress messages.

    Returns:
        The coefficients, or None, and a sentence on them.
    """
    chosen = spread_over_tiles(source.tiles, train, MOST_PRINT)
    modalities = TerraMindShape.from_dict(models.bundle.terramind).modalities
    samples: list[tuple[Pair, Array]] = []
    start = time.perf_counter()
    for _, pair in read_pairs(source, chosen, [], modalities):
        samples.append((pair, run_pair(models, pair, setting, last=2).shown()["opt_v2"]))
        # The first pair includes warm-up.
        if len(samples) == 2 and (time.perf_counter() - start) / 2 * len(chosen) > LONGEST:
            return None, (
                f"“{PRINT}” is left out: opt_v2 of {len(chosen)} training pairs would take more "
                f"than {LONGEST / 60:.0f} minutes here."
            )
    fitted = RadarPrint.fit(samples)
    if fitted is None:
        return None, f"“{PRINT}” is left out: there are no training pairs to fit it on."
    say(f"the radar's detail: eight constants of {len(samples)} training pairs")
    return fitted, (
        f"“{PRINT}” is opt_v2 with VV and VH, each less its mean within {DETAIL:g} px, added by "
        f"eight constants that were fitted on {len(samples)} training pairs."
    )
