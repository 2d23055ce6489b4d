"""A training's part: in a bundle, it gives the image that the trained module gives."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of, read_part, with_parts
from gac_core.contract.errors import BundleError
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.weights import read_state
from gac_core.stages.refine import Refine
from gac_core.store.packing import Label, pack
from tests.bench.training_models import settings
from tests.problems import raises
from tests.training.engine import run_stages
from tests.training.stage2.test_module import FROZEN, FULL, steps
from training.stage2.data import refiner_section
from training.stage2.refiner_module import build_module

CPU = torch.device("cpu")


@pytest.fixture
def trained(build, batch, tmp_path):
    """Trains two steps, writes the part, reads it again: (module, part)."""

    def trained(**options):
        module = build(**options)
        steps(module, batch, 2)
        folder = tmp_path / "part"
        folder.mkdir()
        module.save_part(folder, {"steps": 2}, {"gain": {"psnr": float("nan")}})
        return module, read_part(folder)

    return trained


PLACE = (48.0, 15.0)


def one(batch):
    """The first sample alone."""
    return {name: value[:1] for name, value in batch.items()}


def predicted(module, batch):
    return module.predict(one(batch)).numpy()


def run(models, batch):
    """The first sample's opt_v2 (1, 12, H, W) as a run has it."""
    stage = Refine(models, "S1GRD", 7, 4, PLACE, lambda: None)
    inputs = {name: one(batch)[name].numpy() for name in ("s1", "opt_v1")}
    return stage.compute([Window(-960, 96, 64, 64)], inputs)


@pytest.mark.parametrize(
    "options", [{}, FULL, FROZEN, {"unfreeze_last": 1}, {"unfreeze_last": 2, **FULL}]
)
def test_a_run_with_the_part_gives_what_the_module_gives(trained, tiny, batch, options):
    module, part = trained(**options)
    models = Models(with_parts(tiny, part), Library(), CPU)
    found = run(models, batch)
    assert found.shape == (1, 12, 64, 64)
    assert np.allclose(found[:, OUTPUT_INDEX], predicted(module, batch), atol=0.01)
    assert abs(found - one(batch)["opt_v1"].numpy()).max(axis=(0, 2, 3)).min() > 0.1


def test_a_whole_run_with_the_part(trained, tiny, batch):
    module, part = trained()
    models, other = (Models(with_parts(tiny, part), Library(), CPU) for _ in range(2))
    s1 = batch["s1"][0].numpy()
    ours = run_stages(models, s1, 7, 4, stages=2, timesteps=(1, 1))[1]
    other.refiner = module.refiner.eval()
    theirs = run_stages(other, s1, 7, 4, stages=2, timesteps=(1, 1))[1]
    assert np.allclose(ours, theirs, atol=0.01) and ours.std() > 1


def test_the_part_tells_what_it_is(trained, tiny):
    _, part = trained(unfreeze_last=1)
    section = part.section
    assert part.stage == 2 and section["quantise"] is True
    assert section["blocks"]["last"] == 1
    assert section["weights"]["sha256"] == tiny.refiner["weights"]["sha256"]
    assert set(part.files) == {
        "prithvi.safetensors",
        "head.safetensors",
        "blocks.safetensors",
        "adapter/adapter_config.json",
        "adapter/adapter_model.safetensors",
    }
    assert {str(f.relative_to(part.path)) for f in part.path.rglob("*") if f.is_file()} == {
        *part.files,
        "part.json",
    }
    named = {weight.file for weight in with_parts(tiny, part).weight_files}
    assert str(part.path / "blocks.safetensors") in named
    assert part.training["steps"] == 2 and part.scores["gain"]["psnr"] is None


def test_blocks_of_another_number_are_refused(trained, tiny):
    _, part = trained(unfreeze_last=1)
    card = json.loads((part.path / "part.json").read_text())
    card["section"]["blocks"]["last"] = 2
    (part.path / "part.json").write_text(json.dumps(card))
    models = Models(with_parts(tiny, read_part(part.path)), Library(), CPU)
    with raises(BundleError, "weights-not-fitting", "missing", 12):
        _ = models.refiner


def test_damaged_blocks_are_refused(trained):
    _, part = trained(unfreeze_last=1)
    path = part.path / "blocks.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with raises(BundleError, "part-file-differs", "blocks.safetensors"):
        read_part(part.path)


def test_a_packed_bundle_gives_what_the_module_gives(trained, tiny, batch, tmp_path):
    module, part = trained(unfreeze_last=1)
    packed = pack(tiny, [part], tmp_path / "packed", Label("mine", "Mine"), Library())
    models = Models(packed, Library(), CPU)
    assert np.allclose(run(models, batch)[:, OUTPUT_INDEX], predicted(module, batch), atol=0.01)


def test_the_defaults_for_a_small_card_serve_the_demo_bundle(batch, tmp_path):
    """Its Prithvi has four blocks: two carry the adapter, the last two are trained in full."""
    library = Library.default()
    demo, config = library.find("demo"), settings()
    section, base = refiner_section(demo, config.models), base_of(demo, library)
    module = build_module(demo, library, section, config, base)
    with torch.no_grad():
        for parameter in module.trained().values():
            parameter.add_(0.02)
    (tmp_path / "part").mkdir()
    module.save_part(tmp_path / "part", {}, {})
    part = read_part(tmp_path / "part")
    assert part.section["blocks"]["last"] == 2
    adapter = read_state(part.path / "adapter" / "adapter_model.safetensors")
    assert {name.split("blocks.")[1][0] for name in adapter} == {"0", "1"}
    packed = pack(demo, [part], tmp_path / "packed", Label("mine", "Mine"), library)
    found = run(Models(packed, library, CPU), batch)[:, OUTPUT_INDEX]
    assert np.allclose(found, predicted(module.eval(), batch), atol=0.5)
