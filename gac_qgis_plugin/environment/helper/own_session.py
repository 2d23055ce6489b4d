"""Runner of a module, a script or a program in a process group that ends with the parent process.

    python -I own_session.py module pip install …
    python -I own_session.py file run_pip.py …
    python -I own_session.py program uv …

The parent process holds this one's standard input open. Once that closes, e.g. when QGIS crashes,
this process and all its children are killed. Runs under any Python 3: nothing but the standard
library, nothing newer than 3.7.
"""

import asyncio
import os
import runpy
import signal
import sys
import threading


def taskkill() -> str:
    """Return the path of Windows' program that ends a process and all that it has started."""
    return os.environ.get("SYSTEMROOT", r"C:\Windows") + os.sep + r"System32\taskkill.exe"


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    if sys.platform == "win32":
        # It has no process groups that can be killed: this process and all that it has started.
        words = ["taskkill", "/T", "/F", "/PID", str(os.getpid())]
        os.spawnv(os.P_WAIT, taskkill(), words)  # nosec B606
    else:
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


async def _run_program(words: list) -> int:
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, stdin=nothing)
    return await process.wait()


def main() -> None:
    """Run the module, script or program named by the arguments."""
    kind, name = sys.argv[1:3]
    if sys.platform != "win32":
        os.setpgid(0, 0)
    # Not sys.stdin: its lock, held by a thread that reads, would abort the interpreter at its end.
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = sys.argv[2:]
    if kind == "program":
        sys.exit(asyncio.run(_run_program(sys.argv)))
    if kind == "module":
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(name, run_name="__main__")


if __name__ == "__main__":
    main()
