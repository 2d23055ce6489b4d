"""What a batch tells of itself in `summary.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gac_core import __version__
from gac_core.batch.state import EMPTY, State
from gac_core.contract.layout import COLLECTION
from gac_core.runs.journal import now

Values = dict[str, Any]


def summary_of(
    states: Sequence[State],
    refused: Mapping[str, tuple[str, str]],
    scores: Mapping[str, Mapping[str, Values]],
    notes: Mapping[str, Sequence[str]],
    **values: Any,
) -> Values:
    """All of it, JSON-ready.

    Args:
        states: Of the scenes.
        refused: Why other scenes are not computed, and what to do, by their names.
        scores: Of whole scenes, by their and the stages' names.
        notes: What else is to be told of scenes, by their names.
        **values: `status`, `started` and `seconds` of the batch.
    """
    return {
        "synthetic": True,
        "gac_version": __version__,
        **values,
        "updated": now(),
        "collection": COLLECTION,
        "scenes": {
            **{
                s.plan.name: _scene(s, scores.get(s.plan.name, {}), notes.get(s.plan.name, ()))
                for s in states
            },
            **{
                name: {"status": "refused", "why": why, "remedy": remedy}
                for name, (why, remedy) in refused.items()
            },
        },
    }


def _scene(state: State, scores: Mapping[str, Values], notes: Sequence[str]) -> Values:
    plan, done = state.plan, state.done
    shown = plan.cells(plan.request.stages)
    return {
        "status": "failed" if state.failed else "running" if state.todo else "complete",
        "sar": list(plan.request.sar),
        "epsg": plan.grid.epsg,
        "block": plan.side,
        "blocks": len(shown),
        "empty": sum(
            step.stage == plan.request.stages and one.status == EMPTY for step, one in done.items()
        ),
        "complete": {f"opt_v{stage}": len(state.files(stage)) for stage in plan.stages},
        "left": len(state.todo),
        "holes": [
            {"block": step.cell.name, "stage": step.stage, "why": why, "remedy": remedy}
            for step, (why, remedy) in sorted(state.failed.items())
        ],
        "beside_holes": sorted({step.cell.name for step, one in done.items() if one.missing}),
        "scores": dict(scores),
        "seconds": {
            f"opt_v{stage}": round(
                sum(one.seconds for step, one in done.items() if step.stage == stage), 3
            )
            for stage in plan.stages
        },
        "workers": sorted({one.worker for one in done.values()}),
        "notes": [*plan.warnings, *notes],
    }
