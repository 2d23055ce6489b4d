"""Validated network sizes from a bundle's card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

Shape = TypeVar("Shape")


def shape_from(kind: type[Shape], values: Any) -> Shape:
    """Return a shape, which is a dataclass of numbers, lists and other shapes, from JSON values.

    Raises:
        ValueError: With the reason, if a value is unknown, missing or of the wrong type.
    """
    title = kind.__name__
    if not isinstance(values, Mapping):
        raise ValueError(f"{title} is {values!r}")
    hints, fields_of = get_type_hints(kind), {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - set(fields_of))
    if unknown:
        raise ValueError(f"{title} has no {', '.join(map(repr, unknown))}")
    missing = [
        name
        for name, field in fields_of.items()
        if field.default is MISSING and field.default_factory is MISSING and name not in values
    ]
    if missing:
        raise ValueError(f"{title} lacks {', '.join(missing)}")
    return kind(**{name: _value(name, hints[name], value) for name, value in values.items()})


def _value(name: str, hint: Any, value: Any) -> Any:
    if is_dataclass(hint):
        return shape_from(hint, value)  # type: ignore[arg-type]
    items = get_args(hint)
    if items and isinstance(value, (list, tuple)) and all(_is(items[0], v) for v in value):
        return tuple(value)
    if items or not _is(hint, value):
        raise ValueError(f"{name} is {value!r}")
    return value


def _is(hint: Any, value: Any) -> bool:
    if hint is float:
        hint = (int, float)  # JSON may have 4 for 4.0
    return isinstance(value, hint) and not isinstance(value, bool)
