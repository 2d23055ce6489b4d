"""What is run over which scene: a bundle, a size, steps, repeats."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Case:
    """One comparison of ours with the peer's.

    Attributes:
        name: Short, for the command line and the tables.
        bundle: Name of a shipped bundle, or `base`, `large`: full size with random weights.
        side: Of the square scene, in pixels.
        steps: Of stages 1 and 3; divisors of 1000, as TerraTorch takes one more diffusion step
            than asked for others.
        repeats: How often each side runs.
        sides: Whose: `ours`, `peer`, and on a GPU `peer-bf16`, the peer under autocast.
        count: Whether FLOP are counted, in runs of their own.
        cap_gb: What our side may take of a GPU, GB of 10^9 bytes; None: all.
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
        """JSON-ready values."""
        return asdict(self)


@dataclass(frozen=True)
class Side:
    """What a process that computes is told.

    Attributes:
        kind: As in `Case.sides`.
        scene: The radar.
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

# How many steps there are makes no difference to memory.
_MEMORY = Case("1024", "demo", 1024, (1, 1), repeats=1, count=False)

MEMORY = {
    "quick": (replace(_MEMORY, name="160", side=160), replace(_MEMORY, name="320", side=320)),
    "normal": (_MEMORY, replace(_MEMORY, name="4096", side=4096)),
    "full": (_MEMORY, replace(_MEMORY, name="4096", side=4096)),
}
