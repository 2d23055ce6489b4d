"""Validated reading of the engine's records: plain files of limited size, each field checked.

A folder remembered by a project may come from anywhere and be damaged. `read` returns a field only
if it has the type that the record's type declares; any other value is omitted and marks the record
as damaged. Null counts as absent; undeclared fields are ignored.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Generic, NewType, TypedDict, TypeVar, cast, get_args, get_origin
from typing import get_type_hints as hints_of

from gac_qgis_plugin.contract import message
from gac_qgis_plugin.core.i18n import tr

MAX_BYTES = 32 << 20
"""Maximum size of a record in bytes; the summary of a batch with 100,000 holes takes 15 million."""

MAX_DEPTH = 24
"""Maximum nesting of untyped values; GeoJSON's coordinates need less."""

MAX_DIGITS = 400
"""Maximum digits of a number; the longest float has 309."""

INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are invalid in XML: a project that holds one cannot be opened again."""

Long = NewType("Long", int)
"""Integer of 64 bits. Others have 32, the limit of Qt's widgets."""

Json = dict[str, Any]
T = TypeVar("T")


class Request(TypedDict, total=False):
    """A run's request. Fields that are not declared here are kept: the engine may know them."""

    sar: list[str]
    out: str
    vv_band: int
    vh_band: int
    unit: str
    modality: str
    nodata: float
    extent: list[float]
    extent_crs: str
    bundle: str
    stages: int
    timesteps_1: int
    timesteps_3: int
    seed: Long
    month: int
    biome: int
    device: str
    quick: bool
    optical: list[str]
    optical_mask: str
    optical_use: str
    optical_days: int
    optical_bands: str
    optical_scale: str
    optical_offset: int
    optical_date: str
    optical_clear: str
    optical_margin: int
    optical_other: list[str]
    optical_other_mask: str
    keep: bool


class Decision(TypedDict, total=False):
    """A decision about the radar or the optical reference, and its evidence."""

    label: str
    value: str
    why: str
    by: str


class Scene(TypedDict, total=False):
    """Interpretation of the radar scene."""

    vv_band: int
    vh_band: int
    unit: str
    unit_reason: str
    modality: str
    date: str
    decisions: list[Decision]


class Input(TypedDict, total=False):
    """A radar file."""

    path: str
    bytes: Long
    sha256: str


class OpticalImage(TypedDict, total=False):
    """Interpretation of a Sentinel-2 image."""

    product: str
    date: str
    days: int
    bands: list[str]
    clear_share: float
    decisions: list[Decision]


class Optical(OpticalImage, total=False):
    """Interpretation and use of an optical reference, and of the image of another date."""

    use: str
    files: list[Input]
    other: OpticalImage


class Observed(TypedDict, total=False):
    """Observed pixels of a run that keeps some."""

    share: float
    pixels: dict[str, Long]
    date: str
    product: str
    file: str


class Weights(TypedDict, total=False):
    """A file of weights."""

    file: str
    sha256: str
    repo: str
    revision: str


class Bundle(TypedDict, total=False):
    """The models."""

    name: str
    kind: str
    licence: str
    path: str
    sha256: dict[str, str]
    weights: list[Weights]


class Area(TypedDict, total=False):
    """Computed area."""

    epsg: int
    width: int
    height: int


NamedValue = TypedDict("NamedValue", {"name": str, "from": str}, total=False)
"""A named value and its source."""


class Score(TypedDict, total=False):
    """A stage's score."""

    gac: float


class Stage(TypedDict, total=False):
    """A complete stage."""

    model: str
    revision: str
    sha256: str
    seconds: float
    finished: str
    score: Score
    taken_from: NamedValue


class RunRecord(TypedDict, total=False):
    """A run's run.json."""

    synthetic: bool
    gac_version: str
    request: Request
    scene: Scene
    inputs: list[Input]
    optical: Optical
    observed: Observed
    bundle: Bundle
    area: Area
    month: int
    biome: NamedValue
    seed: Long
    device: str
    critique: str
    stages: dict[str, Stage]
    started: str
    finished: str
    software: dict[str, str]


class Progress(TypedDict, total=False):
    """Progress of a run."""

    stage: int
    stages: int
    tile: int
    tiles: int


