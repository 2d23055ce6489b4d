"""Settings by which runs of one scene differ, to tell them apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.runs import RunEntry


def tell_apart(entries: list[RunEntry]) -> dict[Path, str]:
    """Return what sets each run apart from the others of its scene, by folder.

    Only settings that differ are named; "" for a run that is alone with its name.
    """
    by_name: defaultdict[str, list[RunEntry]] = defaultdict(list)
    for entry in entries:
        by_name[entry.name].append(entry)
    texts: dict[Path, str] = {}
    for group in by_name.values():
        traits = {entry.folder: traits_of(entry) for entry in group}
        differing = [
            key
            for key in traits[group[0].folder]
            if len({each[key] for each in traits.values()}) > 1
        ]
        parts = {
            folder: [values[key] for key in differing if values[key]]
            for folder, values in traits.items()
        }
        labels = Counter((entry.when, *parts[entry.folder]) for entry in group)
        for entry in group:
            if labels[(entry.when, *parts[entry.folder])] > 1:
                # The same settings in the same minute: the folder has the second.
                parts[entry.folder] = [*parts[entry.folder], entry.folder.name]
            texts[entry.folder] = " · ".join(parts[entry.folder])
    return texts


def traits_of(entry: RunEntry) -> dict[str, str]:
    """Return the settings that make runs differ as short texts, the most telling first."""
    request, record = entry.request, entry.record
    area = record.get("area", {})
    seed = record.get("seed", request.get("seed"))
    month = request.get("month")
    readings = request.get("unit", "auto"), request.get("modality", "auto")
    steps = [str(n) for n in (request.get("timesteps_1"), request.get("timesteps_3")) if n]
    return {
        "area": f"{area.get('width')} × {area.get('height')} px" if area else "",
        "place": _place(entry),
        "bundle": entry.bundle,
        "stages": f"v{request.get('stages')}" if request.get("stages") else "",
        "seed": tr("seed {}").format(seed) if seed is not None else "",
        "steps": tr("steps {}").format(", ".join(steps)) if steps else "",
        "quick": tr("quick") if request.get("quick") else "",
        "month": tr("month {}").format(month) if month is not None else "",
        "optical": tr("with Sentinel-2") if request.get("optical") else "",
        "reading": ", ".join(text for text in readings if text != "auto"),
    }


def _place(entry: RunEntry) -> str:
    """Return the upper left corner of a run's own area, in kilometres of its CRS; "" if whole."""
    extent = entry.request.get("extent")
    if not extent or len(extent) != 4:
        return ""
    west, north = extent[0], extent[3]
    if max(abs(west), abs(north)) <= 360:
        return f"{west:.2f}, {north:.2f}"
    return f"{west / 1000:.1f}, {north / 1000:.1f} km"
