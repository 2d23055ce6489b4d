"""Folders that results cannot be written to."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress

from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Params, fails, runs

LONG = {"timesteps_1": 6}
"""Makes a run last until something has happened to it."""


def behind_file(bench: Bench) -> Params:
    (bench.root / "results").write_text("a file")
    return {"out": str(bench.root / "results" / "run 1")}


def file_itself(bench: Bench) -> Params:
    bench.out.write_text("a file")
    return {}


def unwritable(bench: Bench, *below: str) -> Params:
    bench.forbid(bench.made_out(), 0o555)
    return {"out": str(bench.out.joinpath(*below))}


def tiles(bench: Bench) -> Params:
    """A scene of several rows of tiles."""
    return {"sar": [bench.scene(decibels(250, 130))], **LONG}


def full_before(bench: Bench) -> Params:
    bench.small_disk(bench.out, 1)
    return tiles(bench)


def full_later(bench: Bench) -> Params:
    bench.small_disk(bench.out, 16)
    bench.touched.add(bench.out / "filler")
    return tiles(bench)


def fill(bench: Bench) -> None:
    with suppress(OSError), (bench.out / "filler").open("wb", buffering=0) as file:
        for chunk in (1_000_000, 4096):
            with suppress(OSError):
                while file.write(bytes(chunk)) == chunk:
                    pass


def first_stage_stays(bench: Bench) -> None:
    names = sorted(p.name for p in bench.out.iterdir())
    assert names == ["filler", "opt_v1.tif", "run.json", "stac_item.json"], names
    assert list(json.loads((bench.out / "run.json").read_text())["stages"]) == ["opt_v1"]


def limit(bench: Bench) -> None:
    bench.cleanup.callback(bench.worker.limit_file_size, None)
    bench.worker.limit_file_size(100_000)


def remove_out(bench: Bench) -> None:
    shutil.rmtree(bench.out)


def linked(bench: Bench) -> Params:
    real = bench.root / "elsewhere"
    real.mkdir()
    bench.out.symlink_to(real)
    return {}


def half_linked(bench: Bench) -> Params:
    bench.out.symlink_to(bench.root / "elsewhere")
    return {}


CASES = (
    Case(
        "out-is-file",
        "The output folder is a file",
        file_itself,
        fails("output", "/results", remedy="Choose a folder"),
    ),
    Case(
        "out-below-file",
        "The output folder lies below a file",
        behind_file,
        fails("output", "/results/run 1", remedy="Choose a folder"),
    ),
    Case(
        "out-forbidden",
        "A folder that you may not write to",
        unwritable,
        fails("output", "/results", "cannot be written to", remedy="may write to"),
    ),
    Case(
        "out-below-forbidden",
        "A new folder in one that you may not write to",
        lambda b: unwritable(b, "run 1"),
        fails("output", "/results/run 1", "cannot be made", remedy="may write to"),
    ),
    Case(
        "out-no-disk",
        "A folder on a system that holds no files (/proc)",
        lambda b: {"out": "/proc/gac"},
        fails("output", "/proc/gac", remedy="may write to"),
    ),
    Case(
        "out-too-long",
        "An output folder with a name of 300 letters",
        lambda b: {"out": str(b.root / ("r" * 300))},
        fails("output", "name too long", remedy="Choose a folder"),
    ),
    Case(
        "out-zero-byte",
        "An output folder with a zero byte in its name",
        lambda b: {"out": f"{b.out}\0"},
        fails("request", "results", "character that no name can have", remedy="again"),
    ),
    Case(
        "out-half-link",
        "The output folder is a link that leads nowhere",
        half_linked,
        fails("output", "/results", remedy="Choose a folder"),
    ),
    Case("out-link", "The output folder is a link to another", linked, runs()),
    Case(
        "disk-full",
        "The disk has too little room",
        full_before,
        fails("output", "/results", "too little room", remedy="Free some space"),
    ),
    Case(
        "disk-full-in-run",
        "The disk fills up during the run",
        full_later,
        fails("output", "/results", "disk is full", remedy="Free some space"),
        during=1,
        meddle=fill,
    ),
    Case(
        "disk-full-in-stage-2",
        "The disk fills up during the second stage: the first one's result stays",
        lambda b: {**full_later(b), "stages": 2},
        fails("output", "/results", "disk is full", remedy="Free some space"),
        during=2,
        meddle=fill,
        check=first_stage_stays,
    ),
    Case(
        "quota-before",
        "The system lets files grow to 100 kB only, from the start",
        tiles,
        fails("output", "/results", "lets no file become so large", remedy="another output folder"),
        during=0,
        meddle=limit,
    ),
    Case(
        "quota-in-run",
        "The system lets files grow to 100 kB only",
        tiles,
        fails("output", "/results", "lets no file become so large", remedy="another output folder"),
        during=1,
        meddle=limit,
    ),
    Case(
        "out-gone-in-run",
        "The output folder is removed during the run",
        tiles,
        fails("output", "/results", "folder no longer exists", remedy="again"),
        during=1,
        meddle=remove_out,
    ),
)
