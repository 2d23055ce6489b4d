"""Python interface, for notebooks and scripts: runs on files, and the three stages on arrays.

`run`, `batch` and `score` do what the commands of the same names do, with the same options
(`gac_core.contract.request.OPTIONS`); `load` gives the stages on NumPy arrays:

    >>> import numpy as np
    >>> from gac_core import api
    >>> stages = api.load("demo", device="cpu")
    >>> rng = np.random.default_rng(0)
    >>> s1 = rng.normal([[[-11.0]], [[-18.0]]], 2.0, (2, 64, 80)).astype("float32")  # VV, VH in dB
    >>> images = stages(s1, month=7, timesteps=(1, 1))
    >>> images.opt_v1.shape, images.opt_v2.shape, images.opt_v3.shape
    ((12, 64, 80), (12, 64, 80), (4, 64, 80))

The images are synthetic: generated from radar, not observed.
"""

from __future__ import annotations

import inspect
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gac_core.band_statistics import S1_STATISTICS, S2_BANDS
from gac_core.contract.bands import BIOMES, OUTPUT_BANDS
from gac_core.contract.batch_request import BATCH_DEFAULTS, BATCH_OPTIONS, BatchRequest
from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.contract.request import DEFAULTS, PATH_LISTS, READING_OPTIONS, SETTINGS, RunRequest
from gac_core.progress import Progress, Silent
from gac_core.stages.base import Array

if TYPE_CHECKING:
    from gac_core.bundles.bundle import Bundle
    from gac_core.engine.batch import Progress as BatchProgress
    from gac_core.engine.pipeline import RunResult
    from gac_core.networks.loading import ModelCache, Models
    from gac_core.optical.use import ArrayReference

__all__ = ["Images", "Stages", "batch", "load", "run", "score"]

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""Radar: a file with VV and VH, or VV's and VH's."""
Values = npt.ArrayLike
"""Numbers of any type; NaN, infinite and masked values are nodata."""


def run(
    sar: Paths,
    out: str | os.PathLike[str],
    *,
    progress: Callable[[Progress], object] | None = None,
    **options: Any,
) -> RunResult:
    """Generate the optical images of a radar scene as GeoTIFFs; resume if the run was interrupted.

        >>> import gac_core
        >>> radar = "resources/demo_scene/demo_s1.tif"
        >>> area = (500000, 5339680, 500320, 5340000)  # in the radar's CRS
        >>> result = gac_core.run(radar, folder / "run", extent=area, timesteps_1=1, device="cpu")
        >>> [path.name for path in result.outputs.values()]
        ['opt_v1.tif', 'opt_v2.tif', 'opt_v3.tif']

    Networks stay loaded for the runs that follow.

    Args:
        sar: Sentinel-1 file with VV and VH, or VV's and VH's.
        out: Folder for the results.
        progress: Called with the progress several times a second.
        **options: Options of a run, by name: `stages=2`, `bundle="demo"`, `month=7`.

    Raises:
        GacError: If something is wrong that the caller can mend; what was computed is kept, and the
            same call resumes. Likewise after a KeyboardInterrupt.
    """
    options |= {name: _paths(options[name]) for name in PATH_LISTS if name in options}
    request = RunRequest.from_dict({**options, "sar": _paths(sar), "out": os.fspath(out)})
    listener = Silent() if progress is None else _Reporter(progress)
    # Requests that cannot be executed are refused before PyTorch is loaded.
    from gac_core.bundles.library import Library
    from gac_core.engine.plan import scope_of

    with scope_of(request, Library.default()) as scope:
        from gac_core.engine.pipeline import run as execute

        return execute(scope.request, _models(), listener, scope=scope)


def batch(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    progress: Callable[[BatchProgress], object] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Generate the images of many scenes, or of a huge one, block by block; resume if interrupted.

        >>> summary = gac_core.batch(
        ...     "resources/demo_scene/demo_s1.tif", folder / "batch", block=256, threads=1,
        ...     extent=(500000, 5339680, 500320, 5340000), timesteps_1=1, stages=1, device="cpu",
        ... )
        >>> summary["status"], summary["scenes"]["demo_s1"]["complete"]
        ('complete', {'opt_v1': 1})

    Worker processes import the calling script: guard it by `if __name__ == "__main__":`.

    Args:
        inputs: Files, folders, patterns, lists or STAC items (docs/scale.md).
        out: Folder for the results.
        progress: Called with the progress.
        **options: Options of a batch (`gac_core.contract.batch_request.BATCH_OPTIONS`), and of
            every run in it.

    Returns:
        The content of `summary.json`: failures of scenes and blocks are in it.

    Raises:
        GacError: If the batch cannot be executed.
    """
    from gac_core.engine.batch import Batch, run_batch
    from gac_core.engine.batch_inputs import require_scene
    from gac_core.engine.plan import folder_of

    options |= {name: _paths(options[name]) for name in PATH_LISTS if name in options}
    own = {name: options.pop(name) for name in BATCH_OPTIONS if name in options}
    unknown = sorted(set(options) - set(SETTINGS))
    if unknown:
        raise RequestError(
            Message("A batch has no such options: {}.", ", ".join(unknown)),
            Message("It takes {}.", ", ".join((*BATCH_OPTIONS, *SETTINGS))),
            problem="batch-option-unknown",
        )
    request = BatchRequest(_paths(inputs), str(folder_of(os.fspath(out))), options, **own)
    settings = Batch.of(request)
    # Before settings that no scene can be computed with are written into the folder.
    require_scene(request)
    return run_batch(settings, progress or (lambda progress: None))


