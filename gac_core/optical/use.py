"""Use of an optical reference in a run: kept or guiding, and fused into each stage's image."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.message import Message
from gac_core.contract.request import RunRequest
from gac_core.grid import TOKEN, Window
from gac_core.optical.fusion import (
    BLEND,
    FADE,
    GUIDED_REACH,
    fuse,
    fuse_guided,
    guided,
    kinds_of,
    reach_of,
)
from gac_core.optical.reference import OF_OTHER, OpticalReference, open_optical, open_other
from gac_core.places import biome_at
from gac_core.scene import S1Scene, open_radar
from gac_core.scene.decisions import Decision
from gac_core.scene.radiometry import Floats
from gac_core.scene.source import InputFiles
from gac_core.scene.warp import StoredReader

PIECE = 256
"""Side in pixels of the pieces in which an area is fused."""

NEAREST = {"B01": "B02", "B09": "B8A"}
"""Bands of 60 m that many files lack, and the bands next to them in wavelength, which stand in for
them where a network is shown the reference."""

NEARER = Message(
    "It is nearer to the radar in time than the first one. Exchange them: the first one's clear "
    "pixels can be kept."
)
BOTH_GUIDE = Message(
    "Both images are of other dates and only guide: the first one alone does as well."
)
"""Warnings about an image of another date."""

Source = Callable[[Window], Floats]


@dataclass(frozen=True)
class ReferenceUse:
    """An optical reference as a run uses it.

    Attributes:
        reference: The reference, open.
        keep: Keep its clear pixels; False: it only guides.
        decision: Why it is kept or guides.
        whole: Window with data: beyond it nothing counts.
        other: Image of another date, open, which guides beneath the reference; None: there is none.
    """

    reference: OpticalReference
    keep: bool
    decision: Decision
    whole: Window
    other: OpticalReference | None = None

    @property
    def fused_reach(self) -> int:
        """Pixels around an area that are seen when the reference is fused into it."""
        return reach_of(keep=self.keep) + (FADE if self.other is not None else 0)

    @property
    def reach(self) -> int:
        """Pixels around an area that are seen in all."""
        return reach_of(keep=self.keep) + (GUIDED_REACH if self.other is not None else 0)

    @cached_property
    def inputs(self) -> InputFiles:
        """The local files that are read."""
        return InputFiles.together(*(image.inputs for image in self._images))

    @property
    def notes(self) -> list[str]:
        """Notes for the user about the reference and its use."""
        notes = list(self.reference.warnings)
        if self.other is not None:
            notes += [Message(OF_OTHER, warning) for warning in self.other.warnings]
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

    @property
    def stored_bands(self) -> int:
        """Number of bands that `stored` stores."""
        return sum(image.stored_bands for image in self._images)

    @contextmanager
    def stored(
        self, paths: Sequence[Path], area: Window, *, reserves: bool = True
    ) -> Iterator[list[StoredReader]]:
        """Read each pixel of an area from the images' files once, and afterwards from own files.

        Args:
            paths: Those files: for the reference, and for the image of another date.
            area: The area.
            reserves: Whether disk space is taken for all of it at once.

        Raises:
            OutputError: If the disk is full or a file cannot be created.
        """
        with ExitStack() as stack:
            yield [
                stack.enter_context(image.stored(path, area, reserves=reserves))
                for image, path in zip(self._images, paths, strict=False)
            ]

    @property
    def _images(self) -> tuple[OpticalReference, ...]:
        return (self.reference,) if self.other is None else (self.reference, self.other)

    def read(self, window: Window) -> Floats:
        """Return (12, H, W) DN, NaN where it is not clear and in bands that it lacks."""
        return self._read(self.reference, window)

    def _read(self, image: OpticalReference, window: Window) -> Floats:
        values = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
        inside = window.intersection(self.whole)
        if not inside.is_empty:
            values[(..., *inside.slices(window))] = image.read(inside)
        return values

    def read_shown(self, window: Window) -> Floats:
        """Return the same, with lacking bands replaced by the nearest ones."""
        return shown_bands(self.read(window), self.reference.bands)

    def guided(
        self, area: Window, generated: Source, radar: Source, modality: str, bands: Sequence[str]
    ) -> Iterator[tuple[Window, Floats]]:
        """Yield the pieces of an area, row by row, guided by the image of another date.

        Args:
            area: The area.
            generated: Reader of the stage's image, with `GUIDED_REACH` - `FADE` more pixels where
                there are any.
            radar: Reader of the radar, (2, H, W) dB.
            modality: Modality of the radar.
            bands: Names of the image's bands.

        Raises:
            ValueError: If there is no image of another date.
        """
        if self.other is None:
            raise ValueError("no image of another date")
        for piece in area.blocks(PIECE):
            context = piece.grown(GUIDED_REACH - FADE)
            values = guided(
                generated(context),
                self._read(self.other, context),
                radar(context),
                modality,
                context,
                bands,
            )
            yield piece, values[(..., *piece.slices(context))]

    def fused(
        self,
        area: Window,
        generated: Source,
        radar: Source,
        modality: str,
        bands: Sequence[str],
        beneath: Source | None = None,
    ) -> Iterator[tuple[Window, Floats]]:
        """Yield the pieces of an area, row by row, with the reference fused into them.

        Args:
            area: The area.
            generated: Reader of the stage's image, with `fused_reach` more pixels where there are
                any.
            radar: Reader of the radar, (2, H, W) dB.
            modality: Modality of the radar.
            bands: Names of the image's bands.
            beneath: Reader of the same image, `guided`; None: there is no image of another date.
        """
        for piece in area.blocks(PIECE):
            context = piece.grown(self.fused_reach)
            image, clear, s1 = generated(context), self.read(context), radar(context)
            if beneath is None or self.other is None:
                values = fuse(
                    image, clear, s1, modality, context, bands, keep=self.keep, needed=piece
                )
            else:
                guides = _is_clear(self._read(self.other, piece.grown(FADE)))
                layers = image, beneath(context), guides
                values = fuse_guided(
                    layers, clear, s1, modality, context, bands, keep=self.keep, needed=piece
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
        if self.other is not None:
            own = {"fingerprint": self.other.fingerprint, "warnings": []}  # those are in `notes`
            info["other"] = {**self.other.info(), **own}
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
    other = stack.enter_context(open_other(request, scene)) if request.optical_other else None
    if other is not None and _is_nearer(other.days, reference.days):
        other.warnings.append(NEARER)
    elif other is not None and not keep:
        other.warnings.append(BOTH_GUIDE)
    return ReferenceUse(reference, keep, decision, whole, other)


def _is_nearer(days: int | None, first: int | None) -> bool:
    """Return whether an image is surely nearer to the radar in time than the first one."""
    return days is not None and first is not None and days < first


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
        other: An image of another date, likewise, which guides beneath it; None: there is none.
    """

    values: Floats
    keep: bool
    modality: str
    other: Floats | None = None

    @cached_property
    def bands(self) -> list[str]:
        """Bands that it has."""
        return [S2_BANDS[i] for i in _held(self.values)]

    @cached_property
    def clear(self) -> Floats:
        """The values, NaN in all bands where any of its bands is NaN."""
        return _clear_alone(self.values)

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
        how: Any = {"keep": self.keep, "needed": window}
        if self.other is None:
            return fuse(generated, clear, radar, self.modality, context, bands, **how)
        other = np.pad(_clear_alone(self.other), margin, constant_values=np.nan)
        beneath = guided(generated, other, radar, self.modality, context, bands)
        near = window.grown(FADE).slices(context)
        layers = generated, beneath, _is_clear(other)[near]
        return fuse_guided(layers, clear, radar, self.modality, context, bands, **how)


def _held(values: Floats) -> list[int]:
    """Return the numbers of the bands that an image has."""
    return [i for i, band in enumerate(values) if np.isfinite(band).any()]


def _clear_alone(values: Floats) -> Floats:
    """Return an image (12, H, W), NaN in all bands where any of its bands is NaN."""
    return np.where(_is_clear(values), values, np.float32(np.nan))


def _is_clear(values: Floats) -> NDArray[np.bool_]:
    """Return where an image (12, H, W) is clear: in all bands that it has."""
    held = _held(values)
    return cast("NDArray[np.bool_]", np.isfinite(values[held or [0]]).all(axis=0))
