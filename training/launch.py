"""Starting the processes of a training, one for each device, through Lightning.

On one computer Lightning starts the others by the same command line; under torchrun or Slurm they
are there already, and it finds out which one this is. It does no more than that here: gradients
are added by `training.fit.gradients`, because DistributedDataParallel's own sums are those of no
single process, and hang where a batch is tried again in smaller pieces.
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

from gac_core.contract.errors import RequestError
from gac_core.worker.parent import die_with_parent
from training.fit.settings import FitSettings
from training.team import Team

PATIENCE = timedelta(days=1)
"""For words of another process: one that validates may take hours. A killed one is noticed."""

_REMEDY = (
    "--devices is the number of devices of each node, --num-nodes that of nodes; Slurm's "
    "--ntasks-per-node and torchrun's --nproc-per-node must be the same as --devices."
)

_ALONE = Team()
_team: Team | None = None
_CALLER = "GAC_CALLER"
"""In the environment of those that Lightning starts: the process that was called."""


def current() -> Team:
    """The team that this process is in."""
    return _team or _ALONE


def assemble(settings: FitSettings) -> Team:
    """Start the other processes, or join them; in a process that is in a team, that one.

    All but the lead print nothing from then on but what goes wrong.

    Raises:
        RequestError: If there are not so many devices, or the cluster started another number of
            processes.
    """
    global _team
    if _team is not None:
        return _team
    cuda = settings.device != "cpu" and torch.cuda.is_available()
    there = torch.cuda.device_count() if cuda else settings.devices or 1
    devices = settings.devices or there
    if devices > there:
        raise RequestError(
            f"{devices} devices were asked for, and here are {there}.",
            "Give --devices no more than there are, or auto.",
        )
    if devices * settings.num_nodes == 1:
        _refuse_others()
        return _ALONE
    from lightning.fabric import Fabric

    # Its banners; that a process it started has ended it may still say.
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
            # Before they wait for each other, which may take half an hour, and in work of their
            # own, which has no roll call.
            die_with_parent(int(os.environ[_CALLER]))
        fabric.launch()
    except (ValueError, RuntimeError) as error:
        # Of a group that did not come together, and of numbers that are not the cluster's.
        raise RequestError(f"The processes could not be started: {error}", _REMEDY) from error
    talk = cast(ProcessGroup, torch.distributed.new_group(backend="gloo", timeout=PATIENCE))
    _team = Team(fabric.global_rank, fabric.world_size, fabric.local_rank, talk)
    if not _team.lead:
        # Until the process ends: what is told is told once.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    return _team


def _refuse_others() -> None:
    """Refuse to be one of several processes where each would do all of the training.

    Raises:
        RequestError: If torchrun or Slurm's srun started more of them.
    """
    for variable in ("WORLD_SIZE", "SLURM_STEP_NUM_TASKS"):
        started = os.environ.get(variable, "1")
        if started.isdecimal() and int(started) > 1:
            raise RequestError(
                f"This command was started {started} times ({variable}), for one device.", _REMEDY
            )


def disband() -> None:
    """Part in order; to be called last, however the work ended."""
    global _team
    if _team is not None:
        _team.part()
        _team = None


def status(wanted: int) -> int:
    """The exit status of this process of a team whose work ended with one.

    Lightning kills the process that was called, before it has ended, when one that it started ends
    with another status than 0: those leave it to that one to tell how it ended.
    """
    return 0 if _started() and not current().speaks else wanted


def _started() -> bool:
    """Whether Lightning started this process, and the one that was called still lives."""
    return os.environ.get(_CALLER) == str(os.getppid())
