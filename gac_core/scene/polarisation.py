"""Choice of VV and VH among the bands of one or two files."""

from __future__ import annotations

from dataclasses import dataclass

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, all_of, join, later
from gac_core.scene import metadata
from gac_core.scene.metadata import BandName, FileMetadata

BOTH_NEEDED = Message("The models need VV and VH together: give a dual-polarised scene (1SDV).")

MAX_LISTED = 4
"""Maximum number of bands listed in a message."""


@dataclass(frozen=True)
class BandChoice:
    """Choice of the VV and VH bands, with its reason.

    Attributes:
        vv: File number and 1-based band of VV.
        vh: The same for VH.
        why: Reason of the choice.
        by: `user`, `file`, or `assumed`: the values may contradict it.
        warnings: For the user.
        inferred: `VV` or `VH` if only the other one is named and this is the remaining band.
    """

    vv: tuple[int, int]
    vh: tuple[int, int]
    why: str
    by: str
    warnings: tuple[str, ...] = ()
    inferred: str = ""


def choose_bands(
    files: tuple[FileMetadata, ...], vv_band: int | None, vh_band: int | None
) -> BandChoice:
    """Choose the VV and VH bands.

    Args:
        files: One file with both, or the VV file and the VH file.
        vv_band: 1-based band chosen by the user for VV in its file; None: detect it.
        vh_band: The same for VH.

    Raises:
        SceneError: If there is only one polarisation, one other than VV and VH, or no way to
            distinguish them.
    """
    for label, file, band in (("VV", files[0], vv_band), ("VH", files[-1], vh_band)):
        if band is not None and band > len(file.bands):
            raise SceneError(
                Message(
                    "Band {} was chosen for {}, but {} has {}.",
                    band,
                    label,
                    file.name,
                    len(file.bands),
                ),
                Message("Choose a band from 1 to {}.", len(file.bands)),
                problem="band-out-of-range",
            )
    if len(files) == 2:
        return _from_two(files, vv_band, vh_band)
    return _from_one(files[0], vv_band, vh_band)


def _from_one(file: FileMetadata, vv_band: int | None, vh_band: int | None) -> BandChoice:
    count, bands = len(file.bands), file.band_names()
    pols = tuple(band.polarisation for band in bands)
    if count == 1:
        _refuse_single(file, bands[0])
    if vv_band is not None and vv_band == vh_band:
        raise SceneError(
            Message("Band {} of {} was chosen for both VV and VH.", vv_band, file.name),
            Message("Choose two different bands."),
            problem="band-chosen-twice",
        )
    vv = vv_band or _band_named(file, pols, "VV", vh_band)
    vh = vh_band or _band_named(file, pols, "VH", vv_band)
    inferred = ""
    if count == 2 and bool(vv) != bool(vh):
        # Of two bands, the remaining one is the other polarisation, unless its name denies it.
        remaining = bands[2 - (vv or vh or 0)]
        if remaining.is_open:
            _refuse_only(file)
            inferred = "VH" if vv else "VV"
        if inferred or ((vv_band or vh_band) and remaining.polarisation):
            other = 3 - (vv or vh or 0)
            vv, vh = vv or other, vh or other
    if vv and vh:
        why, by = _known(((file, vv, vv_band), (file, vh, vh_band)))
        warnings = _override_warnings(file, bands[vv - 1], bands[vh - 1])
        return BandChoice((0, vv), (0, vh), why, by, warnings, inferred)
    _refuse_others(file, pols)
    if count == 2 and all(band.is_open for band in bands):
        _refuse_only(file)
        return BandChoice(
            (0, 1), (0, 2), Message("nothing names them; VV usually comes first"), "assumed"
        )
    if all(pols):
        raise SceneError(
            Message("{} holds {}.", file.name, all_of(filter(None, pols))),
            BOTH_NEEDED,
            problem="polarisations-not-both",
        )
    if (vv or vh) and all(pol or not band.is_open for pol, band in zip(pols, bands, strict=True)):
        raise _missing_error(file, "VV" if vv else "VH", bands)
    if not any(band.is_open or band.polarisation for band in bands):
        raise SceneError(
            Message(
                "{} names its bands {}, none of them VV or VH.", file.name, _list_others(bands)
            ),
            Message("{} If two of these bands are VV and VH, choose them yourself.", BOTH_NEEDED),
            problem="bands-of-other-names",
        )
    raise SceneError(
        Message("{} has {} bands and does not say which are VV and VH.", file.name, count),
        Message("Choose the VV band and the VH band."),
        problem="bands-unnamed",
    )


