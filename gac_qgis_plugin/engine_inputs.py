"""Radar layers and areas as the engine reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from gac_qgis_plugin.contract import redaction
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.layer_metadata import GENERATED, gac_tags

SYNTHETIC_PROPERTY = "gac/synthetic"
"""Custom property that marks a layer that GAC generated."""

VIEW_PROPERTY = "gac/radar_view"
"""Custom property of a view of radar for the eye, whose values are for no model."""


def save_as() -> str:
    """Return the remedy for layers that QGIS can read and the worker cannot."""
    return tr("Save the layer as a GeoTIFF (Export, Save As…, raw data) and use that layer.")


_URL = re.compile(r"(https?|ftp)://", re.IGNORECASE)
_SECRET = re.compile(r"\bauthcfg=|\|credential:", re.IGNORECASE)
SECRET_MASK = redaction.MARK
"""Mask of a password or key."""
_SUBDATASET = re.compile(r'[A-Za-z0-9_]{2,}:"(?P<path>/[^"]*|[A-Za-z]:[\\/][^"]*)"')
"""A file named in quotes after a format's name: `NETCDF:"/a/b.nc":vv`."""
_REMOTE_ARCHIVE = ("vsi", "/vsi")


def is_synthetic(layer: QgsRasterLayer) -> bool:
    """Return whether a layer is a result of GAC, by its properties or its file's tags."""
    if layer.customProperty(SYNTHETIC_PROPERTY, False):
        return True
    return gac_tags(layer).get("SYNTHETIC") in GENERATED


def gdal_source(layer: QgsRasterLayer) -> str:
    """Return the GDAL source of a layer's raster, for the worker.

    Raises:
        PluginError: If the worker cannot open it, or if it is not radar.
    """
    if is_synthetic(layer):
        raise PluginError(
            tr("The layer '{}' is an image that GAC generated, not radar.").format(layer.name()),
            tr("Choose the Sentinel-1 layer."),
            problem="layer-is-generated",
        )
    if layer.customProperty(VIEW_PROPERTY, False):
        raise PluginError(
            tr("The layer '{}' is a view of the radar for the eye.").format(layer.name()),
            tr("Choose the Sentinel-1 layer."),
            problem="layer-is-a-radar-look",
        )
    return _source(layer)


def optical_source(layer: QgsRasterLayer) -> str:
    """Return the GDAL source of an optical layer's raster, or of a mask's, for the worker.

    Raises:
        PluginError: If the worker cannot open it, or if GAC generated it.
    """
    if is_synthetic(layer):
        raise PluginError(
            tr("The layer '{}' is an image that GAC generated, not observed.").format(layer.name()),
            tr("Choose a Sentinel-2 layer."),
            problem="layer-generated",
        )
    if layer.customProperty(VIEW_PROPERTY, False):
        raise PluginError(
            tr("The layer '{}' is a view of the radar for the eye.").format(layer.name()),
            tr("Choose a Sentinel-2 layer."),
            problem="layer-is-a-radar-look",
        )
    return _source(layer)


def mask_source(layer: QgsMapLayer) -> str:
    """Return the source of a cloud mask's layer, a raster or polygons, for the worker.

    Raises:
        PluginError: If the worker cannot open it.
    """
    if isinstance(layer, QgsRasterLayer):
        return optical_source(layer)
    if not isinstance(layer, QgsVectorLayer) or layer.providerType() != "ogr":
        raise PluginError(
            tr("The layer '{}' comes from {}, which the worker cannot open.").format(
                layer.name(), layer.providerType() or tr("not stored")
            ),
            tr("Save the layer as a GeoPackage (Export, Save Features As…) and use that layer."),
            problem="mask-layer-not-a-file",
        )
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    if layer.subsetString() or layer.isEditable():
        raise PluginError(
            tr("The layer '{}' has a filter or edits that are not saved.").format(layer.name()),
            tr("Remove the filter, and save the edits: GAC reads the file."),
            problem="mask-layer-filtered-or-edited",
        )
    name = parts.get("layerName")
    path = str(parts.get("path") or "")
    return f"{path}|layername={name}" if name else path


def _source(layer: QgsRasterLayer) -> str:
    provider = layer.providerType()
    if provider == "wcs":
        return _wcs(layer)
    if provider == "gdal":
        return _gdal(layer)
    if provider == "wms":
        raise PluginError(
            tr(
                "The layer '{}' comes from a web map service (wms): it shows pictures, "
                "not measurements."
            ).format(layer.name()),
            tr("Ask the provider for the data itself: a GeoTIFF, or a web coverage service (WCS)."),
            problem="layer-is-a-web-map",
        )
    raise PluginError(
        tr("The layer '{}' comes from {}, which the worker cannot open.").format(
            layer.name(), provider or tr("not stored")
        ),
        save_as(),
        problem="layer-provider-not-supported",
    )


