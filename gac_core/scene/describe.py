"""What an open radar file says of itself: name, folder, tags, bands, and a VRT's sources."""

from __future__ import annotations

import os
import re
from typing import Any

from defusedxml.ElementTree import fromstring

from gac_core.errors import SceneError
from gac_core.scene.files import opened
from gac_core.scene.products import file_name, is_remote, product_folder
from gac_core.scene.reach import exists, is_endless
from gac_core.scene.told import FileBands

_TELLING = re.compile(
    r"unit|product|scale|calib|descr|backscatter|radiometr|title|polari|layer|image_type"
    r"|gamma_area",
    re.IGNORECASE,
)
"""Tags that may speak of unit, polarisation or product. Others, such as the name of a resampling
method, use the same words for something else."""

_BESIDE = re.compile(r"equation|conversion|algorithm|reference|input|access", re.IGNORECASE)
"""Tags that speak of something else than these values: OPERA's formula for dB in a file that is
linear, the beta0 that it was made from."""

_LONGEST_TEXT = 300
"""Longer tags are logs and whole metadata files: they mention every unit there is."""

Text = tuple[str, str]
"""(where it stands, text)."""


def describe(path: str, file: Any, within: tuple[str, ...] = ()) -> FileBands:
    """What an open file's name, tags and band descriptions say.

    Args:
        path: The file's path.
        file: rasterio's open file.
        within: The virtual rasters that it is a source of, the outermost first.

    Raises:
        SceneError: If it is a virtual raster and a file that it is made of cannot be read, or is
            itself.
    """
    name, folder = file_name(path), product_folder(path)
    sources = _sources(path, file, within)
    product = [("file name", name), *([("folder name", folder)] if folder else [])]
    descriptions, units = (_readable(file, kind) for kind in ("descriptions", "units"))
    bands = []
    for b in file.indexes:
        texts = [("band description", descriptions[b - 1]), ("band unit", units[b - 1])]
        texts += _telling(file.tags(b))
        if b in sources:
            texts += sources[b]
        bands.append(tuple(text for text in texts if text[1]))
    return FileBands(name, (*product, *_telling(file.tags())), tuple(bands))


def _readable(file: Any, kind: str) -> tuple[str | None, ...]:
    """Names or units of all bands; none where they are in another encoding than UTF-8."""
    try:
        found: tuple[str | None, ...] = tuple(getattr(file, kind))
    except UnicodeDecodeError:
        return (None,) * int(file.count)
    return found


def _telling(tags: dict[str, str]) -> list[Text]:
    return [
        (f"tag {key}", value)
        for key, value in tags.items()
        if _TELLING.search(key) and not _BESIDE.search(key) and len(value) <= _LONGEST_TEXT
    ]


def _sources(path: str, file: Any, within: tuple[str, ...]) -> dict[int, list[Text]]:
    """What the files say that a virtual raster (VRT) takes its bands from, by band.

    A band that is a mosaic is described by its first file, but all have to be there.
    """
    found: dict[int, list[Text]] = {}
    if file.driver != "VRT":
        return found
    within = (*within, os.path.realpath(path))
    tree = fromstring(file.tags(ns="xml:VRT")["xml:VRT"])
    for band in tree.iter("VRTRasterBand"):
        for number, source in enumerate(band.iterfind("*[SourceFilename]")):
            told = source.find("SourceFilename")
            target = (told.text or "") if told is not None else ""
            if told is not None and told.get("relativeToVRT") == "1":
                target = _beside(path, target)
            if not is_remote(target) and not exists(target):
                raise SceneError(
                    f"{file_name(path)} is made of {target}, which does not exist.",
                    "Put that file back in its place, or build the virtual raster again.",
                )
            if is_endless(target):
                raise SceneError(
                    f"{file_name(path)} is made of {target}, which is no file but a pipe or a "
                    "device.",
                    "Build the virtual raster again, from the files that hold the values.",
                )
            if os.path.realpath(target) in within:
                raise SceneError(
                    f"{file_name(path)} is made of {target}, which is made of it in turn.",
                    "Build the virtual raster again, from the files that hold the values.",
                )
            if number == 0:
                found[int(band.get("band", "0"))] = _source_texts(target, source, within)
    return found


def _source_texts(target: str, source: Any, within: tuple[str, ...]) -> list[Text]:
    with opened(target) as file:
        described = describe(target, file, within)
    number = source.findtext("SourceBand", "1")
    band = described.bands[int(number) - 1] if number.isdigit() else ()
    return [(f"source's {where}", text) for where, text in (*band, *described.product)]


def _beside(path: str, name: str) -> str:
    """A file named relative to another one, which may be an address."""
    folder, slash, _ = path.replace("\\", "/").rpartition("/")
    return f"{folder}{slash}{name}"
