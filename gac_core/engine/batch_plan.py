"""Plan of one scene: its blocks, tasks, and everything that its pixels depend on.

Quick to import, without PyTorch: workers make plans (`batch_worker`), others only read them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import BATCH_WORK, OPTICAL_FILES, RADAR
from gac_core.contract.message import Message, restored, with_words
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import (
    Fusion,
    StageAreas,
    generated_area,
    input_window,
    radar_window,
    stage_areas,
)
from gac_core.engine.folder import write_sealed
from gac_core.engine.identity import identity_of
from gac_core.grid import Window, WorkGrid
from gac_core.io import read_sealed
from gac_core.stages.base import STAGE_INPUTS

DEFAULT_BLOCK_SIZE = 2048
"""Default side of a block in pixels: a GeoTIFF of about 20 MB, with little computed twice."""

NAME = "plan.json"
FORMAT = 3
"""Format 2 described what pixels depend on in a way of its own."""
Values = dict[str, Any]


class Cell(NamedTuple):
    """Position of a block: its row and column in blocks, counted from the zone's origin."""

    row: int
    col: int

    @property
    def name(self) -> str:
        """Name such as `n0263e0024`: blocks north of northing 0, east of easting 0."""
        north = f"n{-self.row:04d}" if self.row <= 0 else f"s{self.row:04d}"
        return north + (f"e{self.col:04d}" if self.col >= 0 else f"w{-self.col:04d}")

    def window(self, side: int) -> Window:
        """Return the block's window in pixels."""
        return Window(self.row * side, self.col * side, side, side)


