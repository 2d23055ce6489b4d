"""Command `gac batch`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gac_core.cli.common import add_options, emit, fail
from gac_core.contract.batch_request import BATCH_OPTIONS, BatchRequest

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
