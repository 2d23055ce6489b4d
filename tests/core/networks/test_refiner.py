"""Stage 2's network at work: all twelve bands, the radar and the metadata seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.networks.prithvi import build_prithvi
from gac_core.networks.refiner import HeadShape, Metadata, Refiner, RefinerHead
from tests.core.conftest import backscatter
from tests.core.tiny import HEAD, PRITHVI, randomise

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def opt_v1():
    image = 1000 + 300 * torch.randn(1, 12, 96, 96, generator=torch.Generator().manual_seed(0))
    return image.clamp_min(1)


@pytest.fixture(scope="module")
def s1():
    return torch.from_numpy(backscatter(96, 96, 1))[None]


@pytest.fixture(scope="module")
def refiner():
    torch.manual_seed(1)
    made = Refiner(build_prithvi(PRITHVI), RefinerHead(HEAD, PRITHVI.embed_dim))
    randomise(made.head.correct.out)
    randomise(made.head.correct.down[0].films[0], 0.5)
    return made.eval().requires_grad_(False)


def metadata(month=6, biome=4, place=(48.2, 16.4)):
    return Metadata.of_run(1, month, biome, place, CPU)


def test_a_head_that_starts_changes_nothing(opt_v1, s1):
    torch.manual_seed(1)
    starts = Refiner(build_prithvi(PRITHVI), RefinerHead(HEAD, PRITHVI.embed_dim)).eval()
    with torch.no_grad():
        assert torch.allclose(starts(opt_v1, s1, "S1GRD", metadata()), opt_v1, rtol=1e-5)
        # Below 1 DN nothing is told apart.
        dark = starts(opt_v1 - 5000, s1, "S1GRD", metadata())
    assert (dark >= 0).all() and dark.min() < 2


def test_a_head_that_keeps_nothing_of_opt_v1_sees_it_all_the_same(opt_v1, s1):
    torch.manual_seed(1)
    own = Refiner(build_prithvi(PRITHVI), RefinerHead(HEAD, PRITHVI.embed_dim)).eval()
    with torch.no_grad():
        own.head.keep.zero_()
        flat = own(opt_v1, s1, "S1GRD", metadata())
        assert torch.allclose(flat, flat.mean((2, 3), keepdim=True).expand_as(flat))
        randomise(own.head.correct.out)
        images = [own(image, s1, "S1GRD", metadata()) for image in (opt_v1, opt_v1.flip(-1))]
    assert (images[0] - images[1]).abs().max() > 1


def test_prithvi_is_hidden_in_training_alone(opt_v1, s1):
    torch.manual_seed(1)
    head = RefinerHead(HEAD, PRITHVI.embed_dim, hide=1.0)
    randomise(head.correct.out)
    own = Refiner(build_prithvi(PRITHVI), head).eval()
    with torch.no_grad():
        usual = own(opt_v1, s1, "S1GRD", metadata())
        own.head.reduce.weight.mul_(2)
        assert (own(opt_v1, s1, "S1GRD", metadata()) - usual).abs().max() > 1e-2
        own.head.train()
        hidden = own(opt_v1, s1, "S1GRD", metadata())
        own.head.reduce.weight.mul_(2)
        assert torch.equal(own(opt_v1, s1, "S1GRD", metadata()), hidden)


def test_every_band_is_corrected(refiner, opt_v1, s1):
    change = (refiner(opt_v1, s1, "S1GRD", metadata()) - opt_v1).abs().mean((0, 2, 3))
    assert change.shape == (12,) and (change > 1).all()


def test_it_sees_the_radar_its_kind_and_the_metadata(refiner, opt_v1, s1):
    plain = refiner(opt_v1, s1, "S1GRD", metadata())
    for other in (
        refiner(opt_v1, s1.flip(-1), "S1GRD", metadata()),
        refiner(opt_v1, s1, "S1RTC", metadata()),
        refiner(opt_v1, s1, "S1GRD", metadata(month=0)),
        refiner(opt_v1, s1, "S1GRD", metadata(biome=13)),
        refiner(opt_v1, s1, "S1GRD", metadata(place=(-33.0, 151.0))),
    ):
        assert np.abs((other - plain).numpy()).max() > 1e-2


def test_a_head_s_shape_is_read_as_it_was_written():
    assert HeadShape.from_dict(HEAD.to_dict()) == HEAD
    for wrong in ({"smooth": 4.0}, {"width": 16}, {"widths": 8}, {"depths": [1, "2"]}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            HeadShape.from_dict({**HEAD.to_dict(), **wrong})
