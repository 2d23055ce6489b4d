"""What stage 3's training is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gac_core.errors import RequestError
from training.data.source import PairSource
from training.fit.settings import FitSettings
from training.losses.weights import GroundWeights


@dataclass(frozen=True)
class GroundSettings:
    """Settings of both trainings of stage 3, and of what lies between them.

    Attributes:
        lora_rank: Rank of the adapter.
        lora_alpha: Its scale, in ranks.
        cross_attention_only: Adapt where the decoder looks at its inputs; else also where its
            tokens look at each other.
        recompute: Compute activations again on the way back instead of keeping them.
        modality: `S1GRD` or `S1RTC`.
        timesteps: Diffusion steps of an answer.
        stage1_timesteps: Diffusion steps of stage 1, where it was not precomputed.
        strength: How far opt_v2 is noised before it is decoded again; None: tried out.
        residual: Share of the way from opt_v2 to the answer; None: tried out.
        fusion: Whether to train a fusion network.
        fusion_width: Channels inside it.
        fusion_depth: Its blocks.
        detail: Keeps its corrections to detail, in pixels (sigma); None: does not.
        codes: Weights of the encoder that gives the tokens of real images; None: the tokenizer's
            own where its file holds one, or the one that the bundle's card names.
        judged: Validation images, at most, on which ways of using the answer are tried.
        loss: How much each part of the loss counts.
        fit: How long and how fast the adapter is trained.
        fusion_fit: The same of the fusion network.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    cross_attention_only: bool = True
    recompute: bool = False
    modality: str = "S1GRD"
    timesteps: int = 8
    stage1_timesteps: int = 10
    strength: float | None = None
    residual: float | None = None
    fusion: bool = True
    fusion_width: int = 32
    fusion_depth: int = 4
    detail: float | None = 8.0
    codes: Path | None = None
    judged: int = 64
    loss: GroundWeights = field(default_factory=GroundWeights)
    fit: FitSettings = field(default_factory=FitSettings)
    fusion_fit: FitSettings = field(default_factory=FitSettings)

    def __post_init__(self) -> None:
        for name, value, least in (
            ("strength", self.strength, 0.001),
            ("residual", self.residual, 0.0),
        ):
            if value is not None and not least <= value <= 1:
                raise RequestError(
                    f"A {name} of {value} makes no sense.", f"Give a number from {least} to 1."
                )
        if self.timesteps < 1 or self.stage1_timesteps < 1 or self.judged < 1:
            raise RequestError(
                "Diffusion steps and validation images are counted from 1.", "Give at least 1."
            )

    @property
    def fixed(self) -> bool:
        """Whether nothing is left to try out."""
        return self.strength is not None and self.residual is not None


@dataclass(frozen=True)
class Places:
    """The pairs that train and those that validate.

    Attributes:
        source: All of them.
        train: Numbers of those that train.
        val: Numbers of those that validate.
        crop: Side of a sample in pixels; the bundle's window.
        tiles: Names of tiles by role as cards have them: `train`, `stop` and `test`.
    """

    source: PairSource
    train: list[int]
    val: list[int]
    crop: int
    tiles: dict[str, list[str]] = field(default_factory=dict)
