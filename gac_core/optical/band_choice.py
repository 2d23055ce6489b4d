"""Choice of the bands of an optical reference among those of its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rasterio.enums import ColorInterp

from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.optical_options import IGNORED_BAND
from gac_core.optical import names
from gac_core.optical.layers import OpenFile
from gac_core.scene import metadata
from gac_core.scene.dates import axis_dates, dates_in
from gac_core.scene.decisions import Decision

Place = tuple[OpenFile, int]
"""An open file, and a band of it from 1."""

VISIBLE = ("B02", "B03", "B04")
NEAR_INFRARED = ("B08", "B8A")
NEEDED = (*VISIBLE, "B08")
COLOURS = {ColorInterp.red: "B04", ColorInterp.green: "B03", ColorInterp.blue: "B02"}
DATES = Message(
    "Give the files of one date, and run once for each. If they are of one date, set it yourself."
)
MIN_COUNTED = 4
"""Bands from which on names such as b1, b2, b3 count rather than name Sentinel-2's."""
MAX_LISTED = 16
"""Maximum number of bands listed in a message."""

NAME_THEM = Message(
    "Name its bands yourself, in file order, such as B02,B03,B04,B08; - stands for any other."
)


@dataclass
class BandChoice:
    """Choice of bands.

    Attributes:
        bands: Places of each of Sentinel-2's bands; several files may hold it side by side.
        masks: Places of each kind of mask (`names.mask_of`).
        decision: The choice with its reason.
        warnings: For the user.
        stands_in: True if B8A stands in for B08, which the files lack.
        empty: Bands that were left out because they hold nothing.
    """

    bands: dict[str, list[Place]]
    masks: dict[str, list[Place]]
    decision: Decision
    warnings: list[str] = field(default_factory=list)
    stands_in: bool = False
    empty: tuple[str, ...] = ()


def choose_bands(files: list[OpenFile], asked: tuple[str, ...]) -> BandChoice:
    """Choose the bands of an optical reference.

    Args:
        files: Its files.
        asked: Names of all their bands in order, as the user gave them; empty: decide.

    Raises:
        RequestError: If the user named another number of bands.
        SceneError: If they are pictures, or if B02, B03, B04 and B08 or B8A are not among them.
    """
    places = [(opened, number) for opened in files for number in opened.file.indexes]
    _refuse_pictures(places, asked)
    why: str = Message("as chosen")
    by, warnings = "user", list[str]()
    if asked:
        bands, masks = _by_user(places, asked)
    else:
        bands, masks, why, by, warnings = _by_names(files)
    stands_in = _let_stand_in(bands, warnings)
    missing = [band for band in NEEDED if band not in bands]
    if missing:
        raise _missing_error(files, bands, missing)
    decision = Decision("optical_bands", Message("Optical bands"), _listed(bands), why, by)
    return BandChoice(bands, masks, decision, warnings, stands_in)


def without_bands(choice: BandChoice, empty: Iterable[str]) -> BandChoice:
    """Return a choice without bands that hold nothing; B8A may then stand in for B08."""
    empty = tuple(band for band in SENSOR_BANDS if band in empty)
    bands = {band: places for band, places in choice.bands.items() if band not in empty}
    warnings = [
        *choice.warnings,
        Message("{}: no values, or one everywhere; left out.", ", ".join(empty)),
    ]
    stands_in = choice.stands_in or _let_stand_in(bands, warnings)
    decision = replace(choice.decision, value=_listed(bands))
    return BandChoice(bands, choice.masks, decision, warnings, stands_in, (*choice.empty, *empty))


def _let_stand_in(bands: dict[str, list[Place]], warnings: list[str]) -> bool:
    """Return whether B8A stands in for B08, after it was put in its place."""
    if "B08" in bands or "B8A" not in bands:
        return False
    bands["B08"] = list(bands["B8A"])
    warnings.append(
        Message("It has no B08: B8A, the narrow near infrared of 20 m, stands in for it.")
    )
    return True


def _listed(bands: Iterable[str]) -> str:
    return ", ".join(band for band in SENSOR_BANDS if band in bands)


