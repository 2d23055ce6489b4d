"""What stages 1 and 3 share: TerraMind is shown a window and answers with an image."""

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

    @property
    def offset(self) -> float:
        """Offset of TerraMind's images above DN, for `standardise_optical`."""
        return self.models.bundle.offset

    def choose(self, radar: Tensor, uniform: Tensor, optical: Tensor | None = None) -> Tensor:
        """The tokens of the image that TerraMind makes of what it is shown.

        Args:
            radar: Standardised (B, 2, H, W).
            uniform: One number in [0, 1) for each token (B, H/16, W/16).
            optical: Standardised (B, 12, H, W); None: the radar alone.

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
        """The standardised image (B, 12, H, W) of tokens (B, H/16, W/16).

        Args:
            tokens: Of any size that the decoder takes.
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
