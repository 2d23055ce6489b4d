"""Samples: cut, padded, turned alike, and the same whoever asks for them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import backscatter
from tests.problems import raises
from tests.training.data.made import landscape, write_folders
from training.data import DataError, Pair, open_source
from training.data.dataset import PairDataset, make_sample
from training.data.stage1_outputs import open_or_create, write_image


def pair(height=64, width=64, bands=(True,) * 12, **changes):
    side = max(height, width)
    s2 = landscape(side, 1)[:, :height, :width].astype(np.float32)
    s2[~np.array(bands)] = np.nan
    known = {
        "name": "one",
        "tile": "T34VER",
        "s1": backscatter(side, side)[:, :height, :width],
        "s2": s2,
        "bands": bands,
        "month": 6,
        "biome": 4,
        "lat": 48.2,
        "lon": 16.4,
    }
    return Pair(**{**known, **changes})


def drawn(seed=0):
    return np.random.default_rng(seed)


def test_what_a_sample_is():
    sample = make_sample(pair(), 64, landscape(64, 2).astype(np.float32))
    texts = {"name": "one", "modality": "S1GRD"}
    assert {k: sample[k] for k in texts} == texts
    assert {k: (v.dtype, tuple(v.shape)) for k, v in sample.items() if k not in texts} == {
        "s1": (torch.float32, (2, 64, 64)),
        "s2": (torch.float32, (12, 64, 64)),
        "opt_v1": (torch.float32, (12, 64, 64)),
        "bands": (torch.bool, (12,)),
        "valid": (torch.bool, (64, 64)),
        "month": (torch.int64, ()),
        "biome": (torch.int64, ()),
        "place": (torch.float32, (2,)),
    }
    assert sample["month"] == 6 and sample["biome"] == 4
    assert sample["place"].tolist() == pytest.approx([48.2, 16.4])
    assert np.array_equal(sample["s2"], pair().s2) and sample["valid"].all()


@pytest.mark.parametrize(
    ("lat", "lon", "place"),
    [
        (None, None, (np.nan, np.nan)),
        (-34.6, 301.6, (-34.6, -58.4)),
        (68.0, 180.0, (68.0, -180.0)),
    ],
)
def test_a_sample_s_place_is_within_one_turn_or_unknown(lat, lon, place):
    sample = make_sample(pair(lat=lat, lon=lon), 64)
    assert sample["place"].tolist() == pytest.approx(place, nan_ok=True)


@pytest.mark.parametrize(("height", "width"), [(50, 64), (64, 40), (20, 30), (5, 70)])
def test_smaller_images_are_mirrored_and_the_margin_is_not_valid(height, width):
    whole = pair(height, width)
    sample = make_sample(whole, 64)
    top, left = (64 - min(height, 64)) // 2, (64 - min(width, 64)) // 2
    rows, cols = slice(top, top + height), slice(left, left + min(width, 64))
    start = max(width - 64, 0) // 2
    assert np.array_equal(sample["s2"][:, rows, cols], whole.s2[:, :, start : start + 64])
    assert sample["valid"][rows, cols].all()
    assert sample["valid"].sum() == height * min(width, 64)
    if top:
        assert np.array_equal(sample["s1"][:, top - 1], sample["s1"][:, top])
    assert (sample["s2"] > 0).all()


def test_larger_images_are_cut_in_the_middle_or_anywhere():
    whole = pair(100, 90)
    sample = make_sample(whole, 64)
    assert np.array_equal(sample["s1"], whole.s1[:, 18:82, 13:77])
    places = {
        tuple(
            np.argwhere(
                whole.s2[1] == float(make_sample(whole, 64, None, drawn(i))["s2"][1, 0, 0])
            )[0]
        )
        for i in range(8)
    }
    assert len(places) > 4


def test_all_images_of_a_sample_are_turned_alike():
    whole = pair(80, 70)
    same = np.broadcast_to(whole.s1[:1], (12, 80, 70)).copy()
    seen = set()
    for i in range(24):
        sample = make_sample(pair(80, 70, s2=same), 64, same, drawn(i))
        assert torch.equal(sample["s1"][0], sample["s2"][3])
        assert torch.equal(sample["s1"][0], sample["opt_v1"][11])
        seen.add(_orientation(sample["s1"][0].numpy(), whole.s1[0]))
    assert len(seen) == 8, "four turns, each mirrored or not"


def _orientation(cut, whole):
    for turns in range(4):
        for mirror in (False, True):
            turned = cut[:, ::-1] if mirror else cut
            turned = np.rot90(turned, -turns)
            windows = np.lib.stride_tricks.sliding_window_view(whole, (2, 64))
            if (windows == turned[:2]).all((-2, -1)).any():
                return turns, mirror
    raise AssertionError("the sample is no part of the image")


def test_holes_are_filled_for_networks_and_not_valid():
    whole = pair()
    whole.s1[:, 10:20, 10:20] = np.nan
    whole.s2[:, 40:, :5] = np.nan
    opt_v1 = landscape(64, 2).astype(np.float32)
    opt_v1[:, 10:20, 10:20] = np.nan
    sample = make_sample(whole, 64, opt_v1)
    assert all(torch.isfinite(sample[k]).all() for k in ("s1", "s2", "opt_v1"))
    assert (sample["s1"][:, 10:20, 10:20] < 0).all(), "never 0, which is no radar's value"
    assert (sample["s2"][:, 40:, :5] == 0).all()
    known = np.ones((64, 64), bool)
    known[10:20, 10:20] = known[40:, :5] = False
    assert np.array_equal(sample["valid"], known)


def test_bands_that_lack_are_0_and_do_not_make_pixels_invalid():
    bands = tuple(b in ("B02", "B03", "B04", "B08") for b in S2_BANDS)
    sample = make_sample(pair(bands=bands), 64)
    assert sample["bands"].tolist() == list(bands)
    assert (sample["s2"][0] == 0).all() and (sample["s2"][1] > 0).all()
    assert sample["valid"].all()


def test_the_crop_must_serve_the_networks(tmp_path):
    source = open_source(write_folders(tmp_path, 2))
    with raises(DataError, "crop-not-a-multiple", 100):
        PairDataset(source, [0], crop=100, augment=False, seed=0)
    with raises(DataError, "no-pairs"):
        PairDataset(source, [], crop=64, augment=False, seed=0)


def test_an_image_of_stage_1_of_another_size_is_refused():
    with raises(DataError, "stage1-size-differs", 60, 64):
        make_sample(pair(), 64, landscape(64, 2)[:, :60].astype(np.float32))


def test_a_sample_depends_on_seed_epoch_and_number_alone(tmp_path):
    source = open_source(write_folders(tmp_path, 4))

    def sample(key, seed=0, indices=range(4)):
        dataset = PairDataset(source, indices, crop=32, augment=True, seed=seed)
        return dataset[key]["s1"]

    assert torch.equal(sample((3, 1)), sample((3, 1)))
    assert not torch.equal(sample((3, 1)), sample((4, 1)))
    assert not torch.equal(sample((3, 1)), sample((3, 1), seed=1))
    assert torch.equal(sample(2), sample((0, 2)))
    with pytest.raises(IndexError):
        sample((0, 4))


def test_stage_1_goes_with_its_pair(tmp_path):
    source = open_source(write_folders(tmp_path / "data", 2))
    outputs = open_or_create(tmp_path / "stage1", {"bundle": "tiny"})
    write_image(outputs.folder, "pair_1", landscape(64, 9).astype(np.float32))
    dataset = PairDataset(source, [1, 0], crop=64, augment=False, seed=0, stage1=outputs)
    assert np.array_equal(dataset[0]["opt_v1"], landscape(64, 9).astype(np.float16))
    with raises(DataError, "stage1-image-missing", "pair_0"):
        dataset[1]
    write_image(outputs.folder, "pair_0", landscape(64, 9).astype(np.float32), source.read(1).s1)
    with raises(DataError, "stage1-of-another-radar", "pair_0"):
        dataset[1]


@pytest.mark.parametrize("augment", [True, False])
def test_what_stands_in_for_a_bad_pair_is_judged_once(tmp_path, augment):
    """Training may see a neighbour twice; a mean over held-out pairs must not."""
    source = open_source(write_folders(tmp_path, 3, 32))
    (tmp_path / "pairs" / "pair_1" / "s1.tif").unlink()
    options = {"crop": 32, "augment": augment, "seed": 0, "on_bad": "skip"}
    samples = [PairDataset(source, range(3), **options)[(0, i)] for i in range(3)]
    assert [sample["name"] for sample in samples] == ["pair_0", "pair_2", "pair_2"]
    assert [bool(s["valid"].any()) for s in samples] == [True, augment, True]


def test_bad_pairs_stop_or_are_replaced(tmp_path, caplog):
    source = open_source(write_folders(tmp_path, 4))
    (tmp_path / "pairs" / "pair_1" / "s1.tif").unlink()
    options = {"crop": 32, "augment": False, "seed": 0}
    with raises(DataError, "pair-file-missing", "s1.tif"):
        PairDataset(source, range(4), **options)[1]
    skipping = PairDataset(source, range(4), **options, on_bad="skip")
    assert skipping[1]["name"] == "pair_2"
    assert [record.args[0] for record in caplog.records] == ["pair_1"]
    with raises(DataError, "no-good-pair"):
        PairDataset(source, [1], **options, on_bad="skip")[0]
