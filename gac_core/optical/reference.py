"""Optical reference on the working grid: the engine's only access to observed pixels."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import GacError
from gac_core.contract.message import Message, later
from gac_core.contract.optical_options import NO_CLOUDS
from gac_core.contract.redaction import redacted
from gac_core.contract.request import RunRequest
from gac_core.grid import Window, WorkGrid
from gac_core.optical.acquisition import acquisition_of
from gac_core.optical.band_choice import BandChoice, choose_bands
from gac_core.optical.band_reader import SampleBlock, sampled_reader
from gac_core.optical.clouds import (
    CLEAR,
    HIDDEN,
    ClearValues,
    CloudDetector,
    CloudSource,
    NoClouds,
    States,
)
from gac_core.optical.guessed_order import refuse_infrared_first
from gac_core.optical.layers import OpenFile, open_file
from gac_core.optical.masks import (
    CloudChoice,
    choose_product_mask,
    choose_product_polygons,
    open_mask,
)
from gac_core.optical.product import ProductMetadata, expanded_product
from gac_core.optical.reflectance import Evidence, decide_reflectance
from gac_core.scene.decisions import Decision
from gac_core.scene.positions import over_blocks
from gac_core.scene.radiometry import Floats
from gac_core.scene.scene import S1Scene, require_secrets
from gac_core.scene.source import InputFiles
from gac_core.scene.validation import percent
from gac_core.scene.warp import StoredReader

Booleans = NDArray[np.bool_]

CACHED_STATES = 1024
"""Blocks whose clouds are kept, and as many of what is clear (64 KB each)."""

MIN_COVERED = 0.5
"""Share of the radar that the image should cover."""

MIN_CLEAR_PIXELS = 500
"""Clear pixels of the sample from which the values are understood by them alone."""

OF_OTHER = later("The image of another date: {}")
"""Template of what is said of the second of two images."""

NONE_CLEAR = Message(
    "No pixel of the optical image is clear: it changes nothing, all is generated."
)
ALL_CLEAR = Message("All of the optical image counts as clear: no cloud is known.")
"""Warnings."""


class _ClearReader:
    """Reader of what is clear, put together of blocks.

    Args:
        block: Returns (C, BLOCK, BLOCK) values of a block.
        bands: Number of bands.
    """

    def __init__(self, block: Callable[[Window], Floats], bands: int) -> None:
        self.block, self._bands = block, bands

    def read(self, window: Window) -> Floats:
        """Return (C, H, W) values of any window."""
        return over_blocks(window, self.block, np.empty((self._bands, *window.shape), np.float32))


@dataclass(frozen=True)
class Reading:
    """A user's own interpretation of an optical reference; by default everything is decided.

    Attributes:
        bands: Names of the bands in file order, `-` for any other; empty: decide.
        scale: `dn`, `reflectance`, or `auto`: decide.
        offset: Offset in DN that is in the values and is taken off; None: decide.
        date: Date (ISO 8601); None: that of the file.
        mask: Raster or polygons of its clouds, or `NO_CLOUDS`; None: what the product itself says.
        mask_clear: Values and ranges that are clear in a mask; None: those of its kind.
        margin: Working pixels by which clouds and shadows are grown.
    """

    bands: tuple[str, ...] = ()
    scale: str = "auto"
    offset: int | None = None
    date: str | None = None
    mask: str | None = None
    mask_clear: ClearValues | None = None
    margin: int = 8

    @classmethod
    def of(cls, request: RunRequest) -> Reading:
        """Return the interpretation that a run's request asks for."""
        return cls(
            request.optical_band_names,
            request.optical_scale,
            request.optical_offset,
            request.optical_date or None,
            request.optical_mask or None,
            request.optical_clear_values or None,
            request.optical_margin,
        )

    @classmethod
    def of_other(cls, request: RunRequest) -> Reading:
        """Return the interpretation of the image of another date: the same, but for its own."""
        mask = request.optical_other_mask or None
        return replace(cls.of(request), date=None, mask=mask)


