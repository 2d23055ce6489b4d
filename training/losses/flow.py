"""Loss of a flow's velocity."""

from __future__ import annotations

from torch import Tensor

from training.losses.masks import Tally, Where, tally


def flow(velocity: Tensor, wanted: Tensor, where: Where) -> Tally:
    """Return the mean squared error of the velocity (Liu et al. 2023, eq. 1).

    Args:
        velocity: (B, 4, H, W) on the root scale.
        wanted: End of the flow less its start, likewise.
        where: Known pixels of the real image.
    """
    return tally(where.clean(velocity - wanted).square(), where.full())
