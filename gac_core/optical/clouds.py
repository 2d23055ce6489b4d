"""Clouds and their shadows: states of pixels by classifications, masks, QA bands or s2cloudless."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import Window
from gac_core.optical.band_reader import BandReader
from gac_core.optical.layers import FileReader
from gac_core.optical.reflectance import Reflectance
from gac_core.scene.decisions import Decision
from gac_core.scene.positions import BLOCK, over_blocks
from gac_core.scene.radiometry import Floats

CLEAR, HIDDEN, UNKNOWN = 0, 1, 2
"""States of a pixel: what hides it is grown by the margin, what is not known is not."""

States = NDArray[np.uint8]

SCL_CLEAR = (2, 4, 5, 6, 7, 11)
"""Classes of Sen2Cor's scene classification that show the ground: dark areas, vegetation, bare
soil, water, unclassified, snow. The others are clouds, cirrus and shadows of clouds (3, 8, 9, 10),
saturated (1) and no data (0).
https://sentiwiki.copernicus.eu/web/s2-processing
"""
SCL_MISSING = (0, 255)
SCL_SNOW = 11
SCL_CLASSES = 12

ClearValues = tuple[int | tuple[float, float], ...]
"""Values of a mask that are clear: single ones, and ranges by their first and last value."""

CLEAR_SCORE = 0.6
"""Cloud Score+ from which on Earth Engine's guide takes a pixel as clear."""

QA60_BITS = (1 << 10) | (1 << 11)
"""Opaque clouds and cirrus."""
QA60_EMPTY = date(2022, 1, 25), date(2024, 2, 28)
"""Days between which Earth Engine's QA60 is empty: there were no masks to make it of."""

FMASK_BITS = 0b1111
"""Cirrus, clouds, what is adjacent to them, and their shadows, in HLS."""
FMASK_MISSING = 255
FMASK_CLASSES = 5
"""Largest value of an Fmask that holds classes, not bits: their order differs from writer to
writer."""
OA_FMASK_CLEAR = (1, 4, 5)
OA_FMASK_MISSING = (0,)
"""Clear, snow and water in Digital Earth Australia's Fmask, and no data; 2 are clouds, 3 shadows.
https://knowledge.dea.ga.gov.au/data/product/dea-surface-reflectance-sentinel-2a-msi/
"""

QAI_BITS = 0b1110
"""Clouds of any confidence, cirrus and shadows in FORCE's quality assurance information."""
QA_PIXEL_BITS = 0b11110
"""Clouds, what is adjacent to them, cirrus and shadows in Landsat's QA_PIXEL."""
FILL_BIT = 1
"""Bit of both that is set where there is no data."""

MAX_LISTED = 8
"""Most values that a message lists."""

MAX_VALUES = 16
"""Most values of a mask whose meaning may be told by `0 is clear` alone."""

NAMES = {
    "scl": Message("scene classification (SCL)"),
    "qa60": Message("QA60"),
    "classi": Message("cloud mask of the product (MSK_CLASSI)"),
    "fmask": Message("Fmask"),
    "oa_fmask": Message("Fmask of Digital Earth Australia"),
    "clm": Message("cloud mask (CLM)"),
    "qai": Message("quality bits of FORCE (QAI)"),
    "qa_pixel": Message("quality bits of Landsat (QA_PIXEL)"),
    "cloud_score": Message("Cloud Score+, clear from {} on", f"{CLEAR_SCORE:g}"),
}
ORDER = ("scl", "fmask", "oa_fmask", "clm", "qai", "qa_pixel", "cloud_score", "qa60", "classi")
"""Kinds of mask in a product, the best first."""


