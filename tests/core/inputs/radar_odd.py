"""Radar files that GDAL would wait for, go round in or stumble over, and harmless oddities."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import ColorInterp

from tests.core.inputs.bench import Bench, changed, decibels
from tests.core.inputs.case import Case, Params, fails, runs
from tests.core.inputs.radar_ground import DEGREES, lies
from tests.core.inputs.radar_values import same_holes


def virtual(
    bench: Bench,
    source: Path | str,
    name: str = "S1.vrt",
    *,
    place: str = "500000, 10, 0, 5400000, 0, -10",
    more: tuple[str, str] = ("", ""),
    kind: str = "",
) -> Path:
    """A virtual raster of 48 x 48 pixels over a file, with more elements in VV and in VH."""
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}"{kind}><Description>{pol}</Description>'
        f"{element}<SimpleSource><SourceFilename>{source}</SourceFilename>"
        f"<SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n, pol, element in ((1, "VV", more[0]), (2, "VH", more[1]))
    )
    path = bench.data / name
    path.write_text(
        '<VRTDataset rasterXSize="48" rasterYSize="48"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>{place}</GeoTransform>{bands}</VRTDataset>"
    )
    return path


def gives(path: Path | str) -> Params:
    return {"sar": [str(path)]}


def pipe(bench: Bench, name: str = "S1.tif") -> Path:
    path = bench.data / name
    os.mkfifo(path)
    return path


def pipes(bench: Bench) -> Params:
    folder = bench.data / "S1_20180128"
    folder.mkdir()
    for pol in ("VV", "VH"):
        os.mkfifo(folder / f"{pol}.tif")
    return gives(folder)


def in_a_ring(bench: Bench) -> Params:
    virtual(bench, bench.data / "S1.vrt", "other.vrt")
    return gives(virtual(bench, bench.data / "other.vrt"))


def with_code(bench: Bench) -> Params:
    """A virtual raster whose pixels a Python function in it would make."""
    code = (
        "<PixelFunctionType>f</PixelFunctionType>"
        "<PixelFunctionLanguage>Python</PixelFunctionLanguage><PixelFunctionCode>"
        f"def f(*a, **k): open({str(bench.root / 'ran')!r}, 'w')</PixelFunctionCode>"
    )
    kind = ' subClass="VRTDerivedRasterBand"'
    return gives(virtual(bench, bench.scene(), more=(code, code), kind=kind))


def nothing_ran(bench: Bench) -> None:
    assert not (bench.root / "ran").exists(), "the file's code ran"


def two_nodatas(bench: Bench) -> Params:
    """A corner of VV holds one value, a square in VH another; each band declares its own."""

    def punch(values: np.ndarray) -> None:
        values[0, :10, :12] = -99
        values[1, 20:26, 30:37] = -77

    source = bench.scene(changed(decibels(), punch), "source.tif")
    more = tuple(f"<NoDataValue>{value}</NoDataValue>" for value in (-99, -77))
    return gives(virtual(bench, source, more=(more[0], more[1])))


def masked(bench: Bench) -> Params:
    """Holes that only a mask band in the file tells."""
    mask = np.full(decibels().shape[1:], 255, np.uint8)
    mask[:10, :12] = mask[20:26, 30:37] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        path = bench.scene()
        with rasterio.open(path, "r+") as file:
            file.write_mask(mask)
    return gives(path)


def other_letters(bench: Bench, *, names: bool) -> Params:
    """Latin-1 where GDAL's tags have UTF-8."""
    word = "unused" if names else "VV VH"
    path = Path(bench.scene(bands=("VV QQQQ", "VH QQQQ") if names else ("VV", "VH")))
    with rasterio.open(path, "r+") as file:
        file.update_tags(NOTE=f"{word} QQQQ")
    path.write_bytes(path.read_bytes().replace(b"QQQQ", "Grün".encode("latin-1")))
    return gives(path)


def with_alpha(bench: Bench) -> Params:
    alpha = np.full((1, 48, 48), 255, np.float32)
    path = bench.scene(np.concatenate([decibels(), alpha]), bands=("VV", "VH", ""))
    with rasterio.open(path, "r+") as file:
        file.colorinterp = [ColorInterp.gray, ColorInterp.gray, ColorInterp.alpha]
    return gives(path)


