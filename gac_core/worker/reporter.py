"""Listener of a run in a worker: sends its progress and receives cancellation."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gac_core.contract.errors import Cancelled
from gac_core.progress.listener import Progress, StageDone
from gac_core.worker.protocol import Channel


class Reporter:
    """Listener that sends a run's progress, and stops the run when its ID was cancelled."""

    def __init__(
        self, channel: Channel, ident: str, cancelled: Mapping[str, bool], ending: threading.Event
    ) -> None:
        self._channel = channel
        self._ident = ident
        self._cancelled = cancelled
        self._ending = ending

    def progress(self, progress: Progress) -> None:
        """Send the progress."""
        self._channel.send(
            "progress",
            id=self._ident,
            stage=progress.stage,
            name=progress.name,
            tile=progress.tile,
            tiles=progress.tiles,
            percent=round(progress.percent, 2),
            message=progress.message,
            **_extras(progress),
        )

    def stage_done(self, done: StageDone) -> None:
        """Send the completion of a stage."""
        self._channel.send(
            "stage",
            id=self._ident,
            stage=done.stage,
            path=str(done.path),
            seconds=done.seconds,
            gac=done.gac,
        )

    def check(self) -> None:
        """Raise `Cancelled` if the run should stop."""
        if self._ending.is_set():
            raise Cancelled(keep=True)
        if self._ident in self._cancelled:
            raise Cancelled(keep=self._cancelled[self._ident])


def _extras(progress: Progress) -> dict[str, Any]:
    """Return the optional fields of an event."""
    extras: dict[str, Any] = {}
    if progress.seconds_left is not None:
        extras["seconds_left"] = round(progress.seconds_left, 1)
    if progress.partial is not None:
        extras["partial"] = {**asdict(progress.partial), "path": str(progress.partial.path)}
    return extras
