"""Messages and offers in the message bar when a run has ended."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.gui.messages import open_folder_button, push, show_problem
from gac_qgis_plugin.gui.questions import wants_to_discard
from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import later, tr
from gac_qgis_plugin.worker.protocol import Outcome

DELAY_MS = 500
SUCCESS_SECONDS = 15
INFO_SECONDS = 8

KEPT = later("What was computed is kept.")


class RunMessages(QObject):
    """Messages about the ends of runs.

    Signals:
        resume_wanted: The user wants to resume the run in a folder (a Path).
        discard_wanted: The user wants to discard its working files (a Path), and has confirmed
            that.
    """

    resume_wanted = pyqtSignal(object)
    discard_wanted = pyqtSignal(object)

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._offer: QgsMessageBarItem | None = None
        self._to_say: Callable[[], None] | None = None
        # QGIS announces the end of a task itself; an earlier message would be below that.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._say)

    def tell(self, outcome: Outcome, folder: Path, can_resume: bool, project_closed: bool) -> None:
        """Show how a run ended.

        Args:
            outcome: The run's outcome.
            folder: The run's folder.
            can_resume: True if it can be resumed.
            project_closed: True if the project that it was started in was closed meanwhile.
        """
        place = tr("The project was closed meanwhile; its files are in {}.").format(folder)
        where = f" {place}" if project_closed else ""
        for note in outcome.result.get("notes") or []:
            log.info(str(note))
        if outcome.state == "done":
            text = tr("The run is done; its layers are SYNTHETIC.")
            if project_closed:
                text = tr("The run is done; its files are SYNTHETIC.")
            text += where
            self._to_say = lambda: self._tell_success(text, folder)
        elif outcome.problem is not None:
            problem = outcome.problem
            self._to_say = lambda: self._tell_problem(problem, folder, can_resume, where)
        elif can_resume:
            self._to_say = lambda: self._tell_stopped(folder, where)
        else:
            text = tr("The run was cancelled; the stages that were finished are kept.")
            if outcome.state == "stopped":
                text = tr("The run was stopped before anything was computed.")
            self._to_say = lambda: self._tell_end(text + where)
        self._timer.start()

    def withdraw_offer(self) -> None:
        """Remove the message that offers to resume a run, or cancel it before it is shown."""
        self._timer.stop()
        if self._offer is not None and not sip.isdeleted(self._offer):
            self._iface.messageBar().popWidget(self._offer)
        self._offer = None

    def close(self) -> None:
        """Cancel pending messages, and remove those with callbacks."""
        self.withdraw_offer()

    def _say(self) -> None:
        if self._to_say is not None:
            self._to_say()

    def _tell_problem(
        self, problem: PluginError, folder: Path, can_resume: bool, where: str
    ) -> None:
        if not can_resume:
            combined = PluginError(problem.message, f"{problem.remedy}{where}", problem.details)
            show_problem(self._iface, combined)
            return
        # The bar is narrow: the essential comes first. The engine may have said it already.
        note = "" if tr(KEPT).rstrip(".") in problem.remedy else tr(KEPT)
        remedy = f"{note} {problem.remedy}{where}".strip()
        buttons = ((tr("Resume"), lambda: self._resume(folder)),)
        combined = PluginError(problem.message, remedy, problem.details)
        self._offer = show_problem(self._iface, combined, buttons)

    def _resume(self, folder: Path) -> None:
        self.withdraw_offer()
        self.resume_wanted.emit(folder)

    def _discard(self, folder: Path) -> None:
        if wants_to_discard(self._iface.mainWindow(), folder):
            self.withdraw_offer()
            self.discard_wanted.emit(folder)

    def _tell_success(self, text: str, folder: Path) -> None:
        level = Qgis.MessageLevel.Success
        push(self._iface, text, level, (open_folder_button(folder),), SUCCESS_SECONDS)

    def _tell_stopped(self, folder: Path, where: str) -> None:
        text = tr("The run was stopped; what was computed is kept.") + where
        buttons = (
            (tr("Resume"), lambda: self._resume(folder)),
            (tr("Discard…"), lambda: self._discard(folder)),
        )
        self._offer = push(self._iface, text, Qgis.MessageLevel.Warning, buttons)

    def _tell_end(self, text: str) -> None:
        push(self._iface, text, Qgis.MessageLevel.Info, seconds=INFO_SECONDS)
