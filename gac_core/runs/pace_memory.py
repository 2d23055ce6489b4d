"""What tiles took in earlier runs of the same models, with the same steps, on the same device."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import PACE, data_folder
from gac_core.files import read_record
from gac_core.runs.folder import write_json

FEW = 4
"""A stage of fewer tiles than this tells nothing of what a tile costs: the rest outweighs it."""

MOST = 64
"""Models and devices that are remembered."""

SHARE = 0.5
"""Weight of the newest run."""


def memory_file() -> Path:
    """Where costs are remembered; `GAC_PACE` names another file."""
    named = os.environ.get("GAC_PACE")
    return Path(named) if named else data_folder() / PACE


def remembered(key: str) -> dict[int, float]:
    """Seconds of a tile by stage, as earlier runs took them; empty if there were none."""
    found = _read().get(key)
    with suppress(AttributeError, TypeError, ValueError):
        values = found.items()  # type: ignore[attr-defined]
        seconds = {int(stage): float(value) for stage, value in values}
        if all(0 < value < 1e6 for value in seconds.values()):
            return seconds
    return {}


def remember(key: str, stage: int, tiles: int, seconds: float) -> None:
    """Keeps what a stage took; what cannot be kept is not missed."""
    if tiles < FEW or seconds <= 0:
        return
    new = seconds / tiles
    entry, known = remembered(key), _read()
    entry[stage] = round(SHARE * new + (1 - SHARE) * entry.get(stage, new), 5)
    # The one that was used last goes last: the first ones are forgotten.
    known.pop(key, None)
    known[key] = {str(number): value for number, value in entry.items()}
    with suppress(OSError, OutputError):
        memory_file().parent.mkdir(parents=True, exist_ok=True)
        write_json(memory_file(), dict(list(known.items())[-MOST:]))


def _read() -> dict[str, object]:
    try:
        found = read_record(memory_file())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
