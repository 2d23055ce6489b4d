"""Checks of pairs before anything learns from them; Sentinel-2's +1000.

Since 25 January 2022 the ground segment adds 1000 to all L2A values, so that noise over dark ground
is not clipped at 0 (the products' BOA_ADD_OFFSET of -1000), and reprocesses older ones. TerraMind
and Prithvi expect values without it. A missed offset shifts every loss, so both metadata and values
are checked.

Values: almost every place is dark in some band (vegetation in the visible, water in the infrared,
shadow everywhere), so an image's darkest band falls below 900 unless 1000 was added. Deserts,
clouds and haze are exceptions, so a second test checks if subtracting 1000 gives vegetation or
water, which no desert does. Values are trusted only over many images.

Measured on 44 real pairs of eight countries and all seasons: the 0.5th percentile of the darkest
band is at most 526 DN; with 1000 added, 43 of 44 show vegetation or water, so nine images are
conclusive.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.message import Message
from gac_core.scene.units import DB_FLOOR, POWER_CEILING
from training.data.files import Raster, baseline_in
from training.data.pair import Array, DataError, Footprint, Pair, PairSource

OFFSET = 1000.0
"""Offset in DN."""
FIRST_BASELINE = 400
"""First processing baseline with the offset, as in `N0400`."""
SINCE = "2022-01-25"
"""First date of that baseline."""
DARK = 900.0
"""DN below which the darkest band falls without the offset; with it, noise over the darkest ground
reaches some 100 below 1000."""
DARKEST = 0.005
"""Quantile that is a band's dark end; skips dead pixels and cut-off edges."""
SHARE = 0.01
"""Minimum share of an image that looks like vegetation or water."""
MIN_SHIFTED = 8
"""Minimum number of images for a verdict by values."""
MIN_SHIFTED_SHARE = 0.25
"""Minimum share of a group of images for a verdict."""
OffsetVerdict = Literal["clean", "unclear", "shifted"]
"""`clean`: dark somewhere; `unclear`: nowhere dark; `shifted`: plausible after subtracting 1000."""
_RED, _NIR, _GREEN = (S2_BANDS.index(band) for band in ("B04", "B08", "B03"))

_BRIGHT = -4.0
"""Median VH in dB above which the values are not dB: -9 over dense towns."""
_SWAPPED = -1.0
"""Median of VV - VH in dB below which the channels are swapped."""
_REFLECTANCE = 2.0
"""Maximum of an image in reflectance rather than DN."""
_SKIP = Message("or leave such pairs out with --on-bad skip.")
HARMONISE = Message(
    "Subtract {} from every band (values below become 0; nodata stays), or fetch the harmonised "
    "product",
    f"{OFFSET:.0f}",
)

OnBad = Literal["stop", "skip"]
SAMPLE = 64
"""Number of images checked, spread over the source."""
log = logging.getLogger(__name__)


def judge_offset(s2: Array) -> OffsetVerdict:
    """Return the verdict by the values of an image (12, H, W), NaN where unknown."""
    pixels = s2[np.isfinite(s2).any(axis=(1, 2))]
    pixels = pixels[:, np.isfinite(pixels).all(0)]
    if pixels.size == 0 or np.quantile(pixels, DARKEST, axis=1).min() < DARK:
        return "clean"
    red, nir, green = (s2[i] - np.float32(OFFSET) for i in (_RED, _NIR, _GREEN))
    vegetation = (nir >= 3 * red) & (nir >= 1500) & (red < 700)
    water = (nir < 500) & (nir < green + 100)
    share = max(vegetation.mean(), water.mean())
    return "shifted" if share >= SHARE else "unclear"


def declared_offset(name: str, tags: Mapping[str, str]) -> str:
    """Return the evidence in a name or in tags that 1000 was added; "" if none.

    A tag `BOA_ADD_OFFSET` of 0 means that it was subtracted again.
    """
    added = tags.get("BOA_ADD_OFFSET", "").strip()
    if added:
        return "" if _is_zero(added) else f"BOA_ADD_OFFSET={added}"
    for text in (name, *tags.values()):
        baseline = baseline_in(text)
        if baseline is not None and baseline >= FIRST_BASELINE:
            return f"processing baseline N{baseline:04d}"
    stated = tags.get("PROCESSING_BASELINE", "").replace(".", "").lstrip("N")
    if stated.isdigit() and int(stated) >= FIRST_BASELINE and int(stated) != 9999:
        return f"PROCESSING_BASELINE={tags['PROCESSING_BASELINE']}"
    return ""


