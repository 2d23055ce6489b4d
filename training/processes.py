"""Processes of a training: launch, messages, stop signals, and the lock of the folder.

Every exchange follows a roll call (`Team.all_gather`): each process reports that it is well.
A process that has failed or was asked to stop reports so in the next one instead, so that none
waits for an answer that never comes. The system reports killed processes.

A single process is a team of one, for which all this does nothing. On one computer Lightning starts
the other processes with the same command line; under torchrun or Slurm they exist, and it
determines the rank. Its strategy, PyTorch's DistributedDataParallel, adds up the gradients of
`training.fit.step`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import torch
import torch.distributed as dist
from filelock import FileLock, Timeout
from torch.distributed import ProcessGroup

from gac_core.contract.errors import GacError, OutputError, RequestError, is_out_of_memory
from gac_core.contract.message import Message
from gac_core.io import write_error
from gac_core.process import exit_with_parent
from training.fit.settings import FitSettings

if TYPE_CHECKING:
    from lightning.fabric import Fabric

T = TypeVar("T")
Item = TypeVar("Item")

PATIENCE = timedelta(days=1)
"""Timeout for messages of another process: validation may take hours. A killed one is noticed."""
_REMEDY = Message(
    "--devices is the number of devices of each node, --num-nodes that of nodes; Slurm's "
    "--ntasks-per-node and torchrun's --nproc-per-node must be the same as --devices."
)

LOCK = ".lock"
"""File that locks a training's folder."""

_locks: list[FileLock] = []


class Stopped(GacError):
    """Error of a training stopped from outside; it can be resumed."""

    code = "stopped"


class StopSignals:
    """Context that records the first stop signal; the second one is obeyed.

    Attributes:
        is_requested: True after a stop signal.
    """

    def __init__(self) -> None:
        self.is_requested = False
        self._previous_handlers: dict[int, Any] = {}

    def __enter__(self) -> StopSignals:
        # Only the main thread can handle signals in Python.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._previous_handlers[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.is_requested = True
        self._restore()

    def _restore(self) -> None:
        while self._previous_handlers:
            signal.signal(*self._previous_handlers.popitem())


def until_stopped(
    items: Iterable[Item], stop: StopSignals, any_requested: Callable[[bool], bool] = bool
) -> Iterator[Item]:
    """Yield items until a stop is requested.

    Args:
        items: Items to yield.
        stop: Stop signals of this process.
        any_requested: Returns whether any process was asked to stop, given this one's answer, so
            that all stop at the same item.

    Raises:
        Stopped: Instead of yielding the next item.
    """
    source = iter(items)
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        except Exception as error:
            # Ctrl-C ends a loader's worker processes too; the loader's error varies.
            if stop.is_requested:
                raise Stopped(Message("Stopped from outside."), problem="stopped") from error
            raise
        if any_requested(stop.is_requested):
            raise Stopped(Message("Stopped from outside."), problem="stopped")
        yield item


class ProcessLost(GacError):
    """Error of a training that lost another process."""

    code = "lost"


@dataclass(frozen=True)
class ProcessMessage:
    """Message of a process in a roll call.

    Attributes:
        value: Value for the others, if it is well.
        error: Code, problem, message and remedy, if it has failed.
    """

    value: Any = None
    error: tuple[str, str, str, str] | None = None


