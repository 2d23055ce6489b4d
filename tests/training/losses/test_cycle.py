"""The cycle loss: what contradicts the radar costs, what the real image has does not."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.training.places import blurred
from training.losses import GroundLoss, GroundWeights
from training.losses.masks import ValidMask
from training.losses.sar import contrast, cycle_excess, multilook

BANDS = [1, 2, 3, 7]


@pytest.fixture
def places(regressor_pairs):
    """Radar and real images (6, C, 96, 96) that the regressor has not seen."""
    pairs = regressor_pairs.read(regressor_pairs.val)
    s1 = torch.from_numpy(np.stack([pair.s1 for pair in pairs]))
    target = torch.from_numpy(np.stack([pair.s2[BANDS] for pair in pairs]))
    return s1, target, ValidMask.from_mask(torch.ones(len(pairs), 1, 96, 96, dtype=torch.bool), 4)


@pytest.fixture
def cost(taught, places):
    s1, target, where = places
    return lambda image: cycle_excess(taught[0], s1, image, target, where)


def speckle(like, seed=0):
    """One-look speckle in amplitude, the same in all bands."""
    drawn = np.random.default_rng(seed).exponential(size=(len(like), 1, *like.shape[-2:]))
    return torch.from_numpy(np.sqrt(drawn)).to(like.dtype) / 0.886


def test_what_contradicts_the_radar_costs(cost, places):
    target = places[1]
    flat = target.mean((2, 3), keepdim=True).expand_as(target)
    real, soft, even, flipped = (
        cost(x) for x in (target, blurred(target, 0.7), flat, target.flip(-1))
    )
    assert real.total == 0 and int(real.count) == len(target)
    assert 4 * soft.mean < even.mean and 4 * soft.mean < flipped.mean
    assert min(even.mean, flipped.mean) > 0.1


@pytest.mark.parametrize("seed", range(3))
def test_printed_speckle_gains_nothing(cost, places, seed):
    """On the real image, and on smooth ones, which have none of its roughness."""
    target = places[1]
    for image in (target, blurred(target, 2.0), blurred(target, 5.0)):
        assert cost(image * speckle(target, seed)).mean > cost(image).mean


def test_the_radars_own_grain_gains_next_to_nothing(cost, places):
    """Detail finer than a window averages out; the radar's edges are no speckle."""
    s1, target, _ = places
    power = torch.nan_to_num(10 ** (s1[:, :1] / 10), nan=0.05)
    grain = torch.sqrt(power / blurred(power, 1.0))
    assert cost(target * grain).mean > 0.005
    for image in (blurred(target, 2.0), blurred(target, 5.0)):
        assert cost(image * grain).mean > 0.9 * cost(image).mean


def test_it_pulls_no_further_than_the_real_image(taught, places):
    """An answer between the real image's and the radar costs nothing and pulls nowhere."""
    s1, target, where = places
    radar, windows = multilook(s1, where)

    class Answers(torch.nn.Module):
        """The image's first two bands, at windows, are its answer."""

        radar_std = torch.ones(2)

        def forward(self, dn, whole):
            return dn[:, :2, : radar.shape[2], : radar.shape[3]]

    real = torch.zeros_like(target)
    real[:, :2, : radar.shape[2], : radar.shape[3]] = radar + 2 * torch.randn_like(radar)
    aim = torch.zeros_like(target)
    aim[:, :2, : radar.shape[2], : radar.shape[3]] = radar
    for share in (0.0, 0.3, 1.0):
        image = (real + share * (aim - real)).requires_grad_()
        part = cycle_excess(Answers(), s1, image, real, where)
        (gradient,) = torch.autograd.grad(part.total, image)
        assert part.mean.item() < 1e-5
        if share:
            assert gradient.abs().max() < 1e-6
    # As far again on the side away from the radar, it costs as much as the real one is off.
    away = real + (real - aim)
    expected = contrast(real[:, :2, : radar.shape[2], : radar.shape[3]] - radar, windows)
    weights = windows.expand_as(expected)
    means = [(e.abs() * w).sum() / w.sum() for e, w in zip(expected, weights, strict=True)]
    part = cycle_excess(Answers(), s1, away, real, where)
    assert float(part.mean) == pytest.approx(float(torch.stack(means).mean()), rel=1e-3)


def test_unknown_pixels_and_samples_without_a_band_do_not_count(taught, places):
    s1, target, _ = places
    mask = torch.ones(len(target), 4, 96, 96, dtype=torch.bool)
    mask[0, :, 40:70] = False
    mask[1, 2] = False
    mask[2] = False
    where = ValidMask.from_mask(mask, 4)
    image = target.flip(-1)
    plain = cycle_excess(
        taught[0], s1, where.zero_unknown(image), where.zero_unknown(target), where
    )
    assert int(plain.count) == len(target) - 2
    spoilt = s1.clone()
    spoilt[0, :, 45:60] = 30.0
    spoilt[1:3] = torch.nan
    again = cycle_excess(
        taught[0], spoilt, where.zero_unknown(image), where.zero_unknown(target), where
    )
    assert again.total == plain.total and again.count == plain.count


def test_part_of_grounding(taught, places):
    """Only with a regressor and a weight; the regressor learns nothing more."""
    s1, target, where = places
    weights = {name: float(name in ("cycle", "level")) for name in vars(GroundWeights())}
    image = blurred(target, 3.0).requires_grad_()
    arguments = (image, target, target, s1, where.pixels, image, target)
    assert set(GroundLoss(GroundWeights(**weights))(*arguments)) == {"level"}
    none = GroundLoss(GroundWeights(**{**weights, "cycle": 0.0}), taught[0])
    assert set(none(*arguments)) == {"level"} and none.regressor is None
    part = GroundLoss(GroundWeights(**{**weights, "cycle": 2.0}), taught[0])(*arguments)["cycle"]
    part.mean.backward()
    plain = cycle_excess(taught[0], s1, image.detach(), target, where)
    assert part.mean.item() == pytest.approx(2 * float(plain.mean))
    assert image.grad.abs().max() > 0
    assert all(p.grad is None for p in taught[0].parameters())
