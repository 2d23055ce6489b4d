"""The meaning of inputs."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import tracemalloc
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
import rasterio

from gac_core.bundles.library import Library
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.request import RunRequest
from gac_core.engine import batch_inputs
from gac_core.engine.batch_inputs import find_scenes
from gac_core.engine.batch_worker import make_plan
from gac_core.networks.loading import ModelCache
from tests.core.scene.test_products import netcdf, raster_drivers, zarr
from tests.problems import raises


@pytest.fixture
def folder(tmp_path):
    """Two scenes: one file, and a VV and a VH file; beside them what is no scene."""
    for name in ("one.tif", "S1A_a_VV.tif", "S1A_a_VH.tif", "notes.txt", "S1A_a_VV.tif.aux.xml"):
        (tmp_path / name).write_text("")
    return tmp_path


def told(inputs):
    return {
        scene.name: [path.rsplit("/", 1)[-1] for path in scene.sar] for scene in find_scenes(inputs)
    }


BOTH = {"one": ["one.tif"], "S1A_a": ["S1A_a_VV.tif", "S1A_a_VH.tif"]}


def test_a_folder_a_pattern_and_files_are_the_same(folder):
    assert told([str(folder)]) == BOTH
    assert told([str(folder / "*.tif")]) == BOTH
    files = [str(folder / name) for name in ("S1A_a_VH.tif", "one.tif", "S1A_a_VV.tif", "one.tif")]
    assert told(files) == BOTH


def test_a_product_folder_is_a_scene(tmp_path):
    product = tmp_path / "scenes" / "S1A_IW_20210715T052500_DVP_RTC10_G_gpuned_1234"
    product.mkdir(parents=True)
    for pol in ("VV", "VH"):
        (product / f"{product.name}_{pol}.tif").write_text("")
    # The folder itself, as a run takes it: opening it finds VV and VH.
    assert told([str(tmp_path / "scenes")]) == {product.name: [product.name]}


def test_a_list_names_files_relative_to_itself(folder):
    lines = "# scenes\none.tif\n\nS1A_a_VV.tif\tS1A_a_VH.tif\n"
    (folder / "list.txt").write_text(lines)
    assert told([str(folder / "list.txt")]) == BOTH
    (folder / "list.txt").write_text("a.tif\tb.tif\tc.tif\n")
    with raises(RequestError, "scene-list-line-wrong", 1, 3, str(folder / "list.txt")):
        told([str(folder / "list.txt")])


def item(name, *assets):
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": name,
        "geometry": None,
        "properties": {"datetime": "2021-07-15T05:25:00Z"},
        "links": [],
        "assets": {key: {"href": f"./{name}/{key}.tif"} for key in assets},
    }


def test_stac_items_are_scenes(tmp_path, monkeypatch):
    values = {
        "type": "FeatureCollection",
        "features": [item("S1A_x", "vh", "vv", "thumbnail"), item("S1A_y", "vv", "vh")],
    }
    path = tmp_path / "items.json"
    path.write_text(json.dumps(values))
    found = find_scenes([str(path)])
    assert [scene.name for scene in found] == ["S1A_x", "S1A_y"]
    assert found[0].sar == tuple(str(tmp_path / "S1A_x" / f"{pol}.tif") for pol in ("vv", "vh"))
    monkeypatch.chdir(tmp_path)
    assert find_scenes(["items.json"]) == found
    path.write_text(json.dumps(item("S1A_z", "hh", "hv")))
    with raises(RequestError, "stac-item-without-vv-vh", "S1A_z"):
        find_scenes([str(path)])
    path.write_text("{")
    with raises(SceneError, "stac-unreadable", str(path)):
        find_scenes([str(path)])


def test_addresses_and_names_that_are_taken(folder):
    address = "https://example.org/a/one.tif?token=secret"
    found = find_scenes([str(folder / "one.tif"), address])
    assert [scene.name for scene in found] == ["one", "one-2"]
    assert found[1].sar == (address,)


def test_what_holds_no_scene_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    for text in (tmp_path / "empty", tmp_path / "*.tif"):
        with raises(RequestError, "folder-without-radar", str(text)):
            find_scenes([str(text)])


@pytest.mark.parametrize("name", ["a b", "p%20q", "h#x", "ü", "a?b"])
@pytest.mark.parametrize("form", ["path", "encoded", "address", "absolute"])
def test_assets_of_any_name_are_met(tmp_path, name, form):
    values = item("S1A_x", "vv", "vh")
    for pol in ("vv", "vh"):
        path = tmp_path / f"{name}_{pol}.tif"
        path.touch()
        href = {
            "path": f"./{path.name}",
            "encoded": f"./{quote(path.name)}",
            "address": path.as_uri(),
            "absolute": str(path),
        }[form]
        values["assets"][pol]["href"] = href
    (tmp_path / "item.json").write_text(json.dumps(values))
    (scene,) = find_scenes([str(tmp_path / "item.json")])
    assert [Path(one).resolve() for one in scene.sar] == [
        (tmp_path / f"{name}_{pol}.tif").resolve() for pol in ("vv", "vh")
    ]


def test_ids_of_any_length_make_folders(tmp_path):
    for each in ("x" * 400, "ü" * 300):
        (tmp_path / "item.json").write_text(json.dumps(item(each, "vv", "vh")))
        (scene,) = find_scenes([str(tmp_path / "item.json")])
        (tmp_path / scene.name).mkdir()


@pytest.mark.parametrize("how", ["folder", "pattern"])
def test_containers_in_a_folder_are_planned_each_once(how, db, tmp_path):
    """netCDF, Zarr, SNAP's `.dim` with its `.data`, and a stack in HFA: none lost, none twice."""
    inside = tmp_path / "scenes"
    snap = inside / "S1A_snap.data"
    snap.mkdir(parents=True)
    (inside / "S1A_snap.dim").write_text("<Dimap_Document/>")
    netcdf(inside / "cube.nc", {"VV": db[0], "VH": db[1]})
    expected = {"cube", "S1A_snap", "stack"}
    if "Zarr" in raster_drivers():
        zarr(inside / "store.zarr", {"vv": db[0], "vh": db[1]}, dated=True)
        expected.add("store")
    profile = {
        "width": db.shape[2],
        "height": db.shape[1],
        "dtype": "float32",
        "crs": "EPSG:32633",
        "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 5_400_000),
    }
    with rasterio.open(inside / "stack.img", "w", driver="HFA", count=2, **profile) as file:
        file.write(db)
        file.descriptions = ("VV", "VH")
    for pol, band in zip(("VV", "VH"), db, strict=True):
        with rasterio.open(snap / f"Sigma0_{pol}.img", "w", "ENVI", count=1, **profile) as file:
            file.write(10 ** (band / 10), 1)
    scenes = find_scenes([str(inside if how == "folder" else inside / "*")])
    assert {scene.name for scene in scenes} == expected and len(scenes) == len(expected)
    cache = ModelCache(Library.default())
    for scene in scenes:
        request = RunRequest(sar=scene.sar, out=str(tmp_path / scene.name), device="cpu")
        plan = make_plan(scene.name, request, None, 1, cache)
        assert plan.reading["unit"] == ("power" if scene.name == "S1A_snap" else "db")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
