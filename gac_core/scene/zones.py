"""UTM zones: of which one a coordinate system is, and how far a place is from its middle."""

from __future__ import annotations

from typing import Any

from gac_core.grid import is_utm


def utm_of(crs: Any) -> int | None:
    """EPSG code of a WGS 84 / UTM CRS, also where it carries no code, as SNAP's; else None."""
    epsg = crs.to_epsg()
    if is_utm(epsg):
        return int(epsg)
    metres = crs.to_dict().get("units", "m") == "m"
    return other_utm_of(crs, "WGS84") if metres else None


def other_utm_of(crs: Any, datum: str | None = None) -> int | None:
    """EPSG code of the WGS 84 zone over which a UTM CRS on this datum (None: any) lies."""
    parts = crs.to_dict()
    if parts.get("proj") != "utm" or datum not in (None, parts.get("datum")):
        return None
    return (32700 if parts.get("south") else 32600) + int(parts["zone"])


def meridian(epsg: int) -> float:
    """Longitude of a UTM zone's central meridian."""
    return (epsg % 100) * 6.0 - 183.0


def from_meridian(longitudes: Any, epsg: int) -> Any:
    """Degrees from a zone's central meridian, eastwards, in [-180, 180)."""
    return (longitudes - meridian(epsg) + 180.0) % 360.0 - 180.0
