"""What training minimises. CFOG is in none of it: it judges, and stops training."""

from training.losses.ground import GroundLoss
from training.losses.refine import RefineLoss
from training.losses.weights import GroundWeights, RefineWeights, read_weights

__all__ = ["GroundLoss", "GroundWeights", "RefineLoss", "RefineWeights", "read_weights"]