def _gdal(layer: QgsRasterLayer) -> str:
    source = str(layer.source())
    if _SECRET.search(source):
        raise _secret(layer)
    parts = QgsProviderRegistry.instance().decodeUri("gdal", source)
    if parts.get("openOptions"):
        raise PluginError(
            tr("The layer '{}' was opened with options ({}) that the worker cannot use.").format(
                layer.name(), ", ".join(parts["openOptions"])
            ),
            tr("Add it to the project without them. Or: {}").format(save_as()),
            problem="layer-with-options",
        )
    if source.startswith("/vsimem/") or "/vsimem/" in source:
        raise PluginError(
            tr("The layer '{}' is only in QGIS's memory ({}).").format(layer.name(), source),
            save_as(),
            problem="layer-in-memory",
        )
    if _URL.match(source):
        # GDAL would download the whole file by its plain address.
        return f"/vsicurl/{source}"
    file = _local_file(source, parts)
    if file is not None and not file.exists():
        raise PluginError(
            tr("The file of the layer '{}' is no longer there ({}).").format(layer.name(), file),
            tr("Put it back, or add the layer to the project again."),
            problem="layer-file-missing",
        )
    # Not resolved: a link's name tells the engine more than its target's.
    return str(file.absolute()) if file is not None and str(file) == source else source


def _local_file(source: str, parts: dict[str, object]) -> Path | None:
    """Return the local file or folder of a source; None if it cannot be determined."""
    if parts.get("vsiPrefix"):
        archive = str(parts.get("path") or "")
        if archive.startswith(_REMOTE_ARCHIVE) or "{" in source or not archive.startswith("/"):
            return None
        return Path(archive)
    if source.startswith(("/vsi", "<")):
        return None
    subdataset = _SUBDATASET.match(source)
    if subdataset:
        path = subdataset["path"]
        return None if path.startswith("/vsi") else Path(path)
    # A colon other than after a drive letter marks a driver's own notation.
    return Path(source) if ":" not in source[2:] or Path(source).exists() else None


def _wcs(layer: QgsRasterLayer) -> str:
    uri = QgsDataSourceUri()
    uri.setEncodedUri(layer.source())
    if uri.authConfigId() or uri.hasParam("authcfg") or uri.username() or uri.password():
        raise _secret(layer)
    url, coverage = uri.param("url"), uri.param("identifier")
    if not url or not coverage:
        raise PluginError(
            tr("The layer '{}' does not say which coverage of which service it is.").format(
                layer.name()
            ),
            save_as(),
            problem="layer-without-coverage",
        )
    separator = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
    version = f"version={uri.param('version')}&" if uri.param("version") else ""
    return f"WCS:{url}{separator}{version}coverage={coverage}"


def _secret(layer: QgsRasterLayer) -> PluginError:
    return PluginError(
        tr("The layer '{}' needs a password that QGIS keeps; the worker does not get it.").format(
            layer.name()
        ),
        save_as(),
        problem="layer-with-password",
    )


def extent_params(
    extent: QgsReferencedRectangle | None, layer: QgsRasterLayer, project: QgsProject
) -> dict[str, Any]:
    """Return the engine's `extent` and `extent_crs` for an area; None means the whole layer.

    Raises:
        PluginError: If the area does not intersect the layer.
    """
    if extent is None:
        return {"extent": None, "extent_crs": None}
    crs = extent.crs() if extent.crs().isValid() else layer.crs()
    to_layer = QgsCoordinateTransform(crs, layer.crs(), project)
    to_layer.setBallparkTransformsAreAppropriate(True)
    try:
        on_layer = to_layer.transformBoundingBox(extent)
        intersects = not extent.isEmpty() and on_layer.intersects(layer.extent())
    except QgsCsException:
        intersects = False
    if not intersects:
        raise PluginError(
            tr("The chosen area lies outside the radar layer '{}'.").format(layer.name()),
            tr("Choose an area on the layer, or the whole layer."),
            problem="area-off-layer",
        )
    bounds = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    return {"extent": bounds, "extent_crs": crs_text(crs)}


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS in the engine's format: an EPSG code if it has one, else WKT."""
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
