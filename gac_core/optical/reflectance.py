"""Scale and offset of an optical reference's values.

DN are reflectance times 10000. From processing baseline 04.00 on, used since 25 January 2022 and
for reprocessed older dates too, products hold 1000 DN more; archives that are "harmonised" have
taken them off again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.optical.band_choice import VISIBLE, picture_error
from gac_core.optical.names import Product, Text, harmonised, is_landsat_level_2
from gac_core.optical.product import ProductMetadata
from gac_core.scene.decisions import Decision
from gac_core.scene.radiometry import Floats
from gac_core.scene.validation import percent

OFFSET = 1000
"""Offset in DN from baseline 04.00 on."""

FIRST_BASELINE = 4.0
FIRST_DAY = date(2022, 1, 25)
"""First processing baseline and day of the offset."""

MAX_REFLECTANCE = 3.0
"""Largest 98th percentile of values that are reflectance: clouds and snow reach 1.5."""

MIN_REFLECTANCE = 0.02
"""Smallest 98th percentile of values that are reflectance by day."""

MAX_DN = 22_000.0
"""Largest 98th percentile of values that are DN, offset included: clouds and snow reach 15000."""

FULL_SCALE = 65535.0
"""Value of reflectance 1 in 16-bit pictures, such as those that Copernicus Browser exports."""

LANDSAT_SCALE, LANDSAT_OFFSET = 2.75e-5, -0.2
"""Scale and offset of reflectance in Landsat's Collection 2, level 2."""

MIN_COMPARED = 500
"""Values of the sample from which bands are compared with each other."""

MIN_DN = 60.0
"""Smallest 98th percentile of values that are DN: even water has more in the visible."""

MAX_PICTURE = 255
"""Largest value of an 8-bit picture stored in a wider type."""

DARKEST = 800.0
"""DN that the darkest hundredth of every band exceeds if the offset is in the values: shadows and
water have hardly less than a reflectance of -0.02, even where winter's haze was overcorrected. Of
140 real images without an offset none exceeds 774 in all bands."""

MAX_BELOW = 0.25
"""Largest share of pixels below `DARKEST`, of the middle one of the visible bands, with which the
offset may be in the values."""

WARNED_CLIPPED = 0.15
MAX_CLIPPED = 0.5
"""Shares of pixels without any light, of the middle one of the visible bands, from which the offset
seems to have been taken off twice: the user is warned, or the image is refused. In real images of
winter, blue alone has up to 0.25, the middle band less than 0.08."""

DIM = 700.0
"""98th percentile of DN in all bands below which it shows nothing but water, or has another scale:
land reflects more in the near infrared even in winter."""

DARK = 120.0
"""98th percentile of DN in all bands below which it was taken by night or at dusk."""

MAX_ZENITH = 80.0
"""Angle in degrees between sun and zenith above which shadows hide most of the ground."""


@dataclass(frozen=True)
class Reflectance:
    """Conversion of values to DN without offset: `value * factor - offset`.

    Attributes:
        factor: DN for each unit of the values.
        offset: Offset in DN that is taken off.
        decisions: Scale and offset with their reasons.
        warnings: For the user.
    """

    factor: float
    offset: float
    decisions: tuple[Decision, ...]
    warnings: tuple[str, ...]

    def dn(self, values: Floats) -> Floats:
        """Return DN, at least 1 as in products without offset; NaN stays NaN."""
        converted: Floats = values
        if self.factor != 1.0:
            converted = converted * np.float32(self.factor)
        if self.offset:
            converted = converted - np.float32(self.offset)
        return np.maximum(converted, np.float32(1.0))


@dataclass(frozen=True)
class Evidence:
    """Statements about the values of a reference.

    Attributes:
        name: Its name in messages.
        dtype: Data type of the values.
        scales: Declared (scale, offset) of each band.
        texts: All names and tags.
        product: The product by its name.
        metadata: The product's own metadata.
        day: Date of acquisition.
    """

    name: str
    dtype: str
    scales: Sequence[tuple[float, float]]
    texts: Sequence[Text]
    product: Product | None
    metadata: ProductMetadata | None
    day: date | None


def decide_reflectance(
    sample: Mapping[str, Floats], evidence: Evidence, scale: str, offset: int | None
) -> Reflectance:
    """Decide scale and offset.

    Args:
        sample: (N,) values of each band as they are in the file, without nodata.
        evidence: What names, tags and metadata state.
        scale: `dn`, `reflectance` or `auto`: decide.
        offset: Offset in DN, 0 or 1000; None: decide.

    Raises:
        SceneError: If the values are a picture's, of an unknown scale, or lost the offset twice.
    """
    factor, about_scale = _scale(sample, evidence, scale)
    dn = {band: values * np.float32(factor) for band, values in sample.items()}
    taken, about_offset, warnings = _offset(dn, evidence, offset)
    warnings += _clipped(dn, taken, evidence, offset)
    _refuse_no_bands(sample, evidence.name)
    zenith = None if evidence.metadata is None else evidence.metadata.sun_zenith
    high = max(float(np.percentile(values, 98)) for values in dn.values()) - taken
    if high < DARK:
        warnings.append(
            Message("It is so dark that it seems to have been taken by night or at dusk.")
        )
    elif high < DIM and scale == "auto":
        warnings.append(
            Message(
                "Its brightest hundredths are {} DN, as over water alone: if it shows land, its "
                "scale is another. Save it as reflectance from 0 to 1, and give that.",
                f"{high:.0f}",
            )
        )
    elif zenith is not None and zenith > MAX_ZENITH:
        warnings.append(
            Message(
                "The sun stood {} degrees above the horizon: shadows hide much of the ground.",
                f"{90 - zenith:.0f}",
            )
        )
    return Reflectance(factor, taken, (about_scale, about_offset), tuple(warnings))


