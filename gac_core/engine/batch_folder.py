"""Output folder of a batch: settings, lock, summary, virtual rasters, STAC collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # nosec B405

import pystac
from filelock import Timeout
from rasterio.crs import CRS
from rasterio.warp import transform_bounds

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import (
    BATCH,
    BATCH_LOCK,
    BATCH_WORK,
    COLLECTION,
    OBSERVED,
    STAC_ITEM,
    result_file,
)
from gac_core.contract.message import Message, join
from gac_core.contract.protocol import VERSION
from gac_core.contract.redaction import redacted
from gac_core.engine import provenance
from gac_core.engine.batch_plan import Cell, Plan
from gac_core.engine.batch_state import EMPTY, SceneState
from gac_core.engine.checkpoint import now
from gac_core.engine.folder import write_json, write_sealed
from gac_core.engine.identity import differing_keys
from gac_core.engine.observed import BAND
from gac_core.engine.provenance import NOTICE, OBSERVED_DESCRIPTION, PARTLY_NOTICE
from gac_core.io import (
    LOCK_SUFFIX,
    atomic_write,
    lock_file,
    read_record,
    read_sealed,
    to_record,
    write_error,
)
from gac_core.raster import KINDS
from gac_core.raster.cog import BASE_TAGS, COLOURS, NODATA, REFLECTANCE, TILE, Kind

FORMAT = 1

Values = dict[str, Any]

OVERVIEWS = "2 4 8 16 32 64"

DATA_TYPES = {"uint16": "UInt16", "uint8": "Byte"}
"""GDAL's names of data types."""


def prepare_batch_folder(
    out: Path, inputs: Sequence[str], settings: dict[str, Any], side: int | None
) -> None:
    """Create the output folder, and write the batch's settings unless their record is damaged.

    Args:
        out: The folder.
        inputs: Inputs as given by the user.
        settings: Settings of the runs.
        side: Requested side of blocks.

    Raises:
        OutputError: If it cannot be written, or holds foreign files.
        RequestError: If it holds a batch with other settings.
    """
    path = out / BATCH
    try:
        out.mkdir(parents=True, exist_ok=True)
        existing = _settings_in(path)
        # If the record is damaged, the scenes' working folders still show that it is GAC's.
        is_ours = existing is not None or any(out.glob(f"*/{BATCH_WORK}"))
        is_empty = all(one.name in (BATCH_LOCK, BATCH_LOCK + LOCK_SUFFIX) for one in out.iterdir())
    except OSError as error:
        raise write_error(path, error) from error
    if not is_ours and not is_empty:
        raise OutputError(
            Message("{} holds other things than a batch of GAC's.", out),
            Message("Choose an empty folder."),
            problem="folder-not-a-batch",
        )
    if existing is not None and existing != to_record(settings):
        raise RequestError(
            Message("{} holds a batch with other settings.", out),
            Message("Give the same settings to resume it, or choose another folder."),
            problem="batch-settings-differ",
        )
    if existing is not None or is_empty:
        write_settings(out, inputs, settings, side)


def write_settings(
    out: Path, inputs: Sequence[str], settings: dict[str, Any], side: int | None
) -> None:
    """Write a batch's settings into its folder; see `prepare`.

    Raises:
        OutputError: If they cannot be written.
    """
    values = {
        "format": FORMAT,
        "gac_version": VERSION,
        "inputs": [redacted(each) for each in inputs],
        "settings": settings,
        "block": side,
    }
    write_sealed(out / BATCH, values)


