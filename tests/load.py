"""Limits of time that hold on a machine that has other work too."""

from __future__ import annotations

import os


def stretched(seconds: float) -> float:
    """A limit that an idle machine keeps, longer by as much as others want its processors."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return seconds * max(1.0, load / (os.cpu_count() or 1))
