"""Has mypy read the plugin against PyQt6's types, and shows what Qt 6 does not have.

QGIS's own names are anything here (stubs/qgis), so classes derived from QGIS's are not looked into
beyond what they take from elsewhere. PyQt6 calls much optional that never is: only what cannot be
there at all is a fault.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYQT6 = ROOT / ".env" / "qt6" / "bin" / "python"
FAULTS = ("attr-defined", "name-defined", "call-arg", "import-not-found", "import-untyped")
"""A name, a method, an enum value or an argument that Qt 6 has not."""

_LINE = re.compile(r"^(?P<where>[^:]+:\d+): error: (?P<what>.*)  \[(?P<code>[a-z-]+)\]$")


def faults(*sources: str) -> list[str]:
    """Return what Qt 6 lacks, a line each.

    Args:
        sources: Files or folders; none: the plugin.

    Raises:
        RuntimeError: If mypy cannot be run.
    """
    command = [sys.executable, "-m", "mypy", "--config-file", str(HERE / "mypy.ini")]
    command += ["--python-executable", str(PYQT6), "--show-error-codes", "--no-error-summary"]
    done = subprocess.run(
        [*command, *(sources or ("gac_qgis_plugin",))],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(HERE / "stubs")},
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    found = [match for match in map(_LINE.match, done.stdout.splitlines()) if match]
    return [f"{each['where']}: {each['what']}" for each in found if each["code"] in FAULTS]


def main() -> int:
    """Command line.

    Returns:
        The exit status: 0 if nothing was found.
    """
    found = faults(*sys.argv[1:])
    print("\n".join(found) or "PyQt6's types: the plugin uses nothing that Qt 6 has not")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
