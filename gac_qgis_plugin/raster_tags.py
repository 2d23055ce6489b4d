"""What GAC's engine wrote into a GeoTIFF, as QGIS tells it: GDAL's tags."""

from __future__ import annotations

import re
from html import unescape

from qgis.core import QgsRasterLayer

_TAG = re.compile(r"<li>(SYNTHETIC|GAC_\w+)=(.*?)</li>", re.DOTALL)


def gac_tags(layer: QgsRasterLayer) -> dict[str, str]:
    """The tags of a raster that are GAC's; none where it is not one of its results.

    The provider's description is the only way to them that opens nothing again.
    """
    provider = layer.dataProvider()
    if layer.providerType() != "gdal" or provider is None or not provider.isValid():
        return {}
    return {name: unescape(value) for name, value in _TAG.findall(provider.htmlMetadata())}


def bundle_kind(tags: dict[str, str]) -> str:
    """The kind of bundle that made a result, as `demo`; "" where its tags do not tell."""
    found = re.search(r"\((\w+)\)$", tags.get("GAC_BUNDLE", ""))
    return found[1] if found else ""