def _from_two(
    files: tuple[FileMetadata, ...], vv_band: int | None, vh_band: int | None
) -> BandChoice:
    first, second = files
    chosen = []
    for file, band, label in ((first, vv_band, "VV"), (second, vh_band, "VH")):
        names = file.band_names()
        pols = tuple(name.polarisation for name in names)
        if band is None and len(pols) > 1:
            # The files may have been given in reverse order.
            band = _band_named(file, pols, label) or _band_named(
                file, pols, "VH" if label == "VV" else "VV"
            )
            if band is None:
                raise SceneError(
                    Message(
                        "{} has {} bands and does not say which is {}.",
                        file.name,
                        len(pols),
                        label,
                    ),
                    Message("Choose the {} band.", label),
                    problem="band-unnamed",
                )
        name = names[(band or 1) - 1]
        if band is None and name.other:
            raise SceneError(
                Message("{} is no {}: the {} says {}.", file.name, label, name.where, name.other),
                Message(
                    "{} If it is {} all the same, choose its band yourself.", BOTH_NEEDED, label
                ),
                problem="band-of-another-polarisation",
            )
        chosen.append((band or 1, name))
    (vv, vv_name), (vh, vh_name) = chosen
    vv_pol, vh_pol = vv_name.polarisation, vh_name.polarisation
    by_hand = vv_band is not None or vh_band is not None
    inferred = ""
    if not by_hand and None in (vv_pol, vh_pol) and (vv_pol or vh_pol):
        inferred = "VH" if "VV" in (vv_pol, vh_pol) else "VV"
    is_reversed = (vv_pol, vh_pol) in (("VH", "VV"), ("VH", None), (None, "VV"))
    if is_reversed and not by_hand:
        warning = Message(
            "The files came VH first: {} is taken as VV, {} as VH.", second.name, first.name
        )
        why, by = _known(((second, vh, None), (first, vv, None)))
        return BandChoice((1, vh), (0, vv), why, by, (warning,), inferred)
    if not by_hand:
        for file, pol in ((first, vv_pol), (second, vh_pol)):
            if pol in ("HH", "HV"):
                _refuse_others(file, (pol,))
        if vv_pol == vh_pol and vv_pol is not None:
            raise SceneError(
                Message("{} and {} are both {}.", first.name, second.name, vv_pol),
                BOTH_NEEDED,
                problem="polarisation-twice",
            )
    why, by = _known(((first, vv, vv_band), (second, vh, vh_band)))
    if not vv_pol and not vh_pol and not by_hand:
        why, by = Message("nothing names them; VV usually comes first"), "assumed"
    return BandChoice(
        (0, vv), (1, vh), why, by, _override_warnings(first, vv_name, vh_name), inferred
    )


def _known(bands: tuple[tuple[FileMetadata, int, int | None], ...]) -> tuple[str, str]:
    """Return the reason and source of a choice, from (file, band, user's choice) of each."""
    if any(chosen for _, _, chosen in bands):
        return Message("as chosen"), "user"
    origins = dict.fromkeys(filter(None, (file.where(band) for file, band, _ in bands)))
    return Message("named in the {}", all_of(origins, later("{} and the {}"))), "file"


def _refuse_single(file: FileMetadata, band: BandName) -> None:
    pol = band.polarisation
    if pol in ("HH", "HV"):
        _refuse_others(file, (pol,))
    if band.other:
        raise SceneError(
            Message("{} holds a single band, and that is not radar ({}).", file.name, band.other),
            BOTH_NEEDED,
            problem="single-band-not-radar",
        )
    missing = {"VV": "VH", "VH": "VV"}.get(pol or "", Message("a second polarisation"))
    content = Message("only {}", pol) if pol else Message("a single band")
    raise SceneError(
        Message("{} holds {}; {} is missing.", file.name, content, missing),
        Message("{} If {} is in a file of its own, give both files.", BOTH_NEEDED, missing),
        problem="polarisation-missing",
    )


