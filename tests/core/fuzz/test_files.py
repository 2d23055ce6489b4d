"""Files with damaged bytes: they work or are refused in words; no other exception, no hang."""

from __future__ import annotations

import json
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file

from gac_core.bundles.card import FORMAT, read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import GacError
from gac_core.grid import Window
from gac_core.networks.weights import read_state
from gac_core.scene import open_scene
from tests.core.conftest import backscatter
from tests.core.fuzz.budget import fuzz, in_words

PATIENCE = 30
"""Seconds after which one file counts as a hang."""

edits = st.lists(
    st.tuples(
        st.sampled_from(["flip", "set", "insert", "drop", "cut"]),
        st.integers(0, 10**6) | st.integers(0, 400) | st.integers(-400, -1),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=6,
)
"""What to do, where (beyond the end: counted round; most in the headers), with which byte."""


def damaged(whole: bytes, how: list[tuple[str, int, int]]) -> bytes:
    data = bytearray(whole)
    for kind, where, byte in how:
        at = where % max(1, len(data))
        if kind == "flip" and data:
            data[at] ^= 1 << byte % 8
        elif kind == "set" and data:
            data[at] = byte
        elif kind == "insert":
            data[at:at] = bytes([byte]) * (1 + byte % 9)
        elif kind == "drop":
            del data[at : at + 1 + byte % 9]
        elif kind == "cut" and byte < 40:
            del data[at:]
    return bytes(data)


@contextmanager
def no_hang() -> Iterator[None]:
    def over(*_: object) -> None:
        raise AssertionError(f"not done after {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def rasters(folder: Path) -> list[bytes]:
    """Small valid scenes: plain, compressed, tiled; native and warped; with tags."""
    made = []
    utm, degrees = Affine(10, 0, 5e5, 0, -10, 5.4e6), Affine(1e-4, 0, 15, 0, -1e-4, 48)
    for number, (crs, transform, options) in enumerate(
        [
            ("EPSG:32633", utm, {}),
            ("EPSG:32633", utm, {"compress": "deflate", "interleave": "pixel", "predictor": 3}),
            ("EPSG:4326", degrees, {"tiled": True, "blockxsize": 32, "blockysize": 32}),
            ("EPSG:4326", degrees, {"compress": "lzw", "nodata": -9999.0}),
        ]
    ):
        path = folder / f"whole{number}.tif"
        values = backscatter(48, 56)
        with rasterio.open(
            path, "w", driver="GTiff", dtype="float32", count=2, height=48, width=56,
            crs=crs, transform=transform, **options,
        ) as file:  # fmt: skip
            file.write(values)
            file.descriptions = ("VV", "VH")
            file.update_tags(ACQUISITION_START_TIME="2021-07-15T05:25:00", UNIT="dB")
        made.append(path.read_bytes())
    return made


@fuzz(120)
@given(st.integers(0, 3), edits)
def test_radar_files(
    folder: Path, rasters: list[bytes], which: int, how: list[tuple[str, int, int]]
) -> None:
    path = folder / "S1A_damaged.tif"
    path.write_bytes(damaged(rasters[which], how))
    with no_hang(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with open_scene((str(path),)) as scene:
                json.dumps(scene.info())
                window = scene.window
                values = scene.read(
                    Window(window.row, window.col, min(window.height, 64), min(window.width, 64))
                )
                assert values.dtype == np.float32
        except GacError as error:
            in_words(error)


CARD = {
    "format": FORMAT,
    "name": "a",
    "title": "A",
    "kind": "trained",
    "licence": "none",
    "terramind": {
        "shape": {"dim": 64},
        "weights": {"generator": {"file": "g.safetensors"}, "tokenizer": {"file": "t"}},
    },
    "window": {"size": 96, "overlap": 32, "margin": 8},
    "sampling": {"temperature": 0.0},
    "grounding": {"adapter": "x"},
}


def card_answers(folder: Path, data: bytes) -> None:
    (folder / "bundle.json").write_bytes(data)
    library = Library([folder.parent], [])
    try:
        library.describe(read_bundle(folder))
        library.require(str(folder))
    except GacError as error:
        in_words(error)


@pytest.fixture(scope="module")
def bundle(folder: Path) -> Path:
    made = folder / "bundles" / "a"
    made.mkdir(parents=True)
    for name in ("g.safetensors", "t", "p", "h", "f"):
        (made / name).write_bytes(b"")
    return made


@fuzz(200)
@given(edits)
def test_cards_with_damaged_bytes(bundle: Path, how: list[tuple[str, int, int]]) -> None:
    card_answers(bundle, damaged(json.dumps(CARD).encode(), how))


@pytest.mark.parametrize(
    "section",
    [
        {"refiner": {"shape": {}}},
        {"refiner": {"weights": {"fild": "p"}, "head": {"weights": {"file": "h"}}}},
        {"grounding": {"bridge": {"shape": {}}}},
        {"grounding": {"bridge": {"shape": 5, "weights": {"file": "f"}}}},
        {"grounding": {"bridge": {"shape": {"steps": "many"}, "weights": {"file": "f"}}}},
        {"scores": ["good"]},
        {
            "terramind": {
                "shape": 5,
                "weights": {"generator": {"file": 5}, "tokenizer": {"file": 5}},
            }
        },
    ],
    ids=["no weights", "misspelt", "no bridge weights", "no shape", "steps", "scores", "file"],
)
def test_cards_with_odd_sections(bundle: Path, section: dict) -> None:
    card_answers(bundle, json.dumps({**CARD, **section}).encode())


@pytest.fixture(scope="module")
def weights(folder: Path) -> bytes:
    path = folder / "whole.safetensors"
    save_file({"a.weight": torch.ones(3, 4), "b": torch.zeros(5, dtype=torch.int8)}, path)
    return path.read_bytes()


@fuzz(200)
@given(edits)
def test_weights(folder: Path, weights: bytes, how: list[tuple[str, int, int]]) -> None:
    path = folder / "damaged.safetensors"
    path.write_bytes(damaged(weights, how))
    try:
        assert all(isinstance(t, torch.Tensor) for t in read_state(path).values())
    except GacError as error:
        in_words(error)