def _refuse_pictures(places: list[Place], asked: tuple[str, ...]) -> None:
    """Refuse files whose only values are those of a picture, complex ones, and masks alone."""
    name = places[0][0].name
    types = {str(opened.file.dtypes[number - 1]) for opened, number in places}
    if any("complex" in kind for kind in types):
        raise SceneError(
            Message("{} holds complex values.", name),
            Message("Give Sentinel-2's reflectance."),
            problem="optical-values",
        )
    bands = [place for place in places if not _is_mask(*place)]
    if asked:
        named = (p for p, band in zip(places, asked, strict=False) if band != IGNORED_BAND)
        bands = list(named) or places
    if not bands:
        raise SceneError(
            Message("{} holds no bands of Sentinel-2.", name),
            Message("Give the image that it belongs to, and the mask beside it."),
            problem="optical-mask-alone",
        )
    if {str(opened.file.dtypes[number - 1]) for opened, number in bands} <= {"uint8", "int8"}:
        raise picture_error(bands[0][0].name)


def _is_mask(opened: OpenFile, number: int) -> bool:
    texts = _texts_of(opened, number)
    if opened.file.count > 1 and names.mask_of(opened.name) == "classi":
        return True
    return any(names.mask_of(text) or names.is_other(text) for _, text in texts[:1])


def picture_error(name: str) -> SceneError:
    """Return the error for a picture that was stretched for display."""
    return SceneError(
        Message("{} is an 8-bit picture: stretched for display, its reflectance is lost.", name),
        Message("Give the bands themselves, as 16-bit or floating-point values."),
        problem="optical-picture",
    )


_Places = dict[str, list[Place]]


def _by_user(places: list[Place], asked: tuple[str, ...]) -> tuple[_Places, _Places]:
    """Return bands as the user named them, and the masks among the others by their names."""
    if len(asked) != len(places):
        raise RequestError(
            Message("{} bands were named, and the optical files have {}.", len(asked), len(places)),
            Message("Name all of them in file order; - stands for any that is no band."),
            problem="optical-bands-count",
        )
    bands: _Places = {}
    masks: _Places = {}
    for name, (opened, number) in zip(asked, places, strict=True):
        if name != IGNORED_BAND:
            bands.setdefault(name, []).append((opened, number))
            continue
        for _, text in _texts_of(opened, number):
            if kind := names.mask_of(text):
                masks.setdefault(kind, []).append((opened, number))
                break
    return bands, masks


def _texts_of(opened: OpenFile, number: int) -> list[names.Text]:
    """Return (origin, text) of a band's names; a lone band may be named by its file."""
    texts = list(opened.metadata.bands[number - 1])
    if opened.file.count == 1:
        texts += [text for text in opened.metadata.product if text[0].endswith("name")]
    return texts


def _by_names(files: list[OpenFile]) -> tuple[_Places, _Places, str, str, list[str]]:
    """Return bands, masks, reason, its source and warnings, by names, colours or order."""
    bands: dict[str, list[Place]] = {}
    masks: dict[str, list[Place]] = {}
    warnings: dict[str, None] = {}
    reasons: dict[str, None] = {}
    by = "file"
    of_landsat = next((each for each in files if names.is_landsat(each.texts())), None)
    for opened in files:
        landsat = names.is_landsat(opened.texts())
        own, kinds, why = _in_file(opened, landsat)
        if not own and not kinds and len(files) == 1:
            own = _in_usual_order(opened)
            if own:
                why, by = (
                    Message("nothing names them, but {} is a usual order", len(own)),
                    "assumed",
                )
                warning = Message(
                    "{} does not name its bands: they are taken as {}.", opened.name, ", ".join(own)
                )
                warnings[warning] = None
        for name, number in own.items():
            bands.setdefault(name, []).append((opened, number))
        for kind, numbers in kinds.items():
            masks.setdefault(kind, []).extend((opened, number) for number in numbers)
        if why and own:
            reasons[why] = None
    if of_landsat is not None and bands:
        about = Message("{} is Landsat's: its bands stand in for Sentinel-2's.", of_landsat.name)
        warnings[about] = None
    why = next(iter(reasons), Message("nothing names them"))
    return bands, masks, why, by, list(warnings)


def _in_usual_order(opened: OpenFile) -> dict[str, int]:
    """Return the bands of a file without names by their usual order; empty if there is none.

    Raises:
        SceneError: If its bands have names, which are not understood.
    """
    own = _own_names(opened)
    words = [metadata.words(text) for text in own if text]
    common = frozenset.intersection(*words) if len(words) > 1 else frozenset[str]()
    if names.only_count(own) or not all(metadata.is_neutral(each - common) for each in words):
        raise _unknown_error(opened)
    colours = zip(opened.file.colorinterp, opened.file.indexes, strict=True)
    numbers = [number for colour, number in colours if colour != ColorInterp.alpha]
    return dict(zip(names.usual_order(len(numbers)), numbers, strict=False))


