"""Additions of the comparison to QGIS's window: badges, keys, a submenu of the run's group."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.gui import QgisInterface, QgsGui
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from gac_qgis_plugin.gui.compare.badges import Badges
from gac_qgis_plugin.gui.compare.desk import Desk
from gac_qgis_plugin.gui.compare.group_menu import GroupMenu
from gac_qgis_plugin.gui.export.dialog import ExportDialog
from gac_qgis_plugin.toolbelt.words import tr

KEYS = {"GacBlink": ("B", 1), "GacBlinkBack": ("Shift+B", -1)}
"""Default keys by action; users change them in QGIS's Keyboard Shortcuts."""


class CompareTools(QObject):
    """Comparison tools that work whether the panel is open or not; created with the plugin.

    Attributes:
        desk: The selected run, on which they act.
        actions: The actions, by name.
    """

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._window = iface.mainWindow()
        self.desk = Desk(iface, self)
        self._badges = Badges(iface.layerTreeView(), QgsProject.instance(), self)
        self._menu = GroupMenu(iface.layerTreeView(), self.desk, self)
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
        self.desk.export_wanted.connect(self.open_export)

    def open_export(self) -> None:
        """Open the export dialog of the selected run."""
        run = self.desk.run()
        if run is None:
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
        self.desk.close()

    def _step(self, by: int, *_: object) -> None:
        self.desk.step(by)
