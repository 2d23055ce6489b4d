"""What can be set of a training, section by section; `training.config` reads it from YAML.

Nothing here imports the models: reading settings, and finding them wrong, takes no time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gac_core.bands import S1_STATISTICS
from gac_core.contract.errors import RequestError
from gac_core.models.bundle import BRIDGE_STEPS
from training.fit.settings import FitSettings
from training.losses.weights import GroundWeights, RefineWeights
from training.model_sections import ModelsSection
from training.ranges import (
    ABOVE_ZERO,
    COUNT,
    FROM_ZERO,
    SHARE,
    Range,
    require_one_of,
    require_ranges,
    require_scales,
)

WINDOW = 32
"""Sides of windows are multiples of this many pixels."""

MODALITIES = tuple(S1_STATISTICS)

CROSSING = Range(1, 20)
"""Steps of a bridge, up to `gac_core.models.bridge.MOST_STEPS`, which would load the models."""

OF_EACH_PAIR = "of each pair"
"""Modality that folders of images keep where no setting gave one for all."""


@dataclass
class DataSection:
    """What is trained on.

    Attributes:
        crop: Side of the windows in pixels, a multiple of 32.
        max_tiles: Use this many image pairs at most, spread over the data; null: all.
        split_seed: Of the split by tiles into training, validation and test.
    """

    crop: int = 256
    max_tiles: int | None = None
    split_seed: int = 0

    def __post_init__(self) -> None:
        require_ranges("data", self, {"max_tiles": COUNT, "split_seed": FROM_ZERO})
        if self.crop < WINDOW or self.crop % WINDOW:
            raise RequestError(
                f"The setting data.crop is {self.crop}.", f"Give a multiple of {WINDOW} pixels."
            )


@dataclass
class Stage1Section:
    """How stage 1 is computed beforehand.

    Attributes:
        timesteps: Diffusion steps.
        batch_size: Images at once.
        modality: `S1GRD` or `S1RTC` for all pairs; null: what each says.
        seed: Of the diffusion noise.
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
    """What stage 2 trains, and what it is not told; see `training.stage2`.

    Attributes:
        freeze_backbone: No adapter: the head is trained, and the blocks of `unfreeze_last`.
        unfreeze_last: How many of Prithvi's last blocks are trained in full.
        no_month: Share of the samples whose month is hidden.
        no_biome: Share of the samples whose biome is hidden.
        no_place: Share of the samples whose place is hidden.
        no_prithvi: Share of the samples whose features of Prithvi are hidden.
        month_jitter: The month told may be off by up to this many.
        place_jitter: Standard deviation, in degrees, of what latitude and longitude are off by.
        gain: Standard deviation of the logarithm of a factor on all of opt_v1's bands.
        band_gain: The same of a factor on each band.
        radar_gain: Standard deviation, in dB, of what is added to the radar.
        polarisation_gain: The same for each polarisation.
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
    """What stage 3 trains, and how it is judged; see `training.stage3`.

    Attributes:
        cross_attention_only: Adapt only where the decoder looks at its inputs; else also where
            its tokens look at each other.
        detail: Sigma, in pixels, of the local mean that the flow leaves as it is in opt_v2: level
            is stage 2's task, and a flow that learned it would draw levels at random; null: it
            changes the level too.
        steps: Steps of a crossing; null: of 1, 2 and 4 what serves the validation images best.
        stage1_timesteps: Of stage 1, where it was not precomputed.
        modality: `S1GRD` or `S1RTC` for all pairs; null: what each says.
        cycle: Folder of the regressor that the loss's part `cycle` needs, from
            `training.train_cycle`; null: without that part.
        judged: Validation images, at most, on which numbers of steps are tried.
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
        require_ranges("stage3", self, {**ranges, "detail": ABOVE_ZERO, "steps": CROSSING})
        require_one_of("stage3", self, {"modality": MODALITIES})

    @property
    def cycle_folder(self) -> Path | None:
        """`cycle` as a path."""
        return None if self.cycle is None else Path(self.cycle).expanduser()


@dataclass
class BridgeSection:
    """Stage 3's bridge; see `gac_core.models.bridge.BridgeShape`.

    Attributes:
        reduced: Channels to which TerraMind's features are brought.
        widths: Channels at each scale, the finest first.
        depths: Blocks at each scale.
        context: Length of the embedding of time.
        noise: Deviation, on the root scale, of what is added to opt_v2 at the start.
        steps: Steps with which it validates while it trains, where `stage3.steps` names none.
        lr: Its highest learning rate: it starts from nothing, the adapter beside a trained network.
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
        ranges |= {"noise": SHARE, "steps": CROSSING, "lr": ABOVE_ZERO}
        require_ranges("bridge", self, ranges)
        require_scales("bridge", self.widths, self.depths)


@dataclass
class CriticSection:
    """Stage 3's adversary; see `gac_core.models.critic.CriticShape`.

    Attributes:
        reduced: Channels to which TerraMind's features of radar and of image are brought.
        width: Channels of the finest scale.
        lr: Its highest learning rate.
        steps: Steps of the critic alone after the bridge's training, with the bridge at rest.
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
    """The sections that all stages have."""

    fit: FitSettings = field(default_factory=FitSettings)
    data: DataSection = field(default_factory=DataSection)
    models: ModelsSection = field(default_factory=ModelsSection)


@dataclass
class Stage1Config(Config):
    """All settings of computing stage 1 beforehand."""

    stage1: Stage1Section = field(default_factory=Stage1Section)


@dataclass
class Stage2Config(Config):
    """All settings of stage 2's training."""

    loss: RefineWeights = field(default_factory=RefineWeights)
    stage2: Stage2Section = field(default_factory=Stage2Section)


@dataclass
class Stage3Config(Config):
    """All settings of stage 3's training."""

    loss: GroundWeights = field(default_factory=GroundWeights)
    stage3: Stage3Section = field(default_factory=Stage3Section)
    bridge: BridgeSection = field(default_factory=BridgeSection)
    critic: CriticSection = field(default_factory=CriticSection)
