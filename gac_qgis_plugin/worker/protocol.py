"""JSON lines: the worker's protocol as bytes, and what a run's events come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Callable

from gac_qgis_plugin.environment.processes import Lines
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

PROTOCOL = 1
TERMINAL = frozenset({"result", "error", "cancelled"})
"""Events after which a request is over."""

NO_WORKER = "worker"
"""Code of errors that tell of a missing or dead worker; the worker itself never sends it."""

MAX_LINE = 1024 * 1024
"""Bytes of one line: more is no message of ours, and would hold the main thread up."""

Event = dict[str, Any]
EventHandler = Callable[[Event], None]


def encode(message: dict[str, Any]) -> bytes:
    """A message as the worker reads it."""
    return json.dumps(message, ensure_ascii=False).encode("utf-8") + b"\n"


class LineReader:
    """Cuts a byte stream into events; what is no event is handed to `on_garbage`."""

    def __init__(self, on_garbage: Callable[[str], None]) -> None:
        self._lines = Lines(MAX_LINE)
        self._on_garbage = on_garbage

    @property
    def is_overlong(self) -> bool:
        """Whether any line was longer than a message can be."""
        return self._lines.is_overlong

    def feed(self, data: bytes) -> list[Event]:
        """Takes the next bytes and returns the events that they complete."""
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
    """How a run ended.

    Attributes:
        state: `done`, `cancelled` (nothing is kept but complete stages), `stopped` (what was
            computed is kept, to go on with later) or `failed`.
        result: What the worker returned, for `done`.
        problem: What went wrong, for `failed`.
    """

    state: str
    result: Event = field(default_factory=dict)
    problem: PluginError | None = None


def outcome_of(event: Event) -> Outcome | None:
    """The end of a run, if `event` is one."""
    if event["event"] == "result":
        return Outcome("done", result=event.get("result") or {})
    if event["event"] == "error":
        return Outcome("failed", problem=_problem_of(event))
    if event["event"] == "cancelled":
        return Outcome("cancelled")
    return None


def _problem_of(event: Event) -> PluginError:
    """The failure that an `error` event of the worker tells of."""
    message = translated(str(event.get("message") or ""))
    return PluginError(
        message or tr("The worker reported an error without a word about it."),
        translated(str(event.get("remedy") or "")),
        str(event.get("details") or ""),
    )


def error_event(problem: PluginError) -> Event:
    """A failure on this side of the pipe, in the shape of the worker's own."""
    return {
        "event": "error",
        "code": NO_WORKER,
        "message": problem.message,
        "remedy": problem.remedy,
        "details": problem.details,
    }
