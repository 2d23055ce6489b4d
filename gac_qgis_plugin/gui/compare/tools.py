"""Additions of the comparison to QGIS's window: badges, keys, a submenu of the run's group."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.gui import QgisInterface, QgsGui, QgsLayerTreeView
from qgis.PyQt.QtCore import QEvent, QObject, QPoint
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import QAction, QMenu

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.gui.compare.badges import Badges
from gac_qgis_plugin.gui.compare.panel import DIFFERENCES
from gac_qgis_plugin.gui.compare.range_choice import ORIGINS, range_hint, range_title
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.export_dialog import ExportDialog
from gac_qgis_plugin.results import ResultRun, run_of_node
from gac_qgis_plugin.styles import NDVI, range_of, style_of, styles

KEYS = {"GacBlink": ("B", 1), "GacBlinkBack": ("Shift+B", -1)}
"""Default keys by action; users change them in QGIS's Keyboard Shortcuts."""


class GroupMenu(QObject):
    """Submenu 'GAC' in the layer panel's context menu of a run.

    Since 3.32 QGIS signals that it is about to show that menu. Before, the menu is requested from
    QGIS and shown from here.
    """

    def __init__(
        self, view: QgsLayerTreeView, session: ComparisonSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._session = session
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
        self._session.choose(run.folder)
        files = run.files
        menu.addSeparator()
        submenu = menu.addMenu("GAC")
        self._add_styles(submenu.addMenu(tr("Style of all stages")), run)
        self._add_ranges(submenu.addMenu(tr("Range of all stages")), run)
        differences = submenu.addMenu(tr("Difference"))
        for later, earlier in DIFFERENCES:
            action = differences.addAction(f"v{later} − v{earlier}")
            action.setEnabled({later, earlier} <= files)
            action.triggered.connect(partial(self._show_difference, later, earlier))
        submenu.addAction(tr("Swipe between stages")).triggered.connect(self._swipe)
        export = submenu.addAction(tr("Export…"))
        export.setEnabled(bool(files))
        export.triggered.connect(self._session.export_wanted)

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
        self._session.choose_range(origin)

    def _set_style(self, key: str, *_: object) -> None:
        self._session.set_style(key)

    def _show_difference(self, later: int, earlier: int, *_: object) -> None:
        self._session.show_difference(later, earlier)

    def _swipe(self, *_: object) -> None:
        self._session.begin_swipe([])


class CompareTools(QObject):
    """Comparison tools that work whether the panel is open or not; created with the plugin.

    Attributes:
        session: The selected run, on which they act.
        actions: The actions, by name.
    """

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._window = iface.mainWindow()
        self.session = ComparisonSession(iface, self)
        self._badges = Badges(iface.layerTreeView(), QgsProject.instance(), self)
        self._menu = GroupMenu(iface.layerTreeView(), self.session, self)
        self.actions: dict[str, QAction] = {}
        titles = {
            "GacBlink": tr("GAC: next stage in place"),
            "GacBlinkBack": tr("GAC: previous stage in place"),
        }
        for name, (key, by) in KEYS.items():
            action = QAction(titles[name], self)
            action.setObjectName(name)
            action.triggered.connect(partial(self._step, by))
            self._window.addAction(action)
            QgsGui.shortcutsManager().registerAction(action, key)
            self.actions[name] = action
        self._badges.refresh()
        self.export_dialog: ExportDialog | None = None
        self.session.export_wanted.connect(self.open_export)

    def open_export(self) -> None:
        """Open the export dialog of the selected run."""
        run = self.session.run()
        if run is None or not run.files:
            return
        previous = self.export_dialog
        if previous is not None and previous.task is not None:
            # A dialog with an active export is shown, not replaced.
            previous.show()
            previous.raise_()
            return
        if previous is not None:
            previous.deleteLater()
        self.export_dialog = ExportDialog(self._iface, run, self._window)
        self.export_dialog.show()

    def close(self) -> None:
        """Remove everything; an active export is cancelled."""
        if self.export_dialog is not None:
            task, self.export_dialog.task = self.export_dialog.task, None
            if task is not None:
                task.ended.disconnect()
                task.cancel()
                task.waitForFinished(3000)
            self.export_dialog.close()
            self.export_dialog.deleteLater()
        for action in self.actions.values():
            QgsGui.shortcutsManager().unregisterAction(action)
            self._window.removeAction(action)
        self._menu.close()
        self._badges.close()
        self.session.close()

    def _step(self, by: int, *_: object) -> None:
        self.session.step(by)
