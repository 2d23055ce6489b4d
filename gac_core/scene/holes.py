"""Holes of a scene, where nothing was measured: one rule, in dB, for dB, power and amplitude alike.

They are determined once per scene from its sample, and so are the same for every window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gac_core.contract.message import Message, later
from gac_core.scene.radiometry import NO_SIGNAL, Floats, from_db, is_fill, to_db
from gac_core.scene.source import Sample, Source
from gac_core.scene.validation import percent

FLOOR = -79.0
"""dB below which nothing is a measurement, but the logarithm of zero plus 1e-8 or less (-80), or
-9999 blended with measurements. The lowest values derived from Sentinel-1 lie above: a digital
number of 1 is -57 dB, and what SNAP and S1Tiling leave where they remove everything as noise is -76
to -70."""

CEILING = 50.0
"""dB above which nothing is a measurement: a digital number of 65535 is 47 dB at most."""

NOISE_FILL = -70.0
"""Value that S1Tiling writes (1e-7) where noise removal leaves nothing: a measurement of no signal.
It is a fill only if it mostly occurs in both bands at once and the scene has no other holes."""

NEAR_MARK = 1e-2
"""Tolerance in dB within which values count as MARK."""

MIN_CONTIGUITY = 0.8
"""Share of the neighbours of fill pixels, along rows or columns, that have the fill too. Where
noise removal leaves nothing of dark water, it is about half."""

MIN_REPEATS = 8
"""Number of pixels with one and the same value from which it may be a fill."""

MIN_JOINT_SHARE = 5e-4
"""Minimum share of the scene for a value in both bands at once to be a fill."""

MIN_SINGLE_SHARE = 0.01
"""Minimum share for a value in a single band to be a fill, and for any other value to raise a
question."""

TOLERANCE = 5e-5
"""Tolerance in dB within which values are equal, whatever unit they were written in."""

NEIGHBOURHOOD = 1.5
"""Distance in dB to both sides of a value within which measurements have others: more than the
whole decibels stored in some archives."""

MIN_ISOLATION = 10
"""Minimum ratio of a fill's pixels to those with values around it."""

GAP = 3.0
"""Range in dB next to the lowest or highest value that is empty if that value is a fill. Clipped
values continue right up to the limit."""

MAX_GAP_RATIO = 0.02
"""Maximum ratio of pixels in that gap to those with the fill: resampling blends as many."""

BLENDED = 0.03
"""Share of the pixels beside holes that lie below NO_SIGNAL, or a GAP below all others of the
scene, if a fill was blended with measurements."""

DARK = (0.005, 0.1)
"""Where holes are blended, their rim grows as long as more than the second share of the pixels
beside them lie below the quantile of all others given by the first."""

OVERSHOOT = 10.0
"""Excess in dB over all other values that shows that values beside holes are a kernel's."""

MAX_RIM = 3
"""Maximum growth of holes in pixels: resampling to half the spacing blends two."""

STRIDE = 16
"""Step in pixels of the search for a frequent value."""

ZERO_DB = Message("the value 0")
"""Fill of producers who set no nodata: so common that it is reported without a warning."""

Mask = NDArray[np.bool_]
Range = tuple[float, float]
"""Lowest and highest of the values that count as one, in the unit of the file."""

IN_BOTH_BANDS = later(
    "The value {} stands in both bands of {} of the scene: if it means no data, give it as nodata."
)
IN_ONE_BAND = later(
    "The value {} stands in {} of {} of the scene: if it means no data and not a lack of "
    "signal, give it as nodata."
)
"""Templates of questions about values."""


