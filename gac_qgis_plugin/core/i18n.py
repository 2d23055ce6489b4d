"""Translation: texts for users, and the engine's messages, in the language of QGIS.

Every text goes through `tr`. The catalogues are in `resources/i18n`; `make words` collects new
texts. The engine knows neither Qt nor languages, and what it writes to files stays English: its
messages come with their templates and arguments (`contract/message.py`). Other text, such as a
library's own message, stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from gac_qgis_plugin.contract import message

CONTEXT = "GAC"

later = message.later

PLURALS = "en"
"""Catalogue that only distinguishes singular and plural."""

_DECIMAL = re.compile(r"-?\d+\.\d+")
_VERSION = re.compile(r"(version|python|cuda|driver|gdal|torch|gac|qgis)[ v=<>≥]*$", re.IGNORECASE)
"""What stands before a version, whose point is none of a number."""


def tr(text: str, n: int = -1) -> str:
    """Return a text in the language of QGIS, or unchanged if there is no translation.

    Args:
        text: In English. Values are marked by braces, for `str.format` afterwards.
        n: Number that selects singular or plural; `%n` in the text stands for it.
    """
    # Qt looks a text up by its UTF-8, which unpaired surrogates do not have.
    source = text.encode("utf-8", errors="replace").decode("utf-8")
    return str(QCoreApplication.translate(CONTEXT, source, None, n))


def locale() -> QLocale:
    """Return the language that QGIS shows, and its way to write numbers and dates.

    With `--lang` that is another one than the saved one, which is all that QGIS's `locale()` knows.
    """
    application = QgsApplication.instance()
    started_in = application.translation() if application is not None else ""
    return QLocale(started_in or QgsApplication.locale())


class Number(float):
    """Number that is formatted with the decimal point of QGIS's language."""

    def __format__(self, form: str) -> str:
        return format(float(self), form or "g").replace(".", locale().decimalPoint())


def months() -> list[str]:
    """Return the names of the months."""
    return [locale().standaloneMonthName(month) for month in range(1, 13)]


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
    """Installed translator; active from creation until `release` is called.

    Args:
        folder: Folder of the catalogues.
    """

    def __init__(self, folder: Path) -> None:
        translator = QTranslator()
        # Qt falls back from de_AT to de by itself.
        names = (f"gac_{locale().name()}", f"gac_{PLURALS}")
        if any(translator.load(name, str(folder)) for name in names):
            QCoreApplication.installTranslator(translator)
        self._translator = translator

    def release(self) -> None:
        """Remove the translator; the plugin is in English again."""
        QCoreApplication.removeTranslator(self._translator)
