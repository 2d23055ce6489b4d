"""Checks of stage 2's prerequisites before anything large is loaded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import Bundle, WeightFile
from gac_core.bundles.library import Library
from gac_core.bundles.part import require_same_offset
from gac_core.contract.errors import GacError
from gac_core.contract.message import Message
from training.data import DataError
from training.data.checks import OnBad
from training.data.dataset import PairDataset
from training.data.references import References
from training.data.sources import open_split
from training.data.stage1_outputs import Stage1Outputs
from training.sections import ModelsSection, Stage2Config

WITHOUT_IMAGE = "{} pairs have no image of stage 1 and are left out."
"""Template of a printed line."""


@dataclass(frozen=True)
class TrainingPairs:
    """Training and validation pairs.

    Attributes:
        train: Training samples.
        val: Validation samples.
        history: Record for the part's card: tiles by role, places, warnings.
    """

    train: PairDataset
    val: PairDataset
    history: dict[str, Any]


def open_pairs(
    data_dir: Path,
    outputs: Stage1Outputs,
    config: Stage2Config,
    roles: Path | None,
    base: Mapping[str, Any],
    *,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> TrainingPairs:
    """Return the pairs with a stage-1 image, by role.

    Args:
        data_dir: Folder of the pairs.
        outputs: Stage-1 images.
        config: Settings; crop, seeds and number of pairs are used.
        roles: CSV with the columns tile, role and optionally biome; None: no such file.
        base: Card of the base bundle; its roles apply to tiles that the CSV lacks.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.

    Raises:
        DataError: If there are no pairs for a role.
    """
    split = open_split(
        data_dir,
        limit=config.data.max_tiles,
        seed=config.data.split_seed,
        roles=roles,
        base=base,
        on_bad=on_bad,
        without_doubts=without_doubts,
    )
    source = split.source
    with_image = [i for i, name in enumerate(source.names) if outputs.has(name)]
    if not with_image:
        raise DataError(
            Message(
                "{} has an image of stage 1 for none of the {} pairs in {}.",
                outputs.folder,
                len(source),
                data_dir,
            ),
            Message("Run python -m training.precompute_stage1 on this data."),
            problem="stage1-images-missing",
        )
    if len(with_image) < len(source):
        print(Message(WITHOUT_IMAGE, len(source) - len(with_image)))
    train, val = split.indices("train", with_image), split.indices("val", with_image)

    # Validation judges the images of runs without a reference.
    references = References(config.clouds, source, train) if config.clouds.are_used else None

    def samples(indices: list[int], *, augment: bool) -> PairDataset:
        return PairDataset(
            source,
            indices,
            crop=config.data.crop,
            augment=augment,
            seed=config.fit.seed,
            stage1=outputs,
            references=references if augment else None,
            on_bad=on_bad,
        )

    history = split.card_record(train, val)
    return TrainingPairs(samples(train, augment=True), samples(val, augment=False), history)


def stage1_identity(outputs: Stage1Outputs, bundle: Bundle) -> dict[str, Any]:
    """Return the identity of the models that made opt_v1, for the part's card.

    Weights decide: a bundle with the same weights may have another name. The name is compared only
    for weights whose hash the card lacks.

    Raises:
        DataError: If the images were made with other weights than the bundle's.
    """
    about = outputs.about
    weights = dict(about.get("weights") or {})
    roles = {"generator": bundle.generator, "tokenizer": bundle.tokenizer}
    hashes = {role: weights.get(weight.file) for role, weight in roles.items()}
    same_name = about.get("bundle") == bundle.name
    mismatched = [
        weight.file
        for role, weight in roles.items()
        if hashes[role] is None
        or (weight.sha256 != hashes[role] if weight.sha256 else not same_name)
    ]
    if mismatched:
        raise DataError(
            Message(
                "The images in {} were made by the bundle {}, with other weights than {} has.",
                outputs.folder,
                repr(about.get("bundle")),
                repr(bundle.name),
            ),
            Message(
                "A refiner learns the mistakes of one stage 1: name that bundle with --bundle, or "
                "precompute stage 1 with this one."
            ),
            problem="stage1-of-another-bundle",
        )
    require_same_offset(about, bundle, f"The images in {outputs.folder} were")
    return {
        "bundle": about.get("bundle"),
        "card_sha256": about.get("card_sha256"),
        "weights": hashes,
        **bundle.offset_entry,
        "stage1": {key: about.get(key) for key in ("timesteps", "seed", "modality")},
    }


def refiner_section(bundle: Bundle, models: ModelsSection) -> Mapping[str, Any]:
    """Return Prithvi and head of the bundle's refiner, or else of the settings."""
    if bundle.refiner is not None:
        return bundle.refiner
    shape = asdict(models.prithvi)
    weights = {"file": shape.pop("file"), "repo": shape.pop("repo")}
    return {"shape": shape, "weights": weights, "head": {"shape": asdict(models.head)}}


def check_prerequisites(
    section: Mapping[str, Any], bundle: Bundle, library: Library, crop: int
) -> None:
    """Check that Prithvi's weights exist, and that its patches fit the windows.

    Raises:
        BundleError: If the weights are not on this machine; the message says where they are
            published and where to put them.
        GacError: If the windows do not fit.
    """
    library.locate(bundle, WeightFile(**section["weights"]))
    patch = int(section["shape"]["patch_size"])
    if crop % math.lcm(32, patch):
        raise GacError(
            Message(
                "Windows of {} pixels do not fit: TerraMind wants a multiple of "
                "32, this Prithvi one of {}.",
                crop,
                patch,
            ),
            Message("Give --crop a multiple of both, such as {}.", math.lcm(32, patch)),
            problem="crop-not-of-prithvi",
        )
