"""The language that the plugin speaks: QGIS's, where there is a catalogue for it."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from gac_qgis_plugin.toolbelt import paths

PLURALS = "en"
"""The catalogue that only knows singulars and plurals."""


class Language:
    """Translates the plugin from when it is made until `release` is called."""

    def __init__(self) -> None:
        folder = str(paths.resource("i18n"))
        translator = QTranslator()
        # Qt goes from de_AT to de by itself.
        if translator.load(f"gac_{QgsApplication.locale()}", folder) or translator.load(
            f"gac_{PLURALS}", folder
        ):
            QCoreApplication.installTranslator(translator)
        self._translator = translator

    def release(self) -> None:
        """Speaks English again."""
        QCoreApplication.removeTranslator(self._translator)