def _is_zero(text: str) -> bool:
    try:
        return float(text.split(",")[0]) == 0
    except ValueError:
        return False


def era(pair: Pair) -> str:
    """Return the era of a pair as text; images of an era were probably processed alike."""
    if not pair.date:
        return "of unknown date"
    return f"since {SINCE}" if pair.date >= SINCE[: len(pair.date)] else f"before {SINCE}"


def is_shifted(verdicts: Sequence[OffsetVerdict]) -> bool:
    """Return whether images of one era carry the offset; False if too few to tell."""
    shifted = verdicts.count("shifted")
    return shifted >= MIN_SHIFTED and shifted >= MIN_SHIFTED_SHARE * len(verdicts)


def is_bright(verdicts: Sequence[OffsetVerdict]) -> bool:
    """Return whether a warning is due, though no refusal."""
    return len(verdicts) > 0 and verdicts.count("clean") < (1 - MIN_SHIFTED_SHARE) * len(verdicts)


def check_radar(s1: Array, where: str) -> None:
    """Check that an image is Sentinel-1 backscatter in dB.

    Args:
        s1: (2, H, W), NaN for nodata.
        where: File name for the message.

    Raises:
        DataError: If it is not.
    """
    valid = s1[:, np.isfinite(s1).all(0)]
    if valid.size == 0:
        raise DataError(
            Message("{} has no valid pixel.", where),
            Message("Fetch it again, {}", _SKIP),
            problem="image-without-valid-pixel",
        )
    vv, vh = valid
    if np.median(vh) > _BRIGHT:
        raise DataError(
            Message(
                "{} is not in dB: {} (VH has a median of {}).",
                where,
                _kind(valid),
                f"{np.median(vh):.4g}",
            ),
            Message("Convert it: 10·log10 of linear power, 20·log10 of amplitude; {}", _SKIP),
            problem="pair-radar-not-in-db",
        )
    if np.median(vv) < DB_FLOOR or np.median(vh) < DB_FLOOR:
        raise DataError(
            Message("{} cannot be dB: VV has a median of {}.", where, f"{np.median(vv):.0f}"),
            Message("It may be scaled by 100: give dB as floating point numbers; {}", _SKIP),
            problem="pair-radar-scaled",
        )
    if np.median(vv - vh) < _SWAPPED:
        raise DataError(
            Message(
                "{}: VV is weaker than VH, which no ground does; the bands are swapped.", where
            ),
            Message("Write VV first and VH second, {}", _SKIP),
            problem="vv-vh-swapped",
        )


def _kind(valid: Array) -> str:
    if valid.min() < 0:
        return "it looks standardised"
    if np.quantile(valid, 0.99) <= POWER_CEILING:
        return "it looks like linear power or amplitude"
    return "it looks like uncalibrated digital numbers"


def check_optical(s2: Array, dtype: str, where: str) -> None:
    """Check that an image is Sentinel-2 in DN (reflectance × 10000).

    Args:
        s2: (C, H, W) of the existing bands, NaN for nodata.
        dtype: Data type of the file.
        where: File name for the message.

    Raises:
        DataError: If it is not.
    """
    if not np.isfinite(s2).all(0).any():
        raise DataError(
            Message("{} has no valid pixel.", where),
            Message("Fetch it again, {}", _SKIP),
            problem="image-without-valid-pixel",
        )
    brightest = float(np.nanmax(s2))
    if "float" in dtype and brightest <= _REFLECTANCE:
        raise DataError(
            Message(
                "{} holds reflectance (up to {}), where DN are expected.", where, f"{brightest:.3g}"
            ),
            Message("Multiply it by 10000, {}", _SKIP),
            problem="reflectance-not-dn",
        )
    if dtype == "uint8":
        raise DataError(
            Message("{} holds bytes: a picture for the eye, not reflectance.", where),
            Message("Give Sentinel-2 L2A values as they come, 0 to some 10000, {}", _SKIP),
            problem="picture-not-reflectance",
        )


def check_declared_offset(s2: Array, name: str, raster: Raster) -> None:
    """Refuse an image that declares the +1000 offset, unless its values contradict it.

    Args:
        s2: (12, H, W), NaN where unknown.
        name: Name of the pair.
        raster: The file.

    Raises:
        DataError: If it carries the offset.
    """
    reason = declared_offset(name, raster.tags)
    if reason and judge_offset(s2) != "clean":
        raise DataError(
            Message(
                "{} carries the +{} of newer Sentinel-2 products: {}, and no band "
                "of it is dark anywhere.",
                raster.path,
                f"{OFFSET:.0f}",
                reason,
            ),
            Message(
                "{}, {} If that was done already, set the tag BOA_ADD_OFFSET=0.", HARMONISE, _SKIP
            ),
            problem="image-with-offset",
        )


