"""Compatibility of trained parts with their base models, and bundles with parts substituted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.models.bundle import ADAPTER_FILES, Bundle, Grounding, WeightFile
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from gac_core.models.part import PART, SECTIONS, Part, read_part, weight_entries

Hashes = dict[str, str]

BEST = "best"
"""Subfolder of a training that holds its part."""

OTHER_STAGE_2 = (
    "Stage 3 was trained after another stage 2 than this bundle's: what is said of its scores "
    "need not hold."
)


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
            f"{folder} holds a trained stage {part.stage}, not stage {stage}.",
            f"Name the folder that training.train_stage{stage} left.",
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
            f"{what} made with terramind.offset {offset} on the bundle's card; that of "
            f"{bundle.name!r} has {bundle.offset:g}.",
            "Correct the card if its offset is wrong; else make it again with this bundle.",
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
        for entry in weight_entries(section):
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
                f"The part of stage {part.stage} in {part.path} does not say on which {role} it "
                "was trained.",
                "Train it again with this version of GAC.",
            )
        digests = known_hashes(base, weight, library)
        if digests and expected not in digests:
            raise BundleError(
                f"The part of stage {part.stage} in {part.path} was trained on another {role}: "
                f"that of the bundle {part.base.get('bundle')!r} ({expected[:12]}…), not of "
                f"{base.name!r} ({digests[0][:12]}…).",
                "Name the bundle that it was trained on (--base; --bundle in trainings), or train "
                "it on this one.",
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
