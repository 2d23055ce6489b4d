"""Mark of generated maps in QGIS's layouts: a label in the map's corner, on request."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.core import (
    Qgis,
    QgsLayout,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsMapLayer,
    QgsRasterLayer,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.gui import QgisInterface, QgsLayoutDesignerInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QColor, QFont, QIcon
from qgis.PyQt.QtWidgets import QAction, QPushButton

from gac_qgis_plugin import labels
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.results import observed_of, stage_of

MAP_PROPERTY = "gac/mark_of"
"""Custom property of a mark: the uuid of its map."""

POINTS, PADDING_MM, CORNER_MM = 9, 1.0, 2.0


def visible_layers(item: QgsLayoutItemMap) -> list[QgsMapLayer]:
    """Return the layers that a layout's map shows."""
    themes = item.layout().project().mapThemeCollection()
    if item.followVisibilityPreset():
        return list(themes.mapThemeVisibleLayers(item.followVisibilityPresetName()))
    return list(item.layers() if item.keepLayerSet() else themes.masterVisibleLayers())


def shows_generated(item: QgsLayoutItemMap) -> bool:
    """Return whether a layout's map shows a layer that GAC generated."""
    rasters = (layer for layer in visible_layers(item) if isinstance(layer, QgsRasterLayer))
    return any(is_synthetic(layer) for layer in rasters)


def mark_for(item: QgsLayoutItemMap) -> str:
    """Return the mark of what a layout's map shows: partly observed only if all results are."""
    rasters = (layer for layer in visible_layers(item) if isinstance(layer, QgsRasterLayer))
    shares = [observed_of(layer) for layer in rasters if stage_of(layer) is not None]
    are_observed = bool(shares) and all(share is not None for share in shares)
    return labels.mark_of(shares[0] if are_observed else None)


def mark_of(item: QgsLayoutItemMap) -> QgsLayoutItemLabel | None:
    """Return the mark of a layout's map; None if it has none."""
    for each in item.layout().items():
        is_label = isinstance(each, QgsLayoutItemLabel)
        if is_label and each.customProperty(MAP_PROPERTY, "") == item.uuid():
            return each
    return None


def unmarked_maps(layout: QgsLayout) -> list[QgsLayoutItemMap]:
    """Return the maps of a layout that show generated layers and have no mark."""
    maps = [each for each in layout.items() if isinstance(each, QgsLayoutItemMap)]
    return [each for each in maps if shows_generated(each) and mark_of(each) is None]


def add_mark(item: QgsLayoutItemMap) -> QgsLayoutItemLabel:
    """Add a mark to the lower right corner of a layout's map."""
    label = QgsLayoutItemLabel(item.layout())
    mark = mark_for(item)
    label.setId(f"{mark} · {item.displayName()}")
    label.setCustomProperty(MAP_PROPERTY, item.uuid())
    label.setText(mark)
    font = QFont()
    font.setPointSize(POINTS)
    font.setBold(True)
    # The format replaced the font in QGIS 3.24.
    if hasattr(label, "setTextFormat"):
        label.setTextFormat(QgsTextFormat.fromQFont(font))
    else:
        label.setFont(font)
    label.setMarginX(PADDING_MM)
    label.setMarginY(PADDING_MM / 2)
    label.setBackgroundEnabled(True)
    label.setBackgroundColor(QColor(255, 255, 255, 215))
    label.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerRight)
    label.adjustSizeToText()
    item.layout().addLayoutItem(label)
    place_mark(item, label)
    return label


def place_mark(item: QgsLayoutItemMap, label: QgsLayoutItemLabel) -> None:
    """Move a mark into the corner of its map."""
    corner = item.mapToScene(item.rect().bottomRight())
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    to_mm = item.layout().convertFromLayoutUnits
    x, y = to_mm(corner.x(), unit).length(), to_mm(corner.y(), unit).length()
    label.attemptMove(QgsLayoutPoint(x - CORNER_MM, y - CORNER_MM, unit))


