"""Trained parts: their files and cards, and the models that each was trained on."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import ADAPTER_FILES, Bundle, Grounding, WeightFile
from gac_core.bundles.card import UNUSABLE, read_json, require_format, unusable
from gac_core.bundles.library import Library
from gac_core.bundles.schema import GROUNDING, REFINER, OutsideError, require_plain
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.contract.rename import replace_path
from gac_core.io import sha256

PART = "part.json"
FORMAT = 2
"""Must match the format of a bundle's card, whose sections parts fill."""
SECTIONS = {2: "refiner", 3: "grounding"}
"""Section of the card for each stage's part."""
TRAIN_AGAIN = Message("Name the folder that a training left (its best or last), or train again.")
PART_DESCRIPTION = Message("trained part's card")

Hashes = dict[str, str]
BEST = "best"
"""Subfolder of a training that holds its part."""
OTHER_STAGE_2 = (
    "Stage 3 was trained after another stage 2 than this bundle's: what is said of its scores "
    "need not hold."
)


@dataclass(frozen=True)
class Part:
    """A parsed `part.json`.

    Attributes:
        path: Its folder.
        stage: 2 or 3.
        section: The card's section; file names are relative to the folder. Published weights have a
            `repo` and are not in the folder.
        base: Fingerprint of the models that it was trained on (`base_of`).
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
        own = [
            entry["file"]
            for entry in iter_weight_entries(self.section)
            if entry.get("repo") is None
        ]
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
        base: Fingerprint of the base models: `base_of`.
        training: Description of the training for the card: `data`, `tiles`, `command`, ….
        scores: Scores for the card. NaN becomes null.

    Raises:
        BundleError: If a file is missing or its name is not portable.
    """
    part = _parse(folder, {"stage": stage, "section": json.loads(json.dumps(section))})
    _require_files(part)
    for entry in iter_weight_entries(part.section):
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
    replace_path(temporary, folder / PART)
    return part


def read_part(folder: Path) -> Part:
    """Read a part and check that its files exist and match its card.

    Raises:
        BundleError: If it is missing, incomplete or damaged, or names files outside its folder.
    """
    path = folder / PART
    if not path.is_file():
        raise BundleError(
            Message("There is no trained part in {}: {} is missing.", folder, PART),
            TRAIN_AGAIN,
            problem="part-missing",
        )
    card = read_json(path, PART_DESCRIPTION, TRAIN_AGAIN)
    require_format(path, card, FORMAT, Message("Train the part again with this version."))
    part = _parse(folder, card)
    _require_files(part)
    for name, expected in _hashes(part):
        digest = sha256(folder / name)
        if digest != expected:
            raise BundleError(
                Message(
                    "The file {} is not the one that was trained: its SHA-256 is {}…, not {}….",
                    folder / name,
                    digest[:12],
                    str(expected)[:12],
                ),
                Message("It was damaged or replaced. Copy the whole folder again, or train again."),
                problem="part-file-differs",
            )
    return part


def adapter_files(section: Mapping[str, Any]) -> list[str]:
    """Return the files of a section's adapter, relative to the folder; empty if it has none."""
    adapter = section.get("adapter")
    return [] if adapter is None else [f"{adapter}/{name}" for name in ADAPTER_FILES]


