"""What stages 1 and 3 share: TerraMind is shown a window and answers with an image."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from gac_core.grid import TOKEN
from gac_core.models.loading import Models
from gac_core.models.terramind import choose_tokens, decode_tokens, token_logits
from gac_core.stages.base import Check


@dataclass(frozen=True)
class TerraMindStage:
    """A stage that TerraMind computes.

    Attributes:
        models: The bundle's networks.
        modality: `S1GRD` or `S1RTC`.
        seed: The run's seed.
        timesteps: Diffusion steps.
        check: Called before each step.
    """

    models: Models
    modality: str
    seed: int
    timesteps: int
    check: Check

    def answer(
        self,
        radar: Tensor,
        noise: Tensor,
        uniform: Tensor,
        optical: Tensor | None = None,
        strength: float = 1.0,
    ) -> Tensor:
        """The image that TerraMind makes of what it is shown, all standardised.

        Args:
            radar: (B, 2, H, W).
            noise: Standard normal (B, 12, H, W).
            uniform: One number in [0, 1) for each token (B, H/16, W/16).
            optical: (B, 12, H, W); None: the radar alone.
            strength: How far `optical` is noised before it is decoded again; 1: pure noise.

        Returns:
            (B, 12, H, W).
        """
        self.check()
        terramind, sampling = self.models.terramind, self.models.bundle.sampling
        logits = token_logits(terramind.model, radar, self.modality, optical)
        tokens = choose_tokens(logits, sampling.temperature, sampling.top_p, uniform.flatten(1))
        return decode_tokens(
            terramind.tokenizer,
            tokens.view(-1, radar.shape[-2] // TOKEN, radar.shape[-1] // TOKEN),
            noise,
            self.timesteps,
            threshold=sampling.threshold,
            start=optical if strength < 1 else None,
            strength=strength,
            check=self.check,
        )
