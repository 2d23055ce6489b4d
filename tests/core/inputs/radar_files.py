"""Radar files that are no rasters, broken or out of reach."""

from __future__ import annotations

import zipfile
from pathlib import Path

import rasterio

from tests.core.inputs.bench import UTM, Bench, decibels
from tests.core.inputs.case import Case, Params, fails, runs


def holds(bench: Bench, content: bytes, name: str = "S1.tif") -> Params:
    path = bench.data / name
    path.write_bytes(content)
    return {"sar": [str(path)]}


def broken(bench: Bench, harm: str) -> Params:
    """A compressed GeoTIFF, cut or with other bytes in its middle."""
    path = Path(
        bench.scene(
            decibels(200, 200), compress="deflate", tiled=True, blockxsize=64, blockysize=64
        )
    )
    content = path.read_bytes()
    half = len(content) // 2
    middle = b"" if harm == "cut" else b"garbage!" * 2000 + content[half + 16000 :]
    return holds(bench, content[:half] + middle)


def folder(bench: Bench) -> Params:
    path = bench.data / "S1A_IW_GRDH_1SDV_20180128T161201.SAFE"
    (path / "measurement").mkdir(parents=True)
    return {"sar": [str(path)]}


def unreadable(bench: Bench) -> Params:
    path = bench.scene()
    bench.forbid(Path(path), 0)
    return {"sar": [path]}


def virtual(bench: Bench) -> Params:
    """A VRT whose source has been moved away."""
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}"><Description>{name}</Description>'
        '<SimpleSource><SourceFilename relativeToVRT="1">gone.tif</SourceFilename>'
        f"<SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n, name in ((1, "VV"), (2, "VH"))
    )
    text = (
        '<VRTDataset rasterXSize="48" rasterYSize="48"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000, 10, 0, 5400000, 0, -10</GeoTransform>{bands}</VRTDataset>"
    )
    return holds(bench, text.encode(), "S1.vrt")


def zipped(bench: Bench) -> Params:
    path = bench.data / "S1A_IW_GRDH_1SDV_20180128T161201.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("readme.txt", "not a raster")
    return {"sar": [str(path)]}


def circle(bench: Bench) -> Params:
    path = bench.data / "S1.tif"
    path.symlink_to(path)
    return {"sar": [str(path)]}


def packed(bench: Bench) -> Params:
    """A zip archive with one raster of two bands, and what an Apple computer adds."""
    path = bench.data / "S1.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.write(bench.scene(), "inner/S1_of_June.tif")
        file.writestr("__MACOSX/inner/._S1_of_June.tif", b"")
    return {"sar": [str(path)]}


def filed(bench: Bench) -> Params:
    """A folder with one raster of two bands."""
    path = bench.data / "June"
    path.mkdir()
    Path(bench.scene()).rename(path / "S1_of_June.tif")
    return {"sar": [str(path)]}


def snap(bench: Bench, *, data: bool) -> Params:
    """SNAP's list of files, with the folder of these beside it or without."""
    if data:
        (bench.data / "S1.data").mkdir()
        for band, pol in enumerate(("VV", "VH")):
            bench.scene(
                decibels()[band : band + 1], f"S1.data/Sigma0_{pol}_db.img", bands=(), driver="ENVI"
            )
    return holds(bench, b"<Dimap_Document/>", "S1.dim")


def two_of_each(bench: Bench) -> Params:
    path = bench.data / "dates"
    path.mkdir()
    for date in ("20180128", "20180209"):
        for band, pol in enumerate(("VV", "VH")):
            bench.scene(decibels()[band : band + 1], f"dates/{date}_{pol}.tif", bands=())
    return {"sar": [str(path)]}


def one_strip(bench: Bench) -> Params:
    """A compressed GeoTIFF of one strip: some kB, and 6 GB in memory to read any pixel of it."""
    path = bench.data / "S1.tif"
    profile = {"width": 40_000, "height": 20_000, "count": 2, "dtype": "float32"}
    how = {"blockysize": 20_000, "compress": "deflate", "SPARSE_OK": "TRUE"}
    with rasterio.open(path, "w", "GTiff", crs="EPSG:32633", transform=UTM, **profile, **how):
        pass
    return {"sar": [str(path)]}


