"""Which pairs stand for all, and how a page shows them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from training.evaluation.chain import Scored
from training.evaluation.pictures import Example, choose_examples, strip, write_examples

NAN = float("nan")


def scored(*values):
    """Pairs by the SAM of their opt_v3."""
    return [
        Scored(f"p{i}", "T32", 6, 4, (64, 64), {"opt_v3": {"sam": sam, "psnr": 20.0 + i}})
        for i, sam in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        ((9, 3, 5, 7, 1), {4: ("best",), 2: ("median",), 0: ("worst",)}),
        ((9, 3, 5, 7), {1: ("best",), 2: ("median",), 0: ("worst",)}),
        ((NAN, 9, NAN, 3, 5, float("inf")), {3: ("best",), 4: ("median",), 1: ("worst",)}),
        ((4, 4, 4), {0: ("best",), 1: ("median",), 2: ("worst",)}),
        ((5, 4), {1: ("best", "median"), 0: ("worst",)}),
        ((NAN, 4), {1: ("best", "median", "worst")}),
        ((NAN,), {}),
        ((), {}),
    ],
    ids=["odd", "even", "undefined", "equal", "two", "one", "none defined", "none"],
)
def test_best_median_worst(values, ranks):
    assert choose_examples(scored(*values)) == ranks


def example(ranks, **changes):
    (one,) = scored(4.5)
    for name, value in changes.items():
        setattr(one, name, value)
    image = np.linspace(0, 2000, 4 * 64 * 64, dtype=np.float32).reshape(4, 64, 64)
    radar = np.full((2, 64, 64), -12, np.float32)
    return Example(ranks, one, strip(one.name, one.tile, radar, [image] * 3, image))


def test_captions():
    assert example(("best", "median", "worst"), place=(-33.5, 18.25)).caption == (
        "Best, median and worst: `p0`, tile T32, 33.500° S 18.250° E, "
        "Temperate Broadleaf & Mixed Forests, PSNR 20.00 dB, SAM 4.50°."
    )
    assert "place unknown, biome unknown" in example(("worst",), biome=0).caption


def test_pictures_lie_beside_the_page(tmp_path):
    page = tmp_path / "quality.md"
    other = tmp_path / "images" / "panel.png"
    text = write_examples([example(("best",)), example(("median",)), example(("worst",))], page)
    other.write_bytes(b"of somebody else")
    assert text.count("![") == 3 and "(images/quality-median.png)" in text
    with Image.open(tmp_path / "images" / "quality-worst.png") as picture:
        # Five pictures of 64 px, doubled.
        assert picture.width > 5 * 128 and 128 < picture.height < 200
    write_examples([example(("best", "median", "worst"))], page)
    assert sorted(path.name for path in other.parent.iterdir()) == ["panel.png", "quality-best.png"]
    assert write_examples([], page) == ""
