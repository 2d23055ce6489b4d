"""Packages of the environment: downloaded in groups, then installed at once, by its own pip."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.environment import processes, wheels
from gac_qgis_plugin.environment.causes import explain
from gac_qgis_plugin.environment.place import packages_in, python_in
from gac_qgis_plugin.environment.plan import Site, Tell
from gac_qgis_plugin.environment.requirements import Requirement, normalised
from gac_qgis_plugin.toolbelt.words import tr

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


def fetch(site: Site, wanted: list[Requirement], there: set[str], tell: Tell) -> None:
    """Download packages' files, except those that exist already.

    Args:
        site: The build's working folder.
        wanted: The packages.
        there: Names of packages to skip.
        tell: Receives the progress.

    Raises:
        PluginError: If it fails; groups downloaded completely by then stay.
    """
    size = site.plan.sizes.fetched
    total = sum(size(each.name) for each in wanted)
    done = sum(size(each.name) for each in wanted if each.name in there)
    remaining = [each for each in wanted if each.name not in there]
    low, high = FETCHING
    now = [""]

    def tick() -> None:
        fetched = min(most, _bytes_in(site.temporary))
        share = (done + fetched) / max(total, 1)
        words = tr("Fetching {}: {:.2f} of {:.2f} GB")
        text = words.format(now[0], (done + fetched) / 1e9, total / 1e9)
        tell(low + (high - low) * share, text)

    def line(text: str) -> None:
        match = re.match(r"\s*Collecting ([\w.-]+)==([^\s;]+)", text)
        if match:
            now[0] = f"{match[1]} {match[2]}"

    for group in wheels.groups(remaining, size):
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


def install(site: Site, missing: list[Requirement], files: Path, tell: Tell) -> None:
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
            tell(low + (begin - low) * min(len(read) / len(missing), 1.0), words)

    def tick() -> None:
        new = {info.name for info in folder.glob("*.dist-info")} - existing
        names = {normalised(name.partition("-")[0]) for name in new}
        share = sum(weight.get(name, 0) for name in names) / max(sum(weight.values()), 1)
        if new:
            text = tr("Installing: {} of {} packages").format(len(new), len(missing))
            tell(begin + (high - begin) * min(share, 1.0), text)

    tell(low, tr("Installing {} packages…").format(len(missing)))
    options = ["install", "--no-index", "--find-links", str(files), "--no-compile"]
    options += ["--ignore-installed", "--no-warn-script-location"]
    _pip(site, tr("The packages could not be installed."), options, missing, line, tick)


def _pip(
    site: Site,
    what: str,
    options: list[str],
    group: list[Requirement],
    on_line: Callable[[str], object] = processes.nothing,
    on_tick: Callable[[], object] = processes.nothing,
) -> None:
    requirements_file = site.work / "group.txt"
    requirements_file.write_text("\n".join(each.text for each in group) + "\n", encoding="utf-8")
    arguments = ["pip", *options, *_QUIET, *_FIXED, "--requirement", str(requirements_file)]
    ended = site.run(
        python_in(site.plan.home),
        processes.session("module", *arguments),
        on_line=on_line,
        on_tick=on_tick,
    )
    if ended.code != 0:
        raise explain(what, ended)


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        # pip removes files concurrently.
        with suppress(OSError):
            total += path.stat().st_size
    return total
