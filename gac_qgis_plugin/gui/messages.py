"""Messages above the map."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.toolbelt.problem import PluginError

SUCCESS_SECONDS = 15


def show_problem(iface: QgisInterface, problem: PluginError) -> None:
    """Tells of a failure: what is wrong, what to do, and a button for the details."""
    log.failure(problem)
    bar = iface.messageBar()
    item = bar.createMessage("GAC", f"{problem.message} {problem.remedy}".strip())
    button = QPushButton("Details…", item)
    button.clicked.connect(lambda: ProblemDialog(problem, iface.mainWindow()).open())
    item.layout().addWidget(button)
    bar.pushWidget(item, Qgis.MessageLevel.Critical)


def show_success(iface: QgisInterface, folder: Path) -> None:
    """Tells that a run is done and where its files are."""
    bar = iface.messageBar()
    item = bar.createMessage("GAC", "The run is done; its layers are SYNTHETIC.")
    button = QPushButton("Open folder", item)
    url = QUrl.fromLocalFile(str(folder))
    button.clicked.connect(lambda: QDesktopServices.openUrl(url))
    item.layout().addWidget(button)
    bar.pushWidget(item, Qgis.MessageLevel.Success, SUCCESS_SECONDS)


class ProblemDialog(QDialog):
    """A failure in full, to read and to copy."""

    def __init__(self, problem: PluginError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("GAC: what went wrong")
        self.resize(640, 400)
        self._text = "\n\n".join(
            part for part in (problem.message, problem.remedy, problem.details) if part
        )
        words = QLabel(f"<p><b>{escape(problem.message)}</b></p><p>{escape(problem.remedy)}</p>")
        words.setWordWrap(True)
        details = QPlainTextEdit(problem.details or "There are no further details.")
        details.setReadOnly(True)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(details)
        layout.addWidget(buttons)

    def copy(self) -> None:
        """Puts the whole text on the clipboard."""
        QApplication.clipboard().setText(self._text)
