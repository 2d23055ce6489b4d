"""State of the worker's environment: its completion marker, and checks."""

from __future__ import annotations

import json
import os
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from gac_qgis_plugin.environment import requirements
from gac_qgis_plugin.environment.place import packages_in, python_in, work_folder
from gac_qgis_plugin.environment.survey import compare, survey
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.records import EnvironmentMarker

MARKER = "gac-environment.json"
FORMAT = 1

ABSENT, UNFINISHED, BROKEN, OUTDATED, READY = "absent", "unfinished", "broken", "outdated", "ready"


@dataclass(frozen=True)
class Marker:
    """Marker of a complete environment; written last.

    Attributes:
        fingerprint: Fingerprint of its resolved requirements.
        requirements: That file's name.
        python: Path of the base Python.
        version: That Python's version.
        packages: Version by name.
        source: Source of its packages: `index`, or the wheel folder.
        gac: GAC's version.
        made: Time of completion, ISO 8601.
    """

    fingerprint: str
    requirements: str
    python: str
    version: str
    packages: dict[str, str] = field(default_factory=dict)
    source: str = "index"
    gac: str = ""
    made: str = ""


@dataclass(frozen=True)
class State:
    """Condition of an environment.

    Attributes:
        condition: `absent`, `unfinished`, `broken`, `outdated` (works, but built from other
            requirements than the plugin's) or `ready`.
        home: Its folder.
        marker: Its marker; None if it has none.
        faults: Its faults, a line each.
    """

    condition: str
    home: Path
    marker: Marker | None = None
    faults: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """True if a worker can be started in it."""
        return self.condition in (READY, OUTDATED)


def read_marker(home: Path) -> Marker | None:
    """Return an environment's marker, or None if there is no valid one."""
    reading = records.read(home / MARKER, EnvironmentMarker)
    values: dict[str, Any] = {**reading.values}
    if reading.damage or values.pop("format", None) != FORMAT:
        return None
    needed = {each.name for each in fields(Marker) if each.default is MISSING}
    return Marker(**values) if needed <= values.keys() else None


def write_marker(home: Path, marker: Marker) -> None:
    """Mark an environment as complete.

    Raises:
        OSError: If it cannot be written.
    """
    part = home / f"{MARKER}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, **asdict(marker)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(home / MARKER)


def look(home: Path, *, thorough: bool = False, files: Path | None = None) -> State:
    """Determine an environment's state.

    Args:
        home: Its folder.
        thorough: Check each file of each package, which takes about a second.
        files: Folder of the resolved requirements; None: the plugin's.
    """
    marker = read_marker(home)
    if marker is None:
        begun = home.exists() or work_folder(home).exists()
        return State(UNFINISHED if begun else ABSENT, home)
    site = packages_in(home)
    if site is None or not python_in(home).is_file():
        # This includes a dangling link to a Python that the system has replaced.
        return State(BROKEN, home, marker, (f"its Python {marker.python} is gone",))
    differences = compare(marker.packages, survey(site, thorough=thorough))
    if differences.faults:
        return State(BROKEN, home, marker, tuple(differences.faults))
    resolved = (files or requirements.folder()) / marker.requirements
    if not resolved.is_file() or requirements.fingerprint(resolved) != marker.fingerprint:
        return State(OUTDATED, home, marker)
    return State(READY, home, marker)
