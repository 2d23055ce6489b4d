"""Translation: the language of QGIS, and the engine's messages in it.

The engine knows neither Qt nor languages, and what it writes to files stays English. Its messages
come with their templates and arguments (`contract/message.py`). Other text, such as a library's own
message, stays as it is.
"""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from gac_qgis_plugin.contract import message
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import locale, tr

PLURALS = "en"
"""Catalogue that only distinguishes singular and plural."""


_DECIMAL = re.compile(r"-?\d+\.\d+")
_VERSION = re.compile(r"(version|python|cuda|driver|gdal|torch|gac|qgis)[ v=<>≥]*$", re.IGNORECASE)
"""What stands before a version, whose point is none of a number."""


def translated(text: str) -> str:
    """Return a text of the engine in the language of QGIS, where there is a translation.

    Args:
        text: A message, or a whole text of the catalogue, such as a note on a model card.
    """
    if not isinstance(text, message.Message):
        return tr(text)
    template = tr(text.template)
    if template.count(message.GAP) != len(text.arguments):
        return text  # a damaged record
    before = text.template.split(message.GAP)
    return message.Message(template, *map(_argument, text.arguments, before))


def _argument(value: object, before: str) -> object:
    """Return an argument of a message in the language of QGIS.

    Only messages and numbers are: a file may be named like a word of the catalogue.
    """
    if isinstance(value, message.Message):
        return translated(value)
    if isinstance(value, float) or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        is_version = _VERSION.search(before) is not None
        return value if is_version else str(value).replace(".", locale().decimalPoint())
    return value


class Language:
    """Installed translator; active from creation until `release` is called."""

    def __init__(self) -> None:
        folder = str(paths.resource("i18n"))
        translator = QTranslator()
        # Qt falls back from de_AT to de by itself.
        if translator.load(f"gac_{locale().name()}", folder) or translator.load(
            f"gac_{PLURALS}", folder
        ):
            QCoreApplication.installTranslator(translator)
        self._translator = translator

    def release(self) -> None:
        """Remove the translator; the plugin is in English again."""
        QCoreApplication.removeTranslator(self._translator)
