"""Interrupted runs that are disturbed in unkind ways before they are resumed."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine

from gac_core.cli.commands import main
from gac_core.contract.errors import Cancelled, OutputError
from gac_core.contract.layout import WORK
from gac_core.contract.request import RunRequest
from gac_core.engine import pipeline
from gac_core.engine.checkpoint import Journal
from gac_core.engine.folder import working_folder
from gac_core.engine.pipeline import run
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import change_record
from tests.problems import raises


@pytest.fixture(scope="module")
def tall(tmp_path_factory):
    """A scene of many rows of tiles, with a hole that spans whole rows of them."""
    rng = np.random.default_rng(1)
    shape = (2, 640, 90)
    values = np.array([-12.0, -19.0])[:, None, None] + rng.normal(0, 2, shape)
    values[:, 250:420] = np.nan
    path = tmp_path_factory.mktemp("tall") / "S1A_IW_GRDH_1SDV_20210715T052500_tall.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=2,
        height=shape[1],
        width=shape[2],
        crs="EPSG:32633",
        transform=Affine(10.0, 0.0, 500_000.0, 0.0, -10.0, 5_400_000.0),
        nodata=np.nan,
    ) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    return path


@pytest.fixture
def ask(tall, scene_path, tiny_bundle):
    def ask(out, **changes):
        values = {
            "sar": (str(scene_path),),
            "out": str(out),
            "bundle": str(tiny_bundle),
            "timesteps_1": 1,
            "timesteps_3": 1,
            "stages": 1,
            "device": "cpu",
            **changes,
        }
        return RunRequest(**values)

    return ask


class Stopper(Silent):
    """Stops a run after so many tiles; what was computed is kept."""

    def __init__(self, after: int) -> None:
        self.after, self.tiles = after, 0

    def progress(self, progress):
        if progress.stage:
            self.tiles += 1
            if self.tiles == self.after:
                raise Cancelled(keep=True)


def stop(request, cache, after):
    with pytest.raises(Cancelled):
        run(request, cache, Stopper(after))


def pixels(out, stage=1):
    with rasterio.open(out / f"opt_v{stage}.tif") as file:
        return file.read()


@pytest.mark.parametrize(("batch", "after"), [(1, 4), (1, 8), (3, 2), (3, 9)])
def test_a_tall_run_goes_on_far_from_its_first_row(ask, cache, tall, tmp_path, after, batch):
    request = {"sar": (str(tall),), "batch_size": batch}
    run(ask(tmp_path / "whole", **request), cache, Silent())
    stop(ask(tmp_path / "out", **request), cache, after)
    run(ask(tmp_path / "out", **request), cache, Silent())
    np.testing.assert_array_equal(pixels(tmp_path / "out"), pixels(tmp_path / "whole"))


def test_a_lost_working_file_is_not_taken_for_computed_rows(ask, cache, tmp_path):
    run(ask(tmp_path / "whole"), cache, Silent())
    out = tmp_path / "out"
    stop(ask(out), cache, 5)
    assert Journal.read(out / WORK).rows
    (out / WORK / "opt_v1.bil").unlink()
    run(ask(out), cache, Silent())
    np.testing.assert_array_equal(pixels(out), pixels(tmp_path / "whole"))


def test_an_earlier_stages_lost_working_file_is_made_again(ask, cache, tmp_path):
    out = tmp_path / "out"
    stop(ask(out, stages=2), cache, 20)
    assert "opt_v1" in Journal.read(out / WORK).stages
    (out / WORK / "opt_v1.bil").unlink()
    run(ask(out, stages=2), cache, Silent())


def test_a_working_file_that_cannot_be_opened_once_is_not_removed(
    ask, cache, tmp_path, monkeypatch
):
    """A virus scanner holds it, or too many files are open."""
    run(ask(tmp_path / "whole"), cache, Silent())
    out = tmp_path / "out"
    stop(ask(out), cache, 6)
    with monkeypatch.context() as patch:
        opened = Path.open

        def held(self, mode="r", *args, **kwargs):
            if self.suffix == ".bil" and mode == "r+b":
                raise PermissionError(13, "Permission denied")
            return opened(self, mode, *args, **kwargs)

        patch.setattr(Path, "open", held)
        with pytest.raises(OutputError):
            run(ask(out), cache, Silent())
    run(ask(out), cache, Silent())
    np.testing.assert_array_equal(pixels(out), pixels(tmp_path / "whole"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_place_of_the_working_folder_costs_nobody_files(ask, cache, tmp_path):
    papers, out = tmp_path / "papers", tmp_path / "out"
    (papers / "thesis").mkdir(parents=True)
    (papers / "thesis" / "chapter.txt").write_text("years of work")
    out.mkdir()
    (out / WORK).symlink_to(papers)
    with contextlib.suppress(OutputError):
        run(ask(out), cache, Silent())
    assert (papers / "thesis" / "chapter.txt").read_text() == "years of work"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_working_folder_costs_nobody_files(tmp_path):
    other = tmp_path / "thesis.txt"
    other.write_text("years of work")
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "owner.json").symlink_to(other)
    with contextlib.suppress(OutputError), working_folder(tmp_path):
        pass
    assert other.read_text() == "years of work"


@pytest.mark.parametrize("name", ["run.json", "stac_item.json"])
def test_a_record_that_gac_did_not_write_stays(ask, cache, tmp_path, name):
    (tmp_path / name).write_text('{"mine": true}')
    with contextlib.suppress(OutputError):
        run(ask(tmp_path), cache, Silent())
    assert json.loads((tmp_path / name).read_text()) == {"mine": True}


def test_a_record_that_cannot_be_written_costs_no_computing(ask, cache, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:

        def refused(path, values, *, sync=False):
            raise OutputError("It could not be written.")

        patch.setattr(pipeline, "write_json", refused)
        with pytest.raises(OutputError):
            run(ask(tmp_path), cache, Silent())
    assert Journal.read(tmp_path / WORK) is not None


def test_relative_paths_are_those_of_the_first_run(
    ask, cache, tmp_path, monkeypatch, scene_path, capsys
):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    shutil.copy(scene_path, here / scene_path.name)
    monkeypatch.chdir(here)
    stop(ask("out", sar=(scene_path.name,)), cache, 5)
    monkeypatch.chdir(there)
    code = main(["resume", str(here / "out")])
    assert not list(there.iterdir())
    assert code == 0, capsys.readouterr().err


def test_a_moved_folder_is_gone_on_with_where_it_is_now(ask, cache, tmp_path, capsys):
    stop(ask(tmp_path / "old"), cache, 5)
    (tmp_path / "old").rename(tmp_path / "new")
    assert main(["resume", str(tmp_path / "new")]) == 0, capsys.readouterr().err
    assert not (tmp_path / "old").exists()


def test_a_journal_of_a_newer_gac_is_not_thrown_away_in_silence(ask, cache, tmp_path):
    stop(ask(tmp_path), cache, 5)
    change_record(tmp_path / WORK / "journal.json", format=2)
    with raises(OutputError, "unfinished-run-newer", str(tmp_path)):
        run(ask(tmp_path), cache, Silent())
    assert (tmp_path / WORK).is_dir()


@pytest.mark.parametrize(
    "change",
    [
        {"rows": {"opt_v1": "many"}},
        {"rows": []},
        {"identity": []},
        {"seconds": {"opt_v1": None}},
        {"resumed": None},
        {"rows": {"opt_v1": 10**9}},
    ],
)
def test_a_journal_with_values_of_other_kinds_is_no_journal(ask, cache, tmp_path, change):
    out = tmp_path / "out"
    run(ask(tmp_path / "whole"), cache, Silent())
    stop(ask(out), cache, 6)
    change_record(out / WORK / "journal.json", **change)
    run(ask(out), cache, Silent())
    np.testing.assert_array_equal(pixels(out), pixels(tmp_path / "whole"))


def test_the_end_of_one_run_does_not_remove_the_next_one(tmp_path, monkeypatch):
    """Another worker begins in the folder between the lock's release and the folder's removal."""
    remove, second = shutil.rmtree, []

    def late(path, *args, **kwargs):
        if not second and Path(path).name == WORK:
            other = working_folder(tmp_path)
            with contextlib.suppress(OutputError):
                folder = other.__enter__()
                second.append(other)
                (folder.path / "journal.json").write_text("{}")
        remove(path, *args, **kwargs)

    monkeypatch.setattr(shutil, "rmtree", late)
    with working_folder(tmp_path):
        pass
    if second:
        assert (tmp_path / WORK / "journal.json").exists()
        second[0].__exit__(None, None, None)


def test_a_virtual_raster_whose_source_changed_is_another_input(ask, cache, tmp_path, scene_path):
    source = tmp_path / scene_path.name
    shutil.copy(scene_path, source)
    with rasterio.open(source) as file:
        values, profile = file.read(), file.profile
    vrt = tmp_path / "scene.vrt"

    rasterio.shutil.copy(str(source), str(vrt), driver="VRT")
    out = tmp_path / "out"
    stop(ask(out, sar=(str(vrt),)), cache, 6)
    with rasterio.open(source, "w", **profile) as file:
        file.write(values[:, ::-1])
        file.descriptions = ("VV", "VH")
    run(ask(out, sar=(str(vrt),)), cache, Silent())
    run(ask(tmp_path / "whole", sar=(str(vrt),)), cache, Silent())
    np.testing.assert_array_equal(pixels(out), pixels(tmp_path / "whole"))
