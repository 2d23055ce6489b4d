"""GAC's submenu in the context menu of a run's group and layers."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QEvent, QObject, QPoint
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import QMenu

from gac_qgis_plugin.gui.compare.desk import Desk
from gac_qgis_plugin.gui.compare.panel import DIFFERENCES
from gac_qgis_plugin.gui.compare.range_choice import ORIGINS, range_hint, range_title
from gac_qgis_plugin.results import ResultRun, run_of_node
from gac_qgis_plugin.styles import NDVI, range_of, style_of, styles
from gac_qgis_plugin.toolbelt.words import tr


class GroupMenu(QObject):
    """Submenu 'GAC' in the layer panel's context menu of a run.

    Since 3.32 QGIS signals that it is about to show that menu. Before, the menu is requested from
    QGIS and shown from here.
    """

    def __init__(self, view: QgsLayerTreeView, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._desk = desk
        self._shown: QMenu | None = None
        self._signal = getattr(view, "contextMenuAboutToShow", None)
        if self._signal is not None:
            self._signal.connect(self.extend)
        else:
            view.viewport().installEventFilter(self)

    def close(self) -> None:
        """Disconnect from QGIS's menus."""
        if self._signal is not None:
            self._signal.disconnect(self.extend)
        else:
            self._view.viewport().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Show the menu for the nodes of a run; leave all others to QGIS."""
        if not isinstance(event, QContextMenuEvent):
            return False
        menu = self.menu_at(event)
        if menu is None:
            return False
        # Keep a reference: a menu that Python has garbage-collected disappears before it is seen.
        self._shown = menu
        menu.popup(self._view.viewport().mapToGlobal(event.pos()))
        return True

    def menu_at(self, event: QContextMenuEvent) -> QMenu | None:
        """Return QGIS's menu with GAC's submenu, if the event is about a run."""
        index = self._view.indexAt(QPoint(event.pos()))
        if not index.isValid() or self._view.menuProvider() is None:
            return None
        if run_of_node(QgsProject.instance(), self._view.currentNode()) is None:
            return None
        menu = self._view.menuProvider().createContextMenu()
        if menu is not None:
            self.extend(menu)
        return menu

    def extend(self, menu: QMenu) -> None:
        """Add GAC's submenu if the current node belongs to a run."""
        run = run_of_node(QgsProject.instance(), self._view.currentNode())
        if run is None:
            return
        self._desk.choose(run.folder)
        menu.addSeparator()
        submenu = menu.addMenu("GAC")
        self._add_styles(submenu.addMenu(tr("Style of all stages")), run)
        self._add_ranges(submenu.addMenu(tr("Range of all stages")), run)
        differences = submenu.addMenu(tr("Difference"))
        for later, earlier in DIFFERENCES:
            action = differences.addAction(f"v{later} − v{earlier}")
            action.setEnabled({later, earlier} <= run.nodes.keys())
            action.triggered.connect(partial(self._show_difference, later, earlier))
        submenu.addAction(tr("Swipe between stages")).triggered.connect(self._swipe)
        submenu.addAction(tr("Export…")).triggered.connect(self._desk.export_wanted)

    def _add_styles(self, menu: QMenu, run: ResultRun) -> None:
        current = style_of(run.stages)
        menu.setToolTipsVisible(True)
        for style in styles():
            action = menu.addAction(style.title)
            action.setToolTip(style.hint)
            action.setCheckable(True)
            action.setChecked(style.key == current)
            action.triggered.connect(partial(self._set_style, style.key))

    def _add_ranges(self, menu: QMenu, run: ResultRun) -> None:
        current = range_of(run.stages)
        menu.setToolTipsVisible(True)
        menu.setEnabled(style_of(run.stages) != NDVI)
        for origin in ORIGINS:
            action = menu.addAction(range_title(origin, current))
            action.setToolTip(range_hint(origin))
            action.setCheckable(True)
            action.setChecked(origin == current.origin)
            action.triggered.connect(partial(self._set_range, origin))

    def _set_range(self, origin: str, *_: object) -> None:
        self._desk.choose_range(origin)

    def _set_style(self, key: str, *_: object) -> None:
        self._desk.set_style(key)

    def _show_difference(self, later: int, earlier: int, *_: object) -> None:
        self._desk.show_difference(later, earlier)

    def _swipe(self, *_: object) -> None:
        self._desk.begin_swipe([])
