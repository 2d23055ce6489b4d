"""Names of bands, stages, units and biomes in files, options and forms."""

from __future__ import annotations

from typing import Final

from .message import later

OUTPUT_BANDS: Final = ("B02", "B03", "B04", "B08")
"""The four 10 m bands of a result, in file order."""

STAGES: Final = (1, 2, 3)

STAGE_NAMES: Final = {1: later("generate"), 2: later("refine"), 3: later("ground")}
"""Stage names as used in records."""

RADAR_UNITS: Final = ("db", "power", "amplitude")
"""Units of radar values: decibels, linear power, and amplitude (its square root)."""

MODALITIES: Final = ("S1GRD", "S1RTC")
"""Radar modalities: sigma0 (or gamma0 on the ellipsoid), and terrain-flattened gamma0."""

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