@dataclass(frozen=True)
class NodataRules:
    """Rules for values that are not measurements.

    Attributes:
        limits: Lowest and highest value of a measurement; both positive for linear units.
        single: For VV and for VH, further values that are not measurements.
        joint: For VV and VH, values that are not measurements where they occur together.
        rim: Pixels around each hole that are excluded too.
        fills: (description, share of the sample's pixels) of the recognised fills.
        questions: For the user: possible fills that are treated as measurements.
    """

    limits: Range
    single: tuple[tuple[Range, ...], tuple[Range, ...]] = ((), ())
    joint: tuple[tuple[Range, Range], ...] = ()
    rim: int = 0
    fills: tuple[tuple[str, float], ...] = ()
    questions: tuple[str, ...] = ()

    def missing(self, raw: Floats) -> Mask:
        """Return the mask of values (2, …) of VV and VH that are not measurements, without rims."""
        low, high = self.limits
        # NaN fails both comparisons, and the usual fill values lie beyond the limits.
        mask: Mask = ~np.all((raw >= low) & (raw <= high), axis=0)
        for band, ranges in zip(raw, self.single, strict=True):
            for limits in ranges:
                mask |= _within(band, limits)
        for vv, vh in self.joint:
            is_joint = _within(raw[0], vv)
            if is_joint.any():
                mask |= is_joint & _within(raw[1], vh)
        return mask

    def mask(self, raw: Floats) -> Floats:
        """Put NaN into both bands of (2, H, W) unless both are measurements, and return them."""
        raw[:, dilate(self.missing(raw), self.rim)] = np.nan
        return raw

    def clean(self, values: Floats) -> Floats:
        """Return those of (2, N) values that are measurements in both bands."""
        measured: Floats = values[:, ~self.missing(values)]
        return measured

    def read(self, source: Source, row: int, col: int, height: int, width: int) -> Floats:
        """Return (2, height, width) values of a window of a source, NaN in holes.

        Holes grow into a window from outside too, so that a pixel's value does not depend on the
        window.
        """
        if not self.rim:
            return self.mask(source.read(row, col, height, width))
        top, left = max(0, row - self.rim), max(0, col - self.rim)
        bottom = min(source.height, row + height + self.rim)
        right = min(source.width, col + width + self.rim)
        padded = self.mask(source.read(top, left, bottom - top, right - left))
        window: Floats = padded[:, row - top :, col - left :][:, :height, :width]
        return np.ascontiguousarray(window)


def dilate(bad: Mask, pixels: int) -> Mask:
    """Return a mask (H, W) dilated by a number of pixels in all eight directions."""
    for _ in range(pixels):
        rows = bad.copy()
        rows[1:] |= bad[:-1]
        rows[:-1] |= bad[1:]
        bad = rows.copy()
        bad[:, 1:] |= rows[:, :-1]
        bad[:, :-1] |= rows[:, 1:]
    return bad


def default_rules(unit: str) -> NodataRules:
    """Return the rule for any scene: values beyond the limits, and 0 dB in both bands."""
    zero = _range(0.0, unit)
    return NodataRules((from_db(FLOOR, unit), from_db(CEILING, unit)), joint=((zero, zero),))


def detect_fills(sample: Sample, unit: str) -> NodataRules:
    """Detect the fills of a scene.

    A fill is one and the same value many times, where measurements have few or none:

    - below NO_SIGNAL, in either band, except MARK;
    - above it, in both bands at once, or in one band over a part of the scene: separate from all
      other values, and not the end of a range to which they were clipped.

    Args:
        sample: Sample of the scene.
        unit: `db`, `power` or `amplitude`.
    """
    plain = default_rules(unit)
    patches = [_decibels(patch, unit, plain) for patch in sample.patches]
    search = _FillSearch(patches, sample.size, unit)
    holes = replace(plain, single=search.single(), joint=search.joint())
    rim = _rim(sample.patches, patches, holes)
    beyond = sum(_beyond(patch, plain) for patch in sample.patches)
    if beyond:
        search.tell(Message("below {} dB or above {} dB", f"{FLOOR:g}", f"{CEILING:g}"), beyond)
    if rim:
        in_rim = sum(int((dilate(b, rim) & ~b).sum()) for b in map(holes.missing, sample.patches))
        search.tell(
            Message("blended with what lies beside it ({} pixels round the holes)", rim), in_rim
        )
    return replace(holes, rim=rim, fills=tuple(search.fills), questions=tuple(search.questions))


