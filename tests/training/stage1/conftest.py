"""Pairs of several kinds, a tiny bundle, and what it makes of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.networks.loading import Models
from tests.core.conftest import backscatter
from tests.core.tiny import write_tiny_bundle
from tests.training.data.made import write_pair, write_table
from tests.training.stage1.jobs import SIDES, asked
from training.precompute_stage1 import precompute


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def bundle(tmp_path_factory):
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def models(bundle):
    return Models(read_bundle(bundle), Library([], []), torch.device("cpu"))


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Five pairs, one larger than a window, one with a hole, one of another modality."""
    root = tmp_path_factory.mktemp("data")
    rows = []
    for i, side in enumerate(SIDES):
        name, s1 = f"pair_{i}", backscatter(side, side, i)
        if i == 1:
            s1[:, :20, :10] = np.nan
        write_pair(root / "pairs" / name, i, side, s1=s1)
        modality = "S1RTC" if i == 3 else "S1GRD"
        rows.append({"id": name, "tile": "one", "s2_date": "20190615", "modality": modality})
    return write_table(root, rows)


@pytest.fixture
def job(data, bundle, tmp_path):
    return asked(data, tmp_path / "out", bundle)


@pytest.fixture
def command(data, bundle, job):
    """The command line's words; those that come later win."""
    words = {"data-dir": data, "output-dir": job.output_dir, "bundle": bundle}
    return [*(f"--{name}={word}" for name, word in words.items()), "--device=cpu", "--timesteps=2"]


@pytest.fixture(scope="session")
def whole(data, bundle, tmp_path_factory):
    """Outputs of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    return precompute(asked(data, out, bundle))
