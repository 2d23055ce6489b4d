"""Linear encoder of the tokenizer: the first principal components of each patch.

TerraMind's tokenizer has a transformer instead, a third of its size, which a bundle need not ship.
With little data it collapses to a few codes; principal components use the whole codebook from the
start.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.grid import TOKEN
from gac_core.networks.terramind import LATENT

SHOWN_WEIGHT = 2.0
"""Weight of the four output bands relative to the other eight."""

SPREAD = 1.15
"""Factor on the whitened components before the quantiser's sigmoid.

1.7 would use all levels equally (the sigmoid is then close to the normal distribution function);
less keeps levels apart further out, where water, bare soil and snow are.
"""

_TAIL = 4.0


class PatchCode(nn.Module):
    """Encoder of patches (16 by 16 pixels, 12 bands) to five numbers for the quantiser."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, len(S2_BANDS), 1, 1))
        self.register_buffer("std", torch.ones(1, len(S2_BANDS), 1, 1))
        self.register_buffer("basis", torch.zeros(LATENT, len(S2_BANDS) * TOKEN**2))
        self.register_buffer("scale", torch.ones(1, LATENT, 1, 1))

    @torch.no_grad()
    def fit(self, s2: Tensor) -> None:
        """Fit statistics and components to images (B, 12, H, W) in DN."""
        self.mean.copy_(s2.mean((0, 2, 3), keepdim=True))
        self.std.copy_(s2.std((0, 2, 3), keepdim=True))
        patches = functional.unfold(self._weighted(s2), TOKEN, stride=TOKEN)
        rows = patches.transpose(1, 2).flatten(0, 1)
        rows = rows - rows.mean(0)
        _, vectors = torch.linalg.eigh(rows.T @ rows)
        self.basis.copy_(vectors.flip(1)[:, :LATENT].T)
        self.scale.copy_((rows @ self.basis.T).std(0).view(1, -1, 1, 1))

    def forward(self, s2: Tensor) -> Tensor:
        """Return latents (B, 5, H/16, W/16) of images (B, 12, H, W) in DN, before the sigmoid."""
        kernel = self.basis.view(LATENT, len(S2_BANDS), TOKEN, TOKEN)
        return functional.conv2d(self._weighted(s2), kernel, stride=TOKEN) / self.scale * SPREAD

    def _weighted(self, s2: Tensor) -> Tensor:
        weight = torch.ones(1, len(S2_BANDS), 1, 1, device=s2.device)
        weight[:, OUTPUT_INDEX] = SHOWN_WEIGHT
        return ((s2 - self.mean) / self.std).clamp(-_TAIL, _TAIL) * weight
