"""Which band of which file is VV and which is VH."""

from __future__ import annotations

from dataclasses import dataclass

from gac_core.errors import SceneError
from gac_core.scene import names
from gac_core.scene.told import FileBands

BOTH_NEEDED = "The models need VV and VH together: give a dual-polarised scene (1SDV)."


@dataclass(frozen=True)
class Choice:
    """Which bands are VV and VH, and how that is known.

    Attributes:
        vv: File number and 1-based band of VV.
        vh: The same of VH.
        why: How that is known.
        by: `user`, `file`, or `assumed`: the values may know better.
        warnings: What to tell the user.
    """

    vv: tuple[int, int]
    vh: tuple[int, int]
    why: str
    by: str
    warnings: tuple[str, ...] = ()


def choose_bands(files: tuple[FileBands, ...], vv_band: int | None, vh_band: int | None) -> Choice:
    """Finds VV and VH.

    Args:
        files: One file with both, or the VV file and the VH file.
        vv_band: 1-based band that the user chose for VV in its file; None: find it.
        vh_band: The same for VH.

    Raises:
        SceneError: If there is only one polarisation, another one than VV and VH, or no way to
            tell which is which.
    """
    for label, file, band in (("VV", files[0], vv_band), ("VH", files[-1], vh_band)):
        if band is not None and band > len(file.bands):
            raise SceneError(
                f"Band {band} was chosen for {label}, but {file.name} has {len(file.bands)}.",
                f"Choose a band from 1 to {len(file.bands)}.",
            )
    if len(files) == 2:
        return _from_two(files, vv_band, vh_band)
    return _from_one(files[0], vv_band, vh_band)


def _from_one(file: FileBands, vv_band: int | None, vh_band: int | None) -> Choice:
    count, pols = len(file.bands), file.polarisations()
    if count == 1:
        _refuse_single(file, pols[0])
    if vv_band is not None and vv_band == vh_band:
        raise SceneError(
            f"Band {vv_band} of {file.name} was chosen for both VV and VH.",
            "Choose two different bands.",
        )
    vv = vv_band or _named(file, pols, "VV", vh_band)
    vh = vh_band or _named(file, pols, "VH", vv_band)
    if count == 2 and (vv or vh):
        # Of two bands the one that is left is the other polarisation, unless its name denies it.
        left = 3 - (vv or vh or 0)
        if vv_band or vh_band or pols[left - 1] is None:
            vv, vh = vv or left, vh or left
    if vv and vh:
        why, by = _known(((file, vv, vv_band), (file, vh, vh_band)))
        return Choice((0, vv), (0, vh), why, by, _overridden(file, pols[vv - 1], pols[vh - 1]))
    _refuse_others(file, pols)
    if count == 2 and not any(pols):
        return Choice((0, 1), (0, 2), "nothing names them; VV usually comes first", "assumed")
    if all(pols):
        raise SceneError(f"{file.name} holds {' and '.join(filter(None, pols))}.", BOTH_NEEDED)
    raise SceneError(
        f"{file.name} has {count} bands and does not tell which are VV and VH.",
        "Choose the VV band and the VH band.",
    )


