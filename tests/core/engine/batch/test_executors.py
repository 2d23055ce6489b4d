"""Processes of this computer: alone, replaced when they end, gone when their batch is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from gac_core.contract.errors import DeviceError, DeviceLost
from gac_core.engine import executors
from gac_core.engine.batch_tasks import Failed
from gac_core.engine.executors import LocalExecutor, Pool, TaskQueue, Workers
from tests.problems import notes_with, raises

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(autouse=True)
def light(monkeypatch):
    """Processes that do not import PyTorch."""
    monkeypatch.setattr(executors, "_import_engine", os.getpid)


@contextmanager
def pool(count):
    """Processes of this computer, as a batch has them."""
    processes = [executors._WorkerProcess({}) for _ in range(count)]
    with LocalExecutor(processes) as executor:
        yield Pool(executor, lambda: count)


def results(workers, tasks, retries=1):
    """Results of tasks by their keys."""
    waiting = iter([(key, task, values) for key, (task, *values) in tasks.items()])
    queue = TaskQueue(workers, retries, lambda message: None)
    return dict(queue.results(lambda room: islice(waiting, room)))


def look(seconds=0.0):
    """Process ID, listening sockets, and `sys.path`, after a while."""
    time.sleep(seconds)
    return os.getpid(), len(psutil.Process().net_connections(kind="inet")), list(sys.path)


def end(times, folder):
    """End the process as the system does for lack of memory, so many times; then return 7."""
    calls = len(list(Path(folder).iterdir()))
    if calls < times:
        (Path(folder) / str(calls)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 7


def lose_gpu(folder):
    """Report the GPU as lost the first time; then return the process ID."""
    if not list(Path(folder).iterdir()):
        (Path(folder) / str(os.getpid())).touch()
        return Failed("The GPU stopped computing.", "", DeviceLost, may_pass=True)
    return os.getpid()


def exit_at_once(*_):
    """End the process."""
    os._exit(1)


def is_alive(pid):
    """Return whether a process computes."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def wait_until(condition, seconds=30.0):
    """Wait for a condition."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_tasks_run_in_processes_that_nobody_can_reach():
    with pool(2) as workers:
        found = results(workers, dict.fromkeys(range(4), (look, 0.3)))
    assert len({pid for pid, _, _ in found.values()} - {os.getpid()}) == 2
    assert not any(sockets for _, sockets, _ in found.values())
    # Nothing that another user could have made comes before Python's own libraries.
    assert all(set(path) <= {*sys.path, str(Path.cwd())} for _, _, path in found.values())
    wait_until(lambda: not any(is_alive(pid) for pid, _, _ in found.values()))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
def test_a_process_that_is_killed_costs_its_own_task_a_retry(tmp_path):
    folders = {name: tmp_path / name for name in ("once", "always")}
    for folder in folders.values():
        folder.mkdir()
    with pool(2) as workers:
        found = results(
            workers,
            {
                "once": (end, 1, str(folders["once"])),
                "always": (end, 99, str(folders["always"])),
                **dict.fromkeys(range(6), (look, 0.2)),
            },
            retries=2,
        )
    assert found.pop("once") == 7
    lost = found.pop("always")
    assert isinstance(lost, Failed) and lost.problem == "worker-lost" and lost.remedy
    assert len(list(folders["always"].iterdir())) == 3
    assert len(found) == 6 and not any(isinstance(one, Failed) for one in found.values())


def test_a_process_that_has_lost_its_gpu_is_replaced(tmp_path):
    with pool(1) as workers:
        other = results(workers, {"task": (lose_gpu, str(tmp_path))})["task"]
    first = int(next(tmp_path.iterdir()).name)
    assert isinstance(other, int) and other != first
    wait_until(lambda: not is_alive(first))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
def test_all_processes_are_killed_while_they_compute_and_the_tasks_are_done():
    killed = []

    def source(tasks):
        def more(room):
            yield from islice(tasks, room)
            if not killed:
                children = psutil.Process().children(recursive=True)
                wait_until(lambda: sum("spawn_main" in " ".join(c.cmdline()) for c in children) > 1)
                for child in children:
                    if "spawn_main" in " ".join(child.cmdline()):
                        killed.append(child.pid)
                        child.kill()

        return more

    with pool(2) as workers:
        waiting = iter([(n, look, (0.3,)) for n in range(4)])
        found = dict(TaskQueue(workers, 1, lambda message: None).results(source(waiting)))
    assert len(killed) == 2 and sorted(found) == [0, 1, 2, 3]
    assert not {pid for pid, _, _ in found.values()} & set(killed)


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
def test_ctrl_c_in_a_terminal_is_the_batch_s_own_to_hear():
    with pool(1) as workers:
        ((pid, _, _),) = results(workers, {0: (look,)}).values()
        os.kill(pid, signal.SIGINT)
        ((again, _, _),) = results(workers, {0: (look, 0.2)}).values()
    assert again == pid


def test_a_batch_that_is_stopped_waits_for_no_task():
    began, running, pids = time.monotonic(), [], []

    def interrupt():
        with pool(2) as workers:
            pids.extend(pid for pid, _, _ in results(workers, {0: (look,)}).values())
            running.extend(workers.executor.submit(time.sleep, 100) for _ in range(4))
            wait_until(lambda: running[0].running())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert time.monotonic() - began < 60
    assert all(one.done() for one in running)
    wait_until(lambda: not any(map(is_alive, pids)))


PROGRAM = """
import os, time
from gac_core.engine import executors
executors._import_engine = os.getpid
if __name__ == "__main__":
    with executors.LocalExecutor([executors._WorkerProcess({}) for _ in range(2)]) as executor:
        pids = {executor.submit(os.getpid).result() for _ in range(2)}
        [executor.submit(time.sleep, 100) for _ in range(2)]
        print(*pids, flush=True)
        time.sleep(100)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
