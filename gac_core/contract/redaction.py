"""Redaction of secrets in texts: passwords, keys and signatures in addresses, before any output.

An address is parsed as a URL, as GDAL's `/vsicurl?name=value&url=…`, as one nested in another,
percent-encoded, or as a connection string. Secrets become `***`. Of a query, only parameters known
to be harmless are kept, so that a service's own name for a key need not be known.

Standard library only, and no module above: everything that writes or logs may use it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from dataclasses import dataclass
from typing import Any, Final, TextIO
from urllib.parse import quote, unquote

from .message import changed

MARK: Final = "***"
"""Replacement of a secret."""

# OGC services, GDAL's own options of remote files and of `vrt://`, tile servers.
_NO_SECRETS = """
acceptversions assets band bands bbox bidx collection collections coverage coverageid coverages
crs driver dataset empty_dir expand format gridbasecrs gridcs gridoffsets gridorigin gridtype
height identifier identifiers interpolation item items layer layers list_dir map max_retry
nogcp outputcrs outsize ovr pc_collection pc_url_signing projwin rangesubset request resolution
responsecrs resx resy retry_delay scalefactor scalesize sd sd_name service srcwin srs srsname
styles subset subsettingcrs time tr unscale url use_head
use_redirect_url_if_no_query_string_params version width xoff yoff a_coord_epoch a_nodata
a_offset a_scale a_srs a_ullr block eco exponent gcp if mask oo ot of r scale epo
"""
SAFE_PARAMETERS: Final = frozenset(_NO_SECRETS.split())
"""Query parameters whose values are kept; secrets within such a value are still hidden."""

MAX_DEPTH: Final = 8
"""Maximum nesting and encoding depth of addresses that are parsed; anything below is hidden."""

_COLON = r"(?::|%(?:25)*3A)"
_SLASH = r"(?:/|%(?:25)*2F)"
_SENSITIVE_NAME = (
    r"[\w.-]*(?:passw(?:or)?d|passphrase|passwd|pwd|secret|token|signature|credentials?|cookie"
    r"|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|private[_-]?key|swift_key"
    r"|authorization)"
    r"|(?:[\w.-]*[_.-])?(?:sig|pass|auth|bearer)"
)
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\{[^}]*\}|[^\s&;,|'\"<>(){}]+)"

_NAMED = re.compile(
    rf"(?<![\w/\\.-])(?P<name>{_SENSITIVE_NAME})"
    rf"(?P<equals>[\"']?\s*(?:=|%3D)\s*|[\"']\s*:\s*){_VALUE}",
    re.IGNORECASE,
)
"""`password='…'` in a connection string or a message, `"password": "…"` in a record or a printed
environment; not a folder of that name."""

_SAID = re.compile(
    rf"(?P<name>\b[\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|[_-]key)(?P<equals>:\s+)){_VALUE}"
    r"|(?P<login>\blogin\s+\S+\s+password\s+)\S+",
    re.IGNORECASE,
)
"""`password: …` as in YAML, and a line of a `.netrc`."""

_KEY = re.compile(r"(?P<name>(?:/vsicrypt/|[?&,])key(?:_b64)?=)[^&,\s'\"]+", re.IGNORECASE)
_PRIVATE = re.compile(
    r"(?P<name>-----BEGIN [A-Z ]*PRIVATE KEY-----)(?!\*).*?(?:-----END [A-Z ]*-----|$)", re.DOTALL
)

_HUB = re.compile(r"(?P<name>\bhf_)[A-Za-z0-9]{10,}")
"""Hugging Face token."""

_HEADER = re.compile(
    r"(?P<name>(?:\b(?:proxy-)?authorization|\b(?:set-)?cookie|\bx-[\w-]*(?:key|token|auth)[\w-]*)"
    r"\s*(?::|%3A)\s*)(?:(?:bearer|basic|digest|token|apikey)(?:\s|%20|\+)+)?[^\s&'\"<>]+",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"(?P<name>(?:\bbearer|[=:]\s?(?:basic|digest|token|apikey))(?:\s|%(?:25)*20|\+)+)"
    r"(?!\*)[\w.~+/=%-]{4,}",
    re.IGNORECASE,
)
_ELEMENT = re.compile(
    r"<(?P<name>\w*(?:pwd|password|token|accesskey|cookie|header|secret)\w*)>[^<]*<", re.IGNORECASE
)
"""Element of GDAL's XML for services."""

