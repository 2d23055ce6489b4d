"""Properties of every part of both losses: zero at the real image, masks, gradients."""

from __future__ import annotations

import pytest
import torch

from tests.training.places import blurred, holed, noisy, place, twelve
from training.losses import GroundLoss, GroundWeights, RefineLoss, RefineWeights

NETWORKS = ("lpips", "cycle", "features", "adversary")
"""Parts of networks, which have tests of their own."""

PARTS = tuple(name for name in vars(GroundWeights()) if name not in NETWORKS)
REFERENCED = tuple(name for name in PARTS if name != "identity")
"""Parts that are 0 for the real image whatever came before."""


FLIPS = {"sar": (-1,), "texture": (-2,)}
"""Which way round an image lacks what the real one has."""


def only(*names):
    return GroundWeights(**{name: float(name in names) for name in vars(GroundWeights())})


def parts(found, target, before, s1, mask, names=PARTS):
    flow = found / 1000, target / 1000
    return means(GroundLoss(only(*names))(found, target, before, s1, mask, *flow))


def of_twelve(*images):
    """Images and their mask, as stage 2 has them."""
    return [twelve(image.expand(-1, 4, -1, -1)) for image in images]


def means(tallies):
    return {name: part.mean for name, part in tallies.items()}


@pytest.fixture(scope="module")
def fields():
    return place(96)


def test_the_real_image_costs_nothing(fields):
    found = parts(fields.target, fields.target, fields.target, fields.s1, fields.mask)
    assert set(found) == set(PARTS)
    assert all(abs(float(value)) < 1e-9 for value in found.values())
    before = blurred(fields.target)
    found = parts(fields.target, fields.target, before, fields.s1, fields.mask, REFERENCED)
    assert all(abs(float(value)) < 1e-9 for value in found.values())


def test_single_precision_costs_next_to_nothing(fields):
    target = fields.target.float()
    found = parts(target, target.clone(), target, fields.s1.float(), fields.mask)
    assert all(abs(float(value)) < 1e-4 for value in found.values())


@pytest.mark.parametrize("name", PARTS)
def test_worse_costs_more(fields, name):
    """Half way to a bad image costs less than all the way, for every part and several faults."""
    bad = {
        "texture": blurred(fields.target.flip(-1)),
        "sar": fields.target.flip(-1),
    }.get(name, noisy(blurred(fields.target) * 1.3 + fields.target.flip(1) * 0.3, 400))
    half = fields.target + 0.5 * (bad - fields.target)
    before = blurred(fields.target, 1.0)
    costs = [
        float(parts(found, fields.target, before, fields.s1, fields.mask, (name,))[name])
        for found in (fields.target, half, bad)
    ]
    assert costs[0] < costs[1] < costs[2]


@pytest.mark.parametrize("mask_channels", [1, 4])
def test_what_is_not_known_never_counts(fields, mask_channels):
    mask = holed(fields.mask).expand(-1, mask_channels, -1, -1)
    found, before = noisy(fields.target, 200), blurred(fields.target)
    plain = parts(found, fields.target, before, fields.s1, mask)
    hidden = ~mask.expand(-1, 4, -1, -1)
    spoilt = [image.clone() for image in (found, fields.target, before)]
    for image, rubbish in zip(spoilt, (float("nan"), 1e9, float("inf")), strict=True):
        image[hidden] = rubbish
    spoilt[0].requires_grad_()
    again = parts(*spoilt, fields.s1, mask)
    assert all(again[name].item() == plain[name].item() for name in PARTS)
    sum(again.values()).backward()
    gradient = spoilt[0].grad
    assert gradient.isfinite().all()
    assert (gradient[hidden] == 0).all() and gradient[~hidden].any()


def test_a_missing_band_never_counts(fields):
    mask = fields.mask.repeat(1, 4, 1, 1)
    mask[:, 1] = False
    found, before = noisy(fields.target, 200), blurred(fields.target)
    plain = parts(found, fields.target, before, fields.s1, mask)
    lacking = fields.target.clone()
    lacking[:, 1] = 0
    other = found.clone().requires_grad_()
    again = parts(other, lacking, before, fields.s1, mask)
    assert all(again[name].item() == plain[name].item() for name in PARTS)
    sum(again.values()).backward()
    assert (other.grad[:, 1] == 0).all() and (other.grad[:, [0, 2, 3]] != 0).any()
    whole = parts(found, fields.target, before, fields.s1, fields.mask)
    assert all(again[name].item() > 0 for name in ("level", "structure", "ms_ssim", "angle"))
    assert float(whole["level"]) != float(plain["level"])


def test_nothing_known_adds_neither_total_nor_count(fields):
    nothing = torch.zeros_like(fields.mask)
    found = (fields.target * torch.nan).requires_grad_()
    images = found, fields.target, fields.target
    tallies = GroundLoss(only(*PARTS))(*images, fields.s1, nothing, found, fields.target)
    assert set(tallies) == set(PARTS)
    assert all(part.total.item() == 0 and part.count == 0 for part in tallies.values())
    sum(means(tallies).values()).backward()
    assert (found.grad == 0).all()


def test_a_sample_without_pixels_leaves_the_others_alone(fields):
    found, before = noisy(fields.target, 200), blurred(fields.target)
    alone = parts(found, fields.target, before, fields.s1, fields.mask)
    mask = torch.cat([fields.mask, torch.zeros_like(fields.mask)])
    both = [torch.cat([x, x * torch.nan]) for x in (found, fields.target, before, fields.s1)]
    pair = parts(*both, mask)
    assert all(float(pair[n]) == pytest.approx(float(alone[n]), abs=1e-12) for n in PARTS)


