"""Common base of stages 1 and 3: TerraMind generates an image from a window."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from gac_core.grid import TOKEN
from gac_core.models.loading import Models
from gac_core.models.speed import computing
from gac_core.models.terramind import choose_tokens, decode_tokens, token_logits
from gac_core.stages.base import Check


@dataclass(frozen=True)
class TerraMindStage:
    """Stage that is computed by TerraMind.

    Attributes:
        models: Networks of the bundle.
        modality: `S1GRD` or `S1RTC`.
        seed: Seed of the run.
        timesteps: Diffusion steps.
        check: Called before each step.
    """

    models: Models
    modality: str
    seed: int
    timesteps: int
    check: Check

    @property
    def offset(self) -> float:
        """Offset of TerraMind's images above DN, for `standardise_optical`."""
        return self.models.bundle.offset

    def choose(self, radar: Tensor, uniform: Tensor, optical: Tensor | None = None) -> Tensor:
        """Return the tokens of the image that TerraMind generates from its inputs.

        Args:
            radar: Standardised (B, 2, H, W).
            uniform: One number in [0, 1) per token (B, H/16, W/16).
            optical: Standardised (B, 12, H, W); None: radar only.

        Returns:
            (B, H/16, W/16).
        """
        self.check()
        sampling, device = self.models.bundle.sampling, self.models.device
        model = self.models.terramind.model
        with computing(device):
            logits = token_logits(model, radar, self.modality, optical).float()
        tokens = choose_tokens(logits, sampling.temperature, sampling.top_p, uniform.flatten(1))
        return tokens.view(-1, radar.shape[-2] // TOKEN, radar.shape[-1] // TOKEN)

    def image(self, tokens: Tensor, noise: Tensor) -> Tensor:
        """Return the standardised image (B, 12, H, W) of tokens (B, H/16, W/16).

        Args:
            tokens: Any size that the decoder supports.
            noise: Standard normal (B, 12, H, W).
        """
        tokenizer, device = self.models.terramind.tokenizer, self.models.device
        with computing(device):
            return decode_tokens(
                tokenizer,
                tokens,
                noise,
                self.timesteps,
                threshold=self.models.bundle.sampling.threshold,
                check=self.check,
            )