def iter_weight_entries(section: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
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
            raise ValueError(Message("{} is {}, not 2 or 3", "stage", repr(stage)))
        require_plain(section)
        (GROUNDING if stage == 3 else REFINER)(SECTIONS[stage], section)
        others = {key: _plain(card.get(key) or {}) for key in ("base", "training", "scores")}
        for key, value in others.items():
            if not isinstance(value, dict):
                raise ValueError(Message("{} is {}", key, repr(value)))
        part = Part(folder, stage, section, **others)
    except OutsideError as error:
        raise BundleError(
            Message(
                "The trained part's card {} names a file outside its folder, or one that "
                "not every system can store: {}.",
                path,
                error,
            ),
            Message(
                "Letters, digits, '.', '_' and '-' only. Do not use a part unless you "
                "know its maker."
            ),
            problem="part-names-outside-file",
        ) from error
    except (*UNUSABLE, RecursionError) as error:
        raise unusable(path, error, PART_DESCRIPTION, TRAIN_AGAIN) from error
    return part


def _require_files(part: Part) -> None:
    missing = [name for name in part.files if not (part.path / name).is_file()]
    if missing:
        raise BundleError(
            Message(
                "The trained part in {} is incomplete: {} is missing.",
                part.path,
                ", ".join(missing),
            ),
            TRAIN_AGAIN,
            problem="part-incomplete",
        )


def _hashes(part: Part) -> Iterator[tuple[str, str | None]]:
    """Yield the part's own files and their hashes in its card."""
    for entry in iter_weight_entries(part.section):
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


def base_of(bundle: Bundle, library: Library) -> dict[str, Any]:
    """Return the fingerprint of the models that a part is trained on, for `write_part`.

    Only weights count: a card changes with every word in it.

    Args:
        bundle: The base; for a part of stage 3 with the preceding stage 2 (`with_parts`).
        library: Finds its weights.

    Raises:
        BundleError: If a file is missing.
    """
    return {
        "bundle": bundle.name,
        "card_sha256": sha256(bundle.path / CARD),
        "weights": {
            "generator": sha256(library.locate(bundle, bundle.generator)),
            "tokenizer": sha256(library.locate(bundle, bundle.tokenizer)),
        },
        "refiner": refiner_hashes(bundle, library),
        **bundle.offset_entry,
    }


def read_trained(folder: Path, stage: int) -> Part:
    """Read the part that the training of a stage wrote, packed or not.

    Args:
        folder: The part, or the folder of the training whose `best` it is.
        stage: 2 or 3.

    Raises:
        BundleError: If the folder holds no such part.
    """
    folder = folder.expanduser()
    if not (folder / PART).exists() and (folder / BEST / PART).exists():
        folder = folder / BEST
    part = read_part(folder)
    if part.stage != stage:
        raise BundleError(
            Message("{} holds a trained stage {}, not stage {}.", folder, part.stage, stage),
            Message("Name the folder that training.train_stage{} left.", stage),
            problem="part-of-another-stage",
        )
    return part


def with_trained(bundle: Bundle, library: Library, folder: Path, stage: int) -> Bundle:
    """Return an in-memory bundle with a trained stage (`read_trained`).

    Raises:
        BundleError: If the folder holds no such part, or it was trained on other models.
    """
    part = read_trained(folder, stage)
    require_same_base(bundle, part, library)
    return with_parts(bundle, part)


def grounding_hashes(bundle: Bundle, library: Library) -> Hashes:
    """Return the SHA-256 of every file that a bundle's stage 3 is computed with, by role."""
    grounding = bundle.grounding
    roles = {"generator": bundle.generator, "tokenizer": bundle.tokenizer, **grounding.weights}
    # The critic does not contribute to the image.
    roles.pop("critic", None)
    digests = {role: sha256(library.locate(bundle, weight)) for role, weight in roles.items()}
    if grounding.adapter is not None:
        digests["adapter"] = sha256(bundle.path / grounding.adapter / ADAPTER_FILES[1])
    return digests


def require_same_offset(base: Mapping[str, Any], bundle: Bundle, what: str) -> None:
    """Check that images or a part were made with the offset in a bundle's card.

    Args:
        base: Fingerprint of their models.
        bundle: The bundle.
        what: Description for the message.

    Raises:
        BundleError: If they were made with another offset.
    """
    offset = base.get("offset") or 0
    if offset != bundle.offset:
        raise BundleError(
            Message(
                "{} made with terramind.offset {} on the bundle's card; that of {} has {}.",
                what,
                offset,
                repr(bundle.name),
                f"{bundle.offset:g}",
            ),
            Message(
                "Correct the card if its offset is wrong; else make it again with this bundle."
            ),
            problem="offset-differs",
        )


def refiner_hashes(bundle: Bundle, library: Library) -> Hashes | None:
    """Return the SHA-256 of every file of a bundle's stage 2 by role; None if it has none."""
    section = bundle.refiner
    if section is None:
        return None
    digests = {role: sha256(library.locate(bundle, w)) for role, w in _roles(section)}
    if section.get("adapter") is not None:
        digests["adapter"] = sha256(bundle.path / section["adapter"] / ADAPTER_FILES[1])
    return digests


def with_parts(bundle: Bundle, *parts: Part) -> Bundle:
    """Return an in-memory bundle with the stages of the parts, for training and evaluation.

    Its sections hold the full paths of the parts' files, so it cannot be written.
    """
    for part in parts:
        section = json.loads(json.dumps(part.section))
        for entry in iter_weight_entries(section):
            if entry.get("repo") is None:
                entry["file"] = str((part.path / entry["file"]).absolute())
        if section.get("adapter") is not None:
            section["adapter"] = str((part.path / section["adapter"]).absolute())
        filled: Any = section if part.stage == 2 else Grounding(**section)
        bundle = replace(bundle, **{SECTIONS[part.stage]: filled})
    return bundle


def require_same_base(base: Bundle, part: Part, library: Library) -> None:
    """Check that a part was trained on these models.

    Raises:
        BundleError: If it was trained on others, or does not state on which.
    """
    require_same_offset(part.base, base, f"The part of stage {part.stage} in {part.path} was")
    hashes = part.base.get("weights")
    for role, weight in (("generator", base.generator), ("tokenizer", base.tokenizer)):
        expected = hashes.get(role) if isinstance(hashes, dict) else None
        if not isinstance(expected, str):
            raise BundleError(
                Message(
                    "The part of stage {} in {} does not say on which {} it was trained.",
                    part.stage,
                    part.path,
                    role,
                ),
                Message("Train it again with this version of GAC."),
                problem="part-base-unknown",
            )
        digests = known_hashes(base, weight, library)
        if digests and expected not in digests:
            raise BundleError(
                Message(
                    "The part of stage {} in {} was trained on another {}: that of the "
                    "bundle {} ({}…), not of {} ({}…).",
                    part.stage,
                    part.path,
                    role,
                    repr(part.base.get("bundle")),
                    expected[:12],
                    repr(base.name),
                    digests[0][:12],
                ),
                Message(
                    "Name the bundle that it was trained on (--base; --bundle in "
                    "trainings), or train it on this one."
                ),
                problem="part-base-differs",
            )


def stage_2_differs(whole: Bundle, part: Part, library: Library) -> bool:
    """Return whether a part of stage 3 was trained after another stage 2 than a bundle has.

    If this cannot be determined because published weights are missing, the answer is False.

    Args:
        whole: The bundle with its stage 2 (`with_parts`).
        part: The part of stage 3.
        library: Finds weights.
    """
    hashes, section = part.base.get("refiner"), whole.refiner
    if section is None or not isinstance(hashes, dict):
        return (section is None) != (hashes is None)
    digests = {role: known_hashes(whole, w, library) for role, w in _roles(section)}
    if section.get("adapter") is not None:
        name = f"{section['adapter']}/{ADAPTER_FILES[1]}"
        digests["adapter"] = known_hashes(whole, WeightFile(name), library)
    if digests.keys() != hashes.keys():
        return True
    return any(values and hashes[role] not in values for role, values in digests.items())


def known_hashes(bundle: Bundle, weight: WeightFile, library: Library) -> list[str]:
    """Return the hashes of a weight file, now and before packing; empty if unknown."""
    try:
        digests = [sha256(library.locate(bundle, weight))]
    except BundleError:
        if weight.repo is None:
            raise
        digests = [weight.sha256] if weight.sha256 is not None else []
    former = (bundle.card.get("packed") or {}).get("was") or {}
    return [*digests, *([former[weight.file]] if weight.file in former else [])]


def _roles(section: Any) -> Iterator[tuple[str, WeightFile]]:
    """Yield the weight files of stage 2 by role."""
    for role in ("weights", "head", "blocks"):
        holder = section if role == "weights" else section.get(role)
        if holder is not None:
            yield role, WeightFile(**holder["weights"])
