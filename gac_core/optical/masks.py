"""Choice of what tells the clouds of an optical reference, and its opening."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasterio.enums import ColorInterp
from rasterio.features import rasterize

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import Window, WorkGrid
from gac_core.optical import names
from gac_core.optical.band_choice import Place, masks_in
from gac_core.optical.band_reader import SampleBlock
from gac_core.optical.clouds import (
    CLEAR,
    HIDDEN,
    NAMES,
    ORDER,
    SCL_SNOW,
    ClearValues,
    CloudSource,
    RasterMask,
    States,
    clear_values,
    is_among,
    is_empty_qa60,
    listed_values,
    of_classes,
    product_states,
    require_classes,
    unknown_error,
)
from gac_core.optical.layers import FileReader, OpenFile, open_file
from gac_core.optical.product import product_masks
from gac_core.scene.decisions import Decision
from gac_core.scene.paths import exists, is_remote, require_reachable
from gac_core.scene.positions import BLOCK
from gac_core.scene.radiometry import Floats
from gac_core.scene.validation import percent

BRIGHTER = 2.0
"""Ratio of the median brightness of what counts as clear to that of clouds and shadows from which
a mask seems to be inverted. Clouds are some four times as bright as land without snow."""
MIN_COMPARED = 100
"""Pixels of either kind in the sample from which they are compared."""

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
    clear: ClearValues | None,
    grid: WorkGrid,
    sample: list[SampleBlock],
    stack: ExitStack,
    day: date | None,
) -> CloudChoice:
    """Open a mask that the user gave.

    Args:
        path: A raster on any grid, polygons, or a product that holds a mask.
        clear: Values of a raster that are clear; None: 0, or those of its kind.
        grid: The working grid.
        sample: Blocks of the reference.
        stack: Closes it.
        day: Date of acquisition of the reference, None if unknown.

    Raises:
        SceneError: If it cannot be read, lies elsewhere, is of another date, or has values of
            unknown meaning.
    """
    if is_vector(path):
        return _open_polygons(path, grid, sample)
    members = product_masks(path)
    opened = [open_file(member, stack) for member in members]
    files = [(member, each.file) for member, each in zip(members, opened, strict=True)]
    first = opened[0]
    _refuse_other_date(first, day)
    kinds: dict[str, list[Place]] = {}
    for each in opened:
        for kind, places in masks_in(each).items():
            kinds.setdefault(kind, []).extend(places)
    choice = choose_product_mask(kinds, grid, sample, day) if kinds and clear is None else None
    if choice is not None:
        return CloudChoice(choice.source, choice.decision, choice.warnings, files)
    number = next((places[0][1] for places in kinds.values()), None) or _mask_band(first)
    reader = FileReader(first, (number,), grid, classes=True)
    plain = RasterMask((reader,), lambda values: of_classes(values, (), ()))
    values, warnings = _survey(plain, sample, first.name)
    if clear is None:
        _refuse_names_of_clear(first, number)
    chosen = clear_values(values, clear, first.name)
    missing = tuple(
        value for value in reader.declared_nodata if not is_among(np.float32([value]), chosen)[0]
    )
    source = RasterMask((reader,), lambda values: of_classes(values, chosen, missing))
    if clear is None:
        _refuse_inverted(source, sample, first.name)
    value = Message("{}, clear where it is {}", first.name, listed_values(chosen))
    decision = _decision(value, Message("as chosen"), "user")
    return CloudChoice(source, decision, warnings, files)


def _refuse_other_date(opened: OpenFile, day: date | None) -> None:
    """Refuse a product's mask that is of another date than the image by its name."""
    texts = opened.texts()
    product, granule = names.product_of(texts), names.granule_date(texts)
    when = product.acquired if product else granule[0] if granule else None
    if when is not None and day is not None and when.date() != day:
        raise SceneError(
            Message(
                "The mask {} is of {}, the image of {}.",
                opened.name,
                when.date().isoformat(),
                day.isoformat(),
            ),
            Message("Give the mask that belongs to the image."),
            problem="mask-date-differs",
        )


def _mask_band(opened: OpenFile) -> int:
    """Return the band of a mask's raster: the only one, or that of a probability of clouds."""
    kinds = opened.file.colorinterp
    numbers = [n for n in opened.file.indexes if kinds[n - 1] != ColorInterp.alpha]
    likely = [
        n for n in numbers if any(names.is_probability(t) for _, t in opened.metadata.bands[n - 1])
    ]
    if len(likely) == 1 or len(numbers) == 1:
        return (likely or numbers)[0]
    raise SceneError(
        Message(
            "{} has {} bands, and no name says which of them is the mask.",
            opened.name,
            opened.file.count,
        ),
        Message("Save the band with the mask alone, and give that."),
        problem="mask-bands-unknown",
    )