@pytest.mark.parametrize("name", ["list.txt", "items.json", "items.geojson"])
@pytest.mark.parametrize("kind", ["pipe", "device", "large", "nested", "noise"])
def test_a_list_is_a_regular_file_of_a_sane_size(tmp_path, name, kind):
    """None of them is waited for, or read without end."""
    path = tmp_path / name
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(3 << 30)
    else:
        path.write_bytes(b"[" * 200_000 if kind == "nested" else b"\xff\xfe\x00" * 99)
    if (name, kind) == ("list.txt", "nested"):
        return
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(SceneError) as caught:
        find_scenes([str(path)])
    assert caught.value.remedy and "Errno" not in caught.value.message
    assert time.monotonic() - began < 20 and tracemalloc.get_traced_memory()[1] < 400 << 20
    tracemalloc.stop()


class Slow(BaseHTTPRequestHandler):
    """Sends STAC items without end, a byte at a time or all at once."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b" " if "drip" in self.path else b" " * 1_000_000)
                time.sleep(0.2 if "drip" in self.path else 0)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("path", ["drip.json", "flood.json"])
def test_a_server_that_sends_without_end_is_given_up(monkeypatch, path):
    monkeypatch.setattr(batch_inputs, "MAX_SECONDS", 4.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    began = time.monotonic()
    try:
        with pytest.raises(SceneError) as caught:
            find_scenes([f"http://127.0.0.1:{server.server_port}/{path}"])
    finally:
        server.shutdown()
        server.server_close()
    assert caught.value.remedy and time.monotonic() - began < 60


@pytest.mark.parametrize("href", ["s3://bucket/items.json", "ftp://host/items.json"])
def test_other_addresses_of_items_are_refused(href):
    with pytest.raises(SceneError) as caught:
        find_scenes([href])
    assert "http" in caught.value.message


def test_items_by_the_address_of_a_file(tmp_path):
    path = tmp_path / "my items.json"
    path.write_text(json.dumps(item("S1A_z", "vv", "vh")))
    assert find_scenes([path.as_uri()])[0].name == find_scenes([str(path)])[0].name
