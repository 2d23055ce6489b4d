"""A run of the history as the beginning of another one: the same again, or with changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gac_qgis_plugin.contract import layout, request
from gac_qgis_plugin.runs.entry import RunEntry
from gac_qgis_plugin.sar_source import HIDDEN
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.records import KeptStages, Request

CHANGEABLE = {
    first: tuple(name for name, each in request.OPTIONS.items() if first in each.free_from)
    for first in (2, 3)
}
"""What may be other than in the run built upon, by the first stage that is computed."""


@dataclass(frozen=True)
class Again:
    """A run that is to be built upon.

    Attributes:
        entry: The run.
        first: The first stage to compute, 2 or 3.
    """

    entry: RunEntry
    first: int

    def params(self, chosen: dict[str, Any]) -> dict[str, Any]:
        """The new run in the fields of the engine's request.

        Args:
            chosen: What the panel's widgets say; what may not be changed is not looked at.
        """
        changed = {key: chosen.get(key) for key in CHANGEABLE[self.first]}
        changed["keep"] = bool(changed["keep"])
        params: dict[str, Any] = {**settings_of(self.entry)}
        params.update({key: value for key, value in changed.items() if value is not None})
        # None is a choice of its own: the radar's month, the place's biome, the bundle's steps.
        own = {"month", "biome", "timesteps_3"} & changed.keys()
        params.update({key: changed[key] for key in own})
        if any(HIDDEN in str(source) for source in params.get("sar") or ()):
            # The layers hold what a record does not.
            params["sar"] = chosen.get("sar") or params["sar"]
        params["stages"] = max(self.first, int(params.get("stages") or 3))
        return {**params, "from_stage": self.first, "reuse": str(self.entry.folder)}


def settings_of(entry: RunEntry) -> Request:
    """A run's settings as another run can be asked for with them."""
    kept = {key: value for key, value in entry.request.items() if key not in request.OF_ONE_RUN}
    return cast("Request", kept)


def may_begin_at(folder: Path) -> tuple[int, ...]:
    """Stages that a run which takes over the earlier ones of this run can begin at."""
    there = records.read(folder / layout.KEPT / layout.MANIFEST, KeptStages).values.get(
        "stages", {}
    )
    kept = [number for number in (1, 2) if f"opt_v{number}" in there]
    return tuple(number + 1 for number in kept if set(range(1, number + 1)) <= set(kept))


def kept_files(folder: Path) -> list[Path]:
    """What a run keeps of its stages for other runs."""
    with suppress(OSError):
        if (folder / layout.KEPT).is_symlink():
            return []
    # Older runs have a header beside each file.
    images = [Path(layout.working_file(number)) for number in (1, 2)]
    named = [image.with_suffix(end).name for image in images for end in (".bil", ".hdr")]
    files = [folder / layout.KEPT / name for name in (*named, layout.MANIFEST)]
    return [path for path in files if records.is_file(path) and not path.is_symlink()]
