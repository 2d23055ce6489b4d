"""Checks of bands that were taken by their order because nothing names them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.optical.band_choice import NAME_THEM, BandChoice
from gac_core.scene.radiometry import Floats

MAX_CLASSES = 16
MAX_CLASS = 255
"""Values of a sample up to which they are classes or a mask, and the largest of such."""

MIN_VALUES = 500
"""Values from which on the checks say something."""

VEGETATION = 1500.0
"""Median in DN that B02 has under clouds and on snow alone, and the near infrared on any field."""

BRIGHTER_THAN_INFRARED, BRIGHTER_THAN_GREEN = 2.0, 1.5
"""Ratios of B02 to B08 and to B03 that clouds and snow do not reach, and water only where dark."""


def refuse_classes(choice: BandChoice, values: Mapping[str, Floats], name: str) -> None:
    """Refuse an order by which classes, a mask or a constant would be a band.

    B10 may be constant: exports of level 2A leave its place empty.

    Args:
        choice: The bands.
        values: (N,) values of each band as they are in the file.
        name: Name of the reference in messages.

    Raises:
        SceneError: If it is so.
    """
    if choice.decision.by != "assumed":
        return
    for band, own in values.items():
        if own.size < MIN_VALUES:
            return
        distinct = np.unique(own)
        few = len(distinct) <= MAX_CLASSES and distinct[0] >= 0 and distinct[-1] <= MAX_CLASS
        whole = few and bool((distinct == np.round(distinct)).all())
        if (whole or len(distinct) == 1) and not (band == "B10" and len(distinct) == 1):
            listed = ", ".join(f"{value:g}" for value in distinct)
            raise _unlikely(name, Message("{} would hold only the values {}", band, listed))


def refuse_infrared_first(choice: BandChoice, dn: Mapping[str, Floats], name: str) -> None:
    """Refuse an order by which the near infrared would be B02, as in stacks from B08 to B02.

    Args:
        choice: The bands.
        dn: (N,) DN of each band without offset.
        name: Name of the reference in messages.

    Raises:
        SceneError: If it seems so.
    """
    if choice.decision.by != "assumed" or dn["B02"].size < MIN_VALUES:
        return
    infrared = dn["B08"] if "B08" in dn else dn["B8A"]
    blue, green, infra = (float(np.median(each)) for each in (dn["B02"], dn["B03"], infrared))
    if (
        blue >= VEGETATION
        and blue >= BRIGHTER_THAN_INFRARED * infra
        and blue >= BRIGHTER_THAN_GREEN * green
    ):
        ratio = f"{blue / max(infra, 1.0):.1f}"
        raise _unlikely(name, Message("B02 would be {} times as bright as B08", ratio))


def _unlikely(name: str, why: str) -> SceneError:
    return SceneError(
        Message("{} does not name its bands, and their order is not the usual one: {}.", name, why),
        NAME_THEM,
        problem="optical-order-unlikely",
    )
