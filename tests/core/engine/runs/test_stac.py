"""Provenance: in the files, beside them, and in what others make of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pystac
import pystac.validation
import pytest
import rasterio
import rasterio.shutil

from gac_core.bundles.library import Library
from gac_core.contract.layout import STAC_ITEM
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.engine.provenance import stac_item
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent


@pytest.fixture(scope="module")
def out(scene_path, tiny_bundle, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("a run")
    request = RunRequest(
        sar=(str(scene_path),), out=str(folder), bundle=str(tiny_bundle), timesteps_1=1, stages=2
    )
    run(request, ModelCache(Library()), Silent())
    return folder


@pytest.fixture
def record(out) -> dict:
    return json.loads((out / "run.json").read_text())


def test_the_item_is_valid(out):
    item = pystac.Item.from_file(str(out / STAC_ITEM))
    values = json.loads((out / STAC_ITEM).read_text())
    # The library brings the core's schemas; the extensions' would come from the network.
    pystac.validation.validate_dict({**values, "stac_extensions": []})
    assert set(item.assets) == {"opt_v1", "opt_v2", "record"}
    assert item.datetime.isoformat() == "2021-07-15T05:25:00+00:00"
    assert item.properties["gac:synthetic"] is True
    west, south, east, north = item.bbox
    assert 15.0 < west < east < 15.03 and 48.72 < south < north < 48.76


def test_checksums_are_those_of_the_files(out):
    assets = json.loads((out / STAC_ITEM).read_text())["assets"]
    for name in ("opt_v1", "opt_v2"):
        found = hashlib.sha256((out / f"{name}.tif").read_bytes()).hexdigest()
        assert assets[name]["file:checksum"] == f"1220{found}"


def test_it_tells_how_it_was_made(out, record, scene_path):
    properties = json.loads((out / STAC_ITEM).read_text())["properties"]
    assert "SYNTHETIC" in properties["title"] and "SYNTHETIC" in properties["processing:lineage"]
    assert properties["processing:software"]["torch"]
    assert properties["gac:inputs"][0]["path"] == scene_path.name
    found = hashlib.sha256(scene_path.read_bytes()).hexdigest()
    assert properties["gac:inputs"][0]["sha256"] == found
    assert {w["file"] for w in properties["gac:models"]} == set(record["bundle"]["sha256"])


def test_an_undated_item_has_an_interval(out, record):
    record["scene"]["date"] = None
    properties = stac_item(record, out)["properties"]
    assert properties["datetime"] is None
    assert properties["start_datetime"] < properties["end_datetime"]


def test_footprints_are_cut_at_the_antimeridian(out, record):
    record["area"] |= {"epsg": 32660, "bounds": [820_000.0, 1e6, 850_000.0, 1.01e6]}
    item = stac_item(record, out)
    assert item["geometry"]["type"] == "MultiPolygon"
    west, _, east, _ = item["bbox"]
    assert 179.9 < west < 180 and -180 < east < -179.8


KEPT = ("SYNTHETIC", "GAC_NOTICE", "GAC_PROVENANCE", "GAC_SAR_SHA256", "GAC_SEED", "GAC_SOFTWARE")


def test_tags_tell_all_but_the_users_folders(out, scene_path, tiny_bundle):
    with rasterio.open(out / "opt_v2.tif") as file:
        tags = file.tags()
    assert set(KEPT) <= set(tags)
    told = json.loads(tags["GAC_PROVENANCE"])
    assert told["scene"]["unit"] == "db" and told["scene"]["unit_reason"]
    assert told["request"]["timesteps_1"] == 1
    assert all(w["sha256"] for w in told["bundle"]["weights"])
    for folder in (out, scene_path.parent, tiny_bundle):
        assert str(folder) not in json.dumps(tags)


@pytest.mark.parametrize("driver", ["GTiff", "COG"])
def test_they_survive_gdals_copies(out, tmp_path, driver):
    rasterio.shutil.copy(out / "opt_v2.tif", tmp_path / "copy.tif", driver=driver)
    with rasterio.open(out / "opt_v2.tif") as file, rasterio.open(tmp_path / "copy.tif") as copy:
        for key in KEPT:
            assert copy.tags()[key] == file.tags()[key]
        assert copy.descriptions == file.descriptions
