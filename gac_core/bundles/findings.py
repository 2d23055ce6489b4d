"""Findings against a stage on a card: sentences, and the identifiers by which they are translated.

Trainings and evaluations write both. Cards of before have the sentences alone; these are known by
their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gac_core.contract.message import Message, later

HELD_OUT = later("On held-out places {}.")
"""Template of the note on a finding that has no template of its own."""

FINDINGS = {
    "worse": later(
        "On held-out places {} is worse than {} in {} by {} (95% interval {} to {}, {} images)."
    ),
    "worse-on-one": later("On held-out places {} is worse than {} in {} by {} on the only image."),
    "maybe-worse": later(
        "On held-out places {} may be worse than {} in {}: by {} on the mean of {} images, but the "
        "95% interval of that, {} to {}, holds 0."
    ),
    "only-blurs": later("On held-out places {} is better than {} in {}, but no better than {}."),
    "undefined": later(
        "On held-out places {} is undefined for {} of {} images, and defined in the stage before."
    ),
    "worse-than-before": later(
        "On held-out places {} is worse than in the stage before: {} after {}."
    ),
    "maybe-worse-than-before": later(
        "On held-out places {} may be worse than in the stage before: {} after {}."
    ),
}
"""Templates of the notes by identifier. The identifiers are on cards, and stay as they are."""

PARTS = {
    "blurred": later("{} blurred by {} px"),
    "mean-colour": later("{}'s mean colour"),
    "measure-of": later("{}'s {}"),
}
"""Templates of arguments by identifier, likewise: the more general after the others."""

Code = list[Any]
"""An identifier and the arguments, which are texts or codes."""

_START, _END = HELD_OUT.split("{}")
SENTENCES = {
    name: template.removeprefix(_START).removesuffix(_END) for name, template in FINDINGS.items()
}
"""Templates of the sentences on cards by identifier."""
_IDENTIFIERS = {template: name for name, template in (SENTENCES | PARTS).items()}


def codes_of(lines: Iterable[str]) -> dict[str, Code]:
    """Return sentence -> [identifier, argument, …] of those messages that are findings."""
    codes = {str.__str__(line): _encoded(line) for line in lines}
    return {text: code for text, code in codes.items() if isinstance(code, list)}


def _parsed(text: str, templates: Iterable[str]) -> Message | None:
    """Return a text as a message of the first template that fits it."""
    for template in templates:
        pattern = "(.+?)".join(map(re.escape, template.split("{}")))
        if match := re.fullmatch(pattern, text):
            return Message(template, *match.groups())
    return None


def _encoded(text: str) -> Code | str:
    if not isinstance(text, Message) or text.template not in _IDENTIFIERS:
        return str.__str__(text)
    return [_IDENTIFIERS[text.template], *map(_encoded, text.arguments)]


def _decoded(code: Code, templates: Mapping[str, str]) -> Message | None:
    """Return the message of a code; None if this version does not know it."""
    try:
        identifier, *arguments = code
        parts = [
            Message(PARTS[each[0]], *each[1:]) if isinstance(each, list) else each
            for each in arguments
        ]
        return Message(templates[identifier], *parts)
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def of_stage(line: str, image: str, codes: Mapping[str, Code]) -> str:
    """Return a training's finding, which names a measure alone, as one on a stage's image."""
    message = _decoded(codes[line], SENTENCES) if line in codes else None
    if message is None or message != line:
        return f"{image}'s {line}"
    measure, *rest = message.arguments
    return Message(message.template, Message(PARTS["measure-of"], image, measure), *rest)


def note_of(line: str, codes: Mapping[str, Code]) -> Message:
    """Return the note for users on a sentence of a card.

    Args:
        line: The sentence, with or without a full stop.
        codes: The card's codes of sentences (`codes_of`).
    """
    text = f"{_START}{line.rstrip('.')}{_END}"
    message = _decoded(codes[line], FINDINGS) if line in codes else None
    if message is not None and message == text:
        return message
    message = _parsed(text, FINDINGS.values()) or Message(HELD_OUT, line.rstrip("."))
    parts = [_parsed(part, PARTS.values()) or part for part in message.arguments]
    return Message(message.template, *parts)
