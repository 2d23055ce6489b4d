"""Readers of a bundle's card, `bundle.json`, which is untrusted input, and of its evaluation."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gac_core.bundles.bundle import (
    AGAIN,
    Backbone,
    Bundle,
    Grounding,
    Sampling,
    WeightFile,
    WindowSpec,
    printable,
    short_line,
    without_folders,
)
from gac_core.bundles.schema import (
    BACKBONE,
    BACKBONE_ENTRIES,
    CARD_ENTRIES,
    OutsideError,
    require_plain,
)
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message, changed
from gac_core.io import is_file

FORMAT = 2
"""1: stage 2's head corrected four bands, and stage 3 fused or shared TerraMind's output."""
CARD_DESCRIPTION = Message("bundle's card")
LARGEST = 10_000_000
"""Maximum size of a card in bytes, so that reading one cannot exhaust memory."""
UNUSABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""Exceptions that invalid values in a card lead to."""
WRONG_KIND = Message("a value in it is of the wrong kind")

MEASURES = ("psnr", "ssim", "sam", "gac", "cfog", "cfog_gap")
"""Measures that a card stores for each image."""
BLUR: Final = "no better than a blur"
"""Verdict on a stage that is better than the one before it, but not than a blurred image."""
SCORES = Message("file of scores")
EVALUATE = Message("Name the scores.json that training.evaluate wrote.")


def read_bundle(folder: Path) -> Bundle:
    """Read a bundle's card.

    Raises:
        BundleError: If there is none, it is not of a bundle, or this version does not support it.
    """
    card = read_card(folder)
    if isinstance(card, Bundle):
        return card
    raise BundleError(
        Message("{} holds weights that training begins with, not the models of a run.", folder),
        Message("Choose a bundle that holds TerraMind."),
        problem="base-weights-only",
    )


def read_card(folder: Path) -> Bundle | Backbone:
    """Read the card of a bundle or of a backbone; errors as `read_bundle`."""
    path = folder / CARD
    if not is_file(path):
        raise BundleError(
            Message("There is no model bundle in {}: {} is missing.", folder, CARD),
            Message("Choose a folder that holds one, or an installed bundle by its name."),
            problem="bundle-card-missing",
        )
    card = read_json(path, CARD_DESCRIPTION, AGAIN)
    require_format(path, card, FORMAT, Message("Fetch the bundle again, or train it again."))
    try:
        require_plain(card)
        # Clean before validating: cleaning must not rename an entry to one already validated.
        card = _cleaned(card)
        if card.get("kind") == BACKBONE:
            BACKBONE_ENTRIES("", card)
            return _parse_backbone(folder, card)
        CARD_ENTRIES("", card)
        return _parse(folder, card)
    except OutsideError as error:
        raise BundleError(
            Message(
                "The bundle's card {} names a file outside the bundle, or one that no "
                "file of a bundle can have: {}.",
                path,
                error,
            ),
            Message("Do not use this bundle unless you know who made it."),
            problem="card-names-outside-file",
        ) from error
    except UNUSABLE as error:
        raise unusable(path, error) from error


def require_format(path: Path, card: Any, number: int, if_older: str) -> None:
    """Check that a card is of the format that this version reads.

    Args:
        path: Path of the card.
        card: Contents of the card.
        number: Supported format.
        if_older: Remedy for a card written by an earlier version.

    Raises:
        BundleError: If it is of another format.
    """
    version = card.get("format") if isinstance(card, dict) else None
    if version == number:
        return
    if isinstance(version, int) and 0 < version < number:
        raise BundleError(
            Message(
                "{} is of format {}, from an earlier version of GAC; this one reads "
                "format {}, in which stages 2 and 3 are other networks.",
                path,
                version,
                number,
            ),
            if_older,
            problem="card-format-old",
        )
    raise BundleError(
        Message("{} is of another format than this version of GAC reads ({}).", path, number),
        Message("Update GAC, or fetch what fits this version."),
        problem="card-format-unknown",
    )


def read_json(path: Path, what: str, remedy: str) -> Any:
    """Return the contents of a JSON file of a bundle.

    Args:
        path: The file.
        what: Description of the file, for the message.
        remedy: Suggested action if it cannot be read.

    Raises:
        BundleError: If it cannot be read.
    """
    try:
        if not path.is_file():
            raise BundleError(
                Message("The {} {} is not a regular file.", what, path),
                remedy,
                problem="card-not-a-file",
            )
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise BundleError(
                Message(
                    "The {} {} is larger than {} MB, which none is.", what, path, LARGEST // 1000000
                ),
                remedy,
                problem="card-too-large",
            )
        return json.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = _why_unread(error)
        raise BundleError(
            Message("The {} {} cannot be read: {}.", what, path, reason),
            remedy,
            problem="card-unreadable",
        ) from error


