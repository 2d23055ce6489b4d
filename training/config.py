"""Settings of a training: defaults in YAML, files of one's own, flags; their ranges.

The YAML files in `training/configs` may each hold any part of any section; `lowvr` is for a GPU
with 6 GB of memory. A dataclass defines sections, keys and types (`training.sections`).
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import ConfigKeyError, OmegaConfBaseException
from yaml import YAMLError  # type: ignore[import-untyped]

from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.io import atomic_write, write_error

CONFIGS = Path(__file__).resolve().parent / "configs"
RESOLVED = "config.yaml"
"""File with the settings of a training, in its folder."""
Schema = TypeVar("Schema")


def load(schema: type[Schema], names: Iterable[str | Path], overrides: Mapping[str, Any]) -> Schema:
    """Merge configs and overrides.

    Args:
        schema: Dataclass of dataclasses with defaults, one per section.
        names: Configs, later ones take precedence: names like `train/stage2.lowvr` in
            `training/configs`, or paths of YAML files.
        overrides: Values by dotted key, `fit.lr`, that take precedence over all configs.

    Raises:
        RequestError: If a config cannot be read, a key is unknown (names the nearest known one), or
            a value has the wrong type.
    """
    merged = OmegaConf.structured(schema)
    _thaw(merged)
    all_keys = sorted(_keys(merged))
    for name in names:
        path = find(name)
        merged = _merge(merged, _read(path), all_keys, f"{path}")
    override_config = OmegaConf.create({})
    for key, value in overrides.items():
        OmegaConf.update(override_config, key, value)
    merged = _merge(merged, override_config, all_keys, "the command line")
    try:
        return cast(Schema, OmegaConf.to_object(merged))
    except OmegaConfBaseException as error:
        raise _config_error(error, "the settings") from error


def find(name: str | Path) -> Path:
    """Return the path of a config.

    Raises:
        RequestError: If it does not exist.
    """
    shipped = CONFIGS / f"{name}.yaml"
    for path in (shipped, Path(name).expanduser()):
        if path.is_file():
            return path
    names = sorted(p.relative_to(CONFIGS).with_suffix("").as_posix() for p in _shipped())
    raise RequestError(
        Message("There is no config {}.", name),
        Message("Give the path of a YAML file, or one of {}.", ", ".join(names)),
        problem="config-missing",
    )


def save(config: Any, path: Path) -> None:
    """Write a merged config as YAML, readable by `load`.

    Raises:
        OutputError: If it cannot be written.
    """
    text = OmegaConf.to_yaml(OmegaConf.structured(config))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise write_error(path, error) from error


def keys_of(schema: type[Any]) -> list[str]:
    """Return the dotted keys of a schema's values."""
    node = OmegaConf.structured(schema)
    return [key for key in _keys(node) if not isinstance(OmegaConf.select(node, key), DictConfig)]


def _shipped() -> Iterator[Path]:
    return CONFIGS.rglob("*.yaml")


