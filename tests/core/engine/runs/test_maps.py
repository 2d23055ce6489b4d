"""The map of agreement of a finished run's stage."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import rasterio

from gac_core.bundles.library import Library
from gac_core.cli.commands import main
from gac_core.contract.errors import Cancelled, OutputError, RequestError
from gac_core.contract.layout import WORK
from gac_core.contract.request import RunRequest
from gac_core.engine.folder import working_folder
from gac_core.engine.maps import map_of_stage
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from tests.problems import raises


@pytest.fixture(scope="module")
def made(scene_path, tiny_bundle, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    scene = shutil.copy(scene_path, folder / scene_path.name)
    request = RunRequest(
        sar=(str(scene),),
        out=str(folder / "out"),
        bundle=str(tiny_bundle),
        stages=2,
        timesteps_1=1,
        device="cpu",
    )
    run(request, ModelCache(Library()), Silent())
    return folder


@pytest.fixture
def finished(made, tmp_path):
    """A folder of a run, to do as one likes with."""
    shutil.copytree(made / "out", tmp_path / "out")
    return tmp_path / "out"


class Heard(Silent):
    """Listens to percents."""

    def __init__(self):
        self.percents = []

    def progress(self, progress):
        self.percents.append(progress.percent)


def test_the_map_lies_beside_the_stage_and_is_marked(finished):
    heard = Heard()
    path = map_of_stage(finished, 2, heard)
    assert path == finished / "agreement_v2.tif" and heard.percents[-1] == 100
    with rasterio.open(path) as file, rasterio.open(finished / "opt_v2.tif") as image:
        assert file.transform == image.transform and file.shape == image.shape
        tags = file.tags()
        assert np.isnan(file.read(1)[image.read(1) == 0]).all()
    assert tags["SYNTHETIC"] == "YES" and "opt_v2" in tags["GAC_STAGE"]
    assert tags["GAC_SEED"] == "0" and "GAC_PROVENANCE" in tags
    assert not (finished / WORK).exists()
    map_of_stage(finished, 2, heard)  # and again


def test_a_new_run_in_the_folder_takes_the_map_away(finished, made, tiny_bundle):
    map_of_stage(finished, 1, Silent())
    values = json.loads((finished / "run.json").read_text())["request"]
    run(
        RunRequest.from_dict({**values, "out": str(finished), "stages": 1}),
        ModelCache(Library()),
        Silent(),
    )
    assert not (finished / "agreement_v1.tif").exists()


def test_what_cannot_be_mapped_is_told(finished, made, tmp_path):
    with raises(RequestError, "stage-missing", "3"):
        map_of_stage(finished, 3, Silent())
    with raises(RequestError, "finished-run-missing"):
        map_of_stage(tmp_path, 1, Silent())
    (finished / "agreement_v1.tif").write_bytes(b"mine")
    with raises(OutputError, "map-name-taken"):
        map_of_stage(finished, 1, Silent())
    assert (finished / "agreement_v1.tif").read_bytes() == b"mine"
    with working_folder(finished), raises(OutputError, "output-folder-in-use"):
        map_of_stage(finished, 2, Silent())


def test_other_radar_in_the_place_of_the_run_s_is_refused(finished, made):
    record = json.loads((finished / "run.json").read_text())
    record["inputs"][0]["sha256"] = "0" * 64
    (finished / "run.json").write_text(json.dumps(record))
    with raises(RequestError, "radar-changed-since-run"):
        map_of_stage(finished, 1, Silent())


def test_cancelled_it_leaves_the_folder_as_it_was(finished):
    class Stop(Silent):
        def check(self):
            raise Cancelled

    before = sorted(finished.iterdir())
    with pytest.raises(Cancelled):
        map_of_stage(finished, 1, Stop())
    assert sorted(finished.iterdir()) == before


def test_the_command_writes_a_map(made, tmp_path, capsys):
    scene = next(made.glob("*.tif"))
    path = tmp_path / "new" / "map.tif"
    command = ["score", str(scene), str(made / "out" / "opt_v1.tif"), "--map", str(path)]
    assert main(command) == 0
    assert "gac" in json.loads(capsys.readouterr().out)
    with rasterio.open(path) as file:
        assert file.tags()["SYNTHETIC"] == "YES" and file.count == 1
    assert [p.name for p in path.parent.iterdir()] == ["map.tif"]
