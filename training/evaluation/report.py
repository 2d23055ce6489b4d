"""Result of an evaluation: every score of every image, and the comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from gac_core.bundles.findings import codes_of
from training.evaluation.ablations import Variant, image_key
from training.evaluation.baselines import FLAT, MEAN, PRINT, REGRESSION, Blur
from training.evaluation.chain import OPT_NAMES, REAL, REFERENCES, Scored
from training.evaluation.comparison import (
    FLOOR_MEASURES,
    MEASURES,
    STAGE_MEASURES,
    Comparison,
    Spread,
    compare,
    not_earned,
    spread,
)
from training.evaluation.learned_baselines import KINDS
from training.evaluation.offset import OffsetCheck
from training.evaluation.pictures import Example, PictureRow, Strip

_TRANSLATOR_MEASURES = ("psnr", "ssim", "sam", "gac_gap", "cfog_gap")


@dataclass
class Report:
    """Result of an evaluation.

    Attributes:
        about: Bundle, hashes, machine, date, command, settings; ready for JSON.
        each: Scores of each pair.
        variants: Ablations that were run.
        missing: Names of ablations that do not apply to the bundle.
        skipped: Pairs that were not judged, with the reason.
        notes: Caveats for the reader.
        rows: Pictures of some pairs for the page.
        strips: Pictures of the judged pairs for contact sheets.
        examples: Best, median and worst pair by SAM.
        best_blurs: Name of each image's best blur, which the next stage has to beat.
        offset: Check of opt_v1's dark places.
        kid: Kernel inception distance of each image of the main table, by name.
    """

    about: dict[str, Any]
    each: list[Scored]
    variants: list[Variant] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[PictureRow] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    best_blurs: dict[str, str] = field(default_factory=dict)
    offset: OffsetCheck = field(default_factory=lambda: OffsetCheck(()))
    kid: dict[str, float] = field(default_factory=dict)
    _spreads: dict[tuple[str, str], Spread] = field(default_factory=dict, repr=False)
    _compared: dict[tuple[str, str, str], Comparison] = field(default_factory=dict, repr=False)

    @property
    def tiles(self) -> list[str]:
        """Judged tiles, sorted."""
        return sorted({one.tile for one in self.each})

    @property
    def image_names(self) -> list[str]:
        """Images of the main table: all but the ablations'; references and the real one last."""
        ablated = {image_key(name, v) for v in self.variants for name in OPT_NAMES} - set(OPT_NAMES)
        names = dict.fromkeys(name for one in self.each for name in one.images)
        last = (*REFERENCES, REAL)
        return sorted((n for n in names if n not in ablated), key=lambda name: name in last)

    def score(self, image: str, measure: str) -> Spread:
        """Return mean and intervals of an image's score over all pairs."""
        # Cached: resampling is slow, and tables, plots and files need the same scores.
        if (image, measure) not in self._spreads:
            values = [one.value(image, measure) for one in self.each]
            tiles = [one.tile for one in self.each]
            self._spreads[image, measure] = spread(values, tiles)
        return self._spreads[image, measure]

    def comparison(self, measure: str, earlier: str, later: str) -> Comparison:
        """Return the paired comparison of two images."""
        key = measure, earlier, later
        if key not in self._compared:
            self._compared[key] = compare(self.each, MEASURES[measure], earlier, later)
        return self._compared[key]

    def stage_comparisons(self) -> list[Comparison]:
        """Return each stage against the previous one and the best blurs of earlier ones."""
        comparisons = []
        for number, (earlier, later) in enumerate(pairwise(OPT_NAMES), start=1):
            before = reversed(OPT_NAMES[:number])
            names = dict.fromkeys(self.best_blurs[n] for n in before if n in self.best_blurs)
            for m in STAGE_MEASURES:
                blurs = tuple(self.comparison(m, name, later) for name in names)
                comparisons.append(replace(self.comparison(m, earlier, later), blurs=blurs))
        return comparisons

    def blur_comparisons(self) -> list[Comparison]:
        """Return stages 2 and 3 against blurs, mean colours and opt_v2 plus radar detail."""
        first, second, third = OPT_NAMES
        blur, flat = self.best_blurs.get(first, ""), Blur(first, FLAT).name
        rows = [
            (second, blur),
            (second, flat),
            (third, self.best_blurs.get(second, "")),
            (third, blur),
            (third, flat),
            (third, PRINT),
        ]
        present = [row for row in dict.fromkeys(rows) if row[1] in self.image_names]
        return [self.comparison(m, name, later) for later, name in present for m in STAGE_MEASURES]

    def floor_comparisons(self) -> list[Comparison]:
        """Return stage 1 against the baselines without a model."""
        present = [name for name in (MEAN, REGRESSION) if name in self.image_names]
        return [self.comparison(m, name, "opt_v1") for name in present for m in FLOOR_MEASURES]

    def translator_comparisons(self) -> list[Comparison]:
        """Return the last stage against the learned baselines."""
        present = [name for name in KINDS if name in self.image_names]
        return [
            self.comparison(m, name, OPT_NAMES[-1])
            for name in present
            for m in _TRANSLATOR_MEASURES
        ]

    def ablation_comparisons(self, variant: Variant) -> list[Comparison]:
        """Return a variant's last image against the unchanged bundle's."""
        image = image_key(variant.image, variant)
        return [self.comparison(m, OPT_NAMES[-1], image) for m in STAGE_MEASURES]

    def not_earned(self) -> list[str]:
        """Return sentences on what stages worsen, or do no better than a blur."""
        return not_earned(self.stage_comparisons())

    def to_dict(self) -> dict[str, Any]:
        """Return all results, ready for JSON; undefined values are None."""
        return {
            "about": self.about,
            "notes": self.notes,
            "skipped": self.skipped,
            "not earned": self.not_earned(),
            "findings": codes_of(self.not_earned()),
            "best blurs": self.best_blurs,
            "offset": self.offset.to_dict(),
            "verdicts": {
                "stages": [_compared(c) for c in self.stage_comparisons()],
                "blurs": [_compared(c) for c in self.blur_comparisons()],
                "floor": [_compared(c) for c in self.floor_comparisons()],
                "learned baselines": [_compared(c) for c in self.translator_comparisons()],
            },
            "ablations": [
                {
                    "name": variant.name,
                    "about": variant.about,
                    "image": image_key(variant.image, variant),
                    "steps": variant.steps,
                    "draft": variant.draft,
                    "scores": {
                        name: self._scores_of(image_key(name, variant))
                        for name in OPT_NAMES[variant.first - 1 :]
                    },
                    "against the whole": [_compared(c) for c in self.ablation_comparisons(variant)],
                }
                for variant in self.variants
            ],
            "nothing to ablate": self.missing,
            "kid": {name: _number(value) for name, value in self.kid.items()},
            "scores": {name: self._scores_of(name) for name in self.image_names},
            "pairs": [
                {
                    "name": one.name,
                    "tile": one.tile,
                    "month": one.month,
                    "biome": one.biome,
                    "shape": list(one.shape),
                    "scores": {
                        name: {k: _number(v) for k, v in scores.items()}
                        for name, scores in one.images.items()
                    },
                }
                for one in self.each
            ],
        }

    def _scores_of(self, image: str) -> dict[str, Any]:
        """Return mean and intervals of all measures of an image."""
        keys = dict.fromkeys(key for one in self.each for key in one.images.get(image, ()))
        spreads = {key: self.score(image, key) for key in keys}
        return {key: spread_entry(spread) for key, spread in spreads.items() if spread.images.n}

    def lines(self) -> Iterator[tuple[str, str, int, int, str, str, float]]:
        """Yield one line per score: pair, tile, month, biome, image, measure, value."""
        for one in self.each:
            for image, scores in one.images.items():
                for key, value in scores.items():
                    yield one.name, one.tile, one.month, one.biome, image, key, value


def _compared(comparison: Comparison) -> dict[str, Any]:
    return {
        "measure": comparison.measure.key,
        "earlier": comparison.earlier,
        "later": comparison.later,
        "gain": spread_entry(comparison.gain),
        "verdict": comparison.verdict,
        "verdict by tile": comparison.verdict_by_tile,
        "no better than": comparison.unbeaten,
    }


def spread_entry(spread: Spread) -> dict[str, Any]:
    """Return mean and intervals, ready for JSON."""
    return {
        "mean": _number(spread.images.mean),
        "n": spread.images.n,
        "interval": [_number(spread.images.low), _number(spread.images.high)],
        "interval by tile": [_number(spread.tiles.low), _number(spread.tiles.high)],
    }


def _number(value: float) -> float | None:
    return round(value, 6) if abs(value) < float("inf") else None
