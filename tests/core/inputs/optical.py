"""Optical references and masks of them that cannot be what they are given for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from affine import Affine
from scipy.ndimage import gaussian_filter

from tests.core.inputs.bench import SIDE, UTM, Bench
from tests.core.inputs.case import Case, Params, fails, runs

NAMES = ("B02", "B03", "B04", "B08")
LEVELS = np.array([400, 600, 500, 2800])
"""Usual DN of vegetation."""

FAR = UTM @ Affine.translation(30_000, 0)


def reflectance(offset: int = 0) -> np.ndarray:
    """(4, SIDE, SIDE) uint16 DN like real ones."""
    field = gaussian_filter(np.random.default_rng(0).standard_normal((SIDE, SIDE)), 4)
    field = np.clip(field / field.std(), -3, 3)
    return (LEVELS[:, None, None] * (1 + 0.15 * field) + offset).astype(np.uint16)


def clouds(value: int = 1) -> np.ndarray:
    mask = np.zeros((1, SIDE, SIDE), np.uint8)
    mask[0, :10, :20] = value
    return mask


def given(
    values: Callable[[], np.ndarray] = reflectance,
    name: str = "S2_20180130.tif",
    bands: tuple[str, ...] = NAMES,
    mask: Callable[[], np.ndarray] | None = clouds,
    mask_profile: dict[str, object] | None = None,
    profile: dict[str, object] | None = None,
    **params: object,
) -> Callable[[Bench], Params]:
    """A good image with a good mask, some of it changed."""

    def build(bench: Bench) -> Params:
        radar = bench.scene(name="S1_20180128T161201.tif")
        given = {
            "sar": [radar],
            "optical": [bench.scene(values(), name, bands=bands, **(profile or {}))],
        }
        if mask is not None:
            path = bench.scene(mask(), "clouds.tif", bands=(), **(mask_profile or {}))
            given["optical_mask"] = path
        return {**given, **params}

    return build


def changed(bench: Bench) -> Params:
    params = given()(bench)
    params["optical"] = [f"{bench.data}/gone.tif"]
    return params


def two_dates(bench: Bench) -> Params:
    params = given()(bench)
    params["optical"].append(bench.scene(reflectance(), "S2_20180202.tif", bands=NAMES))
    return params


def snow(bench: Bench) -> Params:
    params = given(mask=None)(bench)
    params["optical"].append(bench.scene(clouds(0) + np.uint8(11), "SCL.tif", bands=()))
    return params


def optical(name: str, about: str, build: Callable[[Bench], Params], expect: object) -> Case:
    return Case(f"optical-{name}", about, build, expect, method="inspect")  # type: ignore[arg-type]


def clipped() -> np.ndarray:
    return np.clip(reflectance().astype(int) - 1000, 0, None).astype(np.uint16)


CASES = (
    optical("elsewhere", "An optical image of another place", given(profile={"transform": FAR}),
            fails("scene", "km from the radar", remedy="the radar's place")),
    optical("nodata", "An optical image without any data where the radar lies",
            given(lambda: reflectance() * np.uint16(0)), fails("scene", "no data", remedy="place")),
    optical("gone", "An optical image that is not there", changed,
            fails("scene", "does not exist", remedy="path")),
    optical("picture", "A true-colour picture (8 bit) as optical image",
            given(lambda: (reflectance() // 20).astype(np.uint8)),
            fails("scene", "8-bit picture", remedy="16-bit")),
    optical("infrared", "An optical image without near infrared",
            given(bands=("B02", "B03", "B04", "B11")), fails("scene", "B08", remedy="B08")),
    optical("unnamed", "An optical image of five bands without names",
            given(lambda: np.concatenate([reflectance(), reflectance()[:1]]), bands=()),
            fails("scene", "no usual order", remedy="B02,B03,B04,B08")),
    optical("order", "An optical image of four bands without names", given(bands=()),
            runs("taken as")),
    optical("count", "Three names for the four bands of an optical image",
            given(optical_bands="B02,B03,B04"), fails("request", "3 bands", remedy="Name all")),
    optical("scale", "An optical image in percent, as floats",
            given(lambda: (reflectance() / 100 + 0.01).astype(np.float32)),
            fails("scene", "DN or reflectance", remedy="scale")),
    optical("twice", "An optical image of which the offset was taken off twice", given(clipped),
            fails("scene", "twice", remedy="product")),
    optical("harmonised", "A harmonised image by the name of a product with an offset",
            given(name="S2A_MSIL2A_20180130T101031_N0500_R022_T33UVP_20230101T000000.tif"),
            runs("taken off already")),
    optical("hazy", "An image with an offset by the name of a product without",
            given(lambda: reflectance(1000), "S2A_MSIL2A_20180130T101031_N0206_R022_T33UVP.tif"),
            runs("1000")),
    optical("1c", "An optical image of level 1C",
            given(name="S2A_MSIL1C_20180130T101031_N0206_R022_T33UVP_20180130T121213.tif"),
            runs("level 1C")),
    optical("night", "An optical image taken by night",
            given(lambda: (reflectance() // 60 + 1).astype(np.uint16), optical_scale="dn"),
            runs("night")),
    optical("year", "An optical image of another year", given(name="S2_20150730.tif"),
            runs("another year")),
    optical("undated", "An optical image without a date", given(name="S2.tif"),
            runs()),
    optical("dates", "Optical files of two dates", two_dates,
            fails("scene", "several dates", remedy="one date")),
    optical("maskless", "An optical image of which nothing tells the clouds", given(mask=None),
            fails("scene", "which pixels are clear", remedy="mask")),
    optical("cloudy", "An optical image wholly under clouds",
            given(mask=lambda: np.ones((1, SIDE, SIDE), np.uint8)), runs("No pixel")),
    optical("clear", "An optical image without a cloud", given(mask=lambda: clouds(0)),
            runs("counts as clear")),
    optical("mask-far", "A mask of another place", given(mask_profile={"transform": FAR}),
            fails("scene", "mask", remedy="belongs to the image")),
    optical("mask-values", "A mask of values whose meaning nothing tells",
            given(mask=lambda: clouds() + np.uint8(3)), fails("scene", "3, 4", remedy="clear")),
    optical("mask-chosen", "A mask without the values that were chosen as clear",
            given(optical_clear="7"), fails("scene", "clear values 7", remedy="clear")),
    optical("mask-probabilities", "Probabilities of clouds as a mask",
            given(mask=lambda: np.linspace(0, 1, SIDE**2, dtype=np.float32).reshape(1, SIDE, SIDE)),
            fails("scene", "not known", remedy="clear")),
    optical("snow", "An optical image under snow", snow, runs("under snow")),
)  # fmt: skip
