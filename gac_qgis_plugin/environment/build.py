"""Building the planned environment from whatever exists already.

Creating, resuming, repairing and updating are the same: survey the environment, download what is
missing, remove what is in the way, install, survey again, test it, write the marker.

Settings for targets, selections or Pythons are controlled by the plugin: with `PIP_TARGET` or
`dry-run` in a `pip.conf` an environment would stay empty.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QLockFile

from gac_qgis_plugin.core import processes, records
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import Cancelled, ProcessResult
from gac_qgis_plugin.environment import packages
from gac_qgis_plugin.environment import plan as environment_plan
from gac_qgis_plugin.environment.packages import explain
from gac_qgis_plugin.environment.plan import (
    Plan,
    ProgressCallback,
    Requirement,
    Site,
    check_room,
    packages_in,
    python_in,
    work_folder,
)
from gac_qgis_plugin.environment.state import (
    MARKER,
    Differences,
    Marker,
    compare,
    read_marker,
    remove,
    survey,
    write_marker,
)

NAMES = (
    "index-url",
    "extra-index-url",
    "no-index",
    "find-links",
    "trusted-host",
    "proxy",
    "cert",
    "client-cert",
    "timeout",
    "default-timeout",
    "retries",
    "resume-retries",
    "keyring-provider",
    "use-feature",
    "cache-dir",
)
CONFIGURATION = "PIP_CONFIG_FILE"
LIMIT_S = 60.0
MAX_LINE = 100_000
"""Maximum number of characters of all settings in the files."""

SELF_TEST_LIMIT_S = 600.0
_CHECKED = 3.0
_SELF_TESTING = 94.0


def allowed_variables(variables: dict[str, str]) -> dict[str, str]:
    """Return environment variables without those that redirect or disable installation."""
    names = {*map(_variable, NAMES), CONFIGURATION}
    return {
        name: value
        for name, value in variables.items()
        if name.upper() in names or not name.upper().startswith(("PIP_", "UV_"))
    }


def inline_file_settings(site: Site) -> dict[str, str]:
    """Return the build's environment variables plus pip's file settings, with the files disabled.

    A setting in a file cannot be undone by another file or by an empty variable. If pip cannot read
    its files, they stay: pip itself reports what is wrong with them.
    """
    result = processes.run(
        python_in(site.plan.home),
        ["-I", processes.helper("pip_settings.py"), json.dumps(NAMES)],
        site.variables,
        is_cancelled=site.is_cancelled,
        limit_s=LIMIT_S,
        max_line=MAX_LINE,
    )
    # Not logged: addresses of indexes and proxies contain passwords.
    reading = records.parse((result.output.splitlines() or [""])[-1], dict[str, str])
    if result.code != 0 or reading.damage:
        return site.variables
    variables = {_variable(name): value for name, value in reading.values.items()}
    return {**variables, **site.variables, CONFIGURATION: os.devnull}


def _variable(name: str) -> str:
    return f"PIP_{name.upper().replace('-', '_')}"


def build(plan: Plan, on_progress: ProgressCallback, is_cancelled: Callable[[], bool]) -> None:
    """Build an environment completely, on the calling thread.

    Downloads are kept on failure or cancellation; installed packages stay without a marker and are
    surveyed the next time.

    Args:
        plan: The environment.
        on_progress: Receives the progress.
        is_cancelled: Polled ten times a second.

    Raises:
        PluginError: If it fails.
        BuildCancelled: If it was cancelled.
    """
    site = Site(plan, is_cancelled)
    try:
        packages.refuse_foreign(plan.home)
        site.variables = allowed_variables(site.variables)
        site.downloads.mkdir(parents=True, exist_ok=True)
        with _locked(site):
            shutil.rmtree(site.temporary, ignore_errors=True)
            site.temporary.mkdir()
            _run(site, on_progress)
        shutil.rmtree(site.work, ignore_errors=True)
    except OSError as error:
        result = ProcessResult(-1, f"{type(error).__name__}: {error}")
        raise explain(tr("The environment could not be made."), result) from error
    on_progress(100.0, tr("The environment is ready."))


def remove_environment(home: Path) -> None:
    """Delete an environment and its downloads.

    Raises:
        PluginError: If it is not an environment, or cannot be deleted.
    """
    packages.refuse_foreign(home)
    try:
        (home / MARKER).unlink(missing_ok=True)
        for folder in (home, work_folder(home)):
            if folder.exists():
                shutil.rmtree(folder)
        if home.parent.name == "gac":
            with suppress(OSError):  # the profile's folder for it, if empty
                home.parent.rmdir()
    except OSError as error:
        result = ProcessResult(-1, f"{type(error).__name__}: {error}")
        raise explain(tr("The environment could not be removed."), result) from error


@contextmanager
def _locked(site: Site) -> Iterator[None]:
    """Lock the environment against other QGIS processes."""
    lock = QLockFile(str(site.work / "lock"))
    if not lock.tryLock(0):
        raise PluginError(
            tr("The environment in {} is being made already.").format(site.plan.home),
            tr("Wait for the other window of QGIS to be done with it."),
        )
    try:
        yield
    finally:
        lock.unlock()


def _run(site: Site, on_progress: ProgressCallback) -> None:
    plan = site.plan
    on_progress(0.0, tr("Making the environment's Python…"))
    packages.make(site)
    site.variables = inline_file_settings(site)
    variables = processes.certificate_variables(plan.certificates, site.work, site.variables)
    site.variables.update(variables)
    required = packages.applicable(site, environment_plan.read(plan.requirements))
    differences = _compare(site, required)
    if differences.faults or read_marker(plan.home) is None:
        to_install = [each for each in required if each.name in set(differences.absent)]
        files = _download_or_check(site, required, to_install, on_progress)
        # From here on the environment no longer matches its marker.
        (plan.home / MARKER).unlink(missing_ok=True)
        for package in differences.to_replace:
            remove(plan.home, package)
        packages.install(site, to_install, files, on_progress)
        faults = _compare(site, required).faults
        if faults:
            raise PluginError(
                tr("Installed packages are not whole."),
                tr("Go on to try again; if it stays so, an antivirus may hold files back."),
                "\n".join(faults),
            )
    on_progress(_SELF_TESTING, tr("Trying it…"))
    _self_test(site)
    _mark(site, required)


def _compare(site: Site, wanted: list[Requirement]) -> Differences:
    folder = packages_in(site.plan.home)
    installed = survey(folder, thorough=True) if folder else []
    return compare({each.name: each.version for each in wanted}, installed)


def _download_or_check(
    site: Site, wanted: list[Requirement], missing: list[Requirement], on_progress: ProgressCallback
) -> Path:
    """Return the folder with the files of all missing packages, downloading them if needed."""
    plan = site.plan

    def checking(requirement: Requirement) -> None:
        on_progress(_CHECKED, tr("Checking {}…").format(requirement.name))
        if site.is_cancelled():
            raise Cancelled

    tools = [each for each in wanted if each.name == packages.SETUPTOOLS]
    needed = [*tools, *(each for each in missing if each not in tools)]
    installed = sum(plan.sizes.installed(each.name) for each in missing)
    if plan.wheels is not None:
        check_room(plan.home, installed)
        _, faults = packages.check(plan.wheels, needed, checking)
        if faults:
            raise _unfit_folder(plan, faults, len(needed))
        files = plan.wheels
    else:
        files = site.downloads
        valid, _ = packages.check(files, needed, checking)
        to_fetch = sum(plan.sizes.fetched(each.name) for each in needed if each.name not in valid)
        check_room(plan.home, installed + to_fetch)
        # Packages published only as source need the tools before they can be fetched.
        packages.fetch(site, tools, set(valid), on_progress)
    packages.make_tools(site, wanted, files)
    if plan.wheels is None:
        packages.fetch(site, needed, {*valid, *(each.name for each in tools)}, on_progress)
    return files


def _unfit_folder(plan: Plan, faults: list[str], count: int) -> PluginError:
    words = tr("The wheel folder {} lacks {} of {} packages: {}")
    more = "…" if len(faults) > 3 else "."
    remedy = tr(
        "Fill it on a machine of the same system with Python {}.{}: "
        "pip download --no-deps --require-hashes -r {} --dest FOLDER"
    )
    return PluginError(
        words.format(plan.wheels, len(faults), count, "; ".join(faults[:3])) + more,
        remedy.format(*plan.version[:2], plan.requirements),
        "\n".join(faults),
    )


def _self_test(site: Site) -> None:
    plan = site.plan
    result = processes.run(
        python_in(plan.home),
        plan.self_test,
        plan.self_test_variables or plan.variables,
        is_cancelled=site.is_cancelled,
        limit_s=SELF_TEST_LIMIT_S,
    )
    if result.code != 0:
        last = (result.output.splitlines() or ["?"])[-1]
        raise processes.failed(
            tr("The environment was made, but does not work: {}").format(last),
            tr("GAC's diagnostics tell what is wrong and what to do."),
            result,
        )


def _mark(site: Site, wanted: list[Requirement]) -> None:
    plan = site.plan
    marker = Marker(
        fingerprint=environment_plan.fingerprint(plan.requirements),
        requirements=plan.requirements.name,
        python=str(plan.python),
        version=".".join(map(str, plan.version)),
        packages={each.name: each.version for each in wanted},
        source=str(plan.wheels or "index"),
        gac=plan.gac,
        made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )
    write_marker(plan.home, marker)
