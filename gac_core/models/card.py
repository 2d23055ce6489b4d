"""Reading a bundle's card, `bundle.json`, which may come from anywhere and is not trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.files import is_file
from gac_core.models.bundle import (
    AGAIN,
    Bundle,
    Grounding,
    Sampling,
    WeightFile,
    WindowSpec,
    short_line,
)
from gac_core.models.names import printable
from gac_core.models.schema import CARD_ENTRIES, OutsideError, require_plain

FORMAT = 2
"""1: stage 2's head corrected four bands, and stage 3 fused or shared TerraMind's answer."""

WHAT = "bundle's card"

LARGEST = 10_000_000
"""Bytes of a card. Reading one must not fill the memory."""

UNUSABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What comes of values that are not what a card should hold."""

WRONG_KIND = "a value in it is of the wrong kind"


def read_bundle(folder: Path) -> Bundle:
    """Read a bundle's card.

    Raises:
        BundleError: If there is none, or it is not one that this version understands.
    """
    path = folder / CARD
    if not is_file(path):
        raise BundleError(
            f"There is no model bundle in {folder}: {CARD} is missing.",
            "Choose a folder that holds one, or an installed bundle by its name.",
        )
    card = read_json(path, WHAT, AGAIN)
    require_format(path, card, FORMAT, "Fetch the bundle again, or train it anew.")
    try:
        require_plain(card)
        # Cleaned first: an entry must not get the name of one that was looked at.
        card = _cleaned(card)
        CARD_ENTRIES("", card)
        return _parse(folder, card)
    except OutsideError as error:
        raise BundleError(
            f"The bundle's card {path} names a file outside the bundle, or one that no file of a "
            f"bundle can have: {error}.",
            "Do not use this bundle unless you know who made it.",
        ) from error
    except UNUSABLE as error:
        raise unusable(path, error) from error


def require_format(path: Path, card: Any, number: int, if_older: str) -> None:
    """See that a card is of the format that this version reads.

    Args:
        path: The card.
        card: What it holds.
        number: The format that is read.
        if_older: What to do with one that an earlier version wrote.

    Raises:
        BundleError: If it is of another one.
    """
    written = card.get("format") if isinstance(card, dict) else None
    if written == number:
        return
    if isinstance(written, int) and 0 < written < number:
        raise BundleError(
            f"{path} is of format {written}, from an earlier version of GAC; this one reads "
            f"format {number}, in which stages 2 and 3 are other networks.",
            if_older,
        )
    raise BundleError(
        f"{path} is of another format than this version of GAC reads ({number}).",
        "Update GAC, or fetch what fits this version.",
    )


def read_json(path: Path, what: str, remedy: str) -> Any:
    """What a JSON file of a bundle holds.

    Args:
        path: The file.
        what: What it is, for the message.
        remedy: What to do if it cannot be read.

    Raises:
        BundleError: If it cannot be read.
    """
    try:
        if not path.is_file():
            raise BundleError(f"The {what} {path} is no plain file.", remedy)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise BundleError(
                f"The {what} {path} is larger than {LARGEST // 1_000_000} MB: it is none.", remedy
            )
        return json.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = _why_unread(error)
        raise BundleError(f"The {what} {path} cannot be read: {reason}.", remedy) from error


def _why_unread(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "the system does not say why"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON (line {error.lineno}: {error.msg})"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return "it is no text" if isinstance(error, UnicodeDecodeError) else "a number is too long"


def unusable(card: Path, error: Exception, what: str = WHAT, remedy: str = AGAIN) -> BundleError:
    """An error in words for a card whose values make no bundle."""
    reason = printable(str(error).split("\n")[0])[:300].rstrip(".")
    if isinstance(error, KeyError):
        reason = f"{error} is missing"
    elif isinstance(error, TypeError):
        # Python's words, of which only a name that it quotes is of use.
        name = re.search(r"(?:keyword argument|argument:?) ('\w+')", reason)
        reason = f"{name[1]} does not belong there or is missing" if name else WRONG_KIND
    elif isinstance(error, (AttributeError, IndexError)):
        reason = WRONG_KIND
    return BundleError(f"The {what} {card} is incomplete or wrong: {reason}.", remedy)


def _cleaned(value: Any) -> Any:
    """Return a card's value without what could steer a terminal that shows it."""
    if isinstance(value, Mapping):
        return {printable(name): _cleaned(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_cleaned(inside) for inside in value]
    return printable(value) if isinstance(value, str) else value


def _parse(folder: Path, card: dict[str, Any]) -> Bundle:
    """Return the bundle of a card that is as its schema says."""
    terramind = card["terramind"]
    codes = terramind.get("codes")
    return Bundle(
        path=folder,
        name=card["name"],
        title=short_line(card["title"]),
        kind=card["kind"],
        licence=short_line(card["licence"]),
        terramind=terramind["shape"],
        generator=WeightFile(**terramind["weights"]["generator"]),
        tokenizer=WeightFile(**terramind["weights"]["tokenizer"]),
        window=WindowSpec(**card.get("window", {})),
        sampling=Sampling(**card.get("sampling", {})),
        refiner=card.get("refiner"),
        grounding=Grounding(**card.get("grounding", {})),
        codes=None if codes is None else WeightFile(**codes),
        offset=terramind.get("offset", 0.0),
        card=card,
    )
