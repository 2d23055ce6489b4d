"""Use of an optical reference in a run: kept or guiding, and fused into each stage's image."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.redaction import redacted
from gac_core.contract.request import RunRequest
from gac_core.grid import TOKEN, Window
from gac_core.optical.fusion import BLEND, Floats, fuse, kinds_of, reach_of
from gac_core.optical.reference import OpticalReference, open_optical
from gac_core.places import biome_at
from gac_core.scene import S1Scene, open_radar
from gac_core.scene.decisions import Decision
from gac_core.scene.source import InputFiles

PIECE = 256
"""Side in pixels of the pieces in which an area is fused."""

ELSEWHERE = ("optical-elsewhere", "optical-without-data", "mask-elsewhere")
"""Problems of a reference that does not lie where the radar does."""

NEAREST = {"B01": "B02", "B09": "B8A"}
"""Bands of 60 m that many files lack, and the bands next to them in wavelength, which stand in for
them where a network is shown the reference."""

Source = Callable[[Window], Floats]


@dataclass(frozen=True)
class ReferenceUse:
    """An optical reference as a run uses it.

    Attributes:
        reference: The reference, open.
        keep: Keep its clear pixels; False: it only guides.
        decision: Why it is kept or guides.
        whole: Window with data: beyond it nothing counts.
    """

    reference: OpticalReference
    keep: bool
    decision: Decision
    whole: Window

    @property
    def reach(self) -> int:
        """Pixels around an area that fusion sees."""
        return reach_of(keep=self.keep)

    @property
    def inputs(self) -> InputFiles:
        """The local files that are read."""
        return self.reference.inputs

    @property
    def notes(self) -> list[str]:
        """Notes for the user about the reference and its use."""
        notes = list(self.reference.warnings)
        if self.keep and not self.shows_tokens:
            notes.append(
                Message(
                    "The optical reference lacks bands that TerraMind needs: stage 1 was computed "
                    "from the radar alone, and the reference was fused in afterwards."
                )
            )
        return notes

    @property
    def shows_tokens(self) -> bool:
        """True if stage 1 is shown what is observed: kept pixels of all bands."""
        return self.keep and shows_tokens(self.reference.bands)

    def read(self, window: Window) -> Floats:
        """Return (12, H, W) DN, NaN where it is not clear and in bands that it lacks."""
        values = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
        inside = window.intersection(self.whole)
        if not inside.is_empty:
            values[(..., *inside.slices(window))] = self.reference.read(inside)
        return values

    def read_shown(self, window: Window) -> Floats:
        """Return the same, with lacking bands replaced by the nearest ones."""
        return shown_bands(self.read(window), self.reference.bands)

    def fused(
        self, area: Window, generated: Source, radar: Source, modality: str, bands: Sequence[str]
    ) -> Iterator[tuple[Window, Floats]]:
        """Yield the pieces of an area, row by row, with the reference fused into them.

        Args:
            area: The area.
            generated: Reader of the stage's image, with `reach` more pixels where there are any.
            radar: Reader of the radar, (2, H, W) dB.
            modality: Modality of the radar.
            bands: Names of the image's bands.
        """
        for piece in area.blocks(PIECE):
            context = piece.grown(self.reach)
            image, clear = generated(context), self.read(context)
            values = fuse(
                image, clear, radar(context), modality, context, bands, keep=self.keep, needed=piece
            )
            yield piece, values

    def observed(self, window: Window) -> NDArray[np.bool_]:
        """Return the mask (H, W) of kept pixels."""
        if not self.keep:
            return np.zeros(window.shape, bool)
        output = self.read(window)[list(OUTPUT_INDEX)]
        kept: NDArray[np.bool_] = np.all(np.isfinite(output), axis=0)
        return kept

    def kinds(self, area: Window, radar: Source) -> Iterator[tuple[Window, Floats]]:
        """Yield the pieces of an area with the kinds of their pixels (1, H, W), NaN for nodata."""
        for piece in area.blocks(PIECE):
            context = piece.grown(BLEND)
            has_data: NDArray[np.bool_] = np.all(np.isfinite(radar(context)), axis=0)
            kinds = kinds_of(self.observed(context), has_data)[piece.slices(context)]
            yield piece, np.where(kinds == 0, np.nan, kinds)[None].astype(np.float32)

    def info(self) -> dict[str, Any]:
        """Return JSON-ready values: the reference's interpretation, and its use."""
        info = self.reference.info()
        return {
            **info,
            "use": "keep" if self.keep else "guide",
            "fingerprint": self.reference.fingerprint,
            "decisions": [*info["decisions"], self.decision.to_dict()],
            "warnings": self.notes,
        }


def shows_tokens(bands: Collection[str]) -> bool:
    """Return whether a reference has the bands that TerraMind needs, or stand-ins for them."""
    return all(NEAREST.get(band) in bands for band in set(S2_BANDS) - set(bands))


def shown_bands(values: Floats, bands: Collection[str]) -> Floats:
    """Return (12, H, W) DN with lacking bands replaced by the nearest ones, where they are there.

    Args:
        values: (12, H, W) DN.
        bands: Bands that they hold.
    """
    values = values.copy()
    for band, nearest in NEAREST.items():
        if band not in bands:
            values[S2_BANDS.index(band)] = values[S2_BANDS.index(nearest)]
    return values


