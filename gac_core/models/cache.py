"""Networks kept in memory between runs: the models of the bundle and device used last."""

from __future__ import annotations

import torch

from gac_core.contract.layout import CARD
from gac_core.models.bundle import Bundle
from gac_core.models.device import free_memory
from gac_core.models.library import Library
from gac_core.models.loading import Models


class ModelCache:
    """Holds one bundle's models; asking for another's lets them go first."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._key: tuple[str, float, str] | None = None
        self._models: Models | None = None

    def get(self, bundle: Bundle, device: torch.device) -> Models:
        """The models of a bundle on a device, from memory where its card has not changed."""
        key = _key(bundle, device)
        if self._models is None or key != self._key:
            self.clear()
            self._key, self._models = key, Models(bundle, self.library, device)
        return self._models

    def holds(self, bundle: Bundle, device: torch.device) -> bool:
        """Whether a bundle's models on a device are wholly in memory."""
        models = self._models
        return models is not None and models.is_loaded and self._key == _key(bundle, device)

    def clear(self) -> None:
        """Give the memory back."""
        self._key = self._models = None
        free_memory()


def _key(bundle: Bundle, device: torch.device) -> tuple[str, float, str]:
    card = bundle.path / CARD
    return str(card.resolve()), card.stat().st_mtime, str(device)
