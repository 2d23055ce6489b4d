"""Language of the plugin: QGIS's, where a catalogue exists."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from gac_qgis_plugin.toolbelt import paths

PLURALS = "en"
"""Catalogue that only distinguishes singular and plural."""


class Language:
    """Installed translator; active from creation until `release` is called."""

    def __init__(self) -> None:
        folder = str(paths.resource("i18n"))
        translator = QTranslator()
        # Qt falls back from de_AT to de by itself.
        if translator.load(f"gac_{QgsApplication.locale()}", folder) or translator.load(
            f"gac_{PLURALS}", folder
        ):
            QCoreApplication.installTranslator(translator)
        self._translator = translator

    def release(self) -> None:
        """Remove the translator; the plugin is in English again."""
        QCoreApplication.removeTranslator(self._translator)
