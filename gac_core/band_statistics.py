"""Bands, their order, and the models' standardisation.

The statistics are those with which the published models were trained. TerraMind's are from
TerraTorch's registry (v1), Prithvi's from its published configuration.
"""

from __future__ import annotations

from typing import Final

from gac_core.contract.bands import OUTPUT_BANDS, SENSOR_BANDS

S2_BANDS: Final = tuple(band for band in SENSOR_BANDS if band != "B10")
"""TerraMind's 12 Sentinel-2 L2A bands, in its order."""

OUTPUT_INDEX: Final = tuple(S2_BANDS.index(b) for b in OUTPUT_BANDS)
"""Indices of the output bands among the 12: (1, 2, 3, 7)."""

PRITHVI_BANDS: Final = ("B02", "B03", "B04", "B8A", "B11", "B12")
"""The six bands that Prithvi-EO-2.0 was trained on (its NIR is the narrow one)."""

PRITHVI_INDEX: Final = tuple(S2_BANDS.index(b) for b in PRITHVI_BANDS)

PRITHVI_MEAN: Final = (1087.0, 1342.0, 1433.0, 2734.0, 1958.0, 1363.0)
PRITHVI_STD: Final = (2248.0, 2179.0, 2178.0, 1850.0, 1242.0, 1049.0)

S1_STATISTICS: Final = {
    "S1GRD": ((-12.599, -20.293), (5.195, 5.890)),
    "S1RTC": ((-10.93, -17.329), (4.391, 4.459)),
}
"""Mean and standard deviation of (VV, VH) in dB for each of TerraMind's radar modalities."""

REFLECTANCE_SCALE: Final = 10000.0
"""DN of reflectance 1 (Sentinel-2 L2A, without the +1000 offset)."""

S2_MEAN: Final = (
    1390.458, 1503.317, 1718.197, 1853.91, 2199.1, 2779.975,
    2987.011, 3083.234, 3132.22, 3162.988, 2424.884, 1857.648,
)  # fmt: skip
S2_STD: Final = (
    2106.761, 2141.107, 2038.973, 2134.138, 2085.321, 1889.926,
    1820.257, 1871.918, 1753.829, 1797.379, 1434.261, 1334.311,
)  # fmt: skip
"""Mean and standard deviation (DN) of the 12 bands in TerraMind's training data."""
