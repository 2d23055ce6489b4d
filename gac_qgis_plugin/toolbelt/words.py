"""What users read, in their language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "GAC"


def tr(text: str) -> str:
    """A text in the language of QGIS; as it is where there is no translation."""
    return str(QCoreApplication.translate(CONTEXT, text))
