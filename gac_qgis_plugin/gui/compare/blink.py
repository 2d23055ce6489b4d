"""Switching between stages in place, where the eye sees changes best."""

from __future__ import annotations

from gac_qgis_plugin.results import ResultRun

RADAR = 0
"""The step in which all stages are hidden, so that the map shows what lies beneath the group."""


def steps(run: ResultRun) -> list[int]:
    """Return the available steps: the radar, and the existing stages."""
    return [RADAR, *sorted(run.nodes)]


def shown_step(run: ResultRun) -> int | None:
    """Return the step that the map shows; None if several stages are on."""
    visible = [stage for stage, node in run.nodes.items() if node.itemVisibilityChecked()]
    if any(node.itemVisibilityChecked() for node in run.differences):
        return None
    if not visible:
        return RADAR
    return visible[0] if len(visible) == 1 else None


def show_step(run: ResultRun, step: int) -> None:
    """Show one stage of a run, or none, without switching anything outside the run's group.

    The group itself is switched on, as a hidden group shows nothing.
    """
    if run.group is not None and step != RADAR:
        run.group.setItemVisibilityChecked(True)
    # Show the new one first: otherwise the map would flash what lies beneath.
    if step in run.nodes:
        run.nodes[step].setItemVisibilityChecked(True)
    for stage, node in run.nodes.items():
        if stage != step:
            node.setItemVisibilityChecked(False)
    for node in run.differences:
        node.setItemVisibilityChecked(False)


def next_step(run: ResultRun, by: int) -> int:
    """Return the step after (`by` 1) or before (`by` -1) the one that the map shows."""
    order = steps(run)
    step = shown_step(run)
    if step is None:
        # Several are on: start from the visible one, the topmost, which is the last stage.
        step = order[-1]
    return order[(order.index(step) + by) % len(order)]


def current_run(runs: list[ResultRun], folder: object) -> ResultRun | None:
    """Return the run of a folder, or the uppermost one."""
    return next((run for run in runs if run.folder == folder), runs[0] if runs else None)