def test_radar_nodata_never_counts(fields):
    found = noisy(fields.target, 300)
    gap = torch.zeros_like(fields.s1, dtype=torch.bool)
    gap[..., 40:50, 40:60] = True
    costs = []
    for s1, target in (
        (fields.s1, fields.target),
        (fields.s1, torch.where(gap[:, :1], 1.0, fields.target)),
    ):
        s1 = s1.clone()
        s1[gap] = torch.nan
        costs.append(parts(found, target, target, s1, fields.mask, ("sar", "texture")))
    # GAC leaves out what is near the hole as well; texture the windows that are mostly hole.
    assert float(costs[0]["sar"]) == float(costs[1]["sar"])
    assert float(costs[0]["texture"]) == float(costs[1]["texture"])


@pytest.mark.parametrize("name", PARTS)
def test_gradients_are_those_of_the_numbers(name):
    small = place(32, seed=3)
    mask = small.mask.clone()
    mask[..., :3] = False
    found = noisy(small.target.flip(FLIPS.get(name, ())), 150)
    before = noisy(small.target, 60, seed=1)
    found.requires_grad_()

    def cost(image):
        return parts(image, small.target, before, small.s1, mask, (name,))[name]

    value = cost(found)
    (gradient,) = torch.autograd.grad(value, found)
    assert value.item() > 0
    # Central differences along some directions: torch's gradcheck takes seconds to import.
    for seed in range(3):
        way = noisy(torch.zeros_like(small.target), 1.0, seed)
        with torch.no_grad():
            up, down = cost(found + 1e-4 * way), cost(found - 1e-4 * way)
        expected = (up - down).item() / 2e-4
        assert (gradient * way).sum().item() == pytest.approx(expected, rel=1e-4, abs=1e-7)


def test_flat_images_have_finite_gradients(fields):
    """Water, snow, an untrained network: nothing to correlate, and black pixels."""
    for value in (0.0, 1500.0):
        found = torch.full_like(fields.target, value).requires_grad_()
        flat = torch.full_like(fields.target, 40.0)
        for target in (flat, fields.target):
            cost = sum(parts(found, target, target, fields.s1, fields.mask).values())
            (gradient,) = torch.autograd.grad(cost, found)
            assert cost.isfinite() and gradient.isfinite().all()


def test_refinement_shares_the_picture_parts(fields):
    found, before = noisy(fields.target, 200), blurred(fields.target)
    names = tuple(name for name in vars(RefineWeights()) if name not in ("lpips", "spectrum"))
    weights = RefineWeights(**dict.fromkeys(names, 2.0), spectrum=0.0)
    refine = means(RefineLoss(weights)(*of_twelve(found, fields.target, before, fields.mask)))
    ground = parts(found, fields.target, before, fields.s1, fields.mask, names)
    assert set(refine) == set(names)
    assert all(float(refine[n]) == pytest.approx(2 * float(ground[n])) for n in names)


def test_autocast_does_not_coarsen(fields):
    images = [x.float() for x in (noisy(fields.target, 50), fields.target, fields.target)]
    arguments = of_twelve(*images, fields.mask)
    plain = means(RefineLoss()(*arguments))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        again = means(RefineLoss()(*arguments))
    assert {n: float(v) for n, v in again.items()} == {n: float(v) for n, v in plain.items()}


def test_a_mask_of_another_shape_is_refused(fields):
    with pytest.raises(ValueError, match="mask"):
        RefineLoss()(*[twelve(fields.target)] * 3, fields.mask[0])


def test_the_spectrum_is_of_the_bands_that_users_do_not_see():
    """0.25 times the mean error of ten roots of reflectance, of the bands that a sample has."""
    target = torch.full((2, 12, 32, 32), 1600.0)
    found, mask = target.clone(), torch.ones(2, 12, 32, 32, dtype=torch.bool)
    found[:, 1] = 9000
    found[:, 8] = 2500
    found[1, 0] = 6400
    mask[1, 0] = False
    part = RefineLoss()(found, target, target, mask)["spectrum"]
    # Roots of 0.16 and 0.25, in one of eight bands and in one of seven.
    assert float(part.mean) == pytest.approx(0.25 * (1 / 8 + 1 / 7) / 2, rel=1e-5)
    mask[1, [0, 4, 5, 6, 8, 9, 10, 11]] = False
    counts = RefineLoss().counts(target, target, mask)
    assert counts["spectrum"] == 1 and counts["level"] == 2


def test_the_flow_counts_what_is_known():
    """4 times the mean squared error, each sample's own."""
    image = torch.full((2, 4, 16, 16), 1000.0)
    mask = torch.ones(2, 4, 16, 16, dtype=torch.bool)
    mask[0, :, :8] = False
    wanted = torch.zeros(2, 4, 16, 16)
    velocity = torch.full_like(wanted, 0.5)
    velocity[0, :, :8] = torch.nan
    velocity[1] = 0.1
    s1 = torch.full((2, 2, 16, 16), -12.0)
    weights = GroundWeights(**{**vars(only("flow")), "flow": 4.0})
    parts = GroundLoss(weights)(image, image, image, s1, mask, velocity, wanted)
    assert float(parts["flow"].mean) == pytest.approx(4 * (0.25 + 0.01) / 2)
