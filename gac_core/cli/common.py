"""Options and output that several commands share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gac_core.contract.errors import GacError, as_user_error
from gac_core.contract.message import Message, with_words
from gac_core.contract.options import Option
from gac_core.contract.redaction import redacted_values
from gac_core.contract.request import (
    OPTICAL_OPTIONS,
    OPTIONS,
    READING_OPTIONS,
    SETTINGS,
    RunRequest,
)

PLACE = ("extent", "extent_crs")
"""Options that select a part of the radar."""
BY = {"user": "set by you", "file": "", "values": "by the values", "assumed": "assumed"}
"""Source of a decision, as displayed."""


def add_options(
    command: argparse.ArgumentParser,
    names: Iterable[str] = SETTINGS,
    table: Mapping[str, Option] = OPTIONS,
) -> None:
    """Add options to a command, `--vv-band` for `vv_band`.

    Args:
        command: The command.
        names: Their names.
        table: Options by name; a run's by default.
    """
    for name in names:
        command.add_argument(f"--{name.replace('_', '-')}", **_arguments(table[name]))


def _arguments(option: Option) -> dict[str, Any]:
    arguments: dict[str, Any] = {"help": option.help or None}
    if option.kind is bool:
        return {**arguments, "action": "store_true"}
    if option.kind is tuple and option.is_path:
        return {**arguments, "nargs": "+", "metavar": option.metavar}
    if option.kind is tuple:
        edges = option.metavar or ()
        return {**arguments, "nargs": len(edges), "type": float, "metavar": edges}
    arguments["type"] = option.kind
    if option.choices:
        arguments["choices"] = option.choices
    elif option.labels and not option.unset:
        arguments["choices"] = tuple(option.values)
    elif option.metavar:
        arguments["metavar"] = option.metavar
    return arguments


def emit(event: str, **values: Any) -> None:
    """Print one event and flush."""
    print(json.dumps(with_words(redacted_values({"event": event, **values}))), flush=True)


def fail(error: Exception) -> None:
    """Print the failure of a command, as its last event."""
    failure = as_user_error(error)
    if isinstance(failure, GacError):
        emit(
            "error",
            code=failure.code,
            problem=failure.problem,
            message=failure.message,
            remedy=failure.remedy,
            details="",
        )
    else:
        emit(
            "error",
            code="internal",
            problem="unexpected-failure",
            message=Message("GAC failed: {}", failure),
            remedy="",
            details=type(failure).__name__,
        )


def add_inspect(command: argparse.ArgumentParser) -> None:
    """Add the options of `gac inspect`."""
    command.add_argument(
        "sar", nargs="+", metavar="FILE", help="radar file with VV and VH, or VV's and VH's"
    )
    add_options(command, (*PLACE, *READING_OPTIONS, *OPTICAL_OPTIONS))
    command.add_argument("--json", action="store_true", help="print JSON (SceneInfo)")


def run_inspect(options: argparse.Namespace) -> int:
    """Run `gac inspect`; return the exit status."""
    values = {name: value for name, value in vars(options).items() if value is not None}
    as_json = values.pop("json")
    del values["command"]
    request = RunRequest.from_dict({**values, "out": "."})
    from gac_core.optical import inspect_inputs

    scene = inspect_inputs(request)
    if as_json:
        print(json.dumps(with_words(scene), indent=2))
    else:
        print("\n".join(describe(scene)))
    return 0


def describe(scene: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines for a terminal: each decision with its reason, and the warnings.

    Args:
        scene: SceneInfo of docs/architecture.md, perhaps with that of an optical reference.
    """
    yield from _described(scene)
    if "optical" in scene:
        yield ""
        yield printable(f"Optical reference {scene['optical']['product']}")
        yield from _described(scene["optical"])
        if other := scene["optical"].get("other"):
            yield ""
            yield printable(f"Sentinel-2 of another date {other['product']}")
            yield from _described(other)


def _described(scene: Mapping[str, Any]) -> Iterator[str]:
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
