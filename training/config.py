"""Settings of a training: defaults in YAML, files of one's own over them, flags over all.

The YAML files in `training/configs` are named for what they are about, and may each hold any part
of any section; `lowvr` means for a card with 6 GB of memory. What sections and keys there are, and
of which type, a dataclass says (`training.sections`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import ConfigKeyError, OmegaConfBaseException
from yaml import YAMLError  # type: ignore[import-untyped]

from gac_core.contract.errors import RequestError
from gac_core.raster.space import unwritable, whole_file

CONFIGS = Path(__file__).resolve().parent / "configs"
RESOLVED = "config.yaml"
"""What a training's folder keeps of its settings."""

Schema = TypeVar("Schema")


def load(schema: type[Schema], names: Iterable[str | Path], overrides: Mapping[str, Any]) -> Schema:
    """Merge configs.

    Args:
        schema: A dataclass of dataclasses with defaults, one for each section.
        names: Configs, later ones win: names as `train/stage2.lowvr` of those in
            `training/configs`, or paths of YAML files.
        overrides: Values by dotted key, `fit.lr`, that win over all configs.

    Raises:
        RequestError: If a config cannot be read, a key is unknown (with the nearest that is
            known), or a value is of the wrong type.
    """
    merged = OmegaConf.structured(schema)
    _thaw(merged)
    known = sorted(_keys(merged))
    for name in names:
        path = find(name)
        merged = _merge(merged, _read(path), known, f"{path}")
    given = OmegaConf.create({})
    for key, value in overrides.items():
        OmegaConf.update(given, key, value)
    merged = _merge(merged, given, known, "the command line")
    try:
        return cast(Schema, OmegaConf.to_object(merged))
    except OmegaConfBaseException as error:
        raise _wrong(error, "the settings") from error


def find(name: str | Path) -> Path:
    """The file of a config.

    Raises:
        RequestError: If there is none.
    """
    shipped = CONFIGS / f"{name}.yaml"
    for path in (shipped, Path(name).expanduser()):
        if path.is_file():
            return path
    names = sorted(p.relative_to(CONFIGS).with_suffix("").as_posix() for p in _shipped())
    raise RequestError(
        f"There is no config {name}.",
        f"Give the path of a YAML file, or one of {', '.join(names)}.",
    )


def save(config: Any, path: Path) -> None:
    """Write a merged config as YAML, for people and for `load`.

    Raises:
        OutputError: If it cannot be written.
    """
    text = OmegaConf.to_yaml(OmegaConf.structured(config))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def keys_of(schema: type[Any]) -> list[str]:
    """Return all dotted keys of a schema that hold values."""
    node = OmegaConf.structured(schema)
    return [key for key in _keys(node) if not isinstance(OmegaConf.select(node, key), DictConfig)]


def _shipped() -> Iterator[Path]:
    return CONFIGS.rglob("*.yaml")


def _read(path: Path) -> DictConfig:
    try:
        found = OmegaConf.load(path)
    except (OSError, YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise RequestError(
            f"The config {path} cannot be read: {reason}.", "Mend it; it must be YAML."
        ) from error
    if not isinstance(found, DictConfig):
        raise RequestError(f"The config {path} is a list.", "It must have sections with keys.")
    return found


def _merge(merged: Any, given: DictConfig, known: list[str], where: str) -> Any:
    for name in map(str, given):
        if name in merged and not isinstance(given._get_node(name), DictConfig):
            raise RequestError(f"In {where} the section {name} has no keys.", "Give it some.")
    try:
        return OmegaConf.merge(merged, given)
    except ConfigKeyError as error:
        key = str(error.full_key)
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
        leaf = [k for k in known if k.rsplit(".")[-1] == key.rsplit(".")[-1]]
        meant = (leaf or near or [""])[0]
        remedy = f"The nearest that there is: {meant}." if meant else f"Known: {', '.join(known)}."
        raise RequestError(f"In {where} the key {key} is unknown.", remedy) from error
    except OmegaConfBaseException as error:
        raise _wrong(error, where) from error


def _wrong(error: OmegaConfBaseException, where: str) -> RequestError:
    """An error in words for a value that does not belong where it is."""
    reason = str(error).splitlines()[0].rstrip(".")
    key = error.full_key or "of a section"
    return RequestError(f"In {where} the key {key} is wrong: {reason}.", "Mend its value.")


def _keys(node: DictConfig, start: str = "") -> Iterator[str]:
    """All dotted keys of a schema, those of sections too."""
    for name in node:
        key = f"{start}{name!s}"
        yield key
        value = node._get_node(name)
        if isinstance(value, DictConfig) and not value._is_none():
            yield from _keys(value, f"{key}.")


def _thaw(node: DictConfig) -> None:
    """Let sections be merged into whose dataclasses are frozen."""
    OmegaConf.set_readonly(node, False)
    for name in node:
        value = node._get_node(name)
        if isinstance(value, DictConfig) and not value._is_none():
            _thaw(value)