class _FillSearch:
    """Search for fills among dB (2, N) of the pixels whose bands are both within the limits."""

    def __init__(self, patches: list[Floats], size: int, unit: str) -> None:
        flat = [patch.reshape(2, -1) for patch in patches]
        parts = [f[:, np.isfinite(f[0])] for f in flat]
        self._patches = patches
        self._db = np.concatenate([*parts, np.empty((2, 0), np.float32)], axis=1)
        self._size, self._unit = max(size, 1), unit
        self._other_holes = self._db.shape[1] < size
        self._single: tuple[list[float], list[float]] = ([], [])
        self._joint: list[tuple[float, float]] = []
        self.fills: list[tuple[str, float]] = []
        self.questions: list[str] = []
        if self._db.shape[1]:
            self._below_signal()
            self._nought()
            self._at_once()
            for band in (0, 1):
                self._in_one(band)

    def single(self) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
        """Return the values that are fills in VV, and those in VH."""
        vv, vh = (tuple(_range(value, self._unit) for value in band) for band in self._single)
        return vv, vh

    def joint(self) -> tuple[tuple[Range, Range], ...]:
        """Return the pairs of values that are fills where VV and VH have both."""
        return tuple((_range(v, self._unit), _range(h, self._unit)) for v, h in self._joint)

    def tell(self, what: str, pixels: int) -> None:
        """Record a fill."""
        self.fills.append((what, pixels / self._size))

    def _shown(self, value: float) -> str:
        """Return a dB value as it is in the file."""
        exact = 0.0 if abs(value) <= TOLERANCE else value
        return f"{from_db(exact, self._unit):.6g}"

    def _below_signal(self) -> None:
        """Find recurring values below any measurement.

        In both bands at once, or over an area of one, they are a fill; scattered over one band,
        they are the remains of pixels without signal.
        """
        dark = self._db < NO_SIGNAL - TOLERANCE
        for band, name in ((0, "VV"), (1, "VH")) if dark.any() else ():
            values = self._db[band][dark[band]]
            for value, count in _repeated(values):
                if count < max(MIN_REPEATS, values.size / 10) or (value, value) in self._joint:
                    continue
                both = int((dark[1 - band] & _within(self._db[band], _around(value))).sum())
                if abs(value - NOISE_FILL) < NEAR_MARK:
                    if both > count - both and not self._other_holes:
                        self._joint.append((value, value))
                        self.tell(Message("the value {} in both bands", self._shown(value)), both)
                elif both > count - both or self._solid(band, value):
                    self._single[band].append(value)
                    label = Message("the value {} in VV", self._shown(value))
                    index = next((i for i, (w, _) in enumerate(self.fills) if w == label), None)
                    if band == 1 and index is not None:
                        count = max(count, round(self.fills.pop(index)[1] * self._size))
                        name = Message("VV and VH")
                    self.tell(Message("the value {} in {}", self._shown(value), name), count)
        for band in (0, 1):
            for value in self._single[band]:
                self._drop(_within(self._db[band], _around(value)))
        for value, _ in self._joint:
            self._drop(np.asarray(_within(self._db, _around(value)).all(axis=0)))

    def _solid(self, band: int, value: float) -> bool:
        """Return whether a value fills areas, or at least lines, rather than being scattered."""
        pairs, starts = np.zeros(2), np.zeros(2)
        for patch in self._patches:
            mask = _within(patch[band], _around(value))
            pairs += (mask[:, 1:] & mask[:, :-1]).sum(), (mask[1:] & mask[:-1]).sum()
            starts += mask[:, :-1].sum(), mask[:-1].sum()
        return bool((pairs >= MIN_CONTIGUITY * np.maximum(starts, 1)).any())

    def _nought(self) -> None:
        """Treat 0 dB in both bands as a fill, unless values were clipped to it."""
        is_zero = _within(self._db, _around(0.0))
        both, single = int(is_zero.all(axis=0).sum()), int((is_zero.sum(axis=0) == 1).sum())
        if single <= both or not self._clipped(0.0):
            self._joint.append((0.0, 0.0))
            if both:
                self.tell(
                    ZERO_DB if self._unit == "db" else Message("the value 1 in both bands"), both
                )
                self._drop(np.asarray(is_zero.all(axis=0)))

    def _clipped(self, value: float) -> bool:
        """Return whether no band exceeds a value, and one continues right up to it."""
        count = _within(self._db, _around(value)).sum(axis=1)
        beyond = (self._db > value + TOLERANCE).sum(axis=1)
        near = ((self._db < value - TOLERANCE) & (self._db > value - GAP)).sum(axis=1)
        return bool(((count > 0) & (beyond == 0) & (near > MAX_GAP_RATIO * count)).any())

    def _at_once(self) -> None:
        """Find values that both bands have in the same pixels: one in both, or each its own."""
        equal = self._db[0][np.abs(self._db[0] - self._db[1]) <= 2 * TOLERANCE]
        pairs = [(value, value) for value, _ in _repeated(equal)[:3]]
        for extremes in (self._db.min(axis=1), self._db.max(axis=1)):
            pairs.append((float(extremes[0]), float(extremes[1])))
        for vv, vh in dict.fromkeys(pairs):
            if min(abs(vv - NOISE_FILL), abs(vh - NOISE_FILL)) < NEAR_MARK:
                continue
            mask = _within(self._db[0], _around(vv)) & _within(self._db[1], _around(vh))
            count = int(mask.sum())
            share = count / self._size
            if count < MIN_REPEATS or 2 * count >= self._db.shape[1]:
                continue
            if share >= MIN_JOINT_SHARE and all(
                self._apart(b, v, count) for b, v in ((0, vv), (1, vh))
            ):
                self._take(vv, vh, count)
            elif share >= MIN_SINGLE_SHARE:
                self.questions.append(
                    Message(
                        IN_BOTH_BANDS,
                        self._shown(vv),
                        percent(share),
                    )
                )

    def _in_one(self, band: int) -> None:
        """Find values that fill a part of one band."""
        name = ("VV", "VH")[band]
        frequent = [value for value, _ in _repeated(self._db[band][::STRIDE])[:2]]
        for value in dict.fromkeys((0.0, *frequent)):
            values = self._db[band]
            count = self._times(band, value)
            share = count / self._size
            if share < MIN_SINGLE_SHARE or 2 * count >= values.size:
                continue
            lowest = not (values < value - TOLERANCE).any()
            if lowest or not self._apart(band, value, count):
                # The lowest of one band may be a product's value for pixels without signal.
                if lowest and self._gap(band, value, count):
                    self.questions.append(
                        Message(
                            IN_ONE_BAND,
                            self._shown(value),
                            name,
                            percent(share),
                        )
                    )
                continue
            self._single[band].append(value)
            self._drop(_within(values, _around(value)))
            self.tell(Message("the value {} in {}", self._shown(value), name), count)

    def _take(self, vv: float, vh: float, count: int) -> None:
        self._joint.append((vv, vh))
        mask = _within(self._db[0], _around(vv)) & _within(self._db[1], _around(vh))
        self._drop(mask)
        label = (
            self._shown(vv) if vv == vh else Message("{} with {}", self._shown(vv), self._shown(vh))
        )
        self.tell(Message("the value {} in both bands", label), count)

    def _drop(self, pixels: Mask) -> None:
        """Exclude pixels from the rest of the search."""
        self._db = self._db[:, ~pixels]

    def _apart(self, band: int, value: float, count: int) -> bool:
        """Return whether a value is separate from measurements, and not a clipping limit."""
        values = self._db[band]
        at_end = not (values < value - TOLERANCE).any() or not (values > value + TOLERANCE).any()
        if at_end:
            return self._gap(band, value, count)
        near = int((np.abs(values - value) <= NEIGHBOURHOOD).sum()) - self._times(band, value)
        return near * MIN_ISOLATION <= count

    def _gap(self, band: int, value: float, count: int) -> bool:
        near = int((np.abs(self._db[band] - value) <= GAP).sum()) - self._times(band, value)
        return near <= MAX_GAP_RATIO * count

    def _times(self, band: int, value: float) -> int:
        return int(_within(self._db[band], _around(value)).sum())


