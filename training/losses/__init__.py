"""Training losses. None contains CFOG, which is reserved for evaluation and early stopping."""

from training.losses.stage_losses import GroundLoss, RefineLoss
from training.losses.weights import GroundWeights, RefineWeights, read_weights

__all__ = ["GroundLoss", "GroundWeights", "RefineLoss", "RefineWeights", "read_weights"]
