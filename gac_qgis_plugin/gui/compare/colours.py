"""Colours of stages in badges, buttons and plots, distinguishable with colour blindness too."""

from __future__ import annotations

STAGE_COLOURS = {1: "#d55e00", 2: "#2a8fd4", 3: "#009e73"}
"""After Okabe and Ito; readable on light and on dark backgrounds."""

RADAR_COLOUR = "#7f7f7f"
DIFFERENCE_COLOUR = "#8a5a9e"
