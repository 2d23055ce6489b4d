"""Stage 3's training from the settings of its command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gac_core.contract.errors import RequestError
from gac_core.models.bundle import Bundle
from gac_core.models.detail import reach
from gac_core.models.library import Library
from gac_core.models.lineage import read_trained, require_same_base, with_parts
from gac_core.models.part import Part
from training.console import Countdown
from training.cycle.regressor import read_history
from training.data.checked import OnBad
from training.data.errors import DataError
from training.data.roles import open_split, warn
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs
from training.launch import current
from training.sections import Stage3Config
from training.stage2.ready import stage1_base
from training.stage3.places import Places
from training.stage3.run import Stage3Training

IDENTITY = "identity"


def build_training(
    config: Stage3Config,
    *,
    data_dir: Path,
    roles: Path | None,
    stage2: str,
    out: Path,
    resume: bool,
    command: str,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> Stage3Training:
    """The training that a command line asks for.

    Args:
        config: Its settings.
        data_dir: The pairs.
        roles: CSV of tiles and their roles; None: there is none.
        stage2: Folder of a part of stage 2, or `identity`.
        out: Folder for all that is written.
        resume: Go on with what is in it.
        command: For the part's card.
        on_bad: What happens on a bad pair: `stop` or `skip`.
        without_doubts: Leave out what BigEarthNet says has snow, clouds or their shadow.

    Raises:
        GacError: If data, bundle, part or settings cannot be used; with what to do.
    """
    library = Library.default()
    base = library.require(config.models.bundle)
    part = read_stage2(stage2)
    bundle = with_stage2(base, library, part)
    _require_detail(config.stage3.detail, bundle)
    stories = {"base": base.card.get("training"), "stage 2": part.training if part else None}
    cycle = config.stage3.cycle_folder
    # What the regressor has seen, stage 3 has seen through its loss.
    regressor = {} if cycle is None else {"cycle": read_history(cycle)}
    places = find_places(
        data_dir,
        roles,
        config,
        bundle,
        {"training": {**stories, **regressor}},
        on_bad=on_bad,
        without_doubts=without_doubts,
    )
    warn(places.history["warnings"])
    about = {
        "command": command,
        "data": f"{len(places.train)} pairs trained, {len(places.val)} decided when to stop and "
        "in how many steps the bridge is crossed",
        **places.history,
        **regressor,
        "seed": config.fit.seed,
    }
    return Stage3Training(bundle, library, places, config, out, resume=resume, about=about)


def read_stage2(stage2: str) -> Part | None:
    """Read the stage 2 that stage 3 shall follow.

    Args:
        stage2: Folder of a part of stage 2, or `identity`: None.

    Raises:
        BundleError: If the folder holds no part of stage 2.
    """
    return None if stage2 == IDENTITY else read_trained(Path(stage2), 2)


def with_stage2(bundle: Bundle, library: Library, part: Part | None) -> Bundle:
    """Return a bundle with the stage 2 that stage 3 shall follow.

    Args:
        bundle: What is built upon.
        library: Where its weights are looked for.
        part: That stage 2; None: opt_v2 is opt_v1.

    Raises:
        BundleError: If the part was trained on another TerraMind.
    """
    if part is None:
        return replace(bundle, refiner=None)
    require_same_base(bundle, part, library)
    return with_parts(bundle, part)


def find_places(
    data_dir: Path,
    roles: Path | None,
    config: Stage3Config,
    bundle: Bundle,
    seen: Mapping[str, Any],
    *,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> Places:
    """The pairs that train and validate: split by tile, no tile in two roles.

    Args:
        data_dir: The pairs.
        roles: CSV of tiles and their roles; None: there is none.
        config: For crop, seeds and how many pairs.
        bundle: What is built upon.
        seen: A card with `training` of all that is built upon, whose roles hold where the CSV has
            none.
        on_bad: What happens on a bad pair: `stop`, or `skip`: all are read once, to find them.
        without_doubts: Leave out what BigEarthNet says has snow, clouds or their shadow.

    Raises:
        DataError: If there are none.
        RequestError: If the crop does not fit the bundle.
    """
    crop = config.data.crop or bundle.window.size
    if crop != bundle.window.size:
        raise RequestError(
            f"Windows of {crop} pixels do not fit bundle {bundle.name!r}, whose tiles have "
            f"{bundle.window.size}: TerraMind's positions are made for that size.",
            f"Give --crop {bundle.window.size}.",
        )
    split = open_split(
        data_dir,
        limit=config.data.max_tiles,
        seed=config.data.split_seed,
        roles=roles,
        base=seen,
        on_bad=on_bad,
        without_doubts=without_doubts,
        modality=config.stage3.modality,
        supported=bundle.modalities,
    )
    train, val = split.indices("train"), split.indices("val")
    if on_bad == "skip":
        good = _good(split.source, [*train, *val])
        train, val = split.indices("train", good), split.indices("val", good)
    return Places(split.source, train, val, crop, split.story(train, val))


def _good(source: PairSource, indices: list[int]) -> list[int]:
    """Those of some pairs that can be read; the others are named."""
    found = []
    with Countdown("Reading", len(indices), "pairs", silent=not current().lead) as progress:
        for index in indices:
            try:
                source.read(index)
                found.append(index)
            except DataError as error:
                progress.say(f"{source.names[index]} is left out: {error}")
            progress.advance()
    return found


def _require_detail(detail: float | None, bundle: Bundle) -> None:
    """See that a local mean looks no further than a tile reaches.

    Raises:
        RequestError: If it does.
    """
    size = bundle.window.size
    if detail is not None and reach(detail) >= size:
        raise RequestError(
            f"The setting stage3.detail is {detail:g} pixels, whose mean looks {reach(detail)} "
            f"pixels far; the bundle's tiles have {size}.",
            "Give a smaller --detail.",
        )


def stage1_outputs(folder: Path | None, bundle: Bundle) -> Stage1Outputs | None:
    """What stage 1 was precomputed to; None where it was not.

    Raises:
        DataError: If the folder holds no such outputs, or another TerraMind made them.
    """
    if folder is None:
        return None
    outputs = Stage1Outputs(folder)
    stage1_base(outputs, bundle)
    return outputs
