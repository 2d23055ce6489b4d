"""Optical references and masks of them that cannot be what they are given for."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import numpy as np
import rasterio
from affine import Affine
from scipy.ndimage import gaussian_filter
from shapely.geometry import box

from gac_core.contract.bands import SENSOR_BANDS
from tests.core.inputs.bench import SIDE, UTM, Bench
from tests.core.inputs.case import Case, Params, fails, runs

NAMES = ("B02", "B03", "B04", "B08")
LEVELS = np.array([400, 600, 500, 2800])
"""Usual DN of vegetation."""

Build = Callable[[Bench], Params]

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


def other(
    values: Callable[[], np.ndarray] = reflectance,
    name: str = "S2_20180110.tif",
    mask: str = "none",
    use: str = "auto",
    **profile: object,
) -> Build:
    """A good image and mask, and an image of another date."""

    def build(bench: Bench) -> Params:
        path = bench.scene(values(), name, bands=NAMES, **profile)
        both = {"optical_other": [path], "optical_other_mask": mask, "optical_use": use}
        return {**given()(bench), **both}

    return build


def other_alone(bench: Bench) -> Params:
    params = other()(bench)
    return {**params, "optical": []}


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


def hidden_by_light(bench: Bench) -> np.ndarray:
    return reflectance() + np.uint16(6000) * clouds()


def inverted(bench: Bench) -> Params:
    return given(lambda: hidden_by_light(bench), mask=lambda: np.uint8(1) - clouds())(bench)


def mask_named(name: str, values: Callable[[], np.ndarray], **profile: object) -> Build:
    """A good image with a mask of that name."""

    def build(bench: Bench) -> Params:
        params = given(mask=None)(bench)
        return {**params, "optical_mask": bench.scene(values(), name, bands=(), **profile)}

    return build


def polygons(name: str, *layers: str, west: float = 10.0) -> Build:
    """A good image with layers of polygons as its mask; the first lies where it does if asked."""

    def build(bench: Bench) -> Params:
        params = given(mask=None)(bench)
        path = bench.data / name
        for layer in layers:
            shapes = [box(west, 48.0, west + 0.01, 48.01)]
            frame = geopandas.GeoDataFrame(geometry=shapes, crs="EPSG:4326")
            mode = "a" if path.exists() else "w"
            frame.to_file(path, layer=layer, engine="pyogrio", mode=mode)
        return {**params, "optical_mask": str(path)}

    return build


def archive(bench: Bench) -> Params:
    params = given()(bench)
    path = bench.data / "S2A_MSIL2A_20180130T101031.SAFE.tar"
    path.write_bytes(b"archive")
    return {**params, "optical": [str(path)]}


def scaled_already(bench: Bench) -> Params:
    params = given(lambda: (reflectance() / 10000).astype(np.float32))(bench)
    with rasterio.open(params["optical"][0], "r+") as file:
        file.scales = (0.0001,) * len(NAMES)
    return params


def classes_alone(bench: Bench) -> Params:
    params = given(mask=None)(bench)
    return {**params, "optical": [bench.scene(clouds() + np.uint8(4), "SCL.tif", bands=())]}


def empty_b10() -> np.ndarray:
    """13 bands of which B10 is empty, as exports of level 2A have it."""
    values = (
        np.concatenate([reflectance()] * 4)[:13] + np.arange(13, dtype=np.uint16)[:, None, None]
    )
    values[10] = 0
    return values


def nested(bench: Bench) -> Params:
    params = given()(bench)
    path = bench.data / "download.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("S2A_MSIL2A_20180130T101031.SAFE.zip", b"packed")
    return {**params, "optical": [str(path)]}


def zarr(bench: Bench) -> Params:
    """A store of one band that does not say where it lies in a way that GDAL reads."""
    params = given()(bench)
    root = bench.data / "S2A_MSIL2A_20180130T101031.zarr"
    (root / "b02").mkdir(parents=True)
    (root / ".zgroup").write_text('{"zarr_format": 2}')
    values = reflectance()[0]
    about = {
        "zarr_format": 2, "shape": values.shape, "chunks": values.shape, "dtype": "<u2",
        "compressor": None, "fill_value": 0, "order": "C", "filters": None,
    }  # fmt: skip
    (root / "b02" / ".zarray").write_text(json.dumps(about))
    (root / "b02" / "0.0").write_bytes(values.astype("<u2").tobytes())
    return {**params, "optical": [str(root)]}


def virtual_dates(bench: Bench) -> Params:
    """A virtual mosaic of two files, each of a date of its own."""
    params = given()(bench)
    files = [
        bench.scene(reflectance(), f"S2_{day}.tif", bands=NAMES) for day in (20180130, 20180204)
    ]
    bands = ""
    for number, name in enumerate(NAMES, start=1):
        sources = "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="1">{Path(file).name}</SourceFilename>'
            f"<SourceBand>{number}</SourceBand></SimpleSource>"
            for file in files
        )
        bands += (
            f'<VRTRasterBand dataType="UInt16" band="{number}"><Description>{name}</Description>'
            f"{sources}</VRTRasterBand>"
        )
    path = bench.data / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{SIDE}" rasterYSize="{SIDE}"><SRS>EPSG:32633</SRS><GeoTransform>'
        f"{UTM.c}, {UTM.a}, 0, {UTM.f}, 0, {UTM.e}</GeoTransform>{bands}</VRTDataset>"
    )
    return {**params, "optical": [str(path)]}


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
    optical("generated", "A result of GAC as optical image",
            given(name="opt_v3.tif", profile={"tags": {"SYNTHETIC": "YES"}}),
            fails("scene", "no observation", remedy="Sentinel-2")),
    optical("generated-copy", "A copy of an exported result as optical image",
            given(name="field_opt_v3_SYNTHETIC.tif"),
            fails("scene", "no observation", remedy="Sentinel-2")),
    optical("satellite", "A PlanetScope image as optical image",
            given(name="20180130_101931_1034_3B_AnalyticMS_SR.tif"), runs("PlanetScope")),
    optical("counted", "An optical image whose bands are named b1 to b4",
            given(bands=("b1", "b2", "b3", "b4")),
            fails("scene", "b1, b2", remedy="B02,B03,B04,B08")),
    optical("foreign", "An optical image whose bands have names of another language",
            given(bands=("azul", "verde", "rojo", "irc")),
            fails("scene", "azul", remedy="B02,B03,B04,B08")),
    optical("alpha", "An optical image of red, green, blue and alpha",
            given(bands=(), profile={"photometric": "RGB", "alpha": "YES"}),
            fails("scene", "B08", remedy="B02,B03,B04,B08")),
    optical("constant", "An optical image with a mask of 1 in place of a band",
            given(lambda: np.concatenate([reflectance()[:3], np.ones((1, SIDE, SIDE), np.uint16)])),
            fails("scene", "everywhere", remedy="name them")),
    optical("same", "An optical image with one band three times",
            given(lambda: reflectance()[[1, 1, 1, 3]]),
            fails("scene", "are the same", remedy="name them")),
    optical("full-scale", "An optical image of 16 bits in which 65535 is a reflectance of 1",
            given(lambda: (reflectance() * 6.5535 * 2).astype(np.uint16)),
            fails("scene", "do not show", remedy="uint16")),
    optical("scaled", "Reflectance from 0 to 1 that declares a scale of 0.0001",
            scaled_already,
            fails("scene", "do not show", remedy="reflectance")),
    optical("fill", "An optical image with an undeclared -9999 where it has no data",
            given(lambda: np.where(np.arange(SIDE) < 9, -9999, reflectance()).astype(np.int16)),
            runs()),
    optical("composite", "A composite of a month as optical image",
            given(name="s2_2018-01-01_2018-01-31_median.tif"), runs("several dates")),
    optical("stack-of-dates", "An optical file with the bands of two dates",
            given(lambda: np.concatenate([reflectance()] * 2),
                  bands=tuple(f"{day}_{n}" for day in ("20180130", "20180202") for n in NAMES)),
            fails("scene", "several dates", remedy="one date")),
    optical("archive", "A product in an archive that GAC does not read", archive,
            fails("scene", "archive", remedy="Unpack")),
    optical("mask-alone", "A scene classification as optical image", classes_alone,
            fails("scene", "holds no bands", remedy="image")),
    optical("mask-clear", "A mask whose name says that it marks what is clear",
            mask_named("clear_mask.tif", clouds), fails("scene", "clear", remedy="1")),
    optical("mask-inverted", "A mask that is 1 where it is clear", inverted,
            fails("scene", "bright", remedy="1 if the mask")),
    optical("mask-bands", "A mask of two bands without names",
            mask_named("m.tif", lambda: np.concatenate([clouds()] * 2)),
            fails("scene", "2 bands", remedy="alone")),
    optical("mask-date", "A scene classification of another date as mask",
            mask_named("T33UVP_20180204T101031_SCL_20m.tif", lambda: clouds() + np.uint8(4)),
            fails("scene", "2018-02-04", remedy="belongs to the image")),
    optical("mask-layers", "A GeoPackage of two layers as mask",
            polygons("clouds.gpkg", "clouds", "fields"),
            fails("scene", "clouds, fields", remedy="layername")),
    optical("mask-polygons-far", "Polygons of another place as mask",
            polygons("clouds.gpkg", "clouds", west=-60.0),
            fails("scene", "does not lie", remedy="CRS")),
    optical("mask-range", "A range of clear values that ends before it begins",
            given(optical_clear="40-0"), fails("request", "40-0", remedy="0-40")),
    optical("empty-b10", "An optical image with 13 bands of which B10 is empty",
            given(empty_b10, bands=SENSOR_BANDS), runs("B10: no values")),
    optical("empty-needed", "An optical image whose B04 is NaN everywhere",
            given(lambda: np.where(np.arange(4)[:, None, None] == 2, np.nan, reflectance())
                  .astype(np.float32)),
            fails("scene", "B04 holds no data", remedy="name them")),
    optical("unlikely-order", "An optical image without names, the near infrared first",
            given(lambda: reflectance()[::-1], bands=()),
            fails("scene", "times as bright", remedy="B02,B03,B04,B08")),
    optical("classes-as-band", "An optical image without names whose last band holds classes",
            given(lambda: np.concatenate([reflectance(), reflectance()[:1] + 7, clouds() + 4])
                  .astype(np.uint16), bands=()),
            fails("scene", "the values 4, 5", remedy="B02,B03,B04,B08")),
    optical("tenth", "An optical image in which 1000 is a reflectance of 1",
            given(lambda: (reflectance() // 10).astype(np.int16)), runs("water alone")),
    optical("day-or-month", "An optical image whose name has a date that may be two",
            given(name="S2_05.06.2018.tif"), runs("2018-06-05 or 2018-05-06")),
    optical("virtual-dates", "A virtual mosaic of two dates as optical image", virtual_dates,
            fails("scene", "several dates", remedy="one date")),
    optical("nested", "A product in an archive in an archive", nested,
            fails("scene", "another archive", remedy="Unpack")),
    optical("zarr", "A Zarr store without a coordinate system as optical image", zarr,
            fails("scene", "Zarr", remedy=".SAFE")),
    optical("mask-one-value", "A mask that is 1 in places and has no value elsewhere",
            given(mask=lambda: np.where(clouds() > 0, 1, np.nan).astype(np.float32)),
            fails("scene", "not known", remedy="0 where it is clear")),
    optical("mask-fmask", "An Fmask of classes, whose writer nothing tells",
            mask_named("s2_fmask.tif", lambda: clouds() + np.uint8(1)),
            fails("scene", "not known", remedy="1, 4, 5")),
    optical("other-alone", "An image of another date without a first one", other_alone,
            fails("request", "no first one", remedy="itself")),
    optical("other-elsewhere", "An image of another date that lies elsewhere",
            other(transform=FAR), fails("scene", "Other date", remedy="the radar's place")),
    optical("other-clouds", "An image of another date, of whose clouds nothing tells",
            other(mask=""), fails("scene", "S2_20180110", remedy="there are none")),
    optical("other-nearer", "An image of another date that is nearer to the radar's date",
            other(name="S2_20180128.tif"), runs("Exchange them")),
    optical("other-guides", "Two images that both only guide",
            other(use="guide"), runs("the first one alone")),
    optical("other-year", "An image of another date, of another year",
            other(name="S2_20150710.tif"), runs("another year")),
    optical("snow", "An optical image under snow", snow, runs("under snow")),
)  # fmt: skip
