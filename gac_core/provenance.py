"""What was done to make a result, written into the files and beside them."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from gac_core import __version__
from gac_core.bands import BIOMES
from gac_core.grid import Window
from gac_core.models.bundle import Bundle
from gac_core.models.weights import sha256
from gac_core.request import RunRequest
from gac_core.scene import S1Scene
from gac_core.scene.products import file_name, public
from gac_core.stages.base import NAMES

NOTICE = (
    "SYNTHETIC: generated from Sentinel-1 radar by a model. These pixels are not observations; "
    "do not measure in them what only an observation can show."
)
PACKAGES = ("torch", "terratorch", "peft", "bitsandbytes", "rasterio", "numpy")


@dataclass
class Record:
    """Everything about a run that `run.json` keeps.

    Attributes:
        request: What was asked for.
        scene: The radar, understood.
        bundle: The models' card.
        hashes: SHA-256 of every weight file used.
        area: What was computed.
        month: 0 unknown.
        device: Name for people.
        started: When, ISO 8601 UTC.
        status: `complete`, `cancelled` or `failed`.
        stages: By result name, those that are whole: file, seconds, tiles, score.
    """

    request: RunRequest
    scene: S1Scene
    bundle: Bundle
    hashes: dict[str, str]
    area: Window
    month: int
    device: str
    started: str
    status: str = "failed"
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tags(self, stage: int) -> dict[str, str]:
        """GDAL metadata of a stage's GeoTIFF."""
        return {
            "SYNTHETIC": "YES",
            "GAC_NOTICE": NOTICE,
            "GAC_VERSION": __version__,
            "GAC_STAGE": f"{stage} ({NAMES[stage]})",
            "GAC_BUNDLE": f"{self.bundle.name} ({self.bundle.kind})",
            "GAC_WEIGHTS_SHA256": " ".join(f"{k}={v}" for k, v in sorted(self.hashes.items())),
            "GAC_SEED": str(self.request.seed),
            "GAC_TIMESTEPS": f"{self.request.timesteps_1} {self.request.timesteps_3}",
            "GAC_MONTH": str(self.month),
            "GAC_BIOME": f"{self.request.biome} ({BIOMES[self.request.biome]})",
            "GAC_SAR": " ".join(file_name(p) for p in self.request.sar),
            "GAC_SAR_DATE": self.scene.date or "unknown",
            "GAC_SAR_UNIT": f"{self.scene.unit}: {self.scene.unit_reason}",
            "GAC_SAR_MODALITY": self.scene.modality,
        }

    def to_dict(self, memory: dict[str, int]) -> dict[str, Any]:
        """JSON-ready values of the whole record, as of now."""
        grid, scene = self.scene.grid, self.scene.info()
        return {
            "synthetic": True,
            "notice": NOTICE,
            "status": self.status,
            "gac_version": __version__,
            "request": self.request.to_dict() | {"sar": [public(p) for p in self.request.sar]},
            "scene": scene | {"paths": [public(p) for p in scene["paths"]]},
            "inputs": [_file(p) for p in self.request.sar],
            "area": {
                "epsg": grid.epsg,
                "bounds": list(grid.bounds(self.area)),
                "width": self.area.width,
                "height": self.area.height,
            },
            "month": self.month,
            "biome": {"number": self.request.biome, "name": BIOMES[self.request.biome]},
            "bundle": {
                "name": self.bundle.name,
                "title": self.bundle.title,
                "kind": self.bundle.kind,
                "licence": self.bundle.licence,
                "path": str(self.bundle.path),
                "notes": self.bundle.notes,
                "sha256": dict(sorted(self.hashes.items())),
            },
            "seed": self.request.seed,
            "device": self.device,
            "stages": self.stages,
            "memory": memory,
            "started": self.started,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "software": {
                "python": platform.python_version(),
                **{name: metadata.version(name) for name in PACKAGES},
            },
        }


def _file(name: str) -> dict[str, Any]:
    """A local input's size and hash; a remote one has neither."""
    path = Path(name)
    if not path.is_file():
        return {"path": public(name), "bytes": None, "sha256": None}
    return {"path": str(path), "bytes": path.stat().st_size, "sha256": sha256(path)}
