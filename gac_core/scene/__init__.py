"""Sentinel-1 scenes: files, units, polarisations, dates, nodata, resampling to the grid."""

from gac_core.scene.files import bounds_of
from gac_core.scene.scene import (
    S1Scene,
    centre_location,
    data_window,
    extent_window,
    is_measured,
    open_radar,
    open_scene,
    requested_area,
    require_measurement,
)

__all__ = [
    "S1Scene",
    "bounds_of",
    "centre_location",
    "data_window",
    "extent_window",
    "is_measured",
    "open_radar",
    "open_scene",
    "requested_area",
    "require_measurement",
]