def test_processes_end_with_a_batch_that_is_killed(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    root = str(Path(executors.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    ) as program:
        assert program.stdout.readline().strip()
        children = psutil.Process(program.pid).children(recursive=True)
        assert len(children) >= 2
        program.kill()
    wait_until(lambda: not any(is_alive(child.pid) for child in children))


def needed(*_):
    """Bytes of a worker."""
    return 3_000_000_000


@pytest.mark.parametrize(
    ("available", "count"), [(64_000_000_000, 2), (5_000_000_000, 1), (500_000_000, 1)]
)
def test_no_more_processes_than_memory_allows(available, count, monkeypatch):
    monkeypatch.setattr(executors, "memory_task", needed)
    free = SimpleNamespace(available=available)
    monkeypatch.setattr(executors.psutil, "virtual_memory", lambda: free)
    with Workers(count=2, threads=1, device="cpu").open("demo") as workers:
        assert workers.count() == count
        notes = notes_with([workers.note], 1, 2, template=executors.TOO_LITTLE_MEMORY)
        assert bool(notes) == (count < 2)
        found = results(workers, dict.fromkeys(range(4), (look, 0.3)))
    assert len({pid for pid, _, _ in found.values()}) == count


def test_a_process_that_ends_as_it_starts_ends_the_batch_in_words(monkeypatch):
    monkeypatch.setattr(executors, "memory_task", exit_at_once)
    with (
        raises(DeviceError, "worker-ended-at-start") as caught,
        Workers(count=1, threads=1, device="cpu").open("demo"),
    ):
        pass
    assert caught.value.remedy


@pytest.mark.parametrize(("visible", "names"), [(None, ["0", "1", "0"]), ("2, 5", ["2", "5", "2"])])
def test_each_process_has_a_gpu_and_its_threads(visible, names, monkeypatch):
    monkeypatch.setattr(executors, "count_gpus", lambda: 2)
    monkeypatch.setattr(executors, "memory_task", needed)
    if visible is None:
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    else:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    workers = Workers(count=3, threads=4)
    variables = [workers._variables(number) for number in range(3)]
    assert [one["CUDA_VISIBLE_DEVICES"] for one in variables] == names
    assert Workers().processes == 2
    for single in (Workers(count=1), Workers(count=3, device="cpu")):
        assert "CUDA_VISIBLE_DEVICES" not in single._variables(0)
    process = executors._WorkerProcess(variables[1])
    with LocalExecutor([process]) as executor:
        found = [
            executor.submit(os.getenv, name).result()
            for name in ("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS")
        ]
    assert found == [names[1], "4"]


class Immediate:
    """Executor of tasks that are done at once."""

    def submit(self, task, *values):
        future = executors.Future()
        future.set_result(task(*values))
        return future


@pytest.mark.parametrize(("may_pass", "calls"), [(True, 3), (False, 1)])
def test_only_what_may_pass_is_tried_again(may_pass, calls):
    tries = []

    def fail():
        tries.append(0)
        return Failed("No.", may_pass=may_pass, remedy="")

    (result,) = results(Pool(Immediate(), lambda: 1), {0: (fail,)}, retries=2).values()
    assert result.message == "No." and len(tries) == calls


def test_few_tasks_wait_at_the_workers_so_that_urgent_ones_come_next():
    rooms = []

    def more(room):
        rooms.append(room)
        return [(len(rooms), int, ())] if len(rooms) < 5 else []

    queue = TaskQueue(Pool(Immediate(), lambda: 3), 0, print)
    assert len(dict(queue.results(more))) == 4
    assert max(rooms) == 3 * executors.TASKS_PER_WORKER
