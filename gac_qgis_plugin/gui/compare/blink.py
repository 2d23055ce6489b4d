"""One stage at a time, in place: what the eye sees best is what changes."""

from __future__ import annotations

from gac_qgis_plugin.results import ResultRun

RADAR = 0
"""The step in which all stages are hidden, so that the map shows what lies beneath the group."""


def steps(run: ResultRun) -> list[int]:
    """What can be looked at: the radar, and the stages that are there."""
    return [RADAR, *sorted(run.nodes)]


def shown_step(run: ResultRun) -> int | None:
    """Which step the map shows; None: several stages are on, the topmost hides the others."""
    on = [stage for stage, node in run.nodes.items() if node.itemVisibilityChecked()]
    if any(node.itemVisibilityChecked() for node in run.differences):
        return None
    if not on:
        return RADAR
    return on[0] if len(on) == 1 else None


def show_step(run: ResultRun, step: int) -> None:
    """Shows one stage of a run, or none; nothing outside the run's group is switched.

    The group itself is switched on, for a hidden group shows nothing.
    """
    if run.group is not None and step != RADAR:
        run.group.setItemVisibilityChecked(True)
    # The new one first: without any, the map would flash what lies beneath.
    if step in run.nodes:
        run.nodes[step].setItemVisibilityChecked(True)
    for stage, node in run.nodes.items():
        if stage != step:
            node.setItemVisibilityChecked(False)
    for node in run.differences:
        node.setItemVisibilityChecked(False)


def next_step(run: ResultRun, by: int) -> int:
    """The step after (`by` 1) or before (`by` -1) the one that the map shows."""
    order = steps(run)
    shown = shown_step(run)
    if shown is None:
        # Several are on: begin with the one that is seen, the topmost, which is the last stage.
        shown = order[-1]
    return order[(order.index(shown) + by) % len(order)]


def current_run(runs: list[ResultRun], folder: object) -> ResultRun | None:
    """The run of a folder, or the uppermost one."""
    return next((run for run in runs if run.folder == folder), runs[0] if runs else None)
