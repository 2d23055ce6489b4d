"""Case of the memory measurement: a full-size stage with one set of training options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.fit import Batch, StageModule


@dataclass(frozen=True)
class Case:
    """Case to measure.

    Stages list theirs as `CASES` in `training.stageN.full_size`, which imports the models inside
    its functions, to keep the process that only lists cases small. Weights may be random: memory
    and time do not depend on their values.

    Attributes:
        name: Short name for the command line: `stage2`, `stage3-large`.
        title: Title in the table.
        weights: Key of the weight files; cases with the same key share them.
        write: Writes the weight files for `build`, in the published formats, to an empty folder.
            Runs in its own process.
        build: Returns the module as its command line builds it, on the CPU, and a batch of one
            sample at full size.
    """

    name: str
    title: str
    weights: str
    write: Callable[[Path], None]
    build: Callable[[Path], tuple[StageModule, Batch]]
