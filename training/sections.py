"""Settings of a training by section; `training.config` reads them from YAML.

Imports no models, so that reading and checking settings is fast.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from pathlib import Path

from gac_core.band_statistics import S1_STATISTICS
from gac_core.bundles.bundle import BRIDGE_STEPS
from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from training.config import (
    ABOVE_ZERO,
    COUNT,
    FROM_ZERO,
    SHARE,
    Range,
    require_one_of,
    require_ranges,
    require_scales,
)
from training.fit.settings import FitSettings

WINDOW = 32
"""Divisor of window sides in pixels."""
MODALITIES = tuple(S1_STATISTICS)
BRIDGE_STEPS_RANGE = Range(1, 20)
"""Steps of a bridge, up to `gac_core.networks.bridge.MOST_STEPS`, whose import would load the
models."""
OF_EACH_PAIR = "of each pair"
"""Modality in the identity of image folders if no setting gave one for all pairs."""


@dataclass(frozen=True)
class PictureWeights:
    """Weights of the parts that compare an image with the real one; 0 disables a part.

    The defaults were set by the parts' gradients: on blurred real images with an error of a tenth
    in level, each pulls 0.1 to 2 times as hard as `level`.

    Attributes:
        level: Absolute error (L1), in spreads.
        huber: Huber's loss of it.
        angle: Spectral angle (SAM).
        edges: Errors of slopes.
        structure: Local correlation.
        squared: Squared error (L2), in spreads squared.
        ms_ssim: Multi-scale SSIM.
        lpips: Perceptual distance; needs weights that are not part of GAC.
        ndvi: Error of NDVI.
        evi: Error of EVI.
        invented: Slopes that neither the real nor the previous image has.
        worsened: Coarse colours further off than those of the previous image.
    """

    level: float = 1.0
    huber: float = 0.5
    angle: float = 0.5
    edges: float = 0.5
    structure: float = 0.3
    squared: float = 0.0
    ms_ssim: float = 0.3
    lpips: float = 0.0
    ndvi: float = 0.1
    evi: float = 0.1
    invented: float = 0.5
    worsened: float = 0.5

    def __post_init__(self) -> None:
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, value in values.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or value < 0:
                raise RequestError(
                    Message("The weight {} of the loss is {}.", name, repr(value)),
                    Message("Give a number from 0 up."),
                    problem="loss-weight-wrong",
                )
        if not any(values.values()):
            raise RequestError(
                Message("All weights of the loss are 0."),
                Message("Give at least one part a weight above 0."),
                problem="loss-weights-zero",
            )


@dataclass(frozen=True)
class RefineWeights(PictureWeights):
    """Weights of stage 2's loss; the previous image is opt_v1.

    Attributes:
        spectrum: Error of the eight bands that users do not see, on the root scale.
    """

    spectrum: float = 0.25


@dataclass(frozen=True)
class GroundWeights(PictureWeights):
    """Weights of stage 3's loss; the previous image is opt_v2.

    The flow is what is learned. All other parts compare its extrapolated end, which at the start is
    the mean of many images: they have small weights, or the flow would end at a mean too. The
    critic's own loss has no weight, because it does not affect stage 3.

    Attributes:
        flow: Squared error of the flow's velocity, on the root scale.
        sar: Distance of the GAC score from the real image's, in either direction.
        texture: Likewise for the agreement of radar and optical texture.
        identity: Deviation of coarse colours from opt_v2.
        coherence: Deviation of the correlations of the bands' details from the real image's.
        cycle: Excess error of the radar predicted from the image; requires a regressor
            (`stage3.cycle`).
        features: Distance in the features of TerraMind's encoder.
        adversary: Adversarial loss of the critic; 0: no critic.
    """

    level: float = 0.2
    huber: float = 0.0
    angle: float = 0.1
    edges: float = 0.2
    structure: float = 0.1
    ms_ssim: float = 0.1
    ndvi: float = 0.05
    evi: float = 0.05
    invented: float = 0.1
    worsened: float = 0.1
    flow: float = 4.0
    sar: float = 0.2
    texture: float = 0.05
    identity: float = 0.1
    coherence: float = 0.05
    cycle: float = 0.1
    features: float = 0.1
    adversary: float = 0.2


@dataclass
class PrithviSection:
    """Prithvi of stage 2: its shape, and its published weights.

    Attributes:
        embed_dim: Width.
        depth: Number of blocks.
        num_heads: Number of attention heads.
        patch_size: Size of a patch in pixels.
        image_size: Image size of its positions in pixels.
        file: Published name of the weights.
        repo: Repository of the weights.
    """

    embed_dim: int = 1280
    depth: int = 32
    num_heads: int = 16
    patch_size: int = 14
    image_size: int = 224
    file: str = "Prithvi_EO_V2_600M.pt"
    repo: str = "ibm-nasa-geospatial/Prithvi-EO-2.0-600M"

    def __post_init__(self) -> None:
        sizes = ("embed_dim", "depth", "num_heads", "patch_size", "image_size")
        require_ranges("models.prithvi", self, dict.fromkeys(sizes, COUNT))


@dataclass
class HeadSection:
    """Settings of stage 2's head; see `gac_core.networks.refiner.HeadShape`."""

    layers: list[int] = field(default_factory=lambda: [7, 15, 23, 31])
    reduced: int = 32
    widths: list[int] = field(default_factory=lambda: [48, 96, 160])
    depths: list[int] = field(default_factory=lambda: [2, 2, 4])
    context: int = 32

    def __post_init__(self) -> None:
        require_ranges("models.head", self, dict.fromkeys(("reduced", "context"), COUNT))
        require_scales("models.head", self.widths, self.depths)
        if not self.layers or min(self.layers) < 0:
            raise RequestError(
                Message("The setting models.head.layers is {}.", list(self.layers)),
                Message("Give the numbers of one or more blocks, counted from 0."),
                problem="head-layers-wrong",
            )


