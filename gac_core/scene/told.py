"""What files say of their bands, gathered from names, tags and descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gac_core.scene import names

Text = tuple[str, str]
"""(where it stands, text)."""

_NAMES = ("band description", "VARNAME")
"""Ends of the places where a band's own name stands, and nothing else."""


@dataclass(frozen=True)
class BandName:
    """What a band is by its name.

    Attributes:
        polarisation: `VV`, `VH`, `HH`, `HV`, or None where nothing names one.
        other: The name of what it is instead of backscatter (`angle`), or "".
        where: Where that stands, or "".
    """

    polarisation: str | None = None
    other: str = ""
    where: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the band may still be either polarisation."""
        return self.polarisation is None and not self.other


@dataclass(frozen=True)
class FileBands:
    """What a file says of its bands.

    Attributes:
        name: File name.
        product: Everything that speaks of the whole file, as (where, text): name, folder, tags.
        bands: Per band, everything that speaks of it: description, tags, a VRT's source.
        tags: All tags of the file.
        band_tags: Per band all its tags, and those of a VRT's source.
    """

    name: str
    product: tuple[Text, ...]
    bands: tuple[tuple[Text, ...], ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    band_tags: tuple[Mapping[str, str], ...] = ()

    def band_names(self) -> tuple[BandName, ...]:
        """Return what each band is by its name; a lone band may be named by its file."""
        if len(self.bands) == 1:
            return (_named_in((*self.bands[0], *self.product)),)
        own = [words for texts in self.bands if (words := _own_words(texts)) is not None]
        # What all bands are called says nothing about one of them.
        common = frozenset.intersection(*own) if len(own) > 1 else frozenset()
        return tuple(_named_in(texts, common) for texts in self.bands)

    def polarisations(self) -> tuple[str | None, ...]:
        """Return per band `VV`, `VH`, `HH`, `HV` or None."""
        return tuple(band.polarisation for band in self.band_names())

    def only(self) -> str | None:
        """Return the polarisation if name, product type or tags of the file name just one."""
        return next(
            filter(None, (names.single_polarisation(text) for _, text in self.product)), None
        )

    def where(self, band: int) -> str:
        """Return where the polarisation of a band (1-based) is named, or ""."""
        return self.band_names()[band - 1].where


def _own_words(texts: tuple[Text, ...]) -> frozenset[str] | None:
    """The words of a band's own name, None where it has none."""
    return next((names.words(text) for where, text in texts if where.endswith(_NAMES)), None)


def _named_in(texts: tuple[Text, ...], common: frozenset[str] | None = None) -> BandName:
    """What the first text says that names a polarisation or something else.

    Args:
        texts: What speaks of a band.
        common: Words that say nothing because all bands of the file bear them; None: it is the only
            band, which may be called as its file is.
    """
    for where, text in texts:
        of_band = where.endswith(_NAMES)
        of_angle = where.endswith("unit") and names.is_unit_of_something_else(text)
        if of_angle or names.is_another_quantity(text, of_band=of_band):
            return BandName(None, text, where)
        if pol := names.polarisation(text) if of_band else names.single_polarisation(text):
            return BandName(pol, "", where)
        if of_band and common is not None and not names.is_neutral(names.words(text) - common):
            return BandName(None, text, where)
    return BandName()
