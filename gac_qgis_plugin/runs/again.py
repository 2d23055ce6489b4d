"""New runs derived from an earlier one: repeated, or with changed parameters."""

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
"""Parameters that may differ from the earlier run, by the first stage that is computed."""


@dataclass(frozen=True)
class Again:
    """An earlier run to build upon.

    Attributes:
        entry: The run.
        first: The first stage to compute, 2 or 3.
    """

    entry: RunEntry
    first: int

    def params(self, chosen: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of the engine's request for the new run.

        Args:
            chosen: Values of the panel's widgets; fixed parameters are ignored.
        """
        changed = {key: chosen.get(key) for key in CHANGEABLE[self.first]}
        changed["keep"] = bool(changed["keep"])
        params: dict[str, Any] = {**settings_of(self.entry)}
        params.update({key: value for key, value in changed.items() if value is not None})
        # None is a valid choice: the radar's month, the place's biome, the bundle's steps.
        nullable = {"month", "biome", "timesteps_3"} & changed.keys()
        params.update({key: changed[key] for key in nullable})
        if any(HIDDEN in str(source) for source in params.get("sar") or ()):
            # The layers hold the secrets that a record omits.
            params["sar"] = chosen.get("sar") or params["sar"]
        params["stages"] = max(self.first, int(params.get("stages") or 3))
        return {**params, "from_stage": self.first, "reuse": str(self.entry.folder)}


def settings_of(entry: RunEntry) -> Request:
    """Return a run's settings in the form of a request for another run."""
    settings = {key: value for key, value in entry.request.items() if key not in request.OF_ONE_RUN}
    return cast("Request", settings)


def may_begin_at(folder: Path) -> tuple[int, ...]:
    """Return the stages at which a run that reuses this run's earlier stages can begin."""
    stages = records.read(folder / layout.KEPT / layout.MANIFEST, KeptStages).values.get(
        "stages", {}
    )
    usable = [number for number in (1, 2) if f"opt_v{number}" in stages]
    return tuple(number + 1 for number in usable if set(range(1, number + 1)) <= set(usable))


def kept_files(folder: Path) -> list[Path]:
    """Return the files that a run keeps for reuse of its stages."""
    with suppress(OSError):
        if (folder / layout.KEPT).is_symlink():
            return []
    # Older runs have a header beside each file.
    images = [Path(layout.working_file(number)) for number in (1, 2)]
    names = [image.with_suffix(end).name for image in images for end in (".bil", ".hdr")]
    files = [folder / layout.KEPT / name for name in (*names, layout.MANIFEST)]
    return [path for path in files if records.is_file(path) and not path.is_symlink()]
