"""Parameters of an export."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree  # nosec B405

from osgeo import gdal

from gac_qgis_plugin.contract import bands, layout
from gac_qgis_plugin.core.i18n import Number, later, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import DisplayRange, channels
from gac_qgis_plugin.labels import DISCLAIMER, MARK, disclaimer_of, mark_of
from gac_qgis_plugin.rasters import vrt_root

OBSERVED_ONLY = later("OBSERVED: Sentinel-2's own pixels; those that GAC generated are left out.")

UINT16, FLOAT32, PICTURE = "uint16", "float32", "picture"
NEAREST = "near"
MAX_DN = 20000
"""Upper limit of reflectance × 10000; a nodata value below it would hide pixels."""

ALL, OBSERVED, GENERATED = "all", "observed", "generated"
"""Pixels that an export holds."""

FILE_MARKS = {ALL: "PARTLY_OBSERVED", OBSERVED: "OBSERVED", GENERATED: "SYNTHETIC"}
"""Marks in the names of files of a run that keeps observed pixels."""

TYPES = {UINT16: "UInt16", FLOAT32: "Float32", PICTURE: "Byte"}


@dataclass(frozen=True)
class RadarImage:
    """The radar image shown beside a result in a figure.

    Attributes:
        source: GDAL's name of the raster.
        band: Band number of VV.
        unit: `db`, `power` or `amplitude`.
    """

    source: str
    band: int
    unit: str


@dataclass(frozen=True)
class ExportPlan:
    """An export in plain values, to be executed outside the main thread.

    Attributes:
        run: The run's folder.
        stages: Stages to export.
        out: Output folder.
        stem: Prefix of the files' names.
        kind: `uint16` and `float32` are reflectance, `picture` is three bands of 8 bits.
        style: The colours of pictures and of the figure: `true_colour` or `false_colour`.
        display: The range of pictures and of the figure.
        crs: The CRS, as EPSG:code or WKT; "" for that of the images.
        pixel: Pixel size in units of that CRS; None: that of the images, approximately if
            reprojected.
        resampling: GDAL's name of the resampling method, where resampling is needed.
        extent: xmin, ymin, xmax, ymax to clip to; None: no clipping.
        extent_crs: The extent's CRS.
        cutline: A polygon to clip to, as WKT; "" for none.
        cutline_crs: The polygon's CRS.
        pixels: `all`, or only the `observed` or the `generated` ones of a run that keeps observed
            pixels; the others are nodata then.
        observed: Share of observed pixels in the run; None: none are.
        observed_source: Product and date of the observed pixels, for the figure.
        nodata: The nodata value; NaN is possible for float32. Pictures always have 0.
        compression: GDAL's name of the method.
        with_stac: True if a STAC item is written.
        with_figure: True if a before/after figure is written.
        radar: Radar for the figure's "before"; None: the figure shows the results alone.
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
    pixels: str = ALL
    observed: float | None = None
    observed_source: str = ""
    nodata: float = 0.0
    compression: str = "DEFLATE"
    with_stac: bool = True
    with_figure: bool = False
    radar: RadarImage | None = None

    def image(self, stage: int) -> Path:
        """Return the path of a stage's image, the input."""
        return self.run / layout.result_file(stage)

    def target_name(self, stage: int) -> str:
        """Return the file name of an exported stage."""
        look = f"_{self.style}" if self.kind == PICTURE else ""
        return f"{self.stem}_opt_v{stage}{look}_{self.file_mark}.tif"

    @property
    def stac_name(self) -> str:
        """The file name of the STAC item."""
        return f"{self.stem}_stac_item.json"

    @property
    def figure_name(self) -> str:
        """The file name of the figure."""
        return f"{self.stem}_before_after_{self.file_mark}.png"

    @property
    def file_mark(self) -> str:
        """The mark in the files' names."""
        return MARK if self.observed is None else FILE_MARKS[self.pixels]

    @property
    def mark(self) -> str:
        """The mark of the exported images, for users."""
        if self.observed is None or self.pixels == GENERATED:
            return MARK
        return OBSERVED.upper() if self.pixels == OBSERVED else mark_of(self.observed)

    @property
    def disclaimer(self) -> str:
        """A sentence about the exported images, for users."""
        if self.observed is None or self.pixels == GENERATED:
            return tr(DISCLAIMER)
        words = disclaimer_of(self.observed) if self.pixels == ALL else tr(OBSERVED_ONLY)
        return " ".join(filter(None, (words, self.observed_source)))

    @property
    def kinds(self) -> Path:
        """The raster that tells observed and generated pixels apart."""
        return self.run / layout.OBSERVED

    def tags(self) -> dict[str, str]:
        """Return the marks of the exported images, in place of the result's own."""
        if self.observed is None:
            return {"SYNTHETIC": "YES"}
        if self.pixels == ALL:
            return {"SYNTHETIC": "PARTLY"}
        notice = DISCLAIMER if self.pixels == GENERATED else OBSERVED_ONLY
        return {
            "SYNTHETIC": "YES" if self.pixels == GENERATED else "NO",
            "GAC_NOTICE": notice,
            "TIFFTAG_IMAGEDESCRIPTION": notice,
            "GAC_OBSERVED": "0" if self.pixels == GENERATED else "1",
        }

    def names(self) -> list[str]:
        """Return the names of all files that the export may write."""
        images = [self.target_name(stage) for stage in self.stages]
        stac = [self.stac_name] if self.with_stac else []
        return images + stac + ([self.figure_name] if self.with_figure else [])

    def check(self) -> None:
        """Check that the plan can be carried out.

        Raises:
            PluginError: If it cannot.
        """
        if not self.stages:
            raise PluginError(
                tr("No stage is chosen."), tr("Choose one at least."), problem="no-stage-chosen"
            )
        if self.kind == UINT16 and not _fits_uint16(self.nodata):
            raise PluginError(
                tr("{:g} cannot be the nodata value of uint16 reflectance.").format(
                    Number(self.nodata)
                ),
                tr("Use 0, or a whole number from {} to 65535.").format(MAX_DN + 1),
                problem="nodata-not-uint16",
            )
        if self.kind == FLOAT32 and 0.0 <= self.nodata <= MAX_DN / 10000:
            raise PluginError(
                tr("{:g} cannot be the nodata value: it is a reflectance.").format(
                    Number(self.nodata)
                ),
                tr("Use nan or -9999."),
                problem="nodata-is-reflectance",
            )
        if self.pixels != ALL and not self.kinds.is_file():
            raise PluginError(
                tr("{} is no longer there.").format(self.kinds),
                tr("Put it back, or export all pixels."),
                problem="observed-missing",
            )
        existing = [name for name in self.names() if (self.out / name).exists()]
        if existing:
            raise PluginError(
                tr("{} already holds {}.").format(self.out, ", ".join(existing)),
                tr("Choose another folder or another name: nothing is replaced."),
                problem="export-already-there",
            )
        missing = [stage for stage in self.stages if not self.image(stage).is_file()]
        if missing:
            raise PluginError(
                tr("The image {} is no longer there.").format(self.image(missing[0])),
                tr("Put it back, or choose other stages."),
                problem="export-image-missing",
            )