def sparse(bench: Bench) -> Params:
    """60,000 x 60,000 pixels, none of which was written."""
    path = bench.data / "S1.tif"
    profile = {"width": 60_000, "height": 60_000, "count": 2, "dtype": "float32"}
    how = {"tiled": True, "compress": "deflate", "SPARSE_OK": "TRUE", "BIGTIFF": "YES"}
    with rasterio.open(path, "w", "GTiff", crs="EPSG:32633", transform=UTM, **profile, **how):
        pass
    return {"sar": [str(path)]}


CASES = (
    Case(
        "missing",
        "A file that is not there",
        lambda b: {"sar": [str(b.data / "S1.tif")]},
        fails("scene", "does not exist", remedy="Check the path"),
    ),
    Case(
        "unreadable",
        "A file that you may not read",
        unreadable,
        fails("scene", "permission", remedy="permission"),
    ),
    Case(
        "folder",
        "A SAFE folder without its manifest",
        folder,
        fails("scene", "raw Sentinel-1 GRD", remedy="Calibrate"),
    ),
    Case(
        "empty",
        "An empty file",
        lambda b: holds(b, b""),
        fails("scene", "cannot be read"),
    ),
    Case(
        "text",
        "A text file named .tif",
        lambda b: holds(b, b"VV;VH\n-10.5;-17.5\n" * 50),
        fails("scene", "cannot be read", remedy="GeoTIFF"),
    ),
    Case(
        "zip",
        "A zip file without a raster",
        zipped,
        fails("scene", "0 VV and 0 VH files", remedy="VV file and the VH file"),
    ),
    Case("circle", "A link that leads to itself", circle, fails("scene", "S1.tif")),
    Case(
        "garbage",
        "A GeoTIFF with garbage in its middle",
        lambda b: broken(b, "garbage"),
        fails("scene", "can no longer be read", remedy="download it again"),
    ),
    Case(
        "cut",
        "A GeoTIFF that ends in its middle",
        lambda b: broken(b, "cut"),
        fails("scene", "damaged or incomplete GeoTIFF", remedy="again"),
    ),
    Case(
        "vrt-without-source",
        "A VRT whose source file is missing",
        virtual,
        fails("scene", "gone.tif", remedy="again"),
    ),
    Case(
        "url",
        "A web address that does not answer",
        lambda b: {"sar": ["http://127.0.0.1:9/S1.tif"]},
        fails("scene", "cannot be read"),
    ),
    Case("zip-of-one", "A zip file with one raster of two bands", packed, runs()),
    Case("folder-of-one", "A folder with one raster of two bands", filed, runs()),
    Case(
        "folder-of-two-dates",
        "A folder with VV and VH of two dates",
        two_of_each,
        fails("scene", "2 VV and 2 VH files", remedy="of one scene"),
    ),
    Case("dim", "SNAP's .dim with its .data folder", lambda b: snap(b, data=True), runs()),
    Case(
        "dim-alone",
        "SNAP's .dim without its .data folder",
        lambda b: snap(b, data=False),
        fails("scene", "BEAM-DIMAP", "S1.data", remedy="Put that folder beside it"),
    ),
    Case(
        "zip-damaged",
        "A zip file whose list of contents is damaged",
        lambda b: holds(b, b"PK\x05\x06" + b"\xff" * 18, "S1.zip"),
        fails("scene", "S1.zip", remedy="Copy or download it again"),
    ),
    Case(
        "one-strip",
        "A GeoTIFF of one strip of 6 GB",
        one_strip,
        fails("scene", "40000 x 20000 pixels", "6.0 GB", remedy="in tiles"),
    ),
    Case(
        "sparse",
        "A GeoTIFF of 60,000 x 60,000 pixels that were never written",
        sparse,
        fails("scene", "every pixel is nodata", remedy="Check"),
    ),
)
