"""Text rendering of a bundle's card and the state of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gac_core.models.bundle import Bundle
from gac_core.models.checking import Check
from gac_core.models.names import printable
from gac_core.raster.space import size

KINDS = {
    "demo": "small models that show how GAC works",
    "published": "published weights, not trained further",
    "trained": "trained stages",
}

SHOWN = 8
"""Maximum number of list entries displayed; the card has them all."""

WIDE = 100
DEEP = 6


def tell(found: Check) -> str:
    """Return the card as text for users."""
    bundle = found.bundle
    card = bundle.card
    lines = [
        f"{printable(bundle.title)} ({printable(bundle.name)})",
        f"Kind: {bundle.kind}, {KINDS[bundle.kind]}",
        f"Folder: {bundle.path}",
        f"Licence: {printable(bundle.licence)}",
    ]
    for title, body in (
        ("Stages", stage_lines(bundle)),
        ("Trained on", list(_entries(card.get("training") or "the card does not say"))),
        ("Scores", list(_scores(card.get("scores") or "the card has none"))),
        ("Notes", bundle.notes),
        ("Attribution", list(_entries(card.get("attribution") or []))),
        ("Files", list(_files(found))),
        ("Not named in the card", [printable(name) for name in found.strangers[:SHOWN]]),
    ):
        if body:
            lines += ["", f"{title}:", *(f"  {line}" for line in body)]
    return "\n".join(lines)


def stage_lines(bundle: Bundle) -> list[str]:
    """Return a description of each stage of a bundle."""
    shape, refiner, grounding = bundle.terramind, bundle.refiner, bundle.grounding
    sizes = f"{shape.get('dim')} wide, {shape.get('encoder_depth')}+{shape.get('decoder_depth')}"
    lines = [f"1 generate: TerraMind ({sizes} blocks)"]
    if bundle.offset:
        lines[0] += f", whose images have {bundle.offset:+g} DN that users do not see"
    if refiner is None:
        lines.append("2 refine: leaves the image as it is (no trained refiner)")
    else:
        size_of = refiner["shape"]
        parts = [f"Prithvi ({size_of.get('embed_dim')} wide, {size_of.get('depth')} blocks"]
        parts[0] += ", 8-bit)" if refiner.get("quantise", True) else ")"
        if refiner.get("blocks") is not None:
            parts.append(f"its last {refiner['blocks'].get('last')} blocks trained in full")
        if refiner.get("adapter") is not None:
            parts.append("LoRA")
        lines.append(f"2 refine: {', '.join([*parts, 'ConvNeXt head'])}")
    if grounding.adapter is not None:
        parts = ["TerraMind with LoRA on its cross-attention"]
    elif grounding.bridge is not None:
        parts = ["TerraMind as it was pretrained"]
    else:
        parts = ["TerraMind's zero-shot conditioning"]
    if grounding.bridge is not None:
        parts.append(f"a bridge of {grounding.steps} steps from opt_v2")
    if grounding.critic is not None:
        parts.append("a critic")
    return [printable(line) for line in [*lines, f"3 ground: {', '.join(parts)}"]]


def table(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return numbers by row and column as aligned lines."""
    columns = list(dict.fromkeys(key for row in rows.values() for key in row))
    cells = [["", *(printable(column) for column in columns)]]
    for name, row in rows.items():
        values = [row.get(column) for column in columns]
        cells.append([printable(name), *("-" if v is None else f"{v:.4g}" for v in values)])
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns) + 1)]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _scores(value: Any) -> Iterator[str]:
    """Yield lines of scores; rows of numbers become a table."""
    if not isinstance(value, Mapping):
        yield from _entries(value)
        return
    rows = {name: row for name, row in value.items() if _is_row(row)}
    for name, entry in value.items():
        if name in rows or name == "not earned":
            continue
        if isinstance(entry, Mapping):
            yield f"{printable(name)}:"
            yield from (f"  {line}" for line in _scores(entry))
        else:
            yield from _entries({name: entry})
    if rows:
        yield from table(rows)
    for line in value.get("not earned") or []:
        yield f"Not earned: {printable(line)}"


def _is_row(value: Any) -> bool:
    kinds = (int, float, type(None))
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(v, kinds) and not isinstance(v, bool) for v in value.values())
    )


def _entries(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield lines for any JSON value, with long lists cut."""
    if isinstance(value, Mapping) and depth < DEEP:
        for name, item in value.items():
            if isinstance(item, list) and len(item) > SHOWN and _is_short(item[:SHOWN]):
                more = len(item) - SHOWN
                yield f"{printable(name)}: {_short(item[:SHOWN])} and {more} more"
            elif isinstance(item, Mapping | list) and not _is_short(item):
                count = f" ({len(item)})" if isinstance(item, list) else ""
                yield f"{printable(name)}{count}:"
                yield from (f"  {line}" for line in _entries(item, depth + 1))
            else:
                yield f"{printable(name)}: {_short(item)}"
    elif isinstance(value, list) and depth < DEEP:
        for item in value[:SHOWN]:
            if isinstance(item, list) and _is_short(item):
                yield _short(item)  # coordinates or a matrix row
            else:
                yield from _entries(item, depth + 1)
        if len(value) > SHOWN:
            yield f"… and {len(value) - SHOWN} more"
    else:
        yield _short(value)


def _is_short(value: Any) -> bool:
    items: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
    is_flat = all(not isinstance(item, Mapping | list) for item in items)
    return is_flat and len(value) <= SHOWN and len(_short(value)) <= WIDE


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(printable(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(name)} {printable(one)}" for name, one in value.items())
    return printable(value)


def _files(found: Check) -> Iterator[str]:
    for file in found.files:
        large = "" if file.bytes is None else f", {size(file.bytes)}"
        source = f", published in {printable(file.repo)}" if file.repo else ""
        yield f"{printable(file.file)}: {file.state}{large}{source}"
    yield f"{size(sum(file.bytes or 0 for file in found.files))} in all"
