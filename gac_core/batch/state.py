"""What of a scene is complete, told by records on disk: another process can go on from there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gac_core.batch.plan import Cell, Graph, Plan, Step, cells_of
from gac_core.grid import Window
from gac_core.io import Content, holds, read_sealed, unwritable
from gac_core.raster import WorkingFile
from gac_core.runs.checkpoint import load_tile, save_tile
from gac_core.runs.folder import result_path
from gac_core.runs.plan import STAGE_BANDS, stage_lattice
from gac_core.runs.stage_cache import file_name
from gac_core.stages.base import Array

Key = tuple[int, Cell]
"""A stage, and the block that holds a tile's first pixel with weight."""

FORMAT = 2
"""1: without hashes."""
SCRATCH = "scratch-"
"""Begins the names of folders that tasks write in."""
COMPLETE, EMPTY = "complete", "empty"


class SharedTiles:
    """The memory of a step, for `area.mosaic.drive`: holds tiles that others need too.

    A tile that two workers compute at the same time is the same twice. One that is not there, or
    not whole, is computed.

    Args:
        plan: Of the scene.
        step: Whose memory.
        scratch: The task's own folder.
    """

    def __init__(self, plan: Plan, step: Step, scratch: Path) -> None:
        self._plan, self._step, self._scratch = plan, step, scratch
        self._area = plan.window(step.stage, step.cell)
        self._lattice = stage_lattice(step.stage, plan.spec, plan.whole)

    @property
    def first_row(self) -> int:
        """A step begins at its first row: it is gone on with block by block, not row by row."""
        return self._area.row

    def load(self, tile: Window) -> Array | None:
        """A tile's values, where another step has computed it."""
        shape = len(STAGE_BANDS[self._step.stage]), *tile.shape
        return load_tile(self._path(tile), shape) if self._is_shared(tile) else None

    def keep(self, tile: Window, values: Array) -> None:
        """Keeps a tile for other blocks.

        Raises:
            OutputError: If it cannot be written.
        """
        if not self._is_shared(tile):
            return
        path = self._path(tile)
        part = self._scratch / path.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_tile(part, values)
            part.replace(path)
        except OSError as error:
            raise unwritable(path, error) from error

    def rows_done(self, stop_row: int) -> None:
        """Nothing to note."""

    def _weighted(self, tile: Window) -> Window:
        return self._lattice.reach(tile).intersection(self._plan.areas[self._step.stage])

    def _is_shared(self, tile: Window) -> bool:
        return not self._area.contains(self._weighted(tile))

    def _path(self, tile: Window) -> Path:
        owner = next(cells_of(self._weighted(tile), self._plan.side))
        return tiles_of(self._plan, (self._step.stage, owner)) / f"{tile.row}_{tile.col}.npz"


def tiles_of(plan: Plan, key: Key) -> Path:
    """The folder of the tiles that begin in a block."""
    return plan.work / f"opt_v{key[0]}" / f"{key[1].name}.tiles"


def steps_sharing(plan: Plan, key: Key) -> list[Step]:
    """The steps that may need tiles that begin in a block."""
    stage, cell = key
    longest = max(plan.spec.decode, plan.side)
    window = cell.window(plan.side)
    reach = Window(window.row, window.col, plan.side + longest, plan.side + longest)
    shared = reach.intersection(plan.areas[stage])
    return [Step(stage, one) for one in cells_of(shared, plan.side)] if not shared.is_empty else []


