"""Virtual rasters: kind, date and polarisation of their sources, however they are made of them."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene import vrt as scene_vrt
from tests.core.scene.test_paths import WARP, WARPED, raw, simple, vrt, warped
from tests.problems import raises

Write = Callable[..., str]

HYP3 = "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A"


def single(band: str, n: int = 1) -> str:
    return (
        f'<VRTRasterBand dataType="Float32" band="{n}"><SimpleSource><SourceFilename>{band}'
        "</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
    )


@pytest.fixture
def sources(write: Write, db: np.ndarray) -> tuple[str, str]:
    power = (10 ** (db / 10)).astype(np.float32)
    return tuple(write(power[i : i + 1], f"{HYP3}_{pol}.tif") for i, pol in enumerate(("VV", "VH")))


def one_band(text: str) -> str:
    return text.replace('<BandMapping src="2" dst="2"/>', "")


BAND = '<VRTRasterBand dataType="Float32" band="1" subClass="VRTWarpedRasterBand"/>'


@pytest.mark.parametrize("depth", [1, 2, 5])
@pytest.mark.parametrize("kind", ["warped", "simple", "mixed", "separate", "vrt://"])
def test_sources_tell_through_every_kind(
    sources: tuple[str, str], db: np.ndarray, tmp_path: Path, kind: str, depth: int
) -> None:
    paths = list(sources)
    for level in range(depth):
        for i, source in enumerate(paths):
            path = tmp_path / f"level{level}-{i}.vrt"
            if kind in ("simple", "separate") or (kind == "mixed" and level % 2):
                paths[i] = vrt(path, single(source))
            elif kind == "vrt://":
                paths[i] = vrt(path, single(f"vrt://{source}?bands=1" if level == 0 else source))
            else:
                paths[i] = vrt(path, BAND, one_band(warped(source)), WARP)
    if kind == "separate":
        paths = [vrt(tmp_path / "both.vrt", single(paths[1]) + single(paths[0], 2))]
    with open_scene(tuple(paths)) as scene:
        info = scene.info()
        assert (scene.unit, scene.modality) == ("power", "S1RTC")
        assert info["date"] == "2018-01-28T16:12:01" and "source's" in info["date_source"]
        assert info["decisions"][0]["by"] == "file" and scene.warnings == []
        np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
        watched = {Path(path).name for path in scene.inputs.local}
        assert {Path(path).name for path in sources} <= watched


def test_tags_of_sources_tell_too(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    tags = {
        "ACQUISITION_DATETIME": "2020-01-08T04:41:50",
        "POLARIZATION": "{}",
        "CALIBRATION": "beta",
    }
    paths = []
    for i, pol in enumerate(("vv", "vh")):
        told = {key: value.format(pol) for key, value in tags.items()}
        source = write(db[i : i + 1], f"{'ab'[i]}.tif", tags=told)
        paths.append(vrt(tmp_path / f"{'ab'[i]}.vrt", BAND, one_band(warped(source)), WARP))
    with raises(SceneError, "beta0-not-supported"):
        open_scene(tuple(paths))
    with open_scene(tuple(paths[::-1]), modality="S1GRD") as scene:
        assert scene.date == "2020-01-08T04:41:50"
        assert [Path(path).stem for path in scene.info()["paths"]] == ["a", "b"]


def test_sources_of_two_dates_are_refused(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    names = ("S1A_IW_20180128T161201_VV.tif", "S1A_IW_20180209T161201_VH.tif")
    vv, vh = (write(db[i : i + 1], name) for i, name in enumerate(names))
    with raises(SceneError, "vv-vh-dates-differ"):
        open_scene((vrt(tmp_path / "both.vrt", single(vv) + single(vh, 2)),))


def test_a_warped_band_that_is_something_else(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    source = write(db, "x.tif", names=("VH", "angle"))
    with raises(SceneError, "polarisation-missing-with-others", "VV"):
        open_scene((vrt(tmp_path / "w.vrt", WARPED, warped(source), WARP),))


def test_raw_bands_are_named_by_their_files(db: np.ndarray, tmp_path: Path) -> None:
    paths = [tmp_path / f"Sigma0_{pol}.bin" for pol in ("VH", "VV")]
    for path, values in zip(paths, db[::-1], strict=True):
        path.write_bytes(values.tobytes())
    bands = raw("@").replace("57600", "0")
    for path in paths:
        bands = bands.replace("@", str(path), 1)
    with open_scene((vrt(tmp_path / "raw.vrt", bands),)) as scene:
        assert scene.info()["vv_band"] == 2
        np.testing.assert_array_equal(scene.read(scene.window), db)


@pytest.mark.parametrize("kind", ["simple", "raw", "warped", "nested"])
def test_a_lost_source_is_told(write: Write, db: np.ndarray, tmp_path: Path, kind: str) -> None:
    lost = str(tmp_path / "lost.tif")
    path = {
        "simple": lambda: vrt(tmp_path / "s.vrt", simple(lost)),
        "raw": lambda: vrt(tmp_path / "s.vrt", raw(lost)),
        "warped": lambda: vrt(tmp_path / "s.vrt", WARPED, warped(lost), WARP),
        "nested": lambda: vrt(
            tmp_path / "s.vrt", simple(vrt(tmp_path / "in.vrt", WARPED, warped(lost), WARP))
        ),
    }[kind]()
    with raises(SceneError, "vrt-source-missing", "s.vrt", "lost.tif") as e:
        open_scene((path,))
    assert e.value.remedy
    if kind != "raw":
        write(db, "lost.tif", names=("VV", "VH"))  # the remedy, followed
        with open_scene((path,)) as scene:
            np.testing.assert_array_equal(scene.read(scene.window), db)


def test_a_source_that_is_no_raster(tmp_path: Path) -> None:
    (tmp_path / "page.tif").write_text("<html>")
    path = vrt(tmp_path / "s.vrt", simple(str(tmp_path / "page.tif")))
    with raises(SceneError, "file-unreadable"):
        open_scene((path,))


@pytest.mark.parametrize("band", ["99", "3", "0"])
def test_a_band_that_the_source_lacks(
    write: Write, db: np.ndarray, tmp_path: Path, band: str
) -> None:
    source = write(db, names=("VV", "VH"))
    text = simple(source).replace("<SourceBand>2<", f"<SourceBand>{band}<")
    with pytest.raises(SceneError):
        open_scene((vrt(tmp_path / "s.vrt", text),))
    warp = warped(source).replace('src="2"', f'src="{band}"')
    with pytest.raises(SceneError):
        open_scene((vrt(tmp_path / "w.vrt", WARPED, warp, WARP),))


def test_many_in_one_another(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    path = write(db, names=("VV", "VH"))
    for level in range(1200):
        path = vrt(tmp_path / f"{level}.vrt", simple(path))
        if level + 1 == scene_vrt.MAX_DEPTH:
            with open_scene((path,)) as scene:
                np.testing.assert_array_equal(scene.read(scene.window), db)
    with raises(SceneError, "vrt-too-deep"):
        open_scene((path,))


def test_a_tree_of_many_branches_is_walked_once(
    write: Write, db: np.ndarray, tmp_path: Path
) -> None:
    """Each is made of two that are made of the same two: 2^16 ways."""
    paths = [write(db, name, names=("VV", "VH")) for name in ("a.tif", "b.tif")]
    for level in range(scene_vrt.MAX_DEPTH):
        bands = single(paths[0]) + single(paths[1], 2)
        paths = [vrt(tmp_path / f"{level}{n}.vrt", bands) for n in "ab"]
    begin = time.process_time()
    assert len(scene_vrt.require_sources(paths[0])) == 2 * scene_vrt.MAX_DEPTH
    assert time.process_time() - begin < 5


def test_too_many_files(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene_vrt, "MAX_FILES", 20)
    names = [tmp_path / f"{n}.tif" for n in range(30)]
    for name in names:
        name.write_text("")
    bands = "".join(single(str(name), n) for n, name in enumerate(names, 1))
    with raises(SceneError, "vrt-too-many-files", "20"):
        open_scene((vrt(tmp_path / "s.vrt", bands),))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<VRTDataset", "vrt-damaged"),
        ('<VRTDataset rasterXSize="9" rasterYSize="9"><A></VRTDataset>', "vrt-damaged"),
        (
            '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><VRTDataset>&c;</VRTDataset>',
            "vrt-damaged",
        ),
        ("<VRTDataset>" + "<a>" * 100_000, "vrt-damaged"),
        ("<VRTDataset/>", "file-unreadable"),
        ('<VRTDataset rasterXSize="-4" rasterYSize="9"/>', "file-unreadable"),
    ],
)
def test_damaged_text(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "s.vrt"
    path.write_text(text)
    with raises(SceneError, problem, "s.vrt") as caught:
        open_scene((str(path),))
    assert caught.value.remedy


def test_a_text_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "s.vrt"
    with path.open("wb") as file:
        file.write(b"<VRTDataset>")
        file.truncate(3 << 30)
    tracemalloc.start()
    with raises(SceneError, "vrt-too-large", "64"):
        open_scene((str(path),))
    assert tracemalloc.get_traced_memory()[1] < 200 << 20
    tracemalloc.stop()
