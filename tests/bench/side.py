"""Process of one side: reads an order per line, answers with a line of JSON.

python -m tests.bench.side '{"kind": "ours", …}'
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from gac_core.worker.channel import claim_stdout
from tests.bench.cases import Side


def main() -> int:
    """Answer orders until standard input closes."""
    out = claim_stdout()
    side = Side(**json.loads(sys.argv[1]))
    worker = _Worker(side)
    for line in sys.stdin:
        order = json.loads(line)
        answer = getattr(worker, order.pop("do"))(**order)
        out.write(json.dumps(answer) + "\n")
        out.flush()
    return 0


class _Worker:
    def __init__(self, side: Side) -> None:
        self._side = side
        self._scene = Path(side.scene)
        self._engine: Any = None

    def load(self) -> dict[str, Any]:
        """Import the libraries and load the models."""
        from tests.bench import memory

        began = time.perf_counter()
        from gac_core.bundles.library import Library
        from gac_core.networks.device import choose_device

        # Each side imports only what it needs, because memory is measured.
        if self._side.kind == "ours":
            from tests.bench.peer import Peer as Engine
        else:
            from tests.bench.peer import Peer as Engine
        imported = time.perf_counter()
        self._device = choose_device(self._side.device)
        if self._side.cap_gb is not None and self._device.type == "cuda":
            memory.cap(self._device, self._side.cap_gb)
        library = Library([], [Path(self._side.weights)])
        bundle = library.find(str(self._side.bundle))
        options = {"half": True} if self._side.kind == "peer-bf16" else {}
        self._engine = Engine(bundle, library, self._device, **options)
        return {
            "import_seconds": imported - began,
            "load_seconds": time.perf_counter() - imported,
            "load_memory": memory.since(self._device),
        }

    def run(self, steps: tuple[int, int]) -> dict[str, Any]:
        """Return a timed run, and the seams of its images."""
        from tests.bench import memory

        memory.forget(self._device)
        with tempfile.TemporaryDirectory(prefix="gac-bench-") as folder:
            out = Path(folder) / "out"
            began = time.perf_counter()
            stages = self._engine.run(self._scene, out, tuple(steps), lambda stage: None)
            total = time.perf_counter() - began
            result = {"total": total, "stages": stages, "memory": memory.since(self._device)}
            notes = out / "run.json"
            if notes.is_file():
                result["notes"] = json.loads(notes.read_text(encoding="utf-8"))["notes"]
            images = Path(folder) / "kept"
            images.mkdir()
            for image in out.glob("opt_v*.tif"):
                shutil.move(image, images / image.name)
            return result | {"seams": self._seams(images)}

    def edges(self, steps: tuple[int, int], scene: str) -> dict[int, dict[str, Any]]:
        """Return levels along the edges of a scene that is a part of this side's."""
        import rasterio

        from gac_core.grid import PIXEL, Window
        from tests.bench.edges import compare_edges

        spec = self._engine.window
        with tempfile.TemporaryDirectory(prefix="gac-bench-") as folder:
            small, large = Path(folder) / "small", Path(folder) / "large"
            for radar, out in ((Path(scene), small), (self._scene, large)):
                self._engine.run(radar, out, tuple(steps), lambda stage: None)
            compared = {}
            for stage in (1, 2, 3):
                with rasterio.open(small / f"opt_v{stage}.tif") as file:
                    image, corner = file.read(), file.transform
                with rasterio.open(large / f"opt_v{stage}.tif") as file:
                    col, row = (~file.transform) @ (corner.c + PIXEL / 2, corner.f - PIXEL / 2)
                    whole = Window(0, 0, file.height, file.width)
                    part = Window(int(row), int(col), *image.shape[1:]).slices(whole)
                    larger = file.read()[:, *part]
                compared[stage] = compare_edges(image.astype(float), larger.astype(float), spec)
        return compared

    def count(self, steps: tuple[int, int]) -> dict[str, Any]:
        """Return the FLOP of each stage of a run, without compiled code, which hides them."""
        import torch

        from tests.bench.flops import counter

        by_stage: dict[int, int] = {}
        seen = 0
        with (
            tempfile.TemporaryDirectory(prefix="gac-bench-") as folder,
            torch.compiler.set_stance("force_eager"),
            # The counter sees one thread only.
            patch("gac_core.engine.stage_runner.lanes_of", lambda models: 1),
            counter() as flops,
        ):

            def on_stage(stage: int) -> None:
                nonlocal seen
                by_stage[stage] = flops.get_total_flops() - seen
                seen += by_stage[stage]

            self._engine.run(self._scene, Path(folder) / "out", tuple(steps), on_stage)
        return {"stages": by_stage}

    def peak(self) -> dict[str, Any]:
        """Return the FLOP rate that the device can reach."""
        from tests.bench.flops import matrix_peak

        return matrix_peak(self._device)

    def _seams(self, folder: Path) -> dict[int, dict[str, Any]]:
        import rasterio

        from tests.bench.seams import seam_index

        seams = {}
        for stage in (1, 2, 3):
            path = folder / f"opt_v{stage}.tif"
            with rasterio.open(path) as file:
                if file.height > 2048:
                    return {}  # Its scene is mirrored, and only the process' memory matters.
                image = file.read()
            if self._side.kind == "ours":
                edges = self._engine.edges(stage, path)
            else:
                edges = self._engine.edges(stage, *image.shape[1:])
            seams[stage] = vars(seam_index(image, edges))
        return seams


if __name__ == "__main__":
    sys.exit(main())
