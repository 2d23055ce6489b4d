"""What an environment really holds, beside what it should hold; read from its files alone."""

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
    """A package that is there, or what is left of it.

    Attributes:
        name: As `requirements.normalised` writes it.
        version: Its version.
        info: Its .dist-info folder.
        fault: What it lacks; empty: nothing that was looked for.
    """

    name: str
    version: str
    info: Path
    fault: str


@dataclass
class Differences:
    """How an environment differs from what it should hold.

    Attributes:
        absent: Names of packages that are needed and not there as they should be.
        useless: Packages that stand where others belong: damaged, or of a wrong version.
        faults: Both in words, a line for each package.
    """

    absent: list[str] = field(default_factory=list)
    useless: list[Installed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def survey(site: Path, *, thorough: bool) -> list[Installed]:
    """The packages in a folder of packages.

    Args:
        site: The folder.
        thorough: Whether to look for each file of each package too: a second or so.
    """
    found = []
    for info in sorted(site.glob("*.dist-info")):
        name, _, version = info.name[: -len(".dist-info")].partition("-")
        found.append(Installed(normalised(name), version, info, _fault(site, info, thorough)))
    return found


def compare(wanted: Mapping[str, str], found: Iterable[Installed]) -> Differences:
    """Holds packages against what is wanted: version by name. Others are left alone."""
    result = Differences()
    good = set()
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
            good.add(each.name)
    named = {each.name for each in result.useless}
    result.absent = [name for name in wanted if name not in good]
    missing = [name for name in result.absent if name not in named]
    result.faults += [tr("{} {} is missing").format(name, wanted[name]) for name in missing]
    return result


def remove(home: Path, package: Installed) -> None:
    """Deletes a package's files, as far as its record tells them, and nothing outside of `home`.

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
    # pip writes the record last of all: a package without one was never whole.
    half = tr("it was installed by half")
    if not thorough:
        return "" if (info / "RECORD").is_file() else half
    record = _record(info)
    for name, size in record:
        try:
            there = (site / name).stat().st_size
        except OSError:
            if not name.endswith(".pyc"):
                return tr("its file {} is missing").format(name)
        else:
            if size.isdigit() and there != int(size):
                return tr("its file {} was changed").format(name)
    return "" if record else half


def _record(info: Path) -> list[tuple[str, str]]:
    """Name and size of each file; nothing if there is no record, or none that can be read."""
    try:
        with (info / "RECORD").open(encoding="utf-8", newline="") as file:
            return [(row[0], row[2]) for row in csv.reader(file) if len(row) == 3]
    except (OSError, ValueError, csv.Error):
        return []
