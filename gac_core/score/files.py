"""Scoring of files of any size, block by block."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError
from gac_core.grid import Window
from gac_core.raster import StripReader
from gac_core.scene import S1Scene
from gac_core.score.gac import REAL_HIGH, REAL_MEAN, above_real
from gac_core.score.sums import BORDER, AgreementSums, agreement

BLOCK = 384
"""Side of a block in pixels; scoring one takes some 100 MB."""

MARGIN = 40
"""Context around a block, in pixels. ROEWA's weights have infinite support; 32 px from the
surroundings of a scored pixel they have fallen to 1e-7, so that blocks and the whole agree to
1e-6.
"""


def score_files(
    scene: S1Scene,
    optical: Path | str,
    *,
    limit: int | None = None,
    tick: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Return the GAC score and CFOG of an optical file against a radar scene, where both have data.

    Args:
        scene: The radar.
        optical: Raster of reflectance DN with bands named B02, B03, B04, B08, or with just those
            four bands in that order. It is warped to the scene's grid if necessary.
        limit: Score about this many pixels at most, in blocks spread evenly over the area; None:
            all.
        tick: Called between blocks; may raise to stop.

    Returns:
        JSON-ready: `gac` and `cfog` (None if there is nothing to compare), `pixels` (scored),
        `real_mean` and `real_high` (scores of real optical images), `flag` (True if `gac` is above
        `real_high`) and `note` as text.

    Raises:
        OutputError: If the optical file cannot be read or its bands are unknown.
        SceneError: If the radar can no longer be read.
    """
    sums = AgreementSums()
    with StripReader(Path(optical), scene.grid) as reader:
        bands = optical_bands(reader)
        area = reader.window.intersection(scene.window)
        for block in _blocks(area, limit):
            if tick is not None:
                tick()
            context = block.grown(MARGIN).intersection(area)
            dn = reader.read(context, bands).astype(np.float64)
            s1_db = scene.read(context).astype(np.float64)
            sums += agreement(s1_db, dn, block.slices(context))
    return _report(sums)


def _report(sums: AgreementSums) -> dict[str, Any]:
    gac, cfog = sums.gac(), sums.cfog()
    flag = above_real(gac)
    if math.isnan(gac):
        note = (
            f"Nothing to compare: no pixel {BORDER} px away from all nodata, or an image "
            "without any edges."
        )
    elif flag:
        note = "Higher than real optical images reach: look for radar speckle in the image."
    else:
        note = f"Real optical images reach {REAL_MEAN} on average; unrelated ones 0."
    return {
        "gac": None if math.isnan(gac) else gac,
        "cfog": None if math.isnan(cfog) else cfog,
        "pixels": sums.pixels,
        "real_mean": REAL_MEAN,
        "real_high": REAL_HIGH,
        "flag": flag,
        "note": note,
    }


def optical_bands(reader: StripReader) -> tuple[int, ...]:
    """Return the 1-based numbers of B02, B03, B04, B08.

    Raises:
        OutputError: If the file does not identify them.
    """
    if set(OUTPUT_BANDS) <= set(reader.bands):
        return tuple(reader.bands.index(band) + 1 for band in OUTPUT_BANDS)
    if len(reader.bands) == len(OUTPUT_BANDS):
        return tuple(range(1, len(OUTPUT_BANDS) + 1))
    raise OutputError(
        f"{reader.path} does not tell which of its {len(reader.bands)} bands are "
        f"{', '.join(OUTPUT_BANDS)}.",
        "Name them so in the file's band descriptions, or give a file of just these four.",
    )


def blocks_of(area: Window, edge: int) -> Iterator[Window]:
    """Yield an area's blocks of `edge` pixels a side, those at its right and lower edge smaller."""
    for strip in area.strips(edge):
        for col in range(area.col, area.stop_col, edge):
            yield Window(strip.row, col, strip.height, min(edge, area.stop_col - col))


def _blocks(area: Window, limit: int | None) -> Iterator[Window]:
    """Yield the blocks of an area, or an evenly spread subset within the limit."""
    blocks = list(blocks_of(area, BLOCK))
    count = len(blocks)
    if limit is not None:
        count = min(count, max(1, limit // BLOCK**2))
    for index in range(count):
        yield blocks[index * len(blocks) // count]
