"""Names of bands, stages, units and biomes in files, options and forms."""

from __future__ import annotations

from typing import Final

from .message import later

OUTPUT_BANDS: Final = ("B02", "B03", "B04", "B08")
"""The four 10 m bands of a result, in file order."""

SENSOR_BANDS: Final = (
    "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12",
)  # fmt: skip
"""Sentinel-2's 13 bands, in its order. Products of level 2A lack B10."""

STAGES: Final = (1, 2, 3)

STAGE_NAMES: Final = {1: later("generate"), 2: later("refine"), 3: later("ground")}
"""Stage names as used in records."""

RADAR_UNITS: Final = ("db", "power", "amplitude")
"""Units of radar values: decibels, linear power, and amplitude (its square root)."""

MODALITIES: Final = ("S1GRD", "S1RTC")
"""Radar modalities: sigma0 (or gamma0 on the ellipsoid), and terrain-flattened gamma0."""

OPTICAL_USES: Final = ("auto", "keep", "guide")
"""Uses of an optical reference: clear pixels are kept, or all of it only guides."""

OPTICAL_SCALES: Final = ("auto", "dn", "reflectance", "uint16")
"""Scales of an optical reference: 10000, 1 or 65535 for a reflectance of 1."""

OPTICAL_OFFSETS: Final = (0, 1000)
"""Offsets in DN of Sentinel-2 products: none, and that of processing baseline 04.00 on."""

DEVICES: Final = ("auto", "cpu", "cuda", "mps")

BIOMES: Final = (
    later("Unknown"),
    later("Tropical & Subtropical Moist Broadleaf Forests"),
    later("Tropical & Subtropical Dry Broadleaf Forests"),
    later("Tropical & Subtropical Coniferous Forests"),
    later("Temperate Broadleaf & Mixed Forests"),
    later("Temperate Conifer Forests"),
    later("Boreal Forests/Taiga"),
    later("Tropical & Subtropical Grasslands, Savannas & Shrublands"),
    later("Temperate Grasslands, Savannas & Shrublands"),
    later("Flooded Grasslands & Savannas"),
    later("Montane Grasslands & Shrublands"),
    later("Tundra"),
    later("Mediterranean Forests, Woodlands & Scrub"),
    later("Deserts & Xeric Shrublands"),
    later("Mangroves"),
)
"""RESOLVE Ecoregions 2017 (Dinerstein et al. 2017) by BIOME_NUM; 0 is unknown."""


def result_name(stage: int) -> str:
    """Return the name of a stage's result: `opt_v1`, `opt_v2` or `opt_v3`."""
    return f"opt_v{stage}"
