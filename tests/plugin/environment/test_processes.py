"""Programs ended with all that they started; the network told to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.processes import Cancelled, run, session
from tests.load import stretched

FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone(number: int) -> bool:
    end = time.monotonic() + stretched(10.0)
    while is_alive(number) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_alive(number)


@pytest.fixture
def family(tmp_path) -> Path:
    path = tmp_path / "family.py"
    path.write_text(FAMILY)
    return path


def test_what_is_printed_and_how_it_ended(qgis) -> None:
    lines: list[str] = []
    code = "import sys; print('a'); print('ü', file=sys.stderr); sys.stdout.write('b'); sys.exit(3)"
    arguments = ["-X", "utf8", "-u", "-c", code]
    ended = run(sys.executable, arguments, dict(os.environ), on_line=lines.append)
    assert ended.code == 3 and lines == ["a", "ü", "b"] and ended.output == "a\nü\nb"
    assert run("/no/program", [], {}).code == -1


@pytest.mark.parametrize("kind", ["file", "program"])
def test_a_cancel_ends_the_children_too(qgis, family, kind) -> None:
    lines: list[str] = []
    own = [str(family)] if kind == "file" else [sys.executable, str(family)]
    with pytest.raises(Cancelled):
        run(
            sys.executable,
            session(kind, *own),
            dict(os.environ),
            on_line=lines.append,
            is_cancelled=lambda: bool(lines),
        )
    assert gone(int(lines[0]))


def test_a_program_in_a_session_keeps_its_status_and_output(qgis) -> None:
    words = session("program", sys.executable, "-c", "print('a'); raise SystemExit(3)")
    ended = run(sys.executable, words, dict(os.environ))
    assert (ended.code, ended.output) == (3, "a")


def test_a_limit_of_time(qgis) -> None:
    ended = run(sys.executable, ["-c", "import time; time.sleep(60)"], {}, limit_s=0.3)
    assert ended.code == -1 and "did not end within" in ended.output


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
@pytest.mark.parametrize("kind", ["file", "program"])
def test_all_ends_when_the_starter_dies(family, kind) -> None:
    """As when QGIS crashes: nobody asks the installer to stop."""
    code = (
        "import subprocess, sys, time\n"
        "subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n"
        "time.sleep(60)\n"
    )
    own = [str(family)] if kind == "file" else [sys.executable, str(family)]
    command = [sys.executable, "-c", code, sys.executable, *session(kind, *own)]
    starter = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    child = int(starter.stdout.readline())
    assert is_alive(child)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    assert gone(child)


WINDOWS = """
import asyncio, os, runpy, subprocess, sys
os.killpg = os.setpgid = os.getpgrp = None
asyncio.run(asyncio.sleep(0))  # so that its loops are this system's
sys.platform = "win32"
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
TASKKILL = """#!{}
import os, pathlib, sys
assert sys.argv[1:4] == ["/T", "/F", "/PID"]
parents = {{}}
for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
    parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
tree = [int(sys.argv[4])]
for number in tree:
    tree += [child for child, parent in parents.items() if parent == number]
for number in reversed([one for one in tree if one != os.getpid()]):
    os.kill(number, 9)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="asks Linux for processes")
def test_on_windows_all_ends_too(family, tmp_path) -> None:
    """It has no process groups that could be killed, but a program that ends a process's tree."""
    program = tmp_path / "System32\\taskkill.exe"
    program.write_text(TASKKILL.format(sys.executable))
    program.chmod(0o755)
    words = session("program", sys.executable, str(family))
    script = next(number for number, word in enumerate(words) if word.endswith("own_session.py"))
    started = subprocess.Popen(
        [sys.executable, "-c", WINDOWS, *words[script:]],
        env={**os.environ, "SYSTEMROOT": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdin is not None and started.stdout is not None
    child = int(started.stdout.readline())
    assert is_alive(child)
    started.stdin.close()  # as when QGIS ends, in whatever way
    assert gone(child)
    started.wait(10)


@pytest.fixture
def proxy(qgis):
    """Sets QGIS's proxy, and takes it back."""
    manager = QgsNetworkAccessManager.instance()

    def use(kind: QNetworkProxy.ProxyType, *address: object) -> None:
        manager.setFallbackProxyAndExcludes(QNetworkProxy(kind, *address), ["http://own/x"], [])

    yield use
    manager.setFallbackProxyAndExcludes(QNetworkProxy(), [], [])


def test_qgis_s_proxy_is_handed_on(proxy) -> None:
    proxy(QNetworkProxy.ProxyType.HttpProxy, "host", 3128, "user", "p@ss/word")
    found = processes.proxy_variables()
    assert found["HTTPS_PROXY"] == "http://user:p%40ss%2Fword@host:3128"
    assert found["NO_PROXY"] == "own"
    proxy(QNetworkProxy.ProxyType.NoProxy)
    assert processes.proxy_variables() == {}


def test_certificates_are_handed_on_unless_the_system_says_otherwise(tmp_path) -> None:
    found = processes.certificate_variables(b"PEM", tmp_path, {})
    assert Path(found["PIP_CERT"]).read_bytes() == b"PEM"
    assert processes.certificate_variables(b"PEM", tmp_path, {"PIP_CERT": "/own"}) == {}
    assert processes.certificate_variables(b"", tmp_path, {}) == {}


def test_a_line_without_end_is_cut_and_costs_no_more_than_its_bytes(qgis) -> None:
    lines: list[str] = []
    code = "import sys; sys.stdout.write('x' * 20_000_000 + '\\nlast')"
    begun = time.process_time()
    ended = run(sys.executable, ["-c", code], dict(os.environ), on_line=lines.append, max_line=99)
    assert ended.code == 0 and lines == ["x" * 99, "last"]
    assert time.process_time() - begun < stretched(3.0)
