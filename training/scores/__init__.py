"""Scores of images."""

from training.scores.image import HIGHER_IS_BETTER, SCORES, score_image
from training.scores.intervals import Interval, interval

__all__ = ["HIGHER_IS_BETTER", "SCORES", "Interval", "interval", "score_image"]