def _refuse_names_of_clear(opened: OpenFile, number: int) -> None:
    """Refuse to guess what 0 means where names say that a mask is of clear pixels."""
    texts = (*opened.metadata.bands[number - 1], (Message("file name"), opened.name))
    where = next((where for where, text in texts if names.is_of_clear(text)), None)
    if where is None:
        return
    raise SceneError(
        Message("{} seems to mark what is clear, as the {} says.", opened.name, where),
        Message("Name the values that are clear, such as 1."),
        problem="mask-may-be-inverted",
    )


def _refuse_inverted(source: RasterMask, sample: list[SampleBlock], name: str) -> None:
    """Refuse a mask that calls clear what is much brighter than what it calls clouds."""
    clear, hidden = [], []
    for each in sample:
        states = source.block(each.block)[each.inside.slices(each.block)]
        brightness = each.part.mean(axis=0)
        clear.append(brightness[(states == CLEAR) & np.isfinite(brightness)])
        hidden.append(brightness[(states == HIDDEN) & np.isfinite(brightness)])
    ours, theirs = np.concatenate(clear), np.concatenate(hidden)
    if min(ours.size, theirs.size) < MIN_COMPARED:
        return
    ratio = float(np.median(ours)) / max(float(np.median(theirs)), 1e-6)
    if ratio < BRIGHTER:
        return
    raise SceneError(
        Message(
            "{}: what would be clear, 0, is {} times as bright as what would be clouds.",
            name,
            f"{ratio:.1f}",
        ),
        Message("Name the values that are clear: 1 if the mask marks what is clear, else 0."),
        problem="mask-may-be-inverted",
    )


def product_mask(
    kind: str,
    places: list[Place],
    grid: WorkGrid,
    sample: list[SampleBlock],
    day: date | None,
) -> CloudChoice:
    """Return the clouds by a mask of the product itself.

    Args:
        kind: Kind of the mask (`names.mask_of`).
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
    if mask.count and not any(mask.touches(each.block.grown(MAX_DISTANCE)) for each in sample):
        raise _elsewhere(name)
    if not mask.count:
        warnings = (Message("{} holds no polygons: all counts as clear.", name),)
    elif not any(mask.touches(each.block) for each in sample):
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


MAX_DISTANCE = 20_000
"""Distance in pixels of 10 m within which polygons of the image's tile lie: 200 km."""

MAX_POLYGONS = 500_000
"""Maximum number of polygons of a mask."""

MAX_LISTED = 8
"""Maximum number of layers that a message lists."""

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
        if len(frame) and frame.crs is None:
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
        self._shapes = np.array([])
        if self.count:
            # Coordinates that are no degrees, although the file says so, become infinite.
            moved = np.asarray(shapes.to_crs(grid.epsg).array)
            self._shapes = moved[np.isfinite(shapely.bounds(moved)).all(axis=1)]
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
        layer = layer.partition("|")[0] or _only_layer(path, name)
        if not layer:
            return geopandas.GeoDataFrame(geometry=[])
        frame = geopandas.read_file(
            path, engine="pyogrio", columns=[], max_features=MAX_POLYGONS + 1, layer=layer
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _unreadable(name, str(error)) from error
    if len(frame) > MAX_POLYGONS:
        raise SceneError(
            Message("{} holds more than {} polygons.", name, MAX_POLYGONS),
            Message("Cut it to the area, or give the mask as a raster."),
            problem="mask-too-many-polygons",
        )
    return frame


def _only_layer(path: str, name: str) -> str:
    """Return the name of the layer with the polygons; "" if the file has no layer.

    Raises:
        SceneError: If several may have them.
    """
    import pyogrio

    layers = [(str(layer), kind) for layer, kind in pyogrio.list_layers(path) if kind is not None]
    with_polygons = [layer for layer, kind in layers if "Polygon" in kind]
    candidates = with_polygons or [layer for layer, _ in layers]
    if len(candidates) > 1:
        raise SceneError(
            Message("{} has several layers: {}.", name, ", ".join(candidates[:MAX_LISTED])),
            Message("Name the one with the clouds: {}", f"{name}{_LAYER}{candidates[0]}"),
            problem="mask-layers",
        )
    return candidates[0] if candidates else ""


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
