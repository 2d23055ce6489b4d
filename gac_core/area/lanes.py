"""Work side by side: threads compute a few tasks ahead, and what they find is taken in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import torch

Task = TypeVar("Task")
Found = TypeVar("Found")


def in_order(
    work: Callable[[Task], Found], tasks: Iterable[Task], lanes: int
) -> Generator[tuple[Task, Found], None, None]:
    """What `work` finds for each task, in their order.

    PyTorch's threads are shared among the lanes, so that a task's numbers do not depend on what
    runs beside it. Close the generator (`contextlib.closing`) wherever it may be left early: tasks
    that have begun are waited for, others are not begun.

    Args:
        work: May be called by several threads at once, and raise.
        tasks: Taken one by one, a few ahead.
        lanes: How many threads; 1: none, each task is computed when it is asked for.

    Yields:
        Each task and what was found.
    """
    if lanes == 1:
        for task in tasks:
            yield task, work(task)
        return
    threads = torch.get_num_threads()
    each = max(1, threads // lanes)
    # Of this thread too: PyTorch's matrix library has one number for all.
    torch.set_num_threads(each)
    waiting: deque[tuple[Task, Future[Found]]] = deque()
    pool = ThreadPoolExecutor(lanes, "lane", torch.set_num_threads, (each,))
    try:
        for task in tasks:
            waiting.append((task, pool.submit(work, task)))
            # One more than can be computed: no lane waits while its last result is being taken.
            if len(waiting) > lanes:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        torch.set_num_threads(threads)


def _first(waiting: deque[tuple[Task, Future[Found]]]) -> tuple[Task, Found]:
    task, future = waiting.popleft()
    return task, future.result()
