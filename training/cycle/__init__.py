"""Regressor of stage 3's cycle loss: predicts the radar from an optical image."""

from __future__ import annotations

from training.cycle.regressor import Regressor, read_regressor

__all__ = ["Regressor", "read_regressor"]