def score(
    sar: Paths,
    optical: str | os.PathLike[str],
    *,
    map_file: str | os.PathLike[str] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Return the agreement of an optical image with the radar, from 0 to 1, and its parts.

        >>> scores = gac_core.score("resources/demo_scene/demo_s1.tif", folder / "run/opt_v3.tif")
        >>> 0 < scores["gac"] < 1
        True

    Args:
        sar: Sentinel-1 file with VV and VH, or VV's and VH's.
        optical: Raster of reflectance, as a run writes them; see `gac_core.scores.score_files`.
        map_file: GeoTIFF to write with the agreement place by place; None: none is written.
        **options: Options for reading the radar: `vv_band`, `vh_band`, `unit`, `modality`,
            `nodata`.

    Raises:
        GacError: If an input cannot be read.
    """
    # Validated as the options of a run.
    request = RunRequest.from_dict({**options, "sar": _paths(sar), "out": "."})
    unknown = sorted(set(options) - set(READING_OPTIONS))
    if unknown:
        raise RequestError(
            Message("A score has no such options: {}.", ", ".join(unknown)),
            Message("It takes {}.", ", ".join(READING_OPTIONS)),
            problem="score-option-unknown",
        )
    from gac_core.io import expanded
    from gac_core.scene import bounds_of, open_scene
    from gac_core.scores import score_files

    image = os.fspath(optical)
    extent, extent_crs = bounds_of(image)
    reading = request.reading
    with open_scene(request.sar, **reading, extent=extent, extent_crs=extent_crs) as scene:
        scores = score_files(scene, image)
        if map_file is not None:
            from gac_core.engine.maps import map_of_file

            map_of_file(scene, Path(image), expanded(os.fspath(map_file)))
    return scores


def _paths(sar: Paths) -> tuple[str, ...]:
    files = [sar] if isinstance(sar, (str, os.PathLike)) else sar
    return tuple(os.fspath(file) for file in files)


def _with_options(function: Callable[..., Any], defaults: Mapping[str, Any]) -> None:
    """Show options in a function's signature, for `help` and completion."""
    signature = inspect.signature(function)
    parameters = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
        for name, default in defaults.items()
    ]
    function.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]


_with_options(run, DEFAULTS)
_with_options(batch, {**BATCH_DEFAULTS, **{name: DEFAULTS[name] for name in SETTINGS}})
_with_options(score, {name: DEFAULTS[name] for name in READING_OPTIONS})


@cache
def _models() -> ModelCache:
    from gac_core.bundles.library import Library
    from gac_core.networks.loading import ModelCache

    return ModelCache(Library.default())


class _Reporter(Silent):
    """Listener that reports the progress."""

    def __init__(self, report: Callable[[Progress], object]) -> None:
        self._report = report

    def progress(self, progress: Progress) -> None:
        """Report the progress."""
        self._report(progress)


@dataclass(frozen=True)
class Images:
    """Images of the three stages: float32 DN (reflectance × 10000), NaN for nodata.

    Attributes:
        opt_v1: (12, H, W) in the order of `gac_core.band_statistics.S2_BANDS`.
        opt_v2: (12, H, W) in the same order.
        opt_v3: (4, H, W): B02, B03, B04, B08.
    """

    opt_v1: Array
    opt_v2: Array
    opt_v3: Array