def _scale(sample: Mapping[str, Floats], evidence: Evidence, asked: str) -> tuple[float, Decision]:
    label = Message("Scale")
    dn, one = Message("0 to 10000 (DN)"), Message("0 to 1 (reflectance)")
    if asked != "auto":
        factors = {
            "dn": (1.0, dn),
            "reflectance": (REFLECTANCE_SCALE, one),
            "uint16": (REFLECTANCE_SCALE / FULL_SCALE, Message("0 to 65535")),
        }
        factor, value = factors[asked]
        return factor, Decision("optical_scale", label, value, Message("as chosen"), "user")
    declared = {scale for scale, _ in evidence.scales}
    if len(set(evidence.scales)) > 1:
        raise SceneError(
            Message("{}: its bands declare several scales or offsets.", evidence.name),
            Message("Save them with one, as DN or reflectance."),
            problem="optical-scales-differ",
        )
    high = max(float(np.percentile(values, 98)) for values in sample.values())
    if declared != {1.0}:
        (scale,) = declared
        if high * scale * REFLECTANCE_SCALE < MIN_DN and high > MIN_REFLECTANCE:
            # Some writers keep the scale of values that they have already scaled.
            raise _unknown_scale(evidence.name, high)
        why = Message("the file declares {}", f"{scale:g}")
        return scale * REFLECTANCE_SCALE, Decision("optical_scale", label, dn, why, "file")
    if evidence.metadata is not None and evidence.metadata.quantification != REFLECTANCE_SCALE:
        quantification = evidence.metadata.quantification
        why = Message("the product's metadata declare {}", f"{quantification:g}")
        factor = REFLECTANCE_SCALE / quantification
        return factor, Decision("optical_scale", label, dn, why, "file")
    top = max(float(values.max()) for values in sample.values())
    is_whole = "int" in evidence.dtype
    if is_whole and is_landsat_level_2(evidence.texts):
        why = Message("as Landsat's Collection 2 has it: {}", f"{LANDSAT_SCALE:g}")
        factor = LANDSAT_SCALE * REFLECTANCE_SCALE
        return factor, Decision("optical_scale", label, dn, why, "file")
    why = Message("the brightest hundredths are {}", f"{high:.4g}")
    if not is_whole and high <= MAX_REFLECTANCE:
        return REFLECTANCE_SCALE, Decision("optical_scale", label, one, why, "values")
    whole = is_whole or all(bool((v == np.round(v)).all()) for v in sample.values())
    if whole and MAX_PICTURE * 0.9 <= top <= MAX_PICTURE:
        raise picture_error(evidence.name)
    if (is_whole or high >= MIN_DN) and high <= MAX_DN:
        return 1.0, Decision("optical_scale", label, dn, why, "values")
    raise _unknown_scale(evidence.name, high)


def _unknown_scale(name: str, high: float) -> SceneError:
    return SceneError(
        Message(
            "{}: the values (98 % below {}) do not show whether they are DN or reflectance.",
            name,
            f"{high:.4g}",
        ),
        Message(
            "Set the scale yourself: 0 to 10000 (dn), 0 to 1 (reflectance) or 0 to 65535 (uint16)."
        ),
        problem="optical-scale-unknown",
    )


def _refuse_no_bands(sample: Mapping[str, Floats], name: str) -> None:
    """Refuse bands that measure nothing: the same everywhere, or the same as another.

    Raises:
        SceneError: If there are any among those that are needed.
    """
    needed = [band for band in (*VISIBLE, "B08", "B8A") if band in sample]
    remedy = Message("Check which bands it holds, and name them yourself; - stands for any other.")
    for place, band in enumerate(needed):
        values = sample[band]
        if values.size < MIN_COMPARED:
            return
        if (values == values[0]).all():
            raise SceneError(
                Message("{} in {} is {} everywhere: it is no band.", band, name, f"{values[0]:g}"),
                remedy,
                problem="optical-band-constant",
            )
        for other in needed[:place]:
            if np.array_equal(values, sample[other]):
                raise SceneError(
                    Message("{} and {} in {} are the same: they are one band.", other, band, name),
                    remedy,
                    problem="optical-bands-same",
                )


