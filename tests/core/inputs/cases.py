"""All bad inputs, by theme."""

from __future__ import annotations

from tests.core.inputs import (
    adapters,
    bundles,
    extents,
    names,
    occupied,
    optical,
    places,
    radar_bands,
    radar_changes,
    radar_files,
    radar_ground,
    radar_odd,
    radar_pairs,
    radar_values,
    requests,
    weights,
)
from tests.core.inputs.case import Case

THEMES: dict[str, tuple[Case, ...]] = {
    "Bands": radar_bands.CASES,
    "Values and units": radar_values.CASES,
    "Place and size": radar_ground.CASES,
    "Files": (*radar_files.CASES, *radar_changes.CASES, *radar_odd.CASES),
    "Two files": radar_pairs.CASES,
    "Optical references": optical.CASES,
    "Extents": extents.CASES,
    "Settings": requests.CASES,
    "Places to write": places.CASES,
    "What lies there already": occupied.CASES,
    "Names": names.CASES,
    "Bundles": bundles.CASES,
    "Weights": (*weights.CASES, *adapters.CASES),
}

CASES = tuple(case for cases in THEMES.values() for case in cases)
