"""Messages for users: a template with its arguments, translated where they are displayed.

The engine is English and knows no languages. A `Message` is its English text for everything that
prints or stores it; where a message crosses to another process or into a record, its template and
its arguments travel beside the text, in the field `words` (docs/architecture.md).
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterable
from functools import partial, reduce
from typing import Any, cast

WORDS = "words"
"""Field of an event or a record for the templates and arguments of the messages in it."""

GAP = "{}"
"""Placeholder of an argument in a template."""

MAX_NESTING = 32
"""Maximum depth of values, and of messages within messages, that are restored."""


def later(text: str) -> str:
    """Mark a text for the translation catalogue; the plugin passes it to `tr` when displaying it.

    Modules are imported before the language is set, so module-level texts cannot be translated yet.
    """
    return text


def shell_word(path: str) -> str:
    """Return a path as one word of a command, as this system's shells read it."""
    if sys.platform == "win32":
        # Its paths hold no double quotes, and cmd.exe knows no single ones.
        return f'"{path}"' if re.search(r"[^\w.:/\\-]", path) else path
    return shlex.quote(path)


class Message(str):
    """An English text made of a template and its arguments, for a translation of the template.

    String methods, concatenation and f-strings return plain strings: put a message into another
    one as an argument, or use `join`.

    Args:
        template: Text with `{}`, and no other form of placeholder, for each argument.
        arguments: Values, already formatted if they need a format. Messages are translated too.

    Attributes:
        template: The template.
        arguments: The arguments as texts.

    Raises:
        ValueError: If there are more or fewer arguments than placeholders.
    """

    __slots__ = ("arguments", "template")

    template: str
    arguments: tuple[str, ...]

    def __new__(cls, template: str, *arguments: object) -> Message:
        """Fill the template."""
        texts = tuple(each if isinstance(each, Message) else format(each) for each in arguments)
        pieces = template.split(GAP)
        if len(pieces) != len(texts) + 1:
            raise ValueError(f"{len(texts)} arguments for {template!r}")
        filled = "".join(part for pair in zip(pieces, (*texts, "")) for part in pair)
        message = super().__new__(cls, filled)
        message.template = template
        message.arguments = texts
        return message

    def __str__(self) -> str:
        """Return the message itself: `str` does not lose the template."""
        return self

    def __reduce__(self) -> tuple[type[Message], tuple[str, ...]]:
        """Return how to build the message anew, for pickling and copying."""
        return Message, (self.template, *self.arguments)


def join(texts: Iterable[object], separator: str = " ") -> str:
    """Return texts joined by a separator, without empty ones, as a message that stays translatable.

    Args:
        texts: Messages and other texts; those that are no messages stay as they are.
        separator: Punctuation or blank between them.
    """
    parts = [text if isinstance(text, str) else format(text) for text in texts]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Message(separator.join([GAP] * len(parts)), *parts)


def any_of(texts: Iterable[str]) -> str:
    """Return texts as alternatives: `a or b`."""
    return all_of(texts, later("{} or {}"))


def all_of(texts: Iterable[str], pair: str = later("{} and {}")) -> str:
    """Return texts as a list, `a and b`; "" if there are none.

    Args:
        texts: Messages and other texts.
        pair: Template of two of them.
    """
    parts = list(texts)
    return reduce(partial(Message, pair), parts) if parts else ""


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return a text after a change; a message stays one if the change can be made to its parts.

    Args:
        text: The text.
        change: Function of a text, such as the removal of control characters.
    """
    whole = change(text)
    if not isinstance(text, Message):
        return whole
    if whole == text:
        return text
    template = change(text.template)
    if template.count(GAP) != len(text.arguments):
        return whole
    parts = Message(template, *(changed(each, change) for each in text.arguments))
    return parts if parts == whole else whole


def words_of(values: Any) -> dict[str, list[str]]:
    """Return text -> [template, argument, …] of all messages in JSON-ready values.

    Arguments are plain texts; those that are messages have an entry of their own. The list is empty
    if the text is the template.
    """
    words: dict[str, list[str]] = {}
    pending = [values]
    while pending:
        value = pending.pop()
        if isinstance(value, Message):
            text = str.__str__(value)
            words[text] = [] if value.template == text else [value.template, *value.arguments]
            pending.extend(value.arguments)
        elif isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, (list, tuple)):
            pending.extend(value)
    return dict(sorted(words.items()))


def with_words(values: dict[str, Any]) -> dict[str, Any]:
    """Return an event or record with the field `words`, if there is a message in it."""
    words = words_of(values)
    return {**values, WORDS: words} if words else values


def restored(values: Any) -> Any:
    """Return an event or a record without its field `words`, with messages for the texts in it.

    An entry that does not yield its own text is ignored: records may be damaged.
    """
    if not isinstance(values, dict) or not isinstance(values.get(WORDS), dict):
        return values
    words = values[WORDS]
    rest = {name: value for name, value in values.items() if name != WORDS}
    return _restore(rest, words, {}, MAX_NESTING)


def _restore(value: Any, words: dict[str, Any], messages: dict[str, str], levels: int) -> Any:
    if isinstance(value, str):
        return _message(value, words, messages, MAX_NESTING)
    if isinstance(value, dict) and levels:
        return {n: _restore(each, words, messages, levels - 1) for n, each in value.items()}
    if isinstance(value, list) and levels:
        return [_restore(each, words, messages, levels - 1) for each in value]
    return value


def _message(text: str, words: dict[str, Any], messages: dict[str, str], levels: int) -> str:
    entry = words.get(text)
    if not isinstance(entry, list) or not levels:
        return text
    if text not in messages:
        messages[text] = text  # until it is built: damaged entries may be circular
        if all(isinstance(part, str) for part in entry):
            template, *arguments = cast("list[str]", entry or [text])
            parts = [_message(part, words, messages, levels - 1) for part in arguments]
            if template.count(GAP) == len(parts):
                message = Message(template, *parts)
                messages[text] = message if message == text else text
    return messages[text]
