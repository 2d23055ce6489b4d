"""What a run's pixels depend on: runs of one identity can use what the other has computed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core import __version__
from gac_core.files import as_recorded
from gac_core.grid import Window
from gac_core.request import RunRequest
from gac_core.scene import S1Scene

if TYPE_CHECKING:
    from gac_core.models.loading import Models

SETTINGS = "settings"
"""What an identity calls what the user asked for."""

Values = dict[str, Any]


def settings_of(request: RunRequest) -> Values:
    """Return what was asked for, without secrets and without what pixels do not depend on."""
    asked = request.without_secrets().to_dict()
    for name in ("out", "device", "batch_size", "keep"):
        del asked[name]
    return as_recorded(asked)


def identity(
    request: RunRequest,
    scene: S1Scene,
    models: Models,
    area: Window,
    season_month: int,
    biome: int,
    inputs: list[Values],
) -> Values:
    """All that a run's pixels depend on, as JSON-ready values.

    Runs with the same identity give the same pixels; so what one has computed, another can use.
    `season_month` and `biome` are what stage 2 is told, `inputs` is `provenance.input_files`: a
    file's time can be put back, and another one does not make it another file.
    """
    import torch

    from gac_core.models.device import describe_device

    found = {
        SETTINGS: settings_of(request),
        "input": [*map(_hashes, inputs), scene.fingerprint],
        "reading of the input": {
            key: value for key, value in scene.info().items() if key != "warnings"
        },
        "area": [scene.grid.epsg, area.row, area.col, area.height, area.width],
        "month": season_month,
        "biome": biome,
        "place": scene.centre,
        "models": {"card": models.card_sha256, **models.hashes},
        "software": {"gac": __version__, "torch": torch.__version__},
        # Another number of threads or another GPU adds up in another order; so does another batch,
        # which a processor computes tile by tile.
        "device": describe_device(models.device),
        "batch": None if models.device.type == "cpu" else request.batch_size,
    }
    return as_recorded(found)


def _hashes(entry: Values) -> Values:
    sources = [_hashes(source) for source in entry.get("sources", ())]
    return {"bytes": entry["bytes"], "sha256": entry["sha256"], "sources": sources}


def change_times(paths: Iterable[str]) -> list[int]:
    """Return the times (ns) at which the system last saw local files change; 0: it is gone."""

    def time_of(path: str) -> int:
        try:
            return Path(path).stat().st_ctime_ns
        except OSError:
            return 0

    return [time_of(path) for path in paths]


def differences(one: Values, other: Values) -> list[str]:
    """What differs between two identities, in words."""
    return [name for name in one if one[name] != other.get(name)]
