"""Programs of the engine: their Python, their environment, single commands."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

from gac_qgis_plugin.contract import protocol, redaction
from gac_qgis_plugin.core import paths, processes, records, settings
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import state
from gac_qgis_plugin.environment.plan import managed_home, python_in
from gac_qgis_plugin.worker.protocol import Event, outcome_of

_FOREIGN = re.compile(
    r"PYTHON(?!_KEYRING)|__PYVENV_LAUNCHER__$|UV_"
    r"|PROJ_|GDAL_|OGR_|QGIS_|QT_|GISBASE$|GISRC$|GRASS_|OSGEO4W|SAGA",
    re.IGNORECASE,
)
"""Variables that must not reach the worker.

Those of Python would lead it to other modules or another encoding; QGIS and its launcher set the
others for their own libraries, and the worker brings its own.
"""
_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

MAX_LINE = 1_000_000
"""Maximum number of characters of a line; the list of models is one."""
OnEvent = Callable[[Event], object]


@dataclass(frozen=True)
class Launch:
    """A worker, ready to be started.

    Attributes:
        program: The Python of the worker's environment.
        arguments: Arguments of that Python.
        folder: The process's working directory.
        environment: All its environment variables.
    """

    program: str
    arguments: tuple[str, ...]
    folder: str
    environment: dict[str, str]

    def configure(self, process: QProcess) -> None:
        """Set up a process so that `start()` starts this worker."""
        environment = QProcessEnvironment()
        for name, value in self.environment.items():
            environment.insert(name, value)
        process.setProgram(self.program)
        process.setArguments(list(self.arguments))
        process.setWorkingDirectory(self.folder)
        process.setProcessEnvironment(environment)


def find_launch() -> Launch:
    """Return the worker of this installation.

    Raises:
        PluginError: If there is no environment for it.
    """
    root = paths.engine_root()
    python = find_python(root, PluginSettings.load().worker_python)
    system = QProcessEnvironment.systemEnvironment()
    variables = {name: system.value(name) for name in list(system.keys())}
    return Launch(
        program=str(python),
        arguments=("-m", "gac_core.worker"),
        folder=str(root),
        environment=clean_environment(variables, root),
    )


def find_python(root: Path, setting: str) -> Path:
    """Return the Python of the worker's environment.

    Args:
        root: The engine's root.
        setting: The user's choice; empty: none.

    Raises:
        PluginError: If there is none, or if the chosen one does not exist.
    """
    for source, python in (
        (tr("set in the GAC panel under Advanced"), setting),
        (tr("named by the environment variable GAC_PYTHON"), os.environ.get("GAC_PYTHON", "")),
    ):
        if python:
            if Path(python).is_file():
                return Path(python)
            raise PluginError(
                tr("The worker's Python {}, {}, does not exist.").format(python, source),
                tr("Correct it, or clear it to let the plugin look for the environment itself."),
                problem="worker-python-missing",
            )
    managed = state.read_state(managed_home())
    if managed.is_usable:
        return python_in(managed.home)
    checkout = _checkout_python(root)
    if checkout is not None:
        return checkout
    raise PluginError(
        describe_environment(managed),
        tr(
            "Use the button in GAC's panel to set it up. Or enter the Python of your own "
            "environment there under Advanced, Worker Python."
        ),
        "\n".join([tr("Looked in:"), str(managed.home), str(root / ".venv"), *managed.faults]),
        problem=f"environment-{managed.condition}",
    )


def describe_environment(environment: state.State) -> str:
    """Describe an environment's state in a sentence."""
    fault = environment.faults[0] if environment.faults else ""
    more = (
        tr(" and {} more").format(len(environment.faults) - 1)
        if len(environment.faults) > 1
        else ""
    )
    return {
        state.ABSENT: tr("The models need their own Python environment; there is none yet."),
        state.UNFINISHED: tr("The set-up of the models' environment was not finished."),
        state.BROKEN: tr("The models' environment is broken: {}{}.").format(fault, more),
        state.OUTDATED: tr("GAC was updated; the models' environment still has to be."),
        state.READY: tr("The models' environment is ready."),
    }[environment.condition]


def has_checkout_environment() -> bool:
    """Return whether a checkout has its own usable environment."""
    return _checkout_python(paths.engine_root()) is not None


