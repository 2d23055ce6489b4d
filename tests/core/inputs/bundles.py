"""Model bundles whose card cannot be used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.core.inputs.bench import Bench
from tests.core.inputs.case import Case, Params, fails, runs

Card = dict[str, Any]


def card(bench: Bench, **entries: Any) -> Params:
    """The good bundle with other entries on its card."""
    return {"bundle": str(bench.bundle(lambda c: c.update(entries)))}


def raw(bench: Bench, content: bytes) -> Params:
    """The good bundle with other bytes for its card."""
    folder = bench.bundle()
    (folder / "bundle.json").write_bytes(content)
    return {"bundle": str(folder)}


def change(bench: Bench, *path: str, **entries: Any) -> Params:
    """The good bundle with other entries in a section of its card."""

    def dig(card: Card) -> None:
        for name in path:
            card = card.setdefault(name, {})
        card.update(entries)

    return {"bundle": str(bench.bundle(dig))}


def no_card(bench: Bench) -> Params:
    folder = bench.bundle()
    (folder / "bundle.json").unlink()
    return {"bundle": str(folder)}


def neighbour(bench: Bench, content: bytes) -> Params:
    """A broken bundle lies beside the good one in the user's folder of bundles."""
    folder = bench.library / "broken"
    folder.mkdir()
    bench.cleanup.callback(shutil.rmtree, folder)
    Path(folder / "bundle.json").write_bytes(content)
    return {}


def instead(bench: Bench, file: str, make: Callable[[Path], object]) -> Params:
    """The good bundle with something in the place of one of its files."""
    folder = bench.bundle()
    (folder / file).unlink()
    make(folder / file)
    return {"bundle": str(folder)}


def bare(card: Card, *path: str) -> None:
    for name in path[:-1]:
        card = card[name]
    del card[path[-1]]