_DATABASE = re.compile(
    r"(?P<name>\b(?:oci|geor|georaster|sde|mssql|mongodb):)(?!\*)[^\s,/@:'\"]+[/,][^\s,/@'\"]+"
    r"(?=[@,])",
    re.IGNORECASE,
)
_DIRECTORY = re.compile(r"^(?:/(?!vsi)|[.~]{1,2}[\\/]|[A-Za-z]:[\\/])")
_WHOLE = re.compile(
    rf"^(?:/vsi|[A-Za-z][\w+.-]+{_COLON}{_SLASH}|[A-Za-z]\w+:/vsi|WCS:)", re.IGNORECASE
)
_QUOTED = re.compile(r"^(?P<driver>[A-Za-z]\w+:\")(?P<inside>.*)(?P<after>\"[^\"]*)$", re.DOTALL)
_SCHEME = rf"[A-Za-z][A-Za-z0-9+.-]+{_COLON}{_SLASH}{_SLASH}"
_USER = re.compile(rf"(?P<scheme>{_SCHEME})(?!\*\*\*)[^/\n<>{{}}]*@", re.IGNORECASE)
"""In a text, a password may contain blanks and quotes too."""


def _address(end: str) -> re.Pattern[str]:
    """Return a pattern for addresses in a text, up to one of the characters `end`."""
    return re.compile(
        rf"/vsi(?:\w+|(?:s3|gs|az|adls|oss|swift|curl)(?:_streaming)?/(?:(?!://)[^{end}?])*)"
        rf"\?(?P<options>[^{end}]*)|(?P<scheme>{_SCHEME})[^{end}]*",
        re.IGNORECASE,
    )


_IN_ADDRESS, _IN_TEXT = _address("{}"), _address(r"\s'\"<>`{}|")
_TRAILING = re.compile(r"[.,:;!)\]]+$")


def redacted(address: str) -> str:
    """Return the address of an input without its secrets; a local path is unchanged.

    Args:
        address: Anything that GDAL opens, as a whole: a password may contain blanks and quotes.
    """
    if _DIRECTORY.match(address) and "://" not in address:
        return address
    if quoted := _QUOTED.match(address):
        return quoted["driver"] + redacted(quoted["inside"]) + quoted["after"]
    return _hide(address, _IN_ADDRESS if _WHOLE.match(address) else _IN_TEXT, 0)


def redacted_text(text: str) -> str:
    """Return a message, or any other text, without the secrets of the addresses in it.

    A `Message` stays one, unless a secret shows only in the whole.
    """
    return changed(text, lambda part: _hide(part, _IN_TEXT, 0))


