"""Controller of the models' window, and of messages about finished operations."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.gui.messages import push, show_problem
from gac_qgis_plugin.gui.models.dialog import ModelsDialog
from gac_qgis_plugin.models.manager import ModelsManager
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.problem import PluginError

SECONDS = 10


class ModelsCare(QObject):
    """Controller of the models' window; reports operations that finish after it is closed."""

    def __init__(
        self, iface: QgisInterface, controller: RunController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.manager = ModelsManager(self)
        self.dialog: ModelsDialog | None = None
        self._iface = iface
        self._controller = controller
        self.manager.ended.connect(self._on_ended)

    def open(self, name: str = "") -> None:
        """Show the window, with a bundle selected if one is given."""
        if self.dialog is None or self.dialog.isHidden():
            if self.dialog is not None:
                self.dialog.deleteLater()
            self.dialog = ModelsDialog(
                self.manager, lambda: self._controller.is_running, self._iface.mainWindow()
            )
        self.dialog.choose(name)
        self.dialog.show()
        self.dialog.raise_()

    def close(self) -> None:
        """Stop all operations and close the window: the plugin is unloaded."""
        self.manager.close()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def _on_ended(self, result: dict[str, Any] | None, problem: PluginError | None) -> None:
        if self.dialog is None or not self.dialog.isHidden():
            return
        if problem is not None:
            show_problem(self._iface, problem)
        elif result is not None:
            texts = [*(result.get("told") or []), *(result.get("warned") or [])]
            words = " ".join(translated(str(text)) for text in texts)
            push(self._iface, words, Qgis.MessageLevel.Success, seconds=SECONDS)
