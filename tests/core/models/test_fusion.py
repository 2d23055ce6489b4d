"""What stage 3 does with TerraMind's answer: shares, corrections, and what is kept of them."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from gac_core.errors import BundleError
from gac_core.grid import Window
from gac_core.models.card import read_bundle
from gac_core.models.convnext import ResidualConvNeXt
from gac_core.models.detail import detail_of, local_mean
from gac_core.models.fusion import fuse_images
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.terramind import output_std
from gac_core.stages.ground import Ground
from tests.core.tiny import tiny_card, write_tiny_bundle

SIGMA = 8.0


@pytest.fixture(scope="module")
def images():
    """Radar, opt_v2 in DN, and a standardised answer."""
    rng = np.random.default_rng(1)
    fields = rng.standard_normal((10, 160, 160))
    smooth = torch.from_numpy(gaussian_filter(fields, (0, 3, 3)) * 10).float()[None]
    return smooth[:, :2], 1500 + 400 * smooth[:, 2:6], smooth[:, 6:] * 0.3


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    made = ResidualConvNeXt(in_channels=10, out_channels=4, width=8, depth=1)
    torch.nn.init.normal_(made.out.weight, std=0.3)
    torch.nn.init.constant_(made.out.bias, 0.5)
    return made.eval().requires_grad_(False)


def test_the_local_mean_is_scipys():
    image = np.random.default_rng(0).standard_normal((64, 80))
    found = local_mean(torch.from_numpy(image)[None, None], SIGMA)[0, 0].numpy()
    assert np.allclose(found, gaussian_filter(image, SIGMA, mode="mirror", truncate=3.0), atol=1e-6)


def test_nothing_of_a_level_or_a_long_wave_is_detail():
    column = torch.arange(160.0)
    assert detail_of(torch.full((1, 2, 96, 96), 7.0), SIGMA).abs().max() < 1e-4
    wave = torch.sin(2 * torch.pi * column / 320).expand(1, 1, 160, 160)
    assert detail_of(wave, SIGMA).abs()[..., 24:-24].max() < 0.02
    edge = (column > 80).float().expand(1, 1, 160, 160)
    assert detail_of(edge, SIGMA)[..., 81].min() > 0.4


def test_the_residual_share_leads_from_opt_v2_to_the_answer(images):
    radar, shown, answer = images
    none, half, whole = (fuse_images(radar, shown, answer, share) for share in (0.0, 0.5, 1.0))
    assert torch.equal(none, shown)
    assert torch.allclose(half, (shown + whole) / 2)
    assert not torch.allclose(whole, shown, atol=50)


def test_a_correction_kept_to_detail_leaves_colours_as_they_are(images, network):
    radar, shown, answer = images
    free = fuse_images(radar, shown, answer, 0.0, network) - shown
    kept = fuse_images(radar, shown, answer, 0.0, network, SIGMA) - shown
    scale = output_std(shown)
    shift = (local_mean(free / scale, 2 * SIGMA)).abs().mean()
    assert shift > 0.3, "the network shifts colours, or this shows nothing"
    assert local_mean(kept / scale, 2 * SIGMA).abs().mean() < 0.05 * shift
    # What it says about edges stays.
    assert kept.std() > 0.5 * free.std()
    assert torch.equal(fuse_images(radar, shown, answer, 0.0, network, None) - shown, free)


def test_two_tiles_agree_on_what_is_detail(images, network):
    """Tiles of 96 that share 32, of which the outer 8 are not used: as the engine cuts."""
    parts = [[image[..., :96, left : left + 96] for image in images] for left in (0, 64)]
    west, east = (fuse_images(*part, 0.0, network, SIGMA) - part[1] for part in parts)
    both = west[..., 8:-8, 72:88], east[..., 8:-8, 8:24]
    apart = (both[0] - both[1]).pow(2).mean().sqrt()
    assert apart < 0.1 * both[0].std()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture
def with_detail(tiny, tmp_path):
    def written(detail):
        folder = tmp_path / f"detail {detail}"
        shutil.copytree(tiny, folder)
        card = tiny_card(tiny)
        card["grounding"]["fusion"]["detail"] = detail
        (folder / "bundle.json").write_text(json.dumps(card))
        return folder

    return written


def test_a_card_may_keep_the_fusion_to_detail(tiny, with_detail):
    rng = np.random.default_rng(0)
    inputs = {
        name: rng.normal(mean, spread, (1, channels, 96, 96)).astype(np.float32)
        for name, channels, mean, spread in (
            ("s1", 2, -15, 3), ("opt_v1", 12, 1500, 300), ("opt_v2", 4, 1500, 300),
        )
    }  # fmt: skip

    def computed(folder):
        models = Models(read_bundle(folder), Library(), torch.device("cpu"))
        stage = Ground(models, "S1GRD", 0, 1, lambda: None)
        return stage.compute([Window(0, 0, 96, 96)], inputs)

    free, null, kept = (computed(f) for f in (tiny, with_detail(None), with_detail(SIGMA)))
    assert np.array_equal(free, null)
    share = tiny_card(tiny)["grounding"]["residual"]
    mixed = torch.from_numpy(kept - free)
    assert share < 1 and mixed.abs().max() > 1
    # What was taken away is the correction's local mean, and that alone.
    assert detail_of(mixed, 2.0).std() < 0.1 * mixed.std()


@pytest.mark.parametrize("detail", [0, -3.0, "8", True, float("nan"), [8]])
def test_a_detail_that_is_none_is_refused(with_detail, detail):
    with pytest.raises(BundleError, match="detail is"):
        read_bundle(with_detail(detail))


def test_a_detail_too_wide_for_the_overlap_is_refused(with_detail):
    assert read_bundle(with_detail(16)).grounding.detail == 16
    with pytest.raises(BundleError, match="share 32"):
        read_bundle(with_detail(17))


def test_a_stage_that_changes_nothing_says_so(tiny, tmp_path):
    notes = []
    for residual in (0.0, 0.5):
        folder = tmp_path / f"residual {residual}"
        shutil.copytree(tiny, folder)
        card = tiny_card(tiny)
        card["grounding"] |= {"residual": residual, "fusion": None}
        (folder / "bundle.json").write_text(json.dumps(card))
        notes.append(" ".join(read_bundle(folder).notes))
    assert "Stage 3 leaves the image as it is" in notes[0]
    assert "Stage 3" not in notes[1]