def _fits_uint16(value: float) -> bool:
    if not math.isfinite(value) or value != int(value):
        return False
    return value == 0 or MAX_DN < value <= 65535


def write_part_vrt(plan: ExportPlan, image: gdal.Dataset, path: str) -> str:
    """Write a virtual raster of an image's own values in which the pixels left out are nodata.

    Args:
        plan: The export; not of all pixels.
        image: The stage's image.
        path: Output file in GDAL's memory.
    """
    # A table of GDAL's is linear in between: the kinds are whole numbers.
    table = "0:0,1:1,2:0,3:0" if plan.pixels == OBSERVED else "0:0,1:0,2:1,3:1"
    root = vrt_root(image, image.GetMetadata())
    for number in range(1, image.RasterCount + 1):
        band = ElementTree.SubElement(
            root,
            "VRTRasterBand",
            dataType=TYPES[UINT16],
            band=str(number),
            subClass="VRTDerivedRasterBand",
        )
        ElementTree.SubElement(band, "Description").text = image.GetRasterBand(
            number
        ).GetDescription()
        ElementTree.SubElement(band, "NoDataValue").text = "0"
        ElementTree.SubElement(band, "PixelFunctionType").text = "mul"
        # From GDAL 3.12 on a factor that is nodata counts as 1 otherwise.
        ElementTree.SubElement(band, "PixelFunctionArguments", propagateNoData="true")
        sources = (image.GetDescription(), number, ""), (str(plan.kinds), 1, table)
        for name, source_band, lut in sources:
            one = ElementTree.SubElement(band, "ComplexSource")
            ElementTree.SubElement(one, "SourceFilename", relativeToVRT="0").text = name
            ElementTree.SubElement(one, "SourceBand").text = str(source_band)
            if lut:
                ElementTree.SubElement(one, "LUT").text = lut
    gdal.FileFromMemBuffer(path, bytes(ElementTree.tostring(root, encoding="utf-8")))
    return path


def write_values_vrt(plan: ExportPlan, image: gdal.Dataset, path: str, tags: dict[str, str]) -> str:
    """Write a virtual raster with the plan's pixel values.

    Args:
        plan: The export.
        image: The image on its grid; must have a name.
        path: Output file in GDAL's memory.
        tags: Metadata of the file.
    """
    root = vrt_root(image, tags)
    for number, (name, black, white) in enumerate(_bands(plan), start=1):
        band = ElementTree.SubElement(
            root, "VRTRasterBand", dataType=TYPES[plan.kind], band=str(number)
        )
        ElementTree.SubElement(band, "Description").text = name
        ElementTree.SubElement(band, "NoDataValue").text = repr(float(_nodata(plan)))
        if plan.kind == PICTURE:
            ElementTree.SubElement(band, "ColorInterp").text = ("Red", "Green", "Blue")[number - 1]
        one = ElementTree.SubElement(band, "ComplexSource")
        ElementTree.SubElement(
            one, "SourceFilename", relativeToVRT="0"
        ).text = image.GetDescription()
        ElementTree.SubElement(one, "SourceBand").text = str(bands.OUTPUT_BANDS.index(name) + 1)
        if plan.kind == FLOAT32:
            ElementTree.SubElement(one, "ScaleOffset").text = "0"
            ElementTree.SubElement(one, "ScaleRatio").text = "0.0001"
        elif plan.kind == PICTURE:
            # 0 is reserved for nodata, so that black pixels stay distinct.
            ElementTree.SubElement(one, "LUT").text = f"{black!r}:1,{white!r}:255"
        ElementTree.SubElement(one, "NODATA").text = "0"
    text = ElementTree.tostring(root, encoding="utf-8")
    gdal.FileFromMemBuffer(path, bytes(text))
    return path


def _bands(plan: ExportPlan) -> list[tuple[str, float, float]]:
    """Return the name of each band, and the DN shown as black and white in a picture."""
    if plan.kind == PICTURE:
        return channels(plan.style, plan.display)
    return [(name, 0.0, 0.0) for name in bands.OUTPUT_BANDS]


def _nodata(plan: ExportPlan) -> float:
    return 0.0 if plan.kind == PICTURE else plan.nodata
