"""Colours of stages, the same in badges, buttons and plots; told apart by colour-blind eyes too."""

from __future__ import annotations

STAGE_COLOURS = {1: "#d55e00", 2: "#0072b2", 3: "#009e73"}
"""From Okabe and Ito's palette."""

RADAR_COLOUR = "#7f7f7f"
DIFFERENCE_COLOUR = "#8a5a9e"
