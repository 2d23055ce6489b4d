"""Stage 3's loss: grounded in the radar, and no further from the real image than opt_v2."""

from __future__ import annotations

from torch import Tensor, nn

from gac_core.errors import RequestError
from training.losses.cycle import cycle_excess
from training.losses.guard import identity
from training.losses.loss import PictureLoss
from training.losses.masks import Tally, Where
from training.losses.parts import Part
from training.losses.sar import agreement_gap
from training.losses.spectral import coherence
from training.losses.texture import texture_gap
from training.losses.tokens import counted_tokens, token_loss
from training.losses.weights import GroundWeights


class GroundLoss(PictureLoss[GroundWeights]):
    """The weighted parts of stage 3's loss.

    Args:
        weights: How much each part counts; None: the defaults.
        regressor: What tells the radar from an image (`training.cycle.Regressor`); it is frozen
            here. None: the part `cycle` is left out.
    """

    usual = GroundWeights

    def __init__(
        self, weights: GroundWeights | None = None, regressor: nn.Module | None = None
    ) -> None:
        super().__init__(weights)
        if regressor is None or self.weights.cycle == 0:
            self.regressor = None
        else:
            self.regressor = regressor.eval().requires_grad_(False)

    def forward(
        self,
        found: Tensor,
        target: Tensor,
        opt_v2: Tensor,
        s1_db: Tensor,
        mask: Tensor,
        logits: Tensor | None = None,
        codes: Tensor | None = None,
    ) -> dict[str, Tally]:
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
            parts = self._grounding(s1_db.to(a.dtype), a, b, before, where)
            if logits is not None and codes is not None:
                answer, wanted = logits.to(a.dtype), codes
                parts["tokens"] = lambda: token_loss(answer, wanted, mask)
            return parts

        return self.compare(found, target, opt_v2, mask, more)

    def counts(
        self,
        target: Tensor,
        opt_v2: Tensor,
        s1_db: Tensor,
        mask: Tensor,
        codes: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """The counts that `forward` gives, whatever the image and its logits.

        Args:
            target: As for `forward`.
            opt_v2: Likewise.
            s1_db: Likewise.
            mask: Likewise.
            codes: (B, h, w): -1 where `forward` has it; what else they are does not matter.
        """

        def more(a: Tensor, b: Tensor, before: Tensor, where: Where) -> dict[str, Part]:
            return self._grounding(s1_db.to(a.dtype), a, b, before, where)

        counts = self._counts(target, opt_v2, mask, more)
        if codes is not None and self.weights.tokens > 0:
            counts["tokens"] = counted_tokens(codes, mask).sum()
        return counts

    def _grounding(
        self, radar: Tensor, a: Tensor, b: Tensor, before: Tensor, where: Where
    ) -> dict[str, Part]:
        regressor = self.regressor
        parts: dict[str, Part] = {
            "coherence": lambda: coherence(a, b, where),
            "identity": lambda: identity(a, before, where),
            "sar": lambda: agreement_gap(radar, a, b, where),
            "texture": lambda: texture_gap(radar, a, b, where),
        }
        if regressor is not None:
            parts["cycle"] = lambda: cycle_excess(regressor, radar, a, b, where)
        return parts
