"""Asks the command line and the worker for what they must refuse: `refusing.py FOLDER`.

Prints a line of JSON for each: its name, how it ended, and which of the heavy modules are loaded.
In one process, so that what one refusal loads is seen at the latest with the next.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from filelock import FileLock

from gac_core.bundles.library import Library
from gac_core.cli.commands import main
from gac_core.contract.request import RunRequest
from gac_core.engine.checkpoint import Journal
from gac_core.engine.identity import FORMAT, settings_of
from gac_core.engine.plan import with_absolute_paths, with_steps
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker

HEAVY = ("torch", "terratorch", "peft", "distributed")


def write_radar(path: Path, crs: str | None = "EPSG:32633") -> str:
    """A good scene, if it has a CRS."""
    rng = np.random.default_rng(0)
    values = np.array([-11.0, -18.0])[:, None, None] + 10 * np.log10(
        rng.gamma(4, 0.25, (2, 64, 64))
    )
    kind = {"driver": "GTiff", "dtype": "float32", "count": 2, "height": 64, "width": 64}
    place = {"crs": crs, "transform": Affine(10, 0, 5e5, 0, -10, 5.4e6)}
    with rasterio.open(path, "w", **kind, **place) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    return str(path)


def commands(root: Path) -> dict[str, list[str]]:
    """Command lines by name."""
    good, bad = write_radar(root / "S1_20210715.tif"), root / "bad.tif"
    bad.write_text("not a raster")
    (root / "file").write_text("not a folder")
    theirs, slc = root / "theirs", root / "s1a-iw1-slc-vv-20210715.tiff"
    theirs.mkdir()
    (theirs / "opt_v1.tif").write_text("mine")
    write_radar(slc, crs=None)
    busy, other = root / "busy", root / "other"
    (busy / ".gac-work").mkdir(parents=True)
    _begin(other, good)
    away = root / "away"
    _begin(away, str(root / "gone.tif"))
    out = ["--out", str(root / "out")]
    nope = str(root / "nope.tif")
    found = {
        "missing": [nope, *out],
        "not a raster": [str(bad), *out],
        "pair half missing": [good, nope, *out],
        "month": [good, *out, "--month", "13"],
        "seed": [good, *out, "--seed", "-1"],
        "user of the input": ["~nosuchuser/x.tif", *out],
        "user of the folder": [good, "--out", "~nosuchuser/x"],
        "user of the bundle": [good, *out, "--bundle", "~nosuchuser/x"],
        "bundle": [good, *out, "--bundle", "none"],
        "long bundle": [good, *out, "--bundle", "b" * 5000],
        "rather long bundle": [good, *out, "--bundle", "b" * 300],
        "extent": [good, *out, "--extent", "0", "0", "1", "1"],
        "extent's CRS": [good, *out, "--extent", "0", "0", "1", "1", "--extent-crs", "EPSG:1"],
        "band": [good, *out, "--vv-band", "7"],
        "raw": [str(slc), *out],
        "strangers": [good, "--out", str(theirs)],
        "file as folder": [good, "--out", str(root / "file" / "out")],
        "busy": [good, "--out", str(busy)],
        "unfinished": [good, "--out", str(other), "--seed", "5"],
        "nothing kept": [good, *out, "--from-stage", "2", "--of", str(root / "none")],
        "no access": ["http://***@127.0.0.1:1/VV.tif", *out],
        "no server": ["http://127.0.0.1:1/VV.tif", *out],
    }
    found = {f"run: {name}": ["run", *arguments] for name, arguments in found.items()}
    for name, arguments in {
        "missing": [nope],
        "two missing": [nope, str(root / "nope2.tif")],
        "not a raster": [str(bad)],
        "empty folder": [str(busy)],
        "list": [str(root / "none.txt")],
        "month": [good, "--month", "13"],
        "bundle": [good, "--bundle", "none"],
        "extent": [good, "--extent", "0", "0", "1", "1"],
    }.items():
        found[f"batch: {name}"] = ["batch", *arguments, "--out", str(root / "batch")]
    found["batch: strangers"] = ["batch", good, "--out", str(theirs)]
    found["batch: program"] = ["batch", nope, "--out", str(root / "batch"), "--json"]
    return found | {
        "inspect: missing": ["inspect", nope],
        "inspect: no raster": ["inspect", str(bad), "--json"],
        "resume: nothing": ["resume", str(theirs)],
        "resume: radar gone": ["resume", str(away)],
        "doubt: no run": ["doubt", str(root / "none")],
        "spread: no run": ["spread", str(root / "none"), "--seeds", "3"],
        "spread: too many": ["spread", str(root / "none"), "--seeds", "3000"],
        "score: missing": ["score", nope, str(bad)],
    }


REQUESTS = {
    "missing": ("run", {"sar": ["/nope.tif"]}),
    "preview": ("preview", {"sar": ["/nope.tif"]}),
    "bundle": ("run", {"bundle": "none"}),
    "long bundle": ("run", {"bundle": "b" * 5000}),
    "user": ("run", {"out": "~nosuchuser/x"}),
    "user of the bundle": ("run", {"bundle": "~nosuchuser"}),
    "user of the radar": ("run", {"sar": ["~nosuchuser/x.tif"]}),
    "estimate": ("estimate", {"bundle": "none"}),
    "estimate's types": ("estimate", {"seed": "many"}),
    "inspect": ("inspect", {"sar": 5}),
    "warm: number": ("warm", {"bundle": 5}),
    "warm: list": ("warm", {"bundle": ["demo"]}),
    "warm: long": ("warm", {"bundle": "b" * 5000}),
    "warm: rather long": ("warm", {"bundle": "b" * 300}),
    "warm: user": ("warm", {"bundle": "~nosuchuser"}),
    "warm: device": ("warm", {"bundle": "demo", "device": "tpu"}),
    "warm: device's type": ("warm", {"bundle": "demo", "device": 5}),
    "warm: device in a list": ("warm", {"bundle": "demo", "device": ["cpu"]}),
    "agreement: types": ("agreement", {"run": 5, "stage": 1}),
    "agreement: stage": ("agreement", {"run": "/none", "stage": True}),
    "agreement: no run": ("agreement", {"run": "/none", "stage": 1}),
    "doubt: stage": ("doubt", {"run": "/none", "stage": [1]}),
    "doubt: no run": ("doubt", {"run": "/none", "stage": 1}),
    "spread: seeds": ("spread", {"run": "/none", "seeds": 10**400}),
    "spread: words": ("spread", {"run": "/none", "seeds": "three"}),
    "spread: zero byte": ("spread", {"run": "/no\0ne", "seeds": 3}),
}
"""Method and params of the worker, by name; those of a run are changes of a good one's."""