class Team:
    """Processes of a training, from the perspective of one of them.

    Args:
        rank: Rank among all processes, from 0.
        size: Number of processes.
        control_group: Process group for messages; None: a single process.
        fabric: Fabric that launched the processes; None: a single process.

    Attributes:
        rank: Rank among all processes, from 0.
        size: Number of processes.
        fabric: Fabric of the processes, for device, precision and gradients; None for a single one.
    """

    def __init__(
        self,
        rank: int = 0,
        size: int = 1,
        control_group: dist.ProcessGroup | None = None,
        fabric: Fabric | None = None,
    ) -> None:
        self.rank = rank
        self.size = size
        self.fabric = fabric
        self._control_group = control_group
        self._ended = False
        self._broken = False

    @property
    def is_lead(self) -> bool:
        """True for the process that holds the folder, writes, validates and prints."""
        return self.rank == 0

    @property
    def reports_end(self) -> bool:
        """True if this process reports how the training ended; each reports lost ones."""
        return self.is_lead or self._broken

    def all_gather(self, value: T) -> list[T]:
        """Exchange values with all processes; return them by rank.

        Raises:
            Stopped: If a process was asked to stop.
            GacError: If a process failed, with its message.
            Lost: If a process is gone.
        """
        if self._control_group is None:
            return [value]
        messages = self._roll_call(ProcessMessage(value))
        for other in messages:
            if other.error is not None:
                self._ended = True
                raise _recreate_error(*other.error)
        return [other.value for other in messages]

    def broadcast_from_lead(self, make: Callable[[], T]) -> T:
        """Return the lead's value in all processes; the others wait.

        Args:
            make: Called in the lead only; its tensors must be on the CPU.

        Raises:
            GacError: As for `all_gather`.
        """
        value = make() if self.is_lead else None
        if self._control_group is None:
            return value  # type: ignore[return-value]
        self.all_gather(None)
        box = [value]
        with self.linked():
            dist.broadcast_object_list(box, src=0, group=self._control_group)
        return box[0]  # type: ignore[return-value]

    def shard(self, items: Sequence[T]) -> Sequence[T]:
        """Return this process's share of work that can be done in any order."""
        return items[self.rank :: self.size]

    def report_failure(self, error: GacError) -> None:
        """Tell the others that this process failed, unless they know."""
        if self._control_group is None or self._ended or self._broken:
            return
        self._ended = True
        try:
            reason = (error.code, error.problem, error.message, error.remedy)
            self._roll_call(ProcessMessage(error=reason))
        except ProcessLost:
            return

    def finish(self) -> None:
        """Confirm that all processes have finished their work.

        Raises:
            GacError: As for `all_gather`: one has not.
        """
        self.all_gather(None)
        self._ended = True

    def dissolve(self) -> None:
        """Wait until all have cleaned up, then dissolve the team.

        Launchers end the other processes as soon as one has ended, so none may leave while another
        writes.
        """
        if self._control_group is None or self._broken or not self._ended:
            return
        try:
            self._roll_call(ProcessMessage())
        except ProcessLost:
            return
        dist.destroy_process_group()

    def _roll_call(self, message: ProcessMessage) -> list[ProcessMessage]:
        messages: list[Any] = [None] * self.size
        with self.linked():
            dist.all_gather_object(messages, message, group=self._control_group)
        return messages

    @contextmanager
    def linked(self) -> Iterator[None]:
        """Context of an exchange that cannot be repeated: after an error in it all processes end.

        Raises:
            ProcessLost: If another process is gone.
        """
        try:
            yield
        except BaseException as error:
            self._broken = self.size > 1
            if not self._broken or not isinstance(error, RuntimeError) or is_out_of_memory(error):
                raise
            raise ProcessLost(
                Message(
                    "Another process of this training has ended without a word: it was killed, or "
                    "its computer or the network is gone."
                ),
                Message(
                    "See that each has memory enough; the same command with --resume goes on from "
                    "the last checkpoint."
                ),
                problem="process-lost",
            ) from error


def _recreate_error(code: str, problem: str, message: str, remedy: str) -> GacError:
    """Recreate another process's error."""
    if code == Stopped.code:
        return Stopped(message, remedy, problem=problem)
    error = GacError(message, remedy, problem=problem)
    error.code = code
    return error


_SINGLE = Team()
_team: Team | None = None
_CALLER = "GAC_CALLER"
"""Environment variable of processes started by Lightning: id of the calling process."""


def current_team() -> Team:
    """Return the team of this process."""
    return _team or _SINGLE


