"""The regressor of stage 3's cycle loss: what radar an optical image would go with."""

from __future__ import annotations

from training.cycle.regressor import Regressor, read_regressor

__all__ = ["Regressor", "read_regressor"]
