"""What is measured: a stage at full size, in one way of training it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.fit import Batch, StageModule


@dataclass(frozen=True)
class Case:
    """One thing to measure.

    Stages list theirs as `CASES` in `training.stageN.full_size`, which imports the models inside
    its functions: the process that only lists cases stays small. Weights may be random: memory and
    time do not depend on their values.

    Attributes:
        name: Short, for the command line: `stage2`, `stage3-large`.
        title: For the table.
        weights: Cases with one word here build from the same files, which are written once.
        write: Writes what `build` reads into an empty folder: weight files in the published
            formats. Runs in a process of its own.
        build: The module as its command line builds it, on the CPU, and a batch of one sample at
            full size.
    """

    name: str
    title: str
    weights: str
    write: Callable[[Path], None]
    build: Callable[[Path], tuple[StageModule, Batch]]
