"""Both sides as processes beside each other, taking turns."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from gac_core.models.library import engine_root
from tests.bench.cases import Side


class Process:
    """A side in a process of its own, which waits between orders.

    Args:
        side: What it is told.
        log: Where what its libraries print goes.
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
        """Give an order without waiting."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What came of the last order.

        Raises:
            SystemExit: If the process ended over it.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            words = self._log.read_text(errors="replace").splitlines()[-12:]
            raise SystemExit("\n".join([f"{self.kind} broke off; {self._log} says:", *words]))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def do(self, do: str, **values: Any) -> dict[str, Any]:
        """Give an order and wait."""
        self.ask(do, **values)
        return self.answer()
