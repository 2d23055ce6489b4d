"""Choice of what tells the clouds of an optical reference, and its opening."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import WorkGrid
from gac_core.optical.band_reader import SampleBlock
from gac_core.optical.bands import Place, masks_in
from gac_core.optical.clouds import (
    NAMES,
    ORDER,
    SCL_SNOW,
    CloudSource,
    RasterMask,
    clear_values,
    is_empty_qa60,
    of_classes,
    product_states,
    require_classes,
    unknown_error,
)
from gac_core.optical.layers import FileReader, OpenFile, open_file
from gac_core.optical.polygons import PolygonMask, VectorFile, is_vector
from gac_core.scene.decisions import Decision
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