def _move(item: QgsLayoutItemMap, label: QgsLayoutItemLabel) -> None:
    if not sip.isdeleted(item) and not sip.isdeleted(label) and item.layout() is not None:
        place_mark(item, label)


class LayoutMarks(QObject):
    """Action in every layout's window that marks its maps, and an offer where one lacks a mark.

    Marks follow their maps while the plugin is loaded.
    """

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._actions: list[QAction] = []
        self._layouts: list[tuple[QgsLayout, Callable[[QgsLayoutItem], None]]] = []
        self._offered: list[QgsLayout] = []
        self._followed: list[tuple[QgsLayoutItemMap, Callable[[], None]]] = []
        iface.layoutDesignerOpened.connect(self.attach)
        for designer in iface.openLayoutDesigners():
            self.attach(designer)

    def attach(self, designer: QgsLayoutDesignerInterface) -> None:
        """Add the action to a layout's window."""
        icon = QIcon(str(paths.resource("icons", "gac.svg")))
        action = QAction(icon, tr("Mark generated maps as SYNTHETIC"), designer.window())
        action.setToolTip(tr("Adds a label to the corner of every map that shows images of GAC"))
        action.triggered.connect(lambda: self.mark(designer))
        designer.itemsMenu().addAction(action)
        designer.actionsToolbar().addAction(action)
        self._actions.append(action)
        layout = designer.layout()
        slot = partial(self._on_added, designer)
        layout.itemAdded.connect(slot)
        self._layouts.append((layout, slot))
        for item in layout.items():
            label = mark_of(item) if isinstance(item, QgsLayoutItemMap) else None
            if label is not None:
                self._follow(item, label)
        self._offer_later(designer)

    def mark(self, designer: QgsLayoutDesignerInterface) -> None:
        """Mark the maps of a layout that show generated layers."""
        maps = unmarked_maps(designer.layout())
        for item in maps:
            self._follow(item, add_mark(item))
        text = tr("%n map(s) marked.", len(maps))
        if not maps:
            text = tr("No map here shows images of GAC without a mark.")
        designer.messageBar().pushMessage("GAC", text, Qgis.MessageLevel.Info, 6)

    def close(self) -> None:
        """Remove the actions; marks stay."""
        self._iface.layoutDesignerOpened.disconnect(self.attach)
        for layout, on_added in self._layouts:
            if not sip.isdeleted(layout):
                layout.itemAdded.disconnect(on_added)
        for item, slot in self._followed:
            if not sip.isdeleted(item):
                item.sizePositionChanged.disconnect(slot)
        for action in self._actions:
            if not sip.isdeleted(action):
                action.deleteLater()
        self._actions, self._layouts, self._offered, self._followed = [], [], [], []

    def _follow(self, item: QgsLayoutItemMap, label: QgsLayoutItemLabel) -> None:
        if all(each is not item for each, _ in self._followed):
            slot = partial(_move, item, label)
            item.sizePositionChanged.connect(slot)
            self._followed.append((item, slot))

    def _on_added(self, designer: QgsLayoutDesignerInterface, item: QgsLayoutItem) -> None:
        # The layout outlives its window.
        if isinstance(item, QgsLayoutItemMap) and not sip.isdeleted(designer):
            self._offer_later(designer)

    def _offer_later(self, designer: QgsLayoutDesignerInterface) -> None:
        # A map that has just been added has no layers and no size yet.
        QTimer.singleShot(0, lambda: None if sip.isdeleted(designer) else self._offer(designer))

    def _offer(self, designer: QgsLayoutDesignerInterface) -> None:
        layout = designer.layout()
        if any(each is layout for each in self._offered) or not unmarked_maps(layout):
            return
        self._offered.append(layout)
        bar = designer.messageBar()
        item = bar.createMessage("GAC", tr("A map here shows generated images without a mark."))
        button = QPushButton(tr("Mark as SYNTHETIC"), item)
        button.clicked.connect(lambda: self.mark(designer))
        button.clicked.connect(lambda: bar.popWidget(item))
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Warning)
