"""Interpretation of a radar scene in a terminal: `gac inspect`, and the start of `gac run`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gac_core.cli.settings import PLACE, add_options
from gac_core.contract.request import READING, RunRequest

BY = {"user": "set by you", "file": "", "values": "by the values", "assumed": "assumed"}
"""Source of a decision, as displayed."""


def add_inspect(command: argparse.ArgumentParser) -> None:
    """Add the options of `gac inspect`."""
    command.add_argument(
        "sar", nargs="+", metavar="FILE", help="radar file with VV and VH, or VV's and VH's"
    )
    add_options(command, (*PLACE, *READING))
    command.add_argument("--json", action="store_true", help="print JSON (SceneInfo)")


def run_inspect(options: argparse.Namespace) -> int:
    """Run `gac inspect`; return the exit status."""
    values = {name: value for name, value in vars(options).items() if value is not None}
    as_json = values.pop("json")
    del values["command"]
    request = RunRequest.from_dict({**values, "out": "."})
    from gac_core.scene import inspect_scene

    scene = inspect_scene(request)
    if as_json:
        print(json.dumps(scene, indent=2))
    else:
        print("\n".join(describe(scene)))
    return 0


def describe(scene: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines for a terminal: each decision with its reason, and the warnings.

    Args:
        scene: SceneInfo of docs/architecture.md.
    """
    decisions = [
        (f"{each['label']}:", each["value"], "; ".join(filter(None, (each["why"], BY[each["by"]]))))
        for each in scene["decisions"]
    ]
    width = max(len(label) for label, _, _ in decisions)
    for label, value, reason in decisions:
        yield printable(f"{label:{width}} {value}" + (f" ({reason})" if reason else ""))
    for warning in scene["warnings"]:
        yield printable(f"Warning: {warning}")


def printable(text: str) -> str:
    """Return a text without control characters, which untrusted tags of files may contain."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
