"""LPIPS: refused in words where its weights are absent, and right where they are."""

from __future__ import annotations

import pytest
import torch

from gac_core.contract.errors import BundleError
from tests.problems import raises
from tests.training.places import blurred, holed, noisy, place, twelve
from training.losses import RefineLoss, RefineWeights, picture
from training.losses.masks import ValidMask
from training.scores import score_image


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """An empty torch hub cache."""
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    (tmp_path / "checkpoints").mkdir()
    return tmp_path


@pytest.fixture
def trunk(hub):
    """AlexNet's convolutions with random weights, under their published names."""
    from torchvision.models import AlexNet_Weights, alexnet

    assert AlexNet_Weights.IMAGENET1K_V1.url.endswith(picture.TRUNK)
    torch.manual_seed(0)
    state = {f"features.{n}": v for n, v in alexnet(weights=None).features.state_dict().items()}
    torch.save(state, picture.weights_file())
    return state


def test_absent_weights_are_told_of_and_nothing_is_fetched(hub):
    assert not picture.available()
    with raises(BundleError, "alexnet-missing") as caught:
        RefineLoss(RefineWeights(lpips=0.1))
    assert caught.value.remedy
    assert not list((hub / "checkpoints").iterdir())
    fields = place(64)
    s1, dn = fields.s1[0].numpy(), fields.target[0].numpy()
    assert "lpips" not in score_image(s1, dn, dn)
    with pytest.raises(BundleError):
        score_image(s1, dn, dn, names=["lpips"])


def test_distance_of_true_colours(trunk):
    fields = place(96, dtype=torch.float32)
    network = picture.Lpips()
    assert not any(p.requires_grad for p in network.parameters())
    first = network.network.net.state_dict()
    assert torch.equal(first["slice1.0.weight"], trunk["features.0.weight"])

    where = ValidMask.from_mask(holed(fields.mask), 4)
    image = fields.target
    near, far = blurred(image, 0.7), noisy(image, 600)
    costs = [float(network(x, image, where).mean) for x in (image, near, far)]
    assert costs[0] == 0 and 0 < costs[1] < costs[2]

    # Infrared, unknown pixels, and what is beyond the stretch change nothing.
    other = image.clone()
    other[:, 3] = 0
    other[~where.full()] = torch.nan
    assert float(network(where.zero_unknown(other), image, where).mean) == 0

    loss = RefineLoss(RefineWeights(lpips=1.0))
    found = far.clone().requires_grad_()
    mask = twelve(holed(fields.mask).expand(-1, 4, -1, -1))
    part = loss(*map(twelve, (found, image, image)), mask)["lpips"].mean
    part.backward()
    assert part.item() == pytest.approx(costs[2], rel=1e-4) and found.grad.any()
