"""Choice of what tells the clouds of an optical reference, and its opening."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasterio.features import rasterize

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import Window, WorkGrid
from gac_core.optical.band_choice import Place, masks_in
from gac_core.optical.band_reader import SampleBlock
from gac_core.optical.clouds import (
    CLEAR,
    HIDDEN,
    NAMES,
    ORDER,
    SCL_SNOW,
    CloudSource,
    RasterMask,
    States,
    clear_values,
    is_empty_qa60,
    of_classes,
    product_states,
    require_classes,
    unknown_error,
)
from gac_core.optical.layers import FileReader, OpenFile, open_file
from gac_core.scene.decisions import Decision
from gac_core.scene.paths import exists, is_remote, require_reachable
from gac_core.scene.positions import BLOCK
from gac_core.scene.radiometry import Floats
from gac_core.scene.validation import percent

SNOW_SHARE = 0.5
"""Share of the area under snow above which the user is warned."""


@dataclass(frozen=True)
class CloudChoice:
    """Source of the clouds.

    Attributes:
        source: Tells the state of every pixel.
        decision: The choice with its reason.
        warnings: For the user.
        files: (path, open file) of a mask that is no part of the reference.
    """

    source: CloudSource
    decision: Decision
    warnings: tuple[str, ...] = ()
    files: list[tuple[str, Any]] = field(default_factory=list)


def open_mask(
    path: str,
    clear: tuple[int, ...] | None,
    grid: WorkGrid,
    sample: list[SampleBlock],
    stack: ExitStack,
) -> CloudChoice:
    """Open a mask that the user gave.

    Args:
        path: A raster on any grid, or polygons.
        clear: Values of a raster that are clear; None: 0, or those of a scene classification.
        grid: The working grid.
        sample: Blocks of the reference.
        stack: Closes it.

    Raises:
        SceneError: If it cannot be read, lies elsewhere, or has values of unknown meaning.
    """
    if is_vector(path):
        return _open_polygons(path, grid, sample)
    opened = open_file(path, stack)
    files = [(path, opened.file)]
    kinds = masks_in(opened)
    choice = choose_product_mask(kinds, grid, sample, None) if kinds and clear is None else None
    if choice is not None:
        return CloudChoice(choice.source, choice.decision, choice.warnings, files)
    number = next((places[0][1] for places in kinds.values()), 1)
    reader = FileReader(opened, (number,), grid, classes=True)
    plain = RasterMask((reader,), lambda values: of_classes(values, (), ()))
    values, warnings = _survey(plain, sample, opened.name)
    chosen = clear_values(values, clear, opened.name)
    missing = tuple(value for value in reader.declared_nodata if value not in chosen)
    source = RasterMask((reader,), lambda values: of_classes(values, chosen, missing))
    value = Message("{}, clear where it is {}", opened.name, ", ".join(map(str, chosen)))
    decision = _decision(value, Message("as chosen"), "user")
    return CloudChoice(source, decision, warnings, files)


def product_mask(
    kind: str,
    places: list[Place],
    grid: WorkGrid,
    sample: list[SampleBlock],
    day: date | None,
) -> CloudChoice:
    """Return the clouds by a mask of the product itself.

    Args:
        kind: Kind of the mask (`product.mask_of`).
        places: Files and bands that hold it.
        grid: The working grid.
        sample: Blocks of the reference.
        day: Date of acquisition, None if unknown.

    Raises:
        SceneError: If it lies elsewhere, is empty, or does not hold what its name says.
    """
    by_file: dict[str, tuple[OpenFile, list[int]]] = {}
    for opened, number in places:
        by_file.setdefault(opened.path, (opened, []))[1].append(number)
    # Other kinds are one band.
    last = None if kind == "classi" else 1
    readers = tuple(
        FileReader(opened, tuple(numbers[:last]), grid, classes=True)
        for opened, numbers in by_file.values()
    )
    source = RasterMask(readers, product_states(kind))
    name = places[0][0].name
    values, gaps = _survey(source, sample, name)
    require_classes(kind, values, name)
    if is_empty_qa60(kind, values, day):
        raise unknown_error(name, Message("QA60 is empty for this date"))
    warnings = list(gaps)
    if kind == "scl" and float((values == SCL_SNOW).mean()) > SNOW_SHARE:
        warnings.append(Message("Most of it lies under snow: what is generated beside it may not."))
    decision = _decision(NAMES[kind], Message("from {}", name), "file")
    return CloudChoice(source, decision, tuple(warnings))


def choose_product_mask(
    masks: dict[str, list[Place]],
    grid: WorkGrid,
    sample: list[SampleBlock],
    day: date | None,
) -> CloudChoice | None:
    """Return the clouds by the best mask of the product, None if it has none; errors likewise."""
    for kind in ORDER:
        if kind in masks:
            return product_mask(kind, masks[kind], grid, sample, day)
    return None


def _open_polygons(path: str, grid: WorkGrid, sample: list[SampleBlock]) -> CloudChoice:
    mask = PolygonMask(path, grid)
    file = path.partition("|")[0]
    name = file.replace("\\", "/").rpartition("/")[2]
    warnings: tuple[str, ...] = ()
    if not any(mask.touches(each.block) for each in sample):
        warnings = (
            Message(
                "None of the {} polygons in {} lies here: all counts as clear.", mask.count, name
            ),
        )
    decision = _decision(Message("{}, {} polygons", name, mask.count), Message("as chosen"), "user")
    return CloudChoice(mask, decision, warnings, [(file, VectorFile(_side_files(file)))])


def _side_files(path: str) -> list[str]:
    stem, dot, suffix = path.rpartition(".")
    if suffix.lower() != "shp":
        return []
    return [f"{stem}{dot}{other}" for other in ("shx", "dbf", "prj", "cpg")]


def _survey(
    mask: RasterMask, sample: list[SampleBlock], name: str
) -> tuple[Floats, tuple[str, ...]]:
    """Return a mask's values where the reference has data, and a warning if it leaves some out.

    Raises:
        SceneError: If it has none there.
    """
    parts, data = [], 0
    for each in sample:
        values = mask.values(each.block)[each.inside.slices(each.block)]
        valid = np.isfinite(each.part[0])
        data += int(valid.sum())
        parts.append(values[valid & np.isfinite(values)])
    values = np.concatenate(parts)
    if not values.size:
        raise _elsewhere(name)
    if values.size == data:
        return values, ()
    return values, (
        Message(
            "{} does not cover all of the image: what it leaves out ({}) counts as not clear.",
            name,
            percent(1 - values.size / data),
        ),
    )


def _elsewhere(name: str) -> SceneError:
    return SceneError(
        Message("The mask {} does not lie where the optical image does.", name),
        Message("Give the mask that belongs to the image, or check its CRS."),
        problem="mask-elsewhere",
    )


def _decision(value: str, why: str, by: str) -> Decision:
    return Decision("optical_clouds", Message("Clouds"), value, why, by)


MAX_POLYGONS = 500_000
"""Maximum number of polygons of a mask."""

_LAYER = "|layername="
_HEAD = 4096
_VIRTUAL = b"<OGRVRT"
"""GDAL opens a file by its content: a list of other files must not come by another name."""
_SIGNATURES = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3",
    ".fgb": b"fgb",
    ".geojson": b"{",
    ".json": b"{",
    ".gml": b"opengis.net",
    ".kml": b"<kml",
}
"""Extensions of vector files, and what their content begins with or (XML) holds early."""


class VectorFile(NamedTuple):
    """Files of a vector data set, by the names that `InputFiles` asks an open raster for."""

    files: list[str]
    driver: str = ""


def is_vector(path: str) -> bool:
    """Return whether a path is that of a vector file, by its extension and content."""
    path, _, layer = path.partition(_LAYER)
    suffix = Path(path).suffix.lower()
    if suffix == ".gpkg" and not layer:
        return bool(_layers(path))
    return suffix in _SIGNATURES


def _layers(path: str) -> list[str]:
    if is_remote(path) or not exists(path):
        return []
    import pyogrio

    require_reachable(path)
    try:
        return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except (pyogrio.errors.DataSourceError, ValueError):
        return []


class PolygonMask:
    """States by polygons: what one of them touches is hidden, all else clear.

    Attributes:
        count: Number of polygons.
    """

    def __init__(self, path: str, grid: WorkGrid) -> None:
        """Read the polygons.

        Args:
            path: The file; `|layername=NAME` after it chooses a layer, as in QGIS.
            grid: The working grid.

        Raises:
            SceneError: If it cannot be read, or holds no polygons.
        """
        import shapely

        self._grid = grid
        frame = _read(path)
        name = Path(path.partition(_LAYER)[0]).name
        if frame.crs is None:
            raise SceneError(
                Message(
                    "{} does not say where it lies: it has no coordinate system or no position.",
                    name,
                ),
                Message("Assign its CRS, for example with QGIS's Assign projection."),
                problem="mask-not-placed",
            )
        shapes = frame.geometry[frame.geometry.notna()]
        if len(shapes) and not shapes.geom_type.isin(["Polygon", "MultiPolygon"]).all():
            raise SceneError(
                Message("{} holds points or lines, not polygons of clouds.", name),
                Message("Give polygons, or a raster that is 0 where it is clear."),
                problem="mask-not-polygons",
            )
        self.count = len(shapes)
        self._shapes = np.asarray(shapes.to_crs(grid.epsg).array) if self.count else np.array([])
        self._tree = shapely.STRtree(self._shapes)

    def touches(self, window: Window) -> bool:
        """Return whether any polygon may reach into a window."""
        return bool(len(self._within(window)))

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block."""
        states = np.full((BLOCK, BLOCK), CLEAR, np.uint8)
        shapes = self._shapes[self._within(block)]
        if len(shapes):
            rasterize(
                shapes,
                out=states,
                transform=self._grid.transform(block),
                default_value=HIDDEN,
                all_touched=True,
            )
        return states

    def _within(self, window: Window) -> Any:
        import shapely

        hits = self._tree.query(shapely.box(*self._grid.bounds(window)))
        # In a fixed order, although nothing depends on it.
        return np.sort(hits)


