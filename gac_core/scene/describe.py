"""What an open radar file says of itself: name, folder, tags, bands, and a VRT's sources."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

from defusedxml.ElementTree import fromstring

from gac_core.contract.errors import SceneError
from gac_core.scene.files import opened
from gac_core.scene.products import file_name, product_folder
from gac_core.scene.told import FileBands, Text
from gac_core.scene.virtual import DEEPEST, REBUILD, BandSource, band_sources, too_deep

_TELLING = re.compile(
    r"unit|product|scale|calib|descr|backscatter|radiometr|title|polari|layer|image_type"
    r"|gamma_area|varname|long_name",
    re.IGNORECASE,
)
"""Tags that may speak of unit, polarisation or product. Others, such as the name of a resampling
method, use the same words for something else."""

_BESIDE = re.compile(r"equation|conversion|algorithm|reference|input|access", re.IGNORECASE)
"""Tags that speak of something else than these values: OPERA's formula for dB in a file that is
linear, the beta0 that it was made from."""

_LONGEST_TEXT = 300
"""Longer tags are logs and whole metadata files: they mention every unit there is."""

Seen = dict[str, FileBands]
"""What files say that were looked at before, by real path."""


@dataclass(frozen=True)
class _Origin:
    """What a virtual raster's band is told by its source: texts, and all tags."""

    texts: tuple[Text, ...]
    tags: dict[str, str]


def describe(
    path: str, file: Any, within: tuple[str, ...] = (), seen: Seen | None = None
) -> FileBands:
    """Return what an open file's name, tags and band descriptions say.

    Args:
        path: The file's path.
        file: rasterio's open file.
        within: The virtual rasters that it is a source of, the outermost first.
        seen: What its other sources say; filled here.

    Raises:
        SceneError: If it is a virtual raster and a file that it is made of cannot be read, lacks
            the band, or is itself.
    """
    name, folder = file_name(path), product_folder(path)
    origins = _origins(path, file, within, {} if seen is None else seen)
    product = [("file name", name), *([("folder name", folder)] if folder else [])]
    descriptions, units = (_readable(file, kind) for kind in ("descriptions", "units"))
    tags = file.tags()
    bands, band_tags = [], []
    for b in file.indexes:
        own, origin = file.tags(b), origins.get(b)
        texts = [("band description", descriptions[b - 1]), ("band unit", units[b - 1])]
        texts += _telling(own)
        texts += origin.texts if origin else ()
        bands.append(tuple(text for text in texts if text[1]))
        # What netCDF counts a band's time in stands in the file's tags.
        counted = {key: value for key, value in tags.items() if key.endswith("#units")}
        band_tags.append({**counted, **(origin.tags if origin else {}), **own})
    return FileBands(name, (*product, *_telling(tags)), tuple(bands), tags, tuple(band_tags))


def _readable(file: Any, kind: str) -> tuple[str | None, ...]:
    """Names or units of all bands; none where they are in another encoding than UTF-8."""
    try:
        return tuple(getattr(file, kind))
    except UnicodeDecodeError:
        return (None,) * int(file.count)


def _telling(tags: dict[str, str]) -> list[Text]:
    return [
        (f"tag {key}", value)
        for key, value in tags.items()
        if _TELLING.search(key) and not _BESIDE.search(key) and len(value) <= _LONGEST_TEXT
    ]


def _origins(path: str, file: Any, within: tuple[str, ...], seen: Seen) -> dict[int, _Origin]:
    """What the files say that a virtual raster (VRT) takes its bands from, by band.

    A band that is a mosaic is described by its first file.
    """
    if file.driver != "VRT":
        return {}
    within = (*within, os.path.realpath(path))
    if len(within) > DEEPEST:
        raise too_deep(file_name(path))
    tree = fromstring(file.tags(ns="xml:VRT")["xml:VRT"])
    return {
        band: _origin(path, source, within, seen)
        for band, source in band_sources(path, tree).items()
    }


def _origin(path: str, source: BandSource, within: tuple[str, ...], seen: Seen) -> _Origin:
    target, number = source.target, source.band
    if not source.opens:
        texts = [("file name", file_name(target)), ("folder name", product_folder(target))]
        return _Origin(tuple((f"source's {where}", text) for where, text in texts if text), {})
    described = _source(path, target, within, seen)
    if number is not None and not 1 <= number <= len(described.bands):
        raise SceneError(
            f"{file_name(path)} takes band {number} of {target}, which has {len(described.bands)}.",
            REBUILD,
        )
    band = described.bands[number - 1] if number else ()
    tags = {**described.tags, **(described.band_tags[number - 1] if number else {})}
    texts = [
        (where if where.startswith("source's") else f"source's {where}", text)
        for where, text in (*band, *described.product)
    ]
    return _Origin(tuple(texts), tags)


def _source(path: str, target: str, within: tuple[str, ...], seen: Seen) -> FileBands:
    place = os.path.realpath(target)
    if place in within:
        raise SceneError(
            f"{file_name(path)} is made of {target}, which is made of it in turn.", REBUILD
        )
    if place not in seen:
        try:
            with opened(target) as file:
                seen[place] = describe(target, file, within, seen)
        except SceneError as error:
            told = f"{file_name(path)} is made of a file that cannot be used. {error.message}"
            raise SceneError(told, error.remedy) from error
    return seen[place]
