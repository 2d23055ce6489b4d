"""Trained part: the output folder of a training of stage 2 or 3, to be packed into a bundle."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gac_core.contract.errors import BundleError
from gac_core.models.bundle import ADAPTER_FILES
from gac_core.models.card import UNUSABLE, read_json, require_format, unusable
from gac_core.models.hashes import sha256
from gac_core.models.schema import GROUNDING, REFINER, OutsideError, require_plain

PART = "part.json"

FORMAT = 2
"""Must match the format of a bundle's card, whose sections parts fill."""

SECTIONS = {2: "refiner", 3: "grounding"}
"""Section of the card for each stage's part."""

TRAIN_AGAIN = "Name the folder that a training left (its best or last), or train again."


@dataclass(frozen=True)
class Part:
    """A parsed `part.json`.

    Attributes:
        path: Its folder.
        stage: 2 or 3.
        section: The card's section; file names are relative to the folder. Published weights have a
            `repo` and are not in the folder.
        base: Fingerprint of the models that it was trained on (`lineage.base_of`).
        training: Description of training and data, for people and for the card.
        scores: Scores on held-out places, for the card.
    """

    path: Path
    stage: int
    section: Mapping[str, Any]
    base: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    scores: Mapping[str, Any] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """All files of its own, relative to its folder."""
        own = [entry["file"] for entry in weight_entries(self.section) if entry.get("repo") is None]
        return (*own, *adapter_files(self.section))


def write_part(
    folder: Path,
    stage: int,
    section: Mapping[str, Any],
    base: Mapping[str, Any],
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> Part:
    """Write `part.json` beside files that are already in the folder, with their hashes.

    Args:
        folder: Holds every file of the section except published weights.
        stage: 2 or 3.
        section: The card's `refiner` or `grounding` section. Hashes are filled in.
        base: Fingerprint of the base models: `lineage.base_of`.
        training: Description of the training for the card: `data`, `tiles`, `command`, ….
        scores: Scores for the card. NaN becomes null.

    Raises:
        BundleError: If a file is missing or its name is not portable.
    """
    part = _parse(folder, {"stage": stage, "section": json.loads(json.dumps(section))})
    _require_files(part)
    for entry in weight_entries(part.section):
        if entry.get("repo") is None:
            entry["sha256"] = sha256(folder / entry["file"])
    adapter = part.section.get("adapter")
    if adapter is not None:
        hashes = {name: sha256(folder / adapter / name) for name in ADAPTER_FILES}
        part = replace(part, section={**part.section, "adapter_sha256": hashes})
    values = {"base": base, "training": training, "scores": scores}
    part = replace(part, **{key: _plain(value) for key, value in values.items()})
    card = {
        "format": FORMAT,
        "stage": stage,
        "section": part.section,
        "base": part.base,
        "training": part.training,
        "scores": part.scores,
    }
    temporary = folder / f".{PART}.part"
    temporary.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(folder / PART)
    return part


def read_part(folder: Path) -> Part:
    """Read a part and check that its files exist and match its card.

    Raises:
        BundleError: If it is missing, incomplete or damaged, or names files outside its folder.
    """
    path = folder / PART
    if not path.is_file():
        raise BundleError(f"There is no trained part in {folder}: {PART} is missing.", TRAIN_AGAIN)
    card = read_json(path, "trained part's card", TRAIN_AGAIN)
    require_format(path, card, FORMAT, "Train the part again with this version.")
    part = _parse(folder, card)
    _require_files(part)
    for name, expected in _hashes(part):
        digest = sha256(folder / name)
        if digest != expected:
            raise BundleError(
                f"The file {folder / name} is not the one that was trained: its SHA-256 is "
                f"{digest[:12]}…, not {str(expected)[:12]}….",
                "It was damaged or replaced. Copy the whole folder again, or train again.",
            )
    return part


def adapter_files(section: Mapping[str, Any]) -> list[str]:
    """Return the files of a section's adapter, relative to the folder; empty if it has none."""
    adapter = section.get("adapter")
    return [] if adapter is None else [f"{adapter}/{name}" for name in ADAPTER_FILES]


def weight_entries(section: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the entries of weight files in a section of either stage."""
    for holder in (
        section,
        *(section.get(part) for part in ("head", "blocks", "bridge", "critic")),
    ):
        if holder is not None and "weights" in holder:
            yield holder["weights"]


def _parse(folder: Path, card: Mapping[str, Any]) -> Part:
    path = folder / PART
    try:
        stage, section = card["stage"], card["section"]
        if stage not in SECTIONS:
            raise ValueError(f"stage is {stage!r}, not 2 or 3")
        require_plain(section)
        (GROUNDING if stage == 3 else REFINER)(SECTIONS[stage], section)
        others = {key: _plain(card.get(key) or {}) for key in ("base", "training", "scores")}
        for key, value in others.items():
            if not isinstance(value, dict):
                raise ValueError(f"{key} is {value!r}")
        part = Part(folder, stage, section, **others)
    except OutsideError as error:
        raise BundleError(
            f"The trained part's card {path} names a file outside its folder, or one that not "
            f"every system can store: {error}.",
            "Letters, digits, '.', '_' and '-' only. Do not use a part unless you know its maker.",
        ) from error
    except (*UNUSABLE, RecursionError) as error:
        raise unusable(path, error, "trained part's card", TRAIN_AGAIN) from error
    return part


def _require_files(part: Part) -> None:
    missing = [name for name in part.files if not (part.path / name).is_file()]
    if missing:
        raise BundleError(
            f"The trained part in {part.path} is incomplete: {', '.join(missing)} is missing.",
            TRAIN_AGAIN,
        )


def _hashes(part: Part) -> Iterator[tuple[str, str | None]]:
    """Yield the part's own files and their hashes in its card."""
    for entry in weight_entries(part.section):
        if entry.get("repo") is None:
            yield entry["file"], entry.get("sha256")
    adapter = part.section.get("adapter")
    digests = part.section.get("adapter_sha256") or {}
    for name in ADAPTER_FILES if adapter is not None else ():
        yield f"{adapter}/{name}", digests.get(name)


def _plain(value: Any) -> Any:
    """Return a JSON-ready value; NaN and infinities become null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item") and not isinstance(value, str | int | float):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
