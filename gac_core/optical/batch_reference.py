"""References of a batch: for each scene those of all given that suit its radar best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.redaction import redacted
from gac_core.contract.request import RunRequest
from gac_core.optical.reference import open_optical
from gac_core.scene import S1Scene

ELSEWHERE = ("optical-elsewhere", "optical-without-data", "mask-elsewhere")
"""Problems of a reference that does not lie where the radar does."""


def with_paired_reference(request: RunRequest, scene: S1Scene) -> RunRequest:
    """Return a request whose optical files are the one of them that suits its radar best.

    A batch names the references of all its scenes, each a file or product of its own: the one that
    lies where the radar does, and is the nearest in time, is this scene's. Of the images of another
    date it is likewise the nearest that is not that one; where only one of these lies there, it is
    the reference. Without any, there is none.

    Args:
        request: The request of one scene of a batch.
        scene: Its radar.

    Raises:
        GacError: As `open_optical`, for a reason other than the place.
    """
    first = _nearest(request, scene, request.optical)
    as_other = replace(
        request,
        optical_mask=request.optical_other_mask,
        optical_date="",
        optical_other=(),
        optical_other_mask="",
    )
    other = _nearest(as_other, scene, [path for path in request.optical_other if path != first])
    for path in filter(None, (first, other)):
        if redacted(path) != path:
            raise RequestError(
                Message(
                    "The optical file {} needs a password or key, which a batch does not store.",
                    redacted(path),
                ),
                Message("Copy the file to this computer first."),
                problem="optical-secret-in-batch",
            )
    if first is None:
        return replace(as_other, optical=() if other is None else (other,))
    return replace(request, optical=(first,), optical_other=() if other is None else (other,))


def _nearest(request: RunRequest, scene: S1Scene, paths: Sequence[str]) -> str | None:
    """Return the file that lies where the radar does and is the nearest in time; None: none."""
    suitable: list[tuple[float, str]] = []
    for path in paths:
        try:
            one = replace(request, optical=(path,), optical_other=())
            with open_optical(one, scene) as reference:
                days = math.inf if reference.days is None else reference.days
                suitable.append((days, path))
        except SceneError as error:
            if error.problem not in ELSEWHERE:
                raise
    return min(suitable, default=(0, None), key=lambda pair: pair[0])[1]
