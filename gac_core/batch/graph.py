"""Which tasks a scene takes, and which of them each one waits for."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from gac_core.batch.cutting import Cell, cells_of
from gac_core.batch.plan import Plan
from gac_core.stages.base import READS


class Step(NamedTuple):
    """One stage of one block."""

    stage: int
    cell: Cell

    @property
    def name(self) -> str:
        """For people and file names."""
        return f"opt_v{self.stage}/{self.cell.name}"


class Graph:
    """The steps of a scene.

    Args:
        plan: How it is cut.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def steps(self) -> list[Step]:
        """All steps, row by row, stage 1 first."""
        return [
            Step(stage, cell) for stage in self._plan.stages for cell in self._plan.cells(stage)
        ]

    @cached_property
    def needs(self) -> dict[Step, tuple[Step, ...]]:
        """By step, those whose working files it reads."""
        found = {}
        for step in self.steps:
            halo = self._plan.seen(step.stage, step.cell) if READS[step.stage] else None
            found[step] = (
                tuple(
                    Step(earlier, cell)
                    for earlier in READS[step.stage]
                    for cell in cells_of(
                        halo.intersection(self._plan.areas[earlier]), self._plan.side
                    )
                )
                if halo is not None
                else ()
            )
        return found

    @cached_property
    def read_by(self) -> dict[Step, tuple[Step, ...]]:
        """By step, those that read its working file."""
        found: dict[Step, list[Step]] = defaultdict(list)
        for step, needed in self.needs.items():
            for one in needed:
                found[one].append(step)
        return {step: tuple(found[step]) for step in self.steps}
