"""A worker process and what it answers, as the plugin sees it."""

from __future__ import annotations

import ctypes
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from gac_core.bundles.library import engine_root
from gac_core.contract.protocol import TERMINAL

Event = dict[str, Any]


DROP_FROM_BOUNDING_SET = 24
READ_AND_WRITE_ANYTHING = (1, 2)
"""`PR_CAPBSET_DROP`, `CAP_DAC_OVERRIDE`, `CAP_DAC_READ_SEARCH` of Linux."""


class Client:
    """Starts a worker, sends requests and collects events.

    Args:
        bundles: Folder of bundles that it shall know by name.
        log: Where what it prints goes.
    """

    def __init__(self, bundles: Path, log: Path) -> None:
        env = {**os.environ, "GAC_BUNDLES": str(bundles), "OMP_NUM_THREADS": "1"}
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gac_core.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=engine_root(),
                env=env,
                text=True,
                preexec_fn=_like_an_ordinary_user,
            )
        self._events: queue.Queue[Event] = queue.Queue()
        self._count = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._events.put(json.loads(line))

    @property
    def alive(self) -> bool:
        """Return whether it lives."""
        return self.process.poll() is None

    def send(self, method: str, **params: Any) -> str:
        """Sends a request; tells its id."""
        self._count += 1
        ident = f"{method}-{self._count}"
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": ident, "method": method, "params": params}))
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return ident

    def events(
        self,
        ident: str,
        limit: float,
        kinds: Collection[str] = TERMINAL,
        watch: Callable[[Event], None] = lambda event: None,
    ) -> list[Event]:
        """All events, whosever they are, up to the first of these kinds that answers a request.

        Args:
            ident: The request.
            limit: Seconds to wait.
            kinds: Of the last event.
            watch: Told of every event of the request as it comes.

        Raises:
            TimeoutError: If it does not come.
        """
        seen: list[Event] = []
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline and (self.alive or not self._events.empty()):
            try:
                event = self._events.get(timeout=0.2)
            except queue.Empty:
                continue
            seen.append(event)
            if event.get("id") != ident:
                continue
            watch(event)
            if event["event"] in kinds:
                return seen
        raise TimeoutError(f"the worker {'hangs' if self.alive else 'died'} over {ident}")

    def limit_file_size(self, size: int | None) -> None:
        """Lets no file of the worker grow beyond so many bytes; None: any size again."""
        import resource  # Linux only

        _, hard = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        soft = hard if size is None else size
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (soft, hard))

    def close(self) -> None:
        """Ends the process."""
        self.process.kill()
        self.process.wait()


def _like_an_ordinary_user() -> None:
    """Even root's worker shall be stopped by a file's permissions."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in READ_AND_WRITE_ANYTHING:
            libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
