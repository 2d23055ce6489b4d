"""Packages of the environment: files, pip, installation, failures."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment.plan import (
    ProgressCallback,
    Requirement,
    Site,
    normalised,
    packages_in,
    python_in,
)

SUFFIXES = (".whl", ".tar.gz", ".zip")
GROUP_BYTES = 80_000_000
"""Approximate bytes per call of pip: at most this much is lost when a call is interrupted."""
GROUP_COUNT = 12
_CHUNK = 1 << 22

_CAUSES = (
    (
        r"No space left on device|Errno 28|WinError 112|Errno 122|Disk quota exceeded",
        "The disk became full.",
        "Make room, or choose another folder, and go on: what was fetched is kept.",
    ),
    (
        r"THESE PACKAGES DO NOT MATCH THE HASHES",
        "A package is not the file that it should be: its hash differs.",
        "Go on to fetch it again. If it stays so, something between you and the package index "
        "(a proxy, an antivirus, a mirror) changes files; or the wheel folder holds others.",
    ),
    (
        r"407 Proxy Authentication|ProxyError|Cannot connect to proxy|Tunnel connection failed",
        "The proxy did not let pip through.",
        "Check QGIS's options, Network: address, user, password; then go on.",
    ),
    (
        r"Missing dependencies for SOCKS",
        "pip cannot use a SOCKS proxy by itself.",
        "Set an HTTP proxy in QGIS's options, Network, or install from a wheel folder.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The package index's certificate is not trusted.",
        "If your organisation inspects traffic, add its certificate in QGIS's options, "
        "Authentication, Manage certificates; then go on.",
    ),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|getaddrinfo|"
        r"Temporary failure in name resolution|Connection (refused|reset)|Max retries|"
        r"Network is unreachable|IncompleteRead|RemoteDisconnected|ConnectionResetError",
        "The package index cannot be reached.",
        "Check the network and QGIS's proxy (options, Network), then go on from here; or install "
        "from a wheel folder, without any network.",
    ),
    (
        r"Permission denied|PermissionError|WinError 5\b|WinError 32\b|Access is denied",
        "A file could not be written or replaced.",
        "Close other windows of QGIS; look whether an antivirus holds the folder; then go on.",
    ),
    (
        r"No matching distribution found for (?P<what>[\w.=-]+)",
        "The package index has no file of {what} for this Python and system.",
        "Choose another Python (3.11 is best tested), or a wheel folder that has it.",
    ),
)

SETUPTOOLS = "setuptools"
"""Build tool of packages that are published only as source."""
FETCHING = (3.0, 65.0)
INSTALLING = (65.0, 93.0)
"""Percentages of the whole at which a phase begins and ends."""
READING = 0.2
"""Share of the installation in which pip reads and checks all files, before the first is in place.
"""
_QUIET = ("--disable-pip-version-check", "--no-input", "--no-color", "--progress-bar", "off")
_FIXED = ("--no-deps", "--no-build-isolation", "--use-pep517", "--require-hashes")

MAKE_LIMIT_S = 300.0
ASK_LIMIT_S = 60.0


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


def explain(what: str, ended: ProcessResult) -> PluginError:
    """Return the error for a failed step of pip.

    Args:
        what: The step that failed, as a sentence.
        ended: pip's exit status and output.
    """
    for pattern, message, remedy in _CAUSES:
        match = re.search(pattern, ended.output)
        if match is not None:
            subject = match.groupdict().get("what") or tr("a package")
            cause = tr(message).format(what=subject)
            return PluginError(f"{what} {cause}", tr(remedy), ended.output)
    return PluginError(
        what,
        tr("Go on from here; if it fails again, report it with the details."),
        f"{ended.output}\n(exit status {ended.code})".strip(),
    )


def fetch(
    site: Site, wanted: list[Requirement], skip: set[str], on_progress: ProgressCallback
) -> None:
    """Download packages' files, except those that exist already.

    Args:
        site: The build's working folder.
        wanted: The packages.
        skip: Names of packages to skip.
        on_progress: Receives the progress.

    Raises:
        PluginError: If it fails; groups downloaded completely by then stay.
    """
    size = site.plan.sizes.fetched
    total = sum(size(each.name) for each in wanted)
    done = sum(size(each.name) for each in wanted if each.name in skip)
    remaining = [each for each in wanted if each.name not in skip]
    low, high = FETCHING
    now = [""]

    def tick() -> None:
        fetched = min(most, _bytes_in(site.temporary))
        share = (done + fetched) / max(total, 1)
        words = tr("Fetching {}: {:.2f} of {:.2f} GB")
        text = words.format(now[0], (done + fetched) / 1e9, total / 1e9)
        on_progress(low + (high - low) * share, text)

    def line(text: str) -> None:
        match = re.match(r"\s*Collecting ([\w.-]+)==([^\s;]+)", text)
        if match:
            now[0] = f"{match[1]} {match[2]}"

    for group in groups(remaining, size):
        most = sum(size(each.name) for each in group)
        now[0] = f"{group[0].name} {group[0].version}"
        tick()
        options = ["download", "--no-cache-dir", "--dest", str(site.downloads)]
        _pip(site, tr("The packages could not be fetched."), options, group, line, tick)
        done += most


def make_tools(site: Site, wanted: list[Requirement], files: Path) -> None:
    """Install the build tools beside the environment.

    Raises:
        PluginError: If it fails.
    """
    shutil.rmtree(site.tools, ignore_errors=True)
    needed = [each for each in wanted if each.name == SETUPTOOLS]
    if needed:
        options = ["install", "--no-index", "--find-links", str(files)]
        options += ["--no-compile", "--target", str(site.tools)]
        _pip(site, tr("The packages could not be built."), options, needed)


def install(
    site: Site, missing: list[Requirement], files: Path, on_progress: ProgressCallback
) -> None:
    """Install packages from files, in addition to existing ones.

    Raises:
        PluginError: If it fails.
    """
    folder = packages_in(site.plan.home)
    if not missing or folder is None:
        return
    weight = {each.name: site.plan.sizes.installed(each.name) for each in missing}
    existing = {info.name for info in folder.glob("*.dist-info")}
    low, high = INSTALLING
    if site.plan.wheels is not None:
        low = FETCHING[0]  # nothing was fetched
    begin = low + READING * (high - low)
    read: list[str] = []

    def line(text: str) -> None:
        if text.startswith("Processing "):
            read.append(text)
            words = tr("Reading: {} of {} packages").format(len(read), len(missing))
            on_progress(low + (begin - low) * min(len(read) / len(missing), 1.0), words)

    def tick() -> None:
        new = {info.name for info in folder.glob("*.dist-info")} - existing
        names = {normalised(name.partition("-")[0]) for name in new}
        share = sum(weight.get(name, 0) for name in names) / max(sum(weight.values()), 1)
        if new:
            text = tr("Installing: {} of {} packages").format(len(new), len(missing))
            on_progress(begin + (high - begin) * min(share, 1.0), text)

    on_progress(low, tr("Installing {} packages…").format(len(missing)))
    options = ["install", "--no-index", "--find-links", str(files), "--no-compile"]
    options += ["--ignore-installed", "--no-warn-script-location"]
    _pip(site, tr("The packages could not be installed."), options, missing, line, tick)


def _pip(
    site: Site,
    what: str,
    options: list[str],
    group: list[Requirement],
    on_line: Callable[[str], object] = processes.ignore,
    on_tick: Callable[[], object] = processes.ignore,
) -> None:
    requirements_file = site.work / "group.txt"
    requirements_file.write_text("\n".join(each.text for each in group) + "\n", encoding="utf-8")
    arguments = ["pip", *options, *_QUIET, *_FIXED, "--requirement", str(requirements_file)]
    result = site.run(
        python_in(site.plan.home),
        processes.session("module", *arguments),
        on_line=on_line,
        on_tick=on_tick,
    )
    if result.code != 0:
        raise explain(what, result)


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        # pip removes files concurrently.
        with suppress(OSError):
            total += path.stat().st_size
    return total


def make(site: Site) -> None:
    """Create the bare environment, unless one of the same Python with a working pip exists.

    Raises:
        PluginError: If it cannot be created.
    """
    home = site.plan.home
    if _works(site):
        return
    refuse_foreign(home)
    if home.exists():
        shutil.rmtree(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    arguments = processes.session("module", "venv", str(home))
    result = site.run(site.plan.python, arguments, limit_s=MAKE_LIMIT_S)
    if result.code != 0:
        raise explain(tr("{} could not make an environment.").format(site.plan.python), result)


def refuse_foreign(home: Path) -> None:
    """Check that a folder is an environment, empty, or nonexistent.

    Raises:
        PluginError: If it holds anything else, which must not be deleted.
    """
    if not home.exists() or (home / "pyvenv.cfg").exists():
        return
    if not home.is_dir() or any(home.iterdir()):
        raise PluginError(
            tr("{} holds other things than an environment.").format(home),
            tr("Choose an empty folder, or one that does not exist yet."),
        )


def applicable(site: Site, entries: list[Requirement]) -> list[Requirement]:
    """Return the entries whose markers hold for the environment's Python and system.

    Raises:
        PluginError: If its pip does not work.
    """
    markers = json.dumps([each.marker for each in entries])
    arguments = ["-I", processes.helper("applicable.py"), markers]
    result = site.run(python_in(site.plan.home), arguments, limit_s=ASK_LIMIT_S)
    try:
        holds = json.loads(result.output.splitlines()[-1])
    except (ValueError, IndexError):
        raise processes.failed(
            tr("The environment's pip does not work."),
            tr("Remove the environment and make it anew."),
            result,
        ) from None
    return [each for each, needed in zip(entries, holds) if needed]


def _works(site: Site) -> bool:
    python = python_in(site.plan.home)
    if not python.is_file():
        return False
    code = "import sys, venv; from pip._internal.cli import main; print(*sys.version_info[:2])"
    result = site.run(python, ["-I", "-c", code], limit_s=ASK_LIMIT_S)
    minor = " ".join(map(str, site.plan.version[:2]))
    return result.code == 0 and result.output.splitlines()[-1:] == [minor]
