"""Button that shows the radar for the eye."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.radar_look import show_radar


class LookButton(QToolButton):
    """Small button that gives radar layers a look for the eye.

    Args:
        layers: Returns the layers, VV's first; may raise PluginError.

    Signals:
        failed: The PluginError of a click.
    """

    failed = pyqtSignal(object)

    def __init__(
        self, layers: Callable[[], list[QgsRasterLayer]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._layers = layers
        self.setIcon(QIcon(":/images/themes/default/propertyicons/symbology.svg"))
        self.setText(tr("Radar look"))
        self.setToolTip(
            tr(
                "Radar look: VV in grey by its dB, and above it VV, VH and VV/VH in red, green and "
                "blue. The former style stays in the layer's list of styles."
            )
        )
        self.clicked.connect(self.show_look)

    def show_look(self) -> None:
        """Show the layers for the eye."""
        try:
            show_look(self._layers(), QgsProject.instance())
        except PluginError as problem:
            self.failed.emit(problem)


def show_look(layers: list[QgsRasterLayer], project: QgsProject) -> None:
    """Show one or two radar layers, VV's first, for the eye; see `show_radar`."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        show_radar(layers[0], layers[1] if len(layers) > 1 else None, project)
    finally:
        QApplication.restoreOverrideCursor()


def beside(widget: QWidget, button: QToolButton) -> QWidget:
    """Return a row of a widget and a small button."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2)
    line.addWidget(widget, 1)
    line.addWidget(button)
    return row
