"""Scores and agreement maps of rasters of any size, block by block."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message, later
from gac_core.contract.removal import remove_file
from gac_core.grid import Window
from gac_core.raster import MAP, StripReader, StripWriter, write_cog
from gac_core.scene import S1Scene
from gac_core.scores.gac import (
    BORDER,
    FLAT,
    REAL_HIGH,
    REAL_MEAN,
    AgreementSums,
    Doubles,
    Mask,
    above_real,
    agreement,
    directions,
)

BLOCK = 384
"""Side of a block in pixels; scoring one takes some 100 MB."""
MARGIN = 40
"""Context around a block, in pixels. ROEWA's weights have infinite support; 32 px from the
surroundings of a scored pixel they have fallen to 1e-7, so that blocks and the whole agree to
1e-6.
"""

SIGMA = 12.0
"""Sigma of the Gaussian neighbourhood in pixels."""
TRUNCATE = 3.0
REACH = int(SIGMA * TRUNCATE)
"""Support of the neighbourhood in pixels, in addition to that of the gradients."""
SPECKLE = 0.01
"""Mean |a_sar|² in a neighbourhood below which the radar shows only speckle: single-look speckle is
below it in 98 of 100 places.
"""
NULL_HIGH = 0.2
"""Local agreement that images of other places stay below in 93 of 100 places."""
REAL_MEDIAN = 0.32
"""Median of the local agreement of real Sentinel-2 images.

All three are measured (docs/score.md).
"""
HOLE = 1e-3
"""Share of valid pixels in a neighbourhood below which the agreement is undefined."""
Floats = NDArray[np.float32]

EDGE = 256
"""Side of a block in pixels; small, so that cancelling is quick."""
BAND = ("agreement",)
DESCRIPTION = (
    "Agreement of edges with the radar, -1 to 1, place by place (local GAC score). Images of "
    f"other places reach {NULL_HIGH} in 7 of 100 places, real images {REAL_MEDIAN} in half of "
    "theirs. No data: the radar shows no edges there to judge by."
)
Progress = Callable[[int, int], None]

NOTHING_TO_COMPARE = later(
    "Nothing to compare: no pixel {} px away from all nodata, or an image without any edges."
)
"""Template of the note on a score."""


def score_files(
    scene: S1Scene,
    optical: Path | str,
    *,
    limit: int | None = None,
    tick: Callable[[], None] | None = None,
    skipped: Callable[[Window], Mask] | None = None,
) -> dict[str, Any]:
    """Return the GAC score and CFOG of an optical file against a radar scene, where both have data.

    Args:
        scene: The radar.
        optical: Raster of reflectance DN with bands named B02, B03, B04, B08, or with just those
            four bands in that order. It is warped to the scene's grid if necessary.
        limit: Score about this many pixels at most, in blocks spread evenly over the area; None:
            all.
        tick: Called between blocks; may raise to stop.
        skipped: Mask (H, W) of the pixels of a window that are not scored, such as observed ones;
            None: all are.

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
            inner = block.slices(context)
            sums += agreement(s1_db, dn, inner, None if skipped is None else skipped(context))
    return _report(sums)


def _report(sums: AgreementSums) -> dict[str, Any]:
    gac, cfog = sums.gac(), sums.cfog()
    flag = above_real(gac)
    if math.isnan(gac):
        note = Message(
            NOTHING_TO_COMPARE,
            BORDER,
        )
    elif flag:
        note = Message(
            "Higher than real optical images reach: look for radar speckle in the image."
        )
    else:
        note = Message("Real optical images reach {} on average; unrelated ones 0.", REAL_MEAN)
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
        Message(
            "{} does not say which of its {} bands are {}.",
            reader.path,
            len(reader.bands),
            ", ".join(OUTPUT_BANDS),
        ),
        Message("Name them so in the file's band descriptions, or give a file of just these four."),
        problem="bands-not-identified",
    )


