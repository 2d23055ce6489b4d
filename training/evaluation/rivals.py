"""The baselines that a bundle is judged beside, from the pairs that trained it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array
from training.data.footprint import touching
from training.data.history import History
from training.data.names import as_tile
from training.data.pair import Pair
from training.data.source import PairSource
from training.evaluation.baselines import Baselines
from training.evaluation.networks import Translator
from training.evaluation.reading import read_pairs
from training.evaluation.scored import as_written
from training.evaluation.selection import Selection, spread_over_tiles
from training.evaluation.translate import KINDS, Lessons, Schooling, translator
from training.evaluation.translated import translate

MOST_TRAIN, MOST_STOP = 2000, 200
"""Pairs that baselines are trained on and stopped by, of as many tiles as can be: BigEarthNet has
hundreds of thousands, of which small baselines learn nothing more."""


@dataclass
class Rivals:
    """Baselines, ready to make images.

    Attributes:
        simple: The mean image and the regression; None: there is nothing to fit them on.
        learned: Trained networks by name.
        notes: Where they come from, for readers.
    """

    simple: Baselines | None
    learned: dict[str, Translator] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def images(
        self, pair: Pair, spec: WindowSpec, device: torch.device
    ) -> tuple[dict[str, Array], dict[str, float]]:
        """Their images (4, H, W) DN of a pair's radar, and how long the learned ones took."""
        found = {} if self.simple is None else self.simple.images(pair.s1)
        seconds = {}
        for name, network in self.learned.items():
            start = time.perf_counter()
            found[name] = translate(network, pair.s1, spec, device)
            seconds[name] = time.perf_counter() - start
        return {name: as_written(image) for name, image in found.items()}, seconds


def find_rivals(
    card: Mapping[str, Any],
    source: PairSource,
    judged: Selection,
    schooling: Schooling | None,
    cache: Path | None,
    device: torch.device,
    say: Callable[[str], None],
) -> Rivals:
    """Baselines of the pairs that trained a bundle, or those in its card.

    Args:
        card: The bundle's card; its training tiles are used, or, where it names none, all tiles
            that are not judged.
        source: Pairs, training ones among them.
        judged: What is judged: neither its tiles nor what touches it ever trains a baseline.
        schooling: How the learned ones are trained; None: there are to be none.
        cache: Folder for trained ones.
        device: Where they are trained.
        say: Told how it goes.
    """
    history = History.of(card)
    tiles = [as_tile(tile) for tile in source.tiles]
    own = [i for i, tile in enumerate(tiles) if tile not in judged.tiles]
    near = touching([source.footprint(i) for i in own], judged.footprints)
    free = [i for place, i in enumerate(own) if place not in set(near)]
    train_tiles = history.tiles("train") or set(tiles) - history.tiles("val")
    skipped: list[str] = []

    def usable(wanted: set[str], most: int) -> list[int]:
        candidates = [i for i in free if tiles[i] in wanted]
        chosen = spread_over_tiles(tiles, candidates, most)
        return [i for i, _ in read_pairs(source, chosen, skipped)]

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
    return Rivals(fitted, learned, notes)
