"""What can be set of a training, section by section; `training.config` reads it from YAML.

Nothing here imports the models: reading settings, and finding them wrong, takes no time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from gac_core.bands import S1_STATISTICS
from gac_core.errors import RequestError
from training.fit.settings import FitSettings
from training.losses.weights import GroundWeights, RefineWeights
from training.model_sections import ModelsSection
from training.ranges import (
    ABOVE_ZERO,
    COUNT,
    FROM_ZERO,
    SHARE,
    SOME,
    Range,
    require_one_of,
    require_ranges,
)

WINDOW = 32
"""Sides of windows are multiples of this many pixels."""

MODALITIES = tuple(S1_STATISTICS)

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
        month_jitter: The month told may be off by up to this many.
        gain: Standard deviation of the logarithm of a factor on all of opt_v1's bands.
        band_gain: The same of a factor on each band.
    """

    freeze_backbone: bool = False
    unfreeze_last: int = 2
    no_month: float = 0.15
    no_biome: float = 0.4
    month_jitter: int = 1
    gain: float = 0.1
    band_gain: float = 0.05

    def __post_init__(self) -> None:
        ranges = {
            **dict.fromkeys(("no_month", "no_biome"), SHARE),
            **dict.fromkeys(("gain", "band_gain"), Range(0, 3)),
            "unfreeze_last": FROM_ZERO,
            "month_jitter": Range(0, 6),
        }
        require_ranges("stage2", self, ranges)


@dataclass
class Stage3Section:
    """What stage 3 trains, and how its answer is used; see `training.stage3`.

    Attributes:
        cross_attention_only: Adapt only where the decoder looks at its inputs; else also where
            its tokens look at each other.
        timesteps: Diffusion steps of an answer.
        stage1_timesteps: Of stage 1, where it was not precomputed.
        modality: `S1GRD` or `S1RTC` for all pairs; null: what each says.
        strength: How far opt_v2 is noised before it is decoded again, 1 for pure noise; null: what
            serves the validation images best.
        residual: Share of the way from opt_v2 to the answer; null: likewise.
        codes: Weights of the encoder that gives the tokens of real images; null: the one that
            the bundle has.
        cycle: Folder of the regressor that the loss's part `cycle` needs, from
            `training.train_cycle`; null: without that part.
        judged: Validation images, at most, on which ways of using the answer are tried.
    """

    cross_attention_only: bool = True
    timesteps: int = 8
    stage1_timesteps: int = 10
    modality: str | None = None
    strength: float | None = None
    residual: float | None = None
    codes: str | None = None
    cycle: str | None = None
    judged: int = 64

    def __post_init__(self) -> None:
        ranges = dict.fromkeys(("timesteps", "stage1_timesteps", "judged"), COUNT)
        ranges |= {"strength": SOME, "residual": SHARE}
        require_ranges("stage3", self, ranges)
        require_one_of("stage3", self, {"modality": MODALITIES})

    @property
    def codes_file(self) -> Path | None:
        """`codes` as a path."""
        return None if self.codes is None else Path(self.codes).expanduser()

    @property
    def cycle_folder(self) -> Path | None:
        """`cycle` as a path."""
        return None if self.cycle is None else Path(self.cycle).expanduser()

    @property
    def fixed(self) -> bool:
        """Whether nothing of how the answer is used is left to try out."""
        return self.strength is not None and self.residual is not None


@dataclass
class FusionSection:
    """Stage 3's fusion network, and how it is trained where that is not as the adapter is.

    Attributes:
        enabled: Train one at all.
        width: Channels inside.
        depth: ConvNeXt blocks.
        detail: Keeps its corrections to detail, in pixels (sigma), so that it cannot put colours
            onto a place that it knows from others; null: does not. At most half of what the
            bundle's tiles share.
        epochs: Passes over the training pairs.
        lr: Highest learning rate: it starts from nothing, the adapter beside a trained network.
        batch_size: Samples on the device at once.
        grad_accum_steps: Batches for one optimiser step.
    """

    enabled: bool = True
    width: int = 32
    depth: int = 4
    detail: float | None = 8.0
    epochs: int = 50
    lr: float = 1e-3
    batch_size: int = 8
    grad_accum_steps: int = 1

    def __post_init__(self) -> None:
        counts = ("width", "depth", "epochs", "batch_size", "grad_accum_steps")
        ranges = {**dict.fromkeys(counts, COUNT), **dict.fromkeys(("lr", "detail"), ABOVE_ZERO)}
        require_ranges("fusion", self, ranges)


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
    fusion: FusionSection = field(default_factory=FusionSection)

    @property
    def fusion_fit(self) -> FitSettings:
        """How the fusion network is trained: as the adapter, but for what its section says."""
        own = self.fusion
        return replace(
            self.fit,
            epochs=own.epochs,
            lr=own.lr,
            batch_size=own.batch_size,
            grad_accum_steps=own.grad_accum_steps,
        )
