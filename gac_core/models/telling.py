"""A bundle's card and the state of its files, in words for people."""

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
"""So many entries of a list are shown; the card has them all."""

WIDE = 100
DEEP = 6


def tell(found: Check) -> str:
    """The card for people, line by line."""
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
    """What each stage of a bundle does."""
    shape, refiner, grounding = bundle.terramind, bundle.refiner, bundle.grounding
    sizes = f"{shape.get('dim')} wide, {shape.get('encoder_depth')}+{shape.get('decoder_depth')}"
    lines = [f"1 generate: TerraMind ({sizes} blocks)"]
    if bundle.offset:
        lines[0] += f", whose images have {bundle.offset:+g} DN that users do not see"
    if refiner is None:
        lines.append("2 refine: leaves the image as it is (no trained refiner)")
    else:
        size_of = refiner["shape"]
        told = [f"Prithvi ({size_of.get('embed_dim')} wide, {size_of.get('depth')} blocks"]
        told[0] += ", 8-bit)" if refiner.get("quantise", True) else ")"
        if refiner.get("blocks") is not None:
            told.append(f"its last {refiner['blocks'].get('last')} blocks trained in full")
        if refiner.get("adapter") is not None:
            told.append("LoRA")
        lines.append(f"2 refine: {', '.join([*told, 'ConvNeXt head'])}")
    if grounding.adapter is not None:
        told = ["TerraMind with LoRA on its cross-attention"]
    elif grounding.bridge is not None:
        told = ["TerraMind as it was pretrained"]
    else:
        told = ["TerraMind's zero-shot conditioning"]
    if grounding.bridge is not None:
        told.append(f"a bridge of {grounding.steps} steps from opt_v2")
    if grounding.critic is not None:
        told.append("a critic")
    return [printable(line) for line in [*lines, f"3 ground: {', '.join(told)}"]]


def table(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Numbers by row and column, aligned."""
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
    """Scores: what is a row of numbers becomes a line of a table."""
    if not isinstance(value, Mapping):
        yield from _entries(value)
        return
    rows = {name: row for name, row in value.items() if _is_row(row)}
    for name, other in value.items():
        if name in rows or name == "not earned":
            continue
        if isinstance(other, Mapping):
            yield f"{printable(name)}:"
            yield from (f"  {line}" for line in _scores(other))
        else:
            yield from _entries({name: other})
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
    """Any JSON value in lines, long lists cut."""
    if isinstance(value, Mapping) and depth < DEEP:
        for name, inside in value.items():
            if isinstance(inside, list) and len(inside) > SHOWN and _is_short(inside[:SHOWN]):
                more = len(inside) - SHOWN
                yield f"{printable(name)}: {_short(inside[:SHOWN])} and {more} more"
            elif isinstance(inside, Mapping | list) and not _is_short(inside):
                count = f" ({len(inside)})" if isinstance(inside, list) else ""
                yield f"{printable(name)}{count}:"
                yield from (f"  {line}" for line in _entries(inside, depth + 1))
            else:
                yield f"{printable(name)}: {_short(inside)}"
    elif isinstance(value, list) and depth < DEEP:
        for inside in value[:SHOWN]:
            if isinstance(inside, list) and _is_short(inside):
                yield _short(inside)  # a place's coordinates, a matrix' row
            else:
                yield from _entries(inside, depth + 1)
        if len(value) > SHOWN:
            yield f"… and {len(value) - SHOWN} more"
    else:
        yield _short(value)


def _is_short(value: Any) -> bool:
    inside: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
    plain = all(not isinstance(one, Mapping | list) for one in inside)
    return plain and len(value) <= SHOWN and len(_short(value)) <= WIDE


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(printable(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(name)} {printable(one)}" for name, one in value.items())
    return printable(value)


def _files(found: Check) -> Iterator[str]:
    for file in found.files:
        large = "" if file.bytes is None else f", {size(file.bytes)}"
        where = f", published in {printable(file.repo)}" if file.repo else ""
        yield f"{printable(file.file)}: {file.state}{large}{where}"
    yield f"{size(sum(file.bytes or 0 for file in found.files))} in all"