def redacted_values(value: Any) -> Any:
    """Return JSON-ready values with all texts in them redacted, including keys."""
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, dict):
        return {redacted_values(key): redacted_values(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [redacted_values(each) for each in value]
    return value


def address_path(address: str) -> str:
    """Return an address as a file's path, for names: without user, query and GDAL options."""
    path = redacted(_IN_ADDRESS.sub(_target, redacted(address)))
    return re.sub(r"[?#][^{}\"']*", "", path) if "://" in path else path


def is_redacted(address: str) -> bool:
    """Return whether a secret was removed from an address, which thus cannot be opened any more."""
    return MARK in address and redacted(address) == address and not _DIRECTORY.match(address)


def _target(match: re.Match[str]) -> str:
    """Return `/vsicurl/ADDRESS` for `/vsicurl?…&url=ADDRESS`."""
    for part in re.split("[&;]", match["options"] or ""):
        name, _, value = part.partition("=")
        if name.lower() == "url":
            return match[0].partition("?")[0] + "/" + unquote(value)
    return match[0]


def _hide(text: str, pattern: re.Pattern[str], depth: int) -> str:
    if depth > MAX_DEPTH:
        return MARK
    if "-----BEGIN " in text:
        text = _PRIVATE.sub(rf"\g<name>{MARK}", text)
    if "hf_" in text:
        text = _HUB.sub(rf"\g<name>{MARK}", text)
    if ": " in text or "login" in text.lower():
        text = _SAID.sub(rf"\g<name>\g<login>{MARK}", text)
    if not any(sign in text for sign in "=:%?"):
        return _BEARER.sub(rf"\g<name>{MARK}", text)
    hidden = text
    if pattern is _IN_TEXT:
        hidden = _HEADER.sub(rf"\g<name>{MARK}", hidden)
        hidden = _BEARER.sub(rf"\g<name>{MARK}", hidden)
        hidden = _USER.sub(rf"\g<scheme>{MARK}@", hidden)
    hidden = pattern.sub(lambda match: _redact_match(match, pattern, depth), hidden)
    hidden = _ELEMENT.sub(rf"<\g<name>>{MARK}<", hidden)
    hidden = _DATABASE.sub(rf"\g<name>{MARK}", hidden)
    hidden = _KEY.sub(rf"\g<name>{MARK}", hidden)
    if _DIRECTORY.match(text) and "://" not in text:
        return hidden
    return _NAMED.sub(rf"\g<name>\g<equals>{MARK}", hidden)


def _redact_match(match: re.Match[str], pattern: re.Pattern[str], depth: int) -> str:
    """Return the replacement of an address in a text."""
    suffix = ""
    address = match[0]
    if pattern is _IN_TEXT and (trailing := _TRAILING.search(address)):
        address, suffix = address[: trailing.start()], trailing[0]
    if match["options"] is not None:
        start, _, options = address.partition("?")
        return f"{start}?{_query(options, pattern, depth)}{suffix}"
    scheme = match["scheme"]
    rest = address[len(scheme) :]
    if "%" in scheme:
        decoded = _hide(unquote(address), _IN_ADDRESS, depth + 1)
        return quote(decoded, safe="*") + suffix
    if re.match(_SCHEME, rest, re.IGNORECASE):
        return f"{scheme}{_hide(rest, pattern, depth + 1)}{suffix}"
    path, mark, query = _split(rest)
    host, slash, path = _authority(path)
    path = _hide(path, pattern, depth + 1)
    path = re.sub(r"(;[\w.-]+=)[^;/&]*", rf"\g<1>{MARK}", path)
    return f"{scheme}{host}{slash}{path}{mark}{_query(query, pattern, depth)}{suffix}"


def _split(rest: str) -> tuple[str, str, str]:
    """Return (path, `?` or `#`, query) of the part after a scheme."""
    match = re.search(r"[?#]", rest)
    if match is None:
        return rest, "", ""
    # A password may contain either; then an @ follows before any slash.
    ahead = re.match(r"[^/]*@", rest)
    if ahead and ahead.end() > match.start():
        path, mark, query = _split(rest[ahead.end() :])
        return f"{MARK}@{path}", mark, query
    return rest[: match.start()], match[0], rest[match.end() :]


def _authority(path: str) -> tuple[str, str, str]:
    """Return (host without its user, `/`, rest) of a URL after its scheme."""
    host, slash, tail = path.partition("/")
    user = re.match(r".*(?:@|%(?:25)*40)", host)
    if user is not None:
        return f"{MARK}@{host[user.end() :]}", slash, tail
    odd_port = re.search(r":(?!\d*$)", host)
    if odd_port and "@" in tail and not host.startswith("["):
        # A slash in a password.
        _, _, tail = tail.rpartition("@")
        host, slash, tail = tail.partition("/")
        return f"{MARK}@{host}", slash, tail
    return host, slash, tail


def _query(query: str, pattern: re.Pattern[str], depth: int) -> str:
    parts = re.split("([&;#])", query)
    return "".join(
        part if number % 2 else _pair(part, pattern, depth) for number, part in enumerate(parts)
    )


def _pair(part: str, pattern: re.Pattern[str], depth: int) -> str:
    name, equals, value = part.partition("=")
    if not part or (equals and not value):
        return part
    if not equals:
        return MARK
    if name.lower() not in SAFE_PARAMETERS:
        return f"{name}={MARK}"
    return f"{name}={_hide(value, pattern, depth + 1)}"


@dataclass(frozen=True, repr=False)
class Addresses:
    """Addresses on their way to another process, with their secrets, which `repr` hides.

    Attributes:
        paths: The unredacted addresses.
    """

    paths: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Addresses({', '.join(map(redacted, self.paths))})"


class _Printed:
    """Stream that redacts the text written to it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(redacted_text(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Logged(logging.LogRecord):
    """Log record without secrets."""

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        if self.exc_info and self.exc_info[1] is not None:
            lines = traceback.format_exception(self.exc_info[1])
            self.exc_text = redacted_text("".join(lines)).rstrip("\n")

    def getMessage(self) -> str:  # noqa: N802  (logging's name)
        return redacted_text(super().getMessage())


def redact_output() -> None:
    """Redact this process's log and standard error from now on.

    GDAL and other libraries quote the addresses that they are given.
    """
    if isinstance(sys.stderr, _Printed):
        return
    if sys.stderr is not None:
        sys.stderr = _Printed(sys.stderr)
    logging.setLogRecordFactory(_Logged)
