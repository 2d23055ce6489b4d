"""What an export is asked to write."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.display import DisplayRange
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

UINT16, FLOAT32, PICTURE = "uint16", "float32", "picture"
NEAREST = "near"
HIGHEST_DN = 20000
"""Above it no reflectance × 10000 is to be expected; a nodata value below would hide pixels."""


@dataclass(frozen=True)
class RadarImage:
    """The radar beside which a figure shows a result.

    Attributes:
        source: What GDAL opens.
        band: The band with VV.
        unit: `db`, `power` or `amplitude`.
    """

    source: str
    band: int
    unit: str


@dataclass(frozen=True)
class ExportPlan:
    """An export, in plain values: it is carried out beside the main thread.

    Attributes:
        run: The run's folder.
        stages: Which stages.
        out: The folder to write into.
        stem: How the files' names begin.
        kind: `uint16` and `float32` are reflectance, `picture` is three bands of 8 bits.
        style: The colours of pictures and of the figure: `true_colour` or `false_colour`.
        display: The range of pictures and of the figure.
        crs: The CRS, as EPSG:code or WKT; "" that of the images.
        pixel: The size of a pixel in units of that CRS; None: as in the images, or about as much.
        resampling: GDAL's name of the method, where pixels have to be resampled.
        extent: xmin, ymin, xmax, ymax to clip to; None: nothing is clipped.
        extent_crs: The extent's CRS.
        cutline: A polygon to clip to, as WKT; "" none.
        cutline_crs: The polygon's CRS.
        nodata: The value for no data; NaN is possible for float32. Pictures always have 0.
        compression: GDAL's name of the method.
        with_stac: Whether a STAC item is written.
        with_figure: Whether a before/after figure is written.
        radar: The figure's "before"; None: it shows the results alone.
    """

    run: Path
    stages: tuple[int, ...]
    out: Path
    stem: str
    kind: str = UINT16
    style: str = "true_colour"
    display: DisplayRange = field(default_factory=DisplayRange)
    crs: str = ""
    pixel: float | None = None
    resampling: str = NEAREST
    extent: tuple[float, float, float, float] | None = None
    extent_crs: str = ""
    cutline: str = ""
    cutline_crs: str = ""
    nodata: float = 0.0
    compression: str = "DEFLATE"
    with_stac: bool = True
    with_figure: bool = False
    radar: RadarImage | None = None

    def image(self, stage: int) -> Path:
        """A stage's image, which is read."""
        return self.run / layout.result_file(stage)

    def target_name(self, stage: int) -> str:
        """The name of the file that a stage is written into."""
        look = f"_{self.style}" if self.kind == PICTURE else ""
        return f"{self.stem}_opt_v{stage}{look}_SYNTHETIC.tif"

    @property
    def stac_name(self) -> str:
        """The name of the STAC item."""
        return f"{self.stem}_stac_item.json"

    @property
    def figure_name(self) -> str:
        """The name of the figure."""
        return f"{self.stem}_before_after_SYNTHETIC.png"

    def names(self) -> list[str]:
        """All files that the export may write."""
        images = [self.target_name(stage) for stage in self.stages]
        stac = [self.stac_name] if self.with_stac else []
        return images + stac + ([self.figure_name] if self.with_figure else [])

    def check(self) -> None:
        """Looks whether the plan can be carried out.

        Raises:
            PluginError: If it cannot.
        """
        if not self.stages:
            raise PluginError(tr("No stage is chosen."), tr("Choose one at least."))
        if self.kind == UINT16 and not _fits_uint16(self.nodata):
            raise PluginError(
                tr("{:g} cannot stand for no data in uint16 reflectance.").format(self.nodata),
                tr("Use 0, or a whole number from {} to 65535.").format(HIGHEST_DN + 1),
            )
        if self.kind == FLOAT32 and 0.0 <= self.nodata <= HIGHEST_DN / 10000:
            raise PluginError(
                tr("{:g} cannot stand for no data: it is a reflectance.").format(self.nodata),
                tr("Use nan or -9999."),
            )
        there = [name for name in self.names() if (self.out / name).exists()]
        if there:
            raise PluginError(
                tr("{} already holds {}.").format(self.out, ", ".join(there)),
                tr("Choose another folder or another name: nothing is replaced."),
            )
        missing = [stage for stage in self.stages if not self.image(stage).is_file()]
        if missing:
            raise PluginError(
                tr("The image {} is no longer there.").format(self.image(missing[0])),
                tr("Put it back, or choose other stages."),
            )


def _fits_uint16(value: float) -> bool:
    if not math.isfinite(value) or value != int(value):
        return False
    return value == 0 or HIGHEST_DN < value <= 65535
