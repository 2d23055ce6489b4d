"""Passwords and tokens kept out of what is written: the log, the project, metadata, reports.

GDAL's addresses hold them in several forms, and other libraries quote these in their messages. The
engine does the same for what it writes itself; the plugin's Python cannot import the engine.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

MASK = "…"

_WORDS = (
    r"authorization|cookie|passw(?:or)?d|userpwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?"
    r"|signature|credentials?|private[-_]?key|sig|sas"
)
_RULES = (
    # Options of GDAL's, which may hold blanks: the last one ends with the word or the quotes.
    (re.compile(r"(/vsi\w+(?:/|%2F)?\?)(?:[^'\"\n<>]*&)?[^\s'\"<>]*", re.IGNORECASE), rf"\1{MASK}"),
    # A user with a password, which need not be encoded; then a user, or a token, alone.
    (re.compile(r"(\w://)[^\s/?#:@'\"<>]*:[^\s'\"<>]*@"), rf"\1{MASK}@"),
    (re.compile(r"(\w://)[^\s/?#'\"<>]+@"), rf"\1{MASK}@"),
    (re.compile(r"(%3A%2F%2F)[^\s&'\"<>/]*?%40", re.IGNORECASE), rf"\1{MASK}%40"),
    # A query, after an address or a file's name.
    (re.compile(r"(\w://[^\s?'\"<>]*\?)[^\s'\"<>]+"), rf"\1{MASK}"),
    (re.compile(r"(?<=[\w/])\?[\w.%~\[\]-]+=[^\s'\"<>]*"), f"?{MASK}"),
    (re.compile(r"\b(bearer|basic|digest|negotiate)(\s+|%20)[\w.~+/=%-]{6,}", re.IGNORECASE),
     rf"\1\2{MASK}"),
    (re.compile(rf"((?:{_WORDS})['\"]?\s*(?:=|%3D)\s*['\"]?)(?!…)[^\s&'\",;<>]+", re.IGNORECASE),
     rf"\1{MASK}"),
    (re.compile(r"((?:authorization|cookie|password|passwd|secret|token)['\"]?:\s*['\"]?)"
                r"(?!(?:bearer|basic|digest|negotiate)\b|…)[^\s&'\",;<>]+", re.IGNORECASE),
     rf"\1{MASK}"),
    (re.compile(r"\bhf_[A-Za-z0-9]{8,}"), f"hf_{MASK}"),
)  # fmt: skip


def redacted(text: str) -> str:
    """Return a text in which a mask stands for passwords, tokens and queries of addresses."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def redacted_json(value: Any) -> Any:
    """Return JSON with `redacted` texts."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, list):
        return [redacted_json(each) for each in value]
    if isinstance(value, dict):
        return {key: redacted_json(each) for key, each in value.items()}
    return value


def file_name(source: str) -> str:
    """Return the last part of a file's path or address, to call it by."""
    path = redacted(source).replace("\\", "/").partition(f"?{MASK}")[0]
    return PurePosixPath(path).name or MASK
