"""Export of results as a task of QGIS: files, STAC item, marks of synthetic data.

QGIS's Save As copies pixels only. GDAL's tools, and so Processing's, copy tags by themselves.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable
from uuid import uuid4

from osgeo import gdal, osr
from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.contract import layout, removal, rename
from gac_qgis_plugin.core import log, records
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError, redacted_json
from gac_qgis_plugin.core.records import Json, StacItem
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY, is_synthetic
from gac_qgis_plugin.export.figure import draw_figure
from gac_qgis_plugin.export.grid import bounds_of, is_resampled, reference, warp_to_grid
from gac_qgis_plugin.export.parameters import (
    ALL,
    NEAREST,
    OBSERVED,
    PICTURE,
    ExportPlan,
    write_part_vrt,
    write_values_vrt,
)
from gac_qgis_plugin.labels import is_marked, mark_of
from gac_qgis_plugin.layer_metadata import gac_tags
from gac_qgis_plugin.results import OBSERVED_PROPERTY, observed_of

EDGE_POINTS = 8
HALF_TURN = 180.0

Progress = Callable[[float, str], bool]
"""Callback for the export's progress, 0 to 1, and its label; returns False to cancel."""


def exported_item(plan: ExportPlan, folder: Path) -> bool:
    """Write the item of the exported files in a folder; return False if the run has none."""
    item: Json = {**records.read(plan.run / layout.STAC_ITEM, StacItem).values}
    if not item.keys() >= {"assets", "properties"}:
        return False
    assets, properties = item["assets"], item["properties"]
    files = {stage: folder / plan.target_name(stage) for stage in plan.stages}
    item["assets"] = {
        f"opt_v{stage}": _asset(plan, assets.get(f"opt_v{stage}", {}), path)
        for stage, path in files.items()
    }
    if plan.with_figure:
        item["assets"]["figure"] = {
            "href": f"./{plan.figure_name}",
            "type": "image/png",
            "title": f"Before/after figure ({plan.mark})",
            "roles": ["overview", *_roles(plan)],
        }
    item["id"] = plan.stem
    image = gdal.Open(str(next(iter(files.values()))))
    _place(item, properties, image)
    properties["updated"] = f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
    properties["gac:export"] = image.GetMetadataItem("GAC_EXPORT")
    properties["gac:synthetic"] = bool(_roles(plan))
    text = json.dumps(redacted_json(item), indent=2, ensure_ascii=False)
    (folder / plan.stac_name).write_text(text + "\n", encoding="utf-8")
    return True


def _asset(plan: ExportPlan, asset: Json, path: Path) -> Json:
    image = gdal.Open(str(path))
    bands = [image.GetRasterBand(n) for n in range(1, image.RasterCount + 1)]
    recorded = {band.get("name"): band for band in asset.get("bands", [])}
    names = [band.GetDescription() for band in bands]
    nodata = bands[0].GetNoDataValue()
    roles = ["visual" if plan.kind == PICTURE else "data", *_roles(plan)]
    title = asset.get("title")
    if isinstance(title, str) and plan.pixels != ALL:
        asset = {**asset, "title": f"{title.partition(' (')[0]} ({plan.mark})"}
    return {
        **asset,
        "href": f"./{path.name}",
        "roles": roles,
        "data_type": "uint8" if plan.kind == PICTURE else plan.kind,
        # JSON has no NaN; STAC defines a string for it.
        "nodata": "nan" if nodata is not None and math.isnan(nodata) else nodata,
        "bands": [recorded.get(name, {"name": name}) for name in names],
        "file:size": path.stat().st_size,
        "file:checksum": f"1220{_sha256(path)}",
    }


def _roles(plan: ExportPlan) -> list[str]:
    """Return the role that marks generated images, if any of their pixels are generated."""
    return [] if plan.observed is not None and plan.pixels == OBSERVED else ["synthetic"]


def _place(item: Json, properties: Json, image: gdal.Dataset) -> None:
    """Set the item's position: projection properties, footprint and bounding box."""
    xmin, ymin, xmax, ymax = bounds_of(image)
    crs = reference(image.GetProjection())
    code = crs.GetAuthorityCode(None) if crs.GetAuthorityName(None) == "EPSG" else None
    left, width, _, top, _, height = image.GetGeoTransform()
    properties["proj:code"] = f"EPSG:{code}" if code else None
    if not code:
        properties["proj:wkt2"] = crs.ExportToWkt(["FORMAT=WKT2_2019"])
    properties["proj:shape"] = [image.RasterYSize, image.RasterXSize]
    properties["proj:bbox"] = [xmin, ymin, xmax, ymax]
    properties["proj:transform"] = [width, 0.0, left, 0.0, height, top]
    steps = [step / EDGE_POINTS for step in range(EDGE_POINTS)]
    across, up = xmax - xmin, ymax - ymin
    ring = [(xmin + step * across, ymin) for step in steps]
    ring += [(xmax, ymin + step * up) for step in steps]
    ring += [(xmax - step * across, ymax) for step in steps]
    ring += [(xmin, ymax - step * up) for step in steps]
    transform = osr.CoordinateTransformation(crs, reference("EPSG:4326"))
    points = [[round(x, 7), round(y, 7)] for x, y, _ in transform.TransformPoints(ring)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) - min(xs) > HALF_TURN:
        # Across the antimeridian keep the run's own footprint, which is split there.
        return
    item["geometry"] = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    item["bbox"] = [min(xs), min(ys), max(xs), max(ys)]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