def warped(
    bench: Bench, source: Path | str, name: str = "S1.vrt", *, bands: tuple[int, int] = (1, 2)
) -> Path:
    """A virtual raster that warps a file, as gdalwarp writes it."""
    text = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}" subClass="VRTWarpedRasterBand"/>'
        for n in (1, 2)
    )
    place = "500000,10,0,5400000,0,-10"
    mapped = "".join(f'<BandMapping src="{src}" dst="{n}"/>' for n, src in enumerate(bands, 1))
    path = bench.data / name
    path.write_text(
        '<VRTDataset rasterXSize="48" rasterYSize="48" subClass="VRTWarpedDataset">'
        f"<SRS>EPSG:32633</SRS><GeoTransform>{place}</GeoTransform>{text}"
        "<BlockXSize>48</BlockXSize><BlockYSize>48</BlockYSize><GDALWarpOptions>"
        f"<SourceDataset>{source}</SourceDataset><Transformer><GenImgProjTransformer>"
        f"<SrcGeoTransform>{place}</SrcGeoTransform><DstGeoTransform>{place}</DstGeoTransform>"
        f"</GenImgProjTransformer></Transformer><BandList>{mapped}</BandList></GDALWarpOptions>"
        "</VRTDataset>"
    )
    return path


def raw(bench: Bench, source: Path | str) -> Path:
    """A virtual raster of bare numbers in a file."""
    return virtual(bench, source, kind=' subClass="VRTRawRasterBand"', more=2 * (
        f"<SourceFilename>{source}</SourceFilename><ImageOffset>0</ImageOffset>",
    ))  # fmt: skip


def band_99(bench: Bench) -> Params:
    path = virtual(bench, bench.scene(name="source.tif"))
    path.write_text(path.read_text().replace("<SourceBand>2", "<SourceBand>99"))
    return gives(path)


def deep(bench: Bench) -> Params:
    path = bench.scene(name="source.tif")
    for number in range(1200):
        path = str(virtual(bench, path, f"{number}.vrt"))
    return gives(path)


def beside(bench: Bench, ending: str) -> Params:
    """A pipe that GDAL opens along with the radar file."""
    path = bench.scene()
    os.mkfifo(path + ending)
    return gives(path)


def overviews_elsewhere(bench: Bench) -> Params:
    """A side file that says that the overviews are in a pipe."""
    path = bench.scene()
    Path(path + ".aux.xml").write_text(
        '<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">'
        f"{pipe(bench, 'elsewhere.tif')}</MDI></Metadata></PAMDataset>"
    )
    return gives(path)


def dated(bench: Bench) -> Params:
    """A product's name in the names of the bands; the file is of a day that is yet to come."""
    product = "S1A_IW_GRDH_1SDV_20180829T170656_20180829T170721_023459_028DDF_1234"
    tags = {"TIFFTAG_DATETIME": "2099:05:01 10:00:00"}
    return gives(bench.scene(bands=(f"{product}_VV", f"{product}_VH"), tags=tags))


def in_the_working_folder(bench: Bench) -> Params:
    folder = bench.made_out() / ".gac-work"
    folder.mkdir()
    path = folder / "S1.tif"
    Path(bench.scene()).rename(path)
    return gives(path)


