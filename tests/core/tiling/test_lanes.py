"""Work side by side: in order, a few ahead, and left without a trace."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
import torch

from gac_core.tiling.mosaic import ordered_map


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_results_come_in_the_order_of_their_tasks(lanes):
    finished = [threading.Event() for _ in range(6)]

    def work(task):
        # Even ones wait for the one after them, where that can be under way.
        if lanes > 1 and task % 2 == 0:
            assert finished[task + 1].wait(20)
        finished[task].set()
        return task * task

    found = list(ordered_map(work, range(6), lanes))
    assert found == [(i, i * i) for i in range(6)]


def test_only_a_few_tasks_are_taken_ahead():
    taken = []

    def tasks():
        for i in range(50):
            taken.append(i)
            yield i

    with closing(ordered_map(lambda i: i, tasks(), 2)) as results:
        next(results)
        assert len(taken) == 3


def test_each_lane_has_its_share_of_the_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    try:
        counts = dict(ordered_map(lambda _: torch.get_num_threads(), range(8), 2))
        assert set(counts.values()) == {2}
        assert torch.get_num_threads() == 4
    finally:
        torch.set_num_threads(before)


def test_what_a_task_raises_ends_the_work():
    begun = []

    def work(task):
        begun.append(task)
        if task == 2:
            raise ValueError("two")
        return task

    results = ordered_map(work, range(100), 2)
    with pytest.raises(ValueError, match="two"):
        list(results)
    assert len(begun) <= 6
    assert not [t for t in threading.enumerate() if t.name.startswith("lane")]


def test_left_early_nothing_goes_on():
    begun = []
    with closing(ordered_map(begun.append, range(100), 2)) as results:
        next(results)
    assert len(begun) <= 3
    assert not [t for t in threading.enumerate() if t.name.startswith("lane")]
