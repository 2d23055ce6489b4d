"""Comparing the stages of a run with each other and with the radar."""