def check_same_place(s1: Raster, s2: Raster) -> None:
    """Check that two files share the same pixel grid.

    Raises:
        DataError: If their sizes, CRS or corners differ.
    """
    if s1.values.shape[1:] != s2.values.shape[1:]:
        (h1, w1), (h2, w2) = s1.values.shape[1:], s2.values.shape[1:]
        raise DataError(
            Message(
                "{} is {}×{} pixels, {} beside it {}×{}.", s1.path, h1, w1, s2.path.name, h2, w2
            ),
            Message("Resample both to one 10 m grid, {}", _SKIP),
            problem="pair-sizes-differ",
        )
    if not (s1.crs and s2.crs):
        return
    apart = max(abs(a - b) for a, b in zip(s1.corner, s2.corner, strict=True))
    if s1.crs != s2.crs or apart > s2.pixel:
        raise DataError(
            Message("{} and {} beside it do not lie on the same pixels.", s1.path, s2.path.name),
            Message("Warp both to one 10 m grid, {}", _SKIP),
            problem="pair-grids-differ",
        )


class CheckedSource:
    """Pair source that refuses images with the offset.

    Args:
        source: The pairs.
        shifted: Eras whose images carry the offset; True if unclear images count as shifted too.
    """

    def __init__(self, source: PairSource, shifted: dict[str, bool]) -> None:
        self._source = source
        self._shifted = shifted
        self._footprints: dict[int, Footprint | None] = {}
        self.names = source.names
        self.tiles = source.tiles
        self.modalities = source.modalities

    def __len__(self) -> int:
        return len(self._source)

    def read(self, i: int) -> Pair:
        """Read a pair."""
        pair = self._source.read(i)
        doubtful = self._shifted.get(era(pair))
        if doubtful is not None:
            state = judge_offset(pair.s2)
            if state == "shifted" or (doubtful and state == "unclear"):
                raise DataError(
                    Message("{} carries Sentinel-2's +{}.", pair.name, f"{OFFSET:.0f}"),
                    Message("{}, {}", HARMONISE, _SKIP),
                    problem="pair-with-offset",
                )
        return pair

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair; cached."""
        if i not in self._footprints:
            self._footprints[i] = self._source.footprint(i)
        return self._footprints[i]


def check_source(source: PairSource, on_bad: OnBad = "stop", sample: int = SAMPLE) -> CheckedSource:
    """Check a sample of a source's images before use.

    Args:
        source: The pairs.
        on_bad: `stop`: raise on the first bad pair, or if images carry the offset; `skip`: such
            pairs raise when read, for a dataset that skips them.
        sample: Number of images to check.

    Raises:
        DataError: With `stop`, if a pair is bad or images carry the offset.
    """
    verdicts: dict[str, list[OffsetVerdict]] = defaultdict(list)
    examples: dict[str, str] = {}
    count = min(sample, len(source))
    for k in range(count):
        try:
            pair = source.read(k * len(source) // count)
        except DataError:
            if on_bad == "stop":
                raise
            continue
        verdict = judge_offset(pair.s2)
        verdicts[era(pair)].append(verdict)
        if verdict == "shifted":
            examples.setdefault(era(pair), pair.name)
    shifted = {}
    for when, group in sorted(verdicts.items()):
        if is_shifted(group):
            shifted[when] = group.count("shifted") > group.count("clean")
            number = group.count("shifted")
            message = Message(
                "{} of {} Sentinel-2 images {} that were looked at carry the +{} of newer "
                "products: nowhere dark in any band, and {} less makes vegetation or water of "
                "them; for one {}.",
                number,
                len(group),
                when,
                f"{OFFSET:.0f}",
                f"{OFFSET:.0f}",
                examples[when],
            )
            if on_bad == "stop":
                raise DataError(
                    message,
                    Message("{}, or leave them out with --on-bad skip.", HARMONISE),
                    problem="pairs-with-offset",
                )
            log.warning("%s They are left out.", message)
        elif is_bright(group):
            log.warning(
                "%d of %d Sentinel-2 images %s are nowhere dark in any band. Deserts, snow and "
                "clouds look so; if they are none, see whether the +%d of newer products was "
                "taken off.",
                len(group) - group.count("clean"),
                len(group),
                when,
                int(OFFSET),
            )
    return CheckedSource(source, shifted)