def _why_unread(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or Message("the system does not say why")
    if isinstance(error, json.JSONDecodeError):
        return Message("it is not JSON (line {}: {})", error.lineno, error.msg)
    if isinstance(error, RecursionError):
        return Message("it is nested too deep")
    is_binary = isinstance(error, UnicodeDecodeError)
    return Message("it is not text" if is_binary else "a number is too long")


def unusable(
    card: Path, error: Exception, what: str = CARD_DESCRIPTION, remedy: str = AGAIN
) -> BundleError:
    """Return the error for a card whose values are not valid."""
    reason = changed(str(error), lambda text: printable(text.split("\n")[0])[:300].rstrip("."))
    if isinstance(error, KeyError):
        reason = Message("{} is missing", error)
    elif isinstance(error, TypeError):
        # Of Python's message only a quoted name is useful.
        name = re.search(r"(?:keyword argument|argument:?) ('\w+')", reason)
        reason = WRONG_KIND
        if name:
            reason = Message("{} does not belong there or is missing", name[1])
    elif isinstance(error, (AttributeError, IndexError)):
        reason = WRONG_KIND
    return BundleError(
        Message("The {} {} is incomplete or wrong: {}.", what, card, reason),
        remedy,
        problem="card-damaged",
    )


def _cleaned(value: Any) -> Any:
    """Return a card's value without control characters, which could affect a terminal."""
    if isinstance(value, Mapping):
        return {printable(name): _cleaned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def _parse_backbone(folder: Path, card: dict[str, Any]) -> Backbone:
    """Return the backbone of a validated card."""
    return Backbone(
        **_common(folder, card),
        weights=tuple(WeightFile(**weight) for weight in card["weights"]),
    )


def _parse(folder: Path, card: dict[str, Any]) -> Bundle:
    """Return the bundle of a validated card."""
    terramind = card["terramind"]
    codes = terramind.get("codes")
    return Bundle(
        **_common(folder, card),
        terramind=terramind["shape"],
        generator=WeightFile(**terramind["weights"]["generator"]),
        tokenizer=WeightFile(**terramind["weights"]["tokenizer"]),
        window=WindowSpec(**card.get("window", {})),
        sampling=Sampling(**card.get("sampling", {})),
        refiner=card.get("refiner"),
        grounding=Grounding(**card.get("grounding", {})),
        codes=None if codes is None else WeightFile(**codes),
        offset=terramind.get("offset", 0.0),
    )


def _common(folder: Path, card: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that bundles and backbones share."""
    return {
        "path": folder,
        "name": card["name"],
        "title": short_line(card["title"]),
        "kind": card["kind"],
        "licence": short_line(card["licence"]),
        "card": card,
    }


@dataclass(frozen=True)
class Evaluation:
    """Result of an evaluation.

    Attributes:
        path: Its file.
        hashes: SHA-256 of all weight files of the evaluated bundle.
        scores: Section for the card.
    """

    path: Path
    hashes: frozenset[str]
    scores: Mapping[str, Any]

    def require_of(self, hashes: Mapping[str, Collection[str]]) -> None:
        """Check that the scores belong to a bundle.

        Args:
            hashes: Possible hashes by file: its current one and the one when it was evaluated.

        Raises:
            BundleError: If another bundle was evaluated.
        """
        for name, digests in hashes.items():
            if self.hashes.isdisjoint(digests):
                raise BundleError(
                    Message(
                        "The scores in {} are those of another bundle: none of its files is {}.",
                        self.path,
                        name,
                    ),
                    Message(
                        "Evaluate what is packed, or pack without --scores and evaluate the bundle."
                    ),
                    problem="scores-of-another-bundle",
                )


def read_evaluation(path: Path) -> Evaluation:
    """Read the `scores.json` of `training.evaluate`.

    Raises:
        BundleError: If it is not valid.
    """
    values = read_json(path, SCORES, EVALUATE)
    try:
        about, pairs = values["about"], values["pairs"]
        tiles = sorted({pair["tile"] for pair in pairs})
        table = {image: _row(measures) for image, measures in values["scores"].items()}
        scores = {
            "what": (
                f"Means over {len(pairs)} images of {len(tiles)} tiles. PSNR in dB and SSIM for a "
                "range of 10000 DN, SAM in degrees, GAC and CFOG: agreement of edges with the "
                "radar's, CFOG gap: its distance from that of the real image."
            ),
            "data": without_folders(str(about["data"])),
            "command": without_folders(str(about["command"])),
            "tiles": tiles,
            "timesteps": about["timesteps"],
            "mean": {image: row for image, row in table.items() if row},
            "stages": [_compared(verdict) for verdict in values["verdicts"]["stages"]],
            "not earned": [str(line) for line in values["not earned"]],
            "findings": dict(values.get("findings") or {}),
        }
        return Evaluation(path, frozenset(about["bundle"]["sha256"].values()), scores)
    except UNUSABLE as error:
        raise unusable(path, error, SCORES, EVALUATE) from error


def _row(measures: Mapping[str, Any]) -> dict[str, float]:
    means = {key: measures[key]["mean"] for key in MEASURES if key in measures}
    return {key: round(float(mean), 3) for key, mean in means.items() if mean is not None}


def _compared(found: Mapping[str, Any]) -> str:
    """Return a line that compares a stage with the one before it and with equally good blurs."""
    gain = found["gain"]
    if gain["mean"] is None:
        return f"{found['later']} over {found['earlier']}, {found['measure']}: undefined"
    low, high = ("?" if edge is None else f"{edge:+.4g}" for edge in gain["interval"])
    blurs = found.get("no better than")
    rivals = f" ({', '.join(blurs)})" if blurs and found["verdict"] == BLUR else ""
    return (
        f"{found['later']} over {found['earlier']}, {found['measure']}: gain {gain['mean']:+.4g} "
        f"(95% interval {low} to {high}, {gain['n']} images): {found['verdict']}{rivals}"
    )