def _repeated(values: Floats) -> list[tuple[float, int]]:
    """Return (value, count) of those of (N,) values that recur, most frequent first."""
    steps = np.rint(values.astype(np.float64) / TOLERANCE / 2)
    _, first, counts = np.unique(steps, return_index=True, return_counts=True)
    order = [i for i in np.argsort(-counts, kind="stable")[:20] if counts[i] > 1]
    return [(float(values[first[i]]), int(counts[i])) for i in order]


def _rim(raw: tuple[Floats, ...], decibels: list[Floats], holes: NodataRules) -> int:
    """Return by how many pixels holes must grow to contain all blended values.

    Beside a low fill, cubic and Lanczos resampling make values far too high as well.
    """
    overshot = False
    masks = [holes.missing(patch) for patch in raw]
    if not any(mask.any() for mask in masks):
        return 0
    distant = [db[:, ~dilate(mask, MAX_RIM)] for db, mask in zip(decibels, masks, strict=True)]
    far = np.concatenate(distant, axis=1)
    far = far[:, np.isfinite(far[0])]
    for rim in range(MAX_RIM):
        beside = []
        for db, mask in zip(decibels, masks, strict=True):
            inner = dilate(mask, rim)
            beside.append(db[:, dilate(inner, 1) & ~inner])
        ring = np.concatenate(beside, axis=1)
        if ring.shape[1] < MIN_REPEATS or not far.shape[1]:
            return rim
        if rim == 0:
            lowest = np.maximum(far.min(axis=1) - GAP, NO_SIGNAL)[:, None]
            blended = float((ring < lowest).any(axis=0).mean()) >= BLENDED
            highest = far.max(axis=1)[:, None] + OVERSHOOT
            overshot = int((ring > highest).any(axis=0).sum()) >= MIN_REPEATS
        else:
            dark, bright = np.quantile(far, (DARK[0], 1 - DARK[0]), axis=1)[:, :, None]
            blended = float((ring < dark).any(axis=0).mean()) >= DARK[1]
            overshot = overshot and float((ring > bright).any(axis=0).mean()) >= DARK[1]
        if not (blended or overshot):
            return rim
    return MAX_RIM


def _decibels(raw: Floats, unit: str, plain: NodataRules) -> Floats:
    """Return dB (2, H, W) of a patch, dark values unchanged; NaN in both bands beyond limits."""
    low, high = plain.limits
    is_valid = ((raw >= low) & (raw <= high)).all(axis=0)
    return to_db(np.where(is_valid, raw, np.float32(np.nan)), unit, least=-np.inf)


def _beyond(raw: Floats, plain: NodataRules) -> int:
    """Return how many pixels are beyond the limits, and neither zero nor a usual fill value."""
    low, high = plain.limits
    expected = np.isnan(raw) | is_fill(raw)
    if low > 0:
        expected |= raw <= 0
    return int((((raw < low) | (raw > high)) & ~expected).any(axis=0).sum())


def _around(value: float) -> Range:
    return value - TOLERANCE, value + TOLERANCE


def _range(value: float, unit: str) -> Range:
    return from_db(value - TOLERANCE, unit), from_db(value + TOLERANCE, unit)


def _within(values: Floats, limits: Range) -> Mask:
    inside: Mask = (values >= limits[0]) & (values <= limits[1])
    return inside