CASES = (
    Case("pipe", "A pipe", lambda b: gives(pipe(b)), fails("scene", "pipe", remedy="GeoTIFF")),
    Case("pipes", "A folder of pipes", pipes, fails("scene", "pipe", remedy="GeoTIFF")),
    Case(
        "vrt-of-a-pipe",
        "A VRT whose source is a pipe",
        lambda b: gives(virtual(b, pipe(b))),
        fails("scene", "is made of", "pipe", remedy="Build the virtual raster again"),
    ),
    Case(
        "radar-device",
        "A device without an end (/dev/zero)",
        lambda b: gives("/dev/zero"),
        fails("scene", "pipe or a device", remedy="GeoTIFF"),
    ),
    Case(
        "standard-input",
        "What comes into the worker itself (/vsistdin/), where its orders stand",
        lambda b: gives("/vsistdin/"),
        fails("scene", "pipe or a device", remedy="GeoTIFF"),
    ),
    Case(
        "no-path",
        "A path without a letter",
        lambda b: gives(" "),
        fails("scene", "is not a file", remedy="Choose"),
    ),
    Case(
        "long-name",
        "A radar file with a name of 5000 letters",
        lambda b: gives("S" * 5000 + ".tif"),
        fails("scene", "does not exist", remedy="Check the path"),
    ),
    Case(
        "vrt-of-itself",
        "A VRT that is made of itself",
        lambda b: gives(virtual(b, b.data / "S1.vrt")),
        fails("scene", "in turn", remedy="Build the virtual raster again"),
    ),
    Case(
        "vrt-ring",
        "Two VRTs that are made of each other",
        in_a_ring,
        fails("scene", "in turn", remedy="Build the virtual raster again"),
    ),
    Case(
        "vrt-code",
        "A VRT with a Python function in it; the function is not run",
        with_code,
        fails("scene", "S1.vrt"),
        check=nothing_ran,
    ),
    Case(
        "vrt-nodata",
        "A VRT whose bands declare two nodata values",
        two_nodatas,
        runs(),
        check=same_holes,
    ),
    Case(
        "vrt-nan-place",
        "A position that is no number (NaN)",
        lambda b: gives(virtual(b, b.scene(), place="nan, 10, 0, 5400000, 0, -10")),
        fails("scene", "not finite", remedy="georeference"),
    ),
    Case("mask-band", "Holes that only a mask band tells", masked, runs(), check=same_holes),
    Case(
        "band-names-latin-1",
        "Band names in another encoding than UTF-8",
        lambda b: other_letters(b, names=True),
        runs("does not name its bands: band 1, the stronger one"),
    ),
    Case(
        "tags-latin-1",
        "A tag in another encoding than UTF-8",
        lambda b: other_letters(b, names=False),
        runs(),
    ),
    Case("alpha", "VV, VH and an alpha band", with_alpha, runs()),
    Case(
        "big-endian",
        "A BigTIFF in big-endian order, in tiles of 16 pixels",
        lambda b: lies(
            b, BIGTIFF="YES", ENDIANNESS="BIG", tiled=True, blockxsize=16, blockysize=16
        ),
        runs(),
    ),
    Case(
        "round-the-earth",
        "Longitudes from 0 to 360 degrees",
        lambda b: lies(b, crs="EPSG:4326", transform=Affine.translation(190, 0) @ DEGREES),
        runs(),
    ),
    Case(
        "mirrored",
        "A scene stored from east to west",
        lambda b: lies(b, transform=Affine(-10, 0, 500_480, 0, -10, 5_400_000)),
        runs(),
    ),
    Case(
        "yet-to-come",
        "A name with a date in the future",
        lambda b: gives(b.scene(name="S1A_IW_20990128T161201.tif")),
        runs("2099-01-28, which is yet to come"),
    ),
    Case(
        "working-folder",
        "An input in the folder that the run empties",
        in_the_working_folder,
        fails("request", "working folder", remedy="elsewhere"),
    ),
    Case(
        "vrt-warps-a-pipe",
        "A VRT that warps a pipe",
        lambda b: gives(warped(b, pipe(b))),
        fails("scene", "is made of", "pipe", remedy="Build the virtual raster again"),
    ),
    Case(
        "vrt-raw-pipe",
        "A VRT of bare numbers in a pipe",
        lambda b: gives(raw(b, pipe(b))),
        fails("scene", "is made of", "pipe", remedy="Build the virtual raster again"),
    ),
    Case(
        "vrt-in-vrt-pipe",
        "A VRT of a VRT that warps a pipe",
        lambda b: gives(virtual(b, warped(b, pipe(b), "inner.vrt"))),
        fails("scene", "inner.vrt", "pipe", remedy="Build the virtual raster again"),
    ),
    Case(
        "vrt-of-standard-input",
        "A VRT that warps standard input, where the worker's orders stand",
        lambda b: gives(warped(b, "/dev/stdin")),
        fails("scene", "is made of", "pipe or a device", remedy="Build the virtual raster again"),
    ),
    Case(
        "pipe-in-a-name",
        "A pipe behind one of GDAL's names (/vsisubfile/)",
        lambda b: gives(f"/vsisubfile/0_100,{pipe(b)}"),
        fails("scene", "pipe or a device", remedy="GeoTIFF"),
    ),
    Case(
        "pipe-in-vrt-name",
        "A pipe behind one of GDAL's names (vrt://)",
        lambda b: gives(f"vrt://{pipe(b)}?bands=1,2"),
        fails("scene", "pipe or a device", remedy="GeoTIFF"),
    ),
    Case(
        "overviews-pipe",
        "Overviews (.ovr) that are a pipe",
        lambda b: beside(b, ".ovr"),
        fails("scene", "S1.tif.ovr", "pipe or a device", remedy="Remove it"),
    ),
    Case(
        "mask-pipe",
        "A mask (.msk) that is a pipe",
        lambda b: beside(b, ".msk"),
        fails("scene", "S1.tif.msk", "pipe or a device", remedy="Remove it"),
    ),
    Case(
        "overview-file-pipe",
        "A side file (.aux.xml) that names a pipe for the overviews",
        overviews_elsewhere,
        fails("scene", "elsewhere.tif", "pipe or a device", remedy="Remove it"),
    ),
    Case(
        "vrt-warps-nothing",
        "A VRT that warps a file which is not there",
        lambda b: gives(warped(b, b.data / "lost.tif")),
        fails("scene", "lost.tif", "does not exist", remedy="Put that file back"),
    ),
    Case(
        "vrt-band-99",
        "A VRT that takes band 99 of a file with two",
        band_99,
        fails("scene", "S1.vrt"),
    ),
    Case(
        "vrt-deep",
        "1,200 VRTs in one another",
        deep,
        fails("scene", "in one another", remedy="Build the virtual raster again"),
    ),
    Case(
        "made-in-the-future",
        "A file that was made in the future, of a product of 2018",
        dated,
        runs(),
    ),
)
