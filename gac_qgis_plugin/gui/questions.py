"""Questions that must be answered before something is lost."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from gac_qgis_plugin.toolbelt import paths


def wants_to_discard(parent: QWidget, folder: Path) -> bool:
    """Whether an unfinished run shall really be thrown away."""
    yes, no = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel
    text = (
        f"Discard the unfinished run in {paths.short(folder)}?\n\n"
        "What it has computed of its present stage is lost. Complete stages stay."
    )
    return QMessageBox.question(parent, "GAC", text, yes | no, no) == yes
