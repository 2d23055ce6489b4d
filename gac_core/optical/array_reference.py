"""Optical reference of an in-memory image; quick to import, without PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.optical.fusion import Floats, fuse
from gac_core.optical.use import shown_bands, shows_tokens


@dataclass(frozen=True)
class ArrayReference:
    """Optical reference of an in-memory image, used as a run uses one.

    Attributes:
        values: (12, H, W) DN, NaN where it is not clear, and throughout in bands that it lacks.
        keep: Keep its clear pixels; False: it is of another date and only guides.
        modality: Modality of the radar beside it.
    """

    values: Floats
    keep: bool
    modality: str

    @cached_property
    def bands(self) -> list[str]:
        """Bands that it has."""
        return [
            band
            for band, values in zip(S2_BANDS, self.values, strict=True)
            if np.isfinite(values).any()
        ]

    @cached_property
    def clear(self) -> Floats:
        """The values, NaN in all bands where any of its bands is NaN."""
        held = [S2_BANDS.index(band) for band in self.bands]
        whole = np.isfinite(self.values[held]).all(axis=0) & bool(held)
        return np.where(whole, self.values, np.float32(np.nan))

    @property
    def keeps(self) -> bool:
        """True if it has clear pixels, which are kept."""
        return self.keep and bool(self.bands)

    @property
    def shows_tokens(self) -> bool:
        """True if stage 1 is shown what is observed."""
        return self.keep and shows_tokens(self.bands)

    def shown(self) -> Floats:
        """Return what stage 1 is shown, (12, H, W)."""
        return shown_bands(self.clear, self.bands)

    def fused(self, image: Floats, s1: Floats, place: tuple[int, int]) -> Floats:
        """Return a stage's image (C, H, W) with the reference fused into it.

        Args:
            image: The image, of all bands or of the output bands.
            s1: (2, H, W) dB.
            place: Row and column of the images' corner on the world grid.
        """
        bands = S2_BANDS if len(image) == len(S2_BANDS) else OUTPUT_BANDS
        window = Window(*place, *image.shape[1:])
        # Fusion works on cells of the world grid: those at the edges have neighbours beyond.
        context = window.grown(TOKEN)
        margin = ((0, 0), (TOKEN, TOKEN), (TOKEN, TOKEN))
        generated, clear, radar = (
            np.pad(values, margin, constant_values=np.nan) for values in (image, self.clear, s1)
        )
        return fuse(
            generated, clear, radar, self.modality, context, bands, keep=self.keep, needed=window
        )
