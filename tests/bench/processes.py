"""Both sides as parallel processes that alternate."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from gac_core.bundles.library import engine_root
from tests.bench.cases import Side


class Process:
    """A side in its own process, which waits for orders.

    Args:
        side: Arguments of the process.
        log: Log file of its libraries' output.
    """

    def __init__(self, side: Side, log: Path) -> None:
        self.kind = side.kind
        self._log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        values = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(side).items()}
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.side", json.dumps(values)],
                cwd=engine_root(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        self._process.communicate()

    def ask(self, do: str, **values: Any) -> None:
        """Send an order without waiting."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Return the result of the last order.

        Raises:
            SystemExit: If the process ended.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            words = self._log.read_text(errors="replace").splitlines()[-12:]
            raise SystemExit("\n".join([f"{self.kind} broke off; {self._log} says:", *words]))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def do(self, do: str, **values: Any) -> dict[str, Any]:
        """Send an order and wait for its result."""
        self.ask(do, **values)
        return self.answer()
