"""Badges in the layer panel that show each result's stage."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLayerTreeLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsLayerTreeView, QgsLayerTreeViewIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QRectF, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.gui.widgets import DIFFERENCE_COLOUR, STAGE_COLOURS
from gac_qgis_plugin.labels import DISCLAIMER, disclaimer_of, stage_name, stage_purpose
from gac_qgis_plugin.results import (
    DIFFERENCE_PROPERTY,
    find_runs,
    gac_of,
    mark_names,
    observed_of,
    stage_of,
)

SIDE = 32


class Badges(QObject):
    """Manager of the badges on all results in the layer panel.

    Args:
        view: The layer panel.
        project: The project that it shows.
    """

    def __init__(
        self, view: QgsLayerTreeView, project: QgsProject, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._project = project
        self._placed: list[tuple[QgsLayerTreeLayer, QgsLayerTreeViewIndicator]] = []
        # Reading a project adds and removes many layers at once: update the badges afterwards.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.refresh)
        root = project.layerTreeRoot()
        root.willRemoveChildren.connect(self._on_will_remove)
        root.addedChildren.connect(self._touch)
        root.removedChildren.connect(self._touch)
        root.nameChanged.connect(self._touch)
        project.readProject.connect(self._touch)
        self._root = root

    def refresh(self) -> None:
        """Place the badges of all results, removing earlier ones, and check their marks."""
        self._clear()
        mark_names(self._project)
        for run in find_runs(self._project):
            for node in [*run.nodes.values(), *run.differences]:
                indicator = QgsLayerTreeViewIndicator(self)
                indicator.setIcon(_icon(node))
                indicator.setToolTip(_tooltip(node))
                self._view.addIndicator(node, indicator)
                self._placed.append((node, indicator))

    def close(self) -> None:
        """Remove all badges for good."""
        self._timer.stop()
        if not sip.isdeleted(self._root):
            self._root.willRemoveChildren.disconnect(self._on_will_remove)
            self._root.addedChildren.disconnect(self._touch)
            self._root.removedChildren.disconnect(self._touch)
            self._root.nameChanged.disconnect(self._touch)
        self._project.readProject.disconnect(self._touch)
        self._clear()

    def _on_will_remove(self, *_: Any) -> None:
        # The view identifies nodes by address: the badges of a deleted one would reappear on the
        # next node created there.
        self._clear()
        self._touch()

    def _touch(self, *_: Any) -> None:
        self._timer.start()

    def _clear(self) -> None:
        for node, indicator in self._placed:
            if not sip.isdeleted(node):
                self._view.removeIndicator(node, indicator)
            indicator.deleteLater()
        self._placed = []


def _icon(node: QgsLayerTreeLayer) -> QIcon:
    stage = stage_of(node.layer())
    if stage is None:
        return badge("Δ" if _is_difference(node.layer()) else "≈", DIFFERENCE_COLOUR)
    return badge(str(stage), STAGE_COLOURS[stage])


def _is_difference(layer: QgsRasterLayer) -> bool:
    return " − " in str(layer.customProperty(DIFFERENCE_PROPERTY, ""))


def _tooltip(node: QgsLayerTreeLayer) -> str:
    layer = node.layer()
    stage = stage_of(layer)
    if stage is None and not _is_difference(layer):
        return f"{layer.title() or layer.name()}. {tr(DISCLAIMER)}"
    if stage is None:
        text = tr("Difference {}, in reflectance × 10000.").format(
            layer.customProperty(DIFFERENCE_PROPERTY)
        )
        return f"{text} {tr(DISCLAIMER)}"
    text = tr("Stage {} of 3, {}: {}.").format(stage, stage_name(stage), stage_purpose(stage))
    score = gac_of(layer)
    if score is None:
        return f"{text} {disclaimer_of(observed_of(layer))}"
    gac = tr("GAC score {:.2f}.").format(Number(score))
    return f"{text} {gac} {disclaimer_of(observed_of(layer))}"


def badge(text: str, colour: str) -> QIcon:
    """Return an icon of a disc with a letter, readable on light and on dark backgrounds."""
    picture = QPixmap(SIDE, SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(1, 1, SIDE - 2, SIDE - 2))
    font = QFont()
    font.setBold(True)
    font.setPixelSize(int(SIDE * 0.68))
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return QIcon(picture)
