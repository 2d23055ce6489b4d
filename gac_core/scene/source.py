"""VV and VH bands of one or two open files, read by windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from rasterio.windows import Window as PixelWindow

from gac_core.contract.errors import InputChanged, SceneError
from gac_core.contract.message import Message
from gac_core.gdal import GDAL_ERRORS
from gac_core.scene.dates import read_date
from gac_core.scene.files import (
    describe,
    open_raster,
    polarisation_layers,
    public_text,
    refuse_different,
    refuse_unusable,
)
from gac_core.scene.metadata import FileMetadata
from gac_core.scene.paths import file_name, is_remote, layer_of, resolve_files
from gac_core.scene.polarisation import choose_bands
from gac_core.scene.radiometry import FILL_VALUES, HUGE, PACKED_FILLS, Floats, is_fill
from gac_core.scene.vrt import require_sources

IGNORED_SUFFIXES = (".aux.xml", ".ovr")
"""Statistics and overviews, which viewers may write at any time and GAC does not read."""
State = tuple[int, int, int] | None
"""Size, modification time (ns) and inode of a file; None if it does not exist."""

NODATA_TOLERANCE = 5e-6
"""Relative error of a number written with six digits."""

PATCH = 128
"""Edge in pixels of a sampled patch, at full resolution: overviews may be smoothed or missing."""

PATCHES = 8
"""Patches along each axis."""

MIN_VALID_PIXELS = 1000
"""Valid pixels with which a sample of a large scene is meaningful."""


class InputFiles:
    """Local files in their state when a scene was opened.

    Attributes:
        parts: Per file named by the user, or the archive that contains it: further files that it
            consists of, as a virtual raster does. Remote ones have no parts and are not monitored.
        times: `change_times` of the local ones.
    """

    def __init__(self, opened: Iterable[tuple[str, Any]]) -> None:
        """Record the files' state.

        Args:
            opened: (path, rasterio's open file) of each, before any pixel was read.
        """
        self.parts: dict[str, tuple[str, ...]] = {}
        for path, file in opened:
            local_path = local_file(path)
            if local_path is None:
                # GDAL would look for parts on the server, for some kinds of address for ever.
                self.parts[path] = ()
                continue
            # GDAL lists the files of a virtual raster, but not their own sources.
            sources = require_sources(path) if file.driver == "VRT" else ()
            parts = dict.fromkeys(filter(None, map(local_file, (*file.files, *sources))))
            parts.pop(local_path, None)
            known_parts = self.parts.get(local_path, ())
            self.parts[local_path] = tuple(dict.fromkeys((*known_parts, *parts)))
        self._states = {path: _state(path) for path in self.local}
        self.times = change_times(self.local)

    @classmethod
    def together(cls, *groups: InputFiles) -> InputFiles:
        """Return the files of several groups as one, each in the state that its group recorded."""
        files = cls(())
        times: dict[str, int] = {}
        for group in groups:
            for path, parts in group.parts.items():
                files.parts[path] = tuple(dict.fromkeys((*files.parts.get(path, ()), *parts)))
            files._states = {**group._states, **files._states}
            times = {**dict(zip(group.local, group.times, strict=True)), **times}
        files._states = {path: files._states[path] for path in files.local}
        files.times = [times[path] for path in files.local]
        return files

    @property
    def local(self) -> tuple[str, ...]:
        """All local files."""
        paths = (file for path, parts in self.parts.items() for file in (path, *parts))
        return tuple(dict.fromkeys(file for file in paths if not is_remote(file)))

    def stamps(self) -> list[list[int] | None]:
        """Return size and modification time of each local file, for other processes."""
        return [None if state is None else list(state[:2]) for state in self._states.values()]

    def changed(self) -> str | None:
        """Return a file that has changed, or None."""
        return next((p for p, state in self._states.items() if _state(p) != state), None)

    def require_unchanged(self) -> None:
        """Check that the files have not been modified.

        Raises:
            InputChanged: If one changed, was replaced or is gone.
        """
        path = self.changed()
        if path is not None:
            raise changed_error(path)

    def require_untouched(self) -> None:
        """Check that nothing was done to the files, even with the same size and modification time.

        This is for the time before their content is hashed; later, a file with other permissions is
        still the same file.

        Raises:
            InputChanged: If something was.
        """
        self.require_unchanged()
        pairs = zip(self.local, self.times, change_times(self.local), strict=True)
        for path, before, after in pairs:
            if before != after:
                raise changed_error(path)


def changed_error(path: str) -> InputChanged:
    """Return the error for an input that was modified."""
    return InputChanged(
        Message("The file {} was changed or removed while it was being read.", path),
        Message("Wait until it is complete and in its place, and run again."),
        problem="file-changed-while-read",
    )


def change_times(paths: Iterable[str]) -> list[int]:
    """Return the times (ns) of the last change of any kind to files; 0 for missing ones.

    They cannot be set back; a new name or other permissions update them too. Windows has none.
    """

    def time_of(path: str) -> int:
        try:
            return Path(path).stat().st_ctime_ns
        except OSError:
            return 0

    return [time_of(path) for path in paths]


def local_file(path: str) -> str | None:
    """Return the file on this computer that a GDAL path leads to; None for a remote one."""
    if path.endswith(IGNORED_SUFFIXES):
        return None
    if path.startswith(("/vsizip/", "/vsitar/", "/vsigzip/")):
        inner = Path(path.split("/", 2)[2].replace("{", "").replace("}", ""))
        with suppress(OSError):
            return next((str(p) for p in (inner, *inner.parents) if p.is_file()), None)
        return None
    if layer := layer_of(path):
        return local_file(layer[0])
    # GDAL accepts more than file names as paths: a whole virtual raster, for example.
    return None if is_remote(path) or _state(path) is None else path


def _state(path: str) -> State:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


@dataclass(frozen=True)
class _Band:
    """Band of an open file: path, file, metadata, and number from 1."""

    path: str
    file: Any
    told: FileMetadata
    number: int


class Source:
    """Two bands of one or two open files.

    Attributes:
        paths: The files, VV's first.
        name: Name in messages.
        vv_band: 1-based band of VV in its file.
        vh_band: 1-based band of VH in its file.
        choice: Choice of the bands, with its reason.
        both_chosen: True if the user chose both.
        nodata: Nodata value given by the user.
        inputs: The local files that are read.
        crs: CRS of the pixels (rasterio's).
        transform: From pixels to coordinates.
        height: Rows.
        width: Columns.
        dtype: Data type of the measurements.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        vv_band: int | None,
        vh_band: int | None,
        nodata: float | None = None,
    ) -> None:
        """Open the files.

        Args:
            paths: One file with both bands, or the VV file and the VH file; or the folder, archive
                or container that holds these.
            vv_band: 1-based band of VV in its file; None: detect it.
            vh_band: The same for VH.
            nodata: Nodata value, as it is in the file or after the file's scale and offset, in
                addition to the values that the files declare.

        Raises:
            SceneError: If a file cannot be read or is unsuitable.
        """
        paths = paths if len(set(paths)) == len(paths) else paths[:1]
        paths = resolve_files(paths[0]) if len(paths) == 1 else paths
        with ExitStack() as stack:
            files = [stack.enter_context(open_raster(path)) for path in paths]
            if len(paths) == 1 and (pair := polarisation_layers(files[0])):
                paths, files = pair, [stack.enter_context(open_raster(path)) for path in pair]
            self.inputs = InputFiles(zip(paths, files, strict=True))
            for path, file in zip(paths, files, strict=True):
                refuse_unusable(path, file)
            described = tuple(describe(*pair) for pair in zip(paths, files, strict=True))
            choice = choose_bands(described, vv_band, vh_band)
            if len(files) == 2:
                refuse_different((file_name(paths[0]), file_name(paths[1])), *files)
            self._stack = stack.pop_all()
        self.choice, self.nodata = choice, nodata
        self.both_chosen = vv_band is not None and vh_band is not None
        vv, vh = (_Band(paths[f], files[f], described[f], b) for f, b in (choice.vv, choice.vh))
        self._set(vv, vh)
        self.crs = files[0].crs
        self.transform: Affine = files[0].transform
        self.height: int = files[0].height
        self.width: int = files[0].width

    def _set(self, vv: _Band, vh: _Band) -> None:
        self._both = (vv, vh)
        self.vv_band, self.vh_band = vv.number, vh.number
        self._bands = tuple((band.file, band.number) for band in self._both)
        self.paths = tuple(dict.fromkeys(band.path for band in self._both))
        self.name = " and ".join(dict.fromkeys(band.told.name for band in self._both))
        self._scaling = tuple((f.scales[b - 1], f.offsets[b - 1]) for f, b in self._bands)
        is_packed = any(pair != (1.0, 0.0) for pair in self._scaling)
        # Integers with a declared scale are packed measurements, not digital numbers.
        self.dtype: str = "float32" if is_packed else _common_dtype(self._bands)

    def swap(self) -> None:
        """Exchange VV and VH from now on."""
        self._set(*self._both[::-1])

    def declared(self) -> tuple[float, ...]:
        """Return the nodata values that the files declare for VV and VH, without duplicates."""
        values = (file.nodatavals[band - 1] for file, band in self._bands)
        return tuple(dict.fromkeys(float(v) for v in values if v is not None))

    def texts(self) -> list[tuple[str, str]]:
        """Return (origin, text) of all names and tags, the most informative first."""
        texts = [text for band in self._both for text in band.told.bands[band.number - 1]]
        return texts + [text for band in self._both for text in band.told.product]

    def each(self) -> Iterator[tuple[dict[str, str], list[tuple[str, str]]]]:
        """Yield tags and texts of VV and then of VH, without those that apply to both."""
        for band in self._both:
            info = band.told
            tags, texts = dict(info.band_tags[band.number - 1]), list(info.bands[band.number - 1])
            if self._both[0].path != self._both[1].path:
                tags, texts = {**info.tags, **tags}, [*texts, *info.product]
            yield tags, texts

    def acquired(self) -> tuple[datetime | None, str]:
        """Return the acquisition time and where it is stated; (None, "") if unknown."""
        texts = [text for text in self.texts() if text[0].endswith(("name", "description"))]
        return read_date(self.tags(), texts)

    def tags(self) -> dict[str, str]:
        """Return tags of the files and bands; those of VV take precedence."""
        tags: dict[str, str] = {}
        for band in reversed(self._both):
            tags |= {**band.told.tags, **band.told.band_tags[band.number - 1]}
        return tags

    def is_sparse(self, row: int, col: int, height: int, width: int) -> bool:
        """Return whether a GeoTIFF has no data at all in a window: its blocks were never written.

        False if that is unknown.
        """
        return any(_is_sparse(file, band, row, col, height, width) for file, band in self._bands)

    def read(self, row: int, col: int, height: int, width: int) -> Floats:
        """Read a window that lies within the scene.

        Returns:
            (2, height, width) VV and VH in the unit of the file, NaN where the file declares nodata
            or masks.

        Raises:
            SceneError: If the file can no longer be read.
        """
        window = PixelWindow(col, row, width, height)
        (vv, vv_band), (vh, vh_band) = self._bands
        try:
            if vv is vh:
                masked = vv.read((vv_band, vh_band), window=window, masked=True)
                values: Floats = self._filled(masked)
            else:
                values = np.empty((2, height, width), np.float32)
                for out, (file, band) in zip(values, self._bands, strict=True):
                    masked = file.read(band, window=window, masked=True)
                    out[:] = self._filled(masked)
        except (*GDAL_ERRORS, OSError) as error:
            where = Message("near row {}, column {}", row, col)
            raise lost_error(self.name, self.paths, where, error) from error
        for out, (scale, offset) in zip(values, self._scaling, strict=True):
            if (scale, offset) != (1.0, 0.0):
                out[np.isin(out, PACKED_FILLS)] = np.nan
                out *= np.float32(scale)
                out += np.float32(offset)
                # The user may give nodata as the scaled value that viewers and GAC show.
                self._without_nodata(out)
        return values

    def _filled(self, masked: Any) -> Floats:
        """Return masked values as float32, NaN where masked or the user's nodata."""
        values: Floats = masked.astype(np.float32).filled(np.nan)
        self._without_nodata(values)
        return values

    def _without_nodata(self, values: Floats) -> None:
        """Put NaN where values are the user's nodata, to the precision of its digits."""
        if self.nodata is not None:
            difference = np.abs(values - np.float32(self.nodata))
            values[difference <= NODATA_TOLERANCE * abs(self.nodata)] = np.nan

    def close(self) -> None:
        """Close the files."""
        self._stack.close()


def lost_error(name: str, paths: tuple[str, ...], where: str, error: Exception) -> SceneError:
    """Return the error for files that could be opened, and can no longer be read.

    Args:
        name: Their name in messages.
        paths: The files.
        where: The place within them.
        error: What GDAL reported.
    """
    if any("://" in path for path in paths):
        return SceneError(
            Message(
                "{} can no longer be read {}: {}.",
                name,
                where,
                public_text(str(error.__cause__ or error), *paths),
            ),
            Message(
                "The server may have stopped answering, or the access has expired: "
                "try again, or download the file."
            ),
            problem="file-server-lost",
        )
    return SceneError(
        Message(
            "{} can no longer be read {}: a part of the file is missing or damaged.", name, where
        ),
        Message("The file may be incomplete or gone: copy or download it again."),
        problem="file-part-unreadable",
    )


def _common_dtype(bands: tuple[tuple[Any, int], ...]) -> str:
    """Return the data type of two bands; of a mixed pair, the integer one."""
    types = [str(file.dtypes[band - 1]) for file, band in bands]
    return next((t for t in types if "int" in t), types[0])


def _is_sparse(file: Any, band: int, row: int, col: int, height: int, width: int) -> bool:
    if file.driver != "GTiff":
        return False
    rows, columns = file.block_shapes[band - 1]
    # GDAL reports the offset of each block in the file; none for a missing block.
    return all(
        file.get_tag_item(f"BLOCK_OFFSET_{x}_{y}", "TIFF", bidx=band) is None
        for y in range(row // rows, (row + height - 1) // rows + 1)
        for x in range(col // columns, (col + width - 1) // columns + 1)
    )


@dataclass(frozen=True)
class Sample:
    """Values and statistics of the sampled patches.

    Attributes:
        values: (2, N) VV and VH as they are in the file, without nodata (declared, NaN, infinite,
            zero and the usual fill values); N is 0 if the scene has none.
        size: Pixels sampled.
        measured: Number of them with a measurement in both bands.
        declared: Number of them that the file or the user declares as nodata, or that are NaN.
        huge: Number that are infinite or too large for any measurement.
        fills: Number of pixels of each fill value that occurs.
        patches: (2, H, W) each, as they are in the file: the source of `values`.
    """

    values: Floats
    size: int
    measured: int
    declared: int
    huge: int
    fills: dict[float, int]
    patches: tuple[Floats, ...] = ()

    def of(self, values: Floats) -> Sample:
        """Return the sample with other values of the same patches."""
        return replace(self, values=values)

    def swapped(self) -> Sample:
        """Return the sample with VV and VH exchanged."""
        patches = tuple(patch[::-1] for patch in self.patches)
        return replace(self, values=self.values[::-1], patches=patches)


def sample_scene(source: Source) -> Sample:
    """Sample the whole scene.

    At most 64 patches of 128 px are read. Only if these have hardly any valid pixels, as for a
    small island in nodata, the whole scene is searched until there are enough.
    """
    patches = [source.read(*patch) for patch in _grid_patches(source)]
    valid, used = [_valid(patch) for patch in patches], list(patches)
    if sum(f.shape[1] for f in valid) < MIN_VALID_PIXELS:
        for window in _all_windows(source):
            if source.is_sparse(*window):
                continue
            piece = source.read(*window)
            valid.append(_valid(piece))
            used += [piece] if valid[-1].size else []
            if sum(f.shape[1] for f in valid) >= MIN_VALID_PIXELS:
                break
    values = np.concatenate(valid, axis=1)
    return Sample(
        values=values,
        size=sum(patch[0].size for patch in patches),
        measured=values.shape[1],
        declared=sum(int(np.isnan(patch).any(axis=0).sum()) for patch in patches),
        huge=sum(int((np.abs(patch) >= HUGE).any(axis=0).sum()) for patch in patches),
        fills=_fills(patches),
        patches=tuple(used),
    )


def _valid(values: Floats) -> Floats:
    flat = values.reshape(2, -1)
    is_valid = ~is_fill(flat) & (flat != 0)
    valid: Floats = flat[:, is_valid.all(axis=0)]
    return valid


def _fills(patches: list[Floats]) -> dict[float, int]:
    """Return the number of pixels of each fill value; zero counts if both bands are zero."""
    counts = {0.0: sum(int((patch == 0).all(axis=0).sum()) for patch in patches)}
    for fill in FILL_VALUES:
        counts[fill] = sum(int((patch == fill).any(axis=0).sum()) for patch in patches)
    return {fill: count for fill, count in counts.items() if count}


def _grid_patches(source: Source) -> Iterator[tuple[int, int, int, int]]:
    """Yield patches on a regular grid; the whole scene if it is small."""
    rows, cols = _starts(source.height), _starts(source.width)
    for row in rows:
        for col in cols:
            yield row, col, min(PATCH, source.height - row), min(PATCH, source.width - col)


def _starts(length: int) -> list[int]:
    count = min(PATCHES, -(-length // PATCH))
    if length <= PATCHES * PATCH:
        return [PATCH * i for i in range(count)]
    return [int(start) for start in np.linspace(0, length - PATCH, count)]


def _all_windows(source: Source) -> Iterator[tuple[int, int, int, int]]:
    step = PATCH * PATCHES
    for row in range(0, source.height, step):
        for col in range(0, source.width, step):
            yield row, col, min(step, source.height - row), min(step, source.width - col)
