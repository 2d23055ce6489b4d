"""Stage 3's loss: grounded in the radar, and no further from the real image than opt_v2."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from gac_core.errors import RequestError
from training.losses.guard import identity
from training.losses.masks import Where
from training.losses.parts import picture_parts, prepare, weighted
from training.losses.perceptual import Lpips
from training.losses.sar import shortfall
from training.losses.spectral import coherence
from training.losses.texture import texture_gap
from training.losses.tokens import token_loss
from training.losses.weights import GroundWeights


class GroundLoss(nn.Module):
    """The weighted parts of stage 3's loss; the loss is their sum.

    Args:
        weights: How much each part counts.

    Raises:
        BundleError: If LPIPS has a weight and its network's weights are not there.
    """

    def __init__(self, weights: GroundWeights | None = None) -> None:
        super().__init__()
        self.weights = weights or GroundWeights()
        self.lpips = Lpips() if self.weights.lpips > 0 else None

    def forward(
        self,
        found: Tensor,
        target: Tensor,
        opt_v2: Tensor,
        s1_db: Tensor,
        mask: Tensor,
        logits: Tensor | None = None,
        codes: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """The parts, by name.

        Args:
            found: (B, 4, H, W) DN (B02, B03, B04, B08), what is trained.
            target: The real image.
            opt_v2: What stage 3 was given.
            s1_db: (B, 2, H, W) backscatter in dB.
            mask: (B, 1, H, W) bool, or (B, 4, H, W) where samples lack bands.
            logits: (B, N, V) of the tokens; None leaves that part out.
            codes: (B, h, w) of the real image; -1 does not count.

        Returns:
            Scalars, each times its weight, in single precision whatever autocast says. A sample
            of which nothing is known adds 0.

        Raises:
            RequestError: If logits come without codes, or of another size.
        """
        if (logits is None) != (codes is None):
            raise RequestError("Logits and codes go together.", "Give both, or neither.")
        with torch.autocast(found.device.type, enabled=False):
            where = Where.of(mask, found.shape[1])
            a, b, before = (prepare(image, where) for image in (found, target, opt_v2.detach()))
            radar = s1_db.to(a.dtype)
            parts = picture_parts(a, b, before, where)
            parts["coherence"] = lambda: coherence(a, b, where)
            parts["identity"] = lambda: identity(a, before, where)
            parts["sar"] = lambda: shortfall(radar, a, b, where)
            parts["texture"] = lambda: texture_gap(radar, a, b, where)
            if logits is not None and codes is not None:
                answer, wanted = logits.to(a.dtype), codes
                parts["tokens"] = lambda: token_loss(answer, wanted, mask)
            if self.lpips is not None:
                lpips = self.lpips
                parts["lpips"] = lambda: lpips(a, b, where)
            return weighted(parts, self.weights)