def _from_two(files: tuple[FileBands, ...], vv_band: int | None, vh_band: int | None) -> Choice:
    first, second = files
    chosen = []
    for file, band, label in ((first, vv_band, "VV"), (second, vh_band, "VH")):
        pols = file.polarisations()
        if band is None and len(pols) > 1:
            band = _named(file, pols, label)
            if band is None:
                raise SceneError(
                    f"{file.name} has {len(pols)} bands and does not tell which is {label}.",
                    f"Choose the {label} band.",
                )
        chosen.append((band or 1, pols[(band or 1) - 1]))
    (vv, vv_pol), (vh, vh_pol) = chosen
    turned = (vv_pol, vh_pol) in (("VH", "VV"), ("VH", None), (None, "VV"))
    if turned and vv_band is None and vh_band is None:
        warning = f"The files came VH first: {second.name} is taken as VV, {first.name} as VH."
        why, by = _known(((second, vh, None), (first, vv, None)))
        return Choice((1, vh), (0, vv), why, by, (warning,))
    if vv_band is None and vh_band is None:
        for file, pol in ((first, vv_pol), (second, vh_pol)):
            if pol in ("HH", "HV"):
                _refuse_others(file, (pol,))
        if vv_pol == vh_pol and vv_pol is not None:
            raise SceneError(f"{first.name} and {second.name} are both {vv_pol}.", BOTH_NEEDED)
    why, by = _known(((first, vv, vv_band), (second, vh, vh_band)))
    if not vv_pol and not vh_pol and vv_band is None and vh_band is None:
        why, by = "the files were given in this order; nothing in them names VV or VH", "user"
    return Choice((0, vv), (1, vh), why, by, _overridden(first, vv_pol, vh_pol))


def _known(bands: tuple[tuple[FileBands, int, int | None], ...]) -> tuple[str, str]:
    """How the bands are known and by whom, from (file, band, what the user chose) of each."""
    if any(chosen for _, _, chosen in bands):
        return "as chosen", "user"
    places = dict.fromkeys(filter(None, (file.where(band) for file, band, _ in bands)))
    return f"named in the {' and the '.join(places)}", "file"


def _refuse_single(file: FileBands, pol: str | None) -> None:
    if pol in ("HH", "HV"):
        _refuse_others(file, (pol,))
    missing = {"VV": "VH", "VH": "VV"}.get(pol or "", "a second polarisation")
    held = f"only {pol}" if pol else "a single band"
    raise SceneError(
        f"{file.name} holds {held}; {missing} is missing.",
        f"{BOTH_NEEDED} If {missing} is in a file of its own, give both files.",
    )


def _refuse_others(file: FileBands, pols: tuple[str | None, ...]) -> None:
    """Refuses HH and HV, which the models have never seen."""
    found = sorted({p for p in pols if p in ("HH", "HV")}) or _others_in_product(file)
    if found and "VV" not in pols and "VH" not in pols:
        raise SceneError(
            f"{file.name} holds {' and '.join(found)}; the models only know VV and VH.",
            f"{BOTH_NEEDED} To try all the same, choose the VV band and the VH band yourself.",
        )


def _named(
    file: FileBands, pols: tuple[str | None, ...], pol: str, taken: int | None = None
) -> int | None:
    """The one band of that name, leaving out one that is taken for the other polarisation."""
    found = [band for band, p in enumerate(pols, 1) if p == pol and band != taken]
    if len(found) > 1:
        raise SceneError(
            f"{file.name} has {len(found)} bands named {pol}: {', '.join(map(str, found))}.",
            f"Choose the {pol} band.",
        )
    return found[0] if found else None


def _others_in_product(file: FileBands) -> list[str]:
    """HH and HV, as far as the product's name says that it holds them instead of VV and VH."""
    products = (names.product_polarisations(text) for _, text in file.product)
    found = next(filter(None, products), "")
    return found.split("+") if "HH" in found else []


def _overridden(file: FileBands, vv_pol: str | None, vh_pol: str | None) -> tuple[str, ...]:
    """A warning where a user's choice goes against the names."""
    if {vv_pol, vh_pol} & {"HH", "HV"} or (not vv_pol and not vh_pol and _others_in_product(file)):
        found = " and ".join(filter(None, (vv_pol, vh_pol))) or "HH and HV"
        return (
            f"The bands chosen for VV and VH are {found}: the models have never seen that "
            "polarisation, and what they make of it may be far from the truth.",
        )
    wrong = [
        f"the band chosen for {label} is named {pol}"
        for label, pol in (("VV", vv_pol), ("VH", vh_pol))
        if pol is not None and pol != label
    ]
    return (f"Note: {', '.join(wrong)}.",) if wrong else ()
