"""Map of the agreement for files of any size, block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from gac_core.grid import Window
from gac_core.raster import MAP, StripReader, StripWriter, write_cog
from gac_core.scene import S1Scene
from gac_core.score.files import MARGIN, blocks_of, optical_bands
from gac_core.score.local import NULL_HIGH, REACH, REAL_MEDIAN, local_agreement

EDGE = 256
"""Side of a block in pixels; small, so that cancelling is quick."""

BAND = ("agreement",)

DESCRIPTION = (
    "Agreement of edges with the radar, -1 to 1, place by place (local GAC score). Images of "
    f"other places reach {NULL_HIGH} in 7 of 100 places, real images {REAL_MEDIAN} in half of "
    "theirs. No data: the radar shows no edges there to judge by."
)

Progress = Callable[[int, int], None]


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
            blocks = list(blocks_of(area, EDGE))
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
        working.unlink(missing_ok=True)