@dataclass
class ModelsSection:
    """Settings of the networks and their adaptation.

    Attributes:
        bundle: Name or folder of the bundle with TerraMind and the untrained parts.
        prithvi: Stage 2's backbone, if the bundle has no refiner.
        head: Stage 2's head, likewise.
        lora_rank: Rank of adapters.
        lora_alpha: Scale of adapters, in ranks.
        load_in_8bit: Hold stage 2's frozen blocks in 8 bits.
        recompute: Checkpoint activations: recompute them in the backward pass.
    """

    bundle: str = "terramind-base"
    prithvi: PrithviSection = field(default_factory=PrithviSection)
    head: HeadSection = field(default_factory=HeadSection)
    lora_rank: int = 8
    lora_alpha: int = 16
    load_in_8bit: bool = False
    recompute: bool = True

    def __post_init__(self) -> None:
        require_ranges("models", self, {"lora_rank": COUNT, "lora_alpha": COUNT})


@dataclass
class DataSection:
    """Settings of the training data.

    Attributes:
        crop: Side of the windows in pixels, a multiple of 32.
        max_tiles: Maximum number of image pairs, spread over the data; null: all.
        split_seed: Seed of the split by tiles into training, validation and test.
    """

    crop: int = 256
    max_tiles: int | None = None
    split_seed: int = 0

    def __post_init__(self) -> None:
        require_ranges("data", self, {"max_tiles": COUNT, "split_seed": FROM_ZERO})
        if self.crop < WINDOW or self.crop % WINDOW:
            raise RequestError(
                Message("The setting data.crop is {}.", self.crop),
                Message("Give a multiple of {} pixels.", WINDOW),
                problem="crop-setting-wrong",
            )


