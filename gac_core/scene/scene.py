"""A Sentinel-1 scene on the working grid: the only way in which the engine sees radar."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.redaction import redacted
from gac_core.contract.request import Bounds
from gac_core.grid import Window
from gac_core.scene import names
from gac_core.scene.agreement import require_agreement
from gac_core.scene.asked import understand
from gac_core.scene.carry import apply
from gac_core.scene.doubts import doubts
from gac_core.scene.extent import centre_place, cut
from gac_core.scene.sample import sample_scene
from gac_core.scene.siting import near, site
from gac_core.scene.source import Source
from gac_core.scene.understanding import (
    UNIT_WORDS,
    Decision,
    about_date,
    decide_bands,
    decide_modality,
    describe_date,
    describe_nodata,
    describe_place,
    require_apart,
)
from gac_core.scene.units import decide_unit, without_fills
from gac_core.scene.values import Floats, to_db
from gac_core.scene.warp import NativeReader, WarpedReader


class S1Scene:
    """A radar scene; use as a context manager. Not for use by several threads at once.

    Attributes:
        grid: The 10 m UTM working grid.
        window: The scene's footprint on it.
        centre: Latitude and longitude in degrees of its middle, to a tenth: what stage 2 is told,
            whatever part of the scene is computed. Of a scene that is too wide for one zone: of the
            extent's.
        modality: `S1GRD` or `S1RTC`.
        date: When it was acquired (ISO 8601, UTC), None where nothing tells.
        date_source: Where that stands, or "".
        month: Month of `date`, 0 where unknown.
        unit: Unit of the values in the file: `db`, `power` or `amplitude`.
        unit_reason: Why that unit.
        decisions: All that was decided about it, with evidence and by whom.
        warnings: What the user should know before the run.
        crs: CRS of the source, as WKT.
        inputs: The local files that are read.
        fingerprint: SHA-256 of a sample of the values: two addresses that differ by nothing but
            what may not be written down are told apart by it.
    """

    def __init__(
        self,
        source: Source,
        unit: str,
        modality: str,
        extent: Bounds | None = None,
        extent_crs: str | None = None,
    ) -> None:
        """Understands an open source; `opening.open_scene` is the door."""
        self._source, self.inputs = source, source.inputs
        sample = sample_scene(source)
        self.fingerprint = hashlib.sha256(sample.values.tobytes()).hexdigest()
        _refuse_empty(sample.values, source.name)
        sample = without_fills(sample)
        place = self._place = site(source, extent, extent_crs)
        bands, sample, about_bands = decide_bands(source, sample)
        about_both = require_agreement(source, sample, unit)
        self.modality, kind, about_kind = decide_modality(modality, source)
        texts = source.texts()
        told, usual = names.unit(texts), names.usual_unit(texts)
        decision = decide_unit(unit, told, usual, sample, source.dtype, source.name)
        self.grid, self.window = place.grid, place.window
        self.unit, self.unit_reason = decision.unit, decision.reason
        when, self.date_source = source.acquired()
        self.date = when.isoformat() if when else None
        self.month = when.month if when else 0
        self.crs: str = source.crs.to_wkt()
        measured = decision.holes.clean(sample.values)
        _refuse_empty(measured, source.name)
        require_apart(source, to_db(measured, self.unit))
        nodata, about_nodata = describe_nodata(source, sample, decision.holes, self.unit)
        spacing, crs, about_place = describe_place(source, place, self.grid.epsg)
        self.decisions = (
            bands,
            Decision("unit", "Unit", UNIT_WORDS[self.unit], self.unit_reason, decision.by),
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
        self.warnings += [*doubts(to_db(measured, self.unit)), *about_place, *about_date(when)]
        self.warnings += self.area(extent, extent_crs)[1] if extent is not None else []
        of_extent = place.wide and extent is not None
        middle = self.area(extent, extent_crs)[0] if of_extent else self.window
        latitude, longitude = centre_place(self.grid, middle)
        self.centre = round(latitude, 1), round(longitude, 1)
        reader = NativeReader if place.native else WarpedReader
        self._reader = reader(source, place, self.unit, decision.holes)

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
            out[(..., *inside.slices(window))] = self._reader.read(inside)
        return out

    def area(self, extent: Bounds | None, crs: str | None) -> tuple[Window, list[str]]:
        """The window of an extent, cut to the scene, and what the user should know of it.

        `extent_window` is the door; there stands what may be raised.
        """
        if extent is not None:
            asked = understand(extent, crs, self._source.crs)
            return cut(asked, near(asked, self._source), self.grid, self.window)
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
            "pixel_size": [float(np.hypot(step.a, step.d)), float(np.hypot(step.b, step.e))],
            "bounds": [float(edge) for edge in bounds],
            "modality": self.modality,
            "warnings": list(self.warnings),
            "decisions": [decision.to_dict() for decision in self.decisions],
        }

    def close(self) -> None:
        """Closes the files."""
        self._source.close()

    def __enter__(self) -> S1Scene:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_empty(sample: Floats, name: str) -> None:
    if not sample.shape[1]:
        raise SceneError(
            f"{name} holds no measurement at all: every pixel is nodata.",
            "Check that VV and VH are the right bands and overlap.",
        )
