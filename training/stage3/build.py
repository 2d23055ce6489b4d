"""Stage 3's training from the settings of its command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gac_core.errors import RequestError
from gac_core.models.bundle import Bundle, Grounding
from gac_core.models.library import Library
from gac_core.models.lineage import with_trained
from training.data import open_source, read_biomes, read_roles, split_by_tile, tiles_by_role
from training.data.checked import OnBad
from training.data.errors import DataError
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs
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
        roles: CSV of tiles and their roles; None: tiles are drawn.
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
    bundle = with_stage2(library.require(config.models.bundle), library, stage2)
    # Bundles refuse a detail that is too much for their tiles; not only when all is trained.
    replace(bundle, grounding=Grounding(fusion={"detail": config.fusion.detail}))
    places = find_places(
        data_dir, roles, config, bundle, on_bad=on_bad, without_doubts=without_doubts
    )
    about = {
        "command": command,
        "data": f"{len(places.train)} pairs trained, {len(places.val)} decided when to stop and "
        "how the answer is used",
        "tiles": places.tiles,
        "seed": config.fit.seed,
    }
    return Stage3Training(bundle, library, places, config, out, resume=resume, about=about)


def with_stage2(bundle: Bundle, library: Library, stage2: str) -> Bundle:
    """A bundle with the stage 2 that stage 3 shall follow.

    Args:
        bundle: What is built upon.
        library: Where its weights are looked for.
        stage2: Folder of a part of stage 2, or `identity`.

    Raises:
        BundleError: If the folder holds no part of stage 2, or it was trained on another TerraMind.
    """
    if stage2 == IDENTITY:
        return replace(bundle, refiner=None)
    return with_trained(bundle, library, Path(stage2), 2)


def find_places(
    data_dir: Path,
    roles: Path | None,
    config: Stage3Config,
    bundle: Bundle,
    *,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> Places:
    """The pairs that train and validate: split by tile, no tile in two roles.

    Args:
        data_dir: The pairs.
        roles: CSV of tiles and their roles; None: tiles are drawn.
        config: For crop, seeds and how many pairs.
        bundle: What is built upon.
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
    source = open_source(
        data_dir,
        limit=config.data.max_tiles,
        biomes=read_biomes(roles) if roles is not None else None,
        on_bad=on_bad,
        without_doubts=without_doubts,
        modality=config.stage3.modality,
        supported=bundle.modalities,
    )
    fixed = read_roles(roles) if roles is not None else None
    split = split_by_tile(source.tiles, seed=config.data.split_seed, fixed=fixed)
    train, val = (
        [i for i, tile in enumerate(source.tiles) if split[tile] == role]
        for role in ("train", "val")
    )
    if on_bad == "skip":
        train, val = _good(source, train), _good(source, val)
    return Places(source, train, val, crop, tiles_by_role(split))


def _good(source: PairSource, indices: list[int]) -> list[int]:
    """Those of some pairs that can be read; the others are named."""
    found = []
    for index in indices:
        try:
            source.read(index)
            found.append(index)
        except DataError as error:
            print(f"{source.names[index]} is left out: {error}")
    return found


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
