"""Sequence of all checks."""

from __future__ import annotations

import sys
import warnings

from gac_core.doctor import bundles, devices, packages, system
from gac_core.doctor.finding import Finding, Tell

_TITLES = {
    "system": "This machine",
    "packages": "Libraries",
    "devices": "Devices, each tried on one tile",
    "bundles": "Model bundles",
}


def examine(tell: Tell, *, quick: bool = False) -> bool:
    """Run all checks.

    Args:
        tell: Receives each finding immediately.
        quick: Skip the devices, which take half a minute or more.

    Returns:
        True if runs work here.
    """
    warnings.filterwarnings("ignore")
    system.examine(tell)
    if not packages.examine(tell):
        return False
    works = bundles.examine(tell)
    return (quick or devices.examine(tell)) and works


class Printer:
    """Output of findings for people, as they arrive.

    Attributes:
        failures: Names of the failed checks so far.
    """

    def __init__(self) -> None:
        self.failures: list[str] = []
        self._area = ""

    def __call__(self, finding: Finding) -> None:
        """Print a finding."""
        if finding.area != self._area:
            self._area = finding.area
            print(f"{_TITLES[finding.area]}:")
        print(finding.line(), flush=True)
        if finding.state == "bad":
            self.failures.append(finding.name)


def print_examination(*, quick: bool = False, as_json: bool = False) -> int:
    """Run all checks and print the findings; as JSON: one line each.

    Returns:
        Exit status: 0 if runs work here.
    """
    if as_json:
        healthy = examine(lambda finding: print(finding.json(), flush=True), quick=quick)
        return 0 if healthy else 1
    printer = Printer()
    healthy = examine(printer, quick=quick)
    failed = ", ".join(printer.failures)
    print("GAC can run here." if healthy else f"GAC cannot run here: {failed} failed.")
    sys.stdout.flush()
    return 0 if healthy else 1