class OpticalReference:
    """Sentinel-2 image on the working grid; use as a context manager. Not thread-safe.

    Attributes:
        bands: Its bands among `S2_BANDS`; always with B02, B03, B04 and B08.
        date: Acquisition (ISO 8601), None if nothing states it.
        days: Days between it and the radar, None if either is unknown.
        clear_share: Share of the area's pixels with data that is clear, by a sample.
        data_share: Share of the area's pixels that it has data for, by the same.
        decisions: All decisions about it, with evidence and source.
        warnings: For the user, before the run.
        inputs: The local files that are read.
        fingerprint: SHA-256 of a sample of its values and of what is clear.
        product: Name of the product, or of the first file.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        reading: Reading,
        grid: WorkGrid,
        radar_date: str | None,
        area: Window,
    ) -> None:
        """Open and interpret the files; the entry point is `open_reference`."""
        self._paths, self._mask, self._margin = paths, reading.mask, reading.margin
        self._states: OrderedDict[Window, States] = OrderedDict()
        self._clear: OrderedDict[Window, Booleans] = OrderedDict()
        with ExitStack() as stack:
            files, metadata = _opened(paths, stack)
            choice = choose_bands(files, reading.bands)
            name = files[0].name if len(files) == 1 else Message("The optical image")
            choice, self._reader, sample = sampled_reader(choice, grid, area, name)
            acquired = acquisition_of(files, choice, reading.date, radar_date)
            clouds = _clouds(
                choice, self._reader.names, paths, reading, grid, sample, stack, acquired.day
            )
            evidence = Evidence(
                name,
                self._reader.dtype,
                self._reader.scales,
                acquired.texts,
                acquired.product,
                metadata,
                acquired.day,
            )
            self._clouds: CloudSource | None = None if clouds is None else clouds.source
            values = self._values(sample)
            self._reflectance = decide_reflectance(values, evidence, reading.scale, reading.offset)
            dn = {band: self._reflectance.dn(each) for band, each in values.items()}
            refuse_infrared_first(choice, dn, name)
            if clouds is None:
                clouds = self._detected(name)
            self._clouds = clouds.source
            opened = [(each.path, each.file) for each in files]
            self.inputs = InputFiles([*opened, *clouds.files])
            self._stack = stack.pop_all()
        self._stands_in = choice.stands_in
        self._held = tuple(band for band in self._reader.names if band in S2_BANDS)
        self._source_reader = _ClearReader(self._clear_values, len(self._held))
        self._values_reader: _ClearReader | StoredReader = self._source_reader
        self.bands = tuple(
            band
            for band in S2_BANDS
            if band in self._reader.names or (band == "B08" and choice.stands_in)
        )
        self.date = None if acquired.when is None else acquired.when.isoformat()
        self.days = acquired.days
        self.product = acquired.product.name if acquired.product else files[0].name
        self.clear_share, self.data_share, self.fingerprint = self._measured(sample, area)
        self.decisions = (
            choice.decision,
            *self._reflectance.decisions,
            *acquired.decisions,
            _describe_spacing(self._reader.spacings()),
            clouds.decision,
            _describe_share(self.clear_share, self.data_share, self._margin),
        )
        self.warnings = [
            *choice.warnings,
            *self._reflectance.warnings,
            *acquired.warnings,
            *clouds.warnings,
            *_share_warnings(self.clear_share, self.data_share, reading.mask),
        ]

    def read(self, window: Window) -> Floats:
        """Read any window of the working grid.

        A pixel has the same value whichever window it is read through.

        Returns:
            (12, H, W) DN without offset in the order of `S2_BANDS`, NaN where there is no data,
            where it is not clear, and everywhere in bands that the files lack.

        Raises:
            SceneError: If a file can no longer be read.
        """
        out = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
        out[[S2_BANDS.index(band) for band in self._held]] = self._values_reader.read(window)
        if self._stands_in:
            out[S2_BANDS.index("B08")] = out[S2_BANDS.index("B8A")]
        return out

    @property
    def stored_bands(self) -> int:
        """Number of bands that `stored` stores."""
        return len(self._held)

    @contextmanager
    def stored(self, path: Path, area: Window, *, reserves: bool = True) -> Iterator[StoredReader]:
        """Read each pixel of an area from the files once, and afterwards from a file of its own.

        Args:
            path: That file; blocks that another process stored in it are used.
            area: The area; pixels beyond it are read from the reference's files every time.
            reserves: Whether disk space is taken for all of it at once.

        Raises:
            OutputError: If the disk is full or the file cannot be created.
        """
        source = self._source_reader
        with StoredReader(source, path, area, bands=self.stored_bands, reserves=reserves) as stored:
            self._values_reader = stored
            try:
                yield stored
            finally:
                self._values_reader = source

    def clear(self, window: Window) -> Booleans:
        """Return which pixels (H, W) of any window are clear: those that `read` returns."""
        return over_blocks(window, self._clear_block, np.zeros(window.shape, np.bool_))

    def covered(self, window: Window) -> Booleans:
        """Return which pixels (H, W) of any window have data, clear or not."""
        return over_blocks(
            window,
            lambda block: np.isfinite(self._reader.block(block)[0]),
            np.zeros(window.shape, np.bool_),
        )

    def info(self) -> dict[str, Any]:
        """Return JSON-ready values: files, interpretation, shares, decisions and warnings."""
        return {
            "paths": [redacted(path) for path in self._paths],
            "mask": redacted(self._mask) if self._mask else None,
            "product": self.product,
            "bands": list(self.bands),
            "date": self.date,
            "days": self.days,
            "scale": self._reflectance.factor,
            "offset": self._reflectance.offset,
            "margin": self._margin,
            "clear_share": self.clear_share,
            "data_share": self.data_share,
            "warnings": list(self.warnings),
            "decisions": [decision.to_dict() for decision in self.decisions],
        }

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def __enter__(self) -> OpticalReference:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _detected(self, name: str) -> CloudChoice:
        detector = CloudDetector(self._reader, self._reflectance, name)
        return CloudChoice(detector, detector.decision)

    def _clear_values(self, block: Window) -> Floats:
        """Return (N, BLOCK, BLOCK) DN of a block, NaN where it is not clear."""
        out = np.full((len(self._held), *block.shape), np.nan, np.float32)
        clear = self._clear_block(block)
        if clear.any():
            held = [self._reader.names.index(band) for band in self._held]
            dn = self._reflectance.dn(self._reader.block(block)[held])
            np.copyto(out, dn, where=clear)
        return out

    def _clear_block(self, block: Window) -> Booleans:
        """Return which pixels of a block have data and are clear, with the margin around clouds."""
        if block in self._clear:
            self._clear.move_to_end(block)
            return self._clear[block]
        around = block.grown(self._margin)
        states = np.full(around.shape, CLEAR, np.uint8)
        hidden: Booleans = over_blocks(around, self._state_block, states) == HIDDEN
        if self._margin and hidden.any():
            hidden = distance_transform_edt(~hidden) <= self._margin
        is_clear = self._state_block(block) == CLEAR
        data = np.isfinite(self._reader.block(block)[0])
        clear: Booleans = is_clear & data & ~hidden[block.slices(around)]
        _keep(self._clear, block, clear)
        return clear

    def _state_block(self, block: Window) -> States:
        if block in self._states:
            self._states.move_to_end(block)
            return self._states[block]
        if self._clouds is None:
            raise RuntimeError("what is clear is asked for before it is known")
        states = self._clouds.block(block)
        _keep(self._states, block, states)
        return states

    def _values(self, sample: list[SampleBlock]) -> dict[str, Floats]:
        """Return (N,) sampled values by band, of clear pixels alone if there are enough."""
        everything = np.concatenate([each.part[:, np.isfinite(each.part[0])] for each in sample], 1)
        if self._clouds is not None:
            parts = []
            for each in sample:
                clear = self._state_block(each.block)[each.inside.slices(each.block)] == CLEAR
                parts.append(each.part[:, np.isfinite(each.part[0]) & clear])
            clear_values = np.concatenate(parts, 1)
            if clear_values.shape[1] >= MIN_CLEAR_PIXELS:
                everything = clear_values
        return dict(zip(self._reader.names, everything, strict=True))

    def _measured(self, sample: list[SampleBlock], area: Window) -> tuple[float, float, str]:
        """Return the clear share of the data, the share of data in the area, and a fingerprint."""
        digest = hashlib.sha256()
        pixels = data = clear = 0
        for each in sample:
            inside = each.inside.slices(each.block)
            seen = self._clear_block(each.block)[inside]
            part = each.part
            digest.update(part.tobytes())
            digest.update(np.packbits(seen).tobytes())
            pixels += each.inside.height * each.inside.width
            data += int(np.isfinite(part[0]).sum())
            clear += int(seen.sum())
        covered = self._covered(area)
        return clear / max(data, 1), covered * data / max(pixels, 1), digest.hexdigest()

    def _covered(self, area: Window) -> float:
        """Return the share of an area that the files' footprint covers."""
        footprint = self._reader.footprint()
        inside = area if footprint is None else footprint.intersection(area)
        return inside.height * inside.width / max(area.height * area.width, 1)


