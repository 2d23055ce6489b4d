"""Worker protocol: JSON lines as bytes, and the outcome of a run's events."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Callable

from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import Lines

NO_WORKER = "worker"
"""Error code for a missing or dead worker; never sent by the worker itself."""

MAX_LINE = 1024 * 1024
"""Maximum bytes of a line: a longer one is no message of ours, and would block the main thread."""

Event = dict[str, Any]
EventHandler = Callable[[Event], None]


def encode(message: dict[str, Any]) -> bytes:
    """Encode a message for the worker."""
    return json.dumps(message, ensure_ascii=False).encode("utf-8") + b"\n"


class LineReader:
    """Splitter of a byte stream into events; other lines go to `on_garbage`."""

    def __init__(self, on_garbage: Callable[[str], None]) -> None:
        self._lines = Lines(MAX_LINE)
        self._on_garbage = on_garbage

    @property
    def is_overlong(self) -> bool:
        """True if any line exceeded the maximum length."""
        return self._lines.is_overlong

    def feed(self, data: bytes) -> list[Event]:
        """Add bytes and return the events that they complete."""
        lines = self._lines.feed(data)
        return [event for event in map(self._decode, lines) if event is not None]

    def _decode(self, line: bytes) -> Event | None:
        text = line.decode("utf-8", errors="replace").strip()
        if not text:
            return None
        try:
            event = records.load(text)
        except ValueError:
            event = None
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            self._on_garbage(text)
            return None
        return event


@dataclass
class Outcome:
    """Outcome of a run.

    Attributes:
        state: `done`, `cancelled` (only complete stages are kept), `stopped` (everything computed
            is kept, so that the run can be resumed) or `failed`.
        result: The worker's result, for `done`.
        problem: The failure, for `failed`.
    """

    state: str
    result: Event = field(default_factory=dict)
    problem: PluginError | None = None


def outcome_of(event: Event) -> Outcome | None:
    """Return the outcome if `event` ends a run, else None."""
    if event["event"] == "result":
        return Outcome("done", result=event.get("result") or {})
    if event["event"] == "error":
        return Outcome("failed", problem=_problem_of(event))
    if event["event"] == "cancelled":
        return Outcome("cancelled")
    return None


def _problem_of(event: Event) -> PluginError:
    """Return the failure described by an `error` event of the worker."""
    message = translated(str(event.get("message") or ""))
    return PluginError(
        message or tr("The worker reported an error without a message."),
        translated(str(event.get("remedy") or "")),
        str(event.get("details") or ""),
        problem=str(event.get("problem") or ""),
    )


def error_event(problem: PluginError) -> Event:
    """Return a failure of the plugin as an event, like the worker's own errors."""
    return {
        "event": "error",
        "code": NO_WORKER,
        "problem": problem.problem,
        "message": problem.message,
        "remedy": problem.remedy,
        "details": problem.details,
    }