def _offset(
    dn: Mapping[str, Floats], evidence: Evidence, asked: int | None
) -> tuple[float, Decision, list[str]]:
    if asked is not None:
        return float(asked), _offset_decision(asked, Message("as chosen"), "user"), []
    is_there, share = _is_offset_there(dn)
    stated = _stated_offset(evidence)
    if stated is not None:
        offset, why = stated
        if offset and share > MAX_BELOW:
            warning = Message(
                "An offset of {} DN should be in the values ({}), but {} of them lie below it: it "
                "seems to have been taken off already.",
                offset,
                why,
                percent(share),
            )
            return 0.0, _offset_decision(0, Message("too low for an offset"), "values"), [warning]
        if not offset and is_there:
            warning = Message(
                "No offset should be in the values ({}), but no band has any below {}: choose an "
                "offset of {} if it looks hazy.",
                why,
                f"{DARKEST:.0f}",
                OFFSET,
            )
            return 0.0, _offset_decision(0, why, "file"), [warning]
        return float(offset), _offset_decision(offset, why, "file"), []
    if not is_there:
        why = Message("{} of the visible values lie below {}", percent(share), f"{DARKEST:.0f}")
        return 0.0, _offset_decision(0, why, "values"), []
    why = Message("no band has values below {}", f"{DARKEST:.0f}")
    if evidence.day is not None and evidence.day < FIRST_DAY:
        warning = Message(
            "{}, as if an offset of {} were in them, but on {} there was none yet, unless it was "
            "processed again: choose the offset yourself if that is so.",
            Message("No band has values below {}", f"{DARKEST:.0f}"),
            OFFSET,
            evidence.day.isoformat(),
        )
        return 0.0, _offset_decision(0, Message("by its date"), "assumed"), [warning]
    unsure: list[str] = []
    if evidence.day is None:
        unsure.append(
            Message(
                "No band has values below {}: an offset of {} DN is taken off. Choose 0 if it gets "
                "too dark.",
                f"{DARKEST:.0f}",
                OFFSET,
            )
        )
    return float(OFFSET), _offset_decision(OFFSET, why, "values"), unsure


def _is_offset_there(dn: Mapping[str, Floats]) -> tuple[bool, float]:
    """Return whether the values look like those with an offset, and the share that does not."""
    low = min(float(np.percentile(values, 1)) for values in dn.values())
    return low >= DARKEST, _middle_share({band: dn[band] < DARKEST for band in VISIBLE})[0]


def _middle_share(pixels: Mapping[str, NDArray[np.bool_]]) -> tuple[float, str]:
    """Return the share of pixels in the band that has neither most nor fewest, and its name."""
    shares = sorted((float(each.mean()), band) for band, each in pixels.items())
    return shares[len(shares) // 2]


def _stated_offset(evidence: Evidence) -> tuple[int, str] | None:
    """Return the offset that tags, metadata or names state, and where."""
    declared = set(evidence.scales)
    if declared != {(1.0, 0.0)} and len(declared) == 1:
        ((scale, offset),) = declared
        taken = round(-offset / scale) if scale else 0
        return taken, Message("the file declares {}", f"{offset:g}")
    if is_landsat_level_2(evidence.texts) and "int" in evidence.dtype:
        return round(-LANDSAT_OFFSET * REFLECTANCE_SCALE), Message(
            "as Landsat's Collection 2 has it"
        )
    for where, text in evidence.texts:
        key = where.upper()
        if key.endswith(("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")):
            try:
                return round(-float(text)), where
            except ValueError:
                continue
        if key.endswith("BOA_OFFSET_APPLIED"):
            return (0 if text.lower() in ("true", "1", "yes") else OFFSET), where
    if origin := harmonised(evidence.texts):
        return 0, Message("harmonised, as the {} says", origin)
    if evidence.metadata is not None and evidence.metadata.offset is not None:
        return evidence.metadata.offset, Message("the product's metadata")
    if evidence.product is not None and evidence.product.baseline is not None:
        baseline = evidence.product.baseline
        offset = OFFSET if baseline >= FIRST_BASELINE else 0
        return offset, Message("processing baseline {}", f"{baseline:05.2f}")
    return None


def _clipped(
    dn: Mapping[str, Floats], taken: float, evidence: Evidence, asked: int | None
) -> list[str]:
    """Return a warning for visible bands without light: the offset was taken off twice.

    Raises:
        SceneError: If there are many such pixels.
    """
    share, band = _middle_share({band: dn[band] - taken <= 1.0 for band in VISIBLE})
    if share < WARNED_CLIPPED:
        return []
    message = Message(
        "{} of {} in {} are 0 or less: the offset of {} DN seems to have been taken off twice.",
        percent(share),
        band,
        evidence.name,
        OFFSET,
    )
    if share < MAX_CLIPPED:
        return [message]
    remedy = Message("Give the product itself, or a harmonised one.")
    if asked:
        remedy = Message("Choose an offset of 0: it is no longer in the values.")
    raise SceneError(message, remedy, problem="optical-offset-twice")


def _offset_decision(offset: int, why: str, by: str) -> Decision:
    value = Message("{} DN, taken off", offset) if offset else Message("none")
    return Decision("optical_offset", Message("Offset"), value, why, by)