def _own_names(opened: OpenFile) -> list[str]:
    """Return the bands' descriptions, or those of their sources; empty where there is none."""
    return [
        next((text for where, text in texts if where.endswith("band description")), "")
        for texts in opened.metadata.bands
    ]


def _unknown_error(opened: OpenFile) -> SceneError:
    return SceneError(
        Message(
            "{} names its bands {}: which of Sentinel-2's they are is not known.",
            opened.name,
            ", ".join(_own_names(opened)[:MAX_LISTED]),
        ),
        NAME_THEM,
        problem="optical-names-unknown",
    )


def _in_file(opened: OpenFile, landsat: bool) -> tuple[dict[str, int], dict[str, list[int]], str]:
    """Return band and mask numbers by name, and the origin of the first name."""
    bands: dict[str, int] = {}
    masks: dict[str, list[int]] = {}
    origin = ""
    if opened.file.count > 1 and names.mask_of(opened.name) == "classi":
        # Opaque clouds, cirrus, and snow, which is no cloud.
        return {}, {"classi": [1, 2]}, ""
    counted = opened.file.count >= MIN_COUNTED and names.only_count(_own_names(opened))
    if counted and not landsat:
        raise _unknown_error(opened)
    has_broad = any(names.names_broad_nir(t) for texts in opened.metadata.bands for _, t in texts)
    for number in opened.file.indexes:
        for where, text in _texts_of(opened, number):
            if mask := names.mask_of(text):
                masks.setdefault(mask, []).append(number)
                break
            if names.is_other(text):
                break
            if band := names.band_of(text, landsat=landsat):
                if has_broad and band == "B08" and not names.names_broad_nir(text):
                    band = "B8A"
                if band in bands:
                    raise _twice_error(opened, band, (bands[band], number))
                bands[band] = number
                origin = origin or Message("from the {}", where)
                break
    if not bands and not masks:
        colours = {
            COLOURS[colour]: number
            for colour, number in zip(opened.file.colorinterp, opened.file.indexes, strict=True)
            if colour in COLOURS
        }
        if len(colours) == 3 and opened.file.count == 4:
            (rest,) = set(opened.file.indexes) - set(colours.values())
            if opened.file.colorinterp[rest - 1] != ColorInterp.alpha:
                # GDAL calls the fourth of four bands alpha, be it one or the near infrared.
                colours["B08"] = rest
            return colours, {}, Message("from the colours of the bands")
    return bands, masks, origin


def _twice_error(opened: OpenFile, band: str, numbers: tuple[int, int]) -> SceneError:
    """Return the error for a band that is there twice: of two dates, or called alike."""
    texts = (opened.metadata.bands[number - 1] for number in numbers)
    days = [{when.date() for _, text in each for when in dates_in(text)} for each in texts]
    axis = axis_dates(opened.metadata.tags)
    if len(axis) > 1 or (all(days) and days[0] != days[1]):
        dates = sorted(axis or days[0] | days[1])
        return several_dates_error(opened.name, dates)
    return SceneError(
        Message("{} has two bands named {}.", opened.name, band),
        NAME_THEM,
        problem="optical-band-twice",
    )


def several_dates_error(name: str, days: Iterable[date]) -> SceneError:
    """Return the error for files of several dates."""
    return SceneError(
        Message(
            "The optical files, from {} on, are of several dates: {}.",
            name,
            ", ".join(day.isoformat() for day in list(days)[:MAX_LISTED]),
        ),
        DATES,
        problem="optical-dates-differ",
    )


def masks_in(opened: OpenFile) -> _Places:
    """Return the places of each kind of mask in a file."""
    kinds = _in_file(opened, landsat=False)[1]
    return {kind: [(opened, number) for number in numbers] for kind, numbers in kinds.items()}


def _missing_error(
    files: list[OpenFile], bands: dict[str, list[Place]], missing: list[str]
) -> SceneError:
    count = sum(opened.file.count for opened in files)
    name = files[0].name if len(files) == 1 else Message("The optical files")
    if not bands:
        return SceneError(
            Message("{}: nothing names the bands, and {} have no usual order.", name, count),
            NAME_THEM,
            problem="optical-bands-unknown",
        )
    return SceneError(
        Message(
            "{}: of Sentinel-2's bands there are {}; missing: {}.",
            name,
            ", ".join(sorted(bands)[:MAX_LISTED]),
            ", ".join(missing),
        ),
        Message(
            "B02, B03, B04 and B08 are needed. If they are there by another name: {}", NAME_THEM
        ),
        problem="optical-bands-missing",
    )
