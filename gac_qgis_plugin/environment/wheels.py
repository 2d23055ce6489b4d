"""Files of packages in a folder: which fit, which are missing, in which groups to fetch them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.environment.requirements import Requirement, normalised

SUFFIXES = (".whl", ".tar.gz", ".zip")
GROUP_BYTES = 80_000_000
"""Fetched by one call of pip, about: a call that is broken off loses as much at most."""

GROUP_COUNT = 12
_CHUNK = 1 << 22


def by_name(folder: Path) -> dict[str, list[Path]]:
    """The packages' files in a folder, by the package's name."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.name.endswith(SUFFIXES):
            found.setdefault(named(path)[0], []).append(path)
    return found


def named(path: Path) -> tuple[str, str]:
    """Name and version that a wheel or a source archive has in its file name."""
    if path.suffix == ".whl":
        name, version = path.name.split("-")[:2]
    else:
        stem = path.name[: -len(".tar.gz")] if path.name.endswith(".gz") else path.stem
        name, _, version = stem.rpartition("-")
    return normalised(name), version


def check(
    folder: Path, wanted: Iterable[Requirement], each: Callable[[Requirement], object]
) -> tuple[dict[str, Path], list[str]]:
    """Looks for the files that will do; reads all of them, some gigabytes.

    Args:
        folder: Where to look.
        wanted: What for.
        each: Told of each package before its files are read; may raise to stop.

    Returns:
        File by name of package, and what is wrong with the others, a line each.

    Raises:
        OSError: If the folder or a file cannot be read.
    """
    there = by_name(folder)
    good: dict[str, Path] = {}
    faults = []
    for requirement in wanted:
        each(requirement)
        files = there.get(requirement.name, [])
        fit = [path for path in files if digest(path) in requirement.hashes]
        if fit:
            good[requirement.name] = fit[0]
            continue
        needed = f"{requirement.name} {requirement.version}"
        same = [path.name for path in files if named(path)[1] == requirement.version]
        versions = sorted({named(path)[1] for path in files})
        if same:
            faults.append(f"{needed}: {same[0]} is not the file that is needed (another hash)")
        elif versions:
            faults.append(f"{needed}: the folder has {', '.join(versions)}")
        else:
            faults.append(f"{needed}: missing")
    return good, faults


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            if not chunk:
                return total.hexdigest()
            total.update(chunk)


def groups(
    wanted: Iterable[Requirement], size: Callable[[str], int]
) -> Iterator[list[Requirement]]:
    """Parts of a list, each fetched by one call.

    Args:
        wanted: The list.
        size: Bytes to fetch for a package, by its name.
    """
    group: list[Requirement] = []
    total = 0
    for requirement in wanted:
        bytes_ = size(requirement.name)
        if group and (total + bytes_ > GROUP_BYTES or len(group) >= GROUP_COUNT):
            yield group
            group, total = [], 0
        group.append(requirement)
        total += bytes_
    if group:
        yield group
