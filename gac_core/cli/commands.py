"""Command line: `gac` run, inspect, batch, resume, score, doubt, spread, bundle and others."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from gac_core.cli.common import (
    add_inspect,
    add_options,
    emit,
    fail,
    run_inspect,
)
from gac_core.cli.models import add_bundle, add_models, run_bundle, run_models
from gac_core.contract.batch_request import BATCH_OPTIONS, BatchRequest
from gac_core.contract.errors import GacError, RequestError, as_user_error
from gac_core.contract.message import Message, shell_word
from gac_core.contract.protocol import VERSION
from gac_core.contract.redaction import redact_output
from gac_core.contract.request import OPTIONS, READING_OPTIONS, RunRequest
from gac_core.io import lenient_output

if TYPE_CHECKING:
    from gac_core.engine.batch import Progress


def add_batch(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="radar file, folder, pattern in quotes, list (.txt), or STAC items (.json)",
    )
    command.add_argument("--out", required=True, metavar="DIR", help="folder for the results")
    add_options(command, BATCH_OPTIONS, BATCH_OPTIONS)
    command.add_argument("--json", action="store_true", help="lines of JSON, for programs")
    add_options(command)


def run_batch(options: argparse.Namespace) -> int:
    """Run the command.

    Returns:
        0; 1 if scenes or blocks failed.
    """
    from gac_core.engine.plan import folder_of

    values = vars(options)
    del values["command"]
    as_json = values.pop("json", False)
    own = {name: values.pop(name) for name in BATCH_OPTIONS if name in values}
    inputs, out = tuple(values.pop("inputs")), str(folder_of(values.pop("out")))
    request = BatchRequest(inputs, out, settings=values, **own)
    return _for_program(request) if as_json else _for_person(request)


def _for_person(request: BatchRequest) -> int:
    from gac_core.engine.batch_inputs import require_scene

    require_scene(request)
    print("Starting the engine (the first time takes about half a minute) …", file=sys.stderr)
    from tqdm import tqdm

    from gac_core.contract.layout import SUMMARY
    from gac_core.engine.batch import Batch
    from gac_core.engine.batch import run_batch as carry_out

    batch = Batch.of(request)
    waiting = "{desc} [{elapsed}]"
    bar = tqdm(total=0, desc="Starting", unit="step", file=sys.stderr, bar_format=waiting)

    def tell(progress: Progress) -> None:
        bar.total = progress.total
        bar.bar_format = None if progress.total else waiting
        failed = f", {progress.failed} failed" if progress.failed else ""
        bar.set_description_str(progress.message + failed, refresh=False)
        bar.update(progress.done - bar.n)
        bar.refresh()

    try:
        summary = carry_out(batch, tell, lambda note: bar.write(note, file=sys.stderr))
    finally:
        bar.close()
    _print(summary)
    print("SYNTHETIC: these images are generated, not observed.")
    print(f"Summary: {batch.out / SUMMARY}")
    return 0 if summary["status"] == "complete" else 1


def _for_program(request: BatchRequest) -> int:
    try:
        from gac_core.engine.batch_inputs import require_scene

        require_scene(request)
        from gac_core.engine.batch import Batch
        from gac_core.engine.batch import run_batch as carry_out

        summary = carry_out(
            Batch.of(request),
            lambda progress: emit("progress", **asdict(progress)),
            lambda note: emit("note", message=note),
        )
    except Exception as error:  # programs expect every outcome as JSON
        fail(error)
        return 1
    emit("result", result=summary)
    return 0 if summary["status"] == "complete" else 1


def _print(summary: dict[str, Any]) -> None:
    for name, scene in summary["scenes"].items():
        if scene["status"] == "refused":
            print(f"{name}: not computed. {scene['why']} {scene['remedy']}")
            continue
        last, blocks = max(scene["complete"]), scene["blocks"]
        print(f"{name}: {scene['complete'][last]} of {blocks} blocks, {scene['empty']} empty")
        for stage, score in scene["scores"].items():
            text = "undefined" if score["gac"] is None else f"{score['gac']:.2f}"
            print(f"  {stage}: SAR agreement {text}")
        for hole in scene["holes"]:
            print(f"  hole: {hole['block']}, stage {hole['stage']}: {hole['why']}")


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    top = argparse.ArgumentParser(
        prog="gac",
        description="Generate Sentinel-2-like images from Sentinel-1 radar. "
        "What it makes is SYNTHETIC: not an observation.",
    )
    top.add_argument("--version", action="version", version=f"gac {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(
        commands.add_parser(
            "run",
            help="compute opt_v1, opt_v2 and opt_v3 for a scene",
            # Missing options take the request's default, or the value of the reused run.
            argument_default=argparse.SUPPRESS,
        )
    )
    add_inspect(
        commands.add_parser("inspect", help="what a run would take radar files for, and why")
    )
    add_batch(
        commands.add_parser(
            "batch",
            help="compute many scenes, or a huge one, block by block",
            argument_default=argparse.SUPPRESS,
        )
    )
    resume = commands.add_parser("resume", help="resume a run that was interrupted")
    resume.add_argument("out", metavar="DIR", help="its output folder")
    resume.add_argument(
        "sar",
        nargs="*",
        metavar="INPUT",
        help="its radar once more, where a password or key in the address opens it: GAC keeps none",
    )
    resume.add_argument(
        "--optical", nargs="+", default=(), metavar="FILE", help="its optical reference, likewise"
    )
    resume.add_argument(
        "--optical-other", nargs="+", default=(), metavar="FILE", help="that of another date"
    )
    score = commands.add_parser("score", help="how far radar and optical images agree (JSON)")
    score.add_argument("sar", nargs="+", metavar="SAR", help="file with VV and VH, or both files")
    score.add_argument("optical", metavar="OPTICAL", help="optical GeoTIFF on the same ground")
    score.add_argument(
        "--map", metavar="FILE", help="write a map of the agreement (GeoTIFF), place by place"
    )
    add_options(score, READING_OPTIONS)
    doubt = commands.add_parser("doubt", help="where the adversary of a run's models doubts it")
    doubt.add_argument("out", metavar="RUN", help="output folder of a finished run")
    doubt.add_argument(
        "--stage", type=int, choices=(1, 2, 3), help="whose image; default: the run's last stage"
    )
    spread = commands.add_parser("spread", help="how far samples of several seeds lie apart")
    spread.add_argument("out", metavar="RUN", help="output folder of a finished run")
    spread.add_argument(
        "--seeds", type=int, required=True, metavar="N", help="samples, the run's own included"
    )
    add_bundle(commands.add_parser("bundle", help="pack trained parts into a bundle; check one"))
    add_models(commands.add_parser("models", help="list, fetch, verify, import, delete models"))
    doctor = commands.add_parser(
        "doctor", help="what works here, found out by trying, and remedies"
    )
    doctor.add_argument("--quick", action="store_true", help="do not try the devices on a tile")
    doctor.add_argument("--json", action="store_true", help="a line of JSON for each finding")
    return top


def _add_run(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "sar", nargs="?", metavar="INPUT", help="radar file with VV and VH, or with VV"
    )
    command.add_argument("vh", nargs="?", metavar="VH_INPUT", help="radar file with VH")
    command.add_argument("--out", required=True, metavar="DIR", help="folder for the results")
    command.add_argument("--from-stage", type=int, choices=(2, 3), help=OPTIONS["from_stage"].help)
    command.add_argument("--of", metavar="DIR", help=OPTIONS["reuse"].help)
    add_options(command, ("keep",))
    add_options(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0; 1 after an error that was reported on standard error. argparse exits with 2.
    """
    lenient_output()
    options = parser().parse_args(arguments)
    redact_output()
    commands = {
        "run": _run,
        "inspect": run_inspect,
        "batch": run_batch,
        "resume": _resume,
        "score": _score,
        "doubt": _doubt,
        "spread": _spread,
        "bundle": run_bundle,
        "models": run_models,
        "doctor": _doctor,
    }
    if not os.environ.get("GAC_DEBUG"):
        # TerraTorch's dependencies warn about each other on import, which does not help users.
        warnings.filterwarnings("ignore")
    try:
        with _stopped_by_signals():
            return commands[options.command](options)
    except KeyboardInterrupt:
        print("gac: stopped.", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("GAC_DEBUG"):
            raise
        _tell(as_user_error(error))
        return 1


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Stop on SIGTERM, SIGHUP (a closed terminal) and Windows' Ctrl+Break as on Ctrl+C.

    Otherwise a batch would keep the status "running". Signals that are ignored, as under `nohup`,
    stay ignored.
    """

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    handled = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        handled = []
    for number in handled:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)


def _tell(error: Exception) -> None:
    """Print error and remedy on standard error."""
    if not isinstance(error, GacError):
        remedy = "This is a fault in GAC. Set GAC_DEBUG=1, run again, and report what it prints."
        error = GacError(
            Message("GAC failed: {}: {}.", type(error).__name__, error),
            remedy,
            problem="unexpected-failure",
        )
    print(f"gac: {error.message}", file=sys.stderr)
    if error.remedy:
        print(f"     {error.remedy}", file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    values = vars(options)
    del values["command"]
    if "sar" in values:
        values["sar"] = [values["sar"], *([values.pop("vh")] if "vh" in values else [])]
    if "of" in values:
        from gac_core.engine.plan import folder_of
        from gac_core.engine.stage_cache import read_settings

        values["reuse"] = values.pop("of")
        values = {**read_settings(folder_of(values["reuse"])), **values}
    return _carry_out(RunRequest.from_dict(values))


def _resume(options: argparse.Namespace) -> int:
    from gac_core.engine.checkpoint import unfinished_request
    from gac_core.engine.plan import folder_of

    out = folder_of(options.out)
    request = unfinished_request(out)
    if request is None:
        raise RequestError(
            Message("There is no unfinished run in {}.", options.out),
            Message("Name the output folder of a run that was interrupted."),
            problem="unfinished-run-missing",
        )
    if options.sar:
        request = replace(request, sar=tuple(options.sar))
    if options.optical:
        request = replace(request, optical=tuple(options.optical))
    if options.optical_other:
        request = replace(request, optical_other=tuple(options.optical_other))
    # The folder may have been moved; and a foreign journal must not decide where to write.
    return _carry_out(replace(request, out=str(out)))


def _carry_out(request: RunRequest) -> int:
    from gac_core.cli.console import run_in_console

    try:
        return run_in_console(request)
    except KeyboardInterrupt:
        print(f"gac: to resume it later: gac resume {shell_word(request.out)}", file=sys.stderr)
        raise


def _score(options: argparse.Namespace) -> int:
    from gac_core.api import score

    reading = {
        key: getattr(options, key) for key in READING_OPTIONS if getattr(options, key) is not None
    }
    print(
        json.dumps(score(options.sar, options.optical, map_file=options.map, **reading), indent=2)
    )
    return 0


def _doubt(options: argparse.Namespace) -> int:
    from gac_core.cli.console import doubt_in_console
    from gac_core.engine.plan import folder_of

    return doubt_in_console(folder_of(options.out), options.stage)


def _spread(options: argparse.Namespace) -> int:
    from gac_core.cli.console import spread_in_console
    from gac_core.engine.plan import folder_of

    return spread_in_console(folder_of(options.out), options.seeds)


def _doctor(options: argparse.Namespace) -> int:
    from gac_core.doctor import print_examination

    return print_examination(quick=options.quick, as_json=options.json)
