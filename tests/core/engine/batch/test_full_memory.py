"""Blocks whose memory runs out: computed with fewer tiles at a time, as runs are."""

from __future__ import annotations

import pytest
import torch

from gac_core.contract.errors import as_user_error
from gac_core.engine import batch_worker
from gac_core.stages.generate import Generate
from tests.core.engine.batch.conftest import hashes


@pytest.fixture
def small_memory(monkeypatch):
    """Lets so many tiles be decoded together; returns the numbers that were tried."""
    decode = Generate.decode
    monkeypatch.setattr(batch_worker, "_BATCHES", {})

    def limit(most, error):
        seen = []

        def limited(self, windows, inputs, tokens):
            seen.append(len(windows))
            if len(windows) > most:
                raise error
            return decode(self, windows, inputs, tokens)

        monkeypatch.setattr(Generate, "decode", limited)
        return seen

    return limit


ERRORS = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    MemoryError(),
]


@pytest.mark.parametrize("error", ERRORS, ids=["gpu", "main"])
def test_a_block_that_does_not_fit_is_computed_in_smaller_batches(
    batch, small_memory, undisturbed, tmp_path, error
):
    seen = small_memory(1, error)
    summary = batch(batch_size=4, retries=0)
    assert summary["status"] == "complete"
    assert max(seen) > 1 and seen[-1] == 1
    assert hashes(tmp_path / "out").keys() == hashes(undisturbed).keys()


def test_a_worker_remembers_what_fits(batch, small_memory):
    seen = small_memory(1, ERRORS[0])
    batch(batch_size=2, retries=0)
    # Two workers of one process may meet it at the same time, and no later block does.
    assert sum(number > 1 for number in seen) <= 2 < seen.count(1)


def test_a_tile_that_does_not_fit_fails_in_words(batch, small_memory):
    small_memory(0, ERRORS[0])
    summary = batch(batch_size=2, retries=0, stages=1)
    assert summary["status"] != "complete"
    (scene,) = summary["scenes"].values()
    assert {hole["why"] for hole in scene["holes"]} == {as_user_error(ERRORS[0]).message}