def _read(path: Path) -> DictConfig:
    try:
        config = OmegaConf.load(path)
    except (OSError, YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise RequestError(
            Message("The config {} cannot be read: {}.", path, reason),
            Message("Mend it; it must be YAML."),
            problem="config-unreadable",
        ) from error
    if not isinstance(config, DictConfig):
        raise RequestError(
            Message("The config {} is a list.", path),
            Message("It must have sections with keys."),
            problem="config-not-sections",
        )
    return config


def _merge(merged: Any, given: DictConfig, known: list[str], where: str) -> Any:
    for name in map(str, given):
        if name in merged and not isinstance(given._get_node(name), DictConfig):
            raise RequestError(
                Message("In {} the section {} has no keys.", where, name),
                Message("Give it some."),
                problem="config-section-empty",
            )
    try:
        return OmegaConf.merge(merged, given)
    except ConfigKeyError as error:
        key = str(error.full_key)
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
        leaf = [k for k in known if k.rsplit(".")[-1] == key.rsplit(".")[-1]]
        meant = (leaf or near or [""])[0]
        remedy = (
            Message("The nearest that there is: {}.", meant)
            if meant
            else Message("Known: {}.", ", ".join(known))
        )
        raise RequestError(
            Message("In {} the key {} is unknown.", where, key),
            remedy,
            problem="config-key-unknown",
        ) from error
    except OmegaConfBaseException as error:
        raise _config_error(error, where) from error


def _config_error(error: OmegaConfBaseException, where: str) -> RequestError:
    """Return the error for a value of the wrong type."""
    reason = str(error).splitlines()[0].rstrip(".")
    key = error.full_key or "of a section"
    return RequestError(
        Message("In {} the key {} is wrong: {}.", where, key, reason),
        Message("Mend its value."),
        problem="config-value-wrong",
    )


def _keys(node: DictConfig, start: str = "") -> Iterator[str]:
    """Yield all dotted keys of a schema, including sections."""
    for name in node:
        key = f"{start}{name!s}"
        yield key
        value = node._get_node(name)
        if isinstance(value, DictConfig) and not value._is_none():
            yield from _keys(value, f"{key}.")


def _thaw(node: DictConfig) -> None:
    """Make sections writable whose dataclasses are frozen."""
    OmegaConf.set_readonly(node, False)
    for name in node:
        value = node._get_node(name)
        if isinstance(value, DictConfig) and not value._is_none():
            _thaw(value)


class Range(NamedTuple):
    """Range of valid numbers.

    Attributes:
        minimum: Lower end.
        maximum: Upper end.
        open_end: Excluded end: `minimum` or `maximum`; empty: both are included.
    """

    minimum: float
    maximum: float = math.inf
    open_end: str = ""

    def has(self, value: float) -> bool:
        """Return whether a value is in the range; NaN and infinity are not."""
        above = value > self.minimum if self.open_end == "minimum" else value >= self.minimum
        below = value < self.maximum if self.open_end == "maximum" else value <= self.maximum
        return math.isfinite(value) and above and below

    def __str__(self) -> str:
        low = f"above {self.minimum:g}" if self.open_end == "minimum" else f"from {self.minimum:g}"
        if self.maximum == math.inf:
            return low if self.open_end == "minimum" else f"{low} up"
        return f"{low} to {'below ' if self.open_end == 'maximum' else ''}{self.maximum:g}"


COUNT = Range(1)
FROM_ZERO = Range(0)
ABOVE_ZERO = Range(0, open_end="minimum")
SHARE = Range(0, 1)


def require_ranges(section: str, settings: Any, ranges: Mapping[str, Range]) -> None:
    """Check that a section's numbers are in their ranges; None is allowed.

    Raises:
        RequestError: If one is not.
    """
    for name, allowed in ranges.items():
        value = getattr(settings, name)
        if value is not None and not allowed.has(value):
            raise RequestError(
                Message("The setting {}.{} is {}.", section, name, repr(value)),
                Message("Give a number {}.", allowed),
                problem="setting-out-of-range",
            )


def require_one_of(section: str, settings: Any, choices: Mapping[str, Collection[Any]]) -> None:
    """Check that a section's choices are valid; None is allowed.

    Raises:
        RequestError: If one is not.
    """
    for name, allowed in choices.items():
        value = getattr(settings, name)
        if value is not None and value not in allowed:
            words = [str(word).lower() if isinstance(word, bool) else word for word in allowed]
            raise RequestError(
                Message("The setting {}.{} is {}.", section, name, repr(value)),
                Message("Choose of {}.", ", ".join(words)),
                problem="setting-not-a-choice",
            )


def require_scales(section: str, widths: Sequence[int], depths: Sequence[int]) -> None:
    """Check that a network's widths and depths are consistent.

    Args:
        section: Section of `widths` and `depths`.
        widths: Channels at each scale.
        depths: Blocks at each scale.

    Raises:
        RequestError: If they are empty, differ in length, or one is below 1.
    """
    if not widths or len(widths) != len(depths) or min(*widths, *depths) < 1:
        raise RequestError(
            Message(
                "The settings {}.widths and depths are {} and {}.",
                section,
                list(widths),
                list(depths),
            ),
            Message("Give each scale of the network a width and a depth from 1 up."),
            problem="widths-and-depths-wrong",
        )
