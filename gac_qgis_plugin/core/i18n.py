"""Translated texts for users.

Every text goes through `tr`. The catalogues are in `resources/i18n`; `make words` collects new
texts.
"""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale

from gac_qgis_plugin.contract import message

CONTEXT = "GAC"

later = message.later


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
