"""Speaks the worker's protocol without models, well or badly: `fake_worker.py MODE`.

Modes: `good`, `slow` (stops when told to), `deaf` (never stops), `crash` (dies after stage 1),
`refuse` (answers a run with an error), `break` (fails in the middle of stage 2, once), `garbage`
(talks between the lines), `chatty` (floods stderr), `never_ready`, `wrong_protocol`,
`endless` (answers a run with 20 MB and no line break), `lost` (answers a run with an error, and
ends as one that has lost the GPU), `gone` (does so without an answer), `old` (an
engine from before decisions and journals).

Like the engine it keeps a journal in `.gac-work` and goes on from there, holds a lock there, and
leaves all of that behind when its stdin closes or when it dies. It notes every question in the
file that GAC_FAKE_LOG names.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# A worker's Python does not look beside its script.
sys.path.insert(0, str(Path(__file__).parent))

from lock_files import lock_file

MODE = sys.argv[1]
NAMES = ("generate", "refine", "ground")
TILES = {"slow": 200, "deaf": 10_000, "break": 8}.get(MODE, 4)
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
    {
        "name": "toy",
        "title": "Toy (even smaller)",
        "kind": "demo",
        "path": "/toy",
        "ready": True,
        "problem": "",
        "remedy": "",
        "notes": [],
        "licence": "Apache-2.0",
    },
]
KINDS = {bundle["name"]: bundle["kind"] for bundle in BUNDLES}

lock = threading.Lock()
cancelled: dict[str, bool] = {}
"""By the id of a request, whether to keep what was computed."""


def send(event: str, **fields: object) -> None:
    with lock:
        sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
        sys.stdout.flush()


def note(**fields: object) -> None:
    if os.environ.get("GAC_FAKE_LOG"):
        with Path(os.environ["GAC_FAKE_LOG"]).open("a") as file:
            file.write(json.dumps(fields) + "\n")


def write_tiff(path: Path, bundle: str, share: float | None = None) -> None:
    from osgeo import gdal, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    part = path.with_suffix(".part")
    data = gdal.GetDriverByName("GTiff").Create(str(part), 16, 16, 4, gdal.GDT_UInt16)
    data.SetProjection(crs.ExportToWkt())
    data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    kind = KINDS.get(bundle, "trained")
    tags = {"SYNTHETIC": "YES", "GAC_BUNDLE": f"{bundle} ({kind})"}
    if share is not None:
        tags |= {"SYNTHETIC": "PARTLY", "GAC_OBSERVED": f"{share:.4f}"}
    data.SetMetadata(tags)
    for band in range(1, 5):
        data.GetRasterBand(band).SetNoDataValue(0)
        data.GetRasterBand(band).Fill(400.0 * band)
    data = None
    part.replace(path)


def decide(params: dict) -> list[dict]:
    """Contract: name, label, value, why, by."""

    def one(name: str, label: str, value: str, why: str, by: str) -> dict:
        return {"name": name, "label": label, "value": value, "why": why, "by": by}

    def said(key: str) -> bool:
        return params.get(key) not in (None, "auto")

    units = {"db": "dB", "power": "linear power", "amplitude": "amplitude"}
    unit = units.get(params.get("unit", ""), "dB")
    kind = {"S1RTC": "gamma0 (RTC)"}.get(params.get("modality", ""), "sigma0 (GRD)")
    decisions = [
        one("bands", "Bands", "VV 1, VH 2", "the file does not name its bands", "assumed"),
        one("unit", "Unit", unit, "most values lie between -30 and 5", "values"),
        one("modality", "Kind", kind, "nothing says that it is RTC", "assumed"),
        one("nodata", "Nodata", str(params.get("nodata", 0)), "the file declares it", "file"),
        one("date", "Date", "2018-01-28 16:12:01", "the file name", "file"),
        one("spacing", "Spacing", "10 m", "the file", "file"),
        one("crs", "Working grid", "EPSG:32633", "the scene is in this UTM zone", "file"),
    ]
    for decision in decisions:
        if params.get(decision["name"]) not in (None, "auto"):
            decision.update(why="you said so", by="user")
    return decisions


def inspect(ident: str, params: dict) -> None:
    note(method="inspect", params=params)
    result: dict[str, Any] = {
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
        "biome": 4,
        "warnings": ["a warning & <b>more</b>"],
    }
    if MODE != "old":
        result["decisions"] = decide(params)
    if params.get("optical"):
        if any("bad" in path for path in (*params["optical"], *params.get("optical_other", ()))):
            words = "The optical image lies elsewhere."
            send("error", id=ident, code="scene", message=words, remedy="Choose another.")
            return
        result["optical"] = read_optical(params)
    send("result", id=ident, result=result)


def read_optical(params: dict) -> dict:
    """Contract: what inspect and run.json tell about an optical reference."""
    keeps = params.get("optical_use") != "guide"
    scale = {"name": "optical_scale", "label": "Scale", "value": "0 to 10000", "by": "values"}
    warnings, other = ["It is & winter."], {}
    if params.get("optical_other"):
        own = ["It is <far>."]
        warnings.append(f"The image of another date: {own[0]}")
        other["other"] = {
            "product": Path(params["optical_other"][0]).name,
            "date": "2018-03-10T10:00:00",
            "days": 41,
            "bands": ["B02", "B03", "B04", "B08"],
            "clear_share": 0.93,
            "data_share": 1.0,
            "decisions": [{**scale, "value": "0 to 1", "why": "its values are <small>"}],
            "warnings": own,
            "fingerprint": "0b",
        }
    return {
        "product": Path(params["optical"][0]).name,
        "date": "2018-01-29T10:00:00",
        "days": 1,
        "use": "keep" if keeps else "guide",
        "bands": ["B02", "B03", "B04", "B08"],
        "clear_share": 0.61,
        "data_share": 1.0,
        "decisions": [{**scale, "why": "its values are <large>"}],
        "warnings": warnings,
        **other,
        "files": [
            {"path": path, "bytes": 5, "sha256": "ef56"}
            for path in (*params["optical"], *(params.get("optical_other") or ()))
        ],
    }


def write_kinds(path: Path, generated_rows: int = 4) -> float:
    """The raster of observed pixels: its north is observed, its south generated; the share."""
    from osgeo import gdal, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    data = gdal.GetDriverByName("GTiff").Create(str(path), 16, 16, 1, gdal.GDT_Byte)
    data.SetProjection(crs.ExportToWkt())
    data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    data.SetMetadata({"SYNTHETIC": "NO", "GAC_VERSION": "0.1.0"})
    band = data.GetRasterBand(1)
    band.SetNoDataValue(0)
    rows = [1] * (15 - generated_rows) + [3] + [2] * generated_rows
    band.WriteRaster(0, 0, 16, 16, b"".join(bytes([kind]) * 16 for kind in rows))
    return rows.count(1) / 16


def set_fields(request: dict) -> dict:
    return {name: value for name, value in request.items() if value is not None}


class Work:
    """The working folder of a run: lock, journal, and going on from it."""

    def __init__(self, out: Path, params: dict) -> None:
        self.path = out / ".gac-work"
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = (self.path / "lock").open("w")
        lock_file(self._lock)
        self._params = params
        self.stage, self.tile = 1, 0
        self.resumed = False
        try:
            found = json.loads((self.path / "journal.json").read_text())
        except (OSError, ValueError):
            return
        # What is null is as good as absent to the engine.
        if set_fields(found["request"]) == set_fields(params):
            self.stage, self.tile = found["progress"]["stage"], found["progress"]["tile"]
            self.resumed = True

    def save(self, stage: int, tile: int) -> None:
        if MODE == "old":
            return
        progress = {"stage": stage, "stages": self._params["stages"], "tile": tile, "tiles": TILES}
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        values = {
            "format": 1,
            "request": self._params,
            "progress": progress,
            "updated": moment,
        }
        part = self.path / ".journal.part"
        part.write_text(json.dumps(values))
        part.replace(self.path / "journal.json")

    def close(self, keep: bool) -> None:
        if not keep:
            shutil.rmtree(self.path)
        self._lock.close()


def run(ident: str, params: dict, method: str = "run") -> None:
    note(method=method, params=params)
    out = Path(params["out"])
    send("progress", id=ident, stage=0, name="load", tile=0, tiles=0, percent=0.0, message="Load")
    try:
        work = Work(out, params)
    except OSError:
        words = f"Another run is writing to {out}."
        send(
            "error",
            id=ident,
            code="output",
            problem="output-folder-in-use",
            message=words,
            remedy="Wait.",
            details="",
        )
        return
    if MODE == "refuse":
        work.close(keep=False)
        send(
            "error",
            id=ident,
            code="scene",
            problem="scene-upside-down",
            message="The scene is upside down.",
            remedy="Turn it round.",
            details="Traceback: here",
        )
        return
    outputs: dict[str, str] = {}
    share = None
    if params.get("optical") and read_optical(params)["use"] == "keep":
        share = write_kinds(out / "observed.tif")
    names = NAMES[: params["stages"]]
    for stage, name in enumerate(names, start=1):
        path = out / f"opt_v{stage}.tif"
        if stage >= work.stage:
            first = work.tile + 1 if stage == work.stage else 1
            for tile in range(first, TILES + 1):
                time.sleep(SECONDS_A_TILE)
                if ident in cancelled and MODE != "deaf":
                    work.close(keep=cancelled[ident])
                    send("cancelled", id=ident)
                    return
                if MODE == "break" and stage == 2 and tile == 3 and not work.resumed:
                    words = "The disk is full."
                    send(
                        "error", id=ident, code="x", message=words, remedy="Free room.", details=""
                    )
                    work.close(keep=True)
                    return
                work.save(stage, tile)
                report(ident, stage, name, tile, len(names))
            write_tiff(path, params.get("bundle", "demo"), share)
            work.save(min(stage + 1, len(names)), 0 if stage < len(names) else TILES)
        gac = None if stage == 2 else 0.1 * stage
        outputs[path.stem] = str(path)
        send("stage", id=ident, stage=stage, path=str(path), seconds=1.0, gac=gac)
        if MODE == "crash" and stage == 1:
            print("Segmentation fault, as it were", file=sys.stderr, flush=True)
            os.abort()
    (out / "run.json").write_text(json.dumps(record(params, outputs, share)))
    work.close(keep=False)
    notes = ["Stage 2 left the image as it was: no trained refiner installed."]
    if params.get("seed") == 7:
        notes += ["a second note", "a third & <i>last</i> note"]
    result = {
        "outputs": outputs,
        "run_json": str(out / "run.json"),
        "scores": {name: None if name == "opt_v2" else 0.1 * int(name[-1]) for name in outputs},
        "seconds": dict.fromkeys(outputs, 1.0),
        "notes": notes,
        "observed": share,
    }
    send("result", id=ident, result=result)


def make_clear(ident: str, params: dict) -> None:
    note(method="clear", params=params)
    path = Path(params["out"]) / "clear.tif"
    report(ident, 0, "clear", 1, 1)
    write_kinds(path)
    send("result", id=ident, result={"path": str(path), "share": 0.61})


def make_map(ident: str, method: str, params: dict) -> None:
    """A map of a run, as the engine makes it of real images."""
    if MODE == "refuse":
        send("error", id=ident, code="request", message="No radar.", remedy="Put it back.")
        return
    name = "spread.tif" if method == "spread" else f"{method}_v{params['stage']}.tif"
    note(method=method, params=params)
    for tile in range(TILES):
        if ident in cancelled:
            send("cancelled", id=ident)
            return
        report(ident, 1, method, tile, 1)
        time.sleep(SECONDS_A_TILE)
    write_tiff(Path(params["run"]) / name, "demo")
    send("result", id=ident, result={"path": str(Path(params["run"]) / name)})


def estimate(params: dict) -> dict:
    """Return a run's needs; with bundle `toy`, more than there is."""

    def room(needed: float, free: float) -> dict[str, Any]:
        return {"needed": needed, "free": free, "fits": needed <= free}

    large = params.get("bundle") == "toy"
    advice = "The computer's memory is too small for Toy: the run may be very slow or end. Close "
    return {
        "device": "cpu",
        "precision": "float32",
        "batch": 1,
        "memory": room(9.1e9 if large else 1.5e9, 6.2e9),
        "gpu": None,
        "disk": room(0.2e9, 42e9),
        "advice": [advice + "other programs, or choose a smaller bundle."] if large else [],
        "work": {
            "tiles": {"1": 36, "2": 64, "3": 64},
            "quick_tiles": {"1": 9, "2": 16, "3": 16},
            "surroundings": 0.75,
            "seconds": None,
            "quick_seconds": None,
        },
    }


