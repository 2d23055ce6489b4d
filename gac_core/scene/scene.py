"""Sentinel-1 scene on the working grid: the engine's only access to radar."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from rasterio.crs import CRS

from gac_core.band_statistics import S1_STATISTICS
from gac_core.contract.bands import RADAR_UNITS
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.redaction import is_redacted, redacted
from gac_core.contract.request import Bounds, RunRequest
from gac_core.grid import Window, WorkGrid
from gac_core.scene import metadata
from gac_core.scene.crs import apply, lonlat
from gac_core.scene.decisions import (
    UNIT_WORDS,
    Decision,
    decide_bands,
    decide_modality,
    describe_date,
    describe_nodata,
    describe_place,
    future_date_warnings,
    require_distinguishable,
)
from gac_core.scene.extent import parse_extent, window_of
from gac_core.scene.radiometry import Floats, to_db
from gac_core.scene.source import Source, sample_scene
from gac_core.scene.units import decide_unit, without_fills
from gac_core.scene.validation import plausibility_warnings, require_agreement
from gac_core.scene.warp import NativeReader, StoredReader, WarpedReader
from gac_core.scene.working_grid import extent_on_source, place_source

SEARCH_WINDOW = 512
"""Edge in pixels of the pieces in which an area is searched for measurements."""


class S1Scene:
    """Radar scene; use as a context manager. Not thread-safe.

    Attributes:
        grid: The 10 m UTM working grid.
        window: Footprint of the scene on it.
        centre: Latitude and longitude of its centre in degrees, to a tenth: stage 2's conditioning,
            whichever part of the scene is computed. For a scene too wide for one zone, those of the
            extent.
        modality: `S1GRD` or `S1RTC`.
        date: Acquisition time (ISO 8601, UTC), None if nothing states it.
        date_source: Where it is stated, or "".
        month: Month of `date`, 0 if unknown.
        unit: Unit of the values in the file: `db`, `power` or `amplitude`.
        unit_reason: Reason for that unit.
        decisions: All decisions about it, with evidence and source.
        warnings: For the user, before the run.
        crs: CRS of the source, as WKT.
        inputs: The local files that are read.
        fingerprint: SHA-256 of a sample of the values: it distinguishes two addresses that differ
            only in secrets, which are not recorded.
    """

    def __init__(
        self,
        source: Source,
        unit: str,
        modality: str,
        extent: Bounds | None = None,
        extent_crs: str | None = None,
    ) -> None:
        """Interpret an open source; the entry point is `open_scene`."""
        self._source, self.inputs = source, source.inputs
        sample = sample_scene(source)
        self.fingerprint = hashlib.sha256(sample.values.tobytes()).hexdigest()
        _refuse_empty(sample.values, source.name)
        sample = without_fills(sample)
        place = self._place = place_source(source, extent, extent_crs)
        bands, sample, about_bands = decide_bands(source, sample)
        about_both = require_agreement(source, sample, unit)
        self.modality, kind, about_kind = decide_modality(modality, source)
        texts = source.texts()
        named, usual = metadata.unit(texts), metadata.conventional_unit(texts)
        decision = decide_unit(unit, named, usual, sample, source.dtype, source.name)
        self.grid, self.window = place.grid, place.window
        self.unit, self.unit_reason = decision.unit, decision.reason
        when, self.date_source = source.acquired()
        self.date = when.isoformat() if when else None
        self.month = when.month if when else 0
        self.crs: str = source.crs.to_wkt()
        measured = decision.holes.clean(sample.values)
        _refuse_empty(measured, source.name)
        require_distinguishable(source, to_db(measured, self.unit))
        nodata, about_nodata = describe_nodata(source, sample, decision.holes, self.unit)
        spacing, crs, about_place = describe_place(source, place, self.grid.epsg)
        self.decisions = (
            bands,
            Decision("unit", Message("Unit"), UNIT_WORDS[self.unit], self.unit_reason, decision.by),
            kind,
            nodata,
            describe_date(self.date, self.date_source),
            spacing,
            crs,
        )
        self.warnings = [
            *about_bands,
            *about_both,
            *about_kind,
            *decision.warnings,
            *about_nodata,
        ]
        self.warnings += [
            *plausibility_warnings(to_db(measured, self.unit)),
            *about_place,
            *future_date_warnings(when),
        ]
        self.warnings += self.area(extent, extent_crs)[1] if extent is not None else []
        of_extent = place.wide and extent is not None
        middle = self.area(extent, extent_crs)[0] if of_extent else self.window
        latitude, longitude = centre_location(self.grid, middle)
        self.centre = round(latitude, 1), round(longitude, 1)
        reader = NativeReader if place.native else WarpedReader
        self._source_reader = reader(source, place, self.unit, decision.holes)
        self._reader: NativeReader | WarpedReader | StoredReader = self._source_reader

    def read(self, window: Window) -> Floats:
        """Read any window of the working grid.

        A pixel has the same value whichever window it is read through.

        Returns:
            (2, H, W) backscatter in dB, VV then VH; NaN in both where there is no measurement.

        Raises:
            SceneError: If the file can no longer be read.
        """
        out = np.full((2, *window.shape), np.nan, np.float32)
        inside = window.intersection(self.window)
        if not inside.is_empty:
            out[(..., *inside.slices(window))] = self._reader.read(inside)
        return out

    @contextmanager
    def stored(self, path: Path, area: Window, *, reserves: bool = True) -> Iterator[StoredReader]:
        """Read each pixel of an area from the source once, and afterwards from a file.

        Args:
            path: The file; blocks that another process stored in it are used.
            area: The area; pixels beyond it are read from the source every time.
            reserves: Whether disk space is taken for all of it at once.

        Raises:
            OutputError: If the disk is full or the file cannot be created.
        """
        with StoredReader(self._source_reader, path, area, reserves=reserves) as self._reader:
            try:
                yield self._reader
            finally:
                self._reader = self._source_reader

    def area(self, extent: Bounds | None, crs: str | None) -> tuple[Window, list[str]]:
        """Return the window of an extent, clipped to the scene, and notes for the user.

        The entry point is `extent_window`, which lists the errors.
        """
        if extent is not None:
            parsed = parse_extent(extent, crs, self._source.crs)
            return window_of(parsed, extent_on_source(parsed, self._source), self.grid, self.window)
        if self._place.wide:
            raise RequestError(
                Message(
                    "{} is too wide to be computed as a whole in one UTM zone.", self._source.name
                ),
                Message("Choose an extent of at most some 6 degrees."),
                problem="scene-too-wide",
            )
        return self.window, []

    def info(self) -> dict[str, Any]:
        """Return SceneInfo of docs/architecture.md."""
        source = self._source
        width, height, transform = source.width, source.height, source.transform
        corners = apply(transform, np.array([[0, width, 0, width], [0, 0, height, height]]))
        bounds = (*corners.min(axis=1), *corners.max(axis=1))
        return {
            "paths": [redacted(path) for path in source.paths],
            "vv_band": source.vv_band,
            "vh_band": source.vh_band,
            "unit": self.unit,
            "unit_reason": self.unit_reason,
            "date": self.date,
            "date_source": self.date_source,
            "epsg": self.grid.epsg,
            "crs": self.crs,
            "width": width,
            "height": height,
            "pixel_size": [
                float(np.hypot(transform.a, transform.d)),
                float(np.hypot(transform.b, transform.e)),
            ],
            "bounds": [float(edge) for edge in bounds],
            "modality": self.modality,
            "warnings": list(self.warnings),
            "decisions": [decision.to_dict() for decision in self.decisions],
        }

    def close(self) -> None:
        """Close the files."""
        self._source.close()

    def __enter__(self) -> S1Scene:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_empty(sample: Floats, name: str) -> None:
    if not sample.shape[1]:
        raise SceneError(
            Message("{} holds no measurement at all: every pixel is nodata.", name),
            Message("Check that VV and VH are the right bands and overlap."),
            problem="radar-without-measurement",
        )


def require_secrets(sar: tuple[str, ...]) -> None:
    """Refuse addresses whose secrets were removed when they were recorded.

    Raises:
        SceneError: If one of them was redacted.
    """
    for path in map(str, sar):
        if is_redacted(path):
            raise SceneError(
                Message(
                    "The address {} was stored without the password or key that opens it.",
                    path,
                ),
                Message("Give the whole address again, with the same settings and folder."),
                problem="address-without-secret",
            )


def open_scene(
    sar: tuple[str, ...],
    *,
    vv_band: int | None = None,
    vh_band: int | None = None,
    unit: str = "auto",
    modality: str = "auto",
    nodata: float | None = None,
    extent: Bounds | None = None,
    extent_crs: str | None = None,
) -> S1Scene:
    """Open a Sentinel-1 scene and interpret it.

    Args:
        sar: One file with VV and VH, or the VV file and the VH file; a folder or zip archive that
            holds these two; anything that GDAL opens, also by address (`https://…`, `WCS:…`).
        vv_band: 1-based band of VV in its file; None: detect it.
        vh_band: 1-based band of VH in its file; None: detect it.
        unit: `db`, `power`, `amplitude`, or `auto`: detect it.
        modality: `S1GRD`, `S1RTC`, or `auto`: detect it.
        nodata: Nodata value, as it is in the file or after the file's scale and offset, in addition
            to the values that the file declares.
        extent: Area to compute, as for `extent_window`: the centre of its part on the scene
            determines the UTM zone if the source is not in UTM itself; None: the scene's centre.
        extent_crs: CRS of `extent`; None: the scene's own.

    Raises:
        RequestError: If `unit`, `modality` or the number of files is invalid, or the extent does
            not touch the scene.
        SceneError: If the scene cannot be read, or is unsuitable for the models.
    """
    if unit != "auto" and unit not in RADAR_UNITS:
        raise RequestError(
            Message("The unit is {}.", repr(unit)),
            Message("It can be auto, {}.", ", ".join(RADAR_UNITS)),
            problem="unit-unknown",
        )
    if modality != "auto" and modality not in S1_STATISTICS:
        raise RequestError(
            Message("The modality is {}.", repr(modality)),
            Message("It can be auto, {}.", ", ".join(S1_STATISTICS)),
            problem="modality-unknown",
        )
    if not 1 <= len(sar) <= 2:
        raise RequestError(
            Message("A scene is one or two files, {} were given.", len(sar)),
            Message("Give one file with VV and VH, or the VV file and the VH file."),
            problem="radar-file-count",
        )
    require_secrets(sar)
    source = Source(tuple(str(path) for path in sar), vv_band, vh_band, nodata)
    try:
        return S1Scene(source, unit, modality, extent, extent_crs)
    except BaseException:
        source.close()
        raise


def open_radar(request: RunRequest) -> S1Scene:
    """Open the radar of a request.

    Raises:
        GacError: As `open_scene`.
    """
    return open_scene(request.sar, **request.reading, **request.place)


def requested_area(scene: S1Scene, request: RunRequest) -> Window:
    """Return the part of a request's extent that lies on its radar.

    Raises:
        RequestError: As `extent_window`.
    """
    return extent_window(scene, request.extent, request.extent_crs)


def data_window(scene: S1Scene, request: RunRequest) -> Window:
    """Return the window whose data count: the scene's, or a quick run's area; errors likewise."""
    return requested_area(scene, request) if request.quick else scene.window


def extent_window(scene: S1Scene, extent: Bounds | None, crs: str | None = None) -> Window:
    """Return the part of an extent that lies on the scene.

    Args:
        scene: The scene.
        extent: (xmin, ymin, xmax, ymax), xmin > xmax in degrees: across ±180°; None: the whole
            scene.
        crs: CRS of the extent, as `EPSG:n` or WKT; None: the scene's own.

    Raises:
        RequestError: If the CRS is unknown, the extent is not a valid rectangle, cannot be
            reprojected or misses the scene; or if it is None and the scene is too wide to be
            computed as a whole.
    """
    return scene.area(extent, crs)[0]


def centre_location(grid: WorkGrid, area: Window) -> tuple[float, float]:
    """Return latitude and longitude in degrees (WGS 84) of the centre of an area."""
    xmin, ymin, xmax, ymax = grid.bounds(area)
    middle = np.array([[(xmin + xmax) / 2], [(ymin + ymax) / 2]])
    lon, lat = lonlat(CRS.from_epsg(grid.epsg), middle)
    return lat, lon


def require_measurement(
    scene: S1Scene, area: Window, tick: Callable[[], None] = lambda: None
) -> None:
    """Check that an area contains any measurement.

    Args:
        scene: The scene.
        area: Window within it.
        tick: Called between pieces; may raise to stop.

    Raises:
        RequestError: If there is no measurement.
    """
    if not is_measured(scene, area, tick):
        raise RequestError(
            Message(
                "The radar holds no measurement in the area: all {} x {} pixels of it are nodata.",
                area.width,
                area.height,
            ),
            Message("Choose an extent where the radar layer shows an image."),
            problem="area-without-measurement",
        )


def is_measured(scene: S1Scene, area: Window, tick: Callable[[], None] = lambda: None) -> bool:
    """Return whether an area contains any measurement.

    Pieces are searched from the middle outwards, up to the first measurement.
    """
    pieces = [
        Window(row, col, SEARCH_WINDOW, SEARCH_WINDOW).intersection(area)
        for row in range(area.row // SEARCH_WINDOW * SEARCH_WINDOW, area.stop_row, SEARCH_WINDOW)
        for col in range(area.col // SEARCH_WINDOW * SEARCH_WINDOW, area.stop_col, SEARCH_WINDOW)
    ]
    middle = area.row + area.height / 2, area.col + area.width / 2
    pieces.sort(key=lambda p: np.hypot(p.row - middle[0], p.col - middle[1]))
    for piece in pieces:
        tick()
        if np.isfinite(scene.read(piece)[0]).any():
            return True
    return False