@dataclass
class CloudsSection:
    """Settings of the optical references that stages 2 and 3 are trained with.

    Attributes:
        share: Share of the training samples whose real image is seen between simulated clouds.
        sizes: Sizes of the clouds in metres, of which one is drawn.
        covers: Least and most share of an image that they cover.
        margin: Metres by which they are grown, as a run grows them.
        other_dates: Share of the samples that an image of another date guides.
        series: Tiles whose pairs show one place at several dates.
    """

    share: float = 0.0
    sizes: list[float] = field(default_factory=lambda: [300.0, 800.0, 2000.0])
    covers: list[float] = field(default_factory=lambda: [0.1, 0.9])
    margin: float = 80.0
    other_dates: float = 0.0
    series: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        require_ranges(
            "clouds", self, {"share": SHARE, "other_dates": SHARE, "margin": Range(0, 1000)}
        )
        if self.share + self.other_dates > 1:
            raise RequestError(
                Message(
                    "The settings clouds.share and other_dates are {} and {}.",
                    self.share,
                    self.other_dates,
                ),
                Message("Together they are at most 1."),
                problem="cloud-shares-wrong",
            )
        if not self.sizes or not all(10 <= size <= 20_000 for size in self.sizes):
            raise RequestError(
                Message("The setting clouds.sizes is {}.", list(self.sizes)),
                Message("Give one or more sizes from 10 to 20000 m."),
                problem="cloud-sizes-wrong",
            )
        if len(self.covers) != 2 or not 0 < self.covers[0] <= self.covers[1] < 1:
            raise RequestError(
                Message("The setting clouds.covers is {}.", list(self.covers)),
                Message("Give the least and the most share, both above 0 and below 1."),
                problem="cloud-covers-wrong",
            )
        if self.other_dates > 0 and not self.series:
            raise RequestError(
                Message("The setting clouds.other_dates needs clouds.series."),
                Message("Name tiles whose pairs show one place at several dates."),
                problem="cloud-dates-without-series",
            )

    @property
    def are_used(self) -> bool:
        """True if some samples have a reference."""
        return self.share + self.other_dates > 0


@dataclass
class Stage1Section:
    """Settings of precomputing stage 1.

    Attributes:
        timesteps: Diffusion steps.
        batch_size: Images at once.
        modality: `S1GRD` or `S1RTC` for all pairs; null: as each states.
        seed: Seed of the diffusion noise.
    """

    timesteps: int = 10
    batch_size: int = 4
    modality: str | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        ranges = {"timesteps": COUNT, "batch_size": COUNT, "seed": FROM_ZERO}
        require_ranges("stage1", self, ranges)
        require_one_of("stage1", self, {"modality": MODALITIES})


@dataclass
class Stage2Section:
    """Settings of stage 2's training and its dropout and jitter; see `training.stage2`.

    Attributes:
        freeze_backbone: No adapter: only the head and the blocks of `unfreeze_last` are trained.
        unfreeze_last: Number of Prithvi's last blocks that are trained in full.
        no_month: Share of the samples whose month is hidden.
        no_biome: Share of the samples whose biome is hidden.
        no_place: Share of the samples whose place is hidden.
        no_prithvi: Share of the samples whose Prithvi features are hidden.
        month_jitter: Maximum shift of the month.
        place_jitter: Standard deviation, in degrees, of the shift of latitude and longitude.
        gain: Standard deviation of the logarithm of a factor on all of opt_v1's bands.
        band_gain: Likewise for a factor on each band.
        radar_gain: Standard deviation, in dB, of an offset on the radar.
        polarisation_gain: Likewise for each polarisation.
    """

    freeze_backbone: bool = False
    unfreeze_last: int = 2
    no_month: float = 0.15
    no_biome: float = 0.4
    no_place: float = 0.5
    no_prithvi: float = 0.0
    month_jitter: int = 1
    place_jitter: float = 3.0
    gain: float = 0.1
    band_gain: float = 0.05
    radar_gain: float = 0.5
    polarisation_gain: float = 0.3

    def __post_init__(self) -> None:
        ranges = {
            **dict.fromkeys(("no_month", "no_biome", "no_place", "no_prithvi"), SHARE),
            **dict.fromkeys(("gain", "band_gain"), Range(0, 3)),
            **dict.fromkeys(("radar_gain", "polarisation_gain"), Range(0, 10)),
            "place_jitter": Range(0, 90),
            "unfreeze_last": FROM_ZERO,
            "month_jitter": Range(0, 6),
        }
        require_ranges("stage2", self, ranges)


