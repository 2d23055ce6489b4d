"""Scoring files block by block."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from rasterio.warp import Resampling, reproject

from gac_core.contract.errors import Cancelled, OutputError
from gac_core.contract.message import Message
from gac_core.scene import open_scene
from gac_core.scores import REAL_MEAN, gac_score, rasters, score_files
from gac_core.scores.rasters import NOTHING_TO_COMPARE
from tests.problems import raises

Write = Callable[..., str]
BANDS = ("B02", "B03", "B04", "B08")
KEYS = ["gac", "cfog", "pixels", "real_mean", "real_high", "flag", "note"]


@pytest.mark.parametrize("block", [50, 64, 640])
def test_blocks_give_the_number_of_the_whole(
    write: Write, pair, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    dn = np.rint(pair.dn).astype(np.uint16)
    dn[:, 20:30, 50:90] = 0
    s1 = pair.s1.copy()
    s1[:, 150:, 200:] = np.nan
    optical = write(dn, "optical.tif", names=BANDS, nodata=0)
    monkeypatch.setattr(rasters, "BLOCK", block)
    with open_scene((write(s1, names=("VV", "VH")),)) as scene:
        report = score_files(scene, optical)
    assert report["gac"] == pytest.approx(gac_score(s1, dn), abs=1e-6)
    assert list(report) == KEYS
    assert json.loads(json.dumps(report)) == report
    assert report["real_mean"] == REAL_MEAN and not report["flag"]


def test_cfog_in_blocks(write: Write, pair, monkeypatch: pytest.MonkeyPatch) -> None:
    optical = write(pair.dn, "optical.tif", names=BANDS)
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        whole = score_files(scene, optical)
        monkeypatch.setattr(rasters, "BLOCK", 70)
        parts = score_files(scene, optical)
    assert parts["cfog"] == pytest.approx(whole["cfog"], abs=1e-6)
    assert parts["pixels"] == whole["pixels"]


def test_part_of_the_scene_and_other_bands(write: Write, pair) -> None:
    """The optical file covers part of the scene and holds more bands, in another order."""
    part = np.rint(pair.dn[:, 40:180, 30:200]).astype(np.uint16)
    stack = np.stack([part[3], part[0], part[0] * 0 + 7, part[2], part[1]])
    optical = write(
        stack,
        "optical.tif",
        names=("B08", "B02", "B01", "B04", "B03"),
        transform=Affine(10, 0, 500_300, 0, -10, 5_399_600),
    )
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        report = score_files(scene, optical)
    assert report["gac"] == pytest.approx(gac_score(pair.s1[:, 40:180, 30:200], part), abs=1e-6)


def test_another_grid_is_warped(write: Write, pair) -> None:
    height, width = 300, 260
    source, crs = Affine(10, 0, 500_000, 0, -10, 5_400_000), "EPSG:4326"
    target = Affine(1.3e-4, 0, 15.0, 0, -0.9e-4, 48.7585)
    warped = np.full((4, height, width), np.nan, np.float32)
    reproject(
        pair.dn, warped, src_transform=source, src_crs="EPSG:32633", dst_transform=target,
        dst_crs=crs, dst_nodata=np.nan, resampling=Resampling.bilinear,
    )  # fmt: skip
    optical = write(warped, "optical.tif", crs=crs, transform=target, nodata=np.nan)
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        report = score_files(scene, optical)
    assert report["pixels"] > 20_000
    assert report["gac"] == pytest.approx(gac_score(pair.s1, pair.dn), abs=0.08)


def test_a_limit_scores_some_blocks(write: Write, pair, monkeypatch: pytest.MonkeyPatch) -> None:
    optical = write(pair.dn, "optical.tif", names=BANDS)
    monkeypatch.setattr(rasters, "BLOCK", 50)
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        whole = score_files(scene, optical)
        some = score_files(scene, optical, limit=10 * 50 * 50)
        assert some == score_files(scene, optical, limit=10 * 50 * 50)
    assert 0.3 < some["pixels"] / whole["pixels"] < 0.8
    assert some["gac"] == pytest.approx(whole["gac"], abs=0.15)


def test_nothing_to_compare(write: Write, pair) -> None:
    flat = write(np.full((4, 200, 220), 900, np.uint16), "flat.tif", names=BANDS)
    far = write(
        np.rint(pair.dn).astype(np.uint16),
        "far.tif",
        names=BANDS,
        transform=Affine(10, 0, 700_000, 0, -10, 5_400_000),
    )
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        for path in (flat, far):
            report = score_files(scene, path)
            assert report["gac"] is None and report["cfog"] is None and not report["flag"]
            assert report["note"].template == NOTHING_TO_COMPARE


def test_a_copy_is_flagged(write: Write, pair) -> None:
    copy = (1e4 * 10 ** (pair.s1[[0, 1, 0, 1]] / 20)).astype(np.float32)
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        report = score_files(scene, write(copy, "copy.tif", names=BANDS))
    assert report["flag"] and "speckle" in report["note"]
    assert isinstance(report["note"], Message)


def test_unknown_bands_and_stopping(write: Write, pair, tmp_path: Path) -> None:
    with open_scene((write(pair.s1, names=("VV", "VH")),)) as scene:
        with raises(OutputError, "bands-not-identified", "3"):
            score_files(scene, write(pair.dn[:3], "three.tif"))
        with raises(OutputError, "image-unreadable"):
            score_files(scene, tmp_path / "nothing.tif")

        def stop() -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            score_files(scene, write(pair.dn, "four.tif"), tick=stop)
