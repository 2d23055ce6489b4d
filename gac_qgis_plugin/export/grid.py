"""Output grid of an export: clipping and reprojection, or the image's own pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from osgeo import gdal, ogr, osr

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.export.parameters import NEAREST, ExportPlan

SAME = 1e-6
"""Relative difference below which two pixel sizes are equal."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Window:
    """Pixel window of an image."""

    column: int
    row: int
    width: int
    height: int


def reference(text: str) -> osr.SpatialReference:
    """Return a CRS with x before y, as usual in GIS."""
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def is_resampled(plan: ExportPlan, image: gdal.Dataset) -> bool:
    """Return whether an export needs resampling."""
    if plan.crs and not reference(plan.crs).IsSame(reference(image.GetProjection())):
        return True
    size = abs(image.GetGeoTransform()[1])
    return plan.pixel is not None and abs(plan.pixel - size) > SAME * size


def warp_to_grid(plan: ExportPlan, image: gdal.Dataset, scratch: str) -> gdal.Dataset:
    """Clip and warp the image according to the plan, as a virtual raster of its own values.

    Args:
        plan: The export.
        image: The stage's image.
        scratch: The name of a folder in GDAL's memory, for this image alone.

    Raises:
        PluginError: If the area does not intersect the image.
    """
    options: dict[str, object] = {}
    if plan.cutline:
        options["cutlineDSName"] = _cutline(plan, f"{scratch}/cutline.gpkg")
    if is_resampled(plan, image):
        target = reference(plan.crs or image.GetProjection())
        bounds = _plan_bounds(plan, image, target.ExportToWkt())
        if plan.pixel is not None:
            options.update(xRes=plan.pixel, yRes=plan.pixel)
        return _warp(plan, image, f"{scratch}/grid.vrt", target, bounds, plan.resampling, options)
    window = _window(image, _plan_bounds(plan, image, image.GetProjection()))
    if not plan.cutline:
        part = [window.column, window.row, window.width, window.height]
        return gdal.Translate(f"{scratch}/grid.vrt", image, format="VRT", srcWin=part)
    # On the image's own grid, the nearest neighbour of a pixel is the pixel itself.
    size = image.GetGeoTransform()[1]
    options.update(xRes=size, yRes=size)
    bounds = _bounds(image, window)
    image_crs = reference(image.GetProjection())
    return _warp(plan, image, f"{scratch}/grid.vrt", image_crs, bounds, NEAREST, options)


def bounds_of(image: gdal.Dataset) -> Bounds:
    """Return xmin, ymin, xmax, ymax of an image, in its CRS."""
    return _bounds(image, Window(0, 0, image.RasterXSize, image.RasterYSize))


def transformed(bounds: Bounds, source: str, target: str) -> Bounds:
    """Return a box's bounding box in another CRS; edges are densified, as they may curve."""
    if reference(source).IsSame(reference(target)):
        return bounds
    transform = osr.CoordinateTransformation(reference(source), reference(target))
    xmin, ymin, xmax, ymax = transform.TransformBounds(*bounds, 21)
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
        # Exact: the default allows errors of an eighth of a pixel.
        errorThreshold=0.0,
        multithread=True,
        **options,
    )


def _plan_bounds(plan: ExportPlan, image: gdal.Dataset, target: str) -> Bounds | None:
    """Return the bounds that a plan asks for, in a CRS; None for all of the image."""
    image_bounds = transformed(bounds_of(image), image.GetProjection(), target)
    boxes = []
    if plan.extent is not None:
        boxes.append(transformed(plan.extent, plan.extent_crs, target))
    if plan.cutline:
        xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(plan.cutline).GetEnvelope()
        boxes.append(transformed((xmin, ymin, xmax, ymax), plan.cutline_crs, target))
    if not boxes:
        return None
    xmin, ymin, xmax, ymax = image_bounds
    for box in boxes:
        xmin, ymin = max(xmin, box[0]), max(ymin, box[1])
        xmax, ymax = min(xmax, box[2]), min(ymax, box[3])
    if xmin >= xmax or ymin >= ymax:
        raise PluginError(
            tr("The chosen area lies outside the image."),
            tr("Choose an area on the image."),
            problem="area-off-image",
        )
    return xmin, ymin, xmax, ymax


def _window(image: gdal.Dataset, bounds: Bounds | None) -> Window:
    """Return the window of pixels touched by bounds, tolerating rounding errors."""
    if bounds is None:
        return Window(0, 0, image.RasterXSize, image.RasterYSize)
    left, size, _, top, _, _ = image.GetGeoTransform()
    top_left = (bounds[0] - left) / size, (top - bounds[3]) / size
    bottom_right = (bounds[2] - left) / size, (top - bounds[1]) / size
    column, row = (max(math.floor(edge + SAME), 0) for edge in top_left)
    right, below = (math.ceil(edge - SAME) for edge in bottom_right)
    width = min(right, image.RasterXSize) - column
    return Window(column, row, width, min(below, image.RasterYSize) - row)


def _bounds(image: gdal.Dataset, window: Window) -> Bounds:
    left, width, _, top, _, height = image.GetGeoTransform()
    xmin, ymax = left + window.column * width, top + window.row * height
    return xmin, ymax + window.height * height, xmin + window.width * width, ymax


def _cutline(plan: ExportPlan, path: str) -> str:
    """Write the polygon to a file for GDAL's warper and return its path."""
    driver = ogr.GetDriverByName("GPKG")
    file = driver.CreateDataSource(path)
    layer = file.CreateLayer("cutline", reference(plan.cutline_crs), ogr.wkbUnknown)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt(plan.cutline))
    layer.CreateFeature(feature)
    return path
