"""A Sentinel-1 scene on the working grid: the only way in which the engine sees radar."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import numpy as np

from gac_core.bands import RADAR_UNITS
from gac_core.errors import RequestError, SceneError
from gac_core.grid import Bounds, Window
from gac_core.scene import names
from gac_core.scene.asked import Asked, on_scene, pixel_of, understand, zone_of
from gac_core.scene.carry import apply
from gac_core.scene.dates import read_date
from gac_core.scene.extent import cut
from gac_core.scene.place import Place, place_scene
from gac_core.scene.sample import sample_values
from gac_core.scene.source import Source
from gac_core.scene.units import decide_unit
from gac_core.scene.values import Floats, mask_nodata, to_db
from gac_core.scene.warp import NativeReader, WarpedReader

COARSE = 15.0
"""Spacing in metres from which on a user is told that detail is missing."""

COARSEST = 100.0
"""Spacing in metres beyond which a scene is refused: one pixel would stand for more than a hundred
working pixels, a token of the models would see two. It is an overview, or its CRS is wrong."""

FINEST = 1.0
"""Spacing in metres below which a scene is refused: Sentinel-1 resolves no such detail in any
mode, so that it is another sensor or a wrong CRS; and a block of it would take gigabytes."""

SWAPPED = 1.0
"""dB by which the median of VH must exceed that of VV before they look swapped."""


class S1Scene:
    """A radar scene; use as a context manager. Not for use by several threads at once.

    Attributes:
        grid: The 10 m UTM working grid.
        window: The scene's footprint on it.
        modality: `S1GRD` or `S1RTC`.
        date: When it was acquired (ISO 8601, UTC), None where nothing tells.
        date_source: Where that stands, or "".
        month: Month of `date`, 0 where unknown.
        unit: Unit of the values in the file: `db`, `power` or `amplitude`.
        unit_reason: Why that unit.
        warnings: What the user should know before the run.
        crs: CRS of the source, as WKT.
    """

    def __init__(
        self,
        source: Source,
        unit: str,
        extent: Bounds | None = None,
        extent_crs: str | None = None,
    ) -> None:
        """Understands an open source; `open_scene` is the door."""
        self._source = source
        values = sample_values(source)
        _refuse_empty(values, source.name)
        place = self._place = _place(source, extent, extent_crs)
        texts = source.texts()
        decision = decide_unit(unit, names.unit(texts), values, source.dtype, source.name)
        self.grid, self.window = place.grid, place.window
        self.unit, self.unit_reason = decision.unit, decision.reason
        self.modality = names.modality(text for _, text in texts)
        when, self.date_source = read_date(source.tags(), source.paths)
        self.date = when.isoformat() if when else None
        self.month = when.month if when else 0
        self.crs: str = source.crs.to_wkt()
        self.warnings = [*source.warnings, *decision.warnings]
        measured = mask_nodata(values, self.unit)
        measured = measured[:, np.isfinite(measured[0])]
        _refuse_empty(measured, source.name)
        self.warnings += _doubts(to_db(measured, self.unit), max(place.steps))
        self.warnings += self.area(extent, extent_crs)[1] if extent is not None else []
        reader = NativeReader if place.native else WarpedReader
        self._reader = reader(source, place, self.unit)

    def read(self, window: Window) -> Floats:
        """Reads any window of the working grid.

        A pixel has the same value whichever window it is read through.

        Returns:
            (2, H, W) backscatter in dB, VV then VH; NaN in both where there is no measurement.

        Raises:
            SceneError: If the file can no longer be read.
        """
        out = np.full((2, *window.shape), np.nan, np.float32)
        inside = window.intersection(self.window)
        if not inside.is_empty:
            out[:, *inside.slices(window)] = self._reader.read(inside)
        return out

    def area(self, extent: Bounds | None, crs: str | None) -> tuple[Window, list[str]]:
        """The window of an extent, cut to the scene, and what the user should know of it.

        `extent_window` is the door; there stands what may be raised.
        """
        if extent is not None:
            asked = understand(extent, crs, self._source.crs)
            return cut(asked, _near(asked, self._source), self.grid, self.window)
        if self._place.wide:
            raise RequestError(
                f"{self._source.name} is too wide to be computed as a whole in one UTM zone.",
                "Choose an extent of at most some 6 degrees.",
            )
        return self.window, []

    def info(self) -> dict[str, Any]:
        """SceneInfo of docs/architecture.md."""
        source = self._source
        width, height, step = source.width, source.height, source.transform
        corners = apply(step, np.array([[0, width, 0, width], [0, 0, height, height]]))
        bounds = (*corners.min(axis=1), *corners.max(axis=1))
        return {
            "paths": list(source.paths),
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
            "pixel_size": [float(np.hypot(step.a, step.d)), float(np.hypot(step.b, step.e))],
            "bounds": [float(edge) for edge in bounds],
            "modality": self.modality,
            "warnings": list(self.warnings),
        }

    def close(self) -> None:
        """Closes the files."""
        self._source.close()

    def __enter__(self) -> S1Scene:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_scene(
    sar: tuple[str, ...],
    *,
    vv_band: int | None = None,
    vh_band: int | None = None,
    unit: str = "auto",
    extent: Bounds | None = None,
    extent_crs: str | None = None,
) -> S1Scene:
    """Opens a Sentinel-1 scene and understands it.

    Args:
        sar: One file with VV and VH, or the VV file and the VH file.
        vv_band: 1-based band of VV in its file; None: decide from the file.
        vh_band: 1-based band of VH in its file; None: decide from the file.
        unit: `db`, `power`, `amplitude`, or `auto`: decide from the file.
        extent: What will be computed, as for `extent_window`: the centre of its part on the scene
            decides about the UTM zone where the source is not UTM itself; None: the scene's.
        extent_crs: CRS of `extent`; None: the scene's own.

    Raises:
        RequestError: If `unit` or the number of files makes no sense, or the extent does not
            touch the scene.
        SceneError: If the scene cannot be read, or is not what the models know.
    """
    if unit != "auto" and unit not in RADAR_UNITS:
        raise RequestError(f"The unit is {unit!r}.", f"It can be auto, {', '.join(RADAR_UNITS)}.")
    if not 1 <= len(sar) <= 2:
        raise RequestError(
            f"A scene is one or two files, {len(sar)} were given.",
            "Give one file with VV and VH, or the VV file and the VH file.",
        )
    source = Source(tuple(str(path) for path in sar), vv_band, vh_band)
    try:
        return S1Scene(source, unit, extent, extent_crs)
    except BaseException:
        source.close()
        raise


def _near(asked: Asked, source: Source) -> Bounds:
    return on_scene(asked, source.crs, source.transform, source.height, source.width)


def _place(source: Source, extent: Bounds | None, extent_crs: str | None) -> Place:
    """The working grid for an extent of a source (None: for all of it)."""
    crs, transform, height, width = source.crs, source.transform, source.height, source.width
    zone = centre = None
    if extent is not None and not transform.is_degenerate:
        asked = understand(extent, extent_crs, crs)
        part = _near(asked, source)
        zone = zone_of(asked, part)
        middle = np.array([[width / 2], [height / 2]])
        centre = pixel_of(asked, part, crs, transform, middle)
    place = place_scene(crs, transform, height, width, source.name, centre=centre, zone=zone)
    if not FINEST <= min(place.steps) <= max(place.steps) <= COARSEST:
        across, down = place.steps
        raise SceneError(
            f"{source.name} has pixels of {across:.3g} x {down:.3g} m: Sentinel-1 products have "
            f"{FINEST:.0f} to {COARSEST:.0f} m.",
            "Check its CRS and its georeference; give the product itself, no overview of it.",
        )
    return place


def _refuse_empty(sample: Floats, name: str) -> None:
    if not sample.shape[1]:
        raise SceneError(
            f"{name} holds no measurement at all: every pixel is nodata.",
            "Check that VV and VH are the right bands and overlap.",
        )


def _doubts(sample: Floats, spacing: float) -> list[str]:
    """Warnings that the values (2, N) in dB and the spacing in metres give cause for."""
    found = []
    vv, vh = (float(np.median(band)) for band in sample)
    if vh - vv > SWAPPED:
        found.append(
            f"VV and VH look swapped: VH is the stronger one (median {vh:.1f} dB, VV {vv:.1f} dB)."
        )
    if spacing > COARSE:
        found.append(
            f"The scene has {spacing:.0f} m pixels: it is resampled to 10 m, "
            "but detail finer than that is not in it."
        )
    return found
