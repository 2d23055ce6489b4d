"""State of a scene: complete steps by records on disk, from which another process can resume."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gac_core.contract import layout
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.rename import PAUSES
from gac_core.engine.areas import stage_lattice
from gac_core.engine.batch_plan import Cell, Graph, Plan, Step, cells_of
from gac_core.engine.checkpoint import load_tile, save_tile
from gac_core.engine.folder import result_path
from gac_core.engine.plan import STAGE_BANDS
from gac_core.grid import Window
from gac_core.io import Content, has_content, read_sealed
from gac_core.raster import WorkingFile
from gac_core.stages.base import Array

TileKey = tuple[int, Cell]
"""Stage, and the block that contains a tile's first pixel with weight."""

FORMAT = 2
"""Format 1 had no hashes."""
SCRATCH = "scratch-"
"""Name prefix of the folders that tasks write in."""
COMPLETE, EMPTY = "complete", "empty"


class SharedTiles:
    """Checkpoint of a step for `mosaic.run_tiled`: stores the tiles that other blocks need too.

    Two workers that compute the same tile at the same time get equal values. A missing or damaged
    tile is computed.

    Args:
        plan: Plan of the scene.
        step: The step.
        scratch: The task's own folder.
    """

    def __init__(self, plan: Plan, step: Step, scratch: Path) -> None:
        self._plan, self._step, self._scratch = plan, step, scratch
        window = plan.passed(step.stage, step.cell)
        self._area = plan.generated(step.stage, step.cell)
        # What no other block computes.
        self._own = window.grown(-plan.reach) if plan.reach else window
        self._lattice = stage_lattice(step.stage, plan.spec, plan.whole)

    @property
    def first_row(self) -> int:
        """First row of the step: steps are resumed block by block, not row by row."""
        return self._area.row

    def load(self, tile: Window) -> Array | None:
        """Return a tile's values if another step has computed it, else None."""
        shape = len(STAGE_BANDS[self._step.stage]), *tile.shape
        return load_tile(self._path(tile), shape) if self._is_shared(tile) else None

    def keep(self, tile: Window, values: Array) -> None:
        """Store a tile for other blocks.

        Raises:
            OutputError: If it cannot be written.
        """
        if self._is_shared(tile):
            path = self._path(tile)
            save_tile(path, values, self._scratch / path.name, path)

    def rows_done(self, stop_row: int) -> None:
        """Do nothing: rows are not recorded."""

    def _weighted(self, tile: Window) -> Window:
        area = self._plan.areas.generated[self._step.stage]
        return self._lattice.reach(tile).intersection(area)

    def _is_shared(self, tile: Window) -> bool:
        return self._own.is_empty or not self._own.contains(self._weighted(tile))

    def _path(self, tile: Window) -> Path:
        owner = next(cells_of(self._weighted(tile), self._plan.side))
        return tiles_of(self._plan, (self._step.stage, owner)) / f"{tile.row}_{tile.col}.npz"


def tiles_of(plan: Plan, key: TileKey) -> Path:
    """Return the folder of the tiles that begin in a block."""
    return plan.work / f"opt_v{key[0]}" / f"{key[1].name}.tiles"


def steps_sharing(plan: Plan, key: TileKey) -> list[Step]:
    """Return the steps that may need tiles that begin in a block."""
    stage, cell = key
    longest = max(plan.spec.decode, plan.side)
    window = cell.window(plan.side)
    reach = Window(window.row, window.col, plan.side + longest, plan.side + longest)
    reach = reach.grown(plan.reach)
    shared = reach.intersection(plan.areas.passed[stage])
    return [Step(stage, one) for one in cells_of(shared, plan.side)] if not shared.is_empty else []