def launch_team(settings: FitSettings) -> Team:
    """Start or join the other processes and return their team; idempotent.

    From then on, all but the lead print only errors.

    Raises:
        RequestError: If there are too few devices, or the cluster started another number of
            processes.
    """
    global _team
    if _team is not None:
        return _team
    cuda = settings.device != "cpu" and torch.cuda.is_available()
    available = torch.cuda.device_count() if cuda else settings.devices or 1
    devices = settings.devices or available
    if devices > available:
        raise RequestError(
            Message("{} devices were asked for, and here are {}.", devices, available),
            Message("Give --devices no more than there are, or auto."),
            problem="too-few-devices",
        )
    if devices * settings.num_nodes == 1:
        _refuse_others()
        return _SINGLE
    from lightning.fabric import Fabric
    from lightning.fabric.strategies.ddp import DDPStrategy

    # Silences banners; the message that a started process has ended it is kept.
    for name in ("fabric", "pytorch"):
        logging.getLogger(f"lightning.{name}.utilities").setLevel(logging.WARNING)

    try:
        fabric = Fabric(
            accelerator="cuda" if cuda else "cpu",
            devices=devices,
            num_nodes=settings.num_nodes,
            # What trains is sent by the lead before the first step; the frozen base is equal.
            strategy=DDPStrategy(broadcast_buffers=False, init_sync=False),
            precision=lightning_precision(settings.precision, cuda),  # type: ignore[arg-type]
        )
        environment = fabric.strategy.cluster_environment  # type: ignore[attr-defined]
        if not environment.creates_processes_externally:
            os.environ[_CALLER] = str(os.getpid())
        elif _CALLER in os.environ:
            # Before the rendezvous, which may take half an hour, and during work of their own,
            # which has no roll call.
            exit_with_parent(int(os.environ[_CALLER]))
        fabric.launch()
    except (ValueError, RuntimeError) as error:
        # The group did not form, or the numbers differ from the cluster's.
        raise RequestError(
            Message("The processes could not be started: {}", error),
            _REMEDY,
            problem="processes-not-started",
        ) from error
    control_group = cast(
        ProcessGroup, torch.distributed.new_group(backend="gloo", timeout=PATIENCE)
    )
    _team = Team(fabric.global_rank, fabric.world_size, control_group, fabric)
    if not _team.is_lead:
        # Until the process ends: only the lead prints.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    return _team


def lightning_precision(requested: str, cuda: bool) -> str:
    """Return Lightning's name of the precision to train in."""
    if not cuda or requested == "32":
        return "32-true"
    if requested != "auto":
        return requested
    # GPUs before Ampere emulate bf16, which is slow.
    native = torch.cuda.is_bf16_supported(including_emulation=False)
    return "bf16-mixed" if native else "16-mixed"


def _refuse_others() -> None:
    """Refuse to be one of several processes if each would do the whole training.

    Raises:
        RequestError: If torchrun or Slurm's srun started several.
    """
    for variable in ("WORLD_SIZE", "SLURM_STEP_NUM_TASKS"):
        started = os.environ.get(variable, "1")
        if started.isdecimal() and int(started) > 1:
            raise RequestError(
                Message(
                    "This command was started {} times ({}), for one device.", started, variable
                ),
                _REMEDY,
                problem="command-started-repeatedly",
            )


def dissolve_team() -> None:
    """Leave the team in order; to be called last, however the work ended."""
    global _team
    if _team is not None:
        _team.dissolve()
        _team = None


def exit_status(status: int) -> int:
    """Return the exit status of this process, given the status of its work.

    Lightning kills the calling process, before it has ended, when a process that it started ends
    with a status other than 0: started processes therefore leave the status to the caller.
    """
    return 0 if _started() and not current_team().reports_end else status


def _started() -> bool:
    """Return whether Lightning started this process and the calling process still lives."""
    return os.environ.get(_CALLER) == str(os.getppid())


@contextmanager
def folder_lock(out: Path) -> Iterator[None]:
    """Lock a folder within the context, creating it if needed; reentrant within a process.

    The system releases the lock when the process ends, however it ends.

    Raises:
        OutputError: If another process holds the lock, or the folder cannot be written.
    """
    lock = _acquire(out)
    try:
        yield
    finally:
        lock.release()


def acquire_lock(out: Path) -> None:
    """Lock a folder as `folder_lock` does, until `release_locks`.

    Raises:
        OutputError: Likewise.
    """
    _locks.append(_acquire(out))


def release_locks() -> None:
    """Release all locks of `acquire_lock`."""
    while _locks:
        _locks.pop().release()


def _acquire(out: Path) -> FileLock:
    try:
        out.mkdir(parents=True, exist_ok=True)
        # A singleton is reentrant within its process.
        lock = FileLock(out.resolve() / LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            Message("Another process is at work in {}.", out),
            Message("Wait until it ends, or choose another --output-dir."),
            problem="training-folder-in-use",
        ) from error
    except OSError as error:
        raise write_error(out, error) from error
    return lock
