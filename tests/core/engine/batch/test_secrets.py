"""No byte that a batch leaves behind holds a secret of its radar's addresses."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.core.scene.serving import served
from tests.core.secret_forms import SECRET, forms, leaks


@pytest.mark.parametrize("form", ["vsicurl", "header"])
def test_a_batch_writes_down_no_secret(form, batch, radar, tmp_path, capfd):
    folder = tmp_path.parent / f"{tmp_path.name}-served"
    folder.mkdir()
    shutil.copy(radar, folder / "S1A_20210715_a.tif")
    with served(folder) as (_, server):
        address = forms(server, "S1A_20210715_a.tif")[form]
        gone = forms(server, "S1A_20210716_gone.tif")[form]
        summary = batch(
            address, gone, stages=1, extent=(500_800.0, 5_398_600.0, 501_100.0, 5_398_900.0)
        )
        assert sorted(s["status"] for s in summary["scenes"].values()) == ["complete", "refused"]
        # It opened the file again for every block and the score, with what opens it.
        again = batch(
            address, gone, stages=1, extent=(500_800.0, 5_398_600.0, 501_100.0, 5_398_900.0)
        )
        assert again["scenes"].keys() == summary["scenes"].keys()
    assert leaks(tmp_path) == []
    printed = capfd.readouterr()
    assert SECRET not in printed.out + printed.err + json.dumps(summary)