def _read(path: str) -> Any:
    import geopandas
    import pyogrio

    path, _, layer = path.partition(_LAYER)
    name = Path(path).name
    if is_remote(path):
        raise SceneError(
            Message("The polygons {} are not on this computer.", name),
            Message("Download them, and give the file."),
            problem="mask-not-local",
        )
    require_reachable(path)
    _require_signature(path, name)
    try:
        frame = geopandas.read_file(
            path, engine="pyogrio", columns=[], max_features=MAX_POLYGONS + 1,
            **({"layer": layer.partition("|")[0]} if layer else {}),
        )  # fmt: skip
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _unreadable(name, str(error)) from error
    if len(frame) > MAX_POLYGONS:
        raise SceneError(
            Message("{} holds more than {} polygons.", name, MAX_POLYGONS),
            Message("Cut it to the area, or give the mask as a raster."),
            problem="mask-too-many-polygons",
        )
    return frame


def _require_signature(path: str, name: str) -> None:
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise _unreadable(name, error.strerror or "") from error
    mark = _SIGNATURES[Path(path).suffix.lower()]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = mark in (b"opengis.net", b"<kml")
    if _VIRTUAL in head or not (mark in head if is_xml else text.startswith(mark)):
        raise _unreadable(name, Message("its content is not what its name says"))


def _unreadable(name: str, reason: str) -> SceneError:
    return SceneError(
        Message("The mask {} cannot be read: {}.", name, reason.rstrip(". ")),
        Message("Give polygons as a GeoPackage, or a raster that is 0 where it is clear."),
        problem="mask-unreadable",
    )
