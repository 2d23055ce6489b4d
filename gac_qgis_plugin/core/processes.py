"""Programs run to their end from a thread, and how they reach the network."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable
from urllib.parse import quote

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QProcess, QProcessEnvironment
from qgis.PyQt.QtNetwork import QNetworkProxy

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.environment.helper.own_session import taskkill

SESSION = Path(__file__).parents[1] / "environment" / "helper" / "own_session.py"
POLL_MS = 100
TICK_S = 0.5
KILL_WAIT_MS = 5_000
LAST_LINES = 200
MAX_LINE = 2_000
BYTES_A_CHARACTER = 4

CERTIFICATES = "certificates.pem"
_CERTIFICATE_VARIABLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


class Cancelled(Exception):
    """Cancellation by the user."""


@dataclass(frozen=True)
class ProcessResult:
    """Exit status and output of a program.

    Attributes:
        code: Its exit status; -1 if it crashed or could not be started.
        output: The end of its output, of both streams.
    """

    code: int
    output: str


class Lines:
    """Splitter of a program's output into lines, in linear time.

    Args:
        max_bytes: Maximum bytes of a line; the rest of a longer one is dropped.

    Attributes:
        is_overlong: True if any line was longer.
    """

    def __init__(self, max_bytes: int) -> None:
        self.is_overlong = False
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Add bytes and return the lines that they complete."""
        first, *others = data.split(b"\n")
        self._add(first)
        lines = []
        for part in others:
            lines.append(self.rest())
            self._add(part)
        return lines

    def rest(self) -> bytes:
        """Return the incomplete line and start another."""
        line = b"".join(self._parts)
        self._parts, self._size = [], 0
        return line

    def _add(self, part: bytes) -> None:
        room = self._max_bytes - self._size
        if len(part) > room:
            self.is_overlong = True
            part = part[:room]
        if part:
            self._parts.append(part)
            self._size += len(part)


def ignore(*_: object) -> None:
    """Ignore any arguments."""


def never() -> bool:
    """Return False: never cancelled."""
    return False


def run(
    program: Path | str,
    arguments: Iterable[str],
    variables: dict[str, str],
    *,
    on_line: Callable[[str], object] = ignore,
    on_tick: Callable[[], object] = ignore,
    is_cancelled: Callable[[], bool] = never,
    limit_s: float | None = None,
    max_line: int = MAX_LINE,
) -> ProcessResult:
    """Run a program to its end.

    Args:
        program: The program.
        arguments: Its arguments.
        variables: All its environment variables.
        on_line: Receives each line of its output.
        on_tick: Called twice a second.
        is_cancelled: Polled ten times a second.
        limit_s: Seconds after which it is killed.
        max_line: Maximum characters of a line; the rest is dropped.

    Raises:
        BuildCancelled: If it was cancelled; none of its processes is left then.
    """
    environment = QProcessEnvironment()
    for name, value in variables.items():
        environment.insert(name, value)
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.start(str(program), list(arguments))
    if not process.waitForStarted():
        return ProcessResult(-1, str(process.errorString()))
    lines: deque[str] = deque(maxlen=LAST_LINES)
    cutter = Lines(BYTES_A_CHARACTER * max_line)
    began = ticked = time.monotonic()
    while True:
        process.waitForReadyRead(POLL_MS)
        alive = process.state() != QProcess.ProcessState.NotRunning
        complete_lines = cutter.feed(bytes(process.readAll()))
        for line in complete_lines if alive else [*complete_lines, cutter.rest()]:
            text = line.decode("utf-8", errors="replace").rstrip()[:max_line]
            if text:
                lines.append(text)
                on_line(text)
        now = time.monotonic()
        if not alive:
            crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
            return ProcessResult(-1 if crashed else int(process.exitCode()), "\n".join(lines))
        if now > ticked + TICK_S:
            ticked = now
            on_tick()
        if is_cancelled():
            _kill(process)
            raise Cancelled
        if limit_s is not None and now > began + limit_s:
            _kill(process)
            return ProcessResult(-1, "\n".join([*lines, f"It did not end within {limit_s:.0f} s."]))


def session(kind: str, *arguments: str) -> list[str]:
    """Return Python arguments that run something in a session, killable with all its children.

    Args:
        kind: `module`, `file` or `program`.
        arguments: The module's name or the path of the file, and its own arguments.
    """
    return ["-I", "-u", "-X", "utf8", str(SESSION), kind, *arguments]


def helper(name: str) -> str:
    """Return the path of a script for other Pythons."""
    return str(SESSION.with_name(name))


def failed(what: str, remedy: str, result: ProcessResult, *, problem: str) -> PluginError:
    """Return the error for a failed program, with the end of its output as details."""
    details = f"{result.output}\n(exit status {result.code})".strip()
    return PluginError(what, remedy, details, problem=problem)


def _kill(process: QProcess) -> None:
    number = int(process.processId())
    if sys.platform == "win32":
        QProcess.execute(taskkill(), ["/T", "/F", "/PID", str(number)])
    else:
        # It has its own process group, unless it is just starting or not a session.
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(number) == number:
                os.killpg(number, signal.SIGKILL)
    process.kill()
    process.waitForFinished(KILL_WAIT_MS)


def proxy_variables() -> dict[str, str]:
    """Return environment variables for the proxy set in QGIS; none if none is."""
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    kinds = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
    }
    if proxy.type() not in kinds or not proxy.hostName():
        return {}
    user = ""
    if proxy.user():
        user = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"
    port = f":{proxy.port()}" if proxy.port() else ""
    address = f"{kinds[proxy.type()]}://{user}{proxy.hostName()}{port}"
    variables = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), address)
    excluded = ",".join(filter(None, map(_host, [*manager.excludeList(), *manager.noProxyList()])))
    if excluded:
        variables.update({"NO_PROXY": excluded, "no_proxy": excluded})
    return variables


def certificates_folder() -> Path:
    """Return the folder of certificates for other programs."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "gac"


def own_certificates() -> bytes:
    """Return the certificates that QGIS trusts if the user has added any, else nothing.

    Programs use them instead of their own, not in addition.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.databaseCAs() or manager.extraFileCAs()):
        return b""
    return bytes(manager.trustedCaCertsPemText())


def certificate_variables(
    pem: bytes, folder: Path, variables: dict[str, str], name: str = "PIP_CERT"
) -> dict[str, str]:
    """Return the variables that make a program trust QGIS's certificates.

    Empty if the environment already names certificates to trust.

    Args:
        pem: Result of `own_certificates`.
        folder: Folder to write them to.
        variables: The program's environment variables.
        name: The variable that the program reads.

    Raises:
        OSError: If they cannot be written.
    """
    if not pem or any(variables.get(each) for each in _CERTIFICATE_VARIABLES):
        return {}
    path = folder / CERTIFICATES
    path.write_bytes(pem)
    return {name: str(path)}


def _host(address: str) -> str:
    """Return the host of an address in QGIS's list of proxy exceptions."""
    return str(address).split("://")[-1].split("/")[0]
