"""Controller of the environment's user interface: its line, its window, and a waiting run."""

from __future__ import annotations

from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.gui.environment.dialog import EnvironmentDialog
from gac_qgis_plugin.gui.environment.line import EnvironmentLine
from gac_qgis_plugin.gui.messages import push, show_problem
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

SECONDS = 10


class EnvironmentCare(QObject):
    """Controller that shows what the environment lacks, and defers runs until it is usable.

    Signals:
        before_work: The environment is about to be changed: no worker may run in it.
        became_usable: A worker can be started in it now.
    """

    before_work = pyqtSignal()
    became_usable = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, manager: EnvironmentManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.manager = manager
        self.line = EnvironmentLine(manager)
        self.dialog: EnvironmentDialog | None = None
        self._iface = iface
        self._waiting: Callable[[], None] | None = None
        self._was_working = False
        self.line.pressed.connect(self.open)
        manager.changed.connect(self._on_changed)
        manager.ended.connect(self._on_ended)

    def open(self) -> None:
        """Show the environment's window."""
        if self.dialog is None or self.dialog.isHidden():
            if self.dialog is not None:
                self.dialog.deleteLater()
            self.dialog = EnvironmentDialog(self.manager, self._iface.mainWindow())
        self.dialog.show()
        self.dialog.raise_()

    def holds_back(self, start: Callable[[], None]) -> bool:
        """Return whether a run must wait; if so, open the window, and start the run later."""
        if not self.manager.blocks_runs:
            return False
        self._waiting = start
        self.open()
        return True

    def refresh(self) -> None:
        """Check the environment, at once and then thoroughly."""
        self.manager.refresh()
        if self.manager.is_in_charge:
            self.manager.check()

    def _on_changed(self) -> None:
        if self.manager.is_working and not self._was_working:
            self.before_work.emit()
        self._was_working = self.manager.is_working

    def _on_ended(self, problem: PluginError | None) -> None:
        start, self._waiting = self._waiting, None
        if problem is not None:
            self._waiting = start  # it may be resumed
            if self.dialog is None or self.dialog.isHidden():
                show_problem(self._iface, problem)
            return
        if not self.manager.state.is_usable:
            return
        if self.dialog is not None:
            self.dialog.close()
        text = tr("The models' environment is ready.")
        push(self._iface, text, Qgis.MessageLevel.Success, seconds=SECONDS)
        self.became_usable.emit()
        if start is not None:
            start()