def report(ident: str, stage: int, name: str, tile: int, stages: int) -> None:
    send(
        "progress",
        id=ident,
        stage=stage,
        name=name,
        tile=tile,
        tiles=TILES,
        percent=100.0 * ((stage - 1) + tile / TILES) / stages,
        message=f"Stage {stage} of {stages}, {name}: tile {tile} of {TILES}",
    )
    if MODE == "garbage":
        with lock:
            sys.stdout.write("UserWarning: something\n[1, 2]\n{}\n\xff\n")


def record(params: dict, outputs: dict[str, str], share: float | None = None) -> dict:
    """A run.json as the engine's."""
    optical = read_optical(params) if params.get("optical") else None
    observed = None
    if share is not None:
        observed = {"share": share, "pixels": {"observed": 176, "generated": 64, "blended": 16}}
        observed |= {"date": "2018-01-29T10:00:00", "product": "s2.tif", "file": "observed.tif"}
    bundle = next((b for b in BUNDLES if b["name"] == params.get("bundle")), BUNDLES[0])
    scene = {"date": "2018-01-28T16:12:01", "unit": "db", "decisions": decide(params)}
    stages = {
        name: {"file": Path(path).name, "seconds": 1.0, "tiles": TILES}
        for name, path in outputs.items()
    }
    return {
        "synthetic": True,
        "status": "complete",
        "gac_version": "0.1.0",
        "request": params,
        "scene": scene,
        "optical": optical,
        "observed": observed,
        "inputs": [{"path": path, "bytes": 12, "sha256": "ab12"} for path in params["sar"]],
        "bundle": {
            **{key: bundle[key] for key in ("name", "title", "kind", "licence", "path", "notes")},
            "sha256": {"generator.safetensors": "cd34"},
        },
        "seed": params.get("seed", 0),
        "device": "a fake CPU",
        "stages": stages,
        "started": "2026-01-01T10:00:00+00:00",
        "finished": "2026-01-01T10:00:09+00:00",
        "software": {"python": "3.11", "torch": "2.0"},
    }


def answer(requests: queue.Queue) -> None:
    while (request := requests.get()) is not None:
        ident, method, params = request["id"], request["method"], request.get("params") or {}
        if method == "bundles":
            send("result", id=ident, result={"bundles": BUNDLES})
        elif MODE == "endless" and method == "run":
            sys.stdout.write("x" * 20_000_000)
            sys.stdout.flush()
        elif MODE in ("lost", "gone") and method == "run":
            if MODE == "lost":
                send("error", id=ident, code="device", message="The GPU stopped.", remedy="")
            os._exit(75)
        elif method == "hello":
            send("result", id=ident, result={"device": "cpu", "device_name": "a fake CPU"})
        elif method == "warm":
            send("result", id=ident, result={})
        elif method == "inspect":
            inspect(ident, params)
        elif method == "estimate":
            note(method="estimate", params=params)
            send("result", id=ident, result=estimate(params))
        elif method in ("run", "preview"):
            run(ident, params, method)
        elif method == "clear":
            make_clear(ident, params)
        elif method in ("agreement", "doubt", "spread"):
            make_map(ident, method, params)


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
            params = request["params"]
            cancelled[params["target"]] = bool(params.get("keep")) and MODE != "old"
        else:
            requests.put(request)
    os._exit(0)


main()
