"""Records as damage, other programs and strangers leave them: a seeded generator of variants."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

DATE = "2026-11-23T10:00:00Z"

REQUEST: dict[str, Any] = {
    "sar": ["/data/vv.tif", "/data/vh.tif"],
    "out": "/data/run",
    "vv_band": 1,
    "vh_band": 1,
    "unit": "db",
    "modality": "S1GRD",
    "nodata": -32768.0,
    "extent": [676780.0, 5394500.0, 677000.0, 5394900.0],
    "extent_crs": "EPSG:32633",
    "bundle": "demo",
    "stages": 3,
    "timesteps_1": 4,
    "timesteps_3": 5,
    "seed": 7,
    "month": 5,
    "biome": 4,
    "device": "cpu",
    "optical": ["/data/s2.tif"],
    "optical_mask": "/data/clouds.gpkg|layername=clouds",
    "optical_use": "keep",
    "optical_days": 3,
    "optical_offset": 1000,
    "optical_margin": 8,
    "optical_other": ["/data/s2_march.tif"],
    "optical_other_mask": "/data/clouds_march.tif",
    "keep": True,
}
SUMMARY: dict[str, Any] = {
    "synthetic": True,
    "status": "complete with failures",
    "updated": DATE,
    "collection": "collection.json",
    "scenes": {
        "north": {
            "status": "complete",
            "sar": ["/data/vv.tif"],
            "blocks": 4,
            "empty": 1,
            "complete": {"opt_v1": 3, "opt_v2": 3, "opt_v3": 2},
            "left": 0,
            "holes": [{"block": "n1e1", "stage": 3, "why": "It broke.", "remedy": ""}],
            "scores": {"opt_v3": {"gac": 0.5}},
            "notes": ["Stage 2 left the image as it was."],
        },
        "south": {"status": "refused", "why": "It is no radar.", "remedy": "Give radar."},
    },
}
RUN: dict[str, Any] = {
    "synthetic": True,
    "status": "complete",
    "gac_version": "0.1.0",
    "request": REQUEST,
    "scene": {
        "paths": ["/data/vv.tif"],
        "vv_band": 1,
        "vh_band": 2,
        "unit": "db",
        "unit_reason": "the values say so",
        "modality": "S1GRD",
        "date": "2018-01-28T16:12:01",
        "decisions": [{"label": "Unit", "value": "dB", "why": "its name", "by": "file"}],
    },
    "inputs": [{"path": "/data/vv.tif", "bytes": 12, "sha256": "ab12"}],
    "optical": {
        "product": "S2B_MSIL2A_20180129",
        "date": "2018-01-29T10:00:00",
        "days": 1,
        "use": "keep",
        "bands": ["B02", "B03", "B04", "B08"],
        "clear_share": 0.6,
        "decisions": [{"label": "Scale", "value": "0 to 1", "why": "its values", "by": "values"}],
        "files": [{"path": "/data/s2.tif", "bytes": 12, "sha256": "ab12"}],
        "other": {
            "product": "S2A_MSIL2A_20180310",
            "date": "2018-03-10T10:00:00",
            "days": 41,
            "bands": ["B02", "B03", "B04", "B08"],
            "clear_share": 0.9,
            "decisions": [{"label": "Scale", "value": "0 to 1", "why": "values", "by": "values"}],
        },
    },
    "observed": {
        "share": 0.38,
        "pixels": {"observed": 38, "generated": 50, "blended": 12},
        "date": "2018-01-29T10:00:00",
        "product": "S2B_MSIL2A_20180129",
        "file": "observed.tif",
    },
    "area": {"epsg": 32633, "width": 48, "height": 32},
    "month": 1,
    "biome": {"number": 4, "name": "Tundra", "from": "place"},
    "bundle": {
        "name": "small",
        "kind": "demo",
        "licence": "Apache-2.0",
        "path": "/models/small",
        "sha256": {"generator.safetensors": "cd34"},
        "weights": [{"file": "a.pt", "sha256": "ab", "repo": "x/y", "revision": "r1"}],
    },
    "seed": 7,
    "device": "CPU",
    "critique": "Stage 3 changed little.",
    "stages": {
        f"opt_v{n}": {
            "file": f"opt_v{n}.tif",
            "seconds": 1.5,
            "model": "TerraMind",
            "finished": DATE,
            "taken_from": {"name": "earlier"},
            "score": {"gac": 0.1 * n},
        }
        for n in (1, 2, 3)
    },
    "finished": DATE,
    "software": {"gac": "0.1.0", "torch": "2.0"},
}
JOURNAL: dict[str, Any] = {
    "format": 1,
    "request": REQUEST,
    "progress": {"stage": 2, "stages": 3, "tile": 5, "tiles": 9},
    "updated": DATE,
}
OTHERS: dict[str, dict[str, Any]] = {
    "batch.json": {"format": 1, "request": REQUEST},
    "display.json": {"low": 0.0, "high": 1500.0, "origin": "fixed", "layer": ""},
    "stages.json": {"stages": {"opt_v1": {"bytes": 1}, "opt_v2": {"bytes": 1}}},
    "stac_item.json": {
        "id": "run",
        "assets": {"opt_v1": {"href": "./opt_v1.tif", "bands": [{"name": "B02"}]}},
        "properties": {"datetime": DATE},
        "links": [],
    },
}


def _deep(depth: int) -> Any:
    value: Any = "x"
    for n in range(depth):
        value = [value] if n % 2 else {"a": value}
    return value


ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    int("9" * 400),
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud800",
    "\x00\x08\x1b[2J",
    "../../../etc/passwd",
    "9" * 5000,
    "0001-01-01T00:00:00",
    [],
    [1, None, "x"],
    [[[]]],
    {},
    {"a": {"b": []}},
    {"\ud800": "\udfff"},
    _deep(70),
    _deep(400),
)
RAW = (
    b"",
    b" ",
    b"null",
    b"[]",
    b'"text"',
    b"7",
    b"NaN",
    b"{",
    b"{}",
    b"\xff\xfe{\x00}\x00",
    b"\xef\xbb\xbf{}",
    b"\x80abc",
    b'{"a": "\xff"}',
    b'{"a": 1,}',
    b'{"a": 1} trailing',
    b"[" * 100_000,
    b'{"scenes":' * 100_000,
    b'{"scenes": ' + b"9" * 300_000 + b"}",
    b'{"scenes": 1e999999}',
    b"\0" * 4096,
)


def variants(document: dict[str, Any], count: int, seed: int) -> Iterator[bytes]:
    """Yield so many damaged forms of a record, the same ones for the same seed.

    Each key is once missing; then odd values stand at keys and in lists, one at a time or two; some
    are cut off or have a byte changed.
    """
    dice = random.Random(seed)
    places = list(_places(document))
    made = 0
    for data in (*RAW, *(_without(document, place) for place in places)):
        if made < count:
            made += 1
            yield data
    while made < count:
        made += 1
        changed = copy.deepcopy(document)
        for _ in range(dice.choice((1, 1, 1, 2))):
            _put(changed, dice.choice(places), dice.choice(ODD))
        data = json.dumps(changed).encode()
        kind = dice.randrange(12)
        if kind == 0:
            data = data[: dice.randrange(len(data))]
        elif kind == 1:
            at = dice.randrange(len(data))
            data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        yield data


def _places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(len(value)) if _is_list(value) else ()
    for key in keys:
        yield (*before, key)
        yield from _places(value[key], (*before, key))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _without(document: dict[str, Any], place: tuple[Any, ...]) -> bytes:
    changed = copy.deepcopy(document)
    part: Any = changed
    for key in place[:-1]:
        part = part[key]
    del part[place[-1]]
    return json.dumps(changed).encode()


def _put(document: Any, place: tuple[Any, ...], value: Any) -> None:
    part = document
    for key in place[:-1]:
        # What lay there may have been replaced before.
        if not isinstance(part, (dict, list)):
            return
        try:
            part = part[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(part, dict) or (_is_list(part) and part and place[-1] == 0):
        part[place[-1]] = value
