"""Earlier contents of the output folder: the user's files, the input, other runs."""

from __future__ import annotations

import json
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import numpy as np
import rasterio

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from tests.core.inputs.bench import Bench
from tests.core.inputs.case import Case, Params, fails, runs


def within(bench: Bench, name: str, content: bytes = b"mine") -> Params:
    """The output folder already holds a file of the user's."""
    (bench.made_out() / name).write_bytes(content)
    return {}


def input_is_result(bench: Bench) -> Params:
    path = bench.scene(name="opt_v1.tif")
    return {"sar": [path], "out": str(bench.data)}


def result_links_to_input(bench: Bench) -> Params:
    path = bench.scene()
    (bench.made_out() / "opt_v1.tif").symlink_to(path)
    return {"sar": [path]}


def folder_named(bench: Bench, name: str) -> Params:
    (bench.made_out() / name).mkdir()
    (bench.out / name / "notes.txt").write_text("mine")
    return {}


def earlier(bench: Bench) -> Params:
    """An earlier run's results, a style and the user's own notes lie in the folder."""
    out = bench.made_out()
    params = {
        "sar": [bench.scene()],
        "out": str(out),
        "bundle": "tiny",
        "device": "cpu",
        "timesteps_1": 1,
        "timesteps_3": 1,
        "seed": 7,
    }
    event = bench.worker.events(bench.worker.send("run", **params), 60.0)[-1]
    assert event["event"] == "result", event
    for path in out.iterdir():
        bench.replace_later(path)
    for name in ("opt_v1.qmd", "opt_v1.tif.aux.xml", "opt_v2.qmd"):
        (out / name).write_text("of the earlier run's pixels")
        bench.replace_later(out / name)
    (out / "opt_v1.qml").write_text("a style")
    (out / "notes.txt").write_text("mine")
    return {"sar": params["sar"]}


def one_run_in_folder(bench: Bench) -> None:
    names = sorted(p.name for p in bench.out.iterdir())
    assert names == [
        "notes.txt",
        "opt_v1.qml",
        "opt_v1.tif",
        "run.json",
        "stac_item.json",
    ], names
    record = json.loads((bench.out / "run.json").read_text())
    assert record["seed"] == 0 and list(record["stages"]) == ["opt_v1"]


def left_by_killed_run(bench: Bench, **files: str) -> Params:
    work = bench.made_out() / ".gac-work"
    work.mkdir()
    for name, text in {"opt_v1_tif_part": "half a file", **files}.items():
        path = work / name.replace("_", ".")
        path.write_text(text)
        bench.replace_later(path)
    bench.replace_later(work)
    return {}


def work_is_gone(bench: Bench) -> None:
    assert not (bench.out / ".gac-work").exists(), ".gac-work is still there"


def busy(bench: Bench) -> Params:
    """Another process is at work in the same folder."""
    scene = bench.scene()
    request = RunRequest((scene,), str(bench.out), bundle="tiny", device="cpu", timesteps_1=1000)
    cache = ModelCache(Library([bench.library]))
    other = get_context("fork").Process(target=run, args=(request, cache, Silent()), daemon=True)
    other.start()
    bench.cleanup.callback(end, other)
    for _ in range(600):
        if any(bench.out.glob(".gac-work/opt_v1.bil")):
            break
        assert other.is_alive()
        time.sleep(0.1)
    bench.touched |= {bench.out / ".gac-work", *(bench.out / ".gac-work").rglob("*")}
    return {"sar": [scene]}


def end(other: BaseProcess) -> None:
    other.kill()
    other.join()


def foreign_image(bench: Bench) -> Params:
    profile = {"driver": "GTiff", "dtype": "uint16", "count": 4, "height": 9, "width": 9}
    path = bench.made_out() / "opt_v2.tif"
    with rasterio.open(
        path, "w", crs="EPSG:32633", transform=rasterio.Affine.scale(10, -10), **profile
    ) as file:
        file.write(np.ones((4, 9, 9), np.uint16))
    return {}


CASES = (
    Case(
        "out-is-input",
        "A result would replace the input",
        input_is_result,
        fails("request", "would replace the input", "opt_v1.tif", remedy="another output folder"),
    ),
    Case(
        "out-links-to-input",
        "opt_v1.tif in the output folder is a link to the input",
        result_links_to_input,
        fails("request", "would replace the input", "S1.tif", remedy="another output folder"),
    ),
    Case(
        "foreign-file",
        "A file of yours that is named opt_v2.tif",
        lambda b: within(b, "opt_v2.tif"),
        fails("output", "already holds opt_v2.tif", remedy="move these files away"),
    ),
    Case(
        "foreign-image",
        "An image of yours that is named opt_v2.tif",
        foreign_image,
        fails("output", "already holds opt_v2.tif", remedy="move these files away"),
    ),
    Case(
        "foreign-folder",
        "A folder of yours that is named opt_v1.tif",
        lambda b: folder_named(b, "opt_v1.tif"),
        fails("output", "already holds opt_v1.tif", remedy="move these files away"),
    ),
    Case(
        "foreign-record",
        "A file of yours that is named run.json",
        lambda b: within(b, "run.json", b'{"trainings": ["10 km", "12 km"]}'),
        fails("output", "already holds run.json", remedy="move these files away"),
    ),
    Case(
        "record-is-folder",
        "A folder of yours that is named run.json",
        lambda b: folder_named(b, "run.json"),
        fails("output", "already holds run.json", remedy="move these files away"),
    ),
    Case(
        "foreign-item",
        "A file of yours that is named stac_item.json",
        lambda b: within(b, "stac_item.json", b'{"type": "Feature", "properties": {}}'),
        fails("output", "already holds stac_item.json", remedy="move these files away"),
    ),
    Case(
        "record-broken",
        "A file named run.json that is no JSON",
        lambda b: within(b, "run.json", bytes(range(256))),
        fails("output", "already holds run.json", remedy="move these files away"),
    ),
    Case(
        "earlier-results",
        "Results of an earlier run, and notes of yours beside them",
        earlier,
        runs(),
        check=one_run_in_folder,
    ),
    Case(
        "killed-run",
        "What a killed run left behind",
        lambda b: left_by_killed_run(b),
        runs(),
        check=work_is_gone,
    ),
    Case(
        "broken-journal",
        "What a killed run left behind, its journal cut short",
        lambda b: left_by_killed_run(b, journal_json='{"format": 1, "requ'),
        runs(),
        check=work_is_gone,
    ),
    Case(
        "busy",
        "Another run is at work in the same folder",
        busy,
        fails("output", "Another run", "/results", remedy="Wait"),
    ),
)
