"""Messages above the map."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsMessageBarItem
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

from gac_qgis_plugin.gui.help.guide import help_button
from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

Button = tuple[str, Callable[[], object]]
"""Text and action of a button."""


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
    for words, action in buttons:
        button = QPushButton(words, item)
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
        self.setWindowTitle(tr("GAC: what went wrong"))
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
