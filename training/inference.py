"""Inference of stage 2 or 3 alone over a folder of pairs: one GeoTIFF per radar image.

    about.json                identity: everything that all images were made with
    images/ab/<name>.tif      image as a run writes it; ab: two digits of the name's hash

Existing images are kept, so that the same call resumes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from rasterio.crs import CRS
from tqdm import tqdm

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import grounding_hashes, refiner_hashes, with_trained
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import GacError, SceneError, as_user_error
from gac_core.contract.message import Message
from gac_core.engine.provenance import bundle_entry, software, stage_tags
from gac_core.gdal import GDAL_ERRORS
from gac_core.io import sha256
from gac_core.networks.device import choose_device, describe_device
from gac_core.raster import write_image
from gac_core.scene.working_grid import place_scene
from training.console import STOPPED
from training.data.checks import OnBad
from training.data.pair import Array, DataError, Radar
from training.data.sources import open_radar, require_supported
from training.data.split import read_biomes
from training.data.stage1_outputs import (
    Stage1Outputs,
    image_path,
    open_or_create,
    radar_hash,
    read_about,
)
from training.fit.flags import as_gac_error
from training.sections import MODALITIES, OF_EACH_PAIR
from training.stage2.data import stage1_identity

if TYPE_CHECKING:
    from gac_core.networks.loading import Models

BANDS = {2: S2_BANDS, 3: OUTPUT_BANDS}
"""Bands of a stage's images: stage 3 uses all bands that stage 2 corrects."""

LEFT_OUT = "; {} pairs are left out"
"""Template of the end of a line on what was written."""

RADAR_TAG = "GAC_RADAR"
"""Tag with the hash of the radar image that an image was made from."""


@dataclass(frozen=True)
class Job:
    """Request for one stage over a folder of pairs.

    Attributes:
        stage: 2 or 3.
        data_dir: Folder of the pairs; only their radar is read.
        stage1_outputs: Output folder of `training.precompute_stage1`.
        output_dir: Output folder.
        bundle: Name or folder of the bundle.
        checkpoint: Trained part to use instead of the bundle's stage; None: the bundle's own.
        stage2_outputs: For stage 3: output folder of stage 2.
        timesteps: For stage 3: steps; None: the bundle's default.
        seed: For stage 3: seed of the noise.
        modality: Modality of all radar; None: as each pair states.
        biomes: CSV with tile and biome, for pairs without one.
        limit: Maximum number of pairs; None: all.
        device: `auto`, `cpu` or `cuda`.
        on_bad: Action on a bad radar image, or one without an image of the previous stage: `stop`
            or `skip`.
    """

    stage: int
    data_dir: Path
    stage1_outputs: Path
    output_dir: Path
    bundle: str
    checkpoint: Path | None = None
    stage2_outputs: Path | None = None
    timesteps: int | None = None
    seed: int = 0
    modality: str | None = None
    biomes: Path | None = None
    limit: int | None = None
    device: str = "auto"
    on_bad: OnBad = "stop"


@dataclass(frozen=True)
class StageImages:
    """Folder of images written by `compute`.

    Attributes:
        folder: The folder.
        about: Identity of the images.
        missing: Names of pairs without an image.
    """

    folder: Path
    about: Mapping[str, Any]
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path, stage: int) -> StageImages:
        """Return the images in a folder.

        Raises:
            DataError: If it holds no images of that stage.
        """
        about = read_about(folder)
        if about is None or about.get("what") != f"opt_v{stage}":
            raise DataError(
                Message("{} holds no images of stage {}.", folder, stage),
                Message("Compute them with python -m training.infer_stage{}.", stage),
                problem="stage-images-missing",
            )
        return cls(folder, about)

    @property
    def stage(self) -> int:
        """Stage of the images, 2 or 3."""
        return int(self.about["what"].removeprefix("opt_v"))

    def path(self, name: str) -> Path:
        """Return the path of a pair's image, existing or not."""
        return image_path(self.folder, name, "tif")

    def read_for(self, name: str, s1: Array) -> Array:
        """Return a pair's image in its stage's `BANDS`, (C, H, W) float32 DN, NaN for nodata.

        Args:
            name: Name of the pair.
            s1: Its radar (2, H, W) in dB, which the image must have been made from.

        Raises:
            DataError: If the image is missing, cannot be read, or was made from other radar.
        """
        path = self.path(name)
        remedy = Message("Delete it and compute it again.")
        if not path.is_file():
            raise DataError(
                Message("There is no image of {} in {}.", name, self.folder),
                Message("Compute it first."),
                problem="stage-image-missing",
            )
        try:
            with rasterio.open(path) as file:
                values, made_from = file.read(out_dtype=np.float32), file.tags().get(RADAR_TAG)
        except (*GDAL_ERRORS, OSError) as error:
            raise DataError(
                Message("{} cannot be read: {}.", path, error),
                remedy,
                problem="stage-image-unreadable",
            ) from error
        if made_from != radar_hash(s1) or values.shape != (len(BANDS[self.stage]), *s1.shape[1:]):
            raise DataError(
                Message("{} was made from another radar image than {} has.", path, name),
                Message("{} If the data is another one, name another folder.", remedy),
                problem="stage-image-of-another-radar",
            )
        return np.where((values != 0).all(0), values, np.float32(np.nan))

    def summary(self) -> str:
        """Return the summary for the end of a command line's output."""
        few = Message(LEFT_OUT, len(self.missing)) if self.missing else ""
        return f"The images of stage {self.stage} are in {self.folder}{few}."


