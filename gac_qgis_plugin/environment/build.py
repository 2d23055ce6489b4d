"""Building the planned environment with uv.

Creating, resuming, repairing and updating are the same: a new environment is made beside the old
one from uv's cache and the index, tried, and put in its place. Its files are links into the cache
where the disk allows it, so that this takes seconds and little room once the packages are there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QLockFile

from gac_qgis_plugin.contract import removal, rename
from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment import choices, installer
from gac_qgis_plugin.environment import requirements as resolved
from gac_qgis_plugin.environment.installer import MIRROR, Site, explain
from gac_qgis_plugin.environment.plan import (
    Plan,
    ProgressCallback,
    Sizes,
    check_room,
    estimate,
    file_for,
    folders_of,
    free_bytes,
    likely,
    packages_in,
    python_in,
    size_of,
)
from gac_qgis_plugin.environment.requirements import BACKENDS, Requirement
from gac_qgis_plugin.environment.state import (
    MARKER,
    READY,
    Marker,
    read_marker,
    read_state,
    survey,
    write_marker,
)

SELF_TEST_LIMIT_S = 600.0
RENAME_PAUSES_S = (1.0,) * 4
"""Seconds between attempts: on Windows an antivirus may read the files of a new environment."""
_PYTHON, _RESOLVING, _INSTALLING, _INSTALLED, _TRYING = 2.0, 4.0, 6.0, 92.0, 94.0
_PART = "torch.txt"
_UNPUBLISHED = re.compile(r"No solution found")
_SIZE = re.compile(r"\s*(Downloading|Building|Downloaded|Built) (\S+)(?: \(([\d.]+\s?\w+)\))?")


class GpuProblem(PluginError):
    """A complete environment whose PyTorch cannot compute on the GPU."""


def build(plan: Plan, on_progress: ProgressCallback, is_cancelled: Callable[[], bool]) -> None:
    """Build an environment completely, on the calling thread.

    What was fetched is kept on failure or cancellation, and the old environment stays.

    Args:
        plan: The environment.
        on_progress: Receives the progress.
        is_cancelled: Polled ten times a second.

    Raises:
        GpuProblem: If only the GPU cannot be used.
        PluginError: If it fails.
        Cancelled: If it was cancelled.
    """
    site = Site(plan, is_cancelled)
    try:
        refuse_foreign(plan.home)
        is_resumed = site.work.exists()
        site.work.mkdir(parents=True, exist_ok=True)
        with _locked(site):
            _restore(site)
            for folder in (site.temporary, site.home):
                removal.remove_folder(folder, ignore_errors=True)
            site.temporary.mkdir()
            _run(site, on_progress, is_resumed)
        removal.remove_folder(site.work, ignore_errors=True)
    except OSError as error:
        result = ProcessResult(-1, f"{type(error).__name__}: {error}")
        raise explain(tr("The environment could not be made."), result) from error
    on_progress(100.0, tr("The environment is ready."))


def remove_environment(home: Path) -> None:
    """Delete an environment, its downloads and its installer.

    Raises:
        PluginError: If it is not an environment, or cannot be deleted.
    """
    refuse_foreign(home)
    try:
        removal.remove_file(home / MARKER, missing_ok=True)
        for folder in folders_of(home):
            if folder.exists():
                removal.remove_folder(folder)
        if home.parent.name == "gac":
            with suppress(OSError):  # the profile's folder for it, if empty
                home.parent.rmdir()
    except OSError as error:
        result = ProcessResult(-1, f"{type(error).__name__}: {error}")
        raise explain(tr("The environment could not be removed."), result) from error


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
            problem="folder-not-an-environment",
        )


@contextmanager
def _locked(site: Site) -> Iterator[None]:
    """Lock the environment against other QGIS processes."""
    lock = QLockFile(str(site.work / "lock"))
    if not lock.tryLock(0):
        raise PluginError(
            tr("The environment in {} is being made already.").format(site.plan.home),
            tr("Wait for the other window of QGIS to be done with it."),
            problem="environment-in-use",
        )
    try:
        yield
    finally:
        lock.unlock()


def _run(site: Site, on_progress: ProgressCallback, is_resumed: bool) -> None:
    plan = site.plan
    state = read_state(plan.home, thorough=True, files=plan.requirements)
    marker = state.marker
    if state.condition == READY and marker is not None and marker.torch == plan.build:
        on_progress(_TRYING, tr("Trying it…"))
        _self_test(site, plan.home)
        write_marker(plan.home, _marker(site, plan.home, marker, _prove_gpu(site, plan.home)))
        return
    on_progress(0.0, tr("Getting the installer (uv)…"))
    installer.prepare(site)
    on_progress(_PYTHON, tr("Looking for a Python…"))
    python, minor = choices.find_python(site)
    site.python = python
    lock = file_for(minor, plan.requirements)
    on_progress(_RESOLVING, tr("Determining the packages…"))
    entries = resolved.read(lock)
    expected = likely(entries, minor)
    wanted = resolve(site, entries, python)
    _, installed = estimate(expected, Sizes.load(minor, plan.requirements), plan.build)
    # The new environment is links to what the cache holds already.
    check_room(plan.home, max(installed - size_of([site.tools / "cache"]), 0))
    if marker is not None and (site.tools / "cache").is_dir():
        _clean_cache(site, marker, [] if is_resumed else wanted[0])
    _install(site, lock, wanted, installed, on_progress)
    on_progress(_TRYING, tr("Trying it…"))
    _self_test(site, site.home)
    new = Marker(
        fingerprint=resolved.fingerprint(lock),
        requirements=lock.name,
        python=str(python),
        version="",
    )
    write_marker(site.home, _marker(site, site.home, new, _prove_gpu(site, site.home)))
    _switch(site)


def resolve(
    site: Site, entries: list[Requirement], python: Path, platform: str = ""
) -> tuple[list[str], list[str]]:
    """Determine all packages, those of the PyTorch build among them.

    Args:
        site: The build's working folder, with uv.
        entries: The resolved file.
        python: The base Python.
        platform: uv's name of the system to resolve for; empty: this one.

    Returns:
        The packages' lines, with hashes, and uv's arguments that name PyTorch's source.

    Raises:
        PluginError: If there is no such PyTorch.
    """
    plan = site.plan
    torch = next((each for each in entries if each.name == "torch"), None)
    backends = BACKENDS[plan.build]
    if plan.wheels is not None:
        # A folder holds one build: the index's, or one with a local version such as +cu126.
        builds = [] if torch is None else plan.wheels.glob(f"torch-{torch.version}+*.whl")
        backends = ("",) if any(builds) else ()
    if torch is None or not backends:
        return [each.text for each in entries], []
    names = {each.name for each in entries if not each.is_of_torch}
    for backend in backends:
        result = site.run_uv(*compile_words(site, backend, entries, python, platform))
        if result.code == 0:
            own = [each for each in resolved.read(site.work / _PART) if each.name not in names]
            lines = [*resolved.select(entries, "rest"), *(each.text for each in own)]
            return lines, _torch_source(site, backend)
        if not _UNPUBLISHED.search(result.output):
            break
    failure = explain(tr("PyTorch {} could not be chosen.").format(torch.version), result)
    raise PluginError(
        failure.message,
        failure.remedy + " " + tr("Or choose another build of PyTorch, e.g. the package index's."),
        failure.details,
        problem=failure.problem,
    )


def compile_words(
    site: Site, backend: str, entries: list[Requirement], python: Path, platform: str = ""
) -> list[str]:
    """Return uv's arguments that resolve the pinned PyTorch with a backend."""
    files = {"torch.in": resolved.torch_pins(entries, backend)}
    files["constraints.txt"] = resolved.select(entries, "pins")
    for name, lines in files.items():
        (site.work / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    source = _torch_source(site, backend)
    return [
        *("pip", "compile", str(site.work / "torch.in"), "--python", str(python)),
        *("--constraints", str(site.work / "constraints.txt"), "--generate-hashes"),
        *("--no-annotate", "--no-header", "--output-file", str(site.work / _PART)),
        *(*site.flags, *source),
        *(["--index-strategy", "unsafe-best-match"] if "--index" in source else []),
        *(["--python-platform", platform] if platform else []),
    ]


def _torch_source(site: Site, backend: str) -> list[str]:
    mirror = site.variables.get(MIRROR, "").rstrip("/")
    if not backend:
        return []
    return ["--index", f"{mirror}/{backend}"] if mirror else ["--torch-backend", backend]


def _lacking(plan: Plan, lock: Path, result: ProcessResult) -> PluginError | None:
    """Return the error for a wheel folder that lacks files; None if that is not the fault."""
    folder = plan.wheels
    if folder is None:
        return None
    available: dict[str, set[str]] = {}
    for path in folder.iterdir():
        stem = re.sub(r"\.(tar\.gz|zip|whl)$", "", path.name)
        parts = stem.split("-")[:2] if path.suffix == ".whl" else stem.rpartition("-")[::2]
        available.setdefault(resolved.normalised(parts[0]), set()).add(parts[-1])
    has_build = any("+" in version for version in available.get("torch", ()))
    expected = likely(resolved.read(lock), int(lock.stem.rpartition("py3")[2]))
    faults = []
    for each in expected:
        versions = available.get(each.name, set())
        if each.version in versions or (has_build and each.is_of_torch):
            continue
        other = tr("the folder has {}").format(", ".join(sorted(versions)))
        faults.append(f"{each.name} {each.version}: {other if versions else tr('missing')}")
    if not faults:
        return None
    words = tr("The wheel folder {} lacks {} of {} packages: {}")
    more = "…" if len(faults) > 3 else "."
    command = f"pip download --no-deps --require-hashes -r {lock} --dest FOLDER"
    return PluginError(
        words.format(folder, len(faults), len(expected), "; ".join(faults[:3])) + more,
        tr("Fill it on a machine of the same system and Python: {}").format(command),
        "\n".join([*faults, result.output]),
        problem="package-folder-incomplete",
    )


def _clean_cache(site: Site, marker: Marker, lines: list[str]) -> None:
    """Take damaged and outdated packages out of uv's cache.

    The environment's files are links to those of the cache, so these are damaged too.

    Args:
        site: The build's working folder.
        marker: The marker of the existing environment.
        lines: The packages of the new one; none: outdated ones stay, as new ones of an interrupted
            update would go with them.
    """
    folder = packages_in(site.plan.home)
    installed = survey(folder, thorough=True) if folder else []
    names = set(marker.packages) - {each.name for each in installed if not each.fault}
    if lines:
        wanted = {(each.name, each.version) for each in resolved.parse("\n".join(lines))}
        names |= {name for name, _ in marker.packages.items() - wanted}
    if names:
        site.run_uv("cache", "clean", *sorted(names))


def _install(
    site: Site,
    lock: Path,
    wanted: tuple[list[str], list[str]],
    size: int,
    on_progress: ProgressCallback,
) -> None:
    """Create the new environment and install all packages, the result of `resolve`, into it."""
    lines, source = wanted
    what = tr("The packages could not be installed.")
    result = site.run_uv(
        *("venv", "--relocatable", "--no-project", "--python", str(site.python)),
        str(site.home),
    )
    if result.code != 0:
        raise explain(tr("{} could not make an environment.").format(site.python), result)
    packages = site.work / "packages.txt"
    packages.write_text("\n".join(lines) + "\n", encoding="utf-8")
    began, now, percent = free_bytes(site.work), [""], [_INSTALLING]

    def tick() -> None:
        # What the disk has lost stands for what was unpacked: counting files takes too long.
        share = min(max(began - free_bytes(site.work), 0) / max(size, 1), 1.0)
        percent[0] = max(percent[0], _INSTALLING + (_INSTALLED - _INSTALLING) * share)
        words = tr("Fetching and installing some {:.1f} GB: {}")
        on_progress(percent[0], words.format(Number(size / 1e9), now[0]))

    def line(text: str) -> None:
        match = _SIZE.match(text)
        if match and match[1] in ("Downloading", "Building"):
            now[0] = f"{match[2]} ({match[3]})" if match[3] else match[2]
            tick()

    tick()
    result = site.run_uv(
        *("pip", "sync", str(packages), "--python", str(python_in(site.home)), "--require-hashes"),
        *("--build-constraints", str(lock), "--index-strategy", "unsafe-best-match"),
        *site.flags,
        *source,
        on_line=line,
        on_tick=tick,
    )
    if result.code != 0:
        raise _lacking(site.plan, lock, result) or explain(what, result)
    on_progress(_INSTALLED, tr("Checking the packages…"))
    folder = packages_in(site.home)
    faults = [
        f"{each.name} {each.version}: {each.fault}"
        for each in (survey(folder, thorough=True) if folder else [])
        if each.fault
    ]
    if folder is None or faults:
        raise PluginError(
            tr("Installed packages are not whole."),
            tr("Go on to try again; if it stays so, an antivirus may hold files back."),
            "\n".join(faults),
            problem="packages-damaged",
        )


def _self_test(site: Site, home: Path) -> None:
    plan = site.plan
    result = processes.run(
        python_in(home),
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
            problem="environment-not-working",
        )


def _prove_gpu(site: Site, home: Path) -> str:
    """Compute on the GPU and return what it did; empty if none is needed.

    Raises:
        GpuProblem: If it does not work.
    """
    plan = site.plan
    if not plan.needs_gpu:
        return ""
    result = processes.run(
        python_in(home),
        ["-I", processes.helper("prove_gpu.py")],
        plan.self_test_variables or plan.variables,
        is_cancelled=site.is_cancelled,
        limit_s=SELF_TEST_LIMIT_S,
    )
    try:
        report = json.loads(result.output.splitlines()[-1])
        code, text = str(report["code"]), str(report["text"])
    except (ValueError, KeyError, IndexError, TypeError):
        code, text = "failed", (result.output.splitlines() or ["?"])[-1]
    if not code and result.code == 0:
        return text
    message, remedy = _gpu_words(code)
    raise GpuProblem(
        tr("The environment works, but not its GPU: {} ({})").format(message, text),
        remedy + " " + tr("Or use the processor."),
        result.output,
        problem=f"gpu-{code.replace('_', '-')}",
    )


def _gpu_words(code: str) -> tuple[str, str]:
    again = tr("Then try again.")
    newer = tr("Install the newest driver for it.")
    return {
        "missing": (
            tr("PyTorch's libraries cannot be loaded."),
            tr("Another program's libraries may stand before its own: start QGIS without other "
               "plugins; on Windows install the Visual C++ runtime.") + " " + again,
        ),
        "processor_build": (
            tr("this PyTorch computes on the processor only."),
            tr("Choose another build of PyTorch."),
        ),
        "hidden": (
            tr("a variable of the system hides it."),
            tr("Remove that variable, or do not start QGIS with it.") + " " + again,
        ),
        "driver": (tr("its driver is too old."), newer + " " + again),
        "kernel": (
            tr("this build has no program for such a GPU."),
            tr("Choose another build: with CUDA 12.6 for older GPUs, with CUDA 13 for new ones."),
        ),
        "none": (tr("PyTorch finds none."), newer + " " + again),
        "memory": (
            tr("its memory is full."),
            tr("Close other programs that use it.") + " " + again,
        ),
        "wrong": (tr("it computes something else than the processor."), newer + " " + again),
    }.get(code, (tr("a computation failed."), newer + " " + again))  # fmt: skip


def _marker(site: Site, home: Path, base: Marker, gpu: str) -> Marker:
    plan = site.plan
    folder = packages_in(home)
    installed = survey(folder, thorough=False) if folder else []
    config = (home / "pyvenv.cfg").read_text(encoding="utf-8")
    version = re.search(r"^version(?:_info)? *= *(\S+)", config, re.MULTILINE)
    return Marker(
        fingerprint=base.fingerprint,
        requirements=base.requirements,
        python=base.python,
        version=version[1] if version else base.version,
        packages=base.packages or {each.name: each.version for each in installed},
        source=str(plan.wheels or "index"),
        gac=plan.gac,
        made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        build=plan.build,
        gpu=gpu,
    )


def _switch(site: Site) -> None:
    """Put the new environment in the old one's place."""
    home, old = site.plan.home, site.work / "old"
    removal.remove_folder(old, ignore_errors=True)
    if home.exists():
        _rename(home, old)
    try:
        _rename(site.home, home)
    except OSError:
        _restore(site)
        raise


def _restore(site: Site) -> None:
    """Put the old environment back if a switch was interrupted."""
    old = site.work / "old"
    if read_marker(old) is not None and not site.plan.home.exists():
        _rename(old, site.plan.home)


def _rename(source: Path, target: Path) -> None:
    rename.replace_path(source, target, RENAME_PAUSES_S)
