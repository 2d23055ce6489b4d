"""Action "Fill clouds with GAC…" in the context menu of layers that may be Sentinel-2."""

from __future__ import annotations

import re
from typing import Callable

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.engine_inputs import VIEW_PROPERTY, is_synthetic

MIN_BANDS = 3
_RADAR = re.compile(r"\b(VV|VH|HH|HV)\b|(^|_)(VV|VH|HH|HV)(_|$)", re.IGNORECASE)
"""Names of radar's polarisations."""


def may_be_optical(layer: QgsMapLayer) -> bool:
    """Return whether a layer may be a Sentinel-2 image: several bands, neither radar nor GAC's."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return False
    if layer.customProperty(VIEW_PROPERTY, False):
        return False
    if layer.providerType() not in ("gdal", "wcs") or layer.bandCount() < MIN_BANDS:
        return False
    names = [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]
    return not any(map(_RADAR.search, names)) and not is_synthetic(layer)


class FillAction(QObject):
    """Keeper of the action in the context menus of the project's layers.

    Args:
        iface: QGIS's interface.
        icon: The action's icon.
        fill: Called with the layer that the user chose.
    """

    def __init__(
        self,
        iface: QgisInterface,
        icon: QIcon,
        fill: Callable[[QgsRasterLayer], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface, self._fill = iface, fill
        self._project = QgsProject.instance()
        self.action = QAction(icon, tr("Fill clouds with GAC…"), iface.mainWindow())
        self.action.setToolTip(
            tr("Keep this image's clear pixels and generate the others from radar")
        )
        self.action.triggered.connect(self._on_triggered)
        iface.addCustomActionForLayerType(self.action, "", QgsRasterLayer().type(), False)
        self._add(list(self._project.mapLayers().values()))
        self._project.layersAdded.connect(self._add)

    def close(self) -> None:
        """Remove the action from all menus."""
        self._project.layersAdded.disconnect(self._add)
        self._iface.removeCustomActionForLayerType(self.action)
        self.action.deleteLater()

    def _add(self, layers: list[QgsMapLayer]) -> None:
        for layer in layers:
            if may_be_optical(layer):
                self._iface.addCustomActionForLayer(self.action, layer)

    def _on_triggered(self, *_: object) -> None:
        layer = self._iface.activeLayer()
        if isinstance(layer, QgsRasterLayer):
            self._fill(layer)