class JournalRecord(TypedDict, total=False):
    """The journal.json of an unfinished run."""

    format: int
    request: Request
    progress: Progress
    started: str
    updated: str


class Hole(TypedDict, total=False):
    """A block of a batch that failed."""

    block: str
    stage: int
    why: str


class BatchScene(TypedDict, total=False):
    """A scene of a batch."""

    status: str
    why: str
    blocks: int
    empty: int
    complete: dict[str, int]
    holes: list[Hole]
    scores: dict[str, Score]


class Summary(TypedDict, total=False):
    """A batch's summary.json."""

    status: str
    updated: str
    scenes: dict[str, BatchScene]


class StageCacheManifest(TypedDict, total=False):
    """The stages.json of the stages that a run keeps for other runs."""

    stages: dict[str, Json]


class RangeRecord(TypedDict, total=False):
    """A run's display.json."""

    low: float
    high: float
    origin: str
    layer: str


class Grounding(TypedDict, total=False):
    """Stage 3 in a bundle's model card."""

    critic: Any


class ModelCard(TypedDict, total=False):
    """A bundle's model card, bundle.json."""

    kind: str
    grounding: Grounding


class FolderChoice(TypedDict, total=False):
    """The models.json that names the user's models folder."""

    folder: str


class EnvironmentMarker(TypedDict, total=False):
    """The gac-environment.json of an environment that the plugin built."""

    format: int
    fingerprint: str
    requirements: str
    python: str
    version: str
    packages: dict[str, str]
    source: str
    gac: str
    made: str
    build: str
    gpu: str


class Asset(TypedDict, total=False):
    """A file of a STAC item; fields that are not declared here are kept."""

    bands: list[Json]


class StacItem(TypedDict, total=False):
    """A run's stac_item.json; fields that are not declared here are kept."""

    assets: dict[str, Asset]
    properties: Json


EXTENSIBLE = (Request, Asset, StacItem)
"""Types whose undeclared fields are kept."""


@dataclass(frozen=True)
class Reading(Generic[T]):
    """Result of reading a record.

    Attributes:
        values: The valid fields; empty if there are none.
        damage: What is wrong, for users; "" if nothing is, or if the record does not exist.
    """

    values: T
    damage: str = ""


class _Damage(Exception):
    """Damage that makes a record unreadable."""


@dataclass
class _Check:
    """Type check of a record; collects the paths of invalid fields."""

    wrong: list[str] = field(default_factory=list)

    def conform(self, value: Any, kind: Any, place: str) -> Any:
        """Return a value converted to a type; None if it is absent or of another type."""
        if value is None:
            return None
        origin = get_origin(kind)
        if kind is Any:
            checked = self._plain(value, place, MAX_DEPTH)
        elif origin is dict:
            checked = self._mapping(value, get_args(kind)[1], place)
        elif origin is list:
            checked = self._items(value, get_args(kind)[0], place)
        elif isinstance(kind, type) and issubclass(kind, dict):
            checked = self._fields(value, kind, place)
        else:
            checked = _scalar(value, kind)
        if checked is None:
            self.wrong.append(place)
        return checked

    def _mapping(self, value: Any, within: Any, place: str) -> Json | None:
        if not isinstance(value, dict):
            return None
        cleaned = {clean(name): each for name, each in value.items()}
        parts = {n: self.conform(each, within, _join(place, n)) for n, each in cleaned.items()}
        return {name: each for name, each in parts.items() if each is not None}

    def _items(self, value: Any, within: Any, place: str) -> list[Any] | None:
        if not isinstance(value, list):
            return None
        items = [self.conform(each, within, f"{place}[]") for each in value]
        valid = [each for each in items if each is not None]
        # An incomplete list of files or numbers would mean something else.
        return None if within in (str, float) and len(valid) < len(items) else valid

    def _fields(self, value: Any, kind: Any, place: str) -> Json | None:
        if not isinstance(value, dict):
            return None
        hints = _hints(kind)
        parts = {n: self.conform(value.get(n), hints[n], _join(place, n)) for n in hints}
        fields = {name: each for name, each in parts.items() if each is not None}
        if kind in EXTENSIBLE:
            for name in value.keys() - hints.keys():
                label = clean(name)
                fields[label] = self._plain(value[name], _join(place, label), MAX_DEPTH)
        return fields

    def _plain(self, value: Any, place: str, levels: int) -> Any:
        """Return any JSON value, without values nested too deeply to be written again."""
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, float) and not math.isfinite(value):
            self.wrong.append(place)
            return None
        if not isinstance(value, (dict, list)):
            return value
        if not levels:
            self.wrong.append(place)
            return None
        if isinstance(value, list):
            return [self._plain(each, place, levels - 1) for each in value]
        return {clean(k): self._plain(each, place, levels - 1) for k, each in value.items()}