def cells_of(area: Window, side: int) -> Iterator[Cell]:
    """Yield the blocks that intersect an area, row by row."""
    for row in range(area.row // side, -(-area.stop_row // side)):
        for col in range(area.col // side, -(-area.stop_col // side)):
            yield Cell(row, col)


def block_size_for(asked: int | None, spec: WindowSpec) -> int:
    """Return the valid side of blocks that is nearest to the requested one.

    Blocks begin where blocks of the decoder do, so that as few of those as possible lie in two.

    Raises:
        RequestError: If it is less than a tile.
    """
    if asked is not None and asked < spec.size:
        raise RequestError(
            Message(
                "Blocks of {} px are smaller than what the models look at, {} px.", asked, spec.size
            ),
            Message("Give at least {}; {} is usual.", spec.size, DEFAULT_BLOCK_SIZE),
            problem="block-too-small",
        )
    stride = spec.decode - spec.seam
    return max(1, round((asked or DEFAULT_BLOCK_SIZE) / stride)) * stride


@dataclass(frozen=True)
class Plan:
    """Plan of a scene.

    Attributes:
        name: Name of its folder.
        request: As for a run over the whole area; `out` is the scene's folder.
        grid: The working grid.
        whole: Window with data.
        area: Requested area.
        spec: Tiling of areas for the models.
        side: Side of a block in pixels.
        threads: PyTorch threads in each worker.
        batch: Tiles computed together; 1 on a CPU.
        device: `cpu` or `cuda`.
        month: Calendar month, 0 unknown.
        season_month: Month that stage 2 is conditioned on.
        biome: Biome that stage 2 is conditioned on; 0 unknown.
        reading: Interpretation of the radar (`batch_worker.interpretation_of`).
        inputs: Its files (`provenance.input_files`).
        stamps: Size and modification time of each file.
        card: SHA-256 of the bundle's model card, which holds those of the weights.
        software: Versions of the software that computes.
        started: Start of the batch.
        warnings: Notes for the user about the scene.
        pixels: What the pixels of each stage depend on (`identity.pixels_of`).
        times: Change time of each file when it was hashed (`scene.source.change_times`).
        reference: Its optical reference (`provenance.reference_entry`); None: there is none.
        fusion: Fusion of the reference.
    """

    name: str
    request: RunRequest
    grid: WorkGrid
    whole: Window
    area: Window
    spec: WindowSpec
    side: int
    threads: int
    batch: int
    device: str
    month: int
    season_month: int
    biome: int
    reading: Values
    inputs: list[Values]
    stamps: list[list[int] | None]
    card: str
    software: Values
    started: str
    warnings: list[str]
    pixels: dict[str, Values]
    times: list[int] = field(default_factory=list)
    reference: Values | None = None
    fusion: Fusion | None = None

    @property
    def folder(self) -> Path:
        """The scene's folder."""
        return self.request.out_dir

    @property
    def work(self) -> Path:
        """Private working directory of the scene."""
        return self.folder / BATCH_WORK

    @property
    def radar(self) -> Path:
        """File in which workers store the radar on the working grid as they read it."""
        return self.work / RADAR

    @property
    def optical(self) -> tuple[Path, ...]:
        """Files in which workers store the images of the optical reference, likewise."""
        return tuple(self.work / name for name in OPTICAL_FILES)

    @property
    def stages(self) -> range:
        """Numbers of the stages."""
        return range(1, self.request.stages + 1)

    @cached_property
    def areas(self) -> StageAreas:
        """Areas of the stages."""
        return stage_areas(self.area, self.whole, self.spec, self.request.stages, self.fusion)

    @property
    def reach(self) -> int:
        """Pixels around a block that an optical reference makes necessary."""
        return 0 if self.fusion is None else self.fusion.reach

    @property
    def radar_window(self) -> Window:
        """Part of the radar, and of an optical reference, that the stages read."""
        return radar_window(self.areas, 1, self.spec, self.whole)

    def cells(self, stage: int) -> list[Cell]:
        """Return a stage's blocks, row by row."""
        return list(cells_of(self.areas.passed[stage], self.side))

    def passed(self, stage: int, cell: Cell) -> Window:
        """Return the window of a block that a stage passes on; it contains the image's."""
        return cell.window(self.side).intersection(self.areas.passed[stage])

    def image(self, stage: int, cell: Cell) -> Window:
        """Return the window of a stage's image of a block; empty where only the networks go."""
        return cell.window(self.side).intersection(self.areas.images[stage])

    def generated(self, stage: int, cell: Cell) -> Window:
        """Return the window that a stage's networks compute for a block."""
        image, passed = self.image(stage, cell), self.passed(stage, cell)
        return generated_area(image, passed, self.whole, self.fusion)

    def result(self, cell: Cell) -> Window:
        """Return the window of a block's result; empty in the ring around an extent."""
        return cell.window(self.side).intersection(self.area)

    def seen(self, stage: int, cell: Cell) -> Window:
        """Return the window that a stage reads to compute a block."""
        return input_window(stage, self.generated(stage, cell), self.spec, self.whole)

    def block(self, cell: Cell) -> Path:
        """Return the folder of a block's results."""
        return self.folder / "blocks" / cell.name

    def to_dict(self) -> Values:
        """Return JSON-ready values."""
        values: Values = {**asdict(self), "request": self.request.to_dict()}
        return {"format": FORMAT, **json.loads(json.dumps(with_words(values)))}

    @classmethod
    def from_dict(cls, values: Values) -> Plan:
        """Build a plan from the values of `to_dict`.

        Raises:
            ValueError: If another version wrote it.
        """
        values = dict(restored(values))
        if values.pop("format") != FORMAT:
            raise ValueError(Message("another format"))
        values["request"] = RunRequest.from_dict(values["request"])
        for key in ("whole", "area"):
            values[key] = Window(**values[key])
        # Plans of before tell the reach alone: their blocks have other areas, and another identity.
        values.pop("reach", None)
        if (fusion := values.get("fusion")) is not None:
            values["fusion"] = Fusion(fusion["reach"], tuple(fusion["read_by"]))
        values["grid"], values["spec"] = WorkGrid(**values["grid"]), WindowSpec(**values["spec"])
        return cls(**values)

    @cached_property
    def described(self) -> Values:
        """Everything that pixels depend on; the folder may be moved."""
        return identity_of(
            self.request,
            self.pixels,
            self.area,
            {"card": self.card},
            self.software,
            self.device,
            self.batch,
            self.fusion,
            side=self.side,
            threads=self.threads,
        )

    @cached_property
    def identity(self) -> str:
        """Hash of everything that pixels depend on."""
        return hashlib.sha256(json.dumps(self.described, sort_keys=True).encode()).hexdigest()

    def save(self) -> None:
        """Write the plan into the scene's folder.

        Raises:
            OutputError: If it cannot be written.
        """
        write_sealed(self.work / NAME, self.to_dict(), sync=True)


def read_plan(folder: Path) -> Plan | None:
    """Return the plan in a scene's folder, wherever that is now; None if there is no intact one.

    A damaged plan is made again; the records of steps show whether they belong to it.

    Raises:
        OutputError: If it cannot be read, or another version wrote it.
    """
    path = folder / BATCH_WORK / NAME
    try:
        values = read_sealed(path)
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise OutputError(
            Message("The plan {} cannot be read: {}.", path, error.strerror),
            Message("Choose another output folder."),
            problem="batch-plan-unreadable",
        ) from error
    try:
        plan = Plan.from_dict(values)
        return replace(plan, request=replace(plan.request, out=str(folder)))
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            Message("The plan {} cannot be read: another version of GAC wrote it.", path),
            Message("Choose another output folder, or remove this one."),
            problem="batch-plan-version",
        ) from error


class Step(NamedTuple):
    """One stage of one block."""

    stage: int
    cell: Cell

    @property
    def name(self) -> str:
        """Name for messages and file names."""
        return f"opt_v{self.stage}/{self.cell.name}"


class Graph:
    """Dependency graph of a scene's steps.

    Args:
        plan: Plan of the scene.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def steps(self) -> list[Step]:
        """All steps, row by row, stage 1 first."""
        return [
            Step(stage, cell) for stage in self._plan.stages for cell in self._plan.cells(stage)
        ]

    @cached_property
    def needs(self) -> dict[Step, tuple[Step, ...]]:
        """By step, the steps whose working files it reads."""
        needs = {}
        for step in self.steps:
            halo = self._plan.seen(step.stage, step.cell) if STAGE_INPUTS[step.stage] else None
            needs[step] = (
                tuple(
                    Step(earlier, cell)
                    for earlier in STAGE_INPUTS[step.stage]
                    for cell in cells_of(
                        halo.intersection(self._plan.areas.passed[earlier]), self._plan.side
                    )
                )
                if halo is not None
                else ()
            )
        return needs

    @cached_property
    def read_by(self) -> dict[Step, tuple[Step, ...]]:
        """By step, the steps that read its working file."""
        readers: dict[Step, list[Step]] = defaultdict(list)
        for step, needed in self.needs.items():
            for one in needed:
                readers[one].append(step)
        return {step: tuple(readers[step]) for step in self.steps}
