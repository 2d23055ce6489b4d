"""Scenes read over HTTP and WCS from a server on this computer, and servers that fail."""

from __future__ import annotations

import os
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import SceneError
from gac_core.gdal import OPTIONS, configure
from gac_core.scene import open_scene
from gac_core.scene import vrt as scene_vrt
from gac_core.scene.files import WEB_PAGE
from gac_core.scene.vrt import _text_of
from tests.core.scene.serving import served
from tests.core.scene.test_paths import WARP, WARPED, simple, vrt, warped
from tests.problems import assert_problem, raises

Write = Callable[..., str]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A web server over the test's folder: its process and address."""
    with served(tmp_path) as server:
        yield server


def refused(path: str) -> SceneError:
    started = time.monotonic()
    with pytest.raises(SceneError) as caught:
        open_scene((path,))
    assert time.monotonic() - started < 32
    assert caught.value.remedy and "SECRET" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("form", ["{}/s1.tif", "/vsicurl/{}/s1.tif", "{}/s1.tif?sig=SECRET"])
def test_a_file_over_http(
    write: Write, db: np.ndarray, server: tuple[subprocess.Popen[str], str], form: str
) -> None:
    write(db, "s1.tif", names=("VV", "VH"))
    with open_scene((form.format(server[1]),)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert "SECRET" not in scene._source.name


def test_a_signed_address_keeps_its_names_and_dates(
    write: Write, db: np.ndarray, tmp_path: Path, server: tuple[subprocess.Popen[str], str]
) -> None:
    folder = tmp_path / "S1A_IW_GRDH_1SDV_20200727T122412_20200727T122441_033640_03E61B_60B6"
    folder.mkdir()
    power = (10 ** (db / 10)).astype(np.float32)
    token = "?st=2025-01-02T03:04:05Z&sig=SECRET_VH_dB"
    for band, pol in enumerate(("vv", "vh")):
        write(power[band : band + 1], f"{folder.name}/iw-{pol}.rtc.tiff")
    paths = tuple(f"{server[1]}/{folder.name}/iw-{p}.rtc.tiff{token}" for p in ("vv", "vh"))
    with open_scene(paths) as scene:
        assert (scene.unit, scene.modality, scene.month) == ("power", "S1RTC", 7)
        np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
        assert scene.date_source == "folder name"
        assert "SECRET" not in str(scene.info()["decisions"])


def test_a_server_that_goes_away(
    write: Write, server: tuple[subprocess.Popen[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    patch = np.rint(np.random.default_rng(0).normal(-12, 3, (2, 128, 128))).astype(np.float32)
    values = np.tile(patch, (1, 24, 24))
    values[1] -= 7
    shape = {"tiled": True, "blockxsize": 128, "blockysize": 128, "compress": "deflate"}
    write(values, "s1.tif", names=("VV", "VH"), **shape)
    process, address = server
    monkeypatch.setenv("GDAL_HTTP_MAX_RETRY", "0")
    with open_scene((f"{address}/s1.tif?sig=SECRET",)) as scene:
        process.kill()
        process.wait()
        with raises(SceneError, "file-server-lost") as caught:
            scene.read(scene.window)
        assert "SECRET" not in str(caught.value) and caught.value.remedy
    assert "connect" in refused(f"{address}/s1.tif").message


def test_what_is_not_there(tmp_path: Path, server: tuple[subprocess.Popen[str], str]) -> None:
    (tmp_path / "page.tif").write_text("<html><body>Please sign in</body></html>")
    assert "404" in refused(f"{server[1]}/none.tif?sig=SECRET").message
    assert_problem(refused(f"{server[1]}/page.tif?sig=SECRET"), "file-unreadable", WEB_PAGE)


def test_what_was_missing_is_found_once_it_is_there(
    write: Write, db: np.ndarray, server: tuple[subprocess.Popen[str], str]
) -> None:
    refused(f"{server[1]}/s1.tif")
    write(db, "s1.tif", names=("VV", "VH"))
    with open_scene((f"{server[1]}/s1.tif",)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the limits a sixth of what users have, so that the test is short."""
    monkeypatch.setenv("GDAL_HTTP_LOW_SPEED_TIME", "2")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        started = time.monotonic()
        refused(f"http://127.0.0.1:{silent.getsockname()[1]}/s1.tif")
        assert time.monotonic() - started < 12


def test_wcs(
    write: Write,
    db: np.ndarray,
    tmp_path: Path,
    server: tuple[subprocess.Popen[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # GDAL keeps what a WCS said there
    write(db, "s1.tif")
    with open_scene((f"WCS:{server[1]}/wcs?version=1.0.0&coverage=s1",)) as scene:
        assert scene.unit == "db" and scene.grid.epsg == 32633
        np.testing.assert_array_equal(scene.read(scene.window), db)


def test_gdals_options_leave_a_users_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OPTIONS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GDAL_HTTP_TIMEOUT", "7")
    configure()
    assert os.environ["GDAL_HTTP_TIMEOUT"] == "7"
    assert os.environ["GDAL_HTTP_CONNECTTIMEOUT"] == OPTIONS["GDAL_HTTP_CONNECTTIMEOUT"]


def in_tar(folder: Path) -> str:
    with tarfile.open(folder / "a.tar", "w") as archive:
        archive.add(folder / "s.vrt", "s.vrt")
    return f"/vsitar/{folder}/a.tar/s.vrt"


@pytest.mark.skipif(os.name == "nt", reason="no pipes there")
@pytest.mark.parametrize("kind", ["simple", "warped", "nested"])
@pytest.mark.parametrize("place", ["http", "vsicurl", "tar"])
def test_a_pipe_behind_a_virtual_raster_elsewhere_is_refused(
    tmp_path: Path, server: tuple[subprocess.Popen[str], str], kind: str, place: str
) -> None:
    """Of this computer: GDAL would open it as soon as it opens the raster."""
    os.mkfifo(tmp_path / "pipe")
    pipe = str(tmp_path / "pipe")
    if kind == "simple":
        vrt(tmp_path / "s.vrt", simple(pipe))
    else:
        vrt(tmp_path / "s.vrt", WARPED, warped(pipe), WARP)
    if kind == "nested":
        (tmp_path / "s.vrt").rename(tmp_path / "inner.txt")
        vrt(tmp_path / "s.vrt", simple(f"{server[1]}/inner.txt"))
    path = {
        "http": f"{server[1]}/s.vrt",
        "vsicurl": f"/vsicurl/{server[1]}/s.vrt",
        "tar": in_tar(tmp_path),
    }[place]
    assert refused(path).problem == "vrt-source-is-a-pipe"


def test_a_long_virtual_raster_on_a_server_is_read_whole(
    write: Write, db: np.ndarray, tmp_path: Path, server: tuple[subprocess.Popen[str], str]
) -> None:
    write(db, "s1.tif", names=("VV", "VH"))
    path = tmp_path / vrt(tmp_path / "s.vrt", simple(f"/vsicurl/{server[1]}/s1.tif"))
    text = path.read_text().replace("</VRTDataset>", f"<!-- {'x' * 70_000} --></VRTDataset>")
    path.write_text(text)
    assert _text_of(f"{server[1]}/s.vrt") == text.encode()
    with open_scene((f"{server[1]}/s.vrt",)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)


def test_a_mosaic_on_a_server_costs_few_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(scene_vrt, "_text_by_gdal", asked.append)
    walk = scene_vrt._Traversal("s.vrt")
    for number in range(100):
        walk.visit(f"http://host/{number}.tif", ())
    walk.visit("http://host/inner.VRT?sig=1", ())
    assert len(asked) == scene_vrt.MAX_ASKED + 1 and "inner" in asked[-1]
