"""Stage 3's bridge: where it starts, how it is crossed, whose noise it has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import MOST_STEPS
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.grid import Window
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.loading import Models
from gac_core.stages.base import TokenStage
from gac_core.stages.ground import Ground, ground_stage
from tests.core.conftest import backscatter
from tests.core.tiny import BRIDGE, randomise, write_tiny_bundle

CPU = torch.device("cpu")
DIM = 16


def bridge(*, trained=True, **changes):
    torch.manual_seed(0)
    made = Bridge(replace(BRIDGE, **changes), DIM)
    if trained:
        randomise(made.flow.out, 0.3)
    return made.eval().requires_grad_(False)


def inputs(side=48, count=1, seed=0):
    """opt_v2, radar, TerraMind's features and noise."""
    generator = torch.Generator().manual_seed(seed)
    opt_v2 = (1500 + 200 * torch.randn(count, 4, side, side, generator=generator)).clamp_min(1)
    s1 = torch.from_numpy(np.stack([backscatter(side, side, seed + i) for i in range(count)]))
    maps = torch.randn(count, DIM, side // 16, side // 16, generator=generator)
    return opt_v2, s1, maps, torch.randn(count, 4, side, side, generator=generator)


def crossed(network, parts, modality="S1GRD", steps=2, **options):
    opt_v2, s1, maps, noise = parts
    return network.cross(opt_v2, s1, modality, maps, noise, steps, **options)


@pytest.mark.parametrize("size", [(48, 48), (37, 53)])
def test_the_velocity_has_the_image_s_size(size):
    image, start = torch.randn(2, 2, 4, *size)
    radar, maps = torch.randn(2, 6, *size), torch.randn(2, DIM, 3, 3)
    found = bridge()(image, torch.rand(2), start, radar, maps)
    assert found.shape == image.shape and found.std() > 0


def test_a_bridge_that_starts_leads_to_where_it_begins():
    parts = inputs()
    found = crossed(bridge(trained=False, noise=0.0), parts)
    assert torch.allclose(found, parts[0], rtol=1e-4)
    noisy = crossed(bridge(trained=False, noise=0.2), parts)
    # On the root scale what was added is the noise, a fifth of its deviation.
    added = (noisy.sqrt() - parts[0].sqrt()) / 10
    assert torch.allclose(added, 0.2 * parts[3], atol=1e-3)


def test_velocity_is_followed_in_as_many_steps_as_asked():
    parts, network = inputs(), bridge(noise=0.0)
    passes = []
    for steps in (1, 2, 5):
        crossed(network, parts, steps=steps, check=lambda: passes.append(1))
    assert len(passes) == 8
    # A velocity that is the same everywhere leads to one end, in however many steps.
    constant = bridge(trained=False, noise=0.0)
    torch.nn.init.constant_(constant.flow.out.bias, 0.5)
    ends = [crossed(constant, parts, steps=steps) for steps in (1, 4)]
    assert torch.allclose(*ends, rtol=1e-4)
    assert torch.allclose(ends[0].sqrt() / 10, parts[0].sqrt() / 10 + 0.5, atol=1e-3)


def test_time_and_what_it_is_shown_make_a_difference():
    torch.manual_seed(0)
    network = bridge()
    randomise(network.flow.down[0].films[0], 0.5)
    image, start = torch.randn(2, 1, 4, 48, 48)
    radar, maps = torch.randn(1, 6, 48, 48), torch.randn(1, DIM, 3, 3)
    time = torch.zeros(1)
    plain = network(image, time, start, radar, maps)
    for other in (
        network(image, time + 1, start, radar, maps),
        network(image, time, start + 1, radar, maps),
        network(image, time, start, -radar, maps),
        network(image, time, start, radar, -maps),
    ):
        assert (other - plain).abs().max() > 1e-3


def test_each_sample_is_crossed_with_its_own_kind_of_radar():
    network, parts = bridge(), inputs(count=2)
    both = crossed(network, parts, ["S1GRD", "S1RTC"])
    for i, modality in enumerate(("S1GRD", "S1RTC")):
        alone = crossed(network, tuple(part[i : i + 1] for part in parts), modality)
        assert torch.allclose(both[i : i + 1], alone, rtol=1e-3)
    other = crossed(network, parts, "S1GRD")
    assert not torch.allclose(both[1], other[1], rtol=1e-3)


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"steps": MOST_STEPS + 1}, {"steps": "many"}, {"steps": True},
              {"noise": 2}, {"noise": -0.1}, {"noise": float("nan")}, {"widths": 8}, {"way": 1}],
)  # fmt: skip
def test_shapes_that_are_none(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        BridgeShape.from_dict({**BRIDGE.to_dict(), **wrong})
    assert BridgeShape.from_dict(BRIDGE.to_dict()) == BRIDGE


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    torch.set_num_threads(1)
    folder = write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")
    return Models(read_bundle(folder), Library(), CPU)


def images(*windows):
    """Radar and opt_v2 of windows, cut from one image of the world."""
    s1, rng = backscatter(160, 160, 3), np.random.default_rng(0)
    optical = rng.normal(1500, 300, (12, 160, 160)).clip(1).astype(np.float32)
    return {
        name: np.stack([image[:, w.row : w.stop_row, w.col : w.stop_col] for w in windows])
        for name, image in (("s1", s1), ("opt_v2", optical))
    }


WINDOWS = (Window(0, 0, 96, 96), Window(0, 64, 96, 96), Window(64, 32, 96, 96))


def test_stage_three_is_computed_in_tiles_to_the_same_bits_in_any_batch(models):
    stage = ground_stage(models, "S1GRD", 5, 2, lambda: None)
    assert isinstance(stage, Ground) and not isinstance(stage, TokenStage)
    together = stage.compute(WINDOWS, images(*WINDOWS))
    assert together.shape == (3, 4, 96, 96)
    for i, window in enumerate(WINDOWS):
        assert np.array_equal(stage.compute([window], images(window))[0], together[i])
    other = ground_stage(models, "S1GRD", 6, 2, lambda: None).compute(WINDOWS, images(*WINDOWS))
    assert not np.array_equal(other, together)


def test_noise_belongs_to_a_place_so_that_tiles_blend(models):
    """A bridge that adds nothing but its noise gives one image where two tiles overlap."""
    still = Bridge(replace(BRIDGE, noise=0.5), models.bundle.terramind["dim"]).eval()
    stage = Ground(models, still, "S1GRD", 0, 2, lambda: None)
    west, east = stage.compute(WINDOWS[:2], images(*WINDOWS[:2]))
    assert np.array_equal(west[..., 64:], east[..., :32])
    shown = images(WINDOWS[0])["opt_v2"][0, list(OUTPUT_INDEX)]
    assert np.abs(west - shown).mean() > 50


def test_a_run_s_own_number_of_steps_wins_over_the_bundle_s(models):
    passes = []
    stage = ground_stage(models, "S1GRD", 0, 7, lambda: passes.append(1))
    stage.compute(WINDOWS[:1], images(WINDOWS[0]))
    assert len(passes) == 8, "one before TerraMind is asked, one before each step"
    assert models.bundle.grounding.steps == BRIDGE.steps
