"""Measures of an image: names, units and directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes:
        key: Key in tables of numbers.
        title: Name for readers.
        unit: Unit for readers; may be empty.
        sign: 1 if more is better, -1 if less is, 0 if descriptive only.
        digits: Significant decimals.
        about: One-line description.
    """

    key: str
    title: str
    unit: str
    sign: Literal[-1, 0, 1]
    digits: int
    about: str

    @property
    def heading(self) -> str:
        """Title, unit and an arrow to the better side, if any."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.title}{unit}{('', ' ↑', ' ↓')[self.sign]}"

    def with_unit(self, value: float) -> str:
        """Return a value with its decimals and unit."""
        unit = self.unit if self.unit in ("", "°") else f" {self.unit}"
        return f"{value:.{self.digits}f}{unit}"


_ALL = (
    Measure("psnr", "PSNR", "dB", 1, 2, "Peak signal-to-noise ratio for a peak of 10000 DN."),
    Measure("ssim", "SSIM", "", 1, 3, "Structural similarity, Gaussian window, range 10000 DN."),
    Measure("ms_ssim", "MS-SSIM", "", 1, 3, "The same over several scales."),
    Measure("lpips", "LPIPS", "", -1, 3, "Perceptual distance on true colour, 0 to 3000 DN."),
    Measure("sam", "SAM", "°", -1, 2, "Mean angle between the spectra."),
    Measure("ergas", "ERGAS", "", -1, 1, "Error relative to the bands' means, ratio 1."),
    Measure("ndvi_mae", "NDVI error", "", -1, 3, "Mean absolute error of the vegetation index."),
    Measure("gac", "GAC", "", 0, 3, "Agreement of edges with the radar's. More is not better."),
    Measure("gac_gap", "GAC gap", "", -1, 3, "Distance of the GAC from that of the real image."),
    Measure("cfog", "CFOG", "", 0, 3, "Another such agreement. More is not better either."),
    Measure("cfog_gap", "CFOG gap", "", -1, 3, "Distance of the CFOG from the real image's."),
    Measure("bias", "bias", "%", -1, 1, "Mean of the bands' absolute biases."),
    Measure(
        "contrast",
        "contrast error",
        "",
        -1,
        2,
        "Mean distance of the bands' local contrast from the real image's, in powers of 2.",
    ),
    Measure(
        "spectrum",
        "spectrum error",
        "",
        -1,
        2,
        "Mean distance of the power at five scales from the real image's, in powers of 2.",
    ),
    Measure("seconds", "time", "s", -1, 2, "Seconds an image, of this stage alone."),
)

KID = Measure(
    "kid", "KID", "", -1, 4, "Kernel inception distance; of all images together, none of its own."
)

MEASURES = {measure.key: measure for measure in _ALL}
"""Measures by key, in the order of the tables."""

STAGE_MEASURES = ("psnr", "ssim", "sam", "cfog_gap")
"""Measures in which each stage has to match the previous one and beat a blur of it. GAC and CFOG
themselves are excluded: a copy of the radar maximises both."""

FLOOR_MEASURES = ("ssim", "sam", "gac_gap", "cfog_gap")
"""Measures in which stage 1 has to beat the mean image and the regression."""

SCALE_MEASURES = ("bias", "contrast", "spectrum")
"""Measures of the table of level, contrast and scale."""
