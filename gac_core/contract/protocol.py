"""Versions of the engine and of its worker's protocol, and the events that end a request."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
"""Version of GAC: of the engine, and of the plugin that comes with it (`metadata.txt`)."""

PROTOCOL: Final = 1
"""Version of the JSON lines between plugin and worker (docs/architecture.md)."""

LOST_STATUS: Final = 75
"""Exit status of a worker that has lost the GPU: EX_TEMPFAIL, try again."""

TERMINAL: Final = frozenset({"result", "error", "cancelled"})
"""Events that end a request."""
