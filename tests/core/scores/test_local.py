"""The map of agreement: planted contradictions show up where they are, and only there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import Cancelled, OutputError
from gac_core.scene import open_scene
from gac_core.scores import rasters, write_agreement_map
from gac_core.scores.rasters import NULL_HIGH, REACH, REAL_MEDIAN, local_agreement
from tests.core.scores.conftest import make_pair

BANDS = ("B02", "B03", "B04", "B08")
SIZE = 320


@pytest.fixture(scope="module")
def place():
    return make_pair(SIZE, SIZE, number=300)


def red(values: np.ndarray) -> float:
    """Share of what is judged that agrees no more than another place's image."""
    judged = values[np.isfinite(values)]
    return float((judged < NULL_HIGH).mean())


def test_an_image_of_the_place_agrees_everywhere(place) -> None:
    values = local_agreement(place.s1.astype(float), place.dn.astype(float))
    assert values.shape == (SIZE, SIZE) and values.dtype == np.float32
    assert np.isfinite(values).mean() > 0.95
    assert red(values) < 0.02 and np.nanmedian(values) > REAL_MEDIAN


def test_a_copy_of_the_radar_agrees_better_than_real_images(place) -> None:
    copy = 1e4 * np.sqrt(10 ** (place.s1.astype(float) / 10))[[0, 1, 0, 1]]
    values = local_agreement(place.s1.astype(float), copy)
    assert np.nanmin(values) > REAL_MEDIAN


@pytest.mark.parametrize("kind", ["flipped", "another place"])
def test_a_planted_quarter_is_red_and_nothing_else(place, kind) -> None:
    half, dn = SIZE // 2, place.dn.astype(float).copy()
    other = make_pair(SIZE, SIZE, seed=77, number=300).dn
    planted = dn[:, :half, :half][:, ::-1] if kind == "flipped" else other[:, :half, :half]
    dn[:, :half, :half] = planted
    values = local_agreement(place.s1.astype(float), dn)
    inner = half - REACH // 2
    assert red(values[:inner, :inner]) > 0.8
    outside = [values[half + REACH // 2 :], values[:, half + REACH // 2 :]]
    assert all(red(part) < 0.02 for part in outside)


def test_contrast_does_not_matter(place) -> None:
    reversed_ = 1e7 / np.maximum(place.dn.astype(float), 1.0)
    values = local_agreement(place.s1.astype(float), reversed_)
    assert red(values) < 0.05


def test_flat_radar_says_nothing(place) -> None:
    rng = np.random.default_rng(0)
    s1 = place.s1.astype(float).copy()
    flat = 10 * np.log10(rng.gamma(4.4, 1 / 4.4, (2, SIZE, SIZE // 2))) - 12
    s1[:, :, SIZE // 2 :] = flat
    values = local_agreement(s1, place.dn.astype(float))
    assert np.isnan(values[:, SIZE // 2 + REACH :]).all()
    assert np.isfinite(values[:, : SIZE // 2 - 16]).mean() > 0.98


def test_flat_image_where_the_radar_has_edges_is_no_agreement(place) -> None:
    values = local_agreement(place.s1.astype(float), np.full((4, SIZE, SIZE), 1000.0))
    assert np.nanmax(np.abs(values)) < NULL_HIGH


def test_no_data_stays_no_data(place) -> None:
    dn = place.dn.astype(float).copy()
    dn[:, 100:140, 100:140] = np.nan
    values = local_agreement(place.s1.astype(float), dn)
    assert np.isnan(values[100:140, 100:140]).all()
    assert np.isfinite(values[160:200, 160:200]).mean() > 0.98
    assert np.isnan(local_agreement(place.s1.astype(float), np.full_like(dn, np.nan))).all()


@pytest.fixture
def files(write, place):
    dn = np.rint(place.dn).astype(np.uint16)
    dn[:, 20:30, 50:90] = 0
    optical = write(dn, "optical.tif", names=BANDS, nodata=0)
    with open_scene((write(place.s1, names=("VV", "VH")),)) as scene:
        yield scene, optical, dn


def test_blocks_give_the_map_of_the_whole(files, place, tmp_path: Path, monkeypatch) -> None:
    scene, optical, dn = files
    monkeypatch.setattr(rasters, "EDGE", 110)
    seen = []
    path = tmp_path / "map.tif"
    write_agreement_map(
        scene, optical, path, tmp_path, tags={"A": "b"}, on_block=lambda *n: seen.append(n)
    )
    whole = dn.astype(float)
    whole[:, (dn == 0).all(axis=0)] = np.nan
    expected = local_agreement(place.s1.astype(float), whole)
    with rasterio.open(path) as file:
        found = file.read(1)
        assert file.dtypes == ("float32",) and np.isnan(file.nodata)
        assert file.descriptions == ("agreement",) and file.tags()["A"] == "b"
        assert str(NULL_HIGH) in file.tags()["TIFFTAG_IMAGEDESCRIPTION"]
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert seen == [(n, 9) for n in range(10)]
    assert not list(tmp_path.glob("map.bil")) and not list(tmp_path.glob("*.hdr"))


def test_it_can_be_stopped_and_leaves_nothing(files, tmp_path: Path) -> None:
    scene, optical, _ = files

    def stop(*_: int) -> None:
        raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_agreement_map(scene, optical, tmp_path / "m.tif", tmp_path, tags={}, on_block=stop)
    assert sorted(tmp_path.iterdir()) == before
    with pytest.raises(OutputError):
        write_agreement_map(scene, tmp_path / "no.tif", tmp_path / "m.tif", tmp_path, tags={})