def read(path: Path, kind: type[T]) -> Reading[T]:
    """Return a record's valid fields and a description of its damage.

    Args:
        path: The file; opened only if it is a regular file.
        kind: One of the types above.
    """
    try:
        text = _text_of(path)
        return parse(text, kind, path.name) if text is not None else Reading(_empty(kind))
    except _Damage as damage:
        return Reading(_empty(kind), f"{path.name}: {damage}")


def parse(text: str, kind: type[T], name: str = "") -> Reading[T]:
    """Return the valid fields of a record's text, as `read` does."""
    check = _Check()
    try:
        content = load(text)
    except ValueError:
        content = None
    values = check.conform(content, kind, "")
    if values is None:
        return Reading(_empty(kind), f"{name}: {tr('not a record of GAC')}")
    if not check.wrong:
        return Reading(cast("T", values))
    places = ", ".join(place[:60] for place in check.wrong[:3])
    more = ", …" if len(check.wrong) > 3 else ""
    words = tr("unexpected content: {}").format(f"{places}{more}")
    return Reading(cast("T", values), f"{name}: {words}")


def load(text: str) -> Any:
    """Parse JSON text of the engine; the messages in it are `Message`s.

    Raises:
        ValueError: If it is not JSON, is nested too deeply for Python, or has a number with
            unreasonably many digits, which takes an old Python minutes.
    """
    try:
        return message.restored(json.loads(text, parse_int=_whole_number))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def clean(text: str) -> str:
    """Return a text with characters that are invalid in XML or UTF-8 replaced."""
    return message.changed(text, lambda part: INVALID_CHARACTERS.sub("\ufffd", part))


def is_plain_name(name: str) -> bool:
    """Return whether a name denotes a direct child of a folder, without path traversal."""
    return 0 < len(name) <= 255 and name not in (".", "..") and not re.search(r"[\\/:]", name)


def is_file(path: Path) -> bool:
    """Return whether a regular file exists; False also if that cannot be determined."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def local_time(moment: str) -> str:
    """Return an ISO 8601 time in local time, for display; "" if it is invalid."""
    try:
        # Python 3.9 does not parse the Z.
        time = datetime.fromisoformat(moment.replace("Z", "+00:00"))
        return f"{time.astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return ""


def _text_of(path: Path) -> str | None:
    """Return a file's text, or None if it does not exist.

    Raises:
        _Damage: If it is not a regular file, too large, not UTF-8, or cannot be read.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        # Checked before opening: opening some devices has side effects.
        _require_plain(path.stat())
        file = os.open(path, flags)
        with os.fdopen(file, "rb") as stream:
            _require_plain(os.fstat(file))
            data = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _Damage(tr("cannot be read ({})").format(error.strerror or error)) from error
    except ValueError as error:
        raise _Damage(tr("cannot be read ({})").format(error)) from error
    if len(data) > MAX_BYTES:
        raise _Damage(tr("larger than {} MB").format(MAX_BYTES >> 20))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Damage(tr("not a record of GAC")) from error


def _require_plain(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _Damage(tr("not a regular file"))
    if status.st_size > MAX_BYTES:
        raise _Damage(tr("larger than {} MB").format(MAX_BYTES >> 20))


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number without sense")
    return int(digits)


def _scalar(value: Any, kind: Any) -> Any:
    if kind is str:
        return clean(value) if isinstance(value, str) else None
    if kind is bool:
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if kind is float:
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    bits = 63 if kind is Long else 31
    return value if isinstance(value, int) and abs(value) < 1 << bits else None


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _empty(kind: Any) -> Any:
    return [] if get_origin(kind) is list else {}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return hints_of(kind)
