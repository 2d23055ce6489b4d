"""Prints hashes of the pixels of five runs, to see that a change of the engine changed none.

    python -m scripts.pixels [--scene VV.tif VH.tif] [--out FILE]

Runs over part of the demo scene: as it is; warped from degrees; interrupted by SIGKILL in stage 2
and resumed; as a batch in blocks; and, where one is given, over another scene. Hashes are of values
and nodata alone, not of tags. They are equal on one machine only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rasterio
from rasterio.warp import Resampling, calculate_default_transform, reproject

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo_scene" / "demo_s1.tif"
SIDE = 3000.0
"""Metres of the demo scene that are computed, from its upper left corner on."""


def gac(*arguments: object, kill_in: Path | None = None) -> None:
    """Run the command line; kill it once a file is there and has begun to fill."""
    command = [sys.executable, "-m", "gac_core.cli", *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while kill_in is not None and process.poll() is None:
            if kill_in.is_file() and any(kill_in.read_bytes()[:4096]):
                process.kill()
            time.sleep(0.05)
    if process.returncode and kill_in is None:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")


def hashes(folder: Path, ending: str = "tif") -> dict[str, str]:
    """Return the hash of each stage's pixels in a folder."""
    digests = {}
    for stage in (1, 2, 3):
        with rasterio.open(folder / f"opt_v{stage}.{ending}") as file:
            digests[f"opt_v{stage}"] = hashlib.sha256(file.read().tobytes()).hexdigest()[:16]
    return digests


def to_degrees(path: Path) -> Path:
    """Write the demo scene in degrees, and return where."""
    with rasterio.open(DEMO) as source:
        crs = "EPSG:4326"
        transform, width, height = calculate_default_transform(
            source.crs, crs, source.width, source.height, *source.bounds
        )
        profile = {**source.profile, "crs": crs, "transform": transform}
        profile |= {"width": width, "height": height, "nodata": float("nan")}
        with rasterio.open(path, "w", **profile) as target:
            for band in range(1, source.count + 1):
                reproject(
                    rasterio.band(source, band),
                    rasterio.band(target, band),
                    resampling=Resampling.nearest,
                    dst_nodata=float("nan"),
                )
                target.set_band_description(band, source.descriptions[band - 1])
    return path


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scene", nargs=2, type=Path, metavar=("VV", "VH"))
    parser.add_argument("--out", type=Path, help="JSON file to write")
    options = parser.parse_args()
    with rasterio.open(DEMO) as file:
        left, top = file.bounds.left, file.bounds.top
        area = ("--extent", left, top - SIDE, left + SIDE, top, "--extent-crs", file.crs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        digests = {}
        gac("run", DEMO, "--out", folder / "plain", *area)
        digests["demo"] = hashes(folder / "plain")
        gac("run", to_degrees(folder / "degrees.tif"), "--out", folder / "warped", *area)
        digests["warped"] = hashes(folder / "warped")
        begun = folder / "resumed" / ".gac-work" / "opt_v2.bil"
        gac("run", DEMO, "--out", folder / "resumed", *area, kill_in=begun)
        gac("resume", folder / "resumed")
        digests["resumed"] = hashes(folder / "resumed")
        gac("batch", DEMO, "--out", folder / "batch", "--block", 256, "--workers", 1, *area)
        digests["batch"] = hashes(folder / "batch" / DEMO.stem, "vrt")
        if options.scene:
            gac("run", *options.scene, "--out", folder / "scene")
            digests["scene"] = hashes(folder / "scene")
    text = json.dumps(digests, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
