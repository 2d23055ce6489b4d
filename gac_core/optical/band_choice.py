"""Choice of the bands of an optical reference among those of its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasterio.enums import ColorInterp

from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.optical_options import IGNORED_BAND
from gac_core.optical.layers import OpenFile
from gac_core.optical.product import Text, band_of, is_landsat, is_other, mask_of, usual_order
from gac_core.scene.decisions import Decision

Place = tuple[OpenFile, int]
"""An open file, and a band of it from 1."""

VISIBLE = ("B02", "B03", "B04")
NEAR_INFRARED = ("B08", "B8A")
COLOURS = {ColorInterp.red: "B04", ColorInterp.green: "B03", ColorInterp.blue: "B02"}
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
        masks: Places of each kind of mask (`mask_of`).
        decision: The choice with its reason.
        warnings: For the user.
        stands_in: True if B8A stands in for B08, which the files lack.
    """

    bands: dict[str, list[Place]]
    masks: dict[str, list[Place]]
    decision: Decision
    warnings: list[str] = field(default_factory=list)
    stands_in: bool = False


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
    _refuse_pictures(files)
    why: str = Message("as chosen")
    by, warnings = "user", list[str]()
    if asked:
        bands, masks = _by_user(places, asked)
    else:
        bands, masks, why, by, warnings = _by_names(files)
    stands_in = "B08" not in bands and "B8A" in bands
    if stands_in:
        bands["B08"] = list(bands["B8A"])
        warnings.append(
            Message("It has no B08: B8A, the narrow near infrared of 20 m, stands in for it.")
        )
    missing = [band for band in (*VISIBLE, "B08") if band not in bands]
    if missing:
        raise _missing_error(files, bands, missing)
    listed = ", ".join(band for band in SENSOR_BANDS if band in bands)
    decision = Decision("optical_bands", Message("Optical bands"), listed, why, by)
    return BandChoice(bands, masks, decision, warnings, stands_in)


def _refuse_pictures(files: list[OpenFile]) -> None:
    """Refuse files whose only values are those of a picture, and complex ones."""
    types = {str(kind) for opened in files for kind in opened.file.dtypes}
    if any("complex" in kind for kind in types):
        raise SceneError(
            Message("{} holds complex values.", files[0].name),
            Message("Give Sentinel-2's reflectance."),
            problem="optical-values",
        )
    if types <= {"uint8", "int8"}:
        raise picture_error(files[0].name)


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
            if kind := mask_of(text):
                masks.setdefault(kind, []).append((opened, number))
                break
    return bands, masks


def _texts_of(opened: OpenFile, number: int) -> list[Text]:
    """Return (origin, text) of a band's names; a lone band may be named by its file."""
    texts = list(opened.metadata.bands[number - 1])
    if opened.file.count == 1:
        texts += [text for text in opened.metadata.product if text[0].endswith("name")]
    return texts


def _by_names(files: list[OpenFile]) -> tuple[_Places, _Places, str, str, list[str]]:
    """Return bands, masks, reason, its source and warnings, by names, colours or order."""
    bands: dict[str, list[Place]] = {}
    masks: dict[str, list[Place]] = {}
    warnings: list[str] = []
    reasons: dict[str, None] = {}
    by = "file"
    for opened in files:
        landsat = is_landsat(opened.texts())
        if landsat:
            warnings.append(
                Message("{} is Landsat's: its bands stand in for Sentinel-2's.", opened.name)
            )
        own, kinds, why = _in_file(opened, landsat)
        if not own and not kinds and len(files) == 1:
            own = dict(zip(usual_order(opened.file.count), opened.file.indexes, strict=False))
            if own:
                why, by = (
                    Message("nothing names them, but {} is a usual order", len(own)),
                    "assumed",
                )
                warnings.append(
                    Message(
                        "{} does not name its bands: they are taken as {}.",
                        opened.name,
                        ", ".join(own),
                    )
                )
        for name, number in own.items():
            bands.setdefault(name, []).append((opened, number))
        for kind, numbers in kinds.items():
            masks.setdefault(kind, []).extend((opened, number) for number in numbers)
        if why and own:
            reasons[why] = None
    why = next(iter(reasons), Message("nothing names them"))
    return bands, masks, why, by, warnings


def _in_file(opened: OpenFile, landsat: bool) -> tuple[dict[str, int], dict[str, list[int]], str]:
    """Return band and mask numbers by name, and the origin of the first name."""
    bands: dict[str, int] = {}
    masks: dict[str, list[int]] = {}
    origin = ""
    if opened.file.count > 1 and mask_of(opened.name) == "classi":
        # Opaque clouds, cirrus, and snow, which is no cloud.
        return {}, {"classi": [1, 2]}, ""
    for number in opened.file.indexes:
        for where, text in _texts_of(opened, number):
            if mask := mask_of(text):
                masks.setdefault(mask, []).append(number)
                break
            if is_other(text):
                break
            if band := band_of(text, landsat=landsat):
                if band in bands:
                    raise SceneError(
                        Message("{} has two bands named {}.", opened.name, band),
                        NAME_THEM,
                        problem="optical-band-twice",
                    )
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
            return {**colours, "B08": rest}, {}, Message("from the colours of the bands")
    return bands, masks, origin


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
