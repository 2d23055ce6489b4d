"""Launch of a training's processes, one per device, through Lightning.

On one computer Lightning starts the other processes with the same command line; under torchrun or
Slurm they exist, and it determines the rank. Lightning does nothing else here: gradients are added
by `training.fit.gradients`, because DistributedDataParallel's sums differ from a single process's,
and it hangs if a batch is retried in smaller pieces.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import cast

import torch
from torch.distributed import ProcessGroup

from gac_core.child_processes import die_with_parent
from gac_core.contract.errors import RequestError
from training.fit.settings import FitSettings
from training.team import Team

PATIENCE = timedelta(days=1)
"""Timeout for messages of another process: validation may take hours. A killed one is noticed."""

_REMEDY = (
    "--devices is the number of devices of each node, --num-nodes that of nodes; Slurm's "
    "--ntasks-per-node and torchrun's --nproc-per-node must be the same as --devices."
)

_ALONE = Team()
_team: Team | None = None
_CALLER = "GAC_CALLER"
"""Environment variable of processes started by Lightning: id of the calling process."""


def current() -> Team:
    """Return the team of this process."""
    return _team or _ALONE


def assemble(settings: FitSettings) -> Team:
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
            f"{devices} devices were asked for, and here are {available}.",
            "Give --devices no more than there are, or auto.",
        )
    if devices * settings.num_nodes == 1:
        _refuse_others()
        return _ALONE
    from lightning.fabric import Fabric

    # Silences banners; the message that a started process has ended it is kept.
    for name in ("fabric", "pytorch"):
        logging.getLogger(f"lightning.{name}.utilities").setLevel(logging.WARNING)

    try:
        fabric = Fabric(
            accelerator="cuda" if cuda else "cpu",
            devices=devices,
            num_nodes=settings.num_nodes,
            strategy="ddp",
        )
        environment = fabric.strategy.cluster_environment  # type: ignore[attr-defined]
        if not environment.creates_processes_externally:
            os.environ[_CALLER] = str(os.getpid())
        elif _CALLER in os.environ:
            # Before the rendezvous, which may take half an hour, and during work of their own,
            # which has no roll call.
            die_with_parent(int(os.environ[_CALLER]))
        fabric.launch()
    except (ValueError, RuntimeError) as error:
        # The group did not form, or the numbers differ from the cluster's.
        raise RequestError(f"The processes could not be started: {error}", _REMEDY) from error
    control_group = cast(
        ProcessGroup, torch.distributed.new_group(backend="gloo", timeout=PATIENCE)
    )
    _team = Team(fabric.global_rank, fabric.world_size, fabric.local_rank, control_group)
    if not _team.lead:
        # Until the process ends: only the lead prints.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    return _team


def _refuse_others() -> None:
    """Refuse to be one of several processes if each would do the whole training.

    Raises:
        RequestError: If torchrun or Slurm's srun started several.
    """
    for variable in ("WORLD_SIZE", "SLURM_STEP_NUM_TASKS"):
        started = os.environ.get(variable, "1")
        if started.isdecimal() and int(started) > 1:
            raise RequestError(
                f"This command was started {started} times ({variable}), for one device.", _REMEDY
            )


def disband() -> None:
    """Leave the team in order; to be called last, however the work ended."""
    global _team
    if _team is not None:
        _team.part()
        _team = None


def status(wanted: int) -> int:
    """Return the exit status of this process, given the status of its work.

    Lightning kills the calling process, before it has ended, when a process that it started ends
    with a status other than 0: started processes therefore leave the status to the caller.
    """
    return 0 if _started() and not current().speaks else wanted


def _started() -> bool:
    """Return whether Lightning started this process and the calling process still lives."""
    return os.environ.get(_CALLER) == str(os.getppid())
