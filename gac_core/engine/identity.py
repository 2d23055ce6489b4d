"""Identity of work: the one description of what pixels depend on.

Unfinished runs and batches are resumed by it, and kept stages are taken over by it. An option
changes the pixels of the first stage and all later ones, unless the contract says that runs which
begin at a later stage are free to set it (`Option.free_from`), or it is listed here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from gac_core.bundles.bundle import Bundle
from gac_core.contract.message import later
from gac_core.contract.protocol import VERSION
from gac_core.contract.request import (
    NOT_INHERITED,
    OPTICAL_OPTIONS,
    OPTIONS,
    READING_OPTIONS,
    RunRequest,
)
from gac_core.engine.areas import Fusion
from gac_core.engine.provenance import reference_identity
from gac_core.grid import Window
from gac_core.io import to_record
from gac_core.scene import S1Scene, data_window

FORMAT = 2
"""Version of the description. Format 1 had one description each for runs, batches and stages."""

Values = dict[str, Any]

SETTINGS = later("settings")
"""Key of an identity that holds the user's settings."""

NOT_IN_PIXELS = ("out", "device", "batch_size", "keep")
"""Options that pixels do not depend on, except by the device that computes in the end."""

_DESCRIBED = (
    *NOT_IN_PIXELS,
    *NOT_INHERITED,
    *(name for name in READING_OPTIONS if name != "nodata"),
    *OPTICAL_OPTIONS,
    *("sar", "bundle", "extent", "extent_crs", "quick", "stages", "month", "biome"),
)
"""Options that are described by what becomes of them: contents, windows, models, conditions."""

_NOT_IN_READING = ("paths", "warnings", "decisions", "unit_reason", "date", "date_source")
"""Parts of a scene's interpretation that pixels do not depend on."""


def settings_of(request: RunRequest) -> Values:
    """Return the user's settings without secrets and without those that do not affect pixels."""
    settings = request.without_secrets().to_dict()
    for name in NOT_IN_PIXELS:
        del settings[name]
    if not settings["optical"]:
        # These change nothing without a reference.
        settings = {key: each for key, each in settings.items() if key not in OPTICAL_OPTIONS}
    elif not settings["optical_other"]:
        # Unfinished runs of before they existed are resumed.
        del settings["optical_other"], settings["optical_other_mask"]
    return to_record(settings)


def options_of_stage(request: RunRequest, number: int) -> Values:
    """Return the options as they stand that first change the pixels of a stage, by noun."""
    return {
        option.noun or name.replace("_", " "): getattr(request, name)
        for name, option in OPTIONS.items()
        if name not in _DESCRIBED and max(option.free_from, default=1) == number
    }


def pixels_of(
    request: RunRequest,
    scene: S1Scene,
    bundle: Bundle,
    hashes: Mapping[str, str],
    inputs: list[Values],
    season_month: int,
    biome: int,
    reference: Values | None = None,
) -> dict[str, Values]:
    """Return what the pixels of each stage depend on, by result name; without area and device.

    Args:
        request: Request with resolved steps.
        scene: The opened radar scene.
        bundle: Bundle of the models.
        hashes: SHA-256 of its weight files; empty for batches, which go by its card.
        inputs: Entries of the radar files (`provenance.input_files`). Their times are not part of
            the description, since they can be reset and do not change the content.
        season_month: Month that stage 2 is conditioned on.
        biome: Biome that stage 2 is conditioned on.
        reference: `provenance.reference_entry`; None: there is no optical reference.
    """
    window = data_window(scene, request)
    first = {
        later("input"): [*content_hashes(inputs), scene.fingerprint],
        later("reading of the radar"): {
            key: value for key, value in scene.info().items() if key not in _NOT_IN_READING
        },
        later("grid"): [scene.grid.epsg, scene.grid.offset_x, scene.grid.offset_y],
        later("extent of the radar"): [window.row, window.col, window.height, window.width],
        later("models of stage 1"): _digest(
            bundle.terramind,
            {key: bundle.card.get(key) for key in ("window", "sampling")} | bundle.offset_entry,
            [hashes.get(weight.file) for weight in (bundle.generator, bundle.tokenizer)],
        ),
        later("version of GAC"): VERSION,
        **options_of_stage(request, 1),
    }
    if reference is not None:
        first[later("optical reference")] = {
            **reference_identity(reference),
            "content": content_hashes(reference["files"]),
        }
    others = {bundle.generator.file, bundle.tokenizer.file}
    others |= {weight.file for weight in bundle.grounding.weights.values()}
    own = {
        name: values
        for name, values in hashes.items()
        if name not in others and name.split("/")[0] != bundle.grounding.adapter
    }
    second = {
        later("month"): season_month,
        later("place"): scene.centre,
        later("biome"): biome,
        later("models of stage 2"): _digest(bundle.refiner, own if bundle.refiner else None),
        **options_of_stage(request, 2),
    }
    stages = {"opt_v1": first, "opt_v2": {**first, **second}}
    stages["opt_v3"] = {**stages["opt_v2"], **options_of_stage(request, 3)}
    return to_record(stages)


def identity_of(
    request: RunRequest,
    pixels: Mapping[str, Values],
    area: Window,
    models: Values,
    software: Values,
    device: str,
    batch: int | None,
    fusion: Fusion | None,
    **cut: int,
) -> Values:
    """Return everything that the pixels of a run or of a batch's scene depend on, JSON-ready.

    Work with the same identity produces the same pixels, so one can reuse what another computed.

    Args:
        request: Request with resolved steps.
        pixels: `pixels_of` each stage.
        area: Requested area.
        models: Hashes of the models.
        software: `computing_software`.
        device: Device that computes: it changes the order of summation.
        batch: Tiles computed together, likewise; None: one by one.
        fusion: Fusion of an optical reference: the areas of working files depend on it.
        **cut: How a batch cuts and computes its blocks.
    """
    return to_record(
        {
            "format": FORMAT,
            SETTINGS: settings_of(request),
            **pixels[f"opt_v{request.stages}"],
            later("area"): [area.row, area.col, area.height, area.width],
            later("models"): models,
            later("software"): software,
            later("device"): device,
            later("batch"): batch,
            **({} if fusion is None else {later("surroundings"): fusion.to_dict()}),
            **cut,
        }
    )


def computing_software() -> dict[str, str]:
    """Return the versions of the software that pixels depend on."""
    import torch

    return {"gac": VERSION, "torch": torch.__version__}


def content_hashes(inputs: Iterable[Values]) -> list[Values]:
    """Return size and hash of each file of `provenance.input_files`, including its sources."""
    return [
        {
            "bytes": entry["bytes"],
            "sha256": entry["sha256"],
            "sources": content_hashes(entry.get("sources", ())),
        }
        for entry in inputs
    ]


def differing_keys(one: Values, other: Values) -> list[str]:
    """Return the names of the entries that differ between two descriptions, or that one lacks."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def _digest(*values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=dict).encode()).hexdigest()
