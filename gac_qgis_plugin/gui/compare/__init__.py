"""Comparison of a run's stages with each other and with the radar."""