def _checkout_python(root: Path) -> Path | None:
    """Return the Python that `make env` creates in a checkout, or None."""
    for python in (root / ".venv" / "bin" / "python", root / ".venv" / "Scripts" / "python.exe"):
        if python.is_file():
            return python
    return None


def clean_environment(variables: dict[str, str], root: Path) -> dict[str, str]:
    """Return the worker's environment variables, without those that QGIS set for itself.

    A PROJ or GDAL path of QGIS makes rasterio's own libraries read the wrong data files, and a
    PYTHONHOME starts the worker with QGIS's standard library.
    """
    clean = {k: v for k, v in variables.items() if not _FOREIGN.match(k)}
    for name in _LIBRARY_PATHS:
        folders = clean.pop(name, "").split(os.pathsep)
        remaining = [f for f in folders if f and not re.search(r"qgis|grass", f, re.IGNORECASE)]
        if remaining:
            clean[name] = os.pathsep.join(remaining)
    clean["PYTHONPATH"] = str(root)
    clean["PYTHONNOUSERSITE"] = "1"
    clean["PYTHONSAFEPATH"] = "1"
    clean["PYTHONUTF8"] = "1"
    clean["PYTHONUNBUFFERED"] = "1"
    return clean


@dataclass(frozen=True)
class Engine:
    """The engine's program and its environment variables.

    Attributes:
        program: The worker's Python.
        variables: All its environment variables; a token is passed here only.
    """

    program: str
    variables: dict[str, str] = field(repr=False)


def find_engine(token: str | None = None, needs_network: bool = False) -> Engine:
    """Return the engine of this installation; call it on the main thread.

    Args:
        token: Token of Hugging Face; none: the one stored by its own tools, if any.
        needs_network: True if the command needs the network.

    Raises:
        PluginError: If there is no environment for it.
    """
    launch = find_launch()
    variables = dict(launch.environment)
    if needs_network:
        variables.update(processes.proxy_variables())
        variables.update(_certificates(variables))
        mirror = settings.unmask_server(PluginSettings.load().models_mirror.strip())
        if mirror:
            variables["HF_ENDPOINT"] = mirror
        if token:
            variables["HF_TOKEN"] = token
    return Engine(launch.program, variables)


def run_command(
    engine: Engine,
    arguments: tuple[str, ...],
    failure: tuple[str, str],
    on_event: OnEvent = processes.ignore,
    is_cancelled: Callable[[], bool] = processes.never,
) -> dict[str, Any]:
    """Run `gac ARGUMENTS --json`; not for the main thread.

    Args:
        engine: The engine of this installation.
        arguments: The command and its arguments.
        failure: Message and remedy for a command that ends without reporting an error.
        on_event: Receives all events before the last.
        is_cancelled: Polled ten times a second.

    Returns:
        The command's result.

    Raises:
        PluginError: If it failed.
        BuildCancelled: If it was cancelled; completed parts stay.
    """
    last: list[Event] = []

    def on_line(line: str) -> None:
        try:
            event = records.load(line)
        except ValueError:
            return
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            return
        if event["event"] in protocol.TERMINAL:
            last[:] = [event]
        else:
            on_event(event)

    result = processes.run(
        engine.program,
        ["-m", "gac_core.cli", *arguments, "--json"],
        engine.variables,
        on_line=on_line,
        is_cancelled=is_cancelled,
        max_line=MAX_LINE,
    )
    outcome = outcome_of(last[0]) if last else None
    if outcome is not None and outcome.state == "done":
        return outcome.result
    if outcome is not None and outcome.problem is not None:
        raise outcome.problem
    secret = engine.variables.get("HF_TOKEN")
    words = result.output.replace(secret, redaction.MARK) if secret else result.output
    ended = processes.ProcessResult(result.code, words)
    raise processes.failed(*failure, ended, problem="command-ended-unexpectedly")


def _certificates(variables: dict[str, str]) -> dict[str, str]:
    folder = processes.certificates_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return processes.certificate_variables(
            processes.own_certificates(), folder, variables, name="SSL_CERT_FILE"
        )
    except OSError as error:
        raise PluginError(
            tr("QGIS's certificates cannot be handed on: {}.").format(error.strerror or error),
            problem="certificates-not-handed-on",
        ) from error
