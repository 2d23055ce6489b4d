"""Simulated clouds: share, size, ragged edges, shadows, and the references drawn from them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.ndimage import distance_transform_edt
from scipy.special import gamma, kv

from tests.training.evaluation.pairs import simulated, source
from training.data import clouds
from training.data.clouds import Sun, simulate_clouds
from training.data.dataset import PairDataset
from training.data.references import References
from training.sections import CloudsSection

SHAPE = 120, 140


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.8, 1.0])
@pytest.mark.parametrize("margin", [0.0, 80.0])
def test_the_share_is_exact(share, margin):
    mask = simulate_clouds(SHAPE, share, 800, "here", margin=margin)
    assert mask.shape == SHAPE and mask.sum() == round(share * mask.size)


def test_a_name_gives_its_own_clouds_again():
    one, again, other = (simulate_clouds(SHAPE, 0.4, 800, name) for name in "aab")
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def thickness(size, margin=0.0):
    """Mean distance of covered pixels from the edge of their cloud."""
    masks = [simulate_clouds((256, 256), 0.4, size, f"{n}", margin=margin) for n in range(4)]
    return float(np.mean([distance_transform_edt(m)[m].mean() for m in masks]))


def test_larger_clouds_are_thicker_and_grown_ones_too():
    small, middle, large = (thickness(size) for size in (300, 800, 2000))
    assert 1.3 * small < middle and 1.3 * middle < large
    assert thickness(300, 80.0) > 1.5 * small


def test_the_width_of_the_correlation_is_the_size():
    nu, half = clouds.HURST, clouds._HALF
    assert 2 ** (1 - nu) / gamma(nu) * half**nu * kv(nu, half) == pytest.approx(0.5, abs=1e-4)
    rng, size = np.random.default_rng(0), 40.0
    products = []
    for _ in range(30):
        field = clouds._field((400, 400), size, rng)
        field /= field.std()
        products.append(np.mean(field * np.roll(field, round(size / 2), 0)))
    assert np.mean(products) == pytest.approx(0.5, abs=0.06)


def test_edges_are_as_long_as_those_of_real_clouds(monkeypatch):
    """Boxes that the border crosses grow in number with the power of its dimension, 1.35."""
    monkeypatch.setattr(clouds, "HEIGHTS", (0.0, 0.0))
    counts = []
    for box in (8, 32):
        total = 0
        for n in range(6):
            mask = simulate_clouds((512, 512), 0.5, 4000, f"{n}")
            edge = np.zeros_like(mask)
            edge[1:] |= mask[1:] != mask[:-1]
            edge[:, 1:] |= mask[:, 1:] != mask[:, :-1]
            total += edge.reshape(512 // box, box, 512 // box, box).any(axis=(1, 3)).sum()
        counts.append(total)
    dimension = np.log(counts[0] / counts[1]) / np.log(4)
    assert dimension == pytest.approx(1.35, abs=0.1)


def test_shadows_fall_away_from_the_sun(monkeypatch):
    """With the sun low in the south, what is covered repeats itself to the north."""
    monkeypatch.setattr(clouds, "HEIGHTS", (500.0, 500.0))
    field = np.zeros((200, 200))
    field[100:106, 100:106] = 1.0
    monkeypatch.setattr(clouds, "_field", lambda *_: field)
    mask = simulate_clouds((200, 200), 72 / 200**2, 300, "a", Sun(45.0, 180.0))
    assert mask[100:106, 100:106].all() and mask[50:56, 100:106].all()
    mask = simulate_clouds((200, 200), 72 / 200**2, 300, "a", Sun(45.0, 90.0))
    assert mask[100:106, 50:56].all()


def test_the_sun_stands_where_it_does():
    summer, winter = Sun.at(50.0, 6), Sun.at(50.0, 12)
    assert summer.elevation == pytest.approx(58, abs=2) and 120 < summer.azimuth < 150
    assert winter.elevation == pytest.approx(14, abs=2) and 150 < winter.azimuth < 170
    south = Sun.at(-50.0, 6)
    assert south.elevation == pytest.approx(summer.elevation) and 30 < south.azimuth < 60


@pytest.mark.parametrize(("share", "size"), [(-0.1, 300), (1.1, 300), (0.5, 0)])
def test_impossible_clouds_are_refused(share, size):
    with pytest.raises(ValueError, match="share"):
        simulate_clouds(SHAPE, share, size, "a")


def drawn(settings, pairs, count=12):
    references = References(settings, source(*pairs), range(len(pairs)))
    image = np.full((12, 96, 96), 900.0, np.float32)
    rngs = (np.random.default_rng(seed) for seed in range(count))
    return [references.fit(0, pairs[0], image, rng) for rng in rngs]


def test_clear_pixels_are_the_real_image_and_others_agree_with_them():
    pair = simulated(3, "a")
    fits = drawn(CloudsSection(share=0.5, sizes=[300.0]), [pair], 24)
    clouded = [fit for fit in fits if fit is not None]
    assert 6 < len(clouded) < 18
    for fit in clouded:
        assert 0.05 < fit.observed.mean() < 0.95
        assert np.array_equal(fit.image[:, fit.observed], pair.s2[:, fit.observed])
        covered = ~fit.observed
        before = np.abs(900.0 - pair.s2[:, covered]).mean()
        assert np.abs(fit.image[:, covered] - pair.s2[:, covered]).mean() < before


def test_another_date_guides_and_none_of_its_pixels_is_kept():
    now, before, elsewhere = (
        simulated(3, "a", month=6),
        simulated(3, "a", month=9),
        simulated(5, "b"),
    )
    settings = CloudsSection(other_dates=1.0, series=["a"])
    for fit in drawn(settings, [now, before, elsewhere], 3):
        assert not fit.observed.any()
        assert np.abs(fit.image - 900.0).max() > 50
    assert drawn(settings, [now, elsewhere], 2) == [None, None]


class Shown:
    """Images of a previous stage: one grey."""

    def read_for(self, name, s1):
        return np.full((12, *s1.shape[1:]), 900.0, np.float32)


def test_samples_have_the_image_and_the_mask_of_a_reference():
    pairs = [simulated(3, "a"), simulated(4, "b")]

    def dataset(**share):
        references = References(CloudsSection(**share), source(*pairs), [0, 1])
        return PairDataset(
            source(*pairs), [0, 1], crop=64, augment=True, seed=0, stage1=Shown(),
            references=references,
        )  # fmt: skip

    samples = [dataset(share=0.5)[epoch, number] for epoch in range(6) for number in (0, 1)]
    fitted = [sample for sample in samples if sample["fitted"]]
    assert 0 < len(fitted) < len(samples)
    for sample in samples:
        observed = sample["observed"]
        if sample["fitted"]:
            image, real = sample["opt_v1"][:, observed], sample["s2"][:, observed]
            assert torch.equal(image, real)
        else:
            assert not observed.any() and (sample["opt_v1"] == 900).all()
    plain = PairDataset(
        source(*pairs), [0, 1], crop=64, augment=True, seed=0, stage1=Shown()
    )[3, 1]  # fmt: skip
    none = dataset()[3, 1]
    assert set(none) - set(plain) == {"observed", "fitted"}
    assert all(torch.equal(none[key], plain[key]) for key in ("s1", "s2", "opt_v1", "valid"))
