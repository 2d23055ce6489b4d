"""Scores of images."""

from training.scores.image import HIGHER_IS_BETTER, SCORES, score_image

__all__ = ["HIGHER_IS_BETTER", "SCORES", "score_image"]
