"""Scans the assembled plugin as the QGIS plugin repository does, and fails on what it rejects.

Its blockers are bandit's tests below and anything that looks like a secret; its style check is
flake8. The length of lines and the place of spaces are the formatter's business, not flake8's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "build" / "plugin" / "gac_qgis_plugin"

BLOCKERS = ("B101", "B110", "B602", "B603", "B604", "B605", "B606", "B607", "B614", "B615")
"""assert, try/pass, shells and processes, torch.load, unpinned hub downloads."""

HASH_LINE = r'"([a-z0-9_]*sha256|commit|revision)": "[0-9a-f]{40,64}"'
"""Public checksums of weight files look like secrets and are none."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one of the environment's tools on the assembled plugin."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=PLUGIN, text=True, capture_output=True, check=False)


def scan_security() -> str:
    """Bandit: the blockers at any severity, everything else from medium on."""
    form = ("--format", "custom", "--msg-template", "{relpath}:{line}: {test_id} {msg}")
    scan = ("bandit", "--quiet", "--recursive", ".", *form)
    blockers = run(*scan, "--tests", ",".join(BLOCKERS))
    others = run(*scan, "-ll", "--skip", ",".join(BLOCKERS))
    return "".join(found.stdout + found.stderr for found in (blockers, others) if found.returncode)


def scan_secrets() -> str:
    """Detect-secrets: nothing may look like a secret but the weights' checksums."""
    done = run("detect_secrets", "scan", "--all-files", "--exclude-lines", HASH_LINE, ".")
    if done.returncode:
        return done.stdout + done.stderr
    return "".join(
        f"{name}:{item['line_number']}: {item['type']}\n"
        for name, items in json.loads(done.stdout)["results"].items()
        for item in items
    )


def scan_style() -> str:
    """Flake8, with the project's line length and leaving slices and operators to the formatter."""
    done = run("flake8", "--extend-ignore", "E203,E501,E701,W503", ".")
    return done.stdout + done.stderr if done.returncode else ""


def main() -> int:
    """Runs every scan and prints what it found.

    Returns:
        The exit status: 0 if the plugin repository would accept the plugin.
    """
    found = {"bandit": scan_security(), "detect-secrets": scan_secrets(), "flake8": scan_style()}
    for tool, text in found.items():
        print(f"{tool}: {'clean' if not text else ''}\n{text}".rstrip())
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
