"""Survey of an environment's packages against the required ones, read from its files alone."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gac_qgis_plugin.environment.requirements import normalised
from gac_qgis_plugin.toolbelt.words import tr


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


@dataclass
class Differences:
    """Differences between an environment and its requirements.

    Attributes:
        absent: Names of required packages that are missing or not usable.
        useless: Installed packages to replace: damaged, or of a wrong version.
        faults: Both in words, a line for each package.
    """

    absent: list[str] = field(default_factory=list)
    useless: list[Installed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


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


def compare(wanted: Mapping[str, str], found: Iterable[Installed]) -> Differences:
    """Compare packages with the required versions by name; other packages are ignored."""
    result = Differences()
    valid = set()
    for each in found:
        version = wanted.get(each.name)
        if version is None:
            continue
        if each.version != version:
            result.useless.append(each)
            words = tr("{} {} is there, {} is needed")
            result.faults.append(words.format(each.name, each.version, version))
        elif each.fault:
            result.useless.append(each)
            result.faults.append(f"{each.name} {each.version}: {each.fault}")
        else:
            valid.add(each.name)
    replaced = {each.name for each in result.useless}
    result.absent = [name for name in wanted if name not in valid]
    missing = [name for name in result.absent if name not in replaced]
    result.faults += [tr("{} {} is missing").format(name, wanted[name]) for name in missing]
    return result


def remove(home: Path, package: Installed) -> None:
    """Delete a package's files listed in its record, and nothing outside of `home`.

    Raises:
        OSError: If something cannot be deleted.
    """
    site = package.info.parent
    inside = home.resolve()
    for name, _ in _record(package.info) or []:
        path = site / name
        if inside in path.resolve().parents:
            path.unlink(missing_ok=True)
    shutil.rmtree(package.info)


def _fault(site: Path, info: Path, thorough: bool) -> str:
    # pip writes the record last: a package without one was never complete.
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
