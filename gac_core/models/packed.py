"""The card of a packed bundle: its base's, with the sections and the story of the parts."""

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
    """The card, its files still under the names that they have in the base and the parts.

    Args:
        base: The bundle whose other stages stay.
        parts: In the order of their stages.
        name: Of the new bundle.
        title: For people.
        licence: Of the whole; None: what base and parts say of theirs.
    """
    card: Card = json.loads(json.dumps(base.card))
    told = {f"stage {part.stage}": part for part in parts}
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
        "training": _stories(base) | {what: _public(part.training) for what, part in told.items()},
        "scores": _scores(base, parts),
        "packed": {
            "gac_version": __version__,
            "base": {"name": base.name, "title": base.title, "licence": base.licence},
            "parts": {what: part.base for what, part in told.items()},
            "was": (base.card.get("packed") or {}).get("was") or {},
        },
    }


def stage_notes(base: Bundle, parts: Sequence[Part], other_stage_2: bool) -> list[str]:
    """What the user must know of how the stages came together.

    Args:
        base: The base.
        parts: What replaces its stages.
        other_stage_2: Whether a stage 3 among the parts was trained after another stage 2.
    """
    stages = [part.stage for part in parts]
    notes = [] if stages else _texts(base.card.get("notes"))
    if other_stage_2 or (stages == [2] and base.grounding.adapter is not None):
        notes.append(OTHER_STAGE_2)
    elif stages == [3]:
        notes += [note for note in _texts(base.card.get("notes")) if note != OTHER_STAGE_2]
    return notes


def weight_files(card: Card, homes: Mapping[str, Path]) -> Iterator[tuple[Card, Path | None, str]]:
    """Each entry of a weight file, the part's folder that holds it, and a folder for it.

    Args:
        card: The card.
        homes: Folders of the parts by section; what is of no part is in the base.

    Yields:
        The entry, which may be changed; None for the base; the new folder's name, or "".
    """
    for entry in card["terramind"]["weights"].values():
        yield entry, None, ""
    for stage, section in SECTIONS.items():
        home = homes.get(section)
        for entry in weight_entries(card.get(section) or {}):
            yield entry, home, "" if home is None else f"stage{stage}/"


def _stories(base: Bundle) -> Card:
    """What the base's card tells of its training, under a name of its own."""
    story = base.card.get("training")
    if base.card.get("packed") and isinstance(story, dict):
        return dict(story)
    return {} if story is None else {"base": story}


def _public(training: Mapping[str, Any]) -> Card:
    """What is told of a training, without the folders of whoever trained."""
    return {
        key: without_folders(value) if isinstance(value, str) else value
        for key, value in training.items()
    }


def _scores(base: Bundle, parts: Sequence[Part]) -> Card:
    """The scores of the parts, and what of the base's is still true."""
    found: Card = json.loads(json.dumps(base.card.get("scores") or {}))
    first = min((part.stage for part in parts), default=4)
    gone = [f"opt_v{stage}" for stage in range(first, 4)]
    if isinstance(found.get("mean"), dict):
        found["mean"] = {name: row for name, row in found["mean"].items() if name not in gone}
    lines = [
        line
        for line in _texts(found.pop("not earned", None))
        if not any(name in line for name in gone)
    ]
    for part in parts:
        what, image = f"stage {part.stage}", f"opt_v{part.stage}"
        found[what] = {key: value for key, value in part.scores.items() if key != "not earned"}
        for line in _texts(part.scores.get("not earned")):
            lines.append(line if line.startswith("opt_v") else f"{image}'s {line}")
        # Whatever comes after a stage that was replaced was scored after another image.
        found = {
            key: value
            for key, value in found.items()
            if key <= what or not key.startswith("stage ")
        }
    return found | {"not earned": lines}


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
