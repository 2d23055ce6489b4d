"""Messages above the map, and questions before something is lost."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core import log, paths
from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.gui.guide import help_button
from gac_qgis_plugin.gui.widgets import secondary
from gac_qgis_plugin.labels import remarked, share_in
from gac_qgis_plugin.worker.protocol import Outcome

Button = tuple[str, Callable[[], object]]
"""Text and action of a button."""

DELAY_MS = 500
SUCCESS_SECONDS = 15
INFO_SECONDS = 8
KEPT = later("Computed tiles are kept.")


def push(
    iface: QgisInterface,
    text: str,
    level: Qgis.MessageLevel,
    buttons: tuple[Button, ...] = (),
    seconds: int = 0,
) -> QgsMessageBarItem:
    """Show a message with buttons; with `seconds` 0 it stays until closed."""
    bar = iface.messageBar()
    item = bar.createMessage("GAC", text)
    for number, (words, action) in enumerate(buttons):
        button = QPushButton(words, item)
        if number:
            secondary(button)
        button.clicked.connect(action)
        item.layout().addWidget(button)
    return bar.pushWidget(item, level, seconds)


def show_problem(
    iface: QgisInterface, problem: PluginError, buttons: tuple[Button, ...] = ()
) -> QgsMessageBarItem:
    """Show a failure: what is wrong, what to do, and a button for the details."""
    log.failure(problem)
    details = (tr("Details…"), lambda: ProblemDialog(problem, iface.mainWindow()).open())
    text = f"{problem.message} {problem.remedy}".strip()
    return push(iface, text, Qgis.MessageLevel.Critical, (*buttons, details))


def open_folder_button(folder: Path) -> Button:
    """Return a button that opens a folder in the system's file manager."""
    return tr("Open folder"), lambda: show_folder(folder)


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class ProblemDialog(QDialog):
    """A failure in full, to read and to copy."""

    def __init__(self, problem: PluginError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: error details"))
        self.resize(640, 400)
        self._text = "\n\n".join(
            part for part in (problem.message, problem.remedy, problem.details) if part
        )
        words = QLabel(f"<p><b>{escape(problem.message)}</b></p><p>{escape(problem.remedy)}</p>")
        words.setWordWrap(True)
        details = QPlainTextEdit(problem.details or tr("There are no further details."))
        details.setReadOnly(True)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(help_button(), QDialogButtonBox.ButtonRole.HelpRole)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(details)
        layout.addWidget(buttons)

    def copy(self) -> None:
        """Copy the whole text to the clipboard."""
        QApplication.clipboard().setText(self._text)


def wants_to_discard(parent: QWidget, folder: Path) -> bool:
    """Ask whether to discard an unfinished run, and return True if confirmed."""
    yes, no = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel
    question = tr("Discard the unfinished run in {}?").format(paths.short(folder))
    loss = tr("Tiles of its current stage are lost. Complete stages stay.")
    text = f"{question}\n\n{loss}"
    return QMessageBox.question(parent, "GAC", text, yes | no, no) == yes


def wants_to_delete(parent: QWidget, folder: Path, names: list[str]) -> bool:
    """Ask whether to delete a run with its files, and return True if confirmed."""
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
    files = ", ".join(names) or tr("tiles computed so far")
    question = tr("Delete the run in {}?").format(paths.short(folder))
    what = tr("These files are deleted permanently: {}.").format(files)
    rest = tr("Other files in the folder stay.")
    text = f"{question}\n\n{what} {rest}"
    return QMessageBox.question(parent, "GAC", text, yes | no, no) == yes


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
            text = remarked(text, share_in(outcome.result.get("observed")))
            text += where
            self._to_say = lambda: self._tell_success(text, folder)
        elif outcome.problem is not None:
            problem = outcome.problem
            self._to_say = lambda: self._tell_problem(problem, folder, can_resume, where)
        elif can_resume:
            self._to_say = lambda: self._tell_stopped(folder, where)
        else:
            text = tr("The run was cancelled; finished stages are kept.")
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
            combined = PluginError(
                problem.message,
                f"{problem.remedy}{where}",
                problem.details,
                problem=problem.problem,
            )
            show_problem(self._iface, combined)
            return
        # The bar is narrow: the essential comes first. The engine may have said it already.
        note = "" if tr(KEPT).rstrip(".") in problem.remedy else tr(KEPT)
        remedy = f"{note} {problem.remedy}{where}".strip()
        buttons = ((tr("Resume"), lambda: self._resume(folder)),)
        combined = PluginError(problem.message, remedy, problem.details, problem=problem.problem)
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
        text = tr("The run was stopped; computed tiles are kept.") + where
        buttons = (
            (tr("Resume"), lambda: self._resume(folder)),
            (tr("Discard…"), lambda: self._discard(folder)),
        )
        self._offer = push(self._iface, text, Qgis.MessageLevel.Warning, buttons)

    def _tell_end(self, text: str) -> None:
        push(self._iface, text, Qgis.MessageLevel.Info, seconds=INFO_SECONDS)