class CloudSource(Protocol):
    """Source of states on the working grid."""

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block: `CLEAR`, `HIDDEN` or `UNKNOWN`."""
        ...


class NoClouds:
    """States of an image without clouds."""

    def block(self, block: Window) -> States:
        """Return that all of a block is clear."""
        return np.full(block.shape, CLEAR, np.uint8)


@dataclass(frozen=True)
class RasterMask:
    """States by a mask's raster.

    Attributes:
        readers: The files that hold it, side by side; the first that has a value counts.
        states: From values, NaN beyond the file, to states.
        missing: Values that stand for none, such as a declared nodata.
    """

    readers: tuple[FileReader, ...]
    states: Callable[[Floats], States]
    missing: tuple[float, ...] = ()

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block."""
        return self.states(self.values(block))

    def values(self, block: Window) -> Floats:
        """Return the mask's values (BLOCK, BLOCK), NaN where it has none."""
        out = np.full((BLOCK, BLOCK), np.nan, np.float32)
        for reader in self.readers:
            values = reader.block(block).max(axis=0)
            values[np.isin(values, self.missing)] = np.nan
            out = np.where(np.isnan(out), values, out)
        return out


def is_among(values: Floats, chosen: ClearValues) -> NDArray[np.bool_]:
    """Return which values are among those that are chosen as clear."""
    among: NDArray[np.bool_] = np.isin(values, [each for each in chosen if isinstance(each, int)])
    for low, high in (each for each in chosen if isinstance(each, tuple)):
        among |= (values >= np.float32(low)) & (values <= np.float32(high))
    return among


def listed_values(chosen: ClearValues) -> str:
    """Return the values that are chosen as clear as the user writes them."""
    parts = (f"{v[0]:g}-{v[1]:g}" if isinstance(v, tuple) else str(v) for v in chosen)
    return ", ".join(parts)


def of_classes(values: Floats, clear: ClearValues, missing: tuple[float, ...]) -> States:
    """Return states by lists of the values that are clear and of those that say nothing."""
    among = is_among(values, clear)
    states = np.where(among, CLEAR, HIDDEN).astype(np.uint8)
    states[~np.isfinite(values) | (np.isin(values, missing) & ~among)] = UNKNOWN
    return states


def of_quality(values: Floats, bits: int) -> States:
    """Return states by bits that are set where something hides the ground, and one for no data."""
    states = of_bits(values, bits)
    fill = np.nan_to_num(values).astype(np.int64) & FILL_BIT
    states[fill != 0] = UNKNOWN
    return states


def of_bits(values: Floats, bits: int, missing: tuple[float, ...] = ()) -> States:
    """Return states by bits that are set where something hides the ground."""
    unknown = ~np.isfinite(values) | np.isin(values, missing)
    whole = np.where(unknown, 0, values).astype(np.int64)
    states = np.where(whole & bits, HIDDEN, CLEAR).astype(np.uint8)
    states[unknown] = UNKNOWN
    return states


def product_states(kind: str) -> Callable[[Floats], States]:
    """Return how a kind of mask in a product (`names.mask_of`) tells states."""
    table: dict[str, Callable[[Floats], States]] = {
        "scl": lambda values: of_classes(values, SCL_CLEAR, SCL_MISSING),
        "qa60": lambda values: of_bits(values, QA60_BITS),
        "classi": lambda values: of_classes(values, (0,), ()),
        "fmask": lambda values: of_bits(values, FMASK_BITS, (FMASK_MISSING,)),
        "oa_fmask": lambda values: of_classes(values, OA_FMASK_CLEAR, OA_FMASK_MISSING),
        "clm": lambda values: of_classes(values, (0,), (255,)),
        "qai": lambda values: of_quality(values, QAI_BITS),
        "qa_pixel": lambda values: of_quality(values, QA_PIXEL_BITS),
        "cloud_score": lambda values: of_classes(values, ((CLEAR_SCORE, 1.0),), ()),
    }
    return table[kind]


