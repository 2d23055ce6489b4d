"""Stage 2 is told the month of the season that the place has, the place and its biome."""

from __future__ import annotations

import json

import pytest
import rasterio
import torch

from gac_core.bundles.card import read_bundle
from gac_core.contract.bands import BIOMES
from gac_core.contract.errors import Cancelled
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.grid import Window, WorkGrid
from gac_core.progress import Silent
from gac_core.scene import centre_location


@pytest.fixture
def told(cache, tiny_bundle):
    """Month and place that stage 2's network was told since the test began."""
    told = set()
    refiner = cache.get(read_bundle(tiny_bundle), torch.device("cpu")).refiner

    def note(_, given):
        metadata = given[3]
        places = [tuple(round(x, 4) for x in place) for place in metadata.place.tolist()]
        told.update(zip(metadata.month.tolist(), places, strict=True))

    hook = refiner.register_forward_pre_hook(note)
    yield told
    hook.remove()


@pytest.fixture
def told_biomes(cache, tiny_bundle):
    """Biomes that stage 2's network was told since the test began."""
    biomes = set()
    refiner = cache.get(read_bundle(tiny_bundle), torch.device("cpu")).refiner
    hook = refiner.register_forward_pre_hook(
        lambda _, given: biomes.update(given[3].biome.tolist())
    )
    yield biomes
    hook.remove()


@pytest.fixture
def compute(cache, tiny_bundle, tmp_path):
    """Runs two stages of a part of a scene and gives the run's record."""

    def compute(path, listener=None, **changes):
        with rasterio.open(path) as file:
            left, top = file.bounds.left, file.bounds.top
        values = {
            "sar": (str(path),),
            "out": str(tmp_path / "out"),
            "bundle": str(tiny_bundle),
            "extent": (left + 600, top - 1400, left + 1200, top - 800),
            "timesteps_1": 1,
            "stages": 2,
            "device": "cpu",
            **changes,
        }
        run(RunRequest(**values), cache, listener or Silent())
        return json.loads((tmp_path / "out" / "run.json").read_text())

    return compute


@pytest.mark.parametrize(
    ("scene", "asked", "calendar", "season", "place"),
    [
        ("scene_path", None, 7, 7, (48.7, 15.0)),
        ("southern_scene", None, 7, 1, (-31.0, 15.0)),
        ("southern_scene", 3, 3, 9, (-31.0, 15.0)),
        ("southern_scene", 0, 0, 0, (-31.0, 15.0)),
    ],
)
def test_the_network_is_told_the_local_season_and_the_place(
    request, told, compute, tmp_path, scene, asked, calendar, season, place
):
    record = compute(request.getfixturevalue(scene), month=asked)
    assert told == {(season, place)}
    assert (record["month"], record["season_month"]) == (calendar, season)
    assert record["place"] == list(place)
    item = json.loads((tmp_path / "out" / "stac_item.json").read_text())["properties"]
    assert (item["gac:month"], item["gac:season_month"]) == (calendar, season)
    with rasterio.open(tmp_path / "out" / "opt_v2.tif") as file:
        tags = file.tags()
    assert (tags["GAC_MONTH"], tags["GAC_SEASON_MONTH"]) == (str(calendar), str(season))
    assert json.loads(tags["GAC_PROVENANCE"])["season_month"] == season


@pytest.mark.parametrize(
    ("asked", "biome", "origin"), [(None, 4, "place"), (6, 6, "request"), (0, 0, "request")]
)
def test_the_network_is_told_the_biome_of_the_place_unless_one_is_given(
    scene_path, told_biomes, compute, tmp_path, asked, biome, origin
):
    record = compute(scene_path, biome=asked)
    assert told_biomes == {biome}
    entry = {"number": biome, "name": BIOMES[biome], "from": origin}
    assert record["biome"] == entry and record["request"]["biome"] == asked
    item = json.loads((tmp_path / "out" / "stac_item.json").read_text())["properties"]
    assert item["gac:biome"] == entry
    with rasterio.open(tmp_path / "out" / "opt_v2.tif") as file:
        tags = file.tags()
    assert tags["GAC_BIOME"].startswith(f"{biome} (") and tags["GAC_BIOME_FROM"] == origin
    assert json.loads(tags["GAC_PROVENANCE"])["biome"] == entry


def test_an_unfinished_run_is_that_of_the_season_told(southern_scene, compute, tmp_path):
    class Stop(Silent):
        def stage_done(self, done):
            raise Cancelled(keep=True)

    with pytest.raises(Cancelled):
        compute(southern_scene, Stop())
    journal = json.loads((tmp_path / "out" / ".gac-work" / "journal.json").read_text())
    assert journal["identity"]["month"] == 1
    assert journal["identity"]["biome"] == 0  # the scene lies in the Atlantic
    assert journal["identity"]["place"] == [-31.0, 15.0]


def test_the_place_is_the_scene_s_whatever_part_of_it_is_computed(told, compute, scene_path):
    """Or the same pixels would differ between a run over the scene and one over a part of it."""
    with rasterio.open(scene_path) as file:
        left, top = file.bounds.left, file.bounds.top
    for col in (0, 1000):
        compute(scene_path, extent=(left + col, top - 1400, left + col + 500, top - 900))
    assert len(told) == 1


def test_latitudes_of_both_zones_of_a_meridian():
    """The equator lies at northing 0 of a northern zone and 10 000 km of a southern one."""
    south = Window(-1_000_000 + 500, 50_000, 2, 2)
    assert centre_location(WorkGrid(32733), south)[0] == pytest.approx(-0.0453, abs=1e-3)
    assert centre_location(WorkGrid(32633), Window(500, 50_000, 2, 2))[0] == pytest.approx(
        -0.0453, abs=1e-3
    )
    assert centre_location(WorkGrid(32633), Window(-531_000, 50_000, 2, 2)) == pytest.approx(
        (47.94, 15.01), abs=0.05
    )
