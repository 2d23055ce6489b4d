"""The one description of what pixels depend on: of runs, batches and kept stages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gac_core.contract.errors import Cancelled
from gac_core.contract.layout import STAGE_CACHE, STAGE_CACHE_MANIFEST, WORK
from gac_core.contract.request import OPTIONS, RunRequest
from gac_core.engine import identity
from gac_core.engine.batch_worker import make_plan
from gac_core.engine.checkpoint import OTHER_VERSION, Journal
from gac_core.engine.identity import options_of_stage, settings_of
from gac_core.engine.pipeline import run
from gac_core.io import read_sealed
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import change_record


class Stopper(Silent):
    """Stops a run in stage 2."""

    def progress(self, progress):
        if progress.stage == 2 and progress.tile:
            raise Cancelled(keep=True)


def test_an_option_changes_pixels_unless_it_is_listed():
    """A new one is described though nobody thinks of it; from its stage on."""
    request = RunRequest(sar=("a.tif",), out="out", timesteps_1=3, timesteps_3=4, seed=5)
    stages = [options_of_stage(request, number) for number in (1, 2, 3)]
    assert stages == [
        {"nodata value": None, "timesteps of stage 1": 3, "seed": 5},
        {},
        {"timesteps of stage 3": 4},
    ]
    listed = {name for name in OPTIONS if name in identity._DESCRIBED}
    assert len(OPTIONS) == len(listed) + sum(map(len, stages))


@pytest.mark.parametrize("name", sorted(set(OPTIONS) - set(identity._DESCRIBED)))
def test_an_option_that_is_not_listed_counts_from_its_stage_on(name, monkeypatch):
    monkeypatch.setitem(OPTIONS, name, OPTIONS[name]._replace(noun="x", free_from=(2,)))
    request = RunRequest(sar=("a.tif",), out="out")
    assert ["x" in options_of_stage(request, number) for number in (1, 2, 3)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("name", identity.NOT_IN_PIXELS)
def test_settings_that_no_pixel_depends_on_do_not_count(name):
    request = RunRequest(sar=("a.tif",), out="out")
    changes = {"out": "b", "device": "cpu", "batch_size": 2, "keep": True}
    assert settings_of(replace(request, **{name: changes[name]})) == settings_of(request)


def test_run_batch_and_kept_stages_share_the_description(cache, request_for, tmp_path):
    request = request_for(tmp_path / "run", keep=True)
    with pytest.raises(Cancelled):
        run(request, cache, Stopper())
    of_run = Journal.read(tmp_path / "run" / WORK).identity
    run(request, cache, Silent())
    kept = read_sealed(tmp_path / "run" / STAGE_CACHE / STAGE_CACHE_MANIFEST)["stages"]
    plan = make_plan("scene", replace(request, out=str(tmp_path / "b")), None, 1, cache)
    for described in (of_run, plan.described):
        # A batch goes by the bundle's card, which holds the hashes of the weights.
        for name, values in kept["opt_v2"]["made of"].items():
            assert name in described
            assert described[name] == values or name.startswith("models of")
    assert set(of_run) ^ set(plan.described) == {"side", "threads"}


def test_an_unfinished_run_of_another_version_begins_anew_and_says_so(cache, request_for, tmp_path):
    """Whatever its settings were called then."""
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper())
    older = {"settings": {"seed": 0}, "input": []}
    change_record(tmp_path / WORK / "journal.json", identity=older)
    notes = run(request_for(tmp_path), cache, Silent()).notes
    assert OTHER_VERSION in notes
