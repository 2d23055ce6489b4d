"""Options of a run on the command line, generated from the request's table."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from gac_core.contract.request import DEFAULTS, OPTIONS

PLACE = ("extent", "extent_crs")
"""Options that select a part of the radar."""

SETTINGS = tuple(name for name, option in OPTIONS.items() if option.is_inherited)
"""Options of the computation."""


def add_options(command: argparse.ArgumentParser, names: Iterable[str] = SETTINGS) -> None:
    """Add options of a run to a command, `--vv-band` for `vv_band`."""
    for name in names:
        command.add_argument(f"--{name.replace('_', '-')}", **_arguments(name))


def _arguments(name: str) -> dict[str, Any]:
    option = OPTIONS[name]
    arguments: dict[str, Any] = {"help": option.help or None}
    if option.kind is bool:
        return {**arguments, "action": "store_true"}
    if option.kind is tuple:
        edges = option.metavar or ()
        return {**arguments, "nargs": len(edges), "type": float, "metavar": edges}
    arguments["type"] = option.kind
    if option.choices:
        arguments["choices"] = option.choices
    elif option.labels and DEFAULTS[name] is not None:
        arguments["choices"] = tuple(range(option.low or 0, (option.high or 0) + 1))
    elif option.metavar:
        arguments["metavar"] = option.metavar
    return arguments
