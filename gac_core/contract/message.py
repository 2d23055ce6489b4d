"""Texts that are translated where they are shown."""

from __future__ import annotations


def later(text: str) -> str:
    """Mark a text for the catalogue; the plugin puts it through `tr` where it is shown.

    Modules are read before the language is set: what stands at their top cannot be translated yet.
    """
    return text
