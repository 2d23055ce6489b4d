"""What a run's pixels depend on: runs of one identity can use what the other has computed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gac_core import __version__
from gac_core.contract.request import RunRequest
from gac_core.files import as_recorded
from gac_core.grid import Window
from gac_core.provenance import input_files
from gac_core.scene import S1Scene
from gac_core.scene.inputs import InputFiles, change_times, changed_while_read

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
        "input": [*hashes_of(inputs), scene.fingerprint],
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


def hashes_of(inputs: Iterable[Values]) -> list[Values]:
    """Return size and hash of each file of `provenance.input_files`, its sources' too."""
    return [
        {
            "bytes": entry["bytes"],
            "sha256": entry["sha256"],
            "sources": hashes_of(entry.get("sources", ())),
        }
        for entry in inputs
    ]


def require_content(inputs: InputFiles, hashed: list[Values], times: list[int]) -> list[int]:
    """See that files hold what was hashed, though somebody may have put their times back.

    Args:
        inputs: The files.
        hashed: `provenance.input_files`, as it was.
        times: `change_times` with which they were known to hold it.

    Returns:
        The times with which they do now.

    Raises:
        InputChanged: If one does not.
    """
    inputs.require_unchanged()
    now = change_times(inputs.local)
    if now != times:
        found = input_files(inputs)
        pairs = zip(hashes_of(found), hashes_of(hashed), found, strict=True)
        for one, other, entry in pairs:
            if one != other:
                raise changed_while_read(entry["path"])
    return now


def differences(one: Values, other: Values) -> list[str]:
    """What differs between two identities, in words."""
    return [name for name in one if one[name] != other.get(name)]
