"""Choice of what tells the clouds of an optical reference, and its opening."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from rasterio.enums import ColorInterp

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, later
from gac_core.grid import WorkGrid
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
from gac_core.optical.polygons import PolygonMask, VectorFile, is_vector, side_files
from gac_core.optical.product import cloud_polygons, product_masks
from gac_core.scene.decisions import Decision
from gac_core.scene.radiometry import Floats
from gac_core.scene.validation import percent

BRIGHTER = 2.0
"""Ratio of the median brightness of what counts as clear to that of clouds and shadows from which
a mask seems to be inverted. Clouds are some four times as bright as land without snow."""
SNOW_INDEX = 0.4
"""Median of the snow index (B03 against B11) from which on what is bright is snow: clouds reflect
in B11, as Sen2Cor and Fmask have it."""
MIN_COMPARED = 100
"""Pixels of either kind in the sample from which they are compared."""

MAX_DISTANCE = 20_000
"""Distance in pixels of 10 m within which polygons of the image's tile lie: 200 km."""

SNOW_SHARE = 0.5
"""Share of the area under snow above which the user is warned."""

NO_POLYGONS = later("{} holds no polygons: all counts as clear.")
"""Template of a warning."""


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
    bands: tuple[str, ...],
    stack: ExitStack,
    day: date | None,
) -> CloudChoice:
    """Open a mask that the user gave.

    Args:
        path: A raster on any grid, polygons, or a product that holds a mask.
        clear: Values of a raster that are clear; None: 0, or those of its kind.
        grid: The working grid.
        sample: Blocks of the reference.
        bands: The reference's bands, in the sample's order.
        stack: Closes it.
        day: Date of acquisition of the reference, None if unknown.

    Raises:
        SceneError: If it cannot be read, lies elsewhere, is of another date, or has values of
            unknown meaning.
    """
    if is_vector(path):
        return _open_polygons((path,), grid, sample, Message("as chosen"), "user")
    members = product_masks(path)
    if is_vector(members[0]):
        return _open_polygons(members, grid, sample, Message("as chosen"), "user")
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
    chosen = clear_values(values, clear, first.name, is_partial=bool(warnings))
    missing = tuple(
        value
        for value in reader.declared_nodata
        if not is_among(np.array([value], np.float32), chosen).all()
    )
    source = RasterMask((reader,), lambda values: of_classes(values, chosen, missing))
    if clear is None:
        _refuse_inverted(source, sample, bands, first.name)
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
    """Return the band of a mask's raster: the only one, or that which names say is one."""
    kinds = opened.file.colorinterp
    numbers = [n for n in opened.file.indexes if kinds[n - 1] != ColorInterp.alpha]
    texts = opened.metadata.bands
    likely = [n for n in numbers if any(names.is_probability(t) for _, t in texts[n - 1])]
    likely = likely or [
        n
        for n in numbers
        if any(names.is_cloud_mask(t) for where, t in texts[n - 1] if where.endswith("description"))
    ]
    if len(likely) == 1 or len(numbers) == 1:
        return int((likely or numbers)[0])
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
        problem="mask-of-clear",
    )


def _refuse_inverted(
    source: RasterMask, sample: list[SampleBlock], bands: tuple[str, ...], name: str
) -> None:
    """Refuse a mask that calls clear what is much brighter than what it calls clouds, but no snow.

    Where there is no B11, snow beside shadows is refused too, and the user says what is clear.
    """
    clear, hidden = [], []
    for each in sample:
        states = source.block(each.block)[each.inside.slices(each.block)]
        data = np.isfinite(each.part).all(axis=0)
        clear.append(each.part[:, (states == CLEAR) & data])
        hidden.append(each.part[:, (states == HIDDEN) & data])
    ours, theirs = np.concatenate(clear, 1), np.concatenate(hidden, 1)
    if min(ours.shape[1], theirs.shape[1]) < MIN_COMPARED:
        return
    ratio = float(np.median(ours.mean(0))) / max(float(np.median(theirs.mean(0))), 1e-6)
    if ratio < BRIGHTER:
        return
    if "B11" in bands:
        green, infrared = ours[bands.index("B03")], ours[bands.index("B11")]
        index = (green - infrared) / np.maximum(green + infrared, 1e-6)
        if float(np.median(index)) >= SNOW_INDEX:
            return
    raise SceneError(
        Message(
            "{}: what would be clear, 0, is {} times as bright as what would be clouds.",
            name,
            f"{ratio:.1f}",
        ),
        Message(
            "Name the values that are clear: 1 if the mask marks what is clear; 0 if it does not, "
            "as where snow lies beside shadows."
        ),
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
    # A declared 0 is a value all the same: it is clear in most kinds.
    declared = {np.float32(value) for reader in readers for value in reader.declared_nodata}
    source = RasterMask(readers, product_states(kind), tuple(map(float, declared - {0})))
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


def choose_product_polygons(
    paths: tuple[str, ...], grid: WorkGrid, sample: list[SampleBlock]
) -> CloudChoice | None:
    """Return the clouds by the polygons of products, None if they have none; errors likewise."""
    files = tuple(file for path in paths for file in cloud_polygons(path))
    if not files:
        return None
    return _open_polygons(files, grid, sample, Message("the product's own polygons"), "file")


def _open_polygons(
    paths: tuple[str, ...], grid: WorkGrid, sample: list[SampleBlock], why: str, by: str
) -> CloudChoice:
    mask = PolygonMask(paths, grid)
    files = [path.partition("|")[0] for path in paths]
    name = files[0].replace("\\", "/").rpartition("/")[2]
    warnings: tuple[str, ...] = ()
    if mask.count and not any(mask.touches(each.block.grown(MAX_DISTANCE)) for each in sample):
        raise _elsewhere(name)
    if not mask.count:
        warnings = (Message(NO_POLYGONS, name),)
    elif not any(mask.touches(each.block) for each in sample):
        warnings = (
            Message(
                "None of the {} polygons in {} lies here: all counts as clear.", mask.count, name
            ),
        )
    decision = _decision(Message("{}, {} polygons", name, mask.count), why, by)
    opened = [(file, VectorFile(side_files(file))) for file in files]
    return CloudChoice(mask, decision, warnings, opened)


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
