"""Waiting times of a user: a worker's start, its first and later runs, by the real protocol."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from gac_core.bundles.library import engine_root
from tests.bench.scenes import MONTH, write_scene


def measure(bundle: Path, spec: Any, device: str, runs: int, work: Path) -> dict[str, Any]:
    """Return the seconds from starting a worker, and of runs in it.

    Args:
        bundle: Folder of the bundle.
        spec: Tiling of the bundle.
        device: `cpu` or `cuda`.
        runs: Number of runs after the first.
        work: Folder of the scene and the worker's log.

    Returns:
        `ready`: process start to first message; `hello`: to its answer, libraries imported; `warm`:
            loading of the models; `first`, `again`: for each run `tile`, click to first tile, and
            `whole`, click to result; the scene's `side`.
    """
    side = 2 * spec.size
    scene = work / "startup.tif"
    write_scene(scene, side, spec)
    log = work / "logs" / "startup.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gac-bench-") as folder, log.open("w") as errors:
        worker = _Client(errors)
        try:
            timings: dict[str, Any] = {"side": side, "ready": worker.until("ready", "")[0]}
            timings["hello"] = worker.ask("hello", {})[1] + timings["ready"]
            timings["warm"] = worker.ask("warm", {"bundle": str(bundle), "device": device})[1]
            request = {"sar": [str(scene)], "bundle": str(bundle), "device": device, "month": MONTH}
            times = []
            for number in range(runs + 1):
                tile, whole = worker.ask("run", {**request, "out": f"{folder}/{number}"})
                times.append({"tile": tile, "whole": whole})
        finally:
            worker.close()
    scene.unlink()
    return {**timings, "first": times[0], "again": times[1:]}


class _Client:
    """Client of a worker process."""

    def __init__(self, errors: Any) -> None:
        self._began = time.perf_counter()
        self._number = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gac_core.worker"],
            cwd=engine_root(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )

    def ask(self, method: str, params: dict[str, Any]) -> tuple[float | None, float]:
        """Return the seconds to the first tile, if any, and to the result."""
        assert self._process.stdin is not None
        self._number += 1
        self._began = time.perf_counter()
        request = {"id": str(self._number), "method": method, "params": params}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        whole, tile = self.until("result", str(self._number))
        return tile, whole

    def until(self, event: str, ident: str) -> tuple[float, float | None]:
        """Return the seconds from the last request to an event, and to the first tile before it.

        Raises:
            SystemExit: If the worker ends or reports an error.
        """
        assert self._process.stdout is not None
        tile = None
        for line in self._process.stdout:
            now = time.perf_counter() - self._began
            message = json.loads(line)
            if message["event"] == "error":
                raise SystemExit(f"The worker says: {message['message']} {message['details']}")
            if message["event"] == "progress" and message["tile"] > 0 and tile is None:
                tile = now
            if message["event"] == event and message.get("id", "") == ident:
                return now, tile
        raise SystemExit(f"The worker ended before it said {event!r}.")

    def close(self) -> None:
        """Tell the worker to end, and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
