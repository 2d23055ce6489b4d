"""The seed and the small bundle of `tests/core/bundles`."""

from tests.core.bundles.conftest import _seeded, base

__all__ = ["_seeded", "base"]