def require_classes(kind: str, values: Floats, name: str) -> None:
    """Check that a scene classification holds classes, a score is one, and Fmask holds bits.

    Args:
        kind: Kind of the mask.
        values: Its values in the area, without NaN.
        name: Its name in messages.

    Raises:
        SceneError: If it holds others.
    """
    if kind == "cloud_score" and values.size and not 0 <= values.min() <= values.max() <= 1:
        raise SceneError(
            Message(
                "{}: scores of Cloud Score+ lie between 0 and 1, not at {}.",
                name,
                f"{values.max():g}",
            ),
            Message("Give them as they are in Earth Engine, or name the values that are clear."),
            problem="mask-score-unknown",
        )
    if kind == "fmask" and "HLS" not in name and _holds_classes(values):
        listed = ", ".join(f"{value:g}" for value in np.unique(values))
        raise SceneError(
            Message("{} holds the values {}: which of them are clear is not known.", name, listed),
            Message(
                "Give it as the mask, and name the values that are clear: 0, 1, 3 by USGS, 1, 4, 5 "
                "by python-fmask."
            ),
            problem="mask-values-unknown",
        )
    odd = values[~np.isin(values, (*range(SCL_CLASSES), *SCL_MISSING))]
    if kind == "scl" and odd.size:
        raise SceneError(
            Message(
                "{}: {} is no class of the scene classification (0 to 11).", name, f"{odd[0]:g}"
            ),
            Message("Give the SCL as it is in the product, or another mask."),
            problem="mask-class-unknown",
        )


def _holds_classes(values: Floats) -> bool:
    """Return whether an Fmask holds classes: HLS's have bits for the aerosol too."""
    distinct = set(np.unique(values[values != FMASK_MISSING]).tolist())
    return bool(distinct) and distinct <= set(range(FMASK_CLASSES + 1)) and distinct != {0.0}


def clear_values(
    values: Floats, asked: ClearValues | None, name: str, *, is_partial: bool = False
) -> ClearValues:
    """Return the values of a mask that are clear: the user's, or 0.

    Args:
        values: The mask's values in the area, without NaN.
        asked: The user's choice; None: 0.
        name: The mask's name in messages.
        is_partial: True if it has no value in a part of the area: a lone value other than 0 may
            then be what is clear, or what is not.

    Raises:
        SceneError: If the mask has none of the chosen values; or, without a choice, no 0 or so many
            values that it is no mask of clear and not clear.
    """
    distinct = np.unique(values)
    listed = ", ".join(f"{value:.3g}" for value in distinct[:MAX_LISTED])
    if len(distinct) > MAX_LISTED:
        listed = Message("{} and {} more", listed, len(distinct) - MAX_LISTED)
    if asked is not None:
        if not is_among(distinct, asked).any():
            raise SceneError(
                Message(
                    "{} has none of the clear values {} here; it holds {}.",
                    name,
                    listed_values(asked),
                    listed,
                ),
                Message("Name the values of the mask that are clear."),
                problem="mask-without-clear",
            )
        return asked
    is_plain = len(distinct) <= MAX_VALUES and bool((distinct == np.round(distinct)).all())
    remedy = Message(
        "Name the values that are clear; of a scene classification (SCL) these are {}.",
        ", ".join(map(str, SCL_CLEAR)),
    )
    if not is_plain:
        remedy = Message(
            "Name the values that are clear as a range, such as 0-40 of a probability of clouds in "
            "percent, or 0.6-1 of a score that is 1 where it is clear."
        )
    if is_partial and len(distinct) == 1 and 0 not in distinct:
        remedy = Message(
            "Name {} if it is clear; if it is not, save the mask with 0 where it is clear.", listed
        )
    looks_classified = len(distinct) > 3 and set(distinct) <= set(range(SCL_CLASSES))
    if (
        not is_plain
        or looks_classified
        or (0 not in distinct and (len(distinct) > 1 or is_partial))
    ):
        raise SceneError(
            Message("{} holds the values {}: which of them are clear is not known.", name, listed),
            remedy,
            problem="mask-values-unknown",
        )
    return (0,)


def is_empty_qa60(kind: str, values: Floats, day: date | None) -> bool:
    """Return whether a QA60 says nothing: it is empty, of days for which there is none."""
    first, last = QA60_EMPTY
    empty = kind == "qa60" and not (values.astype(np.int64) & QA60_BITS).any()
    return bool(empty) and day is not None and first <= day < last


