"""Paths with unusual letters: they are no reason to fail."""

from __future__ import annotations

import os

from tests.core.inputs.bench import Bench
from tests.core.inputs.case import Case, Params, fails, runs


def both(bench: Bench, name: str) -> Params:
    """Input and output of that name."""
    return {"sar": [bench.scene(name=f"{name}.tif")], "out": str(bench.root / name)}


def latin(bench: Bench) -> Params:
    """A name in another encoding than UTF-8, as old archives have them."""
    plain = bench.scene()
    path = os.path.join(os.fsencode(bench.data), b"S1 \xfc.tif")  # noqa: PTH118
    os.rename(plain, path)  # noqa: PTH104
    return {"sar": [os.fsdecode(path)]}


def longest(bench: Bench) -> Params:
    """Names of 255 bytes, which is all that Linux allows."""
    return {"sar": [bench.scene(name="s" * 251 + ".tif")], "out": str(bench.root / ("r" * 255))}


SPELLINGS = (
    ("spaces", "Spaces", "my radar scene"),
    ("quotes", "Quotes", 'it\'s "mine"'),
    ("umlauts", "Umlauts and other scripts", "Müller Ωmega 雷达"),
    ("emoji", "An emoji", "radar 🛰"),
    ("newline", "A line break", "first\nsecond"),
    ("dash", "A dash in front", "-rf"),
    ("signs", "Signs that mean something elsewhere", "a%20b#c?d*[e]&f;$HOME"),
    ("backslash", "A backslash", "a\\b"),
    ("colon", "A colon", "S1:2018"),
)

CASES = (
    *(
        Case(f"name-{name}", f"{about} in the names", lambda b, w=word: both(b, w), runs())
        for name, about, word in SPELLINGS
    ),
    Case("name-longest", "Names of 255 bytes", longest, runs()),
    Case(
        "name-latin",
        "A file name that is not UTF-8",
        latin,
        fails("scene", "S1", remedy="Rename"),
    ),
    Case(
        "name-zero-byte",
        "A zero byte in the name of the radar file",
        lambda b: {"sar": [f"{b.scene()}\0"]},
        fails("request", "S1.tif", "character that no name can have", remedy="again"),
    ),
)