def _blocks(area: Window, limit: int | None) -> Iterator[Window]:
    """Yield the blocks of an area, or an evenly spread subset within the limit."""
    blocks = list(area.blocks(BLOCK))
    count = len(blocks)
    if limit is not None:
        count = min(count, max(1, limit // BLOCK**2))
    for index in range(count):
        yield blocks[index * len(blocks) // count]


def local_agreement(s1_db: Doubles, dn: Doubles) -> Floats:
    """Return the GAC score of each pixel's neighbourhood.

    Σ w·a_sar·a_opt / √(Σ w·|a_sar|² · Σ w·|a_opt|²) with Gaussian weights w: the same formula and
    vectors as the GAC score of a whole image.

    Args:
        s1_db: (2, H, W) backscatter in dB, NaN for nodata.
        dn: (4, H, W) reflectance DN, NaN for nodata.

    Returns:
        (H, W) from -1 to 1; 0 where only the radar has edges; NaN where there is no data, or the
        radar is flat.
    """
    vectors = directions(s1_db, dn)
    result = np.full(s1_db.shape[1:], np.nan, np.float32)
    if vectors is None:
        return result
    sar, optical, scored = vectors
    weight = _smooth(scored.astype(np.float64))
    cross, sar_norm, optical_norm = (
        _smooth(np.where(scored, product.sum(axis=0), 0.0))
        for product in (sar * optical, sar * sar, optical * optical)
    )
    valid: Mask = np.isfinite(np.concatenate([s1_db, dn])).all(axis=0)
    is_defined = valid & (weight > HOLE) & (sar_norm > SPECKLE * weight)
    # An image without edges has only rounding errors.
    has_edges = is_defined & (optical_norm > FLAT * weight)
    values = np.zeros_like(cross)
    np.divide(cross, np.sqrt(sar_norm * optical_norm), out=values, where=has_edges)
    result[is_defined] = np.clip(values[is_defined], -1.0, 1.0)
    return result


def _smooth(values: Doubles) -> Doubles:
    smoothed: Doubles = gaussian_filter(values, SIGMA, mode="constant", truncate=TRUNCATE)
    return smoothed


def write_agreement_map(
    scene: S1Scene,
    optical: Path | str,
    path: Path,
    work: Path,
    *,
    tags: Mapping[str, str],
    on_block: Progress = lambda done, blocks: None,
) -> Window:
    """Write a map of where an optical file agrees with the radar or contradicts it.

    Args:
        scene: The radar.
        optical: See `score_files`.
        path: The map, a float32 COG of one band.
        work: Folder for a working file, on the same disk.
        tags: Additional GDAL metadata.
        on_block: Called with blocks done and their total; may raise to stop.

    Returns:
        Extent of the map.

    Raises:
        OutputError: If the optical file cannot be read or the map cannot be written.
        SceneError: If the radar can no longer be read.
    """
    working = work / f"{path.stem}.bil"
    margin = MARGIN + REACH
    try:
        with StripReader(Path(optical), scene.grid) as reader:
            bands = optical_bands(reader)
            area = reader.window.intersection(scene.window)
            blocks = list(area.blocks(EDGE))
            with StripWriter(working, scene.grid, area, BAND) as writer:
                for number, block in enumerate(blocks):
                    on_block(number, len(blocks))
                    context = block.grown(margin).intersection(area)
                    dn = reader.read(context, bands).astype(np.float64)
                    s1_db = scene.read(context).astype(np.float64)
                    rows, cols = block.slices(context)
                    writer.write(block, local_agreement(s1_db, dn)[None, rows, cols])
        all_tags = {"TIFFTAG_IMAGEDESCRIPTION": DESCRIPTION, **tags}
        checksum = writer.checksum()
        write_cog(path, writer.file, checksum=checksum, bands=BAND, tags=all_tags, kind=MAP)
        on_block(len(blocks), len(blocks))
        return area
    finally:
        remove_file(working, missing_ok=True)
