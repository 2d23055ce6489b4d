"""Which models a part was trained on, and a bundle with parts in its stages' places."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gac_core.models.bundle import ADAPTER_FILES, Bundle, Grounding, WeightFile
from gac_core.models.card import CARD
from gac_core.models.library import Library
from gac_core.models.part import SECTIONS, Part, weight_entries
from gac_core.models.weights import sha256


def base_of(bundle: Bundle, library: Library) -> dict[str, Any]:
    """What identifies the models that a part is trained on, for `write_part`.

    Weights are what counts: a card changes with every word in it.

    Args:
        bundle: The base; for a part of stage 3 with the stage 2 that it follows (`with_parts`).
        library: Where its weights are looked for.

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
    }


def refiner_hashes(bundle: Bundle, library: Library) -> dict[str, str] | None:
    """SHA-256 of every file of a bundle's stage 2 by its role; None where it has none."""
    section = bundle.refiner
    if section is None:
        return None
    found = {
        "weights": sha256(library.locate(bundle, WeightFile(**section["weights"]))),
        "head": sha256(library.locate(bundle, WeightFile(**section["head"]["weights"]))),
    }
    if section.get("adapter") is not None:
        found["adapter"] = sha256(bundle.path / section["adapter"] / ADAPTER_FILES[1])
    return found


def with_parts(bundle: Bundle, *parts: Part) -> Bundle:
    """A bundle in memory whose stages are those of the parts, for training and evaluation.

    Its sections name the parts' files by their full paths, so it cannot be written as it is.
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
