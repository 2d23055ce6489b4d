"""State of the worker's environment: its completion marker, and checks."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from gac_qgis_plugin.contract import rename
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.records import EnvironmentMarker
from gac_qgis_plugin.environment import plan
from gac_qgis_plugin.environment.plan import packages_in, python_in, work_folder
from gac_qgis_plugin.environment.requirements import INDEX, fingerprint, normalised

MARKER = "gac-environment.json"
FORMAT = 1
ABSENT, UNFINISHED, BROKEN, OUTDATED, READY = "absent", "unfinished", "broken", "outdated", "ready"


@dataclass(frozen=True)
class Installed:
    """An installed package, or its remains.

    Attributes:
        name: Normalised name, see `requirements.normalised`.
        version: Its version.
        info: Its .dist-info folder.
        fault: Its fault; empty if the check found none.
    """

    name: str
    version: str
    info: Path
    fault: str


def survey(site: Path, *, thorough: bool) -> list[Installed]:
    """Return the packages in a site-packages folder.

    Args:
        site: The folder.
        thorough: Check each file of each package too, which takes about a second.
    """
    packages = []
    for info in sorted(site.glob("*.dist-info")):
        name, _, version = info.name[: -len(".dist-info")].partition("-")
        packages.append(Installed(normalised(name), version, info, _fault(site, info, thorough)))
    return packages


def compare(wanted: Mapping[str, str], installed: Iterable[Installed]) -> list[str]:
    """Compare packages with the required versions by name; other packages are ignored.

    Returns:
        A line for each package that is damaged, of another version, or missing.
    """
    faults, present = [], set()
    for each in installed:
        version = wanted.get(each.name)
        if version is None:
            continue
        present.add(each.name)
        if each.version != version:
            words = tr("{} {} is there, {} is needed")
            faults.append(words.format(each.name, each.version, version))
        elif each.fault:
            faults.append(f"{each.name} {each.version}: {each.fault}")
    missing = [name for name in wanted if name not in present]
    return faults + [tr("{} {} is missing").format(name, wanted[name]) for name in missing]


def _fault(site: Path, info: Path, thorough: bool) -> str:
    # uv and pip write the record last: a package without one was never complete.
    incomplete = tr("it was installed by half")
    if not thorough:
        return "" if (info / "RECORD").is_file() else incomplete
    record = _record(info)
    for name, size in record:
        try:
            actual = (site / name).stat().st_size
        except OSError:
            if not name.endswith(".pyc"):
                return tr("its file {} is missing").format(name)
        else:
            if size.isdigit() and actual != int(size):
                return tr("its file {} was changed").format(name)
    return "" if record else incomplete


def _record(info: Path) -> list[tuple[str, str]]:
    """Return name and size of each file; empty if there is no readable record."""
    try:
        with (info / "RECORD").open(encoding="utf-8", newline="") as file:
            return [(row[0], row[2]) for row in csv.reader(file) if len(row) == 3]
    except (OSError, ValueError, csv.Error):
        return []


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
        build: Name of the PyTorch build; empty in environments of older versions.
        gpu: Result of the computation on the GPU; empty if none was needed.
    """

    fingerprint: str
    requirements: str
    python: str
    version: str
    packages: dict[str, str] = field(default_factory=dict)
    source: str = "index"
    gac: str = ""
    made: str = ""
    build: str = ""
    gpu: str = ""

    @property
    def torch(self) -> str:
        """Name of the PyTorch build, which was the index's in older versions."""
        return self.build or INDEX


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
    rename.replace_path(part, home / MARKER)


def read_state(home: Path, *, thorough: bool = False, files: Path | None = None) -> State:
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
        fault = tr("{} {} is missing").format("Python", marker.python)
        return State(BROKEN, home, marker, (fault,))
    faults = compare(marker.packages, survey(site, thorough=thorough))
    if faults:
        return State(BROKEN, home, marker, tuple(faults))
    resolved = (files or plan.requirements_folder()) / marker.requirements
    if not resolved.is_file() or fingerprint(resolved) != marker.fingerprint:
        return State(OUTDATED, home, marker)
    return State(READY, home, marker)
