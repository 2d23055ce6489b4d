"""Request of a run: every option with its type, range, default and texts.

The command line, Processing, the panel and the settings are generated from this table or checked
against it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from . import optical_options
from .bands import BIOMES, DEVICES, MODALITIES, RADAR_UNITS, STAGES
from .errors import RequestError
from .message import Message, later
from .options import (
    as_extent,
    as_number,
    as_paths,
    defaults_of,
    option,
    options_of,
    require_choice,
    require_range,
    require_rectangle,
    require_switch,
    require_text,
)
from .redaction import redacted

Bounds = tuple[float, float, float, float]
"""(xmin, ymin, xmax, ymax) in the coordinates of a CRS."""

MAX_NAME_LENGTH = 4096
"""Maximum length in characters of a folder's or bundle's name; no system allows longer paths."""

MAX_SEEDS = 99
"""Maximum number of samples for a run's spread, including the run itself."""

NAMES = Message("docs/architecture.md names the settings of a run.")

_STEPS = {"low": 1, "high": 1000, "metavar": "N", "unset": later("as the bundle needs")}
_READING = {"is_advanced": True, "is_reading": True}


@dataclass(frozen=True)
class RunRequest:
    """Request for a run over one area.

    Attributes:
        sar: One file with VV and VH, or two files, VV first.
        out: Folder for the results.
        vv_band: 1-based band of VV in its file; None: decide from the file.
        vh_band: 1-based band of VH in its file; None: decide from the file.
        unit: `db`, `power` (linear sigma0 or gamma0), `amplitude` (its square root), or `auto`:
            decide from the file.
        modality: `S1GRD` (sigma0, or gamma0 on the ellipsoid), `S1RTC` (terrain-flattened gamma0),
            or `auto`: decide from the file.
        nodata: Nodata value of the file, in addition to the one that the file declares.
        extent: (xmin, ymin, xmax, ymax) in `extent_crs`, xmin > xmax in degrees: across ±180°;
            None: the whole scene.
        extent_crs: CRS of `extent`, as `EPSG:n` or WKT; None: the scene's own.
        bundle: Name of an installed model bundle, or a bundle's folder.
        stages: The last stage to compute, 1 to 3.
        timesteps_1: Diffusion steps of stage 1; None: the bundle's default.
        timesteps_3: Steps of stage 3, of its bridge or of diffusion; None: the bundle's default.
        seed: Seed of all random numbers.
        month: 1 to 12; 0: unknown; None: the scene's acquisition month, if it can be read.
        biome: RESOLVE biome 1 to 14; 0: unknown; None: looked up by location (`gac_core.places`).
        device: `cpu`, `cuda`, `mps`, or `auto`.
        batch_size: Tiles computed together on a GPU; None: chosen by the engine.
        quick: Compute the area as if the radar ended at its edge: a fraction of the tiles for small
            areas, but pixels near the edge differ from those of another extent.
        from_stage: The first stage to compute; earlier stages are taken from another run.
        reuse: Folder of that run; "" if stage 1 is the first.
        optical: Sentinel-2 image of the same place: one file, a product, or a file for each band;
            empty: none.
        optical_mask: Raster or polygons of its clouds; "": what the product itself says.
        optical_use: `keep` its clear pixels and generate the others, let all of it `guide`, or
            `auto`: by the days between it and the radar.
        optical_days: Most days from the radar for which clear pixels are kept.
        optical_bands: Names of its bands in file order, with commas, `-` for any other; "": decide
            from the file.
        optical_scale: `dn` (10000 is a reflectance of 1), `reflectance`, or `auto`: decide from the
            file.
        optical_offset: Offset in DN in its values, 0 or 1000; None: decide from the file.
        optical_date: Its date (ISO 8601); "": that of the file.
        optical_clear: Values of the mask that are clear, with commas; "": 0, or those of a scene
            classification.
        optical_margin: Pixels of 10 m by which clouds and their shadows are grown.
        optical_other: Sentinel-2 image of another date, likewise, which guides where the first one
            is not clear; it is read as the options above say. Empty: none.
        optical_other_mask: Raster or polygons of its clouds; "": what the product itself says.
        keep: Keep the outputs that later stages read, so that other runs can begin from there.
    """

    sar: tuple[str, ...]
    out: str
    bundle: str = option(
        "demo",
        label=later("Model bundle"),
        noun=later("bundle"),
        help="model bundle: a name or a folder (demo)",
        free_from=(2, 3),
    )
    extent: Bounds | None = option(None, kind=tuple, metavar=("XMIN", "YMIN", "XMAX", "YMAX"))
    extent_crs: str | None = option(
        None, help="CRS of the extent", metavar="EPSG:n", noun=later("extent's CRS")
    )
    stages: int = option(
        3,
        kind=int,
        label=later("Stages"),
        noun=later("stages"),
        help="the last stage to compute",
        low=STAGES[0],
        high=STAGES[-1],
        labels=(
            later("1: generate"),
            later("2: generate, refine"),
            later("3: generate, refine, ground"),
        ),
        free_from=(2,),
    )
    month: int | None = option(
        None,
        kind=int,
        label=later("Month"),
        noun=later("month"),
        help="1 to 12, 0: unknown; left out: the scene's own",
        metavar="M",
        low=0,
        high=12,
        unset=later("From the layer's date"),
        free_from=(2,),
    )
    biome: int | None = option(
        None,
        kind=int,
        label=later("Biome"),
        noun=later("biome"),
        help="; ".join(f"{number} {name}" for number, name in enumerate(BIOMES))
        + "; left out: that of the place",
        metavar="B",
        low=0,
        high=len(BIOMES) - 1,
        labels=BIOMES,
        unset=later("By place"),
        free_from=(2,),
    )
    vv_band: int | None = option(
        None,
        kind=int,
        label=later("VV band"),
        help="band of VV, from 1",
        metavar="N",
        noun=later("VV band"),
        low=1,
        high=65535,
        unset=later("recognise"),
        **_READING,
    )
    vh_band: int | None = option(
        None,
        kind=int,
        label=later("VH band"),
        help="band of VH, from 1",
        metavar="N",
        noun=later("VH band"),
        low=1,
        high=65535,
        unset=later("recognise"),
        **_READING,
    )
    unit: str = option(
        "auto",
        label=later("Unit"),
        noun=later("unit"),
        help="unit of the radar values",
        choices=("auto", *RADAR_UNITS),
        labels=(
            later("Recognise"),
            later("Decibel (dB)"),
            later("Linear power"),
            later("Amplitude"),
        ),
        **_READING,
    )
    modality: str = option(
        "auto",
        label=later("Kind of radar"),
        noun=later("modality"),
        help="S1RTC: terrain-flattened gamma0; S1GRD: sigma0, or gamma0 on the ellipsoid",
        choices=("auto", *MODALITIES),
        labels=(
            later("Recognise"),
            later("Sigma0, from GRD"),
            later("Terrain-flattened gamma0 (RTC)"),
        ),
        **_READING,
    )
    nodata: float | None = option(
        None,
        kind=float,
        label=later("Nodata value"),
        help="value that is no measurement",
        metavar="VALUE",
        noun=later("nodata value"),
        unset=later("as the file says"),
        **_READING,
    )
    timesteps_1: int | None = option(
        None,
        kind=int,
        label=later("Diffusion steps of stage 1"),
        help="diffusion steps of stage 1; left out: as many as the bundle needs",
        noun=later("timesteps of stage 1"),
        is_advanced=True,
        **_STEPS,
    )
    timesteps_3: int | None = option(
        None,
        kind=int,
        label=later("Steps of stage 3"),
        help="steps of stage 3; left out: likewise",
        noun=later("timesteps of stage 3"),
        is_advanced=True,
        free_from=(2, 3),
        **_STEPS,
    )
    seed: int = option(
        0,
        kind=int,
        label=later("Seed"),
        noun=later("seed"),
        low=0,
        high=2**63 - 1,
        is_advanced=True,
        help="of every random number",
    )
    device: str = option(
        "auto",
        label=later("Device"),
        noun=later("device"),
        help="what computes",
        choices=DEVICES,
        labels=(
            later("Best available"),
            later("Processor (CPU)"),
            later("NVIDIA GPU (CUDA)"),
            later("Apple GPU (untested)"),
        ),
        is_advanced=True,
        free_from=(2, 3),
    )
    batch_size: int | None = option(
        None,
        kind=int,
        help="tiles computed together",
        noun=later("batch size"),
        metavar="N",
        low=1,
        high=4096,
    )
    quick: bool = option(
        False,
        kind=bool,
        label=later("Quick: without surroundings"),
        help="compute the area alone, without the surroundings that make its pixels the same in "
        "every extent",
        is_advanced=True,
    )
    optical: tuple[str, ...] = optical_options.FILES
    optical_mask: str = optical_options.MASK
    optical_use: str = optical_options.USE
    optical_days: int = optical_options.DAYS
    optical_bands: str = optical_options.BANDS
    optical_scale: str = optical_options.SCALE
    optical_offset: int | None = optical_options.OFFSET
    optical_date: str = optical_options.DATE
    optical_clear: str = optical_options.CLEAR
    optical_margin: int = optical_options.MARGIN
    optical_other: tuple[str, ...] = optical_options.OTHER
    optical_other_mask: str = optical_options.OTHER_MASK
    from_stage: int = option(
        1,
        kind=int,
        help="compute from this stage on; the run named with --of has the ones before, and all "
        "settings that are not given here",
        noun=later("first stage to compute"),
        is_inherited=False,
    )
    reuse: str = option(
        "",
        help="output folder of a run that used --keep",
        metavar="DIR",
        noun=later("run to build upon"),
        is_inherited=False,
    )
    keep: bool = option(
        False,
        kind=bool,
        label=later("Keep stages"),
        help="keep what later stages read, for --from-stage (96 bytes per pixel)",
        is_advanced=True,
        is_inherited=False,
        free_from=(2, 3),
    )

    def __post_init__(self) -> None:
        radar, several = Message("radar files (sar)"), Message("Give a list of one or two paths.")
        object.__setattr__(self, "sar", as_paths(radar, self.sar, several))
        for name in PATH_LISTS:
            paths = as_paths(_noun(name), getattr(self, name), optical_options.PATHS)
            object.__setattr__(self, name, paths)
        if self.nodata is not None:
            object.__setattr__(self, "nodata", as_number(_noun("nodata"), self.nodata))
        if self.extent is not None:
            object.__setattr__(self, "extent", as_extent(self.extent))
        self._check()

    def _check(self) -> None:
        if not 1 <= len(self.sar) <= 2:
            raise RequestError(
                Message("A run takes one or two radar files, {} were given.", len(self.sar)),
                Message("Give one file with VV and VH, or the VV file and the VH file."),
                problem="radar-file-count",
            )
        for path in self.sar:
            require_text(Message("radar file"), path, _NAME_KIND)
        names = [
            (Message("output folder"), self.out),
            *((_noun(n), getattr(self, n)) for n in _NAMES),
        ]
        for label, text in names:
            require_text(label, text, _NAME_KIND)
            if len(text) > MAX_NAME_LENGTH:
                raise RequestError(
                    Message(
                        "The {} has a name of {} letters, which begins {}.",
                        label,
                        len(text),
                        repr(text[:40]),
                    ),
                    Message("Give a path or a name of at most {}.", MAX_NAME_LENGTH),
                    problem="name-too-long",
                )
        require_text(_noun("extent_crs"), self.extent_crs or "", "EPSG:n or WKT")
        if not all(self.sar):
            raise RequestError(
                Message("A radar file without a name was given."),
                Message("Name the file."),
                problem="radar-file-unnamed",
            )
        if not self.out:
            raise RequestError(
                Message("No output folder was given."),
                Message("Name a folder for the results."),
                problem="output-folder-unnamed",
            )
        for name, entry in OPTIONS.items():
            value = getattr(self, name)
            if value is None and DEFAULTS[name] is None:
                continue
            if entry.kind is bool:
                require_switch(_noun(name), value)
            elif entry.choices:
                require_choice(_noun(name), value, entry.choices)
            elif entry.low is not None and entry.high is not None:
                require_range(_noun(name), value, entry.low, entry.high)
        for paths in (self.optical, self.optical_other):
            optical_options.require_files(paths)
        optical_options.require_first(self.optical, self.optical_other)
        optical_options.require_lists(self.optical_bands, self.optical_clear, self.optical_date)
        if self.extent is not None:
            require_rectangle(self.extent)
        require_range(_noun("from_stage"), self.from_stage, 1, self.stages)
        if (self.from_stage > 1) != bool(self.reuse):
            raise RequestError(
                Message(
                    "Stage {} is to be computed first, and a run to build upon was named."
                    if self.reuse
                    else "Stage {} is to be computed first, and no run to build upon was named.",
                    self.from_stage,
                ),
                Message("To begin at stage 2 or 3, name the run whose earlier stages to take."),
                problem="reuse-not-fitting-stage",
            )

    @property
    def out_dir(self) -> Path:
        """Output folder as a path."""
        return Path(self.out)

    @property
    def reading(self) -> dict[str, Any]:
        """Options for reading the radar, as keyword arguments of `open_scene`."""
        return {key: getattr(self, key) for key in READING_OPTIONS}

    @property
    def optical_band_names(self) -> tuple[str, ...]:
        """Names of the optical bands in file order; empty: decide from the file."""
        return optical_options.band_names(self.optical_bands)

    @property
    def optical_clear_values(self) -> tuple[int | tuple[float, float], ...]:
        """Values and ranges of the optical mask that are clear; empty: decide by its kind."""
        return optical_options.mask_values(self.optical_clear)

    @property
    def place(self) -> dict[str, Any]:
        """Extent and its CRS, as keyword arguments of `open_scene`."""
        return {"extent": self.extent, "extent_crs": self.extent_crs}

    def without_secrets(self) -> RunRequest:
        """Return the request without secrets, for writing; paths of local files do not change."""
        return replace(
            self,
            sar=tuple(map(redacted, self.sar)),
            optical=tuple(map(redacted, self.optical)),
            optical_mask=redacted(self.optical_mask),
            optical_other=tuple(map(redacted, self.optical_other)),
            optical_other_mask=redacted(self.optical_other_mask),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the request as JSON-ready values."""
        values = asdict(self)
        for name in ("sar", *PATH_LISTS):
            values[name] = list(values[name])
        values["extent"] = list(self.extent) if self.extent else None
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> RunRequest:
        """Return a request from JSON values as written by `to_dict`; missing ones take the default.

        Raises:
            RequestError: If a name is unknown, or a value is out of range or of the wrong type.
        """
        if not isinstance(values, dict):
            raise RequestError(
                Message("The request is not a set of named values but {}.", repr(values)),
                NAMES,
                problem="request-not-a-mapping",
            )
        names = {f.name for f in fields(cls)}
        unknown = sorted(str(name) for name in set(values) - names)
        if unknown:
            raise RequestError(
                Message("The request has unknown settings: {}.", ", ".join(unknown)),
                NAMES,
                problem="setting-unknown",
            )
        for name, label in (("sar", Message("radar file")), ("out", Message("output folder"))):
            if name not in values:
                raise RequestError(
                    Message("No {} was given.", label),
                    Message("Name one as {}.", repr(name)),
                    problem="option-missing",
                )
        try:
            return cls(**values)
        except (TypeError, ValueError, OverflowError) as error:
            raise RequestError(
                Message("The request cannot be understood: {}.", error),
                NAMES,
                problem="request-invalid",
            ) from error


OPTIONS = options_of(RunRequest)
"""Options by name, in the order of forms."""

DEFAULTS = defaults_of(RunRequest)

READING_OPTIONS = tuple(name for name, entry in OPTIONS.items() if entry.is_reading)
"""Options for reading the radar files; `open_scene` uses the same names."""

PATH_LISTS = tuple(n for n, entry in OPTIONS.items() if entry.is_path and entry.kind is tuple)
"""Options that are lists of paths."""

OPTICAL_OPTIONS = tuple(name for name, entry in OPTIONS.items() if entry.is_optical)
"""Options of the optical reference."""

SETTINGS = tuple(name for name, entry in OPTIONS.items() if entry.is_inherited)
"""Options of the computation, which all runs of a batch share."""

NOT_INHERITED = ("out", *(name for name, entry in OPTIONS.items() if not entry.is_inherited))
"""Request fields that a run which reuses another run's stages does not inherit."""


_NAMES = ("bundle", "reuse", "optical_mask", "optical_other_mask")
"""Options that are a path or a name."""
_NAME_KIND = Message("a path or a name")


def _noun(name: str) -> Message:
    return Message(OPTIONS[name].noun or name.replace("_", " "))
