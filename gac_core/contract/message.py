"""Texts that are translated where they are displayed."""

from __future__ import annotations


def later(text: str) -> str:
    """Mark a text for the translation catalogue; the plugin passes it to `tr` when displaying it.

    Modules are imported before the language is set, so module-level texts cannot be translated yet.
    """
    return text
