"""What tests of training share with those of the engine."""

from __future__ import annotations

from tests.core.conftest import shared_data

__all__ = ["shared_data"]
