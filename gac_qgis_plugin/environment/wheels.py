"""Package files in a folder: matching and missing ones, and groups for downloading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.environment.requirements import Requirement, normalised

SUFFIXES = (".whl", ".tar.gz", ".zip")
GROUP_BYTES = 80_000_000
"""Approximate bytes per call of pip: at most this much is lost when a call is interrupted."""

GROUP_COUNT = 12
_CHUNK = 1 << 22


def by_name(folder: Path) -> dict[str, list[Path]]:
    """Return the package files in a folder, by package name."""
    files: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.name.endswith(SUFFIXES):
            files.setdefault(named(path)[0], []).append(path)
    return files


def named(path: Path) -> tuple[str, str]:
    """Parse name and version from the file name of a wheel or source archive."""
    if path.suffix == ".whl":
        name, version = path.name.split("-")[:2]
    else:
        stem = path.name[: -len(".tar.gz")] if path.name.endswith(".gz") else path.stem
        name, _, version = stem.rpartition("-")
    return normalised(name), version


def check(
    folder: Path, wanted: Iterable[Requirement], each: Callable[[Requirement], object]
) -> tuple[dict[str, Path], list[str]]:
    """Find the files that match the requirements; reads all of them, some gigabytes.

    Args:
        folder: Folder of the files.
        wanted: The requirements.
        each: Called with each package before its files are read; may raise to stop.

    Returns:
        File by package name, and the faults of the others, a line each.

    Raises:
        OSError: If the folder or a file cannot be read.
    """
    available = by_name(folder)
    valid: dict[str, Path] = {}
    faults = []
    for requirement in wanted:
        each(requirement)
        files = available.get(requirement.name, [])
        matching = [path for path in files if digest(path) in requirement.hashes]
        if matching:
            valid[requirement.name] = matching[0]
            continue
        needed = f"{requirement.name} {requirement.version}"
        same_version = [path.name for path in files if named(path)[1] == requirement.version]
        versions = sorted({named(path)[1] for path in files})
        if same_version:
            faults.append(
                f"{needed}: {same_version[0]} is not the file that is needed (another hash)"
            )
        elif versions:
            faults.append(f"{needed}: the folder has {', '.join(versions)}")
        else:
            faults.append(f"{needed}: missing")
    return valid, faults


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
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
    """Split a list of packages into groups, each downloaded by one call.

    Args:
        wanted: The list.
        size: Returns the bytes to download for a package name.
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
