"""Files of stages with an optical reference: fused images, and the kinds of their pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.engine.provenance import observed_entry
from gac_core.grid import Window, WorkGrid
from gac_core.optical import ReferenceUse
from gac_core.raster import KINDS, LineReader, StripWriter, WorkingFile, write_cog
from gac_core.tiling.stage_inputs import Source

BAND = "kind"


def write_fused(
    file: WorkingFile,
    generated: WorkingFile,
    optical: ReferenceUse,
    radar: Source,
    modality: str,
    check: Callable[[], None] = lambda: None,
) -> int:
    """Write a stage's working file from what its networks generated, and return its checksum.

    Args:
        file: The working file.
        generated: The file that the networks filled, `optical.reach` pixels larger where there are
            any.
        optical: The reference.
        radar: Reader of the radar (2, H, W) dB.
        modality: Modality of the radar.
        check: Called often; may raise to stop.

    Raises:
        OutputError: If a file cannot be read or written.
    """
    with (
        LineReader(generated) as reader,
        StripWriter(file.path, file.grid, file.window, file.bands) as writer,
    ):
        for piece, values in optical.fused(file.window, reader.read, radar, modality, file.bands):
            check()
            writer.write(piece, values)
        writer.sync()
        return writer.checksum()


def write_kinds(
    path: Path,
    work: Path,
    optical: ReferenceUse,
    grid: WorkGrid,
    area: Window,
    radar: Source,
    tags: Callable[[dict[str, Any]], dict[str, str]],
    check: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Write the raster of an area, and return the record's entry on it.

    Args:
        path: The raster: uint8, see `gac_core.optical.fusion`.
        work: A working file on the same disk, removed afterwards.
        optical: Reference whose clear pixels are kept.
        grid: The working grid.
        area: The area.
        radar: Reader of the radar (2, H, W) dB.
        tags: Returns the GDAL metadata, given the entry.
        check: Called often; may raise to stop.

    Raises:
        OutputError: If it cannot be written.
    """
    counts = np.zeros(4, np.int64)
    try:
        with StripWriter(work, grid, area, (BAND,)) as writer:
            for piece, kinds in optical.kinds(area, radar):
                check()
                writer.write(piece, kinds)
                counts += np.bincount(np.nan_to_num(kinds).astype(np.int64).ravel(), minlength=4)
        entry = observed_entry(optical, counts.tolist())
        content = write_cog(
            path,
            writer.file,
            checksum=writer.checksum(),
            bands=writer.file.bands,
            tags=tags(entry),
            tick=check,
            kind=KINDS,
        )
    finally:
        work.unlink(missing_ok=True)
    return {**entry, "file": path.name, **content._asdict()}
