"""The range of reflectance that a run is shown with: one for all its bands and stages.

A range for each band invents colours and makes the lattice of tokens visible; one for each stage
makes stages look alike that are not. Values are DN, reflectance × 10000.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from osgeo import gdal

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.toolbelt import log, records
from gac_qgis_plugin.toolbelt.records import RangeRecord
from gac_qgis_plugin.toolbelt.settings import PluginSettings

FIXED, FITTED, LAYER = "fixed", "fitted", "layer"
"""Where a range comes from: it is the default, of the run's own values, of another layer."""

BRIGHTEST = 1500.0
"""White of the fixed range: twice as much leaves most land almost black."""

INFRARED_SHARE = 5 / 3
"""How much wider the range of B08 is than that of the visible bands: plants are bright in it."""

LEAST_WIDTH = 500.0
"""Width below which no range is fitted: noise over dark water is never shown more than three times
as strong as by the fixed range."""

SHARES = (0.02, 0.98)
"""Shares of values below black and below white of a fitted range."""

MOST = 512
"""Pixels of the longer side of what a range is fitted to."""

STEP, STEPS = 5, 13108
"""DN that a fitted range is true to, and how many of them hold all of uint16."""

SCALE = 10000.0

COLOURS = {"true_colour": ("B04", "B03", "B02"), "false_colour": ("B08", "B04", "B03")}
"""Red, green and blue of the styles that are pictures of three bands."""

VISIBLE = ("B02", "B03", "B04")
FILE = "display.json"


@dataclass(frozen=True)
class DisplayRange:
    """The range of the visible bands.

    Attributes:
        low: DN that is black.
        high: DN that is white.
        origin: `FIXED`, `FITTED` or `LAYER`.
        layer: Name of the layer that it was taken from.
    """

    low: float = 0.0
    high: float = BRIGHTEST
    origin: str = FIXED
    layer: str = ""

    def of_band(self, band: str) -> tuple[float, float]:
        """Return the DN of a band that are black and white."""
        share = INFRARED_SHARE if band == "B08" else 1.0
        return self.low, self.low + share * (self.high - self.low)

    @property
    def reflectance(self) -> tuple[str, str]:
        """Black and white as reflectance, for people."""
        return f"{self.low / SCALE:.3g}", f"{self.high / SCALE:.3g}"

    def as_json(self) -> str:
        """Return the range as a line that `range_from` reads."""
        return json.dumps(asdict(self))


def range_from(text: str) -> DisplayRange | None:
    """Return the range that `as_json` wrote; None if the text is no such line."""
    return _sound_range(records.parse(text, RangeRecord).values)


def channels(style: str, display: DisplayRange) -> list[tuple[str, float, float]]:
    """Return name, black and white of the bands that are red, green and blue.

    Args:
        style: Key of a style; true colour stands in for those that are no plain three bands.
        display: The range.
    """
    shown = COLOURS.get(style) or COLOURS["true_colour"]
    return [(band, *display.of_band(band)) for band in shown]


def fitted_range(images: Iterable[Path]) -> DisplayRange:
    """Return the range from 2 to 98 % of the visible bands' values, all of them together.

    Read from overviews where there are some, so that it takes milliseconds. Pixels without data
    do not count. Where no image has any, the range is the fixed one.

    Args:
        images: Results, which count alike.
    """
    counts = [0] * STEPS
    for image in images:
        for histogram in _histograms(image):
            counts = [a + b for a, b in zip(counts, histogram)]
    total = sum(counts)
    if not total:
        return DisplayRange(origin=FITTED)
    low, high = (float(STEP * _bin(counts, share * total)) for share in SHARES)
    if high - low < LEAST_WIDTH:
        low = max((low + high - LEAST_WIDTH) / 2, 0.0)
        high = low + LEAST_WIDTH
    return DisplayRange(low, high, FITTED)


def opening_range(folder: Path, image: Path) -> DisplayRange:
    """Return the range that a run's layers open with: the run's own, or what the user wants.

    Args:
        folder: The run's.
        image: Its highest stage's, which a range is fitted to.
    """
    kept = read_range(folder)
    if kept is None:
        return new_range([image])
    return fitted_range([image]) if kept.origin == FITTED else kept


def new_range(images: Iterable[Path]) -> DisplayRange:
    """Return the range of results for which nobody has chosen one yet.

    Args:
        images: What a range is fitted to, if the user wants that of new results.
    """
    wanted = PluginSettings.load().display_range
    return fitted_range(images) if wanted == FITTED else DisplayRange()


def range_file(folder: Path) -> Path:
    """Return where a run's range is kept, so that it is opened again as it was seen last."""
    return folder / FILE


def read_range(folder: Path) -> DisplayRange | None:
    """Return the range that is kept in a run's folder; None if there is none."""
    return _sound_range(records.read(range_file(folder), RangeRecord).values)


def keep_range(folder: Path, display: DisplayRange) -> None:
    """Keep a run's range in its folder; a folder that cannot be written to keeps none."""
    if read_range(folder) != display:
        try:
            range_file(folder).write_text(f"{display.as_json()}\n", encoding="utf-8")
        except OSError as error:
            log.info(f"The range of {folder} is not kept: {error}")


def _sound_range(values: RangeRecord) -> DisplayRange | None:
    if not values.keys() >= {"low", "high", "origin", "layer"}:
        return None
    low, high, origin = values["low"], values["high"], values["origin"]
    if origin not in (FIXED, FITTED, LAYER) or not low < high:
        return None
    return DisplayRange(low, high, origin, values["layer"])


def _histograms(image: Path) -> list[list[int]]:
    """Histograms of the visible bands of a small copy; none if it cannot be read."""
    numbers = [bands.OUTPUT_BANDS.index(band) + 1 for band in VISIBLE]
    try:
        source = gdal.Open(str(image))
        if source is None or source.RasterCount < max(numbers):
            return []
        share = min(MOST / max(source.RasterXSize, source.RasterYSize), 1.0)
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
    """The first bin up to which so many values lie."""
    below = 0
    for number, count in enumerate(counts):
        below += count
        if below >= rank:
            return number
    return len(counts) - 1
