"""Bands, stages, units and places by the names that files, options and forms have for them."""

from __future__ import annotations

from typing import Final

from .message import later

OUTPUT_BANDS: Final = ("B02", "B03", "B04", "B08")
"""The four 10 m bands of a result, in the order of its file."""

STAGES: Final = (1, 2, 3)

STAGE_NAMES: Final = {1: later("generate"), 2: later("refine"), 3: later("ground")}
"""Of each stage, as records have it."""

RADAR_UNITS: Final = ("db", "power", "amplitude")
"""Units that radar values come in: decibels, linear power, and its square root."""

MODALITIES: Final = ("S1GRD", "S1RTC")
"""Kinds of radar: sigma0 (or gamma0 on the ellipsoid), and terrain-flattened gamma0."""

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
    """Return the name of a stage's result, `opt_v1` and so on."""
    return f"opt_v{stage}"