class _StageImage(NamedTuple):
    """Image of a stage: as its networks generated it, and with an optical reference fused in."""

    generated: Array
    fused: Array


class Stages:
    """Three stages of a bundle; networks are loaded on first use.

    Images may be of any size: they are processed in blended tiles, as in a run. All methods take
    and return arrays of (bands, rows, columns).

    Attributes:
        bundle: The bundle; `bundle.notes` lists its limitations.
        models: Its networks.
        origin: Row and column of the images' first pixel on the working grid (`gac_core.grid`), to
            which noise and tiles are anchored. With a scene's own origin an image has the pixels of
            `gac run`.
    """

    def __init__(self, models: Models, origin: tuple[int, int] | None = None) -> None:
        from gac_core.tiling.arrays import PLACE

        self.models = models
        self.origin = PLACE if origin is None else origin
        self._turn = threading.Lock()

    @property
    def bundle(self) -> Bundle:
        """Bundle of the models."""
        return self.models.bundle

    def __call__(
        self,
        s1: Values,
        *,
        modality: str = "S1GRD",
        month: int = 0,
        biome: int = 0,
        place: tuple[float, float] | None = None,
        timesteps: tuple[int | None, int | None] = (None, None),
        seed: int = 0,
        observed: Values | None = None,
        keep: bool = True,
        other: Values | None = None,
    ) -> Images:
        """Compute all three stages.

        With an optical reference each stage is fitted to it as in a run: `observed` is a Sentinel-2
        image beside the radar, clear in parts. Its clear pixels are kept, and what is generated
        around them agrees with them; or, of another date, it only guides.

        Args:
            s1: Radar (2, H, W): VV and VH in dB, pixels of 10 m.
            modality: `S1GRD` (sigma nought) or `S1RTC` (terrain-flattened gamma nought).
            month: 1 to 12, of the northern season (`gac_core.places.local_month`); 0: unknown.
            biome: 1 to 14 (`gac_core.contract.bands.BIOMES`); 0: unknown.
            place: Latitude and longitude in degrees; None: unknown.
            timesteps: Steps of stages 1 and 3; None: the bundle's default.
            seed: Seed of the noise.
            observed: Optical reference (12, H, W) DN, NaN under clouds and throughout in bands that
                it lacks; it has B02, B03, B04 and B08. None: there is none.
            keep: Keep its clear pixels; False: it only guides.
            other: Image of another date, likewise, that guides where `observed` is not clear; None:
                there is none.

        Raises:
            RequestError: If an argument is invalid.
            BundleError: If the weights are missing or do not fit.
        """
        first, last = timesteps
        first = self.bundle.sampling.steps(3) if first is None else first
        last = self.bundle.grounding.steps if last is None else last
        radar = _radar(s1)
        reference = self._reference(radar, observed, keep, other, modality)
        shared: Any = {"reference": reference, "modality": modality}
        one = self._run(1, {"s1": radar}, timesteps=first, seed=seed, **shared)
        images = _together(radar, "opt_v1", self._given(one, 2))
        two = self._run(2, images, month=month, biome=biome, place=place, **shared)
        images = _together(radar, "opt_v2", self._given(two, 3))
        three = self._run(3, images, timesteps=last, seed=seed, **shared)
        return Images(one.fused, two.fused, three.fused)

    def _given(self, image: _StageImage, number: int) -> Array:
        """Return what a stage is given of the one before, as in a run."""
        return image.fused if self.bundle.sees_observed(number) else image.generated

    def generate(
        self,
        s1: Values,
        *,
        modality: str = "S1GRD",
        timesteps: int | None = None,
        seed: int = 0,
        observed: Values | None = None,
        keep: bool = True,
        other: Values | None = None,
    ) -> Array:
        """Compute stage 1: TerraMind generates twelve bands from the radar.

        >>> import numpy as np
        >>> from gac_core import api
        >>> s1 = np.full((2, 40, 50), -15.0)
        >>> s1[:, :5] = np.nan  # nodata
        >>> opt_v1 = api.load("demo", device="cpu").generate(s1, timesteps=1)
        >>> opt_v1.shape, bool(np.isnan(opt_v1[:, :5]).all()), bool(np.isnan(opt_v1[:, 5:]).any())
        ((12, 40, 50), True, False)

        Args:
            s1: Radar (2, H, W): VV and VH in dB.
            modality: `S1GRD` or `S1RTC`.
            timesteps: Diffusion steps; None: the default of a run that ends with this stage.
            seed: Seed of the noise.
            observed: Optical reference; see `__call__`.
            keep: Likewise.
            other: Likewise.

        Returns:
            opt_v1 (12, H, W).
        """
        radar = _radar(s1)
        steps = self.bundle.sampling.steps(1) if timesteps is None else timesteps
        reference = self._reference(radar, observed, keep, other, modality)
        return self._run(1, {"s1": radar}, reference, modality, timesteps=steps, seed=seed).fused

    def refine(
        self,
        s1: Values,
        opt_v1: Values,
        *,
        modality: str = "S1GRD",
        month: int = 0,
        biome: int = 0,
        place: tuple[float, float] | None = None,
        observed: Values | None = None,
        keep: bool = True,
        other: Values | None = None,
    ) -> Array:
        """Compute stage 2: Prithvi and its head correct opt_v1.

        Args:
            s1: Radar (2, H, W): VV and VH in dB.
            opt_v1: (12, H, W) DN.
            modality: `S1GRD` or `S1RTC`.
            month: 1 to 12, of the northern season; 0: unknown.
            biome: 1 to 14; 0: unknown.
            place: Latitude and longitude in degrees; None: unknown.
            observed: Optical reference; see `__call__`.
            keep: Likewise.
            other: Likewise.

        Returns:
            opt_v2 (12, H, W).
        """
        images = _together(s1, "opt_v1", opt_v1)
        reference = self._reference(images["s1"], observed, keep, other, modality)
        return self._run(
            2, images, reference, modality, month=month, biome=biome, place=place
        ).fused

    def ground(
        self,
        s1: Values,
        opt_v2: Values,
        *,
        modality: str = "S1GRD",
        timesteps: int | None = None,
        seed: int = 0,
        observed: Values | None = None,
        keep: bool = True,
        other: Values | None = None,
    ) -> Array:
        """Compute stage 3: TerraMind, given radar and opt_v2, grounds the image in the radar.

        Args:
            s1: Radar (2, H, W): VV and VH in dB.
            opt_v2: (12, H, W) DN.
            modality: `S1GRD` or `S1RTC`.
            timesteps: Steps; None: the bundle's default.
            seed: Seed of the noise.
            observed: Optical reference; see `__call__`.
            keep: Likewise.
            other: Likewise.

        Returns:
            opt_v3 (4, H, W).
        """
        images = _together(s1, "opt_v2", opt_v2)
        steps = self.bundle.grounding.steps if timesteps is None else timesteps
        reference = self._reference(images["s1"], observed, keep, other, modality)
        return self._run(3, images, reference, modality, timesteps=steps, seed=seed).fused

    def _reference(
        self,
        s1: Array,
        observed: Values | None,
        keep: bool,
        other: Values | None,
        modality: str,
    ) -> ArrayReference | None:
        if observed is None:
            if other is not None:
                raise RequestError(
                    Message("other was given, and observed was not."),
                    Message("Give it as observed."),
                    problem="other-without-observed",
                )
            return None
        from gac_core.optical.use import ArrayReference

        values = _image("observed", observed, len(S2_BANDS))
        _same_size("s1", s1, "observed", values)
        beneath: Array | None = None
        if other is not None:
            beneath = _image("other", other, len(S2_BANDS))
            _same_size("s1", s1, "other", beneath)
        reference = ArrayReference(values, keep, modality, beneath)
        if reference.bands and not set(OUTPUT_BANDS) <= set(reference.bands):
            raise RequestError(
                Message(
                    "observed lacks {}.", ", ".join(sorted({*OUTPUT_BANDS} - {*reference.bands}))
                ),
                Message("It needs {}.", ", ".join(OUTPUT_BANDS)),
                problem="observed-bands",
            )
        return reference

    def _run(
        self,
        number: int,
        images: dict[str, Array],
        reference: ArrayReference | None,
        modality: str = "S1GRD",
        *,
        month: int = 0,
        biome: int = 0,
        place: tuple[float, float] | None = None,
        timesteps: int = 1,
        seed: int = 0,
    ) -> _StageImage:
        from gac_core.tiling.arrays import all_stages, run_stage

        if modality not in S1_STATISTICS:
            raise RequestError(
                Message("modality is {}.", repr(modality)),
                Message("It can be {}.", " or ".join(S1_STATISTICS)),
                problem="modality-unknown",
            )
        self.bundle.require_modality(modality)
        _within("timesteps", timesteps, 1000, least=1)
        _within("seed", seed, 2**63 - 1)
        _within("month", month, 12)
        _within("biome", biome, len(BIOMES) - 1)
        _on_earth(place)
        steps = (timesteps, timesteps)
        # Networks are loaded on first use, which must not happen in several threads.
        with self._turn:
            self.models.ready(number)
            stages = all_stages(
                self.models, modality, month, biome, place, steps, seed, reference=reference
            )
            stage = stages[number - 1]
            image = run_stage(stage, self.bundle.window, images, self.origin, reference)
        fused = image if reference is None else reference.fused(image, images["s1"], self.origin)
        return _StageImage(image, fused)


