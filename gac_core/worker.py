"""The engine as a process: requests in on stdin, events out on stdout, models warm in between.

Three threads: one reads requests, one answers the quick ones (`bundles`, `inspect`) even while
PyTorch is being imported, and the main one computes, a request at a time.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TextIO

from gac_core import __version__
from gac_core.errors import Cancelled, GacError
from gac_core.listener import Progress, StageDone
from gac_core.models.library import Library
from gac_core.parent import die_with_parent
from gac_core.protocol import VERSION, Channel, claim_stdout, parse
from gac_core.request import READING, RunRequest

GRACE = 2.0
"""Seconds that a run has to clean up once nobody listens any more."""

IDLE = 900.0
"""Seconds without a request after which the models' memory is given back."""

Params = dict[str, Any]
Requests = queue.Queue[tuple[str, str, Params] | None]


class Worker:
    """Answers requests until it is told to stop.

    Args:
        channel: Where events go.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._library = Library.default()
        self._cancelled: set[str] = set()
        self._engine: Any = None
        self._quick: Requests = queue.Queue()
        self._slow: Requests = queue.Queue()
        self._methods: dict[str, Callable[[str, Params], Any]] = {
            "bundles": self._bundles,
            "inspect": self._inspect,
            "hello": self._hello,
            "warm": self._warm,
            "run": self._run,
        }

    def serve(self, requests: TextIO) -> None:
        """Answer requests; returns when they end or `shutdown` comes."""
        self._channel.send("ready", protocol=VERSION, version=__version__)
        threading.Thread(target=self._read, args=(requests,), daemon=True).start()
        threading.Thread(target=self._work, args=(self._quick, None), daemon=True).start()
        self._work(self._slow, IDLE)

    def _read(self, requests: TextIO) -> None:
        for line in requests:
            try:
                ident, method, params = parse(line)
            except GacError as error:
                self._fail("", error)
                continue
            if method == "shutdown":
                break
            if method == "cancel":
                self._cancelled.add(str(params.get("target", "")))
            elif method in ("bundles", "inspect"):
                self._quick.put((ident, method, params))
            else:
                self._slow.put((ident, method, params))
        # Nobody listens any more: the run in progress stops and cleans up, or is cut off.
        self._cancelled.add("*")
        self._slow.put(None)
        timer = threading.Timer(GRACE, os._exit, (1,))
        timer.daemon = True
        timer.start()

    def _work(self, requests: Requests, idle: float | None) -> None:
        while True:
            try:
                request = requests.get(timeout=idle)
            except queue.Empty:
                self._rest()
                continue
            if request is None:
                return
            self._answer(*request)

    def _rest(self) -> None:
        """Give the models' memory back; the libraries stay imported."""
        if self._engine is not None:
            self._engine.clear()

    def _answer(self, ident: str, method: str, params: Params) -> None:
        try:
            if method not in self._methods:
                raise GacError(f"The worker knows no {method!r}.")
            result = self._methods[method](ident, params)
        except Cancelled:
            self._channel.send("cancelled", id=ident)
        except GacError as error:
            self._fail(ident, error)
        except MemoryError:
            self._fail(ident, _out_of_memory())
        except Exception as error:  # whatever it is, the worker lives and the user is told
            self._fail(ident, error)
        else:
            self._channel.send("result", id=ident, result=result)

    def _fail(self, ident: str, error: BaseException) -> None:
        known = isinstance(error, GacError)
        self._channel.send(
            "error",
            id=ident,
            code=error.code if isinstance(error, GacError) else "internal",
            message=error.message if isinstance(error, GacError) else f"GAC failed: {error}",
            remedy=error.remedy
            if isinstance(error, GacError)
            else "This is a fault in GAC. Please report it with the details.",
            details="" if known else "".join(traceback.format_exception(error)),
        )

    def _bundles(self, ident: str, params: Params) -> dict[str, Any]:
        return {"bundles": [self._library.describe(b) for b in self._library.bundles()]}

    def _inspect(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.scene import open_scene

        reading = {key: params[key] for key in READING if params.get(key) is not None}
        with open_scene(tuple(params.get("sar") or ()), **reading) as scene:
            return scene.info()

    def _hello(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.models.device import choose_device, describe_device

        device = choose_device("auto")
        return {
            "protocol": VERSION,
            "version": __version__,
            "python": sys.version.split()[0],
            "device": device.type,
            "device_name": describe_device(device),
            **self._bundles(ident, params),
        }

    def _warm(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.models.device import choose_device

        bundle = self._library.find(params.get("bundle") or "demo")
        self._cache().get(bundle, choose_device(params.get("device") or "auto")).load()
        return {}

    def _run(self, ident: str, params: Params) -> dict[str, Any]:
        listener = _Reporter(self._channel, ident, self._cancelled)
        listener.check()
        request = RunRequest.from_dict(params)
        self._library.require(request.bundle)
        # The import below may take long, and a user may change their mind meanwhile.
        cache = self._cache()
        from gac_core.pipeline import run

        listener.check()
        return run(request, cache, listener).to_dict()

    def _cache(self) -> Any:
        if self._engine is None:
            from gac_core.models.cache import ModelCache

            self._engine = ModelCache(self._library)
        return self._engine


class _Reporter:
    """Passes a run's progress on, and stops the run when its id was cancelled."""

    def __init__(self, channel: Channel, ident: str, cancelled: set[str]) -> None:
        self._channel = channel
        self._ident = ident
        self._cancelled = cancelled

    def progress(self, progress: Progress) -> None:
        self._channel.send(
            "progress",
            id=self._ident,
            stage=progress.stage,
            name=progress.name,
            tile=progress.tile,
            tiles=progress.tiles,
            percent=round(progress.percent, 2),
            message=progress.message,
        )

    def stage_done(self, done: StageDone) -> None:
        self._channel.send(
            "stage",
            id=self._ident,
            stage=done.stage,
            path=str(done.path),
            seconds=done.seconds,
            gac=done.gac,
        )

    def check(self) -> None:
        if self._ident in self._cancelled or "*" in self._cancelled:
            raise Cancelled


def _out_of_memory() -> GacError:
    return GacError(
        "The computer ran out of memory.",
        "Close other programs, choose a smaller bundle, or a smaller extent.",
    )


def main() -> int:
    """Serve standard input until it closes."""
    channel = Channel(claim_stdout())
    die_with_parent()
    Worker(channel).serve(sys.stdin)
    return 0


if __name__ == "__main__":
    sys.exit(main())
