"""Result of one check and its output formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

OK, NOTE, BAD = "ok", "note", "bad"
"""States: it works; worth knowing; runs cannot work."""

_SIGNS = {OK: "ok     ", NOTE: "note   ", BAD: "FAILED "}


@dataclass(frozen=True)
class Finding:
    """Result of one check.

    Attributes:
        area: Topic: `system`, `packages`, `devices`, `bundles`.
        name: Name of the checked item.
        state: `ok`, `note` or `bad`.
        text: Result.
        remedy: Suggested action; may be empty.
        details: Traceback for a report; may be empty.
    """

    area: str
    name: str
    state: str
    text: str
    remedy: str = ""
    details: str = ""

    def line(self) -> str:
        """Return the finding as text for a terminal."""
        text = f"  {_SIGNS[self.state]} {self.name}: {self.text}"
        return f"{text}\n          → {self.remedy}" if self.remedy else text

    def json(self) -> str:
        """Return the finding as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


Tell = Callable[[Finding], object]
