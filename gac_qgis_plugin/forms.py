"""Options of a run in forms: labels and entries, in the language of QGIS."""

from __future__ import annotations

from typing import Any

from gac_qgis_plugin.contract import options, request
from gac_qgis_plugin.core.i18n import months, tr

MAX_INTEGER = 2**31 - 1
"""Maximum of Qt's integers, which are shorter than the engine's."""


def entries(name: str) -> list[tuple[Any, str]]:
    """Return an option's values with their texts, in order; None comes first if it is allowed."""
    option = request.OPTIONS[name]
    first: list[tuple[Any, str]] = [(None, tr(option.unset))] if option.unset else []
    if name == "month":
        return [*first, (0, tr("Unknown")), *enumerate(months(), start=1)]
    labels = [tr(label) for label in option.labels]
    return [*first, *zip(option.values, labels)]


def whole_range(option: options.Option) -> tuple[int, int]:
    """Return an option's minimum and maximum in forms, where 0 stands for a missing value."""
    low = 0 if option.unset else option.low or 0
    return low, min(option.high or MAX_INTEGER, MAX_INTEGER)
