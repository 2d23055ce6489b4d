"""Files of an optical reference: fused images, the kinds of their pixels, the map of clear ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from gac_core.contract.errors import RequestError
from gac_core.contract.layout import CLEAR
from gac_core.contract.message import Message
from gac_core.contract.protocol import VERSION
from gac_core.contract.removal import remove_file
from gac_core.contract.request import RunRequest
from gac_core.engine.folder import is_our_image
from gac_core.engine.provenance import observed_entry
from gac_core.grid import Window, WorkGrid
from gac_core.io import write_error
from gac_core.optical import ReferenceUse, open_optical
from gac_core.optical.use import PIECE
from gac_core.progress import Listener, Progress
from gac_core.raster import KINDS, LineReader, StripWriter, WorkingFile, write_cog, write_pieces
from gac_core.scene import open_radar, requested_area
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
    inputs = radar, modality, file.bands
    with ExitStack() as stack:
        read, beneath = stack.enter_context(LineReader(generated)).read, None
        if optical.other is not None:
            seen = file.window.grown(optical.fused_reach).intersection(generated.window)
            path = generated.path.with_name(f"guided_{generated.path.name}")
            guided = replace(generated, path=path, window=seen)
            stack.callback(remove_file, path, missing_ok=True)
            write_pieces(guided, optical.guided(seen, read, *inputs), check)
            beneath = stack.enter_context(LineReader(guided)).read
        return write_pieces(file, optical.fused(file.window, read, *inputs, beneath), check)


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
        remove_file(work, missing_ok=True)
    return {**entry, "file": path.name, **content._asdict()}


NO_DATA, CLEAR_PIXEL, HIDDEN_PIXEL = 0, 1, 2
"""Values of the map: no optical data, clear, hidden by a cloud or its margin."""

_BAND: Final = "clear"
_DESCRIPTION: Final = (
    "Pixels of a Sentinel-2 image as GAC reads it beside a radar image. 0: no data; 1: clear; 2: "
    "not clear, clouds and shadows with the margin around them."
)
_MESSAGE = Message("Reading what is clear")


@dataclass(frozen=True)
class ClearMap:
    """Map of what is clear.

    Attributes:
        path: The file.
        share: Share of the pixels with optical data that is clear; None if there are none.
    """

    path: Path
    share: float | None


def write_clear(request: RunRequest, listener: Listener) -> ClearMap:
    """Write which pixels of a run's optical reference are clear, on the run's working grid.

    Args:
        request: The run. Its folder takes the map, which replaces an earlier one.
        listener: Receives the progress; may stop it.

    Raises:
        RequestError: If it has no reference, or a result of another program is in the map's place.
        OutputError: If it cannot be written.
        GacError: As `open_radar` and `open_optical`.
    """
    if not request.optical:
        raise RequestError(
            Message("No Sentinel-2 image was given."),
            Message("Name one, beside the radar."),
            problem="optical-missing",
        )
    out = request.out_dir
    path, working = out / CLEAR, out / f".{CLEAR}.bil"
    counts = np.zeros(3, np.int64)
    with ExitStack() as stack:
        scene = stack.enter_context(open_radar(request))
        reference = stack.enter_context(open_optical(request, scene))
        area = requested_area(scene, request)
        _make_room(out, path)
        pieces = list(area.blocks(PIECE))
        try:
            with StripWriter(working, scene.grid, area, (_BAND,)) as writer:
                for number, piece in enumerate(pieces):
                    listener.check()
                    percent = 100.0 * number / len(pieces)
                    listener.progress(Progress(0, _BAND, number, len(pieces), percent, _MESSAGE))
                    clear, covered = reference.clear(piece), reference.covered(piece)
                    kinds = np.where(clear, CLEAR_PIXEL, np.where(covered, HIDDEN_PIXEL, NO_DATA))
                    counts += np.bincount(kinds.ravel(), minlength=3)
                    writer.write(piece, kinds[None].astype(np.float32))
            write_cog(
                path,
                writer.file,
                checksum=writer.checksum(),
                bands=writer.file.bands,
                tags={
                    "SYNTHETIC": "NO",
                    "TIFFTAG_IMAGEDESCRIPTION": _DESCRIPTION,
                    "GAC_VERSION": VERSION,
                    "GAC_OPTICAL": reference.product,
                },
                tick=listener.check,
                kind=KINDS,
            )
        finally:
            remove_file(working, missing_ok=True)
        reference.inputs.require_unchanged()
    seen = int(counts[CLEAR_PIXEL] + counts[HIDDEN_PIXEL])
    return ClearMap(path, counts[CLEAR_PIXEL] / seen if seen else None)


def _make_room(out: Path, path: Path) -> None:
    """Make the folder, and refuse to replace a file that GAC did not write."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(path, error) from error
    if path.exists() and not is_our_image(path):
        raise RequestError(
            Message("{} is in the way: GAC did not write it.", path),
            Message("Choose another output folder."),
            problem="foreign-file",
        )
