"""Command `gac batch`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gac_core.cli.common import add_options, emit, fail
from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message

if TYPE_CHECKING:
    from gac_core.engine.batch import Batch, Progress
    from gac_core.engine.executors import Workers

BATCH_OPTIONS = (
    "command", "inputs", "out", "block", "retries", "scheduler", "workers", "threads", "tls_ca",
    "tls_cert", "tls_key", "json",
)  # fmt: skip
"""Options of the batch itself; all others are settings of its runs."""


def add_batch(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="radar file, folder, pattern in quotes, list (.txt), or STAC items (.json)",
    )
    command.add_argument("--out", required=True, metavar="DIR", help="folder for the results")
    command.add_argument("--block", type=int, metavar="PX", help="side of a block, about (2048)")
    command.add_argument(
        "--retries", type=int, metavar="N", help="how often a block that failed is tried again (2)"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler")
    command.add_argument(
        "--workers", type=int, metavar="N", help="processes of this computer (1, or one a GPU)"
    )
    command.add_argument("--threads", type=int, metavar="N", help="PyTorch's, in each worker")
    for name, text in (
        ("ca", "certificate authority"),
        ("cert", "certificate"),
        ("key", "key"),
    ):
        command.add_argument(
            f"--tls-{name}", metavar="FILE", help=f"{text} for a scheduler at tls://"
        )
    command.add_argument("--json", action="store_true", help="lines of JSON, for programs")
    add_options(command)


def run_batch(options: argparse.Namespace) -> int:
    """Run the command.

    Returns:
        0; 1 if scenes or blocks failed.
    """
    from gac_core.engine.plan import folder_of

    values = vars(options)
    own = {name: values.pop(name) for name in BATCH_OPTIONS if name in values}
    own["out"] = folder_of(own["out"])
    return _for_program(own, values) if own.get("json") else _for_person(own, values)


def _for_person(own: dict[str, Any], values: dict[str, Any]) -> int:
    _refuse_early(own, values)
    print("Starting the engine (the first time takes about half a minute) …", file=sys.stderr)
    from tqdm import tqdm

    from gac_core.contract.layout import SUMMARY
    from gac_core.engine.batch import run_batch as carry_out

    batch = _batch(own, values)
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


def _for_program(own: dict[str, Any], values: dict[str, Any]) -> int:
    try:
        _refuse_early(own, values)
        from gac_core.engine.batch import run_batch as carry_out

        summary = carry_out(
            _batch(own, values),
            lambda progress: emit("progress", **asdict(progress)),
            lambda note: emit("note", message=note),
        )
    except Exception as error:  # programs expect every outcome as JSON
        fail(error)
        return 1
    emit("result", result=summary)
    return 0 if summary["status"] == "complete" else 1


def _refuse_early(own: dict[str, Any], values: dict[str, Any]) -> None:
    """Check the first scene here, unless workers are remote, with their own bundles and files."""
    if "scheduler" not in own:
        from gac_core.engine.batch_inputs import require_scene

        require_scene(own["inputs"], own["out"], values, own.get("block"))


def _batch(own: dict[str, Any], values: dict[str, Any]) -> Batch:
    from gac_core.engine.batch import Batch

    return Batch(
        inputs=tuple(own["inputs"]),
        out=own["out"],
        settings=values,
        side=own.get("block"),
        retries=_not_negative(own.get("retries", 2)),
        workers=_workers(own, values.get("device", "auto")),
    )


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


def _workers(own: dict[str, Any], device: str) -> Workers:
    from gac_core.engine.executors import Workers

    return Workers(
        address=own.get("scheduler", ""),
        count=own.get("workers"),
        threads=own.get("threads"),
        device=device,
        tls_ca=own.get("tls_ca", ""),
        tls_cert=own.get("tls_cert", ""),
        tls_key=own.get("tls_key", ""),
    )


def _not_negative(retries: int) -> int:
    if retries < 0:
        raise RequestError(
            Message("{} retries were asked for.", retries), Message("It can be 0 or more.")
        )
    return retries