class ExportCancelled(Exception):
    """Cancellation of the export by the user."""


def export(plan: ExportPlan, progress: Progress) -> list[Path]:
    """Write the files of a plan.

    Returns:
        The files.

    Raises:
        PluginError: If that fails; no file is left then.
        ExportCancelled: If `progress` returned False; no file is left then either.
    """
    plan.check()
    try:
        plan.out.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".gac-export-", dir=plan.out))
    except OSError as error:
        raise PluginError(
            tr("{} cannot be written to: {}.").format(plan.out, error.strerror or error),
            tr("Choose another folder."),
            problem="export-folder-read-only",
        ) from error
    scratch = f"/vsimem/gac-export-{uuid4().hex}"
    try:
        names = _write(plan, temporary, scratch, progress)
        # A file may have been created there meanwhile.
        plan.check()
        return [rename.replace_path(temporary / name, plan.out / name) for name in names]
    except OSError as error:
        raise PluginError(
            tr("The export into {} failed: {}.").format(plan.out, error.strerror or error),
            tr("Choose another folder."),
            problem="export-failed",
        ) from error
    finally:
        removal.remove_folder(temporary, ignore_errors=True)
        gdal.RmdirRecursive(scratch)


def _write(plan: ExportPlan, temporary: Path, scratch: str, progress: Progress) -> list[str]:
    pieces = len(plan.stages) + (1 if plan.with_figure else 0)
    for number, stage in enumerate(plan.stages):
        subprogress = _subprogress(progress, number / pieces, 1 / pieces, f"opt_v{stage}")
        _write_stage(
            plan, stage, temporary / plan.target_name(stage), f"{scratch}/{stage}", subprogress
        )
    if plan.with_figure:
        if not progress(len(plan.stages) / pieces, tr("figure")):
            raise ExportCancelled
        grids = {stage: f"{scratch}/{stage}/grid.vrt" for stage in plan.stages}
        draw_figure(plan, grids, temporary / plan.figure_name, scratch)
    names = plan.names()
    if plan.with_stac and not exported_item(plan, temporary):
        names.remove(plan.stac_name)
    if not progress(1.0, ""):
        raise ExportCancelled
    return names


def _write_stage(
    plan: ExportPlan, stage: int, path: Path, scratch: str, progress: Callable[..., int]
) -> None:
    gdal.Mkdir(scratch, 0o700)
    cancelled = False

    def watch(done: float, *_: object) -> int:
        nonlocal cancelled
        cancelled = not progress(done)
        return 0 if cancelled else 1

    gdal.ErrorReset()
    written = None
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        image = gdal.Open(str(plan.image(stage)))
        part = image if plan.pixels == ALL or image is None else _part(plan, image, scratch)
        grid = warp_to_grid(plan, part, scratch) if part is not None else None
        if grid is not None:
            grid.FlushCache()
            tags = {**image.GetMetadata(), **plan.tags(), "GAC_EXPORT": describe(plan, image)}
            if plan.observed is not None and plan.pixels == ALL:
                tags["GAC_OBSERVED"] = f"{_share_in_export(plan, scratch):.4f}"
            source = write_values_vrt(plan, grid, f"{scratch}/values.vrt", tags)
            options = creation_options(plan)
            written = gdal.Translate(
                str(path), source, format="COG", creationOptions=options, callback=watch
            )
    if cancelled:
        raise ExportCancelled
    if written is None:
        raise PluginError(
            tr("opt_v{} could not be exported.").format(stage),
            tr("Check that the disk is not full, and see the details."),
            gdal.GetLastErrorMsg(),
            problem="stage-not-exported",
        )
    del written


def _share_in_export(plan: ExportPlan, scratch: str) -> float:
    """Return the share of observed pixels on the export's grid, which may be a part of the run's.

    Raises:
        PluginError: If the raster of observed pixels cannot be read.
    """
    folder = f"{scratch}/kinds"
    gdal.Mkdir(folder, 0o700)
    kinds = gdal.Open(str(plan.kinds)) if plan.kinds.is_file() else None
    if kinds is None:
        raise PluginError(
            tr("{} cannot be read.").format(plan.kinds),
            tr("Put it back, or run again."),
            problem="observed-unreadable",
        )
    grid = warp_to_grid(replace(plan, resampling=NEAREST), kinds, folder)
    counts = grid.GetRasterBand(1).GetHistogram(
        min=0.5, max=3.5, buckets=3, include_out_of_range=0, approx_ok=0
    )
    return counts[0] / max(sum(counts), 1)


