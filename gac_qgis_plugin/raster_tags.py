"""GAC's tags in a GeoTIFF, read through QGIS."""

from __future__ import annotations

import re
from html import unescape

from qgis.core import QgsRasterLayer

_TAG = re.compile(r"<li>(SYNTHETIC|GAC_\w+)=(.*?)</li>", re.DOTALL)


def gac_tags(layer: QgsRasterLayer) -> dict[str, str]:
    """Return a raster's GAC tags; empty if it is not a result of GAC.

    The provider's description is the only source that does not reopen the file.
    """
    provider = layer.dataProvider()
    if layer.providerType() != "gdal" or provider is None or not provider.isValid():
        return {}
    return {name: unescape(value) for name, value in _TAG.findall(provider.htmlMetadata())}


def bundle_kind(tags: dict[str, str]) -> str:
    """Return the kind of bundle that made a result, e.g. `demo`; "" if its tags do not say."""
    match = re.search(r"\((\w+)\)$", tags.get("GAC_BUNDLE", ""))
    return match[1] if match else ""