def unknown_error(name: str, why: str) -> SceneError:
    """Return the error for an image without any statement on clouds."""
    return SceneError(
        Message("{}: nothing tells which pixels are clear: {}.", name, why),
        Message(
            "Give a mask of its clouds (a raster, 0 where it is clear, or polygons), or the "
            "product's scene classification (SCL) among its files; or say that there are none."
        ),
        problem="clouds-unknown",
    )


DETECTOR_BANDS = ("B01", "B02", "B04", "B05", "B08", "B8A", "B09", "B10", "B11", "B12")
"""Bands of s2cloudless' model, in its order."""

DETECTOR_THRESHOLD = 0.4
DETECTOR_RADIUS = 22
"""Probability above which a pixel is cloudy, and the radius in pixels of 10 m of the disc over
which probabilities are averaged; the package's recommendations."""

CACHED_BLOCKS = 400
"""Blocks of probabilities that are kept (256 KB each): each is averaged into its neighbours too."""


class CloudDetector:
    """States by s2cloudless, where it is installed and its ten bands are there.

    The package (https://github.com/sentinel-hub/sentinel2-cloud-detector) holds its model, made for
    level 1C: it needs B10, which level 2A lacks. Its licence (CC BY-SA 4.0) and what it needs keep
    it out of GAC's own environment; who installs it there has it used.

    Attributes:
        decision: The choice with its reason.
    """

    def __init__(self, reader: BandReader, reflectance: Reflectance, name: str) -> None:
        """Load the model.

        Args:
            reader: Reader of the bands.
            reflectance: Scale and offset of its values.
            name: Name of the reference in messages.

        Raises:
            SceneError: If bands or the package are missing.
        """
        self._reader, self._reflectance = reader, reflectance
        missing = [band for band in DETECTOR_BANDS if band not in reader.names]
        if missing:
            raise unknown_error(name, Message("there is no mask among its files"))
        try:
            from s2cloudless import S2PixelCloudDetector
        except ImportError as error:
            raise unknown_error(name, Message("s2cloudless is not installed")) from error
        self._model: Any = S2PixelCloudDetector(
            threshold=DETECTOR_THRESHOLD, average_over=None, dilation_size=None, all_bands=False
        )
        self._places = [reader.names.index(band) for band in DETECTOR_BANDS]
        side = np.arange(-DETECTOR_RADIUS, DETECTOR_RADIUS + 1)
        disc = np.hypot(*np.meshgrid(side, side)) <= DETECTOR_RADIUS
        self._disc = disc / disc.sum()
        self._probabilities: OrderedDict[Window, Floats] = OrderedDict()
        why = Message("its ten bands are there")
        self.decision = Decision(
            "optical_clouds", Message("Clouds"), Message("s2cloudless"), why, "values"
        )

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block."""
        around = block.grown(DETECTOR_RADIUS)
        probability = np.zeros(around.shape, np.float32)
        over_blocks(around, self._probability, probability)
        averaged = fftconvolve(probability, self._disc, mode="valid")
        states = np.where(averaged > DETECTOR_THRESHOLD, HIDDEN, CLEAR).astype(np.uint8)
        states[np.isnan(self._reader.block(block)[0])] = UNKNOWN
        return states

    def _probability(self, block: Window) -> Floats:
        """Return the probability of clouds (BLOCK, BLOCK), 0 where there is no data."""
        if block in self._probabilities:
            self._probabilities.move_to_end(block)
            return self._probabilities[block]
        values = self._reflectance.dn(self._reader.block(block)[self._places]) / np.float32(1e4)
        data = np.isfinite(values[0])
        out = np.zeros((BLOCK, BLOCK), np.float32)
        if data.any():
            pixels = np.moveaxis(np.where(data, values, 0.0), 0, -1)[None]
            out[data] = self._model.get_cloud_probability_maps(pixels)[0][data]
        self._probabilities[block] = out
        if len(self._probabilities) > CACHED_BLOCKS:
            self._probabilities.popitem(last=False)
        return out
