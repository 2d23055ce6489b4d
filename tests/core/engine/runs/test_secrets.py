"""No byte that a run leaves behind holds a secret of its radar's address."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gac_core.bundles.library import Library
from gac_core.contract.errors import Cancelled, SceneError
from gac_core.contract.redaction import MARK
from gac_core.contract.request import RunRequest
from gac_core.engine.checkpoint import unfinished_request
from gac_core.engine.pipeline import run
from gac_core.engine.stage_cache import read_settings
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import write_scene
from tests.core.scene.serving import served
from tests.core.secret_forms import SECRET, forms, leaks
from tests.problems import raises


class Stops(Silent):
    """Interrupts a run once its first stage is complete."""

    done = False

    def stage_done(self, done):
        self.done = True

    def check(self):
        if self.done:
            raise Cancelled(keep=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    shutil.move(write_scene(folder, 32633, 5_400_007.0), folder / "s1_20210715.tif")
    with served(folder) as (_, address):
        yield address


@pytest.fixture(scope="module")
def ask(tiny_bundle: Path):
    cache = ModelCache(Library())

    def ask(sar, out, listener=None, **changes):
        values = {
            "bundle": str(tiny_bundle),
            "timesteps_1": 1,
            "timesteps_3": 1,
            "device": "cpu",
            "keep": True,
            "extent": (500_800.0, 5_398_600.0, 501_200.0, 5_399_000.0),
            **changes,
        }
        return run(RunRequest(sar=(sar,), out=str(out), **values), cache, listener or Silent())

    return ask


@pytest.mark.parametrize("form", forms("http://127.0.0.1:1", "x.tif"))
def test_a_whole_run_writes_down_no_secret(form, server, ask, tmp_path, capfd):
    address = forms(server, "s1_20210715.tif")[form]
    result = ask(address, tmp_path / "out").to_dict()
    assert len(result["outputs"]) == 3 and (tmp_path / "out/.gac-stages/stages.json").is_file()
    assert leaks(tmp_path) == []
    printed = capfd.readouterr()
    assert SECRET not in printed.out + printed.err + json.dumps(result)
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert all(MARK in path for path in record["request"]["sar"])
    # Whoever asks for the same again with what was written down is told what is missing.
    with raises(SceneError, "address-without-secret") as caught:
        ask(read_settings(tmp_path / "out")["sar"][0], tmp_path / "again")
    assert caught.value.remedy


def test_an_interrupted_run_is_resumed_with_another_signature(server, ask, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        ask(f"{server}/s1_20210715.tif?sig={SECRET}", out, Stops())
    assert leaks(tmp_path) == []
    assert MARK in unfinished_request(out).sar[0]
    ask(f"{server}/s1_20210715.tif?sig=another", out)
    record = json.loads((out / "run.json").read_text())
    assert record["resumed"] and record["status"] == "complete"
    # And its stages are taken over by a run whose signature is a third one.
    again = {"from_stage": 3, "reuse": str(out), "keep": False}
    ask(f"{server}/s1_20210715.tif?sig=third", tmp_path / "again", **again)
    assert json.loads((tmp_path / "again" / "run.json").read_text())["taken"]
