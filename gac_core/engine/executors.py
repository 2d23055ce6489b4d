"""Executors of a batch's tasks: processes of this computer, or a Dask cluster by its address.

Either is a `concurrent.futures.Executor`.
"""

from __future__ import annotations

import ctypes.util
import importlib
import os
import queue
import signal
import subprocess  # nosec B404
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import psutil

from gac_core.contract.errors import DeviceError, DeviceLost, GacError, RequestError
from gac_core.contract.message import Message, later
from gac_core.engine.batch_tasks import Failed, memory_task
from gac_core.io import format_size
from gac_core.process import ChildContext, ChildProcess

if TYPE_CHECKING:
    from distributed import Client
    from distributed.security import Security

Key = TypeVar("Key")
Task = tuple[Key, Callable[..., Any], tuple[Any, ...]]
"""Key of a task, the function that a worker calls, and its arguments."""

TASKS_PER_WORKER = 2
"""Tasks submitted per worker at a time: none is idle while the next one is sent, and all others can
still be put in a better order.
"""
POLL_INTERVAL = 0.5
"""Seconds between looks at workers and signals."""
CONNECT_TIMEOUT = 15.0
"""Seconds in which a Dask scheduler must answer."""
MIN_WORKER_BYTES = 1_000_000_000
"""Minimum bytes of memory of a worker: PyTorch and small networks."""

_LOST = Message("The workers that computed it ended, one after another.")
_TOO_SMALL = Message("Most often memory is too small: use fewer workers, or computers with more.")

TOO_LITTLE_MEMORY = later(
    "Memory is enough for {} of {} workers: each may take {}, and {} are free."
)
WAITING = Message("Waiting for workers")
DASHBOARD = later("Dask's dashboard, if it has one: {}")
"""Templates of notes, and a line of the progress."""


@dataclass(frozen=True)
class Pool:
    """Workers that tasks can be submitted to.

    Attributes:
        executor: Their executor.
        count: Returns the number of tasks that they can compute at the same time.
        note: Message for the user; may be empty.
    """

    executor: Executor
    count: Callable[[], int]
    note: str = ""


class TaskQueue(Generic[Key]):
    """Queue of tasks, of which those that fail are tried again.

    Args:
        pool: The workers.
        retries: How often a task is tried again if it fails or its worker ends.
        on_wait: Called with what is missing while there is no worker.
    """

    def __init__(self, pool: Pool, retries: int, on_wait: Callable[[str], None]) -> None:
        self._pool, self._retries, self._on_wait = pool, retries, on_wait

    def results(self, source: Callable[[int], Iterable[Task[Key]]]) -> Iterator[tuple[Key, Any]]:
        """Yield the keys of tasks with their results, in the order in which they end.

        Args:
            source: Returns at most so many further tasks, the most urgent first. The queue ends
                when it has none and all others have ended.

        Raises:
            GacError: If the Dask scheduler is gone.
        """
        running: dict[Future[Any], tuple[Task[Key], int]] = {}
        while True:
            workers = self._pool.count()
            room = TASKS_PER_WORKER * workers - len(running)
            for task in source(room) if room > 0 else ():
                running[self._submit(task)] = task, 0
            if not workers:
                self._on_wait(WAITING)
            elif not running:
                return
            if not running:
                time.sleep(POLL_INTERVAL)
            for future in wait(running, POLL_INTERVAL, FIRST_COMPLETED).done:
                task, tries = running.pop(future)
                result = _result(future)
                if isinstance(result, Failed) and result.may_pass and tries < self._retries:
                    running[self._submit(task)] = task, tries + 1
                else:
                    yield task[0], result

    def _submit(self, task: Task[Key]) -> Future[Any]:
        _, function, values = task
        return self._pool.executor.submit(function, *values)


