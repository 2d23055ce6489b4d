"""One thing that was found out, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

OK, NOTE, BAD = "ok", "note", "bad"
"""It works; it is worth knowing; a run cannot work for it."""

_SIGNS = {OK: "ok     ", NOTE: "note   ", BAD: "FAILED "}


@dataclass(frozen=True)
class Finding:
    """One thing that was found out.

    Attributes:
        area: What it is about: `system`, `packages`, `devices`, `bundles`.
        name: What was looked at.
        state: `ok`, `note` or `bad`.
        text: What was found.
        remedy: What to do about it; may be empty.
        details: For a report: a traceback; may be empty.
    """

    area: str
    name: str
    state: str
    text: str
    remedy: str = ""
    details: str = ""

    def line(self) -> str:
        """For a terminal."""
        told = f"  {_SIGNS[self.state]} {self.name}: {self.text}"
        return f"{told}\n          → {self.remedy}" if self.remedy else told

    def json(self) -> str:
        """For a program, on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


Tell = Callable[[Finding], object]
