"""Ordered thread-pool map: threads compute a few tasks ahead, results are yielded in order."""

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
    """Yield each task with its result, in the order of the tasks.

    PyTorch's threads are divided among the lanes, so that a task's numbers do not depend on other
    tasks. Close the generator (`contextlib.closing`) if it may be left early: running tasks are
    waited for, others are not started.

    Args:
        work: Function of a task; may be called from several threads at once, and may raise.
        tasks: Tasks, consumed lazily, a few ahead.
        lanes: Number of threads; 1: no threads, each task is computed on demand.

    Yields:
        Each task and its result.
    """
    if lanes == 1:
        for task in tasks:
            yield task, work(task)
        return
    threads = torch.get_num_threads()
    each = max(1, threads // lanes)
    # Set it for this thread too: PyTorch's matrix library has one setting for all threads.
    torch.set_num_threads(each)
    waiting: deque[tuple[Task, Future[Found]]] = deque()
    pool = ThreadPoolExecutor(lanes, "lane", torch.set_num_threads, (each,))
    try:
        for task in tasks:
            waiting.append((task, pool.submit(work, task)))
            # One task more than lanes: no lane idles while its last result is consumed.
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