def _result(future: Future[Any]) -> Any:
    """Return the result of a task; only the loss of its worker is an exception.

    Raises:
        GacError: If the Dask scheduler is gone.
    """
    try:
        return future.result()
    except CancelledError as error:
        raise _scheduler_lost() from error
    except BrokenExecutor:
        return Failed(_LOST, _TOO_SMALL, may_pass=True, problem="worker-lost")
    except Exception as error:
        # Dask has tried it on several workers already.
        if type(error).__name__ == "KilledWorker":
            return Failed(_LOST, _TOO_SMALL, problem="worker-lost")
        return Failed.of(error)


def _scheduler_lost() -> GacError:
    return GacError(
        Message("The Dask scheduler no longer answers."),
        Message("Start it again, and run the same command: what is complete stays."),
        problem="scheduler-lost",
    )


class _Context(ChildContext):
    """Multiprocessing context that remembers its processes, so that they can be killed."""

    def __init__(self) -> None:
        super().__init__()
        self._children: list[ChildProcess] = []
        self.Process = self._process  # type: ignore[assignment,misc]

    def _process(self, *args: Any, **options: Any) -> ChildProcess:
        child = ChildProcess(*args, **options)
        self._children.append(child)
        return child

    def kill(self) -> None:
        """Kill its processes."""
        for child in self._children:
            if child.pid is not None:
                child.kill()


class _WorkerProcess:
    """One process of this computer; if it ends, the next task gets another one.

    In a pool of several, one that ends would take the others and their tasks with it.

    Args:
        variables: Environment variables for it.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        self._context, self._variables = _Context(), variables
        self._start()

    def _start(self) -> None:
        self._pool = ProcessPoolExecutor(
            1, mp_context=self._context, initializer=_prepare, initargs=(self._variables,)
        )
        self._submit(_import_engine)

    def call(self, function: Callable[..., Any], *values: Any) -> Any:
        """Return the result of a function that the process calls.

        Raises:
            BrokenExecutor: If the process ended meanwhile.
        """
        try:
            future = self._submit(function, *values)
        except BrokenExecutor:
            # It ended while it was idle: that is not this task's doing.
            self._start()
            future = self._submit(function, *values)
        while not future.done():
            # Windows interrupts no wait without an end.
            wait([future], POLL_INTERVAL)
        result = future.result()
        if isinstance(result, Failed) and issubclass(result.kind, DeviceLost):
            # Nothing that this process computes on the GPU can succeed any more.
            self.kill()
            self._start()
        return result

    def kill(self) -> None:
        """Kill the process; everything that a task writes is on disk before it returns.

        Unloading PyTorch's modules would take four seconds.
        """
        self._context.kill()

    def _submit(self, function: Callable[..., Any], *values: Any) -> Future[Any]:
        # A process inherits the mask, and Ctrl+C in a terminal reaches it too.
        if sys.platform == "win32":
            return self._pool.submit(function, *values)
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            return self._pool.submit(function, *values)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _prepare(variables: dict[str, str]) -> None:
    """Prepare a new process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(variables)
    if not os.environ.get("GAC_DEBUG"):
        # TerraTorch's dependencies warn about each other on import, which does not help users.
        warnings.filterwarnings("ignore")


def _import_engine() -> None:
    """Import PyTorch and the engine, which takes a while: all processes do so at the same time."""
    importlib.import_module("gac_core.engine.batch_worker")