def open_reference(
    paths: tuple[str, ...],
    reading: Reading,
    grid: WorkGrid,
    radar_date: str | None,
    area: Window,
) -> OpticalReference:
    """Open an optical reference and interpret it.

    Args:
        paths: A product (`.SAFE`, its zip archive, its metadata file, or GDAL's name of a part of
            it), a folder of files by band, one file with the bands, or a file for each; anything
            that `open_scene` opens, also by address.
        reading: What the user decided; the rest is decided from the files.
        grid: The radar's working grid.
        radar_date: Acquisition of the radar (ISO 8601), None if unknown.
        area: The radar's footprint on the grid.

    Raises:
        RequestError: If the user named another number of bands than the files have.
        SceneError: If the files cannot be read, do not lie where the radar does, are no Sentinel-2
            image with B02, B03, B04 and B08, or if nothing tells which pixels are clear. `problem`
            tells which.
    """
    require_secrets((*paths, *([reading.mask] if reading.mask else [])))
    return OpticalReference(tuple(map(str, paths)), reading, grid, radar_date, area)


def open_optical(request: RunRequest, scene: S1Scene) -> OpticalReference:
    """Open the optical reference of a request beside its radar; errors as for `open_reference`."""
    reading = Reading.of(request)
    return open_reference(request.optical, reading, scene.grid, scene.date, scene.window)


