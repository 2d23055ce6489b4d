"""Radar layers as the engine needs them: something that GDAL opens in the worker's process."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsRasterLayer

from gac_qgis_plugin.raster_tags import gac_tags
from gac_qgis_plugin.toolbelt.problem import PluginError

SYNTHETIC_PROPERTY = "gac/synthetic"
"""Custom property that marks a layer that GAC generated."""

SAVE_AS = "Save the layer as a GeoTIFF (Export, Save As…, raw data) and use that layer."

_URL = re.compile(r"(https?|ftp)://", re.IGNORECASE)
_SECRET = re.compile(r"\bauthcfg=|\|credential:", re.IGNORECASE)
_SUBDATASET = re.compile(r'[A-Za-z0-9_]{2,}:"(?P<path>/[^"]*|[A-Za-z]:[\\/][^"]*)"')
"""A file named in quotes after a format's name: `NETCDF:"/a/b.nc":vv`."""

_REMOTE_ARCHIVE = ("vsi", "/vsi")


def is_synthetic(layer: QgsRasterLayer) -> bool:
    """Whether a layer is itself a result of GAC, by its properties or by what its file says."""
    if layer.customProperty(SYNTHETIC_PROPERTY, False):
        return True
    return gac_tags(layer).get("SYNTHETIC") == "YES"


def gdal_source(layer: QgsRasterLayer) -> str:
    """What the worker gives GDAL to open the raster that a layer shows.

    Raises:
        PluginError: If the worker cannot open it, or if it is no radar.
    """
    if is_synthetic(layer):
        raise PluginError(
            f"The layer '{layer.name()}' is an image that GAC generated, not radar.",
            "Choose the Sentinel-1 layer.",
        )
    provider = layer.providerType()
    if provider == "wcs":
        return _wcs(layer)
    if provider == "gdal":
        return _gdal(layer)
    if provider == "wms":
        raise PluginError(
            f"The layer '{layer.name()}' comes from a web map service (wms): it shows pictures, "
            "not measurements.",
            "Ask the provider for the data itself: a GeoTIFF, or a web coverage service (WCS).",
        )
    raise PluginError(
        f"The layer '{layer.name()}' comes from {provider or 'nowhere'}, which the worker cannot "
        "open.",
        SAVE_AS,
    )


def _gdal(layer: QgsRasterLayer) -> str:
    source = str(layer.source())
    if _SECRET.search(source):
        raise _secret(layer)
    parts = QgsProviderRegistry.instance().decodeUri("gdal", source)
    if parts.get("openOptions"):
        raise PluginError(
            f"The layer '{layer.name()}' was opened with options of its own "
            f"({', '.join(parts['openOptions'])}), which the worker cannot use.",
            f"Add it to the project without them. Or: {SAVE_AS}",
        )
    if source.startswith("/vsimem/") or "/vsimem/" in source:
        raise PluginError(
            f"The layer '{layer.name()}' lies in QGIS's own memory ({source}).", SAVE_AS
        )
    if _URL.match(source):
        # GDAL would fetch the whole file by its plain address.
        return f"/vsicurl/{source}"
    file = _local_file(source, parts)
    if file is not None and not file.exists():
        raise PluginError(
            f"The file of the layer '{layer.name()}' is no longer there ({file}).",
            "Put it back, or add the layer to the project again.",
        )
    # Not resolved: a link's name tells the engine more than its target's.
    return str(file.absolute()) if file is not None and str(file) == source else source


def _local_file(source: str, parts: dict[str, object]) -> Path | None:
    """The file or folder on this machine that a source lies in; None: that cannot be told."""
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
    # What has a colon elsewhere than behind a drive's letter is a driver's own notation.
    return Path(source) if ":" not in source[2:] or Path(source).exists() else None


def _wcs(layer: QgsRasterLayer) -> str:
    uri = QgsDataSourceUri()
    uri.setEncodedUri(layer.source())
    if uri.authConfigId() or uri.hasParam("authcfg") or uri.username() or uri.password():
        raise _secret(layer)
    url, coverage = uri.param("url"), uri.param("identifier")
    if not url or not coverage:
        raise PluginError(
            f"The layer '{layer.name()}' does not say which coverage of which service it is.",
            SAVE_AS,
        )
    joint = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
    version = f"version={uri.param('version')}&" if uri.param("version") else ""
    return f"WCS:{url}{joint}{version}coverage={coverage}"


def _secret(layer: QgsRasterLayer) -> PluginError:
    return PluginError(
        f"The layer '{layer.name()}' needs a password that QGIS keeps; the worker does not get it.",
        SAVE_AS,
    )