def keys_near(plan: Plan, step: Step) -> list[Key]:
    """Where the tiles that a step shares may begin."""
    longest = max(plan.spec.decode, plan.side)
    back = -(-longest // plan.side)
    row, col = step.cell
    near = [Cell(r, c) for r in range(row - back, row + 1) for c in range(col - back, col + 1)]
    return [(step.stage, cell) for cell in near]


def drop_tiles(plan: Plan, key: Key) -> None:
    """Forget the tiles that begin in a block."""
    shutil.rmtree(tiles_of(plan, key), ignore_errors=True)


@dataclass(frozen=True)
class Done:
    """The record of a step.

    Attributes:
        identity: Of the plan that it belongs to.
        status: `complete`, or `empty`: the radar has nothing there.
        bytes: Of the result; 0 where there is none.
        sha256: Of the result.
        checksum: Of the working file.
        tiles: Computed.
        seconds: That it took.
        score: Of the result against the radar (`score.score_files`).
        device: That computed it.
        worker: Computer and process.
        missing: Names of steps that failed, and which it, or what it reads, saw as nodata.
    """

    identity: str
    status: str
    bytes: int = 0
    sha256: str = ""
    checksum: int = 0
    tiles: int = 0
    seconds: float = 0.0
    score: dict[str, Any] | None = None
    device: str = ""
    worker: str = ""
    missing: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Done:
        """A record from what `to_dict` gave.

        Raises:
            ValueError: If another version wrote it.
        """
        values = dict(values)
        if values.pop("format") != FORMAT:
            raise ValueError("another format")
        return cls(**{**values, "missing": tuple(values["missing"])})


def record_path(plan: Plan, step: Step) -> Path:
    """Where a step's record lies."""
    return plan.work / f"opt_v{step.stage}" / f"{step.cell.name}.json"


def working_file(plan: Plan, step: Step) -> WorkingFile:
    """Where a step's pixels lie as they were computed."""
    path = record_path(plan, step).with_suffix(Path(file_name(step.stage)).suffix)
    window = plan.window(step.stage, step.cell)
    return WorkingFile(path, plan.grid, window, STAGE_BANDS[step.stage])


def read_step(plan: Plan, step: Step) -> Done | None:
    """Return a step's record; None where there is none of this plan."""
    try:
        done = Done.from_dict(read_sealed(record_path(plan, step)))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return done if done.identity == plan.identity else None


def read_done(plan: Plan, step: Step) -> Done | None:
    """Return a step's record; None where there is none of this plan, or its result is gone."""
    done = read_step(plan, step)
    try:
        result = result_path(plan.block(step.cell), step.stage)
        whole = done is not None and (not done.bytes or result.stat().st_size == done.bytes)
    except OSError:
        return None
    return done if whole else None


def is_result_whole(plan: Plan, step: Step, done: Done) -> bool:
    """Whether a complete step's result holds what was written into it."""
    result = result_path(plan.block(step.cell), step.stage)
    return not done.bytes or holds(result, Content(done.bytes, done.sha256))


def is_readable(plan: Plan, step: Step, done: Done) -> bool:
    """Whether what other steps read of a complete step holds what was written into it."""
    return done.status == EMPTY or working_file(plan, step).holds(done.checksum)


class State:
    """How far a scene is.

    Attributes:
        plan: Of the scene.
        graph: Its steps.
        done: Records of the steps that are complete.
        failed: By step, why it was given up.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.graph = plan, Graph(plan)
        self.done: dict[Step, Done] = {}
        self.failed: dict[Step, tuple[str, str]] = {}
        for step in self.graph.steps:
            done = read_done(plan, step)
            # What was computed beside a hole is computed again: the hole may be filled now.
            if done is not None and not done.missing:
                self.done[step] = done
        self.drop_damaged()
        self.todo = self._wanted()

    def reopen(self) -> bool:
        """Have what is damaged computed again. Returns whether anything is to be done."""
        if self.drop_damaged():
            self.todo = self._wanted() - self.failed.keys()
        return bool(self.todo)

    def drop_damaged(self) -> list[Step]:
        """Forget steps whose results do not hold any more what was written into them."""
        steps = list(self.done)
        with ThreadPoolExecutor() as pool:
            whole = pool.map(lambda step: is_result_whole(self.plan, step, self.done[step]), steps)
            damaged = [step for step, is_whole in zip(steps, whole, strict=True) if not is_whole]
        for step in damaged:
            del self.done[step]
        return damaged

    def _wanted(self) -> set[Step]:
        """What is to be computed: what is not complete, and what that reads and is no more."""
        wanted = {
            step for step in self.graph.steps if step not in self.done and self._matters(step)
        }
        waiting = list(wanted)
        while waiting:
            for needed in self.graph.needs[waiting.pop()]:
                if needed not in wanted and not self._can_be_read(needed):
                    self.done.pop(needed, None)
                    wanted.add(needed)
                    waiting.append(needed)
        return wanted

    def _matters(self, step: Step) -> bool:
        """Not what lies in the ring around an extent, unless another step reads it."""
        return not self.plan.result(step.cell).is_empty

    def _can_be_read(self, step: Step) -> bool:
        found = self.done.get(step)
        return found is not None and is_readable(self.plan, step, found)

    def is_ready(self, step: Step) -> bool:
        """Whether nothing that a step reads is still to be computed."""
        return not any(needed in self.todo for needed in self.graph.needs[step])

    def missing(self, step: Step) -> tuple[Step, ...]:
        """What a step would read and was given up."""
        return tuple(needed for needed in self.graph.needs[step] if needed in self.failed)

    def beside(self, step: Step) -> tuple[str, ...]:
        """Names of the steps that were given up and that a step's pixels depend on."""
        found = {one.name for one in self.missing(step)}
        for needed in self.graph.needs[step]:
            found.update(self.done[needed].missing if needed in self.done else ())
        return tuple(sorted(found))

    def finish(self, step: Step, done: Done) -> None:
        """A step is complete: nobody needs what only it read."""
        self.todo.discard(step)
        self.done[step] = done
        self.drop_unread((step, *self.graph.needs[step]))
        self._drop_shared(step)

    def give_up(self, step: Step, why: str, remedy: str) -> None:
        """A step failed for good."""
        self.todo.discard(step)
        self.failed[step] = why, remedy
        self._drop_shared(step)

    def _drop_shared(self, step: Step) -> None:
        """Forget tiles that no block needs any more."""
        for key in keys_near(self.plan, step):
            if not any(one in self.todo for one in steps_sharing(self.plan, key)):
                drop_tiles(self.plan, key)

    def drop_unread(self, steps: Iterable[Step]) -> None:
        """Remove working files that no step reads any more, this time or the next."""
        for step in steps:
            if step.stage == self.plan.request.stages or step not in self.done:
                continue
            readers = self.graph.read_by[step]
            if all(one in self.done and not self.done[one].missing for one in readers):
                with suppress(OSError):
                    working_file(self.plan, step).path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what lost workers left; only while none of this batch's is at work."""
        for left in (*self.plan.work.glob(f"{SCRATCH}*"), *self.plan.work.glob("*/*.tiles")):
            shutil.rmtree(left, ignore_errors=True)
        self.drop_unread(list(self.done))

    def files(self, stage: int) -> list[Cell]:
        """Blocks whose result of a stage is there, row by row."""
        return sorted(
            step.cell for step, done in self.done.items() if step.stage == stage and done.bytes
        )
