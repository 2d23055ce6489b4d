"""What a user can say about the radar's values, in the engine's words and in theirs."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


def overrides(modality: str, nodata: float | None) -> dict[str, object]:
    """`modality` and `nodata` as the engine reads them; what is left to it goes without saying.

    An engine that does not know them can then still do what it is asked.
    """
    said: dict[str, object] = {}
    if modality != "auto":
        said["modality"] = modality
    if nodata is not None:
        said["nodata"] = nodata
    return said


def read_nodata(text: str) -> float | None:
    """A nodata value that was typed; None: nothing was, or NaN, which never is a measurement.

    Raises:
        PluginError: If it is no number.
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
