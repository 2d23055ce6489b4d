"""What users read, in their language.

Every text goes through `tr`. The catalogues are in `resources/i18n`; `make words`
collects what is new.
"""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale

from gac_qgis_plugin.contract import message

CONTEXT = "GAC"

later = message.later


def tr(text: str, n: int = -1) -> str:
    """A text in the language of QGIS; as it is where there is no translation.

    Args:
        text: In English. What it is filled with stands in braces, for `str.format` afterwards.
        n: A number that decides between singular and plural; `%n` in the text stands for it.
    """
    # Qt looks a text up by its UTF-8, which half a pair of surrogates does not have.
    source = text.encode("utf-8", errors="replace").decode("utf-8")
    return str(QCoreApplication.translate(CONTEXT, source, None, n))


def months() -> list[str]:
    """The names of the months."""
    locale = QLocale(QgsApplication.locale())
    return [locale.standaloneMonthName(month) for month in range(1, 13)]
