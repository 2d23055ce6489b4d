"""Scales: roots of reflectance and back, looks of the radar."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from gac_core.networks.convnext import (
    LOOKS,
    RADAR_CHANNELS,
    from_root,
    local_mean,
    radar_looks,
    to_root,
)
from gac_core.networks.terramind import standardise_radar


def test_roots_lead_back():
    dn = torch.tensor([1.0, 30.0, 400.0, 2500.0, 10_000.0, 28_000.0])
    assert torch.allclose(from_root(to_root(dn)), dn, rtol=1e-5)
    assert float(to_root(torch.tensor(10_000.0))) == pytest.approx(10)


def test_what_is_dark_has_a_root_and_a_gradient_that_ends():
    dark = torch.tensor([-500.0, 0.0, 0.5], requires_grad=True)
    roots = to_root(dark)
    roots.sum().backward()
    assert torch.equal(roots, to_root(torch.ones(3))) and not dark.grad.any()
    assert not from_root(torch.tensor([-3.0, 0.0])).any()


@pytest.mark.parametrize("sigma", LOOKS)
def test_the_local_mean_is_scipys(sigma):
    image = np.random.default_rng(0).standard_normal((64, 80))
    found = local_mean(torch.from_numpy(image)[None, None], sigma)[0, 0].numpy()
    expected = gaussian_filter(image, sigma, mode="mirror", radius=math.ceil(3 * sigma))
    assert np.allclose(found, expected, atol=1e-6)


def test_looks_keep_the_power_and_lose_the_speckle():
    rng = np.random.default_rng(0)
    speckle = 10 * np.log10(rng.gamma(1.0, 1.0, (1, 2, 96, 96))) - 12
    looks = radar_looks(torch.from_numpy(speckle).float(), "S1GRD")
    assert looks.shape == (1, RADAR_CHANNELS, 96, 96)
    # In dB again: one look's mean lies 2.5 dB below its power, many looks' at it.
    mean, std = standardise_radar(torch.tensor([[[[0.0]], [[0.0]]], [[[1.0]], [[1.0]]]]), "S1GRD")
    db = (looks[0].unflatten(0, (-1, 2)) - mean) / (std - mean)
    single, some, many = db[:, 0].flatten(1)
    assert single.mean() == pytest.approx(-14.5, abs=0.2)
    for each in (some, many):
        power = torch.pow(10.0, each / 10).mean()
        assert 10 * power.log10() == pytest.approx(-12.0, abs=0.1)
    assert single.std() > 5 * some.std() > 10 * many.std()


def test_each_sample_has_the_statistics_of_its_own_modality():
    s1 = torch.full((2, 2, 32, 32), -15.0)
    both = radar_looks(s1, ["S1GRD", "S1RTC"])
    for i, modality in enumerate(("S1GRD", "S1RTC")):
        assert torch.equal(both[i : i + 1], radar_looks(s1[:1], modality))
    assert not torch.allclose(both[0], both[1])


@pytest.mark.parametrize("odd", [5000.0, -5000.0, 1e19])
def test_an_odd_value_in_a_file_spoils_no_number(odd):
    s1 = torch.full((1, 2, 64, 64), -15.0)
    s1[..., 30, 30] = odd
    looks = radar_looks(s1, "S1GRD")
    assert looks.isfinite().all() and looks.abs().max() < 100
    assert torch.allclose(looks[..., :8, :8], looks[..., -8:, -8:], atol=1e-3)
