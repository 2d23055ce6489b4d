"""Training losses. None contains CFOG, which is reserved for evaluation and early stopping."""

from training.losses.stage_losses import GroundLoss, RefineLoss
from training.sections import GroundWeights, RefineWeights

__all__ = ["GroundLoss", "GroundWeights", "RefineLoss", "RefineWeights"]
