"""Clouds by s2cloudless, where it is installed and its ten bands are there.

The package (https://github.com/sentinel-hub/sentinel2-cloud-detector) holds its model, made for
level 1C: it needs B10, which level 2A lacks. Its licence (CC BY-SA 4.0) and what it needs keep it
out of GAC's own environment; who installs it there has it used.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np
from scipy.signal import fftconvolve

from gac_core.contract.message import Message
from gac_core.grid import Window
from gac_core.optical.band_reader import BandReader
from gac_core.optical.clouds import CLEAR, HIDDEN, UNKNOWN, States, unknown_error
from gac_core.optical.reflectance import Reflectance
from gac_core.scene.decisions import Decision
from gac_core.scene.positions import BLOCK, blocks_over
from gac_core.scene.radiometry import Floats

BANDS = ("B01", "B02", "B04", "B05", "B08", "B8A", "B09", "B10", "B11", "B12")
"""Bands of its model, in its order."""

THRESHOLD = 0.4
RADIUS = 22
"""Probability above which a pixel is cloudy, and the radius in pixels of 10 m of the disc over
which probabilities are averaged; the package's recommendations."""


CACHED_BLOCKS = 400
"""Blocks of probabilities that are kept (256 KB each): each is averaged into its neighbours too."""


class CloudDetector:
    """States by s2cloudless.

    Attributes:
        decision: The choice with its reason.
    """

    def __init__(self, reader: BandReader, reflectance: Reflectance, name: str) -> None:
        """Load the model.

        Args:
            reader: Reader of the bands.
            reflectance: Scale and offset of its values.
            name: Name of the reference in messages.

        Raises:
            SceneError: If bands or the package are missing.
        """
        self._reader, self._reflectance = reader, reflectance
        missing = [band for band in BANDS if band not in reader.names]
        if missing:
            raise unknown_error(name, Message("there is no mask among its files"))
        try:
            from s2cloudless import S2PixelCloudDetector
        except ImportError as error:
            raise unknown_error(name, Message("s2cloudless is not installed")) from error
        self._model: Any = S2PixelCloudDetector(
            threshold=THRESHOLD, average_over=None, dilation_size=None, all_bands=False
        )
        self._places = [reader.names.index(band) for band in BANDS]
        side = np.arange(-RADIUS, RADIUS + 1)
        disc = np.hypot(*np.meshgrid(side, side)) <= RADIUS
        self._disc = disc / disc.sum()
        self._probabilities: OrderedDict[Window, Floats] = OrderedDict()
        why = Message("its ten bands are there")
        self.decision = Decision(
            "optical_clouds", Message("Clouds"), Message("s2cloudless"), why, "values"
        )

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block."""
        around = block.grown(RADIUS)
        probability = np.zeros(around.shape, np.float32)
        for other in blocks_over(around):
            part = other.intersection(around)
            probability[part.slices(around)] = self._probability(other)[part.slices(other)]
        averaged = fftconvolve(probability, self._disc, mode="valid")
        states = np.where(averaged > THRESHOLD, HIDDEN, CLEAR).astype(np.uint8)
        states[np.isnan(self._reader.block(block)[0])] = UNKNOWN
        return states

    def _probability(self, block: Window) -> Floats:
        """Return the probability of clouds (BLOCK, BLOCK), 0 where there is no data."""
        if block in self._probabilities:
            self._probabilities.move_to_end(block)
            return self._probabilities[block]
        values = self._reflectance.dn(self._reader.block(block)[self._places]) / np.float32(1e4)
        data = np.isfinite(values[0])
        out = np.zeros((BLOCK, BLOCK), np.float32)
        if data.any():
            pixels = np.moveaxis(np.where(data, values, 0.0), 0, -1)[None]
            out[data] = self._model.get_cloud_probability_maps(pixels)[0][data]
        self._probabilities[block] = out
        if len(self._probabilities) > CACHED_BLOCKS:
            self._probabilities.popitem(last=False)
        return out
