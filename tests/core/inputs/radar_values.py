"""Radar files whose values are not backscatter, are partly missing, or are of another unit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio

from tests.core.inputs.bench import Bench, changed, decibels, power
from tests.core.inputs.case import Case, Params, fails, runs


def holds(bench: Bench, values: np.ndarray, name: str = "S1.tif", **profile: object) -> Params:
    return {"sar": [bench.scene(values, name, **profile)]}


def with_holes(bench: Bench, value: float, *, band: slice = slice(None)) -> Params:
    """A corner and a square inside hold a value that is no measurement."""

    def punch(values: np.ndarray) -> None:
        values[band, :10, :12] = value
        values[band, 20:26, 30:37] = value

    return holds(bench, changed(decibels(), punch))


BOTH = slice(None)


def packed_holes(bench: Bench) -> Params:
    """The same holes in 16 bits with a scale and an offset."""
    packed = np.rint((decibels() + 60) * 1000).astype(np.uint16)
    packed[:, :10, :12] = packed[:, 20:26, 30:37] = 0
    params = holds(bench, packed)
    with rasterio.open(params["sar"][0], "r+") as file:
        file.scales, file.offsets = (0.001, 0.001), (-60, -60)
    return params


def same_holes(bench: Bench) -> None:
    """The result has no data in the holes, and only there."""
    expected = np.ones(decibels().shape[1:], bool)
    expected[:10, :12] = expected[20:26, 30:37] = False
    with rasterio.open(bench.out / "opt_v1.tif") as file:
        valid = (file.read() > 0).all(axis=0)
    assert np.array_equal(valid, expected), "the holes are not those of the radar"


def counts(dtype: str) -> np.ndarray:
    return np.random.default_rng(0).integers(40, 240, (2, 48, 48)).astype(dtype)


def picture(bench: Bench) -> Params:
    path = bench.data / "S1.png"
    with rasterio.open(
        path, "w", driver="PNG", dtype="uint8", count=3, height=48, width=48
    ) as file:
        file.write(np.repeat(counts("uint8")[:1], 3, axis=0))
    Path(f"{path}.aux.xml").unlink(missing_ok=True)
    return {"sar": [str(path)]}


CASES = (
    Case(
        "slc",
        "Complex values (SLC)",
        lambda b: holds(b, decibels().astype(np.complex64)),
        fails("scene", "complex", "SLC", remedy="terrain-corrected"),
    ),
    Case(
        "8-bit",
        "A GeoTIFF stretched to 8 bits for display",
        lambda b: holds(b, counts("uint8")),
        fails("scene", "8-bit", remedy="made from"),
    ),
    Case(
        "png",
        "A PNG picture of radar",
        picture,
        fails("scene", "8-bit", remedy="made from"),
    ),
    Case(
        "dn-whole",
        "Uncalibrated digital numbers (uint16)",
        lambda b: holds(b, counts("uint16")),
        fails("scene", "digital numbers", "uint16", remedy="Calibrate"),
    ),
    Case(
        "dn-float",
        "Uncalibrated digital numbers, stored as floats",
        lambda b: holds(b, counts("float32")),
        fails("scene", "digital numbers", remedy="Calibrate"),
    ),
    Case(
        "all-nodata",
        "Every pixel has the declared nodata value",
        lambda b: holds(b, np.full_like(decibels(), -99), nodata=-99.0),
        fails("scene", "every pixel is nodata", remedy="right bands"),
    ),
    Case(
        "all-nan",
        "Every pixel is NaN",
        lambda b: holds(b, np.full_like(decibels(), np.nan)),
        fails("scene", "every pixel is nodata", remedy="right bands"),
    ),
    Case(
        "all-zero",
        "Every pixel is 0",
        lambda b: holds(b, np.zeros_like(decibels())),
        fails("scene", "every pixel is nodata", remedy="right bands"),
    ),
    Case(
        "one-band-empty",
        "VH is nodata everywhere",
        lambda b: holds(b, changed(decibels(), lambda v: v[1].fill(np.nan))),
        fails("scene", "every pixel is nodata", remedy="VV and VH"),
    ),
    Case(
        "no-overlap",
        "VV has values only where VH has none",
        lambda b: holds(
            b, changed(decibels(), lambda v: (v[0, :24].fill(np.nan), v[1, 24:].fill(np.nan)))
        ),
        fails("scene", "every pixel is nodata", remedy="overlap"),
    ),
    Case(
        "infinite",
        "Infinite values among good ones",
        lambda b: with_holes(b, np.inf),
        runs(),
        check=same_holes,
    ),
    Case("holes", "Holes of NaN", lambda b: with_holes(b, np.nan), runs(), check=same_holes),
    Case(
        "holes-in-vh",
        "Holes of NaN in VH only",
        lambda b: with_holes(b, np.nan, band=slice(1, 2)),
        runs(),
        check=same_holes,
    ),
    Case(
        "holes-undeclared",
        "Holes of -9999 that the file does not declare as nodata",
        lambda b: with_holes(b, -9999),
        runs(),
        check=same_holes,
    ),
    Case(
        "holes-zero",
        "Holes of 0 that the file does not declare as nodata",
        lambda b: with_holes(b, 0),
        runs(),
        check=same_holes,
    ),
    *(
        Case(
            name,
            about,
            lambda b, value=value, band=band: with_holes(b, value, band=band),
            runs("Taken as no data"),
            check=same_holes,
        )
        for name, about, value, band in (
            ("holes-log-of-epsilon", "Holes of -100 dB: the logarithm of 0 + 1e-10", -100, BOTH),
            ("holes-log-of-millionth", "Holes of -60 dB: the logarithm of 0 + 1e-6", -60, BOTH),
            ("holes-99-in-vh", "Holes of -99 in VH only", -99, slice(1, 2)),
            ("holes-60-in-vh", "Holes of -60 dB in VH only", -60, slice(1, 2)),
            ("holes-bright", "Holes of 255 dB", 255, BOTH),
        )
    ),
    Case(
        "holes-zero-in-vh",
        "A part of VH that is 0 dB",
        lambda b: with_holes(b, 0, band=slice(1, 2)),
        runs("Taken as no data"),
        check=same_holes,
    ),
    Case(
        "holes-packed",
        "Holes of 0 in packed values, which is -60 dB with their offset",
        packed_holes,
        runs("Taken as no data"),
        check=same_holes,
    ),
    Case(
        "holes-packed-given",
        "The same, with -60 given as nodata",
        lambda b: {**packed_holes(b), "nodata": -60.0},
        runs(),
        check=same_holes,
    ),
    *(
        Case(
            name,
            about,
            lambda b, make=make: holds(b, make(decibels().astype(np.float64)).astype(np.float32)),
            fails("scene", message, remedy=remedy),
        )
        for name, about, make, message, remedy in (
            (
                "normalised",
                "dB moved to 0 … 1",
                lambda v: np.clip((v + 35) / 40, 0, 1),
                "neither in dB",
                "backscatter itself",
            ),
            (
                "normalised-signed",
                "dB moved to -1 … 1",
                lambda v: np.clip((v + 30) / 20 - 1, -1, 1),
                "neither in dB",
                "backscatter itself",
            ),
            (
                "z-scores",
                "dB less their mean, in standard deviations",
                lambda v: (v - v.mean((1, 2), keepdims=True)) / v.std((1, 2), keepdims=True),
                "neither in dB",
                "backscatter itself",
            ),
            (
                "ln",
                "The natural logarithm of power",
                lambda v: v * np.log(10) / 10,
                "neither in dB",
                "backscatter itself",
            ),
            (
                "ten-ln",
                "Ten times the natural logarithm of power",
                lambda v: v * np.log(10),
                "ten times the natural logarithm",
                "backscatter itself",
            ),
            (
                "bel",
                "The logarithm of power, not times 10",
                lambda v: v / 10,
                "neither in dB",
                "backscatter itself",
            ),
            (
                "db-hundredth",
                "dB divided by 100",
                lambda v: v / 100,
                "neither in dB",
                "backscatter itself",
            ),
            (
                "db-times-100-float",
                "dB times 100",
                lambda v: v * 100,
                "times 100",
                "gdal_edit.py -scale 0.01",
            ),
        )
    ),
    Case(
        "db-times-100",
        "dB times 100 as whole numbers, whose scale is not declared",
        lambda b: holds(b, np.rint(decibels() * 100).astype(np.int16)),
        fails("scene", "times 100", remedy="gdal_edit.py -scale 0.01"),
    ),
    Case(
        "angle-as-vv",
        "A band of angles chosen for VV, said to be power",
        lambda b: {
            **holds(b, np.stack([np.full((48, 48), 38.5, np.float32), power()[1]])),
            "unit": "power",
            "vv_band": 1,
            "vh_band": 2,
        },
        fails("scene", "cannot be in linear power", remedy="backscatter itself"),
    ),
    Case(
        "enormous",
        "Values of 1e300 among good ones (float64)",
        lambda b: holds(
            b, changed(decibels().astype(np.float64), lambda v: v[:, :10, :12].fill(1e300))
        ),
        runs(),
    ),
    Case(
        "constant",
        "The same value everywhere",
        lambda b: holds(b, np.full_like(decibels(), -12)),
        runs("the same value everywhere"),
    ),
    Case(
        "db-as-power",
        "dB values, said to be power",
        lambda b: {"unit": "power"},
        fails("scene", "mostly negative", remedy="Choose dB"),
    ),
    Case(
        "db-as-amplitude",
        "dB values, said to be amplitude",
        lambda b: {"unit": "amplitude"},
        fails("scene", "mostly negative", remedy="Choose dB"),
    ),
    Case(
        "power-as-db",
        "Linear power, said to be dB",
        lambda b: {**holds(b, power()), "unit": "db"},
        fails("scene", "cannot be in dB", remedy="linear power"),
    ),
    Case(
        "unit-open",
        "Positive values that may be power or amplitude",
        lambda b: holds(b, power() ** 0.62),
        fails("scene", "do not show", "power or amplitude", remedy="Set the unit"),
    ),
    Case(
        "unit-against-name",
        "A file named …_dB that holds linear power",
        lambda b: holds(b, power(), "S1_dB.tif"),
        fails("scene", "the file name says", "not in that unit", remedy="Set the unit"),
    ),
    Case(
        "unit-against-hyp3",
        "A HyP3 file whose name says power, holding dB",
        lambda b: holds(
            b, decibels(), "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A.tif", bands=()
        ),
        fails("scene", "HyP3", "not in that unit", remedy="Set the unit"),
    ),
)
