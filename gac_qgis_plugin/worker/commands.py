"""The engine's commands, each in its own process: their events and results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

from gac_qgis_plugin.contract import redaction
from gac_qgis_plugin.environment import network, processes
from gac_qgis_plugin.toolbelt import records, secrets
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.launch import find_launch
from gac_qgis_plugin.worker.protocol import TERMINAL, Event, outcome_of

MAX_LINE = 1_000_000
"""Maximum number of characters of a line; the list of models is one."""

OnEvent = Callable[[Event], object]


@dataclass(frozen=True)
class Engine:
    """The engine's program and its environment variables.

    Attributes:
        program: The worker's Python.
        variables: All its environment variables; a token is passed here only.
    """

    program: str
    variables: dict[str, str] = field(repr=False)


def find_engine(token: str | None = None, reaches_out: bool = False) -> Engine:
    """Return the engine of this installation; call it on the main thread.

    Args:
        token: Token of Hugging Face; none: the one stored by its own tools, if any.
        reaches_out: True if the command needs the network.

    Raises:
        PluginError: If there is no environment for it.
    """
    launch = find_launch()
    variables = dict(launch.environment)
    if reaches_out:
        variables.update(network.proxy_variables())
        variables.update(_certificates(variables))
        mirror = secrets.whole_server(PluginSettings.load().models_mirror.strip())
        if mirror:
            variables["HF_ENDPOINT"] = mirror
        if token:
            variables["HF_TOKEN"] = token
    return Engine(launch.program, variables)


def ask(
    engine: Engine,
    arguments: tuple[str, ...],
    failure: tuple[str, str],
    on_event: OnEvent = processes.nothing,
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
        if event["event"] in TERMINAL:
            last[:] = [event]
        else:
            on_event(event)

    ended = processes.run(
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
    words = ended.output.replace(secret, redaction.MARK) if secret else ended.output
    raise processes.failed(*failure, processes.Ended(ended.code, words))


def _certificates(given: dict[str, str]) -> dict[str, str]:
    folder = network.certificates_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return network.certificate_variables(
            network.own_certificates(), folder, given, name="SSL_CERT_FILE"
        )
    except OSError as error:
        raise PluginError(
            tr("QGIS's certificates cannot be handed on: {}.").format(error.strerror or error)
        ) from error
