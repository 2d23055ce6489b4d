"""Card of a packed bundle: the base's card with the parts' sections and history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gac_core import __version__
from gac_core.models.bundle import Bundle
from gac_core.models.lineage import OTHER_STAGE_2
from gac_core.models.names import without_folders
from gac_core.models.part import SECTIONS, Part, weight_entries

Card = dict[str, Any]


def packed_card(
    base: Bundle, parts: Sequence[Part], name: str, title: str, licence: str | None
) -> Card:
    """Return the card; its files still have their names in the base and the parts.

    Args:
        base: The bundle whose other stages stay.
        parts: In the order of their stages.
        name: Name of the new bundle.
        title: Title of the new bundle.
        licence: Licence of the whole; None: those of base and parts.
    """
    card: Card = json.loads(json.dumps(base.card))
    by_stage = {f"stage {part.stage}": part for part in parts}
    for part in parts:
        card[SECTIONS[part.stage]] = json.loads(json.dumps(part.section))
    licences = [base.licence, *(part.training.get("licence") for part in parts)]
    stated = dict.fromkeys(text for text in licences if isinstance(text, str) and text.strip())
    attribution = [*_texts(base.card.get("attribution"))]
    for part in parts:
        attribution += _texts(part.training.get("attribution"))
    return card | {
        "name": name,
        "title": title,
        "kind": "trained" if parts else base.kind,
        "licence": licence or "; ".join(stated),
        "attribution": list(dict.fromkeys(attribution)),
        "training": _stories(base)
        | {stage: _public(part.training) for stage, part in by_stage.items()},
        "scores": _scores(base, parts),
        "packed": {
            "gac_version": __version__,
            "base": {"name": base.name, "title": base.title, "licence": base.licence},
            "parts": {stage: part.base for stage, part in by_stage.items()},
            "was": (base.card.get("packed") or {}).get("was") or {},
        },
    }


def stage_notes(base: Bundle, parts: Sequence[Part], other_stage_2: bool) -> list[str]:
    """Return notes for users on the combination of stages.

    Args:
        base: The base.
        parts: Parts that replace its stages.
        other_stage_2: True if a stage 3 among the parts was trained after another stage 2.
    """
    stages = [part.stage for part in parts]
    notes = [] if stages else _texts(base.card.get("notes"))
    if other_stage_2 or (stages == [2] and base.grounding.adapter is not None):
        notes.append(OTHER_STAGE_2)
    elif stages == [3]:
        notes += [note for note in _texts(base.card.get("notes")) if note != OTHER_STAGE_2]
    return notes


def weight_files(card: Card, homes: Mapping[str, Path]) -> Iterator[tuple[Card, Path | None, str]]:
    """Yield each entry of a weight file, the part's folder that holds it, and its new folder.

    Args:
        card: The card.
        homes: Folders of the parts by section; other files are in the base.

    Yields:
        The entry, which may be modified; None for the base; the new folder's name, or "".
    """
    for entry in card["terramind"]["weights"].values():
        yield entry, None, ""
    for stage, section in SECTIONS.items():
        home = homes.get(section)
        for entry in weight_entries(card.get(section) or {}):
            yield entry, home, "" if home is None else f"stage{stage}/"


def _stories(base: Bundle) -> Card:
    """Return the training section of the base's card, by name."""
    training = base.card.get("training")
    if base.card.get("packed") and isinstance(training, dict):
        return dict(training)
    return {} if training is None else {"base": training}


def _public(training: Mapping[str, Any]) -> Card:
    """Return a description of a training without the trainer's folders."""
    return {
        key: without_folders(value) if isinstance(value, str) else value
        for key, value in training.items()
    }


def _scores(base: Bundle, parts: Sequence[Part]) -> Card:
    """Return the scores of the parts, and the base's scores that still apply."""
    scores: Card = json.loads(json.dumps(base.card.get("scores") or {}))
    first = min((part.stage for part in parts), default=4)
    replaced = [f"opt_v{stage}" for stage in range(first, 4)]
    if isinstance(scores.get("mean"), dict):
        scores["mean"] = {name: row for name, row in scores["mean"].items() if name not in replaced}
    lines = [
        line
        for line in _texts(scores.pop("not earned", None))
        if not any(name in line for name in replaced)
    ]
    for part in parts:
        title, image = f"stage {part.stage}", f"opt_v{part.stage}"
        scores[title] = {key: value for key, value in part.scores.items() if key != "not earned"}
        for line in _texts(part.scores.get("not earned")):
            lines.append(line if line.startswith("opt_v") else f"{image}'s {line}")
        # Scores of the stages after a replaced one belong to another input image.
        scores = {
            key: value
            for key, value in scores.items()
            if key <= title or not key.startswith("stage ")
        }
    return scores | {"not earned": lines}


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
