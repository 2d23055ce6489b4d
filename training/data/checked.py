"""Source with a check for Sentinel-2's +1000 offset over a sample of its images."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Literal

from training.data.checks import HARMONISE
from training.data.errors import DataError
from training.data.footprint import Footprint
from training.data.offset import OFFSET, Look, era, is_bright, is_shifted, look
from training.data.pair import Pair
from training.data.source import PairSource

OnBad = Literal["stop", "skip"]

SAMPLE = 64
"""Number of images checked, spread over the source."""

log = logging.getLogger(__name__)


class CheckedSource:
    """Pair source that refuses images with the offset.

    Args:
        source: The pairs.
        shifted: Eras whose images carry the offset; True if unclear images count as shifted too.
    """

    def __init__(self, source: PairSource, shifted: dict[str, bool]) -> None:
        self._source = source
        self._shifted = shifted
        self._footprints: dict[int, Footprint | None] = {}
        self.names = source.names
        self.tiles = source.tiles
        self.modalities = source.modalities

    def __len__(self) -> int:
        return len(self._source)

    def read(self, i: int) -> Pair:
        """Read a pair."""
        pair = self._source.read(i)
        doubtful = self._shifted.get(era(pair))
        if doubtful is not None:
            state = look(pair.s2)
            if state == "shifted" or (doubtful and state == "unclear"):
                raise DataError(f"{pair.name} carries Sentinel-2's +{OFFSET:.0f}.", HARMONISE + ".")
        return pair

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair; cached."""
        if i not in self._footprints:
            self._footprints[i] = self._source.footprint(i)
        return self._footprints[i]


def checked(source: PairSource, on_bad: OnBad = "stop", sample: int = SAMPLE) -> CheckedSource:
    """Check a sample of a source's images before use.

    Args:
        source: The pairs.
        on_bad: `stop`: raise on the first bad pair, or if images carry the offset; `skip`: such
            pairs raise when read, for a dataset that skips them.
        sample: Number of images to check.

    Raises:
        DataError: With `stop`, if a pair is bad or images carry the offset.
    """
    looks: dict[str, list[Look]] = defaultdict(list)
    examples: dict[str, str] = {}
    count = min(sample, len(source))
    for k in range(count):
        try:
            pair = source.read(k * len(source) // count)
        except DataError:
            if on_bad == "stop":
                raise
            continue
        verdict = look(pair.s2)
        looks[era(pair)].append(verdict)
        if verdict == "shifted":
            examples.setdefault(era(pair), pair.name)
    shifted = {}
    for when, group in sorted(looks.items()):
        if is_shifted(group):
            shifted[when] = group.count("shifted") > group.count("clean")
            number = group.count("shifted")
            message = (
                f"{number} of {len(group)} Sentinel-2 images {when} that were looked at carry the "
                f"+{OFFSET:.0f} of newer products: nowhere dark in any band, and {OFFSET:.0f} less "
                f"makes vegetation or water of them; for one {examples[when]}."
            )
            if on_bad == "stop":
                raise DataError(message, f"{HARMONISE}, or leave them out with --on-bad skip.")
            log.warning("%s They are left out.", message)
        elif is_bright(group):
            log.warning(
                "%d of %d Sentinel-2 images %s are nowhere dark in any band. Deserts, snow and "
                "clouds look so; if they are none, see whether the +%d of newer products was "
                "taken off.",
                len(group) - group.count("clean"),
                len(group),
                when,
                int(OFFSET),
            )
    return CheckedSource(source, shifted)