def open_other(request: RunRequest, scene: S1Scene) -> OpticalReference:
    """Open the image of another date of a request; errors as for `open_reference`."""
    reading = Reading.of_other(request)
    try:
        return open_reference(request.optical_other, reading, scene.grid, scene.date, scene.window)
    except GacError as error:
        message = Message(OF_OTHER, error.message)
        raise type(error)(message, error.remedy, problem=error.problem) from error


def _opened(
    paths: tuple[str, ...], stack: ExitStack
) -> tuple[list[OpenFile], ProductMetadata | None]:
    metadata: ProductMetadata | None = None
    members: dict[str, None] = {}
    for path in paths:
        inside, own = expanded_product(path)
        metadata = metadata or own
        members.update(dict.fromkeys(inside))
    return [open_file(member, stack) for member in members], metadata


def _clouds(
    choice: BandChoice,
    bands: tuple[str, ...],
    paths: tuple[str, ...],
    reading: Reading,
    grid: WorkGrid,
    sample: list[SampleBlock],
    stack: ExitStack,
    day: Any,
) -> CloudChoice | None:
    if reading.mask == NO_CLOUDS:
        decision = Decision(
            "optical_clouds", Message("Clouds"), Message("none"), Message("as chosen"), "user"
        )
        return CloudChoice(NoClouds(), decision)
    if reading.mask:
        return open_mask(reading.mask, reading.mask_clear, grid, sample, bands, stack, day)
    masks = choose_product_mask(choice.masks, grid, sample, day)
    return masks or choose_product_polygons(paths, grid, sample)


def _keep(cache: OrderedDict[Window, Any], block: Window, values: Any) -> None:
    cache[block] = values
    if len(cache) > CACHED_STATES:
        cache.popitem(last=False)


def _describe_spacing(spacings: dict[str, float]) -> Decision:
    sizes = sorted({round(each) for each in spacings.values()})
    value = Message("{} m", ", ".join(map(str, sizes)))
    why = Message("resampled to the radar's working grid of 10 m")
    return Decision("optical_spacing", Message("Pixel spacing"), value, why, "file")


def _describe_share(clear: float, data: float, margin: int) -> Decision:
    value = Message("{} of its pixels are clear", percent(clear))
    why = Message(
        "it covers {} of the radar; clouds and shadows are grown by {} m",
        percent(data),
        margin * 10,
    )
    return Decision("optical_clear", Message("Clear"), value, why, "values")


def _share_warnings(clear: float, data: float, mask: str | None) -> list[str]:
    warnings: list[str] = []
    if clear == 0:
        warnings.append(NONE_CLEAR)
    elif clear == 1 and mask != NO_CLOUDS:
        warnings.append(ALL_CLEAR)
    if data < MIN_COVERED:
        warnings.append(Message("The optical image covers {} of the radar alone.", percent(data)))
    return warnings
