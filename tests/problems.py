"""Checks of errors by their identifier and arguments, whatever their English words are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def raises(
    kind: type[Exception], problem: str, *arguments: object
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """Context that must raise an error of a class, with an identifier and arguments.

    Args:
        kind: Class of the error.
        problem: Its identifier.
        arguments: Some of its message's arguments, as for `assert_problem`.
    """
    with pytest.raises(kind) as caught:
        yield caught
    assert_problem(caught.value, problem, *arguments)


def assert_problem(failure: Any, problem: str, *arguments: object) -> None:
    """Assert the identifier and arguments of an error, or of an event that reports one.

    A text must occur as whole words in one of the message's arguments, those of messages within
    the message included, any other value must be one of them. Where a message has no template
    (in the plugin, where it was translated), it is looked for in the message.

    Args:
        failure: An error, or an event `error`.
        problem: The identifier.
        arguments: Some of the message's arguments.
    """
    if isinstance(failure, dict):
        told, text = failure["problem"], failure["message"]
        texts = _texts(text, failure.get("words", {}))
    else:
        told, text = failure.problem, failure.message
        texts = arguments_of(text)
    assert told == problem, f"{told}: {text}"
    for argument in arguments:
        assert any(_is_in(argument, each) for each in texts), f"{argument!r} is not in {texts}"


def notes_with(notes: Iterable[str], *arguments: object, template: str = "") -> list[str]:
    """Return the notes in whose message each of these is an argument, as for `assert_problem`.

    A note that has no arguments, or no template, has none of them.

    Args:
        notes: The notes.
        arguments: Arguments of the message, or of messages in it.
        template: Template that the message, or one in it, must have; empty: any.
    """
    return [
        note
        for note in notes
        if hasattr(note, "arguments")
        and (not template or template in templates_of(note))
        and all(any(_is_in(each, text) for text in arguments_of(note)) for each in arguments)
    ]


def templates_of(text: str) -> list[str]:
    """Return the templates of a message and of messages in it; a plain text has none."""
    if not hasattr(text, "template"):
        return []
    return [text.template, *(each for part in text.arguments for each in templates_of(part))]


def arguments_of(text: str) -> list[str]:
    """Return the arguments of a message, and of messages in it; a plain text is its own."""
    if not hasattr(text, "arguments"):
        return [text]
    return [part for each in text.arguments for part in (each, *arguments_of(each))]


def _texts(text: str, words: dict[str, list[str]]) -> list[str]:
    """Return the same for a message in an event."""
    if text not in words:
        return [text]
    return [part for each in words[text][1:] for part in (each, *_texts(each, words))]


def _is_in(argument: object, text: str) -> bool:
    if not isinstance(argument, str):
        return str(argument) == text or (text.count(" ") > 2 and _is_in(str(argument), text))
    return re.search(rf"(?<!\w){re.escape(argument)}(?!\w)", text) is not None
