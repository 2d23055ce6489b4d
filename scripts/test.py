"""Test runner for QGIS's Python and the worker's; ends with one line of counts.

Runs, batches, networks, inputs and benches are tested on one core; beside them, on another, all
else.

python scripts/test.py [--slow] [pytest argument ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Suite:
    """Tests that run in one Python.

    Attributes:
        name: Name on screen and in the report's file name.
        python: Interpreter, relative to the checkout.
        folders: Folders of the tests.
        environment: Variables to set.
        without: Folders below them whose tests another suite runs.
    """

    name: str
    python: str
    folders: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()


_WORKER = ".venv/bin/python"
_ONE_CORE = (("OMP_NUM_THREADS", "1"),)

PLUGIN = Suite(
    "plugin",
    ".venv-qgis/bin/python",
    ("tests/plugin",),
    (
        ("QT_QPA_PLATFORM", "offscreen"),
        ("GAC_PYTHON", str(ROOT / ".venv" / "bin" / "python")),
        ("QGIS_CUSTOM_CONFIG_PATH", str(ROOT / "build" / "qgis-test-profile")),
    ),
)
_ENGINE = ("tests/core/engine", "tests/core/networks", "tests/core/inputs", "tests/bench")
ENGINE = Suite("engine", _WORKER, _ENGINE, _ONE_CORE)
CORE = Suite("core", _WORKER, ("tests/core", "tests/packaging"), _ONE_CORE, _ENGINE)
TRAINING = Suite("training", _WORKER, ("tests/training",), _ONE_CORE)
IN_TURN = PLUGIN, TRAINING, CORE
"""Suites that together take about as long as the engine's beside them."""


@dataclass
class Counts:
    """Numbers of tests by outcome.

    Attributes:
        passed: Number of those that passed.
        failed: Number of failures and errors, in teardown too.
        skipped: Number of those that were skipped.
        failures: A line for each failure: the test, when, and the message's first line.
    """

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(suite: Suite, arguments: list[str], *, quiet: bool = False) -> Counts:
    """Run a suite; an aborted one counts as a failure. A quiet one prints its output at the end."""
    report = ROOT / "build" / f"tests-{suite.name}.xml"
    report.parent.mkdir(exist_ok=True)
    report.unlink(missing_ok=True)
    command = [str(ROOT / suite.python), "-m", "pytest", f"--junitxml={report}"]
    environment = {**os.environ, **dict(suite.environment)}
    if not quiet:
        print(f"\n==> tests/{suite.name}", flush=True)
    folders = [folder for folder in suite.folders if (ROOT / folder).is_dir()]
    ignored = [f"--ignore={folder}" for folder in suite.without]
    process = subprocess.run(
        [*command, *folders, *ignored, *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if quiet:
        print(f"\n==> tests/{suite.name}\n{process.stdout.decode(errors='replace')}", flush=True)
    status, counts = process.returncode, read(report)
    none_selected = 5
    if status not in (0, none_selected) and not counts.failed:
        counts.failures.append(f"the {suite.name} tests broke off with exit status {status}")
        counts.failed += 1
    return counts


def read(report: Path) -> Counts:
    """Return the counts of a JUnit report; all zero if it cannot be read."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return Counts()
    total = Counts()
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
        )
        total.failed += failures + errors
        total.skipped += skipped
        total.passed += tests - failures - errors - skipped
        for test in suite.iter("testcase"):
            name = f"{test.get('classname')}::{test.get('name')}"
            for outcome in (*test.iter("failure"), *test.iter("error")):
                message = (outcome.get("message") or "").partition("\n")[0]
                total.failures.append(f"{outcome.tag} in {name}: {message}")
    return total


def main(arguments: list[str]) -> int:
    """Run every suite.

    Returns:
        The exit status: 0 if some test ran and none failed.
    """
    if "--slow" in arguments:
        arguments = [*(a for a in arguments if a != "--slow"), "-m", "slow", "--timeout=3600"]
        results = {suite.name: run(suite, arguments) for suite in (*IN_TURN, ENGINE)}
    else:
        with ThreadPoolExecutor() as pool:
            beside = pool.submit(run, ENGINE, arguments, quiet=True)
            results = {suite.name: run(suite, arguments) for suite in IN_TURN}
            results[ENGINE.name] = beside.result()
    print()
    # Once more at the end: the suites' own output lies far above.
    for counts in results.values():
        print("".join(f"{line}\n" for line in counts.failures), end="")
    for name, counts in results.items():
        print(f"tests/{name}: {counts}")
    total = Counts(
        *(sum(getattr(c, key) for c in results.values()) for key in ("passed", "failed", "skipped"))
    )
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
