"""BigEarthNet v2 in its official layout."""

from __future__ import annotations

import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rasterio

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import backscatter
from tests.problems import raises
from tests.training.data.made import PATCHES, landscape, write_bigearthnet
from training.data import DataError, open_source
from training.data.bigearthnet import find_patches

ODD = PATCHES[1]
"""The patch whose radar image's name shares nothing with its own."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_bigearthnet(tmp_path_factory.mktemp("ben"))


def test_patches_are_paired_by_the_full_name_in_the_metadata(root):
    source = open_source(root)
    assert source.names == [name for name, _ in PATCHES]
    assert source.tiles == ["T33UUP", "T34VER", "T29UPV"]
    for i in range(3):
        pair = source.read(i)
        assert np.array_equal(pair.s1, backscatter(120, 120, i))


def test_what_a_patch_tells_of_itself(root):
    pair = open_source(root, biomes={"T34VER": 6}).read(1)
    assert pair.name == ODD[0] and pair.tile == "T34VER"
    assert pair.date == "2018-05-25" and pair.month == 5
    assert pair.biome == 6 and pair.modality == "S1GRD" and "Austria" in pair.source
    assert pair.lat == pytest.approx(48.75, abs=0.01)
    assert open_source(root).read(1).biome == 4, "by place, where no table tells"
    assert all(pair.bands) and pair.valid.all()


def test_coarse_bands_are_resampled_bilinearly(root):
    pair = open_source(root).read(0)
    true = landscape(120, 0).astype(np.float32)
    assert pair.s2.shape == (12, 120, 120)
    for band in ("B02", "B03", "B04", "B08"):
        assert np.array_equal(pair.s2[S2_BANDS.index(band)], true[S2_BANDS.index(band)])
    b05 = S2_BANDS.index("B05")
    coarse = true[b05].reshape(60, 2, 60, 2).mean((1, 3))
    # Between the middles of two coarse pixels, a quarter of the way and three quarters.
    row = coarse[10, 9:12] * 0.75 + coarse[11, 9:12] * 0.25
    expected = row[1] * 0.75 + row[2] * 0.25
    assert pair.s2[b05, 21, 21] == pytest.approx(expected, abs=2)


def test_doubtful_patches_are_left_out_only_where_asked(root):
    assert len(find_patches(root)) == 3
    assert [p.name for p in find_patches(root, without_doubts=True)] == [
        PATCHES[0][0], PATCHES[2][0],
    ]  # fmt: skip


def test_part_of_the_data_is_enough(root, tmp_path):
    part = shutil.copytree(root, tmp_path / "part")
    shutil.rmtree(next(part.glob(f"BigEarthNet-S2/*/{PATCHES[0][0]}")))
    assert open_source(part).names == [PATCHES[1][0], PATCHES[2][0]]
    shutil.rmtree(part / "BigEarthNet-S1")
    with raises(DataError, "bigearthnet-folder-missing", "BigEarthNet-S1"):
        open_source(part)
    (part / "BigEarthNet-S1").mkdir()
    with raises(DataError, "patches-without-folders", PATCHES[0][0]):
        open_source(part)


def test_fills_that_no_file_declares_are_unknown(tmp_path):
    root = write_bigearthnet(tmp_path, PATCHES[:1])
    for file, fill in (("*_VH.tif", -9999), ("*_B02.tif", 65535)):
        with rasterio.open(next(root.rglob(file)), "r+") as band:
            values = band.read()
            values[:, :20, :20] = fill
            band.write(values)
    pair = open_source(root).read(0)
    assert np.isnan(pair.s1[:, :20, :20]).all() and np.isnan(pair.s2[1, :20, :20]).all()
    assert not pair.valid[:20, :20].any() and pair.valid[20:].all()


def test_a_missing_band_is_named(root, tmp_path):
    part = shutil.copytree(root, tmp_path / "part")
    next(part.glob(f"BigEarthNet-S2/*/*/{ODD[0]}_B11.tif")).unlink()
    with raises(DataError, "pair-file-missing", f"{ODD[0]}_B11.tif"):
        open_source(part)


def test_patches_without_a_radar_image_are_left_out(root, tmp_path):
    part = shutil.copytree(root, tmp_path / "part")
    table = pq.read_table(part / "metadata.parquet").to_pydict()
    table["s1_name"][0] = None
    pq.write_table(pa.table(table), part / "metadata.parquet")
    assert open_source(part).names == [PATCHES[1][0], PATCHES[2][0]]
    table["s1_name"] = pa.array([None] * 3, pa.string())
    pq.write_table(pa.table(table), part / "metadata.parquet")
    with raises(DataError, "metadata-without-pairs", "metadata.parquet"):
        open_source(part)


def test_metadata_that_is_none_is_refused(root, tmp_path):
    (tmp_path / "metadata.parquet").write_text("patch_id,s1_name")
    with raises(DataError, "metadata-unreadable", "metadata.parquet"):
        open_source(tmp_path)
