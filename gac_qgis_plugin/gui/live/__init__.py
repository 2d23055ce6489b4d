"""Tiles on the map while a stage computes."""
