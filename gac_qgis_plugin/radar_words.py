"""Users' overrides of the radar's kind and nodata value."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


def overrides(modality: str, nodata: float | None) -> dict[str, object]:
    """Return `modality` and `nodata` for the engine, omitting values left to it.

    An engine that does not know these fields still works then.
    """
    fields: dict[str, object] = {}
    if modality != "auto":
        fields["modality"] = modality
    if nodata is not None:
        fields["nodata"] = nodata
    return fields


def read_nodata(text: str) -> float | None:
    """Parse a typed nodata value; None for empty text, or for NaN, which is never a measurement.

    Raises:
        PluginError: If it is not a number.
    """
    words = text.strip().replace(",", ".").replace("−", "-")
    if not words:
        return None
    try:
        value = float(words)
    except ValueError:
        raise PluginError(
            tr("The nodata value '{}' is not a number.").format(text.strip()),
            tr("Give a number such as -9999, or leave it empty."),
        ) from None
    return None if value != value else value