def load(
    bundle: str = "demo", device: str = "auto", *, origin: tuple[int, int] | None = None
) -> Stages:
    """Return a bundle's stages.

    Args:
        bundle: Name or folder of a bundle (`gac models list`).
        device: `auto`, `cpu`, `cuda` or `mps`.
        origin: Row and column of the images' first pixel on the working grid; None: arbitrary.

    Raises:
        BundleError: If there is no such bundle, or its weights are not on this computer.
        DeviceError: If there is no such device.
    """
    # PyTorch and TerraTorch take half a minute to import, which importing this module should not.
    from gac_core.bundles.library import Library

    library = Library.default()
    card = library.require(bundle)

    from gac_core.networks.device import choose_device
    from gac_core.networks.loading import Models

    return Stages(Models(card, library, choose_device(device)), origin)


def _together(s1: Values, name: str, optical: Values) -> dict[str, Array]:
    """Return the radar and a twelve-band image; the radar is NaN where either has no data."""
    radar, image = _radar(s1), _image(name, optical, len(S2_BANDS))
    _same_size("s1", radar, name, image)
    valid = np.isfinite(radar).all(0) & np.isfinite(image).all(0)
    return {"s1": np.where(valid, radar, np.float32(np.nan)), name: image}


def _same_size(one: str, image: Array, other: str, beside: Array) -> None:
    if image.shape[1:] != beside.shape[1:]:
        sizes = [f"{n} {h}×{w}" for n, (_, h, w) in ((one, image.shape), (other, beside.shape))]
        raise RequestError(
            Message("The images are of different sizes: {}.", ", ".join(sizes)),
            Message("Give images of the same pixels."),
            problem="image-sizes-differ",
        )


