"""Cache of the networks of the bundle and device used last."""

from __future__ import annotations

import torch

from gac_core.contract.layout import CARD
from gac_core.models.bundle import Bundle
from gac_core.models.device import free_memory
from gac_core.models.library import Library
from gac_core.models.loading import Models


class ModelCache:
    """Cache of one bundle's models; requesting another's frees them first."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._key: tuple[str, float, str] | None = None
        self._models: Models | None = None

    def get(self, bundle: Bundle, device: torch.device) -> Models:
        """Return the models of a bundle on a device, from memory if its card has not changed."""
        key = _key(bundle, device)
        if self._models is None or key != self._key:
            self.clear()
            self._key, self._models = key, Models(bundle, self.library, device)
        return self._models

    def holds(self, bundle: Bundle, device: torch.device) -> bool:
        """Return whether a bundle's models on a device are completely in memory."""
        models = self._models
        return models is not None and models.is_loaded and self._key == _key(bundle, device)

    def clear(self) -> None:
        """Free the memory."""
        self._key = self._models = None
        free_memory()


def _key(bundle: Bundle, device: torch.device) -> tuple[str, float, str]:
    card = bundle.path / CARD
    return str(card.resolve()), card.stat().st_mtime, str(device)
