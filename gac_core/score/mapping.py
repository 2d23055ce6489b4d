"""The map of agreement of a file of any size, block by block."""

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
"""Edge of a block in pixels: small, since nobody waits long for a cancel."""

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
    """Writes where an optical file agrees with the radar, and where it contradicts it.

    Args:
        scene: The radar.
        optical: As for `score_files`.
        path: The map, a float32 COG of one band.
        work: Folder for a working file, on the same disk.
        tags: What to say in it besides.
        on_block: Told of blocks done, of how many; may raise to stop.

    Returns:
        What the map covers.

    Raises:
        OutputError: If the optical file cannot be read or the map not be written.
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
        described = {"TIFFTAG_IMAGEDESCRIPTION": DESCRIPTION, **tags}
        checksum = writer.checksum()
        write_cog(path, writer.file, checksum=checksum, bands=BAND, tags=described, kind=MAP)
        on_block(len(blocks), len(blocks))
        return area
    finally:
        working.unlink(missing_ok=True)
