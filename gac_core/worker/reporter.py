"""How a run inside a worker tells of its progress, and hears that it is to stop."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gac_core.contract.errors import Cancelled
from gac_core.progress.listener import Progress, StageDone
from gac_core.worker.protocol import Channel


class Reporter:
    """Passes a run's progress on, and stops the run when its id was cancelled."""

    def __init__(
        self, channel: Channel, ident: str, cancelled: Mapping[str, bool], ending: threading.Event
    ) -> None:
        self._channel = channel
        self._ident = ident
        self._cancelled = cancelled
        self._ending = ending

    def progress(self, progress: Progress) -> None:
        """The run has moved on."""
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
        """A stage's file is whole."""
        self._channel.send(
            "stage",
            id=self._ident,
            stage=done.stage,
            path=str(done.path),
            seconds=done.seconds,
            gac=done.gac,
        )

    def check(self) -> None:
        """Raises `Cancelled` where the run is to stop."""
        if self._ending.is_set():
            raise Cancelled(keep=True)
        if self._ident in self._cancelled:
            raise Cancelled(keep=self._cancelled[self._ident])


def _extras(progress: Progress) -> dict[str, Any]:
    """What is told only where it is known."""
    found: dict[str, Any] = {}
    if progress.seconds_left is not None:
        found["seconds_left"] = round(progress.seconds_left, 1)
    if progress.partial is not None:
        found["partial"] = {**asdict(progress.partial), "path": str(progress.partial.path)}
    return found