def _part(plan: ExportPlan, image: gdal.Dataset, scratch: str) -> gdal.Dataset | None:
    """Return an image with only the pixels that the plan wants; None if that fails."""
    kinds = gdal.Open(str(plan.kinds))
    grid = (image.RasterXSize, image.RasterYSize, image.GetGeoTransform())
    if kinds is None or (kinds.RasterXSize, kinds.RasterYSize, kinds.GetGeoTransform()) != grid:
        raise PluginError(
            tr("{} does not belong to the image.").format(plan.kinds),
            tr("Export all pixels, or run again."),
            problem="observed-of-another-grid",
        )
    return gdal.Open(write_part_vrt(plan, image, f"{scratch}/part.vrt"))


def creation_options(plan: ExportPlan) -> list[str]:
    """Return the options of GDAL's COG driver."""
    method = "NEAREST" if plan.resampling == "near" else "AVERAGE"
    options = [
        f"COMPRESS={plan.compression}",
        "BIGTIFF=IF_SAFER",
        "OVERVIEWS=AUTO",
        f"OVERVIEW_RESAMPLING={method}",
    ]
    return options if plan.compression == "NONE" else [*options, "PREDICTOR=YES"]


def describe(plan: ExportPlan, image: gdal.Dataset) -> str:
    """Describe an image's processing, for its tags."""
    is_picture = plan.kind == PICTURE
    look = f"{plan.style}, reflectance {' to '.join(plan.display.reflectance)}"
    words = [f"8-bit picture, {look}" if is_picture else f"reflectance, {plan.kind}"]
    if plan.pixels != ALL:
        words.append(f"{plan.pixels} pixels only")
    if plan.extent is not None:
        words.append("clipped to an extent")
    if plan.cutline:
        words.append("clipped to a polygon")
    if is_resampled(plan, image):
        words.append(f"resampled ({plan.resampling})")
    else:
        words.append("not resampled")
    return "; ".join(words)


def _subprogress(
    progress: Progress, begin: float, width: float, label: str
) -> Callable[[float], bool]:
    return lambda done: progress(begin + width * done, label)


class ExportTask(QgsTask):
    """QGIS task that writes the files of a plan outside the main thread.

    Keep a reference to the task: QGIS does not run a task that Python has garbage-collected.

    Signals:
        progressed: Progress in percent, and a label.
        ended: The files (a list of Path) and the problem (a PluginError or None); neither if
            cancelled.
    """

    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)

    def __init__(self, plan: ExportPlan) -> None:
        super().__init__(tr("GAC: export {}").format(plan.stem), QgsTask.Flag.CanCancel)
        self.plan = plan
        self._files: list[Path] = []
        self._problem: PluginError | None = None

    def run(self) -> bool:
        """Export the files. Called by QGIS on another thread."""
        try:
            self._files = export(self.plan, self._report)
        except ExportCancelled:
            return False
        except PluginError as problem:
            self._problem = problem
        except Exception as error:  # an exception that escapes from here aborts QGIS
            self._problem = PluginError(
                tr("The export failed: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
                problem="export-fault",
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Emit the result. Called by QGIS on the main thread."""
        self.ended.emit(self._files, self._problem)

    def _report(self, done: float, label: str) -> bool:
        percent = 100.0 * min(max(done, 0.0), 1.0)
        self.setProgress(percent)
        self.progressed.emit(percent, label)
        return not self.isCanceled()


def mark_export(layer: QgsMapLayer, path: str) -> None:
    """Mark a file exported from a layer, if that is a result of GAC.

    Args:
        layer: The exported layer.
        path: The file; layers of the project that show it are marked too.
    """
    if not isinstance(layer, QgsRasterLayer) or not is_synthetic(layer):
        return
    if not _copy_tags(layer, path):
        log.warning(f"{path} was exported from a SYNTHETIC image, but could not be marked as such.")
    for other in QgsProject.instance().mapLayers().values():
        if isinstance(other, QgsRasterLayer) and other.source() == path:
            other.setCustomProperty(SYNTHETIC_PROPERTY, True)
            if not is_marked(other.name()):
                other.setName(f"{other.name()} ({mark_of(observed_of(layer))})")
            if observed_of(layer) is not None:
                other.setCustomProperty(OBSERVED_PROPERTY, observed_of(layer))
            other.setMetadata(layer.metadata())
            other.saveDefaultMetadata()


def _copy_tags(layer: QgsRasterLayer, path: str) -> bool:
    """Write a result's tags into another file and return whether that worked.

    They go into the file itself if its format supports them, else into GDAL's `.aux.xml` beside it.
    """
    file = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE) or gdal.OpenEx(path, gdal.OF_RASTER)
    if file is None:
        return False
    file.SetMetadata({**file.GetMetadata(), **gac_tags(layer)})
    if file.RasterCount == layer.bandCount():
        for number in range(1, file.RasterCount + 1):
            name = layer.dataProvider().generateBandName(number)
            file.GetRasterBand(number).SetDescription(name.partition(": ")[2])
    file.FlushCache()
    return True
