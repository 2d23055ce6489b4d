"""Computation of a batch in a child process that ends with it."""

from __future__ import annotations

from typing import Any, Callable

from gac_qgis_plugin.batches.order import BatchOrder
from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker import commands
from gac_qgis_plugin.worker.protocol import Event

Tell = Callable[[float, str], object]


def compute(
    engine: commands.Engine,
    order: BatchOrder,
    tell: Tell,
    say: Callable[[str], object] = processes.nothing,
    is_cancelled: Callable[[], bool] = processes.never,
) -> dict[str, Any]:
    """Compute or resume a batch; not for the main thread.

    Args:
        engine: The engine of this installation.
        order: The batch to compute.
        tell: Receives the progress in percent and in words.
        say: Receives messages worth keeping, e.g. the dashboard's address.
        is_cancelled: Polled ten times a second.

    Returns:
        The content of its `summary.json`.

    Raises:
        PluginError: If it could not be computed. Failed scenes and blocks are listed in the
            summary.
        BuildCancelled: If it was cancelled; complete blocks stay.
    """

    def on_event(event: Event) -> None:
        if event["event"] == "progress":
            tell(*progress(event))
        elif event["event"] == "dashboard":
            say(tr("Dask's dashboard: {}").format(event.get("address")))

    failure = (
        tr("The batch ended without a word."),
        tr("What is complete stays: run it again with the same output folder to go on."),
    )
    return commands.ask(engine, order.arguments(), failure, on_event, is_cancelled)


def progress(event: Event) -> tuple[float, str]:
    """Return percent and message of a `progress` event."""
    done, total = int(event.get("done") or 0), int(event.get("total") or 0)
    failed = int(event.get("failed") or 0)
    text = translated(str(event.get("message") or ""))
    if total:
        text = tr("{}: {} of {} steps").format(text, done, total)
    if failed:
        text = tr("{}, {} failed").format(text, failed)
    return (100.0 * done / total if total else 0.0), text
