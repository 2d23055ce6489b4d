"""Observed, generated and blended pixels of a run: their layer, and the kind at a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsLayerTreeLayer, QgsPointXY, QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.maps import add_derived_layer
from gac_qgis_plugin.results import DIFFERENCE_PROPERTY, KINDS_PROPERTY, ResultRun
from gac_qgis_plugin.styles import load_qml

OBSERVED, GENERATED, BLENDED = 1, 2, 3
"""Values of the raster; 0 is no data (docs/architecture.md)."""

NAMES = {
    OBSERVED: later("observed"),
    GENERATED: later("generated"),
    BLENDED: later("blended"),
}
COLOURS = {OBSERVED: "#0072b2", GENERATED: "#d55e00", BLENDED: "#e69f00"}
"""After Okabe and Ito, as in `resources/styles/observed.qml`."""


def kinds_title() -> str:
    """Return the full name of the layer."""
    return tr("Observed and generated pixels")


def show_kinds(run: ResultRun, project: QgsProject) -> QgsLayerTreeLayer | None:
    """Add the layer of observed and generated pixels to the run's group, switched off.

    Returns:
        The layer's node; None if the run keeps no observed pixels.

    Raises:
        PluginError: If QGIS cannot read the raster.
    """
    path = run.folder / layout.OBSERVED
    if run.kinds is not None or not records.is_file(path):
        return run.kinds
    layer = QgsRasterLayer(str(path), kinds_title(), "gdal", QgsRasterLayer.LayerOptions(False))
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(path),
            "",
            layer.error().summary(),
            problem="layer-unreadable",
        )
    layer.setCustomProperty(KINDS_PROPERTY, True)
    names = tr("observed or generated"), kinds_title()
    node = add_derived_layer(layer, run, tr("observed"), "observed", names, project)
    node.setItemVisibilityChecked(False)
    node.setExpanded(False)
    return node


def mark_kinds(layer: QgsRasterLayer) -> None:
    """Set the style and marks of the layer of kinds outside of a run's group."""
    load_qml(layer, "observed")
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(KINDS_PROPERTY, True)
    layer.setCustomProperty(DIFFERENCE_PROPERTY, tr("observed"))


@dataclass(frozen=True)
class PixelKind:
    """Kind of the pixel at a place.

    Attributes:
        number: 1 observed, 2 generated, 3 blended.
        source: Product and date of what was observed; "" if the record does not tell.
    """

    number: int
    source: str = ""

    @property
    def name(self) -> str:
        """Its name, in the user's language."""
        return tr(NAMES[self.number])


class KindReader:
    """Reader of the kinds of a run's pixels; a run without observed pixels has none."""

    def __init__(self, folder: Path) -> None:
        path = folder / layout.OBSERVED
        self._layer: QgsRasterLayer | None = None
        if records.is_file(path):
            layer = QgsRasterLayer(str(path), "", "gdal", QgsRasterLayer.LayerOptions(False))
            self._layer = layer if layer.isValid() else None
        observed = read_record(folder).get("observed", {})
        date = observed.get("date", "").partition("T")[0]
        self._source = ", ".join(filter(None, (observed.get("product"), date)))

    @property
    def layer(self) -> QgsRasterLayer | None:
        """The raster; None if there is none."""
        return self._layer

    def read(self, place: QgsPointXY) -> PixelKind | None:
        """Return the kind of the pixel at a point in the raster's CRS; None without data."""
        if self._layer is None or not self._layer.extent().contains(place):
            return None
        value, is_valid = self._layer.dataProvider().sample(place, 1)
        if not is_valid or value not in NAMES:
            return None
        number = int(value)
        return PixelKind(number, "" if number == GENERATED else self._source)
