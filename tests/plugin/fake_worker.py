"""Speaks the worker's protocol without models, well or badly: `fake_worker.py MODE`.

Modes: `good`, `slow` (stops when told to), `deaf` (never stops), `crash` (dies after stage 1),
`refuse` (answers a run with an error), `garbage` (talks between the lines), `chatty` (floods
stderr), `never_ready`, `wrong_protocol`.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path

MODE = sys.argv[1]
TILES = {"slow": 200, "deaf": 10_000}.get(MODE, 4)
SECONDS_A_TILE = {"slow": 0.05, "deaf": 0.05}.get(MODE, 0.01)
BUNDLES = [
    {
        "name": "demo",
        "title": "Demo (small models)",
        "kind": "demo",
        "path": "/demo",
        "ready": True,
        "problem": "",
        "remedy": "",
        "notes": ["Small models: the images only show how it works."],
        "licence": "Apache-2.0",
    },
    {
        "name": "terramind-base",
        "title": "TerraMind base",
        "kind": "published",
        "path": "/base",
        "ready": False,
        "problem": "The weights are not on this machine.",
        "remedy": "Fetch them.",
        "notes": [],
        "licence": "Apache-2.0",
    },
]

lock = threading.Lock()
cancelled: set[str] = set()


def send(event: str, **fields: object) -> None:
    with lock:
        sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
        sys.stdout.flush()


def write_tiff(path: Path) -> None:
    from osgeo import gdal, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    data = gdal.GetDriverByName("GTiff").Create(str(path), 16, 16, 4, gdal.GDT_UInt16)
    data.SetProjection(crs.ExportToWkt())
    data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    for band in range(1, 5):
        data.GetRasterBand(band).SetNoDataValue(0)
        data.GetRasterBand(band).Fill(400.0 * band)


def inspect(ident: str, params: dict) -> None:
    result = {
        "paths": params["sar"],
        "vv_band": params.get("vv_band") or 1,
        "vh_band": params.get("vh_band") or 2,
        "unit": "db",
        "unit_reason": "most values lie between -30 and 5",
        "date": "2018-01-28T16:12:01",
        "date_source": "file name",
        "epsg": 32633,
        "width": 512,
        "height": 512,
        "pixel_size": [10.0, 10.0],
        "warnings": ["a warning & <b>more</b>"],
    }
    send("result", id=ident, result=result)


def run(ident: str, params: dict) -> None:
    out = Path(params["out"])
    work = out / ".gac-work"
    work.mkdir(parents=True)
    send("progress", id=ident, stage=0, name="load", tile=0, tiles=0, percent=0.0, message="Load")
    if MODE == "refuse":
        work.rmdir()
        send(
            "error",
            id=ident,
            code="scene",
            message="The scene is upside down.",
            remedy="Turn it round.",
            details="Traceback: here",
        )
        return
    outputs, scores, seconds = {}, {}, {}
    names = ("generate", "refine", "ground")[: params["stages"]]
    for stage, name in enumerate(names, start=1):
        for tile in range(1, TILES + 1):
            time.sleep(SECONDS_A_TILE)
            if ident in cancelled and MODE != "deaf":
                work.rmdir()
                send("cancelled", id=ident)
                return
            percent = 100.0 * ((stage - 1) + tile / TILES) / len(names)
            message = f"Stage {stage} of {len(names)}, {name}: tile {tile} of {TILES}"
            send(
                "progress",
                id=ident,
                stage=stage,
                name=name,
                tile=tile,
                tiles=TILES,
                percent=percent,
                message=message,
            )
            if MODE == "garbage":
                with lock:
                    sys.stdout.write("UserWarning: something\n[1, 2]\n{}\n\xff\n")
        path = out / f"opt_v{stage}.tif"
        write_tiff(path)
        gac = None if stage == 2 else 0.1 * stage
        outputs[path.stem], scores[path.stem], seconds[path.stem] = str(path), gac, 1.0
        send("stage", id=ident, stage=stage, path=str(path), seconds=1.0, gac=gac)
        if MODE == "crash" and stage == 1:
            print("Segmentation fault, as it were", file=sys.stderr, flush=True)
            os.abort()
    (out / "run.json").write_text(json.dumps(params))
    work.rmdir()
    notes = ["Stage 2 left the image as it was: no trained refiner installed."]
    result = {
        "outputs": outputs,
        "run_json": str(out / "run.json"),
        "scores": scores,
        "seconds": seconds,
        "notes": notes,
    }
    send("result", id=ident, result=result)


def answer(requests: queue.Queue) -> None:
    while (request := requests.get()) is not None:
        ident, method, params = request["id"], request["method"], request.get("params") or {}
        if method == "bundles":
            send("result", id=ident, result={"bundles": BUNDLES})
        elif method == "hello":
            send("result", id=ident, result={"device": "cpu", "device_name": "a fake CPU"})
        elif method == "warm":
            send("result", id=ident, result={})
        elif method == "inspect":
            inspect(ident, params)
        elif method == "run":
            run(ident, params)


def main() -> None:
    if MODE == "never_ready":
        time.sleep(1000)
    if MODE == "chatty":
        sys.stderr.write("x" * 100 + "\n" + "noise\n" * 5000)
    send("ready", protocol=99 if MODE == "wrong_protocol" else 1, version="0.1.0")
    requests: queue.Queue = queue.Queue()
    thread = threading.Thread(target=answer, args=(requests,), daemon=True)
    thread.start()
    for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "shutdown":
            break
        if request["method"] == "cancel":
            cancelled.add(request["params"]["target"])
        else:
            requests.put(request)
    os._exit(0)


main()
