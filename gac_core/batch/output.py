"""What lies over the blocks: a virtual raster for each stage, and a STAC collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # nosec B405

import pystac
from rasterio.crs import CRS
from rasterio.warp import transform_bounds

from gac_core import stac
from gac_core.batch.cutting import Cell
from gac_core.batch.plan import Plan
from gac_core.batch.state import State
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError
from gac_core.contract.layout import COLLECTION, STAC_ITEM
from gac_core.files import read_record
from gac_core.provenance import NOTICE
from gac_core.raster.cog import BASE_TAGS, COLOURS, NODATA, TILE
from gac_core.raster.space import unwritable, whole_file
from gac_core.runs.folder import result_path, write_json

OVERVIEWS = "2 4 8 16 32 64"


def virtual_path(plan: Plan, stage: int) -> Path:
    """The virtual raster of a stage."""
    return plan.folder / f"opt_v{stage}.vrt"


def write_virtual(plan: Plan, stage: int, cells: Sequence[Cell]) -> None:
    """Write the virtual raster of the blocks that are there; the others are nodata in it.

    Args:
        plan: Of the scene.
        stage: Which one.
        cells: The blocks, all with results of this stage.

    Raises:
        OutputError: If it cannot be written.
    """
    path, area = virtual_path(plan, stage), plan.area
    size = {"rasterXSize": str(area.width), "rasterYSize": str(area.height)}
    root = ElementTree.Element("VRTDataset", size)
    _text(root, "SRS", CRS.from_epsg(plan.grid.epsg).to_wkt())
    _text(root, "GeoTransform", ", ".join(map(repr, plan.grid.transform(area).to_gdal())))
    about = ElementTree.SubElement(root, "Metadata")
    for key, value in {**BASE_TAGS, "GAC_NOTICE": NOTICE}.items():
        _text(about, "MDI", value, key=key)
    for number, name in enumerate(OUTPUT_BANDS, 1):
        band = ElementTree.SubElement(
            root, "VRTRasterBand", {"dataType": "UInt16", "band": str(number)}
        )
        _text(band, "Description", name)
        _text(band, "NoDataValue", str(NODATA))
        colour = COLOURS.get(name)
        _text(band, "ColorInterp", "Undefined" if colour is None else colour.name.capitalize())
        for cell in cells:
            _source(band, plan, stage, cell, number)
    # GDAL takes them from the blocks' own.
    _text(root, "OverviewList", OVERVIEWS, resampling="average")
    ElementTree.indent(root)
    try:
        with whole_file(path, plan.work) as part:
            ElementTree.ElementTree(root).write(part, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def _source(band: ElementTree.Element, plan: Plan, stage: int, cell: Cell, number: int) -> None:
    window, area = plan.result(cell), plan.area
    file = result_path(plan.block(cell), stage).relative_to(plan.folder).as_posix()
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
            "DataType": "UInt16",
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
    """Make a block's STAC item one of the batch's collection.

    Raises:
        OutputError: If it cannot be read or written.
    """
    up = f"../../../{COLLECTION}"
    try:
        values: dict[str, Any] = read_record(item)
    except (OSError, ValueError) as error:
        raise OutputError(f"{item} cannot be read again: {error}.", "Run it again.") from error
    values |= {
        "id": f"gac-{plan.name}-{cell.name}",
        "collection": collection_id(plan.folder.parent),
        "links": [
            {"rel": rel, "href": up, "type": pystac.MediaType.JSON}
            for rel in ("root", "parent", "collection")
        ],
    }
    write_json(item, values)


def collection_id(out: Path) -> str:
    """What the collection in a batch's folder is called."""
    return f"gac-{out.name}"


def write_collection(out: Path, states: Iterable[State]) -> None:
    """Write the STAC collection of all blocks whose last stage is there.

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
            pystac.SpatialExtent([_around(boxes), *boxes] if len(boxes) > 1 else boxes),
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


def _around(boxes: list[list[float]]) -> list[float]:
    """One box round all. Where one crosses the antimeridian, the whole globe's width."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    crosses = any(west > east for west, east in zip(wests, easts, strict=True))
    west, east = (-180.0, 180.0) if crosses else (min(wests), max(easts))
    return [west, min(souths), east, max(norths)]


def _interval(dates: list[str | None]) -> list[datetime | None]:
    """From the first radar image to the last; where one has no date, the time it must lie in."""
    times = [
        datetime.fromisoformat(one or stac.FIRST_LIGHT.rstrip("Z")).replace(tzinfo=UTC)
        for one in dates
    ]
    last = None if None in dates else max(times)
    return [min(times), last]
