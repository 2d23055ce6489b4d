"""Radar files that are no rasters, broken or out of reach."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Params, fails


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
        file.writestr("readme.txt", "no raster")
    return {"sar": [str(path)]}


def circle(bench: Bench) -> Params:
    path = bench.data / "S1.tif"
    path.symlink_to(path)
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
)