def open_use(
    request: RunRequest, scene: S1Scene, whole: Window, stack: ExitStack
) -> ReferenceUse | None:
    """Open the optical reference of a request, and decide how it is used; None if there is none.

    Args:
        request: The request.
        scene: Its radar.
        whole: Window with data.
        stack: Closes the reference.

    Raises:
        GacError: As `open_optical`.
    """
    if not request.optical:
        return None
    reference = stack.enter_context(open_optical(request, scene))
    keep, decision = decide_use(request.optical_use, reference.days, request.optical_days)
    return ReferenceUse(reference, keep, decision, whole)


def with_paired_reference(request: RunRequest, scene: S1Scene) -> RunRequest:
    """Return a request whose optical files are the one of them that suits its radar best.

    A batch names the references of all its scenes, each a file or product of its own: the one that
    lies where the radar does, and is the nearest in time, is this scene's. Without any, there is
    none.

    Args:
        request: The request of one scene of a batch.
        scene: Its radar.

    Raises:
        GacError: As `open_optical`, for a reason other than the place.
    """
    suitable: list[tuple[float, str]] = []
    for path in request.optical:
        try:
            with open_optical(replace(request, optical=(path,)), scene) as reference:
                days = math.inf if reference.days is None else reference.days
                suitable.append((days, path))
        except SceneError as error:
            if error.problem not in ELSEWHERE:
                raise
    chosen = min(suitable, default=None, key=lambda pair: pair[0])
    if chosen is not None and redacted(chosen[1]) != chosen[1]:
        raise RequestError(
            Message(
                "The optical file {} needs a password or key, which a batch does not store.",
                redacted(chosen[1]),
            ),
            Message("Copy the file to this computer first."),
            problem="optical-secret-in-batch",
        )
    return replace(request, optical=() if chosen is None else (chosen[1],))


def decide_use(use: str, days: int | None, limit: int) -> tuple[bool, Decision]:
    """Return whether a reference's clear pixels are kept, and why.

    Args:
        use: `keep`, `guide` or `auto`.
        days: Days between it and the radar; None: unknown.
        limit: Most days for which `auto` keeps.
    """
    keep = use == "keep" or (use == "auto" and days is not None and days <= limit)
    if use != "auto":
        why, by = Message("as chosen"), "user"
    elif days is None:
        why, by = Message("the days between it and the radar are unknown"), "assumed"
    else:
        why, by = Message("{} days between it and the radar; kept up to {}", days, limit), "file"
    value = Message("clear pixels are kept") if keep else Message("it only guides")
    return keep, Decision("optical_use", Message("Use"), value, why, by)


def inspect_inputs(request: RunRequest) -> dict[str, Any]:
    """Return SceneInfo of docs/architecture.md, with `optical` if the request has a reference.

    Args:
        request: The run; its output folder does not matter.

    Raises:
        GacError: As `open_scene` and `open_optical`.
    """
    with ExitStack() as stack:
        scene = stack.enter_context(open_radar(request))
        info = {**scene.info(), "biome": biome_at(*scene.centre)}
        use = open_use(request, scene, scene.window, stack)
        return info if use is None else {**info, "optical": use.info()}


@dataclass(frozen=True)
class ArrayReference:
    """Optical reference of an in-memory image, used as a run uses one.

    Attributes:
        values: (12, H, W) DN, NaN where it is not clear, and throughout in bands that it lacks.
        keep: Keep its clear pixels; False: it is of another date and only guides.
        modality: Modality of the radar beside it.
    """

    values: Floats
    keep: bool
    modality: str

    @cached_property
    def bands(self) -> list[str]:
        """Bands that it has."""
        return [
            band
            for band, values in zip(S2_BANDS, self.values, strict=True)
            if np.isfinite(values).any()
        ]

    @cached_property
    def clear(self) -> Floats:
        """The values, NaN in all bands where any of its bands is NaN."""
        held = [S2_BANDS.index(band) for band in self.bands]
        whole = np.isfinite(self.values[held]).all(axis=0) & bool(held)
        return np.where(whole, self.values, np.float32(np.nan))

    @property
    def keeps(self) -> bool:
        """True if it has clear pixels, which are kept."""
        return self.keep and bool(self.bands)

    @property
    def shows_tokens(self) -> bool:
        """True if stage 1 is shown what is observed."""
        return self.keep and shows_tokens(self.bands)

    def shown(self) -> Floats:
        """Return what stage 1 is shown, (12, H, W)."""
        return shown_bands(self.clear, self.bands)

    def fused(self, image: Floats, s1: Floats, place: tuple[int, int]) -> Floats:
        """Return a stage's image (C, H, W) with the reference fused into it.

        Args:
            image: The image, of all bands or of the output bands.
            s1: (2, H, W) dB.
            place: Row and column of the images' corner on the world grid.
        """
        bands = S2_BANDS if len(image) == len(S2_BANDS) else OUTPUT_BANDS
        window = Window(*place, *image.shape[1:])
        # Fusion works on cells of the world grid: those at the edges have neighbours beyond.
        context = window.grown(TOKEN)
        margin = ((0, 0), (TOKEN, TOKEN), (TOKEN, TOKEN))
        generated, clear, radar = (
            np.pad(values, margin, constant_values=np.nan) for values in (image, self.clear, s1)
        )
        return fuse(
            generated, clear, radar, self.modality, context, bands, keep=self.keep, needed=window
        )