def compute(job: Job) -> StageImages:
    """Compute the images that the output folder lacks.

    Raises:
        GacError: If data, bundle, device or folders cannot be used; says what to do.
    """
    library = Library.default()
    bundle = library.require(job.bundle)
    if job.checkpoint is not None:
        bundle = with_trained(bundle, library, job.checkpoint, job.stage)
    job = replace(job, timesteps=job.timesteps or bundle.grounding.steps)
    stage1 = Stage1Outputs(job.stage1_outputs)
    stage1_identity(stage1, bundle)
    stage2 = None
    if job.stage2_outputs is not None:
        stage2 = StageImages.of(job.stage2_outputs, 2)
        if stage2.about.get("stage1") != stage1.about:
            raise DataError(
                Message(
                    "The images in {} were made from other images of stage 1 than those in {}.",
                    stage2.folder,
                    stage1.folder,
                ),
                Message("Name the folder that they were made from with --stage1-outputs-dir."),
                problem="stage2-of-another-stage1",
            )
    biomes = read_biomes(job.biomes) if job.biomes is not None else None
    source = open_radar(job.data_dir, limit=job.limit, biomes=biomes)
    kinds = [job.modality] * len(source) if job.modality else source.modalities
    if job.stage == 3:
        require_supported(source.names, kinds, bundle.modalities)
    device = choose_device(job.device)
    about = _about(job, bundle, library, stage1, stage2)
    print(f"{len(source)} pairs. Loading {bundle.title} on {describe_device(device)} …", flush=True)
    from training.processes import folder_lock

    with folder_lock(job.output_dir):
        open_or_create(job.output_dir, about)
        # Imported late: TerraTorch takes half a minute, and wrong folders are reported before.
        from gac_core.networks.loading import Models

        models = Models(bundle, library, device)
        images = StageImages.of(job.output_dir, job.stage)
        existing = [i for i, name in enumerate(source.names) if images.path(name).is_file()]
        missing = sorted({*range(len(source))} - {*existing})
        for radar in _read(
            source.radar, source.names, existing[:: max(1, len(existing) // 8)], job
        ):
            images.read_for(radar.pair.name, radar.pair.s1)  # a few: are they of this data?
        with tqdm(total=len(source), initial=len(existing), unit="pair") as progress:
            for radar in _read(source.radar, source.names, missing, job):
                try:
                    _compute_one(radar, models, job, stage1, stage2, images)
                except DataError as error:
                    _skip(radar.pair.name, error, job)
                progress.update()
    absent = tuple(name for name in source.names if not images.path(name).is_file())
    return replace(images, missing=absent)


def place_of_radar(radar: Radar) -> tuple[int, int]:
    """Return the row and column of a radar image on the working grid.

    Tiles and noise depend on the place. An image on the working grid gets its place in a run, and
    so the run's pixels; any other one gets a place from its name.
    """
    from training.evaluation.chain import place_of

    pair = radar.pair
    if radar.crs:
        try:
            crs = CRS.from_wkt(radar.crs)
            height, width = pair.s1.shape[1:]
            place = place_scene(crs, radar.transform, height, width, pair.name)
        except (SceneError, *GDAL_ERRORS):
            return place_of(pair.name)
        if place.native:
            return place.window.row, place.window.col
    return place_of(pair.name)


def add_flags(parser: argparse.ArgumentParser, stage: int) -> None:
    """Add the flags shared by both stages' command lines."""
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="BigEarthNet v2, or a folder of pairs; their "
        "radar alone is read")  # fmt: skip
    add("--stage1-outputs-dir", type=Path, required=True, help="of training.precompute_stage1")
    add("--output-dir", type=Path, required=True, help="where the images go")
    add("--bundle", required=True, metavar="NAME", help="name or folder of a model bundle")
    add(f"--stage{stage}-checkpoint", dest="checkpoint", type=Path, metavar="FOLDER",
        help=f"a part that train_stage{stage} left, in place of the bundle's stage")  # fmt: skip
    add("--modality", choices=MODALITIES, help="of all radar; else what each pair says")
    add("--biomes", type=Path, metavar="FILE", help="CSV with columns tile, role, biome")
    add("--max-tiles", type=int, metavar="N", help="at most N pairs, spread over the data")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute")
    add("--on-bad", choices=("stop", "skip"), default="stop", help="what to do on bad pairs")


def job_from(args: argparse.Namespace, stage: int, **own: Any) -> Job:
    """Return the job of a command line; `own` are values of flags that only one stage has."""
    return Job(
        stage=stage,
        data_dir=args.data_dir,
        stage1_outputs=args.stage1_outputs_dir,
        output_dir=args.output_dir,
        bundle=args.bundle,
        checkpoint=args.checkpoint,
        modality=args.modality,
        biomes=args.biomes,
        limit=args.max_tiles,
        device=args.device,
        on_bad=args.on_bad,
        **own,
    )


def run_command(work: Callable[[], StageImages]) -> int:
    """Run a command line's task; return the exit status."""
    try:
        print(work().summary())
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    except Exception as error:
        gac_error = as_user_error(error)
        if not isinstance(gac_error, GacError):
            raise
        print(as_gac_error(gac_error), file=sys.stderr)
        return 1
    return 0


def _compute_one(
    radar: Radar,
    models: Models,
    job: Job,
    stage1: Stage1Outputs,
    stage2: StageImages | None,
    images: StageImages,
) -> None:
    from gac_core.tiling.arrays import all_stages, run_stage

    pair, s1 = radar.pair, radar.pair.s1
    inputs = {"s1": s1, "opt_v1": stage1.read_for(pair.name, s1)}
    if stage2 is not None:
        inputs["opt_v2"] = stage2.read_for(pair.name, s1)
    steps = job.timesteps or models.bundle.grounding.steps
    models.ready(job.stage)
    stages = all_stages(
        models, pair.modality, pair.month, pair.biome, pair.place, (steps, steps), job.seed
    )
    spec, place = models.bundle.window, place_of_radar(radar)
    values = run_stage(stages[job.stage - 1], spec, inputs, place)
    path = images.path(pair.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    tags = _tags(radar, models, job, images.about)
    bands = BANDS[job.stage]
    write_image(path, values, radar.crs, radar.transform, bands=bands, tags=tags)


def _tags(radar: Radar, models: Models, job: Job, about: Mapping[str, Any]) -> dict[str, str]:
    pair = radar.pair
    # A part's files are named by their full paths, which are private.
    hashes = {Path(name).name if Path(name).is_absolute() else name: digest
              for name, digest in models.hashes.items()}  # fmt: skip
    inputs = [{"path": file.name, "sha256": sha256(file)} for file in radar.files]
    provenance = {
        "synthetic": True,
        "pair": pair.name,
        "source": pair.source,
        "inputs": inputs,
        "season_month": pair.month,
        "biome": pair.biome,
        "modality": pair.modality,
        "bundle": bundle_entry(models.bundle, hashes),
        "made with": about,
        "device": describe_device(models.device),
        "software": software(),
    }
    tags = stage_tags(
        job.stage,
        models.bundle,
        hashes,
        inputs,
        biome=pair.biome,
        season_month=pair.month,
        modality=pair.modality,
        provenance=provenance,
    )
    if job.stage == 3:
        tags |= {"GAC_SEED": str(job.seed), "GAC_TIMESTEPS": str(job.timesteps)}
    return tags | {RADAR_TAG: radar_hash(pair.s1)}


def _about(
    job: Job,
    bundle: Bundle,
    library: Library,
    stage1: Stage1Outputs,
    stage2: StageImages | None,
) -> dict[str, Any]:
    """Return everything that affects pixels, except the pairs."""
    about = {
        "what": f"opt_v{job.stage}",
        "bundle": bundle.name,
        "window": asdict(bundle.window),
        "stage1": stage1.about,
    }
    if job.stage == 2:
        section = None if bundle.refiner is None else _settings(bundle.refiner)
        return {**about, "weights": refiner_hashes(bundle, library), "refiner": section}
    return {
        **about,
        "weights": grounding_hashes(bundle, library),
        "grounding": _settings(vars(bundle.grounding)),
        "sampling": asdict(bundle.sampling),
        **bundle.offset_entry,
        "stage2": None if stage2 is None else stage2.about,
        "modality": job.modality or OF_EACH_PAIR,
        "timesteps": job.timesteps,
        "seed": job.seed,
    }


def _settings(value: Any) -> Any:
    """Return a card's section without its files, which are identified by hashes."""
    if not isinstance(value, Mapping):
        return value
    files = ("weights", "adapter", "adapter_sha256")
    return {key: _settings(one) for key, one in value.items() if key not in files}


def _read(
    read: Callable[[int], Radar], names: Sequence[str], wanted: Sequence[int], job: Job
) -> Iterator[Radar]:
    for i in wanted:
        try:
            radar = read(i)
            modality = job.modality or radar.pair.modality
            yield replace(radar, pair=replace(radar.pair, modality=modality))
        except DataError as error:
            _skip(names[i], error, job)


def _skip(name: str, error: DataError, job: Job) -> None:
    if job.on_bad == "stop":
        raise error
    tqdm.write(f"{name} is left out. {error}", file=sys.stderr)