CASES = (
    Case(
        "bundle-unknown",
        "A bundle that is not there",
        lambda b: {"bundle": "nowhere"},
        fails("bundle", "no model bundle 'nowhere'", remedy="Installed are"),
    ),
    Case(
        "bundle-without-card",
        "A bundle's folder without its card",
        no_card,
        fails("bundle", "no model bundle", "/bundles/mine", remedy="bundle.json"),
    ),
    Case(
        "card-no-json",
        "A card that is no JSON",
        lambda b: raw(b, b"format: 1\n"),
        fails("bundle", "/bundles/mine", "cannot be read"),
    ),
    Case(
        "card-binary",
        "A card that is no text",
        lambda b: raw(b, bytes(range(256))),
        fails("bundle", "/bundles/mine", "cannot be read"),
    ),
    Case(
        "card-list",
        "A card that is a list",
        lambda b: raw(b, b"[]"),
        fails("bundle", "/bundles/mine", "another format"),
    ),
    Case(
        "card-past",
        "A card of an earlier format",
        lambda b: card(b, format=1),
        fails("bundle", "/bundles/mine", "earlier version of GAC", remedy="again"),
    ),
    Case(
        "card-future",
        "A card of a future format",
        lambda b: card(b, format=3),
        fails("bundle", "/bundles/mine", "another format", remedy="Update GAC"),
    ),
    Case(
        "card-kind",
        "A card of an unknown kind",
        lambda b: card(b, kind="odd"),
        fails("bundle", "/bundles/mine", "odd"),
    ),
    Case(
        "card-without-models",
        "A card without TerraMind",
        lambda b: {"bundle": str(b.bundle(lambda c: bare(c, "terramind")))},
        fails("bundle", "/bundles/mine", "terramind"),
    ),
    Case(
        "card-without-head",
        "A card whose refiner has no head",
        lambda b: {"bundle": str(b.bundle(lambda c: bare(c, "refiner", "head")))},
        fails("bundle", "/bundles/mine", "head"),
    ),
    Case(
        "card-without-bridge-file",
        "A card whose bridge has no file",
        lambda b: {"bundle": str(b.bundle(lambda c: bare(c, "grounding", "bridge", "weights")))},
        fails("bundle", "/bundles/mine", "weights"),
    ),
    Case(
        "card-bridge-steps",
        "A card whose bridge is crossed in no steps",
        lambda b: change(b, "grounding", "bridge", "shape", steps=0),
        fails("bundle", "/bundles/mine", "steps"),
    ),
    Case(
        "card-bridge-depths",
        "A card whose bridge has fewer widths than depths",
        lambda b: change(b, "grounding", "bridge", "shape", widths=[8]),
        fails("bundle", "/bundles/mine", "1 widths and 2 depths"),
    ),
    Case(
        "card-number",
        "A card whose weights are a number",
        lambda b: change(b, "terramind", weights=5),
        fails("bundle", "/bundles/mine"),
    ),
    Case(
        "card-shape",
        "A card with an unknown entry in TerraMind's shape",
        lambda b: change(b, "terramind", "shape", colour="blue"),
        fails("bundle", "/bundles/mine", "colour"),
    ),
    Case(
        "card-shape-words",
        "A card with a word where a size should be",
        lambda b: change(b, "terramind", "shape", dim="wide"),
        fails("bundle", "/bundles/mine", "dim"),
    ),
    Case(
        "card-window",
        "A card with tiles of 100 pixels",
        lambda b: card(b, window={"size": 100}),
        fails("bundle", "window", "100", remedy="multiple of 32"),
    ),
    Case(
        "card-margin",
        "A card with a margin wider than the overlap",
        lambda b: card(b, window={"size": 96, "overlap": 32, "margin": 20}),
        fails("bundle", "margin 20"),
    ),
    Case(
        "broken-neighbour",
        "A broken card among the installed bundles, a good bundle chosen",
        lambda b: neighbour(b, b"{"),
        runs(),
    ),
    Case(
        "broken-neighbour-2",
        "An incomplete card among the installed bundles, a bundle chosen that is not there",
        lambda b: {**neighbour(b, b'{"format": 2}'), "bundle": "nowhere"},
        fails("bundle", "no model bundle 'nowhere'", remedy="tiny"),
    ),
    Case(
        "card-pipe",
        "A pipe for a card",
        lambda b: instead(b, "bundle.json", os.mkfifo),
        fails("bundle", "no model bundle", remedy="bundle.json"),
    ),
    Case(
        "card-zero",
        "A link to /dev/zero for a card",
        lambda b: instead(b, "bundle.json", lambda path: path.symlink_to("/dev/zero")),
        fails("bundle", "no model bundle", remedy="bundle.json"),
    ),
    Case(
        "card-deep",
        "A card of lists in one another, 200,000 deep",
        lambda b: raw(b, b"[" * 200_000),
        fails("bundle", "/bundles/mine", "cannot be read"),
    ),
    Case(
        "card-repository",
        "A card whose weights are published in ../../etc",
        lambda b: change(b, "terramind", "weights", "generator", repo="../../etc"),
        fails("bundle", "no repository"),
    ),
    Case(
        "card-record",
        "A card whose weights are GAC's own record of hashes",
        lambda b: change(b, "terramind", "weights", "generator", file="known-hashes.json"),
        fails("bundle", "known-hashes.json", remedy="Do not use"),
    ),
    Case(
        "card-hash",
        "A card whose hash is a number",
        lambda b: change(b, "terramind", "weights", "generator", sha256=5),
        fails("bundle", "sha256", "no SHA-256"),
    ),
    Case(
        "card-temperature",
        "A card with a temperature that is no number (NaN)",
        lambda b: change(b, "sampling", temperature=float("nan")),
        fails("bundle", "no number"),
    ),
    Case(
        "card-depth",
        "A card with a network of 100,000,000 layers",
        lambda b: change(b, "terramind", "shape", encoder_depth=10**8),
        fails("bundle", "encoder_depth"),
    ),
    Case(
        "card-pipe-weights",
        "A pipe for a bundle's weights",
        lambda b: instead(b, "generator.safetensors", os.mkfifo),
        fails("bundle", "generator.safetensors is missing", remedy="Install"),
    ),
)