def tile_keys(plan: Plan, step: Step) -> list[TileKey]:
    """Return the keys under which the tiles that a step shares may be stored."""
    longest = max(plan.spec.decode, plan.side)
    back, ahead = -(-(longest + plan.reach) // plan.side), -(-plan.reach // plan.side)
    row, col = step.cell
    rows, cols = (range(place - back, place + ahead + 1) for place in (row, col))
    near = [Cell(r, c) for r in rows for c in cols]
    return [(step.stage, cell) for cell in near]


def drop_tiles(plan: Plan, key: TileKey) -> None:
    """Delete the tiles that begin in a block."""
    remove_folder(tiles_of(plan, key), ignore_errors=True, pauses=())


@dataclass(frozen=True)
class StepRecord:
    """Record of a step.

    Attributes:
        identity: Identity of its plan.
        status: `complete`, or `empty`: the radar has no data there.
        bytes: Size of the result; 0 if there is none.
        sha256: SHA-256 of the result.
        checksum: Checksum of the working file.
        tiles: Number of tiles computed.
        seconds: Time taken.
        score: Score of the result against the radar (`scores.score_files`).
        device: Device that computed it.
        worker: Computer and process.
        missing: Names of failed steps that it, or a step that it reads, saw as nodata.
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
        """Return JSON-ready values."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> StepRecord:
        """Build a record from the values of `to_dict`.

        Raises:
            ValueError: If another version wrote it.
        """
        values = dict(values)
        if values.pop("format") != FORMAT:
            raise ValueError(Message("another format"))
        return cls(**{**values, "missing": tuple(values["missing"])})


def record_path(plan: Plan, step: Step) -> Path:
    """Return the path of a step's record."""
    return plan.work / f"opt_v{step.stage}" / f"{step.cell.name}.json"


def working_file(plan: Plan, step: Step) -> WorkingFile:
    """Return a step's working file, with the pixels that it passes on as they were computed."""
    path = record_path(plan, step).with_suffix(Path(layout.working_file(step.stage)).suffix)
    window = plan.passed(step.stage, step.cell)
    return WorkingFile(path, plan.grid, window, STAGE_BANDS[step.stage])


def read_step(plan: Plan, step: Step) -> StepRecord | None:
    """Return a step's record; None if there is none of this plan."""
    try:
        done = StepRecord.from_dict(read_sealed(record_path(plan, step)))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return done if done.identity == plan.identity else None


def read_done(plan: Plan, step: Step) -> StepRecord | None:
    """Return a step's record; None if there is none of this plan, or its result is gone."""
    done = read_step(plan, step)
    try:
        result = result_path(plan.block(step.cell), step.stage)
        is_done = done is not None and (not done.bytes or result.stat().st_size == done.bytes)
    except OSError:
        return None
    return done if is_done else None


def is_result_whole(plan: Plan, step: Step, done: StepRecord) -> bool:
    """Return whether a complete step's result file is intact."""
    result = result_path(plan.block(step.cell), step.stage)
    return not done.bytes or has_content(result, Content(done.bytes, done.sha256))


def is_readable(plan: Plan, step: Step, done: StepRecord) -> bool:
    """Return whether a complete step's working file, which other steps read, is intact."""
    return done.status == EMPTY or working_file(plan, step).holds(done.checksum)


class SceneState:
    """State of a scene.

    Attributes:
        plan: Plan of the scene.
        graph: Its steps.
        done: Records of the complete steps.
        failed: By step, the reason why it was given up, and the remedy.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.graph = plan, Graph(plan)
        self.done: dict[Step, StepRecord] = {}
        self.failed: dict[Step, tuple[str, str]] = {}
        for step in self.graph.steps:
            done = read_done(plan, step)
            # Steps that saw a hole are computed again: the hole may be filled now.
            if done is not None and not done.missing:
                self.done[step] = done
        self.drop_damaged()
        self.todo = self._wanted()

    def reopen(self) -> bool:
        """Schedule damaged steps again. Returns whether anything is to be computed."""
        if self.drop_damaged():
            self.todo = self._wanted() - self.failed.keys()
        return bool(self.todo)

    def drop_damaged(self) -> list[Step]:
        """Forget steps whose result files are damaged, and return them."""
        steps = list(self.done)
        with ThreadPoolExecutor() as pool:
            whole = pool.map(lambda step: is_result_whole(self.plan, step, self.done[step]), steps)
            damaged = [step for step, is_whole in zip(steps, whole, strict=True) if not is_whole]
        for step in damaged:
            del self.done[step]
        return damaged

    def _wanted(self) -> set[Step]:
        """Return the steps to compute: incomplete ones, and unreadable ones that those read."""
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
        """Return whether a block has a result; blocks in the ring around an extent have none."""
        return not self.plan.result(step.cell).is_empty

    def _can_be_read(self, step: Step) -> bool:
        record = self.done.get(step)
        return record is not None and is_readable(self.plan, step, record)

    def is_ready(self, step: Step) -> bool:
        """Return whether all steps that a step reads are settled."""
        return not any(needed in self.todo for needed in self.graph.needs[step])

    def missing(self, step: Step) -> tuple[Step, ...]:
        """Return the given-up steps that a step would read."""
        return tuple(needed for needed in self.graph.needs[step] if needed in self.failed)

    def beside(self, step: Step) -> tuple[str, ...]:
        """Return the names of the given-up steps that a step's pixels depend on."""
        names = {one.name for one in self.missing(step)}
        for needed in self.graph.needs[step]:
            names.update(self.done[needed].missing if needed in self.done else ())
        return tuple(sorted(names))

    def finish(self, step: Step, done: StepRecord) -> None:
        """Mark a step as complete, and remove files that only it needed."""
        self.todo.discard(step)
        self.done[step] = done
        self.drop_unread((step, *self.graph.needs[step]))
        self._drop_shared(step)

    def give_up(self, step: Step, why: str, remedy: str) -> None:
        """Mark a step as failed for good."""
        self.todo.discard(step)
        self.failed[step] = why, remedy
        self._drop_shared(step)

    def _drop_shared(self, step: Step) -> None:
        """Delete tiles that no block needs any more."""
        for key in tile_keys(self.plan, step):
            if not any(one in self.todo for one in steps_sharing(self.plan, key)):
                drop_tiles(self.plan, key)

    def drop_unread(self, steps: Iterable[Step]) -> None:
        """Remove working files that no step will read again, in this batch or a resumed one."""
        for step in steps:
            if step.stage == self.plan.request.stages or step not in self.done:
                continue
            readers = self.graph.read_by[step]
            if all(one in self.done and not self.done[one].missing for one in readers):
                with suppress(OSError):
                    path = working_file(self.plan, step).path
                    remove_file(path, missing_ok=True, pauses=())

    def drop_inputs(self) -> None:
        """Remove what workers have stored of the inputs; one that needs it reads it again."""
        pauses = iter(PAUSES)
        for path in (self.plan.radar, *self.plan.optical):
            with suppress(OSError):
                remove_file(path, missing_ok=True, pauses=pauses)

    def sweep(self) -> None:
        """Remove leftovers of lost workers; only while no task of this batch is running.

        A worker that was lost may have stored an input that was being changed.
        """
        self.drop_inputs()
        for folder in (*self.plan.work.glob(f"{SCRATCH}*"), *self.plan.work.glob("*/*.tiles")):
            remove_folder(folder, ignore_errors=True, pauses=())
        self.drop_unread(list(self.done))

    def files(self, stage: int) -> list[Cell]:
        """Return the blocks that have a result of a stage, row by row."""
        return sorted(
            step.cell for step, done in self.done.items() if step.stage == stage and done.bytes
        )
