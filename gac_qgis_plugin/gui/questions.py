"""Confirmation dialogs before data is lost."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.words import tr


def wants_to_discard(parent: QWidget, folder: Path) -> bool:
    """Ask whether to discard an unfinished run, and return True if confirmed."""
    yes, no = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel
    question = tr("Discard the unfinished run in {}?").format(paths.short(folder))
    loss = tr("What it has computed of its present stage is lost. Complete stages stay.")
    text = f"{question}\n\n{loss}"
    return QMessageBox.question(parent, "GAC", text, yes | no, no) == yes


def wants_to_delete(parent: QWidget, folder: Path, names: list[str]) -> bool:
    """Ask whether to delete a run with its files, and return True if confirmed."""
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
    files = ", ".join(names) or tr("what it has computed so far")
    question = tr("Delete the run in {}?").format(paths.short(folder))
    what = tr("These files are deleted for good: {}.").format(files)
    rest = tr("Other files in the folder stay.")
    text = f"{question}\n\n{what} {rest}"
    return QMessageBox.question(parent, "GAC", text, yes | no, no) == yes