class LocalExecutor(ThreadPoolExecutor):
    """Executor of processes of this computer, each behind a thread.

    Args:
        processes: The processes.
    """

    def __init__(self, processes: Sequence[_WorkerProcess]) -> None:
        super().__init__(len(processes), thread_name_prefix="gac-batch")
        self._processes = processes
        self._unfinished: set[Future[Any]] = set()
        # The one that was used last has the networks, and the scene, in memory.
        self._idle: queue.LifoQueue[_WorkerProcess] = queue.LifoQueue()
        for process in reversed(processes):
            self._idle.put(process)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit a task to the next process that is idle."""
        future = super().submit(self._call, fn, *args, **kwargs)
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        return future

    def _call(self, function: Callable[..., Any], *values: Any) -> Any:
        process = self._idle.get()
        try:
            return process.call(function, *values)
        finally:
            self._idle.put(process)

    def __exit__(self, *_: object) -> None:
        """End all processes, and with them all tasks."""
        self.shutdown(wait=False, cancel_futures=True)
        while True:
            for process in self._processes:
                process.kill()
            # A process may have been about to start.
            if not wait(list(self._unfinished), timeout=0.1).not_done:
                return


@cache
def count_gpus() -> int:
    """Return the number of GPUs that PyTorch can use.

    PyTorch is asked in a separate process, since nothing else here needs its half gigabyte, and not
    at all if NVIDIA's driver is not installed.
    """
    if ctypes.util.find_library("nvcuda" if os.name == "nt" else "cuda") is None:
        return 0
    program = "import torch; print(torch.cuda.device_count())"
    result = subprocess.run(  # nosec B603
        [sys.executable, "-c", program], capture_output=True, check=False
    )
    return int(result.stdout) if result.returncode == 0 else 0


@dataclass(frozen=True)
class Workers:
    """Workers of a batch.

    Attributes:
        address: Address of a Dask scheduler; "": local processes.
        count: Number of local processes; None: one, or one for each GPU.
        threads: PyTorch threads in each; None: an equal share of this computer's cores.
        device: Device, as in a request.
        tls_ca: Certificate authority file that a scheduler's TLS is verified with.
        tls_cert: Client certificate.
        tls_key: Key of the client certificate.
    """

    address: str = ""
    count: int | None = None
    threads: int | None = None
    device: str = "auto"
    tls_ca: str = ""
    tls_cert: str = ""
    tls_key: str = ""

    def __post_init__(self) -> None:
        for name, value in (("workers", self.count), ("threads", self.threads)):
            if value is not None and value < 1:
                raise RequestError(
                    Message("{} {} were asked for.", value, name),
                    Message("At least one is needed."),
                    problem="count-below-one",
                )
        if self.address and self.count is not None:
            raise RequestError(
                Message("A number of workers was given, and a scheduler, which has its own."),
                Message("Leave out --workers or --scheduler."),
                problem="workers-and-scheduler",
            )
        if self.tls_ca and not self.address.startswith("tls://"):
            raise RequestError(
                Message("Certificates were given for a scheduler whose address is not tls://."),
                Message("Give the scheduler's address as tls://host:port."),
                problem="certificates-without-tls",
            )

    @property
    def processes(self) -> int:
        """Number of local processes."""
        return self.count or max(1, self._gpus)

    @property
    def each(self) -> int:
        """PyTorch threads in each worker."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.threads or (1 if self.address else max(1, (cores or 1) // self.processes))

    @property
    def _gpus(self) -> int:
        return 0 if self.device == "cpu" else count_gpus()

    @contextmanager
    def open(self, bundle: str) -> Iterator[Pool]:
        """Start local processes, which end with the context, or connect to the cluster.

        Args:
            bundle: Bundle of the batch, whose networks take memory in each process.

        Raises:
            RequestError: If there is no scheduler at the address.
            DeviceError: If a process ends while it starts.
        """
        if self.address:
            with self._connected() as client:
                yield _cluster_pool(client)
            return
        available = psutil.virtual_memory().available
        count = max(1, min(self.processes, available // MIN_WORKER_BYTES))
        with ExitStack() as stack:
            processes = []
            for number in range(count):
                processes.append(_WorkerProcess(self._variables(number)))
                stack.callback(processes[-1].kill)
            needed = self._memory(processes[0], bundle)
            count = max(1, min(count, available // needed))
            for process in processes[count:]:
                process.kill()
            note = ""
            if count < self.processes:
                note = Message(
                    TOO_LITTLE_MEMORY,
                    count,
                    self.processes,
                    format_size(needed),
                    format_size(available),
                )
            executor = stack.enter_context(LocalExecutor(processes[:count]))
            yield Pool(executor, lambda: count, note)

    def _memory(self, process: _WorkerProcess, bundle: str) -> int:
        """Return the bytes that a process takes at most; the least one if that is unknown."""
        try:
            needed = process.call(memory_task, bundle, self.device, self.each)
        except BrokenExecutor as error:
            raise DeviceError(
                Message("A worker's process ended while it started."),
                _TOO_SMALL,
                problem="worker-ended-at-start",
            ) from error
        # Without the bundle, no scene can be planned either.
        return needed if isinstance(needed, int) else MIN_WORKER_BYTES

    def _variables(self, number: int) -> dict[str, str]:
        """Return the environment variables of a local process: its threads, and its own GPU."""
        # PyTorch has a setting of its own; NumPy's library reads this one.
        variables = {"OMP_NUM_THREADS": str(self.each)}
        if self.processes > 1 and self._gpus > 1:
            visible = os.environ.get("CUDA_VISIBLE_DEVICES")
            names = visible.split(",") if visible else [str(gpu) for gpu in range(self._gpus)]
            variables["CUDA_VISIBLE_DEVICES"] = names[number % self._gpus].strip()
        return variables

    def _security(self) -> Security:
        """Return the TLS settings: the named files, or else Dask's own configuration.

        Raises:
            RequestError: If the address needs certificates and there are no readable ones.
        """
        from distributed.security import Security

        security = Security()
        if self.tls_ca:
            security = Security(
                tls_ca_file=self.tls_ca,
                tls_client_cert=self.tls_cert or None,
                tls_client_key=self.tls_key or None,
                require_encryption=True,
            )
        try:
            context = security.get_connection_args("client").get("ssl_context")
        except OSError as error:
            raise RequestError(
                Message("The certificates for {} cannot be read: {}.", self.address, error),
                Message("Give PEM files with --tls-ca, --tls-cert and --tls-key."),
                problem="certificates-unreadable",
            ) from error
        if context is None and self.address.startswith("tls://"):
            raise RequestError(
                Message("The scheduler at {} takes encrypted connections only.", self.address),
                Message(
                    "Give its certificates with --tls-ca, --tls-cert and --tls-key, or "
                    "in Dask's own configuration."
                ),
                problem="scheduler-needs-certificates",
            )
        return security

    @contextmanager
    def _connected(self) -> Iterator[Client]:
        """Connect to the Dask scheduler.

        Raises:
            RequestError: If Dask is not installed, or no scheduler answers at the address.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise RequestError(
                Message("Dask, which reaches the workers of a scheduler, is not installed."),
                Message(
                    "Install the package distributed for {}, or leave out --scheduler: "
                    "processes of this computer need none.",
                    sys.executable,
                ),
                problem="dask-missing",
            ) from error
        security = self._security()
        try:
            client = Client(
                self.address, timeout=CONNECT_TIMEOUT, security=security, set_as_default=False
            )
        except (OSError, ValueError, RuntimeError, TypeError) as error:
            raise RequestError(
                Message("No Dask scheduler answers at {}: {}.", self.address, error),
                Message(
                    "Start it (dask scheduler), check the address, and for tls:// the certificates."
                ),
                problem="scheduler-unreachable",
            ) from error
        try:
            yield client
        finally:
            # The scheduler and its workers keep running: they belong to others.
            with suppress(OSError):
                client.close(timeout=5)


def _cluster_pool(client: Client) -> Pool:
    def count() -> int:
        try:
            return sum(client.nthreads().values())
        except OSError as error:
            raise _scheduler_lost() from error

    note = Message(DASHBOARD, client.dashboard_link)
    return Pool(client.get_executor(pure=False), count, note)