def _refuse_only(file: FileMetadata) -> None:
    """Refuse unnamed bands in a file that states a single polarisation."""
    only = file.only()
    if only in ("HH", "HV"):
        _refuse_others(file, (only,))
    if only:
        missing = "VH" if only == "VV" else "VV"
        raise SceneError(
            Message(
                "{} holds only {}, as its name or tags say; {} is missing.",
                file.name,
                only,
                missing,
            ),
            Message(
                "{} If {} is in a file of its own, give both files, and choose the {} "
                "band. If it is one of these, choose the VV band and the VH band "
                "yourself.",
                BOTH_NEEDED,
                missing,
                only,
            ),
            problem="polarisation-only-by-name",
        )


def _missing_error(file: FileMetadata, pol: str, bands: tuple[BandName, ...]) -> SceneError:
    """Return the error for one polarisation with bands of other quantities: an angle, a ratio."""
    missing = "VH" if pol == "VV" else "VV"
    return SceneError(
        Message(
            "{} holds only {}, with {}; {} is missing.",
            file.name,
            pol,
            _list_others(bands),
            missing,
        ),
        Message("{} If {} is in a file of its own, give both files.", BOTH_NEEDED, missing),
        problem="polarisation-missing-with-others",
    )


def _list_others(bands: tuple[BandName, ...]) -> str:
    """Return a list of the other quantities in bands, for a message."""
    others = [f"{band.other!r}" for band in bands if band.other]
    return ", ".join(others[:MAX_LISTED]) + (", …" if len(others) > MAX_LISTED else "")


def _refuse_others(file: FileMetadata, pols: tuple[str | None, ...]) -> None:
    """Refuse HH and HV, on which the models were not trained."""
    others = sorted({p for p in pols if p in ("HH", "HV")}) or _others_in_product(file)
    if others and "VV" not in pols and "VH" not in pols:
        raise SceneError(
            Message("{} holds {}; the models only know VV and VH.", file.name, all_of(others)),
            Message(
                "{} To try all the same, choose the VV band and the VH band yourself.", BOTH_NEEDED
            ),
            problem="polarisations-not-supported",
        )


def _band_named(
    file: FileMetadata, pols: tuple[str | None, ...], pol: str, taken: int | None = None
) -> int | None:
    """Return the only band of that name, except one that is taken for the other polarisation."""
    matches = [band for band, p in enumerate(pols, 1) if p == pol and band != taken]
    if len(matches) > 1:
        raise SceneError(
            Message(
                "{} has {} bands named {}: {}.",
                file.name,
                len(matches),
                pol,
                ", ".join(map(str, matches)),
            ),
            Message("Choose the {} band.", pol),
            problem="polarisation-repeated",
        )
    return matches[0] if matches else None


def _others_in_product(file: FileMetadata) -> list[str]:
    """Return HH and HV if the product's name states them instead of VV and VH."""
    products = (metadata.product_polarisations(text) for _, text in file.product)
    stated = next(filter(None, products), "")
    return stated.split("+") if "HH" in stated else []


def _override_warnings(file: FileMetadata, vv: BandName, vh: BandName) -> tuple[str, ...]:
    """Return a warning if a user's choice contradicts the names."""
    pols = (vv.polarisation, vh.polarisation)
    if set(pols) & {"HH", "HV"} or (not any(pols) and _others_in_product(file)):
        named = all_of(filter(None, pols)) or Message("HH and HV")
        return (
            Message(
                "The bands chosen for VV and VH are {}: the models have never seen that "
                "polarisation, and what they make of it may be far from the truth.",
                named,
            ),
        )
    wrong = [
        Message("the band chosen for {} is named {}", label, band.polarisation or band.other)
        for label, band in (("VV", vv), ("VH", vh))
        if band.other or band.polarisation not in (None, label)
    ]
    return (Message("Note: {}.", join(wrong, ", ")),) if wrong else ()