def _settings_in(path: Path) -> Any:
    """Return the settings in a batch's record; None if there is no intact one."""
    try:
        return read_sealed(path)["settings"]
    except (FileNotFoundError, ValueError, KeyError):
        return None


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Lock a folder against other batches.

    Raises:
        OutputError: If another batch uses it.
    """
    try:
        lock = lock_file(out / BATCH_LOCK)
    except Timeout as error:
        raise OutputError(
            Message("Another batch is at work in {}.", out),
            Message("Wait until it is done, or choose another output folder."),
            problem="batch-folder-in-use",
        ) from error
    try:
        yield
    finally:
        lock.release()


def open_state(plan: Plan, previous: Plan | None) -> SceneState:
    """Return the state of a scene, and save its plan if it is new.

    Raises:
        OutputError: If computed blocks of the scene belong to another plan.
    """
    if previous is not None and previous.identity != plan.identity:
        if SceneState(previous).done:
            differ = differing_keys(plan.described, previous.described)
            raise OutputError(
                Message(
                    "{} was begun with other settings, files or software ({} differ).",
                    plan.folder,
                    join(map(Message, differ), ", "),
                ),
                Message(
                    "Resume with what it was begun with, choose another folder, or remove this one."
                ),
                problem="batch-inputs-differ",
            )
        previous = None
    if previous is None:
        try:
            plan.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(plan.work, error) from error
        plan.save()
    return SceneState(plan)


def summary_of(
    states: Sequence[SceneState],
    refused: Mapping[str, tuple[str, str]],
    scores: Mapping[str, Mapping[str, Values]],
    notes: Mapping[str, Sequence[str]],
    **values: Any,
) -> Values:
    """Return the summary of a batch, JSON-ready.

    Args:
        states: States of the scenes.
        refused: By name, why other scenes are not computed, and the remedy.
        scores: Scores of whole scenes, by scene and stage name.
        notes: Further notes, by scene name.
        **values: `status`, `started` and `seconds` of the batch.
    """
    return {
        "synthetic": True,
        "gac_version": VERSION,
        **values,
        "updated": now(),
        "collection": COLLECTION,
        "scenes": {
            **{
                s.plan.name: _scene(s, scores.get(s.plan.name, {}), notes.get(s.plan.name, ()))
                for s in states
            },
            **{
                name: {"status": "refused", "why": why, "remedy": remedy}
                for name, (why, remedy) in refused.items()
            },
        },
    }


def _scene(state: SceneState, scores: Mapping[str, Values], notes: Sequence[str]) -> Values:
    plan, done = state.plan, state.done
    cells = plan.cells(plan.request.stages)
    return {
        "status": "failed" if state.failed else "running" if state.todo else "complete",
        "sar": list(plan.request.sar),
        "epsg": plan.grid.epsg,
        "block": plan.side,
        "blocks": len(cells),
        "empty": sum(
            step.stage == plan.request.stages and one.status == EMPTY for step, one in done.items()
        ),
        "complete": {f"opt_v{stage}": len(state.files(stage)) for stage in plan.stages},
        "left": len(state.todo),
        "holes": [
            {"block": step.cell.name, "stage": step.stage, "why": why, "remedy": remedy}
            for step, (why, remedy) in sorted(state.failed.items())
        ],
        "beside_holes": sorted({step.cell.name for step, one in done.items() if one.missing}),
        "scores": dict(scores),
        "seconds": {
            f"opt_v{stage}": round(
                sum(one.seconds for step, one in done.items() if step.stage == stage), 3
            )
            for stage in plan.stages
        },
        "workers": sorted({one.worker for one in done.values()}),
        "notes": [*plan.warnings, *notes],
    }


def virtual_path(plan: Plan, stage: int) -> Path:
    """Return the path of a stage's virtual raster."""
    return plan.folder / f"opt_v{stage}.vrt"


def write_virtual(plan: Plan, stage: int, cells: Sequence[Cell]) -> None:
    """Write the virtual raster of the blocks that exist; the others are nodata in it.

    Args:
        plan: Plan of the scene.
        stage: Number of the stage.
        cells: Blocks with a result of this stage.

    Raises:
        OutputError: If it cannot be written.
    """
    tags = BASE_TAGS | {"GAC_NOTICE": NOTICE}
    if plan.reference is not None and plan.reference["use"] == "keep":
        tags |= {"GAC_NOTICE": PARTLY_NOTICE, "SYNTHETIC": "PARTLY"}
        kinds = {"SYNTHETIC": "NO", "TIFFTAG_IMAGEDESCRIPTION": OBSERVED_DESCRIPTION}
        if stage == 1:
            _write_virtual(plan, OBSERVED, (BAND,), KINDS, kinds, cells)
    _write_virtual(plan, result_file(stage), OUTPUT_BANDS, REFLECTANCE, tags, cells)


def _write_virtual(
    plan: Plan,
    name: str,
    bands: Sequence[str],
    kind: Kind,
    tags: Mapping[str, str],
    cells: Sequence[Cell],
) -> None:
    """Write the virtual raster of the blocks' files of a name."""
    path, area = (plan.folder / name).with_suffix(".vrt"), plan.area
    size = {"rasterXSize": str(area.width), "rasterYSize": str(area.height)}
    root = ElementTree.Element("VRTDataset", size)
    _text(root, "SRS", CRS.from_epsg(plan.grid.epsg).to_wkt())
    _text(root, "GeoTransform", ", ".join(map(repr, plan.grid.transform(area).to_gdal())))
    metadata = ElementTree.SubElement(root, "Metadata")
    for key, value in tags.items():
        _text(metadata, "MDI", value, key=key)
    data_type = DATA_TYPES[kind.dtype]
    for number, label in enumerate(bands, 1):
        band = ElementTree.SubElement(
            root, "VRTRasterBand", {"dataType": data_type, "band": str(number)}
        )
        _text(band, "Description", label)
        _text(band, "NoDataValue", str(NODATA))
        colour = COLOURS.get(label)
        _text(band, "ColorInterp", "Undefined" if colour is None else colour.name.capitalize())
        for cell in cells:
            _source(band, plan, name, data_type, cell, number)
    # GDAL builds these from the overviews of the blocks.
    _text(root, "OverviewList", OVERVIEWS, resampling=kind.overviews.lower())
    ElementTree.indent(root)
    try:
        with atomic_write(path, plan.work) as part:
            ElementTree.ElementTree(root).write(part, encoding="utf-8")
    except OSError as error:
        raise write_error(path, error) from error


