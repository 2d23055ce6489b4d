"""Stage 3's module: what it computes, and what it leaves."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.part import base_of, read_part, with_parts
from gac_core.grid import Window
from gac_core.networks.bridge import NOISE_CHANNELS
from gac_core.networks.convnext import from_root, local_mean, to_root
from gac_core.networks.loading import Models
from gac_core.stages.ground import Ground, terramind_features
from gac_core.stages.tensors import noise_for
from tests.training.engine import run_stages
from tests.training.stage3.adapters import build, disturb, parts, total
from training.stage3.adversary import known_pixels
from training.stage3.ground_module import Tuning

CPU = torch.device("cpu")
WINDOW = Window(-960, 96, 96, 96)


@pytest.fixture
def module(bundle, library):
    return build(bundle, library)


def loaded(module, bundle, library, folder):
    """The networks of the bundle with the module's part, from its folder."""
    module.save_part(folder, {}, {})
    return Models(with_parts(bundle, read_part(folder)), library, CPU)


def test_features_in_training_are_those_of_a_run(module, batch, bundle, library, tmp_path):
    disturb(module)
    maps = module.features(batch)
    assert maps.requires_grad and maps.shape == (4, 64, 6, 6)
    models = loaded(module, bundle, library, tmp_path)
    with torch.no_grad():
        run = terramind_features(models, batch["s1"], "S1GRD", batch["opt_v1"])
    assert torch.allclose(maps, run, atol=1e-4)


def test_predict_is_what_the_engine_computes(module, batch, bundle, library, tmp_path, monkeypatch):
    """With the part loaded from its folder, and the same noise."""
    disturb(module)
    module.steps = 3
    models = loaded(module, bundle, library, tmp_path)
    assert models.bundle.grounding.steps == 3
    one = {name: value[:1] for name, value in batch.items()}
    noise = torch.from_numpy(noise_for([WINDOW], NOISE_CHANNELS, 0, 3))
    monkeypatch.setattr(torch, "randn", lambda *args, **kwargs: noise)
    image = module.predict(one)
    inputs = {"s1": one["s1"].numpy(), "opt_v2": one["opt_v1"].numpy()}
    stage = Ground(models, models.bridge, "S1GRD", 0, 3, lambda: None)
    run = stage.compute([WINDOW], inputs)
    assert np.abs(run - inputs["opt_v2"][:, OUTPUT_INDEX]).max() > 10
    assert np.allclose(image.numpy(), run, atol=0.05)


def test_an_image_is_the_same_in_any_batch(module, batch):
    disturb(module)
    whole = module.predict(batch)
    alone = module.predict({name: value[2:3] for name, value in batch.items()})
    assert torch.allclose(whole[2:3], alone, atol=0.05)
    assert torch.equal(whole, module.predict(batch))
    assert torch.equal(module.before(batch), batch["opt_v1"][:, OUTPUT_INDEX])


def test_the_level_of_the_real_image_does_not_count(module, batch, bundle, library):
    """It is stage 2's task: real images of any brightness are one target."""
    disturb(module)
    other = {**batch, "s2": from_root(to_root(batch["s2"]) + 0.7)}
    first, second = parts(module, batch), parts(module, other)
    assert first.keys() == second.keys()
    for name, value in first.items():
        same = pytest.approx(float(second[name].detach()), rel=1e-3, abs=1e-5)
        assert float(value.detach()) == same, name
    # The target has the real image's detail on opt_v2's mean.
    target, start = module.target(batch), to_root(module.before(batch))
    real = to_root(batch["s2"][:, OUTPUT_INDEX])
    assert torch.allclose(target - start, (real - start) - local_mean(real - start, 8.0), atol=1e-4)
    # With the level in, it counts.
    free = build(bundle, library, detail=None)
    disturb(free)
    flows = [float(parts(free, one)["flow"].detach()) for one in (batch, other)]
    assert flows[0] != pytest.approx(flows[1], rel=0.02)
    assert torch.allclose(free.target(batch), real, atol=1e-4)


def test_what_is_not_known_pulls_at_no_level(module, batch):
    """The local mean is of known pixels alone, and beyond them the target is opt_v2."""
    batch["valid"][0, :, 60:] = False
    spoilt = {**batch, "s2": batch["s2"].clone()}
    spoilt["s2"][0, :, :, 60:] = 0.0
    assert torch.equal(module.target(batch), module.target(spoilt))
    start = to_root(module.before(batch))
    assert torch.equal(module.target(batch)[0, :, :, 60:], start[0, :, :, 60:])
    shifted = {**batch, "s2": from_root(to_root(batch["s2"]) + 0.7)}
    assert torch.allclose(module.target(batch), module.target(shifted), atol=1e-3)


def test_missing_bands_never_count(module, batch):
    batch["bands"][1] = False
    batch["bands"][1, list(OUTPUT_INDEX[:3])] = True
    first = {k: float(v.detach()) for k, v in parts(module, batch).items()}
    batch["s2"][1, ~batch["bands"][1]] = 9999.0
    second = {k: float(v.detach()) for k, v in parts(module, batch).items()}
    assert first == second
    assert not known_pixels(batch)[1, 3].any() and known_pixels(batch)[1, :3].all()


def test_counts_are_those_of_the_losses(module, batch, monkeypatch):
    """Of samples without bands or data too, and no network computes for them."""
    batch["bands"][1, 0] = False
    batch["bands"][2, 7] = False
    batch["valid"][3, :50] = False
    own = {name: int(part.count) for name, part in module.losses(batch).items()}
    monkeypatch.setattr(type(module), "features", None)
    monkeypatch.setattr(type(module.bridge), "forward", None)
    assert {name: int(count) for name, count in module.counts(batch).items()} == own
    assert own["flow"] == own["level"] == 4 and own["ndvi"] == 3


def test_losses_hang_on_the_seed_alone(module, batch):
    disturb(module)
    assert float(total(module, batch, 1)) == float(total(module, batch, 1))
    assert float(total(module, batch, 1)) != float(total(module, batch, 2))


def test_a_part_is_a_bundles_stage(bundle, library, batch, images, tmp_path):
    """One that adapts self-attention too: the engine takes any adapter that fits."""
    module = build(bundle, library, Tuning(lora_rank=4, cross_attention_only=False))
    disturb(module)
    module._base = base_of(bundle, library)
    module._record = {"data": "four pairs"}
    module.save_part(tmp_path, {"epochs": 1}, {"stage": {"psnr": 20.0}})
    part = read_part(tmp_path)
    assert part.stage == 3 and part.base["bundle"] == "tiny"
    assert part.training == {"data": "four pairs", "epochs": 1}
    assert part.section.keys() >= {"adapter", "bridge", "critic"}
    assert set(part.files) == {
        "adapter/adapter_config.json",
        "adapter/adapter_model.safetensors",
        "bridge.safetensors",
        "critic.safetensors",
    }
    assert not (tmp_path / "adapter" / "README.md").exists()
    models = Models(with_parts(bundle, part), library, CPU)
    first, second, third = run_stages(models, images[0][0].numpy(), 6, 4, timesteps=(1, 1))
    assert np.isfinite(third).all()
    assert np.abs(third - second[list(OUTPUT_INDEX)]).max() > 1
    assert first.shape == second.shape == (12, 96, 96)
