"""What comes of a run: its record, written beside the images, and what its doors are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from gac_core import stac
from gac_core.contract.errors import Cancelled
from gac_core.contract.layout import RECORD, STAC_ITEM
from gac_core.provenance import Record
from gac_core.runs.folder import result_path, write_json
from gac_core.runs.memory import peak_memory


@dataclass
class RunResult:
    """What a run made.

    Attributes:
        outputs: GeoTIFF of each stage by name, `opt_v1` first.
        run_json: The run's record.
        scores: GAC score of each; None where there are no edges to compare.
        seconds: What each took.
        critique: What the stages did to the image, in a sentence or two.
        notes: What the user must know about these results.
    """

    run_json: Path
    outputs: dict[str, Path] = field(default_factory=dict)
    scores: dict[str, float | None] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    critique: str = ""
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "outputs": {name: str(path) for name, path in self.outputs.items()},
            "run_json": str(self.run_json),
            "scores": self.scores,
            "seconds": self.seconds,
            "critique": self.critique,
            "notes": self.notes,
        }


def result_of(out: Path, record: Record, notes: list[str]) -> RunResult:
    """What a run made, from its record."""
    stages = record.stages
    return RunResult(
        run_json=out / RECORD,
        outputs={name: result_path(out, int(name[-1])) for name in stages},
        scores={name: stage["score"]["gac"] for name, stage in stages.items()},
        seconds={name: stage["seconds"] for name, stage in stages.items()},
        critique=record.critique,
        notes=notes,
    )


def status_of(error: BaseException) -> str:
    """What the record of a run says that ended with an error."""
    if isinstance(error, Cancelled):
        return "interrupted" if error.keep else "cancelled"
    return "failed" if isinstance(error, Exception) else "interrupted"


def write_record(out: Path, record: Record, notes: list[str], device: torch.device) -> None:
    """Write the record and the STAC item of the stages that are complete.

    Raises:
        OutputError: If they cannot be written.
    """
    if record.stages:
        values = record.to_dict(peak_memory(device), notes)
        # On the disk before the working files go, of which all could be made again.
        write_json(out / RECORD, values, sync=True)
        write_json(out / STAC_ITEM, stac.stac_item(values, out), sync=True)