def _source(
    band: ElementTree.Element, plan: Plan, name: str, data_type: str, cell: Cell, number: int
) -> None:
    window, area = plan.result(cell), plan.area
    file = (plan.block(cell) / name).relative_to(plan.folder).as_posix()
    source = ElementTree.SubElement(band, "SimpleSource")
    _text(source, "SourceFilename", file, relativeToVRT="1")
    _text(source, "SourceBand", str(number))
    width, height = str(window.width), str(window.height)
    ElementTree.SubElement(
        source,
        "SourceProperties",
        {
            "RasterXSize": width,
            "RasterYSize": height,
            "DataType": data_type,
            "BlockXSize": str(TILE),
            "BlockYSize": str(TILE),
        },
    )
    rect = {"xSize": width, "ySize": height}
    ElementTree.SubElement(source, "SrcRect", {"xOff": "0", "yOff": "0", **rect})
    rows, cols = window.slices(area)
    place = {"xOff": str(cols.start), "yOff": str(rows.start)}
    ElementTree.SubElement(source, "DstRect", {**place, **rect})


def _text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = text


def join_collection(item: Path, plan: Plan, cell: Cell) -> None:
    """Add a block's STAC item to the batch's collection.

    Raises:
        OutputError: If it cannot be read or written.
    """
    up = f"../../../{COLLECTION}"
    try:
        values: dict[str, Any] = read_record(item)
    except (OSError, ValueError) as error:
        raise OutputError(
            Message("{} cannot be read again: {}.", item, error),
            Message("Run it again."),
            problem="block-unreadable",
        ) from error
    links = [link for link in values["links"] if link["rel"] == pystac.RelType.DERIVED_FROM]
    values |= {
        "id": f"gac-{plan.name}-{cell.name}",
        "collection": collection_id(plan.folder.parent),
        "links": [
            *(
                {"rel": rel, "href": up, "type": pystac.MediaType.JSON}
                for rel in ("root", "parent", "collection")
            ),
            *links,
        ],
    }
    write_json(item, values)


def collection_id(out: Path) -> str:
    """Return the id of the collection in a batch's folder."""
    return f"gac-{out.name}"


def write_collection(out: Path, states: Iterable[SceneState]) -> None:
    """Write the STAC collection of all blocks whose last stage exists.

    Raises:
        OutputError: If it cannot be written.
    """
    boxes, dates, items = [], [], []
    for state in states:
        plan = state.plan
        cells = state.files(plan.request.stages)
        items += [f"./{plan.name}/blocks/{cell.name}/{STAC_ITEM}" for cell in cells]
        if cells:
            boxes.append(
                list(
                    transform_bounds(
                        CRS.from_epsg(plan.grid.epsg), "EPSG:4326", *plan.grid.bounds(plan.area)
                    )
                )
            )
            dates.append(plan.reading["date"])
    if not items:
        return
    collection = pystac.Collection(
        id=collection_id(out),
        title=f"SYNTHETIC optical images generated by GAC: {out.name}",
        description=NOTICE,
        license="other",
        extent=pystac.Extent(
            pystac.SpatialExtent([_bounding_box(boxes), *boxes] if len(boxes) > 1 else boxes),
            pystac.TemporalExtent([_interval(dates)]),
        ),
    )
    for href in items:
        collection.add_link(pystac.Link(pystac.RelType.ITEM, href, pystac.MediaType.GEOJSON))
    values = collection.to_dict(include_self_link=False, transform_hrefs=False)
    for link in values["links"]:
        if link["rel"] == "root":
            link["href"] = f"./{COLLECTION}"
    write_json(out / COLLECTION, values)


def _bounding_box(boxes: list[list[float]]) -> list[float]:
    """Return the bounding box of all; the globe's full width if one crosses the antimeridian."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    crosses = any(west > east for west, east in zip(wests, easts, strict=True))
    west, east = (-180.0, 180.0) if crosses else (min(wests), max(easts))
    return [west, min(souths), east, max(norths)]


def _interval(dates: list[str | None]) -> list[datetime | None]:
    """Return first and last radar time; from Sentinel-1's launch, open-ended, if one is undated."""
    times = [
        datetime.fromisoformat(one or provenance.FIRST_LIGHT.rstrip("Z")).replace(tzinfo=UTC)
        for one in dates
    ]
    last = None if None in dates else max(times)
    return [min(times), last]
