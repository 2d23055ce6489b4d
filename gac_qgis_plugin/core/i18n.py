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


def months() -> list[str]:
    """Return the names of the months."""
    locale = QLocale(QgsApplication.locale())
    return [locale.standaloneMonthName(month) for month in range(1, 13)]
