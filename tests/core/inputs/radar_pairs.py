"""VV and VH in two files that do not belong together."""

from __future__ import annotations

import numpy as np
from affine import Affine

from tests.core.inputs.bench import Bench, decibels, power
from tests.core.inputs.case import Case, Params, fails, runs

VV = "S1A_IW_20180128T161201_VV.tif"


def pair(
    bench: Bench,
    vh: str = "S1A_IW_20180128T161201_VH.tif",
    values: np.ndarray | None = None,
    **profile: object,
) -> Params:
    """The usual VV file, and a VH file that may differ."""
    values = decibels()[1:] if values is None else values
    return {
        "sar": [
            bench.scene(decibels()[:1], VV, bands=()),
            bench.scene(values, vh, bands=(), **profile),
        ]
    }


def again(bench: Bench, bands: slice) -> Params:
    names = ("VV", "VH")[bands]
    return {"sar": [bench.scene(decibels()[bands], bands=names)] * 2}


def unnamed(bench: Bench, vh: np.ndarray | None = None) -> Params:
    """Two files whose names say nothing, the weaker one first."""
    vh = decibels()[1:] if vh is None else vh
    return {
        "sar": [
            bench.scene(vh, "b.tif", bands=()),
            bench.scene(decibels()[:1], "a.tif", bands=()),
        ]
    }


def browsed(bench: Bench) -> Params:
    """Make files named as Copernicus Browser names them, in the order of a dialog's list."""
    name = "2024-01-09-00_00_2024-01-09-23_59_Sentinel-1_IW_VV+VH_{}_(Raw).tiff"
    values = {"VH": decibels()[1:], "VV": decibels()[:1]}
    return {"sar": [bench.scene(values[p], name.format(p), bands=()) for p in ("VH", "VV")]}


CASES = (
    Case(
        "pair-crs",
        "VV and VH files in different coordinate systems",
        lambda b: pair(b, crs="EPSG:32634"),
        fails("scene", "different coordinate systems", remedy="one grid"),
    ),
    Case(
        "pair-size",
        "VV and VH files of different sizes",
        lambda b: pair(b, values=decibels()[1:, :40]),
        fails("scene", "different sizes", "48x40", remedy="one grid"),
    ),
    Case(
        "pair-grid",
        "VV and VH files half a pixel apart",
        lambda b: pair(b, transform=Affine(10, 0, 500_005, 0, -10, 5_400_000)),
        fails("scene", "different positions", "0.50 pixels", remedy="one grid"),
    ),
    Case(
        "pair-spacing",
        "VV and VH files with different pixel sizes",
        lambda b: pair(b, transform=Affine(20, 0, 500_000, 0, -20, 5_400_000)),
        fails("scene", "different positions", remedy="one grid"),
    ),
    Case(
        "pair-dates",
        "VV and VH files of different dates",
        lambda b: pair(b, "S1A_IW_20180209T161201_VH.tif"),
        fails("scene", "dates", remedy="one scene"),
    ),
    Case(
        "pair-units",
        "VV in dB, VH in linear power",
        lambda b: pair(b, values=power()[1:]),
        fails("scene", "unit"),
    ),
    Case(
        "pair-vv-vv",
        "Two VV files",
        lambda b: pair(b, "S1B_IW_20180128T161201_VV.tif"),
        fails("scene", "both VV", remedy="VV and VH together"),
    ),
    Case(
        "pair-hv",
        "A VV file and an HV file",
        lambda b: pair(b, "S1A_IW_20180128T161201_HV.tif"),
        fails("scene", "holds HV", remedy="VV and VH together"),
    ),
    Case(
        "pair-vh-first",
        "Two files, VH first",
        lambda b: {"sar": pair(b)["sar"][::-1]},
        runs("came VH first"),
    ),
    Case(
        "twice-one-band",
        "The same file with VV given twice",
        lambda b: again(b, slice(0, 1)),
        fails("scene", "only VV", remedy="give both files"),
    ),
    Case(
        "twice-two-bands",
        "The same file with VV and VH given twice",
        lambda b: again(b, slice(0, 2)),
        runs(),
    ),
    Case(
        "three-files",
        "Three files",
        lambda b: {"sar": [b.scene(), b.scene(name="b.tif"), b.scene(name="c.tif")]},
        fails("request", "one or two radar files", "3 were given", remedy="Give one file"),
    ),
    Case(
        "no-file",
        "No file at all",
        lambda b: {"sar": []},
        fails("request", "one or two radar files", remedy="Give one file"),
    ),
    Case(
        "empty-path",
        "A file without a name",
        lambda b: {"sar": [""]},
        fails("request", "without a name", remedy="Name the file"),
    ),
    Case(
        "pair-unnamed",
        "Two files whose names say nothing, VH first",
        unnamed,
        runs("a.tif, the stronger one, is taken as VV"),
    ),
    Case(
        "pair-alike",
        "Two files whose names say nothing, half a decibel apart",
        lambda b: unnamed(b, decibels()[:1] - np.float32(0.5)),
        fails("scene", "too close together", remedy="Rename them"),
    ),
    Case(
        "pair-angle",
        "A VV file and a map of the incidence angle",
        lambda b: pair(b, "lia.tif"),
        fails("scene", "lia.tif is no VH", remedy="choose its band yourself"),
    ),
    Case(
        "pair-browser",
        "Two files of Copernicus Browser (VV+VH_VV, VV+VH_VH), VH first",
        browsed,
        runs("came VH first"),
    ),
)
