"""Set-up of stage-3 training from command-line settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import Part, read_trained, require_same_base, with_parts
from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.networks.convnext import reach
from training.console import ProgressReport
from training.data.checks import OnBad
from training.data.pair import DataError, PairSource
from training.data.sources import open_split, print_warnings
from training.data.stage1_outputs import Stage1Outputs
from training.processes import current_team
from training.sections import Stage3Config
from training.stage2.data import stage1_identity
from training.stage3.cycle_regressor import read_history
from training.stage3.ground_training import Stage3Training, TrainingPairs

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
    """Return the training described by command-line options.

    Args:
        config: Settings of the training.
        data_dir: Folder of the pairs.
        roles: CSV of tiles and their roles; None: no such file.
        stage2: Folder of a stage-2 part, or `identity`.
        out: Output folder.
        resume: Resume the training in `out`.
        command: Command line, for the part's card.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.

    Raises:
        GacError: If data, bundle, part or settings cannot be used; says what to do.
    """
    library = Library.default()
    base = library.require(config.models.bundle)
    part = read_stage2(stage2)
    bundle = with_stage2(base, library, part)
    _require_detail(config.stage3.detail, bundle)
    stories = {"base": base.card.get("training"), "stage 2": part.training if part else None}
    cycle = config.stage3.cycle_folder
    # The regressor's training data reached stage 3 through its loss.
    regressor = {} if cycle is None else {"cycle": read_history(cycle)}
    pairs = open_pairs(
        data_dir,
        roles,
        config,
        bundle,
        {"training": {**stories, **regressor}},
        on_bad=on_bad,
        without_doubts=without_doubts,
    )
    print_warnings(pairs.history["warnings"])
    about = {
        "command": command,
        "data": f"{len(pairs.train)} pairs trained, {len(pairs.val)} decided when to stop and "
        "in how many steps the bridge is crossed",
        **pairs.history,
        **regressor,
        "seed": config.fit.seed,
    }
    return Stage3Training(bundle, library, pairs, config, out, resume=resume, about=about)


def read_stage2(stage2: str) -> Part | None:
    """Read the stage-2 part that stage 3 builds on.

    Args:
        stage2: Folder of a stage-2 part, or `identity`, which gives None.

    Raises:
        BundleError: If the folder holds no stage-2 part.
    """
    return None if stage2 == IDENTITY else read_trained(Path(stage2), 2)


def with_stage2(bundle: Bundle, library: Library, part: Part | None) -> Bundle:
    """Return a bundle with the given stage-2 part.

    Args:
        bundle: Base bundle.
        library: Library with its weights.
        part: Stage-2 part; None: no refiner, opt_v2 equals opt_v1.

    Raises:
        BundleError: If the part was trained on another TerraMind.
    """
    if part is None:
        return replace(bundle, refiner=None)
    require_same_base(bundle, part, library)
    return with_parts(bundle, part)


def open_pairs(
    data_dir: Path,
    roles: Path | None,
    config: Stage3Config,
    bundle: Bundle,
    seen: Mapping[str, Any],
    *,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> TrainingPairs:
    """Return the training and validation pairs, split by tile: no tile has two roles.

    Args:
        data_dir: Folder of the pairs.
        roles: CSV of tiles and their roles; None: no such file.
        config: Settings; crop, seeds and number of pairs are used.
        bundle: Base bundle.
        seen: Card with the `training` of every model built upon; its roles apply to tiles that the
            CSV lacks.
        on_bad: Action on a bad pair: `stop`, or `skip`, which reads all pairs once to find the bad
            ones.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.

    Raises:
        DataError: If there are no pairs.
        RequestError: If the crop does not fit the bundle.
    """
    crop = config.data.crop or bundle.window.size
    if crop != bundle.window.size:
        raise RequestError(
            Message(
                "Windows of {} pixels do not fit bundle {}, whose tiles have {}: "
                "TerraMind's positions are made for that size.",
                crop,
                repr(bundle.name),
                bundle.window.size,
            ),
            Message("Give --crop {}.", bundle.window.size),
            problem="crop-not-of-bundle",
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
        good = _readable(split.source, [*train, *val])
        train, val = split.indices("train", good), split.indices("val", good)
    return TrainingPairs(split.source, train, val, crop, split.card_record(train, val))


def _readable(source: PairSource, indices: list[int]) -> list[int]:
    """Return the indices of readable pairs; report the others."""
    readable = []
    with ProgressReport(
        "Reading", len(indices), "pairs", silent=not current_team().is_lead
    ) as progress:
        for index in indices:
            try:
                source.read(index)
                readable.append(index)
            except DataError as error:
                progress.say(f"{source.names[index]} is left out: {error}")
            progress.advance()
    return readable


def _require_detail(detail: float | None, bundle: Bundle) -> None:
    """Check that the window of the local mean is smaller than a tile.

    Raises:
        RequestError: If it is not.
    """
    size = bundle.window.size
    if detail is not None and reach(detail) >= size:
        raise RequestError(
            Message(
                "The setting stage3.detail is {} pixels, whose mean looks {} "
                "pixels far; the bundle's tiles have {}.",
                f"{detail:g}",
                reach(detail),
                size,
            ),
            Message("Give a smaller --detail."),
            problem="detail-too-large",
        )


def stage1_outputs(folder: Path | None, bundle: Bundle) -> Stage1Outputs | None:
    """Return the precomputed stage-1 outputs, or None without a folder.

    Raises:
        DataError: If the folder holds no such outputs, or they come from another TerraMind.
    """
    if folder is None:
        return None
    outputs = Stage1Outputs(folder)
    stage1_identity(outputs, bundle)
    return outputs
