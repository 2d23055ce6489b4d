"""The request of a run: every option with its type, range, default and texts.

Command line, Processing, panel and settings are generated from this table or checked against it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from .bands import BIOMES, DEVICES, MODALITIES, RADAR_UNITS, STAGES
from .errors import RequestError
from .message import later
from .options import defaults_of, option, options_of
from .redaction import redacted

Bounds = tuple[float, float, float, float]
"""(xmin, ymin, xmax, ymax) in the coordinates of some CRS."""

LONGEST_NAME = 4096
"""Letters of a folder's or bundle's name; no system takes longer paths."""

MOST_SEEDS = 99
"""Samples of which a run's spread is asked for at most, its own included."""

NAMES = "docs/architecture.md names the settings of a run."

_STEPS = {"low": 1, "high": 1000, "metavar": "N", "unset": later("as the bundle needs")}
_READING = {"is_advanced": True, "is_reading": True}


@dataclass(frozen=True)
class RunRequest:
    """A run over one area.

    Attributes:
        sar: One file that holds VV and VH, or two files, VV first.
        out: Folder for the results.
        vv_band: 1-based band of VV in its file; None: decide from the file.
        vh_band: 1-based band of VH in its file; None: decide from the file.
        unit: `db`, `power` (linear sigma0 or gamma0), `amplitude` (its square root), or `auto`:
            decide from the file.
        modality: `S1GRD` (sigma0, or gamma0 on the ellipsoid), `S1RTC` (terrain-flattened gamma0),
            or `auto`: decide from the file.
        nodata: Value in the file that is no measurement, on top of what the file declares.
        extent: (xmin, ymin, xmax, ymax) in `extent_crs`, xmin > xmax in degrees: across ±180°;
            None: the whole scene.
        extent_crs: CRS of `extent`, as `EPSG:n` or WKT; None: the scene's own.
        bundle: Name of an installed model bundle, or a bundle's folder.
        stages: The last stage to compute, 1 to 3.
        timesteps_1: Diffusion steps of stage 1; None: as many as the bundle needs.
        timesteps_3: Steps of stage 3, of its bridge or of diffusion; None: likewise.
        seed: Seed of every random number.
        month: 1 to 12; 0: unknown; None: the scene's acquisition month, if it can be read.
        biome: RESOLVE biome 1 to 14; 0: unknown; None: that of the place (`gac_core.biomes`).
        device: `cpu`, `cuda`, or `auto`.
        batch_size: Tiles computed together on a GPU; None: the engine chooses.
        from_stage: The first stage to compute; those before it are taken from another run.
        reuse: That run's folder; "" if stage 1 is the first.
        keep: Keep what later stages read, so that other runs can begin from there.
    """

    sar: tuple[str, ...]
    out: str
    bundle: str = option(
        "demo",
        label=later("Model bundle"),
        help="model bundle: a name or a folder (demo)",
        free_from=(2, 3),
    )
    extent: Bounds | None = option(None, kind=tuple, metavar=("XMIN", "YMIN", "XMAX", "YMAX"))
    extent_crs: str | None = option(
        None, help="CRS of the extent", metavar="EPSG:n", noun="extent's CRS"
    )
    stages: int = option(
        3,
        kind=int,
        label=later("Stages"),
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
        noun="VV band",
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
        noun="VH band",
        low=1,
        high=65535,
        unset=later("recognise"),
        **_READING,
    )
    unit: str = option(
        "auto",
        label=later("Unit"),
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
        noun="nodata value",
        unset=later("as the file says"),
        **_READING,
    )
    timesteps_1: int | None = option(
        None,
        kind=int,
        label=later("Diffusion steps of stage 1"),
        help="diffusion steps of stage 1; left out: as many as the bundle needs",
        noun="timesteps of stage 1",
        is_advanced=True,
        **_STEPS,
    )
    timesteps_3: int | None = option(
        None,
        kind=int,
        label=later("Steps of stage 3"),
        help="steps of stage 3; left out: likewise",
        noun="timesteps of stage 3",
        is_advanced=True,
        free_from=(2, 3),
        **_STEPS,
    )
    seed: int = option(
        0,
        kind=int,
        label=later("Seed"),
        low=0,
        high=2**63 - 1,
        is_advanced=True,
        help="of every random number",
    )
    device: str = option(
        "auto",
        label=later("Device"),
        help="what computes",
        choices=DEVICES,
        labels=(
            later("Best there is"),
            later("Processor (CPU)"),
            later("NVIDIA GPU (CUDA)"),
            later("Apple GPU (untested)"),
        ),
        is_advanced=True,
        free_from=(2, 3),
    )
    batch_size: int | None = option(
        None, kind=int, help="tiles computed together", metavar="N", low=1, high=4096
    )
    from_stage: int = option(
        1,
        kind=int,
        help="compute from this stage on; the run named with --of has the ones before, and all "
        "settings that are not given here",
        noun="first stage to compute",
        is_inherited=False,
    )
    reuse: str = option(
        "",
        help="output folder of a run that used --keep",
        metavar="DIR",
        noun="run to build upon",
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
        object.__setattr__(self, "sar", _paths(self.sar))
        if self.nodata is not None:
            object.__setattr__(self, "nodata", _number("nodata value", self.nodata))
        if self.extent is not None:
            object.__setattr__(self, "extent", _four_numbers(self.extent))
        self._check()

    def _check(self) -> None:
        if not 1 <= len(self.sar) <= 2:
            raise RequestError(
                f"A run takes one or two radar files, {len(self.sar)} were given.",
                "Give one file with VV and VH, or the VV file and the VH file.",
            )
        for path in self.sar:
            _text("radar file", path, "a path or a name")
        named = [("output folder", self.out), *((_noun(n), getattr(self, n)) for n in _NAMES)]
        for what, text in named:
            _text(what, text, "a path or a name")
            if len(text) > LONGEST_NAME:
                raise RequestError(
                    f"The {what} has a name of {len(text)} letters, which begins {text[:40]!r}.",
                    f"Give a path or a name of at most {LONGEST_NAME}.",
                )
        _text(_noun("extent_crs"), self.extent_crs or "", "EPSG:n or WKT")
        if not all(self.sar):
            raise RequestError("A radar file without a name was given.", "Name the file.")
        if not self.out:
            raise RequestError("No output folder was given.", "Name a folder for the results.")
        for name, entry in OPTIONS.items():
            value = getattr(self, name)
            if value is None and DEFAULTS[name] is None:
                continue
            if entry.choices:
                _one_of(_noun(name), value, entry.choices)
            elif entry.low is not None and entry.high is not None:
                _within(_noun(name), value, entry.low, entry.high)
        if self.extent is not None:
            _rectangle(self.extent)
        _within(_noun("from_stage"), self.from_stage, 1, self.stages)
        if (self.from_stage > 1) != bool(self.reuse):
            raise RequestError(
                f"Stage {self.from_stage} is to be computed first, "
                f"and {'a' if self.reuse else 'no'} run to build upon was named.",
                "To begin at stage 2 or 3, name the run whose earlier stages to take.",
            )
        if not isinstance(self.keep, bool):
            raise RequestError(f"keep is {self.keep!r}.", "It can be true or false.")

    @property
    def out_dir(self) -> Path:
        """The output folder as a path."""
        return Path(self.out)

    @property
    def reading(self) -> dict[str, Any]:
        """How to read the radar, by the names that `open_scene` has for it."""
        return {key: getattr(self, key) for key in READING}

    @property
    def place(self) -> dict[str, Any]:
        """The extent and its CRS by name, as `open_scene` takes them."""
        return {"extent": self.extent, "extent_crs": self.extent_crs}

    def without_secrets(self) -> RunRequest:
        """Return the same request as it may be written down; of a local file it reads the same."""
        return replace(self, sar=tuple(map(redacted, self.sar)))

    def to_dict(self) -> dict[str, Any]:
        """The request as JSON-ready values."""
        values = asdict(self)
        values["sar"] = list(self.sar)
        values["extent"] = list(self.extent) if self.extent else None
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> RunRequest:
        """A request from JSON values, as `to_dict` makes them; missing ones take the default.

        Raises:
            RequestError: If a name is unknown or a value is out of range or of a wrong type.
        """
        if not isinstance(values, dict):
            raise RequestError(f"The request is no set of named values but {values!r}.", NAMES)
        known = {f.name for f in fields(cls)}
        unknown = sorted(str(name) for name in set(values) - known)
        if unknown:
            raise RequestError(f"The request has unknown settings: {', '.join(unknown)}.", NAMES)
        for name, what in (("sar", "radar file"), ("out", "output folder")):
            if name not in values:
                raise RequestError(f"No {what} was given.", f"Name one as {name!r}.")
        try:
            return cls(**values)
        except (TypeError, ValueError, OverflowError) as error:
            raise RequestError(f"The request cannot be understood: {error}.", NAMES) from error


OPTIONS = options_of(RunRequest)
"""By name, in the order of forms."""

DEFAULTS = defaults_of(RunRequest)

READING = tuple(name for name, entry in OPTIONS.items() if entry.is_reading)
"""The options that say how to read the radar files; `open_scene` has them by the same names."""

OF_ONE_RUN = ("out", *(name for name, entry in OPTIONS.items() if not entry.is_inherited))
"""Fields of a request that a run which builds upon another one does not take over."""


_NAMES = ("bundle", "reuse")
"""Options that are a path or a name."""


def _noun(name: str) -> str:
    return OPTIONS[name].noun or name.replace("_", " ")


def _rectangle(extent: Bounds) -> None:
    """Refuses what is no rectangle in any CRS; xmin > xmax is one in degrees, across ±180°."""
    xmin, ymin, xmax, ymax = extent
    if not all(math.isfinite(edge) for edge in extent):
        wrong = "has an edge that is no number"
    elif xmin == xmax or ymin == ymax:
        wrong = "is empty"
    elif ymin > ymax:
        wrong = "is turned round"
    else:
        return
    raise RequestError(
        f"The extent {xmin:.10g} {ymin:.10g} {xmax:.10g} {ymax:.10g} {wrong}.",
        "Give it as xmin ymin xmax ymax with xmin < xmax and ymin < ymax.",
    )


def _paths(sar: Any) -> tuple[str, ...]:
    paths = tuple(sar) if isinstance(sar, (list, tuple)) else ()
    if (sar and not paths) or not all(isinstance(path, (str, Path)) for path in paths):
        raise RequestError(
            f"The radar files (sar) are {sar!r}.", "Give a list of one or two paths."
        )
    return tuple(str(path) for path in paths)


def _four_numbers(extent: Any) -> Bounds:
    try:
        xmin, ymin, xmax, ymax = (float(edge) for edge in extent)
    except (TypeError, ValueError, OverflowError) as error:
        raise RequestError(
            f"The extent is {extent!r}.", "Give it as four numbers, xmin ymin xmax ymax."
        ) from error
    return xmin, ymin, xmax, ymax


def _text(what: str, value: str, kind: str) -> None:
    """Refuses what no name of a file can be: other types, NUL, halves of characters."""
    if not isinstance(value, str):
        raise RequestError(f"The {what} is {value!r}.", f"It must be a text: {kind}.")
    try:
        # Bytes of a file's name that are no UTF-8 are kept by Python in escaped form.
        value.encode("utf-8", "surrogateescape")
        good = "\0" not in value
    except UnicodeEncodeError:
        good = False
    if not good:
        raise RequestError(
            f"The {what} {value!r} holds a character that no name can have.", "Type its name anew."
        )


def _number(name: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise RequestError(f"The {name} is {value!r}.", "It must be a number such as 0 or -9999.")
    return float(value)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RequestError(f"{name} is {value!r}.", f"It can be {', '.join(allowed)}.")


def _within(name: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RequestError(f"{name} is {value!r}.", f"It must be a whole number, {low} to {high}.")
