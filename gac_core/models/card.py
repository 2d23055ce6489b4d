"""Reading a bundle's card, `bundle.json`, which may come from anywhere and is not trusted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from gac_core.errors import BundleError
from gac_core.models.bundle import AGAIN, Bundle, Grounding, Sampling, WeightFile, WindowSpec
from gac_core.models.names import is_inside

CARD = "bundle.json"

FORMAT = 2
"""1: stage 2's head corrected four bands, and stage 3 fused or shared TerraMind's answer."""

KINDS = ("demo", "published", "trained")

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
    if not path.exists():
        raise BundleError(
            f"There is no model bundle in {folder}: {CARD} is missing.",
            "Choose a folder that holds one, or an installed bundle by its name.",
        )
    card = read_json(path, WHAT, AGAIN)
    require_format(path, card, FORMAT, "Fetch the bundle again, or train it anew.")
    try:
        bundle = _parse(folder, card)
        # Sections that are looked at later are looked at now: the card is to blame, not GAC.
        _ = bundle.notes, bundle.modalities, bundle.grounding.steps
        named = [*(weight.file for weight in bundle.named_weights), *bundle.adapters]
        outside = [name for name in named if not is_inside(name)]
    except UNUSABLE as error:
        raise unusable(path, error) from error
    if outside:
        raise BundleError(
            f"The bundle's card {path} names a file outside the bundle: {outside[0]}.",
            "Do not use this bundle unless you know who made it.",
        )
    return bundle


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
        if path.stat().st_size > LARGEST:
            raise BundleError(
                f"The {what} {path} is larger than {LARGEST // 1_000_000} MB: it is none.", remedy
            )
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = _why_unread(error)
        raise BundleError(f"The {what} {path} cannot be read: {reason}.", remedy) from error


def _why_unread(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "the system does not say why"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON (line {error.lineno}: {error.msg})"
    return "it is no text" if isinstance(error, UnicodeDecodeError) else "it is nested too deep"


def unusable(card: Path, error: Exception, what: str = WHAT, remedy: str = AGAIN) -> BundleError:
    """An error in words for a card whose values make no bundle."""
    reason = str(error).split("\n")[0].rstrip(".")
    if isinstance(error, KeyError):
        reason = f"{error} is missing"
    elif isinstance(error, TypeError):
        # Python's words, of which only a name that it quotes is of use.
        name = re.search(r"(?:keyword argument|argument:?) ('\w+')", reason)
        reason = f"{name[1]} does not belong there or is missing" if name else WRONG_KIND
    elif isinstance(error, (AttributeError, IndexError)):
        reason = WRONG_KIND
    return BundleError(f"The {what} {card} is incomplete or wrong: {reason}.", remedy)


def _parse(folder: Path, card: dict[str, Any]) -> Bundle:
    if card["kind"] not in KINDS:
        raise ValueError(f"kind {card['kind']!r} is none of {', '.join(KINDS)}")
    for name in ("name", "title", "licence"):
        if not isinstance(card[name], str):
            raise ValueError(f"{name} is {card[name]!r}")
    for name in ("terramind", "refiner", "grounding", "window", "sampling"):
        _section(name, card.get(name))
    weights = _section("weights", card["terramind"]["weights"])
    codes = _section("codes", card["terramind"].get("codes"))
    return Bundle(
        path=folder,
        name=card["name"],
        title=card["title"],
        kind=card["kind"],
        licence=card["licence"],
        terramind=card["terramind"]["shape"],
        generator=WeightFile(**weights["generator"]),
        tokenizer=WeightFile(**weights["tokenizer"]),
        window=WindowSpec(**card.get("window", {})),
        sampling=Sampling(**card.get("sampling", {})),
        refiner=card.get("refiner"),
        grounding=Grounding(**card.get("grounding", {})),
        codes=None if codes is None else WeightFile(**codes),
        offset=card["terramind"].get("offset", 0.0),
        card=card,
    )


def _section(name: str, value: Any) -> Any:
    if not isinstance(value, dict | None):
        raise ValueError(f"{name} is {value!r}")
    return value
