"""Benchmark cases: bundle, scene size, steps, repeats."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Case:
    """Comparison of GAC with the peer.

    Attributes:
        name: Short name for the command line and the tables.
        bundle: Name of a shipped bundle, or `base`, `large`: full size with random weights.
        side: Side of the square scene in pixels.
        steps: Steps of stages 1 and 3; divisors of 1000, because for others TerraTorch takes one
            more diffusion step than requested.
        repeats: Runs of each side.
        sides: `ours`, `peer`, and on a GPU `peer-bf16`, the peer under autocast.
        count: Count FLOP, in separate runs.
        cap_gb: Limit of GAC's GPU memory, GB of 10^9 bytes; None: none.
    """

    name: str
    bundle: str
    side: int
    steps: tuple[int, int]
    repeats: int = 3
    sides: tuple[str, ...] = ("ours", "peer")
    count: bool = True
    cap_gb: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return asdict(self)


@dataclass(frozen=True)
class Side:
    """Arguments of a computing process.

    Attributes:
        kind: As in `Case.sides`.
        scene: Path of the radar scene.
        bundle: Folder of the bundle.
        weights: Folder of weight files that are not in the bundle.
        device: `cpu` or `cuda`.
        cap_gb: As in `Case`.
    """

    kind: str
    scene: Path
    bundle: Path
    weights: Path
    device: str
    cap_gb: float | None = None


_DEMO = Case("demo", "demo", 384, (10, 4), repeats=3)
_BASE = Case("base", "base", 576, (4, 4), repeats=1, count=False)
_ALL = ("ours", "peer", "peer-bf16")

SPEED = {
    "quick": (replace(_DEMO, side=160, steps=(2, 2), repeats=2),),
    "normal": (_DEMO, _BASE),
    "full": (
        replace(_DEMO, side=1024, sides=_ALL),
        replace(_BASE, side=1536, steps=(10, 4), repeats=3, count=True, sides=_ALL),
        Case("base, 4 GB", "base", 1536, (10, 4), 1, ("ours",), count=False, cap_gb=4.0),
        Case("large, 6 GB", "large", 1536, (10, 4), 1, ("ours",), count=False, cap_gb=6.0),
        Case("large", "large", 960, (10, 4), 2, _ALL),
    ),
}

_SEAMS = Case("demo", "demo", 1024, (10, 4), repeats=1, count=False)

SEAMS = {
    "quick": (replace(_SEAMS, side=224, steps=(1, 1)),),
    "normal": (_SEAMS,),
    "full": (_SEAMS, replace(_SEAMS, name="base", bundle="base")),
}

EDGES = {
    "quick": (replace(_SEAMS, side=448, steps=(1, 1), sides=("ours",)),),
    "normal": (replace(_SEAMS, sides=("ours",)),),
    "full": (replace(_SEAMS, sides=("ours",)),),
}

# The number of steps does not affect memory.
_MEMORY = Case("1024", "demo", 1024, (1, 1), repeats=1, count=False)

MEMORY = {
    "quick": (replace(_MEMORY, name="160", side=160), replace(_MEMORY, name="320", side=320)),
    "normal": (_MEMORY, replace(_MEMORY, name="4096", side=4096)),
    "full": (_MEMORY, replace(_MEMORY, name="4096", side=4096)),
}
