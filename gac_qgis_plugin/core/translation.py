"""Translation: the language of QGIS, and the engine's sentences in it.

The engine knows neither Qt nor languages, and what it writes to files stays English. Its sentences
are recognised by their patterns, which `make words` collects from its source. Text that fits no
pattern, such as a library's own message, stays as it is.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import later, tr

LONGEST = 2000
"""Maximum number of characters of a text to translate; anything longer is not a sentence."""
DEEPEST = 3
"""Maximum nesting of sentences that fill one another's placeholders."""
SINGLE = (
    later("unknown"),
    later("none"),
    later("Acquired"),
    later("Bands"),
    later("CRS"),
    later("Kind"),
    later("Unit"),
    later("blue"),
    later("green"),
    later("red"),
    later("north"),
    later("north-east"),
    later("east"),
    later("south-east"),
    later("south"),
    later("south-west"),
    later("west"),
    later("north-west"),
    later("centre"),
    later("degrees"),
    later("metre"),
    *bands.STAGE_NAMES.values(),
)
"""Words of the engine that stand alone."""
OTHERS = (
    later("only {}"),
    later("tag {}"),
    later("brighter {}"),
    later("darker {}"),
    later("source's {}"),
    # Model cards quote these from the training's evaluation.
    later("On held-out places {} is worse than {} in {} by {} (95% interval {} to {}, {} images)."),
    later(
        "On held-out places {} may be worse than {} in {}: by {} on the mean of {} images, but the "
        "95% interval of that, {} to {}, holds 0."
    ),
    later("On held-out places {} is better than {} in {}, but no better than {}."),
    later("{} blurred by {} px"),
    later("{}'s mean colour"),
)
"""Patterns that `make words` skips as too short, or does not see."""
Pattern = tuple["re.Pattern[str]", str]

PLURALS = "en"
"""Catalogue that only distinguishes singular and plural."""


def translated(text: str) -> str:
    """Return a text of the engine, translated where a pattern or a word is known."""
    translation = _say(text, DEEPEST) if len(text) <= LONGEST else text
    return tr(text) if translation == text else translation


def _say(text: str, depth: int) -> str:
    if text in SINGLE or text in _whole():
        return tr(text)
    for pattern, source in _patterns():
        match = pattern.fullmatch(text)
        if match is not None and tr(source) != source:
            arguments = [_say(part, depth - 1) if depth else part for part in match.groups()]
            return tr(source).format(*arguments)
    # Evidence and advice are joined sentences.
    begin = next((sentence for sentence in _whole() if text.startswith(f"{sentence} ")), "")
    if begin:
        return f"{tr(begin)} {_say(text[len(begin) + 1 :], depth)}"
    parts = text.split("; ")
    if len(parts) > 1:
        return "; ".join(_say(part, depth) for part in parts)
    return f"{_say(text[:-1], depth)}." if text.endswith(".") else text


@lru_cache(maxsize=1)
def _sentences() -> tuple[str, ...]:
    return tuple(json.loads(paths.resource("i18n", "engine.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _whole() -> frozenset[str]:
    return frozenset(text for text in _sentences() if "{}" not in text)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, ...]:
    """Compile the patterns, the most specific first: `{}: {}` fits nearly everything."""
    filled = [*OTHERS, *(text for text in _sentences() if "{}" in text)]
    filled.sort(key=lambda text: len(text.replace("{}", "")), reverse=True)
    return tuple((re.compile(_expression(text), re.DOTALL), text) for text in filled)


def _expression(text: str) -> str:
    return "(.+?)".join(map(re.escape, text.split("{}")))


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
