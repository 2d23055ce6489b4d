"""Onto which grid an image is exported, and whether its pixels stay as they are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from osgeo import gdal, ogr, osr

from gac_qgis_plugin.export.plan import NEAREST, ExportPlan
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

SAME = 1e-6
"""Relative difference below which two pixel sizes are the same."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Window:
    """A part of an image, in its pixels."""

    column: int
    row: int
    width: int
    height: int


def reference(text: str) -> osr.SpatialReference:
    """A CRS with x before y, as GIS have it."""
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def is_resampled(plan: ExportPlan, image: gdal.Dataset) -> bool:
    """Whether an export gives pixels of other places than the image has."""
    if plan.crs and not reference(plan.crs).IsSame(reference(image.GetProjection())):
        return True
    size = abs(image.GetGeoTransform()[1])
    return plan.pixel is not None and abs(plan.pixel - size) > SAME * size


def on_grid(plan: ExportPlan, image: gdal.Dataset, scratch: str) -> gdal.Dataset:
    """The image clipped and warped as the plan asks, still in its own values; nothing is computed.

    Args:
        plan: What is asked for.
        image: The stage's image.
        scratch: The name of a folder in GDAL's memory, for this image alone.

    Raises:
        PluginError: If the area misses the image.
    """
    options: dict[str, object] = {}
    if plan.cutline:
        options["cutlineDSName"] = _cutline(plan, f"{scratch}/cutline.gpkg")
    if is_resampled(plan, image):
        target = reference(plan.crs or image.GetProjection())
        bounds = _wanted(plan, image, target.ExportToWkt())
        if plan.pixel is not None:
            options.update(xRes=plan.pixel, yRes=plan.pixel)
        return _warp(plan, image, f"{scratch}/grid.vrt", target, bounds, plan.resampling, options)
    window = _window(image, _wanted(plan, image, image.GetProjection()))
    if not plan.cutline:
        part = [window.column, window.row, window.width, window.height]
        return gdal.Translate(f"{scratch}/grid.vrt", image, format="VRT", srcWin=part)
    # On the image's own grid, a pixel's nearest one is itself.
    size = image.GetGeoTransform()[1]
    options.update(xRes=size, yRes=size)
    bounds = _bounds(image, window)
    own = reference(image.GetProjection())
    return _warp(plan, image, f"{scratch}/grid.vrt", own, bounds, NEAREST, options)


def bounds_of(image: gdal.Dataset) -> Bounds:
    """xmin, ymin, xmax, ymax of an image, in its CRS."""
    return _bounds(image, Window(0, 0, image.RasterXSize, image.RasterYSize))


def transformed(bounds: Bounds, source: str, target: str) -> Bounds:
    """The box around a box in another CRS; its edges are followed, for they may be curved."""
    if reference(source).IsSame(reference(target)):
        return bounds
    turn = osr.CoordinateTransformation(reference(source), reference(target))
    xmin, ymin, xmax, ymax = turn.TransformBounds(*bounds, 21)
    return xmin, ymin, xmax, ymax


def _warp(
    plan: ExportPlan,
    image: gdal.Dataset,
    path: str,
    target: osr.SpatialReference,
    bounds: Bounds | None,
    method: str,
    options: dict[str, object],
) -> gdal.Dataset:
    return gdal.Warp(
        path,
        image,
        format="VRT",
        dstSRS=target.ExportToWkt(),
        outputBounds=bounds,
        resampleAlg=method,
        srcNodata=0,
        dstNodata=0,
        # Exactly: the default lets places be wrong by an eighth of a pixel.
        errorThreshold=0.0,
        multithread=True,
        **options,
    )


def _wanted(plan: ExportPlan, image: gdal.Dataset, target: str) -> Bounds | None:
    """The bounds that a plan asks for, in a CRS; None: all of the image."""
    own = transformed(bounds_of(image), image.GetProjection(), target)
    wanted = []
    if plan.extent is not None:
        wanted.append(transformed(plan.extent, plan.extent_crs, target))
    if plan.cutline:
        xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(plan.cutline).GetEnvelope()
        wanted.append(transformed((xmin, ymin, xmax, ymax), plan.cutline_crs, target))
    if not wanted:
        return None
    xmin, ymin, xmax, ymax = own
    for box in wanted:
        xmin, ymin = max(xmin, box[0]), max(ymin, box[1])
        xmax, ymax = min(xmax, box[2]), min(ymax, box[3])
    if xmin >= xmax or ymin >= ymax:
        raise PluginError(
            tr("The chosen area lies outside the image."), tr("Choose an area on the image.")
        )
    return xmin, ymin, xmax, ymax


def _window(image: gdal.Dataset, bounds: Bounds | None) -> Window:
    """The pixels that bounds touch; a pixel that they touch by a rounding error is none."""
    if bounds is None:
        return Window(0, 0, image.RasterXSize, image.RasterYSize)
    left, size, _, top, _, _ = image.GetGeoTransform()
    first = (bounds[0] - left) / size, (top - bounds[3]) / size
    last = (bounds[2] - left) / size, (top - bounds[1]) / size
    column, row = (max(math.floor(edge + SAME), 0) for edge in first)
    right, below = (math.ceil(edge - SAME) for edge in last)
    width = min(right, image.RasterXSize) - column
    return Window(column, row, width, min(below, image.RasterYSize) - row)


def _bounds(image: gdal.Dataset, window: Window) -> Bounds:
    left, width, _, top, _, height = image.GetGeoTransform()
    xmin, ymax = left + window.column * width, top + window.row * height
    return xmin, ymax + window.height * height, xmin + window.width * width, ymax


def _cutline(plan: ExportPlan, path: str) -> str:
    """Writes the polygon where GDAL's warper can read it."""
    driver = ogr.GetDriverByName("GPKG")
    file = driver.CreateDataSource(path)
    layer = file.CreateLayer("cutline", reference(plan.cutline_crs), ogr.wkbUnknown)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt(plan.cutline))
    layer.CreateFeature(feature)
    return path