def _begin(out: Path, radar: str) -> None:
    """Leave an unfinished run."""
    request = with_absolute_paths(RunRequest((radar,), str(out), seed=4))
    request = with_steps(request, Library.default().find("demo"))
    work = out / ".gac-work"
    work.mkdir(parents=True)
    identity = {"format": FORMAT, "settings": settings_of(request)}
    Journal(work / "journal.json", request.to_dict(), identity, rows={"opt_v1": 16}).save()


def _tell(name: str, **values: object) -> None:
    print(
        json.dumps({"name": name, "heavy": [m for m in HEAVY if m in sys.modules], **values}),
        flush=True,
    )


def refuse(root: Path) -> None:
    """Try everything."""
    asked = commands(root)
    with FileLock(root / "busy" / ".gac-work" / "lock", timeout=0):
        for name, arguments in asked.items():
            said = io.StringIO()
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
                status = main(arguments)
            _tell(name, status=status, said=said.getvalue())
    good = {"sar": [str(root / "S1_20210715.tif")], "out": str(root / "w")}
    for name, (method, params) in REQUESTS.items():
        answers = io.StringIO()
        base = good if method in ("run", "preview", "estimate") else {}
        Worker(Channel(answers))._answer("a", method, {**base, **params})
        event = json.loads(answers.getvalue().splitlines()[-1])
        said = {key: value for key, value in event.items() if key != "words"}
        _tell(f"worker, {name}", event=event["event"], code=event.get("code"), said=str(said))


if __name__ == "__main__":
    refuse(Path(sys.argv[1]))
