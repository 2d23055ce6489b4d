"""Worker process: requests on stdin, events on stdout, models cached in between.

Three threads: one reads requests, one answers the quick ones (`bundles`, `inspect`) even while
PyTorch is being imported, and `estimate` too after that, and the main one computes, one at a time.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from gac_core.bundles.library import Library
from gac_core.contract.errors import (
    Cancelled,
    DeviceError,
    DeviceLost,
    GacError,
    as_user_error,
    is_out_of_memory,
)
from gac_core.contract.message import Message
from gac_core.contract.protocol import LOST_STATUS, PROTOCOL, VERSION
from gac_core.contract.redaction import redact_output
from gac_core.contract.request import RunRequest
from gac_core.process import exit_with_parent
from gac_core.progress import Progress, StageDone
from gac_core.worker.channel import (
    Channel,
    Params,
    claim_stdin,
    claim_stdout,
    inspect_request,
    parse,
    require_params,
)

GRACE = 2.0
"""Seconds for a run to clean up after the caller has disconnected."""
IDLE = 900.0
"""Seconds without a request after which the models' memory is freed."""
QUICK = ("bundles", "inspect", "estimate")
"""Methods that are answered while a run computes."""
Requests = queue.Queue[tuple[str, str, Params] | None]


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


class Worker:
    """Server for requests.

    Args:
        channel: Output for events.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._library = Library.default()
        self._pending: set[str] = set()
        self._cancelled: dict[str, bool] = {}  # True: keep their work
        self._asked = threading.Lock()
        self._ending = threading.Event()
        self._engine: Any = None
        self._greeted = False
        self._quick: Requests = queue.Queue()
        self._slow: Requests = queue.Queue()
        self._methods: dict[str, Callable[[str, Params], Any]] = {
            "bundles": self._bundles,
            "inspect": self._inspect,
            "hello": self._hello,
            "warm": self._warm,
            "run": self._run,
            "preview": self._preview,
            "estimate": self._estimate,
            "clear": self._clear,
            "agreement": self._agreement,
            "doubt": self._doubt,
            "spread": self._spread,
        }

    def serve(self, requests: TextIO) -> None:
        """Answer requests; return at their end or after `shutdown`."""
        self._channel.send("ready", protocol=PROTOCOL, version=VERSION)
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
                self._cancel(str(params.get("target", "")), keep=bool(params.get("keep")))
                continue
            with self._asked:
                self._pending.add(ident)
            # An estimate needs PyTorch: until it is loaded, the request is queued behind it.
            quick = method in QUICK and (method != "estimate" or self._greeted)
            (self._quick if quick else self._slow).put((ident, method, params))
        # The caller has disconnected: the run in progress stops or is killed. It can be resumed.
        self._ending.set()
        self._slow.put(None)
        timer = threading.Timer(GRACE, os._exit, (1,))
        timer.daemon = True
        timer.start()

    def _cancel(self, ident: str, *, keep: bool) -> None:
        """Mark a request to be stopped; finished or unknown ones are ignored."""
        with self._asked:
            if ident in self._pending:
                self._cancelled[ident] = keep

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
        """Free the models' memory; the libraries stay imported."""
        if self._engine is not None:
            self._engine.clear()

    def _answer(self, ident: str, method: str, params: Params) -> None:
        is_lost = is_full = False
        try:
            if method not in self._methods:
                raise GacError(
                    Message("The worker knows no {}.", repr(method)), problem="method-unknown"
                )
            require_params(method, params)
            result = self._methods[method](ident, params)
        except Cancelled:
            self._channel.send("cancelled", id=ident)
        except Exception as error:  # after any failure the worker lives on and the user is informed
            failure = as_user_error(error)
            is_lost = isinstance(failure, DeviceLost)
            is_full = isinstance(failure, DeviceError) or is_out_of_memory(error)
            self._fail(ident, failure)
        else:
            self._channel.send("result", id=ident, result=result)
        finally:
            with self._asked:
                self._pending.discard(ident)
                self._cancelled.pop(ident, None)
        if is_lost:
            # Whoever started this process starts another one. Its libraries cannot end in order:
            # they would ask the GPU.
            os._exit(LOST_STATUS)
        if is_full and method not in QUICK:
            # Outside of the handler, whose traceback keeps the networks alive.
            self._rest()

    def _fail(self, ident: str, error: BaseException) -> None:
        if isinstance(error, GacError):
            self._channel.send(
                "error",
                id=ident,
                code=error.code,
                problem=error.problem,
                message=error.message,
                remedy=error.remedy,
                details="",
            )
        else:
            self._channel.send(
                "error",
                id=ident,
                code="internal",
                problem="unexpected-failure",
                message=Message("GAC failed: {}", error),
                remedy=Message("This is a fault in GAC. Please report it with the details."),
                details="".join(traceback.format_exception(error)),
            )

    def _bundles(self, ident: str, params: Params) -> dict[str, Any]:
        return {"bundles": self._library.describe_all()}

    def _inspect(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.optical import inspect_inputs

        return inspect_inputs(inspect_request(params))

    def _hello(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.networks.device import choose_device, describe_device

        device = choose_device("auto")
        from gac_core.engine import estimate  # noqa: F401  (saves the quick thread the import)

        self._greeted = True
        return {
            "protocol": PROTOCOL,
            "version": VERSION,
            "python": sys.version.split()[0],
            "device": device.type,
            "device_name": describe_device(device),
            **self._bundles(ident, params),
        }

    def _estimate(self, ident: str, params: Params) -> dict[str, Any]:
        request = RunRequest.from_dict(params)
        self._library.require(request.bundle)
        from gac_core.engine.estimate import estimate
        from gac_core.networks.device import choose_device

        device = choose_device(request.device)
        is_loaded = self._engine is not None and self._engine.holds(
            self._library.find(request.bundle), device
        )
        return estimate(request, self._library, device, loaded=is_loaded).to_dict()

    def _warm(self, ident: str, params: Params) -> dict[str, Any]:
        bundle = self._library.require(params.get("bundle") or "demo")
        from gac_core.networks.device import choose_device

        device = choose_device(params.get("device") or "auto")
        self._cache().get(bundle, device).load(in_turns=True)
        return {}

    def _run(self, ident: str, params: Params) -> dict[str, Any]:
        return self._compute(ident, params, lens=False)

    def _preview(self, ident: str, params: Params) -> dict[str, Any]:
        return self._compute(ident, params, lens=True)

    def _compute(self, ident: str, params: Params, *, lens: bool) -> dict[str, Any]:
        listener = Reporter(self._channel, ident, self._cancelled, self._ending)
        listener.check()
        request = RunRequest.from_dict(params)
        from gac_core.engine.plan import scope_of

        with scope_of(request, self._library, listener.check, lens=lens) as scope:
            # The import below may take long, and the user may cancel meanwhile.
            cache = self._cache()
            from gac_core.engine.pipeline import run

            listener.check()
            return run(scope.request, cache, listener, lens=lens, scope=scope).to_dict()

    def _clear(self, ident: str, params: Params) -> dict[str, Any]:
        listener = Reporter(self._channel, ident, self._cancelled, self._ending)
        listener.check()
        from gac_core.engine.observed import write_clear

        clear = write_clear(RunRequest.from_dict(params), listener)
        return {"path": str(clear.path), "share": clear.share}

    def _agreement(self, ident: str, params: Params) -> dict[str, Any]:
        from gac_core.engine.maps import map_of_stage

        listener = Reporter(self._channel, ident, self._cancelled, self._ending)
        listener.check()
        folder, stage = Path(params["run"]), params["stage"]
        return {"path": str(map_of_stage(folder, stage, listener))}

    def _doubt(self, ident: str, params: Params) -> dict[str, Any]:
        listener = Reporter(self._channel, ident, self._cancelled, self._ending)
        listener.check()
        folder, stage = Path(params["run"]), params["stage"]
        if self._engine is None:
            from gac_core.engine.maps import require_doubt

            require_doubt(folder, stage, self._library)
        cache = self._cache()
        from gac_core.engine.doubt_map import map_of_doubt

        listener.check()
        doubt = map_of_doubt(folder, stage, cache, listener)
        return {"path": str(doubt.path), "mean": doubt.mean, "share": doubt.share}

    def _spread(self, ident: str, params: Params) -> dict[str, Any]:
        listener = Reporter(self._channel, ident, self._cancelled, self._ending)
        listener.check()
        from gac_core.engine.maps import require_spread

        folder = Path(params["run"])
        seeds = require_spread(folder, params["seeds"], self._library)
        cache = self._cache()
        from gac_core.engine.spread import spread_of

        return {"path": str(spread_of(folder, seeds, cache, listener)), "seeds": seeds}

    def _cache(self) -> Any:
        if self._engine is None:
            from gac_core.networks.loading import ModelCache

            self._engine = ModelCache(self._library)
        return self._engine


def main() -> int:
    """Serve standard input until it is closed."""
    redact_output()
    requests, channel = claim_stdin(), Channel(claim_stdout())
    exit_with_parent()
    Worker(channel).serve(requests)
    return 0
