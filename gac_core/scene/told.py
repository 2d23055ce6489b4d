"""What files say of their bands, gathered from names, tags and descriptions."""

from __future__ import annotations

from dataclasses import dataclass

from gac_core.scene import names


@dataclass(frozen=True)
class FileBands:
    """What a file says of its bands.

    Attributes:
        name: File name.
        product: Everything that speaks of the whole file, as (where, text): name, folder, tags.
        bands: Per band, everything that speaks of it: description, tags, a VRT's source.
    """

    name: str
    product: tuple[tuple[str, str], ...]
    bands: tuple[tuple[tuple[str, str], ...], ...]

    def polarisations(self) -> tuple[str | None, ...]:
        """Per band `VV`, `VH`, `HH`, `HV` or None; a lone band may be named by its file."""
        found = [_named_in(texts)[0] for texts in self.bands]
        if len(found) == 1 and found[0] is None:
            found[0] = _named_in(self.product)[0]
        return tuple(found)

    def where(self, band: int) -> str:
        """Where the polarisation of a band (1-based) is named, or ""."""
        return _named_in((*self.bands[band - 1], *self.product))[1]


def _named_in(texts: tuple[tuple[str, str], ...]) -> tuple[str | None, str]:
    """The first polarisation that a text names, and where it stands."""
    found = ((names.polarisation(text), where) for where, text in texts)
    return next((f for f in found if f[0]), (None, ""))
