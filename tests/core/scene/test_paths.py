"""Names that lead to pipes and devices: refused before GDAL opens what it would wait for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.bundles.library import engine_root
from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.paths import is_endless, local_paths
from tests.problems import raises

Write = Callable[..., str]

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes need POSIX")

LIMIT = 15
"""Seconds for one path before it is called hanging."""

CHILD = f"""
import json, signal, sys
from gac_core.contract.errors import GacError
from gac_core.scene import open_scene
for line in sys.stdin.read().splitlines():
    signal.alarm({LIMIT})
    try:
        with open_scene((json.loads(line),), vv_band=1, vh_band=2) as scene:
            scene.read(scene.window)
        print(json.dumps(["opened", ""]), flush=True)
    except GacError as error:
        print(json.dumps([error.code, error.message]), flush=True)
"""
"""The signal ends the process, which hangs where no Python is run that could handle it."""


def answers(paths: list[str]) -> Iterator[tuple[str, str]]:
    """Code and message for each path; those after one that hangs are asked of another process."""
    while paths:
        process = subprocess.run(
            [sys.executable, "-c", CHILD],
            input="\n".join(map(json.dumps, paths)),
            capture_output=True,
            text=True,
            cwd=engine_root(),
            check=False,
        )
        lines = [json.loads(line) for line in process.stdout.splitlines()]
        yield from ((code, message) for code, message in lines)
        if len(lines) < len(paths):
            yield "hangs" if process.returncode == -14 else "crashed", process.stderr[-500:]
        paths = paths[len(lines) + 1 :]


def vrt(path: Path, bands: str, more: str = "", kind: str = "") -> str:
    path.write_text(
        f'<VRTDataset rasterXSize="120" rasterYSize="120"{kind}><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000, 10, 0, 5400000, 0, -10</GeoTransform>{bands}{more}</VRTDataset>"
    )
    return str(path)


def simple(source: str, more: str = "") -> str:
    return "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}">{more}<SimpleSource><SourceFilename>{source}'
        f"</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n in (1, 2)
    )


def raw(source: str) -> str:
    return "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}" subClass="VRTRawRasterBand">'
        f"<SourceFilename>{source}</SourceFilename><ImageOffset>{57600 * (n - 1)}</ImageOffset>"
        "<PixelOffset>4</PixelOffset><LineOffset>480</LineOffset></VRTRasterBand>"
        for n in (1, 2)
    )


WARPED = (
    '<VRTRasterBand dataType="Float32" band="1" subClass="VRTWarpedRasterBand"/>'
    '<VRTRasterBand dataType="Float32" band="2" subClass="VRTWarpedRasterBand"/>'
)


def warped(source: str) -> str:
    return (
        "<BlockXSize>120</BlockXSize><BlockYSize>120</BlockYSize><GDALWarpOptions>"
        f"<SourceDataset>{source}</SourceDataset><Transformer><GenImgProjTransformer>"
        "<SrcGeoTransform>500000,10,0,5400000,0,-10</SrcGeoTransform>"
        "<DstGeoTransform>500000,10,0,5400000,0,-10</DstGeoTransform>"
        "</GenImgProjTransformer></Transformer><BandList>"
        '<BandMapping src="1" dst="1"/><BandMapping src="2" dst="2"/></BandList></GDALWarpOptions>'
    )


WARP = ' subClass="VRTWarpedDataset"'


def ways(folder: Path, good: str) -> dict[str, str]:
    """Paths that lead to a pipe, by the way in which they do."""
    pipe = folder / "pipe.tif"
    os.mkfifo(pipe)
    paths = {
        "pipe": str(pipe),
        "VRT": vrt(folder / "simple.vrt", simple(str(pipe))),
        "VRT, raw": vrt(folder / "raw.vrt", raw(str(pipe))),
        "VRT, warped": vrt(folder / "warped.vrt", WARPED, warped(str(pipe)), WARP),
        "VRT by another name": vrt(folder / "named.tif", WARPED, warped(str(pipe)), WARP),
        "VRT, nested": vrt(folder / "nested.vrt", simple(str(folder / "warped.vrt"))),
        "VRT, warped twice": vrt(
            folder / "twice.vrt", WARPED, warped(f"{folder}/warped.vrt"), WARP
        ),
        "VRT, overview": vrt(
            folder / "overview.vrt",
            simple(good, f"<Overview><SourceFilename>{pipe}</SourceFilename></Overview>"),
        ),
        "VRT, mask": vrt(
            folder / "mask.vrt",
            simple(good),
            '<MaskBand><VRTRasterBand dataType="Byte"><SimpleSource><SourceFilename>'
            f"{pipe}</SourceFilename></SimpleSource></VRTRasterBand></MaskBand>",
        ),
        "VRT, in the text": (folder / "simple.vrt").read_text().replace("simple", "inline"),
        "VRT in a name in it": vrt(folder / "inner.vrt", simple(f"vrt://{folder}/warped.vrt")),
        "vrt://": f"vrt://{pipe}",
        "vrt:// of a VRT": f"vrt://{folder}/warped.vrt?bands=1,2",
        "/vsisubfile/": f"/vsisubfile/0_1000,{pipe}",
        "/vsigzip/": f"/vsigzip/{pipe}",
        "/vsizip/": f"/vsizip/{pipe}/a.tif",
        "/vsizip/{}": f"/vsizip/{{{pipe}}}/a.tif",
        "/vsicached": f"/vsicached?chunk_size=4096&file={pipe}",
        "/vsicurl/file": f"/vsicurl/file://{pipe}",
        "/vsicurl?": f"/vsicurl?url=file%3A%2F%2F{str(pipe).replace('/', '%2F')}",
        "file://": f"file://{pipe}",
        "zip://": f"zip://{pipe}!a.tif",
        "GTIFF_DIR": f"GTIFF_DIR:1:{pipe}",
        "GTIFF_RAW": f"GTIFF_RAW:{pipe}",
        "DERIVED_SUBDATASET": f"DERIVED_SUBDATASET:LOGAMPLITUDE:{pipe}",
        "NETCDF": f'NETCDF:"{pipe}":VV',
        "netcdf without quotes": f"netcdf:{pipe}:VV",
        "HDF5": f'HDF5:"{pipe}"://data/VV',
        "ZARR": f'ZARR:"{folder}/store.zarr":/VV',
        "Zarr": f"{folder}/store.zarr",
        "/dev/stdin": "/dev/stdin",
        "/dev/fd/0": "/dev/fd/0",
        "/proc/self/fd/0": "/proc/self/fd/0",
        "/proc/kmsg": "/proc/kmsg",
        "/dev/zero": "/dev/zero",
        "/vsistdin": "/vsistdin?buffer_limit=-1",
        "VRT of standard input": vrt(folder / "stdin.vrt", WARPED, warped("/dev/stdin"), WARP),
        "VRT of /vsistdin/": vrt(folder / "vsistdin.vrt", WARPED, warped("/vsistdin/"), WARP),
        "VRT of a device": vrt(folder / "zero.vrt", raw("/dev/zero")),
    }
    link = folder / "link.tif"
    link.symlink_to(pipe)
    paths["link"] = str(link)
    store = folder / "store.zarr" / "VV"
    store.mkdir(parents=True)
    for where, text in ((store.parent / ".zgroup", '{"zarr_format":2}'), (store / ".zarray", "{}")):
        where.write_text(text)
    os.mkfifo(store / "0.0")
    for side in (".ovr", ".msk", ".aux.xml", "_metadata.txt", ".ovr.msk"):
        path = folder / f"beside{side.replace('.', '-')}.tif"
        shutil.copy(good, path)
        whole = side.startswith(".") or side == "_metadata.txt"
        os.mkfifo(f"{path if side.startswith('.') else path.with_suffix('')}{side}")
        paths[f"beside: {side}"] = str(path) if whole else ""
    for side in (".tfw", ".prj", ".IMD", "_RPC.TXT", ".aux"):
        path = folder / f"world{side.replace('.', '-')}.tif"
        shutil.copy(good, path)
        os.mkfifo(f"{path.with_suffix('')}{side}")
        paths[f"beside: {side}"] = str(path)
    linked = folder / "endless.tif"
    shutil.copy(good, linked)
    Path(f"{linked}.ovr").symlink_to("/dev/zero")
    paths["beside: a link"] = str(linked)
    envi = folder / "envi.img"
    shutil.copy(good, envi)
    os.mkfifo(folder / "envi.hdr")
    paths["beside: .hdr"] = str(envi)
    for name in (str(pipe), ":::BASE:::pipe.tif", "pipe.tif"):
        path = folder / f"named {len(paths)}.tif"
        shutil.copy(good, path)
        Path(f"{path}.aux.xml").write_text(
            f'<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">{name}</MDI>'
            "</Metadata></PAMDataset>"
        )
        paths[f"OVERVIEW_FILE {len(paths)}"] = str(path)
    tagged = folder / "tagged.tif"
    shutil.copy(good, tagged)
    with rasterio.open(tagged, "r+") as file:
        file.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=str(pipe))
    paths["OVERVIEW_FILE in the file"] = str(tagged)
    of_named = vrt(folder / "of named.vrt", simple(str(folder / "beside-ovr.tif")))
    paths["VRT of a file with a pipe beside"] = of_named
    archive = folder / "archive.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.write(folder / "warped.vrt", "warped.vrt")
    paths["VRT in an archive"] = f"/vsizip/{archive}/warped.vrt"
    paths["archive with a VRT"] = str(archive)
    # What the folder itself holds must not stop the files that are plain.
    os.mkfifo(folder / "unrelated.fifo")
    return paths


def test_no_way_to_a_pipe_is_waited_for(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    good = write(db, "good.tif", names=("VV", "VH"))
    paths = ways(tmp_path, good)
    told = dict(zip([*paths, "good"], answers([*paths.values(), good]), strict=True))
    assert told.pop("good")[0] == "opened"
    assert {way: answer for way, answer in told.items() if answer[0] != "scene"} == {}
    words = ("pipe or a device", "does not exist", "cannot be read", "cannot be opened")
    assert {way: m for way, (_, m) in told.items() if not any(w in m for w in words)} == {}
    quiet = [way for way, (_, message) in told.items() if "pipe or a device" not in message]
    assert quiet == [], {way: told[way] for way in quiet}


@pytest.mark.parametrize(
    "name",
    ["/a b/c.tif", "a.tif", 'NETCDF:"/a/b.nc":VV', "/vsizip//a/b.zip/c.tif", "zip:///a/b.zip!c.tif",
     "vrt:///a/b.vrt?bands=1,2", "GTIFF_DIR:1:/a/b.tif", "C:\\a\\b.tif", "S1:2018.tif"],
)  # fmt: skip
def test_the_paths_in_a_name(name: str) -> None:
    inner = {"/a b/c.tif", "a.tif", "/a/b.nc", "/a/b.zip", "/a/b.vrt", "/a/b.tif", "C:\\a\\b.tif",
             "S1:2018.tif"}  # fmt: skip
    assert inner & set(local_paths(name))
    assert not is_endless(name)


def test_a_name_of_many_parts_is_looked_through_soon() -> None:
    assert sum(1 for _ in local_paths("/vsizip/" + "a:/" * 100_000)) < 50_000


def test_an_aux_file_of_gigabytes_is_not_read(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("VV", "VH"))
    with Path(f"{path}.aux.xml").open("wb") as file:
        file.truncate(3 << 30)
    with raises(SceneError, "statistics-too-large", "aux.xml") as caught:
        open_scene((path,))
    assert caught.value.remedy
