"""Range of reflectance that a run is displayed with, shared by all its bands and stages.

A range per band falsifies colours and makes the lattice of tokens visible; one per stage makes
different stages look alike. Values are DN, reflectance × 10000.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from osgeo import gdal

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.core import log, records
from gac_qgis_plugin.core.records import RangeRecord
from gac_qgis_plugin.core.settings import PluginSettings

FIXED, FITTED, LAYER = "fixed", "fitted", "layer"
"""Origin of a range: the default, fitted to the run's own values, or taken from another layer."""

MAX_DN = 1500.0
"""White of the fixed range: twice that leaves most land almost black."""

INFRARED_SHARE = 5 / 3
"""Width of B08's range relative to that of the visible bands: plants are bright in it."""

MIN_WIDTH = 500.0
"""Minimum width of a fitted range.

It limits the amplification of noise over dark water to three times that of the fixed range.
"""

QUANTILES = (0.02, 0.98)
"""Quantiles that are black and white in a fitted range."""

MAX_SIDE = 512
"""Longer side in pixels of the image that a range is fitted to."""

STEP, STEPS = 5, 13108
"""Resolution of a fitted range in DN, and the number of steps that covers uint16."""

SCALE = 10000.0

COLOURS = {"true_colour": ("B04", "B03", "B02"), "false_colour": ("B08", "B04", "B03")}
"""Red, green and blue of the styles that are composites of three bands."""

VISIBLE = ("B02", "B03", "B04")
FILE = "display.json"


@dataclass(frozen=True)
class DisplayRange:
    """Display range of the visible bands.

    Attributes:
        low: DN of black.
        high: DN of white.
        origin: `FIXED`, `FITTED` or `LAYER`.
        layer: Name of the layer that it was taken from.
    """

    low: float = 0.0
    high: float = MAX_DN
    origin: str = FIXED
    layer: str = ""

    def of_band(self, band: str) -> tuple[float, float]:
        """Return the DN of black and white in a band."""
        share = INFRARED_SHARE if band == "B08" else 1.0
        return self.low, self.low + share * (self.high - self.low)

    @property
    def reflectance(self) -> tuple[str, str]:
        """Black and white as reflectance, for display."""
        return f"{self.low / SCALE:.3g}", f"{self.high / SCALE:.3g}"

    def as_json(self) -> str:
        """Return the range as a line of JSON for `range_from`."""
        return json.dumps(asdict(self))


def range_from(text: str) -> DisplayRange | None:
    """Parse the range written by `as_json`; return None if the text is invalid."""
    return _valid_range(records.parse(text, RangeRecord).values)


def channels(style: str, display: DisplayRange) -> list[tuple[str, float, float]]:
    """Return name, black and white of the bands shown as red, green and blue.

    Args:
        style: Key of a style; true colour replaces styles that are not composites of three bands.
        display: The range.
    """
    names = COLOURS.get(style) or COLOURS["true_colour"]
    return [(name, *display.of_band(name)) for name in names]


def fitted_range(images: Iterable[Path]) -> DisplayRange:
    """Return the range from the 2nd to the 98th percentile of all visible bands' values together.

    Read from overviews if available, which takes milliseconds. Pixels without data do not count. If
    no image has any data, the range is the fixed one.

    Args:
        images: Results, weighted equally.
    """
    counts = [0] * STEPS
    for image in images:
        for histogram in _histograms(image):
            counts = [a + b for a, b in zip(counts, histogram)]
    total = sum(counts)
    if not total:
        return DisplayRange(origin=FITTED)
    low, high = (float(STEP * _bin(counts, share * total)) for share in QUANTILES)
    if high - low < MIN_WIDTH:
        low = max((low + high - MIN_WIDTH) / 2, 0.0)
        high = low + MIN_WIDTH
    return DisplayRange(low, high, FITTED)


def initial_range(folder: Path, image: Path) -> DisplayRange:
    """Return the initial range of a run's layers: the run's own, or the user's default.

    Args:
        folder: The run's folder.
        image: The image of its highest stage, for fitting a range.
    """
    stored = read_range(folder)
    if stored is None:
        return new_range([image])
    return fitted_range([image]) if stored.origin == FITTED else stored


def new_range(images: Iterable[Path]) -> DisplayRange:
    """Return the range of results without a chosen one.

    Args:
        images: Images to fit a range to, if the user's default is a fitted range.
    """
    origin = PluginSettings.load().display_range
    return fitted_range(images) if origin == FITTED else DisplayRange()


def range_file(folder: Path) -> Path:
    """Return the file that stores a run's range, so that the run reopens as last seen."""
    return folder / FILE


def read_range(folder: Path) -> DisplayRange | None:
    """Return the range stored in a run's folder, or None."""
    return _valid_range(records.read(range_file(folder), RangeRecord).values)


def save_range(folder: Path, display: DisplayRange) -> None:
    """Store a run's range in its folder; a folder without write access is left as it is."""
    if read_range(folder) != display:
        try:
            range_file(folder).write_text(f"{display.as_json()}\n", encoding="utf-8")
        except OSError as error:
            log.info(f"The range of {folder} is not kept: {error}")


def _valid_range(values: RangeRecord) -> DisplayRange | None:
    if not values.keys() >= {"low", "high", "origin", "layer"}:
        return None
    low, high, origin = values["low"], values["high"], values["origin"]
    if origin not in (FIXED, FITTED, LAYER) or not low < high:
        return None
    return DisplayRange(low, high, origin, values["layer"])


def _histograms(image: Path) -> list[list[int]]:
    """Return the histograms of the visible bands of a small copy; empty if it cannot be read."""
    numbers = [bands.OUTPUT_BANDS.index(band) + 1 for band in VISIBLE]
    try:
        source = gdal.Open(str(image))
        if source is None or source.RasterCount < max(numbers):
            return []
        share = min(MAX_SIDE / max(source.RasterXSize, source.RasterYSize), 1.0)
        small = gdal.Translate(
            "",
            source,
            format="MEM",
            bandList=numbers,
            width=max(round(source.RasterXSize * share), 1),
            height=max(round(source.RasterYSize * share), 1),
            resampleAlg="nearest",
        )
        if small is None:
            return []
        copies = [small.GetRasterBand(n + 1) for n in range(len(numbers))]
        edges = -STEP / 2, STEP * (STEPS - 0.5)
        return [list(band.GetHistogram(*edges, STEPS, approx_ok=0)) for band in copies]
    except RuntimeError as error:  # what GDAL raises if its exceptions are on
        log.info(f"No range can be fitted to {image}: {error}")
        return []


def _bin(counts: list[int], rank: float) -> int:
    """Return the first bin whose cumulative count reaches `rank`."""
    below = 0
    for number, count in enumerate(counts):
        below += count
        if below >= rank:
            return number
    return len(counts) - 1