def _radar(values: Values) -> Array:
    s1 = _image("s1", values, 2)
    valid = s1[:, np.isfinite(s1).all(0)]
    if valid.size and np.median(valid) > 0:
        raise RequestError(
            Message(
                "The radar's values lie around {}: they are not in dB.", f"{np.median(valid):.3g}"
            ),
            Message("Give 10·log10 of linear power, or 20·log10 of amplitude."),
            problem="radar-not-in-db",
        )
    if not valid.size:
        raise RequestError(
            Message("The radar has no valid pixel."),
            Message("Give VV and VH in dB."),
            problem="radar-without-valid-pixel",
        )
    return s1


def _image(name: str, values: Values, bands: int) -> Array:
    """Return an image (bands, H, W) as float32, NaN where it has no data."""
    image: Any = np.ma.filled(np.ma.asarray(values, dtype=np.float32), np.nan)
    if image.ndim != 3 or len(image) != bands or not image.size:
        raise RequestError(
            Message("{} has the shape {}.", name, image.shape),
            Message("It must be ({}, rows, columns).", bands),
            problem="image-shape-wrong",
        )
    return np.where(np.isfinite(image), image, np.float32(np.nan))


def _on_earth(place: tuple[float, float] | None) -> None:
    if place is not None and not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
        raise RequestError(
            Message("place is {}.", repr(place)),
            Message("Give latitude and longitude in degrees, or None."),
            problem="place-wrong",
        )


def _within(name: str, value: int, most: int, least: int = 0) -> None:
    if not isinstance(value, (int, np.integer)) or not least <= value <= most:
        raise RequestError(
            Message("{} is {}.", name, repr(value)),
            Message("It must be an integer from {} to {}.", least, most),
            problem="integer-out-of-range",
        )