@dataclass
class Stage3Section:
    """Settings of stage 3's training and selection; see `training.stage3`.

    Attributes:
        cross_attention_only: Adapt only the decoder's cross-attention; False adapts its
            self-attention too.
        detail: Sigma in pixels of the local mean that the flow keeps from opt_v2: stage 2 sets the
            level, and a flow that learned it would draw levels at random; null: the level may
            change.
        steps: Number of bridge steps; null: the best of 1, 2 and 4 on the validation images.
        stage1_timesteps: Steps of stage 1, if it was not precomputed.
        modality: `S1GRD` or `S1RTC` for all pairs; null: as each states.
        cycle: Folder of the regressor of the loss part `cycle`, from `training.train_cycle`; null:
            without that part.
        judged: Maximum number of validation images for choosing the number of steps.
    """

    cross_attention_only: bool = True
    detail: float | None = 8.0
    steps: int | None = None
    stage1_timesteps: int = 10
    modality: str | None = None
    cycle: str | None = None
    judged: int = 64

    def __post_init__(self) -> None:
        ranges = dict.fromkeys(("stage1_timesteps", "judged"), COUNT)
        require_ranges(
            "stage3", self, {**ranges, "detail": ABOVE_ZERO, "steps": BRIDGE_STEPS_RANGE}
        )
        require_one_of("stage3", self, {"modality": MODALITIES})

    @property
    def cycle_folder(self) -> Path | None:
        """`cycle` as a path, or None."""
        return None if self.cycle is None else Path(self.cycle).expanduser()


@dataclass
class BridgeSection:
    """Settings of stage 3's bridge; see `gac_core.networks.bridge.BridgeShape`.

    Attributes:
        reduced: Channels to which TerraMind's features are reduced.
        widths: Channels at each scale, finest first.
        depths: Blocks at each scale.
        context: Length of the time embedding.
        noise: Deviation, on the root scale, of the noise added to opt_v2 at the start.
        steps: Steps in validation during training, if `stage3.steps` is null.
        lr: Peak learning rate, higher than the adapter's: the bridge starts from scratch.
    """

    reduced: int = 32
    widths: list[int] = field(default_factory=lambda: [48, 96])
    depths: list[int] = field(default_factory=lambda: [2, 3])
    context: int = 32
    noise: float = 0.2
    steps: int = BRIDGE_STEPS
    lr: float = 1e-3

    def __post_init__(self) -> None:
        ranges = dict.fromkeys(("reduced", "context"), COUNT)
        ranges |= {"noise": SHARE, "steps": BRIDGE_STEPS_RANGE, "lr": ABOVE_ZERO}
        require_ranges("bridge", self, ranges)
        require_scales("bridge", self.widths, self.depths)


@dataclass
class CriticSection:
    """Settings of stage 3's adversary; see `gac_core.networks.critic.CriticShape`.

    Attributes:
        reduced: Channels to which TerraMind's features of radar and of image are reduced.
        width: Channels of the finest scale.
        lr: Peak learning rate.
        steps: Steps of the critic alone after the bridge's training, with the bridge frozen.
    """

    reduced: int = 32
    width: int = 32
    lr: float = 1e-3
    steps: int = 300

    def __post_init__(self) -> None:
        ranges = {"reduced": COUNT, "width": COUNT, "lr": ABOVE_ZERO, "steps": FROM_ZERO}
        require_ranges("critic", self, ranges)


@dataclass
class Config:
    """Sections shared by all stages."""

    fit: FitSettings = field(default_factory=FitSettings)
    data: DataSection = field(default_factory=DataSection)
    models: ModelsSection = field(default_factory=ModelsSection)


@dataclass
class Stage1Config(Config):
    """Settings of precomputing stage 1."""

    stage1: Stage1Section = field(default_factory=Stage1Section)


@dataclass
class Stage2Config(Config):
    """Settings of stage 2's training."""

    loss: RefineWeights = field(default_factory=RefineWeights)
    clouds: CloudsSection = field(default_factory=CloudsSection)
    stage2: Stage2Section = field(default_factory=Stage2Section)


@dataclass
class Stage3Config(Config):
    """Settings of stage 3's training."""

    loss: GroundWeights = field(default_factory=GroundWeights)
    clouds: CloudsSection = field(default_factory=CloudsSection)
    stage3: Stage3Section = field(default_factory=Stage3Section)
    bridge: BridgeSection = field(default_factory=BridgeSection)
    critic: CriticSection = field(default_factory=CriticSection)
