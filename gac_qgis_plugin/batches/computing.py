"""A batch on its way, in a process of its own that ends with it."""

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
    """Carries a batch out, or goes on with it; not for the main thread.

    Args:
        engine: Of this installation.
        order: What to do.
        tell: Told how far it is, in percent and in words.
        say: Told what is worth keeping: the dashboard's address, say.
        is_cancelled: Asked ten times a second.

    Returns:
        What its `summary.json` holds.

    Raises:
        PluginError: If it could not be carried out. Scenes and blocks that failed are told in the
            summary.
        BuildCancelled: If it was cancelled; what is complete stays.
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
    """Percent and words of a `progress` event."""
    done, total = int(event.get("done") or 0), int(event.get("total") or 0)
    failed = int(event.get("failed") or 0)
    text = translated(str(event.get("message") or ""))
    if total:
        text = tr("{}: {} of {} steps").format(text, done, total)
    if failed:
        text = tr("{}, {} failed").format(text, failed)
    return (100.0 * done / total if total else 0.0), text
