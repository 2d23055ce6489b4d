"""Stage 3's loss: grounded in the radar, and no further from the real image than opt_v2."""

from __future__ import annotations

from torch import Tensor

from gac_core.errors import RequestError
from training.losses.guard import identity
from training.losses.loss import PictureLoss
from training.losses.masks import Where
from training.losses.parts import Part
from training.losses.sar import shortfall
from training.losses.spectral import coherence
from training.losses.texture import texture_gap
from training.losses.tokens import token_loss
from training.losses.weights import GroundWeights


class GroundLoss(PictureLoss[GroundWeights]):
    """The weighted parts of stage 3's loss."""

    usual = GroundWeights

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
        """The parts, by name; see `compare`. What came before is opt_v2.

        Args:
            found: As for `compare`.
            target: Likewise.
            opt_v2: What stage 3 was given.
            s1_db: (B, 2, H, W) backscatter in dB.
            mask: As for `compare`.
            logits: (B, N, V) of the tokens; None leaves that part out.
            codes: (B, h, w) of the real image; -1 does not count.

        Raises:
            RequestError: If logits come without codes, or of another size.
        """
        if (logits is None) != (codes is None):
            raise RequestError("Logits and codes go together.", "Give both, or neither.")

        def more(a: Tensor, b: Tensor, before: Tensor, where: Where) -> dict[str, Part]:
            radar = s1_db.to(a.dtype)
            parts: dict[str, Part] = {
                "coherence": lambda: coherence(a, b, where),
                "identity": lambda: identity(a, before, where),
                "sar": lambda: shortfall(radar, a, b, where),
                "texture": lambda: texture_gap(radar, a, b, where),
            }
            if logits is not None and codes is not None:
                answer, wanted = logits.to(a.dtype), codes
                parts["tokens"] = lambda: token_loss(answer, wanted, mask)
            return parts

        return self.compare(found, target, opt_v2, mask, more)
