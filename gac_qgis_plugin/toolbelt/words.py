"""What users read, in their language.

Every text goes through `tr`. The catalogues are in `resources/i18n`; `make words`
collects what is new.
"""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale

CONTEXT = "GAC"


def tr(text: str, n: int = -1) -> str:
    """A text in the language of QGIS; as it is where there is no translation.

    Args:
        text: In English. What it is filled with stands in braces, for `str.format` afterwards.
        n: A number that decides between singular and plural; `%n` in the text stands for it.
    """
    # Qt looks a text up by its UTF-8, which half a pair of surrogates does not have.
    source = text.encode("utf-8", errors="replace").decode("utf-8")
    return str(QCoreApplication.translate(CONTEXT, source, None, n))


def later(text: str) -> str:
    """Marks a text for the catalogue that is put through `tr` only where it is shown.

    Modules are read before the language is known: what stands at their top cannot be translated
    yet.
    """
    return text


def months() -> list[str]:
    """The names of the months."""
    locale = QLocale(QgsApplication.locale())
    return [locale.standaloneMonthName(month) for month in range(1, 13)]
