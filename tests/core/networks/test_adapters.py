"""Adapters of trainings and of strangers: what peft is shown of them, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from torch import nn

from gac_core.bundles.library import engine_root
from gac_core.contract.errors import BundleError
from gac_core.networks.adapters import (
    CROSS_ATTENTION,
    DECODER_ATTENTION,
    ORIGIN,
    PRITHVI_ATTENTION,
    USUAL,
    add_lora,
    attention_of,
    load_lora,
)
from gac_core.networks.loading import move
from gac_core.networks.prithvi import build_prithvi, init_8bit_state, quantise_blocks
from gac_core.networks.terramind import build_terramind
from tests.core.tiny import PRITHVI, SHAPE, write_adapter
from tests.problems import raises

CONFIG, TENSORS = "adapter_config.json", "adapter_model.safetensors"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Addresses that anything asked for: there must be none."""
    asked: list[str] = []

    def send(client: httpx2.Client, request: httpx2.Request, **_: Any) -> httpx2.Response:
        asked.append(str(request.url))
        raise httpx2.ConnectError("no network here", request=request)

    monkeypatch.setattr(httpx2.Client, "send", send)
    yield asked
    assert asked == []


def model(target: str) -> nn.Module:
    torch.manual_seed(0)
    return build_prithvi(PRITHVI) if "blocks" in target else build_terramind(SHAPE)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter on Prithvi as a training saves it."""
    folder = tmp_path_factory.mktemp("adapter") / "adapter"
    write_adapter(model(PRITHVI_ATTENTION), PRITHVI_ATTENTION, folder)
    return folder


@pytest.fixture
def altered(written: Path, tmp_path: Path) -> Callable[..., Path]:
    """The adapter with other settings in its file."""

    def altered(**changes: Any) -> Path:
        folder = Path(shutil.copytree(written, tmp_path / "altered"))
        values = json.loads((folder / CONFIG).read_text())
        (folder / CONFIG).write_text(json.dumps({**values, **changes}))
        return folder

    return altered


def parameters(adapted: nn.Module) -> dict[str, torch.Tensor]:
    """Factors by name, of our layers or of peft's."""
    return {
        name.removeprefix("base_model.model.").replace(".default", ""): value
        for name, value in adapted.state_dict().items()
        if "lora" in name
    }


def equal(one: nn.Module, other: nn.Module) -> bool:
    a, b = parameters(one), parameters(other)
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def loaded(target: str, folder: Path) -> nn.Module:
    """A model with the folder's adapter, loaded by GAC."""
    adapted = model(target)
    load_lora(adapted, folder)
    return adapted


@pytest.mark.parametrize(
    "target", [CROSS_ATTENTION, DECODER_ATTENTION, PRITHVI_ATTENTION, attention_of(1)]
)
def test_what_trainings_save_loads_as_peft_itself_loads_it(target, tmp_path) -> None:
    write_adapter(model(target), target, tmp_path / "adapter")
    adapted = loaded(target, tmp_path / "adapter")
    assert equal(adapted, PeftModel.from_pretrained(model(target), str(tmp_path / "adapter")))
    assert parameters(adapted)
    assert not any(module.training for module in adapted.modules())
    assert not any(
        value.requires_grad for name, value in adapted.named_parameters() if "lora" in name
    )


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("in_8_bit", [False, True])
def test_an_adapted_image_is_the_one_that_peft_gives(written, in_8_bit, mixed) -> None:
    image = torch.randn(1, 6, 96, 96)
    ours, other, bare = (model(PRITHVI_ATTENTION) for _ in range(3))
    if in_8_bit:
        for each in (ours, other, bare):
            quantise_blocks(each)
    adapter = load_lora(ours, written)
    PeftModel.from_pretrained(other, str(written))
    for each in (ours, other, bare):
        move(each.eval(), torch.device("cpu"))
        init_8bit_state(each)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=mixed):
        pixels = [each.forward_features(image)[-1] for each in (ours, other, bare)]
        with adapter.disable_adapter():
            off = ours.forward_features(image)[-1]
        on = ours.forward_features(image)[-1]
    assert torch.equal(pixels[0], pixels[1]) and not torch.equal(pixels[0], pixels[2])
    assert torch.equal(off, pixels[2]) and torch.equal(on, pixels[0])


@pytest.mark.parametrize("name", ["grounding_adapter", "refiner_adapter"])
def test_the_demos_own_configurations_are_ones_that_gac_writes(name, tmp_path) -> None:
    """Its tensors need its own networks; with an empty file the settings alone are looked at."""
    folder = Path(
        shutil.copytree(engine_root() / "resources" / "bundles" / "demo" / name, tmp_path / name)
    )
    save_file({}, folder / TENSORS)
    target = json.loads((folder / CONFIG).read_text())["target_modules"]
    with raises(BundleError, "adapter-not-fitting", "on one side only"):
        load_lora(model(target), folder)


def test_a_base_model_that_is_named_is_not_asked_for(altered, asked) -> None:
    folder = altered(base_model_name_or_path="evil/beacon", revision="main")
    assert parameters(loaded(PRITHVI_ATTENTION, folder))
    assert asked == []


def test_layers_by_their_names(altered, written) -> None:
    whole = loaded(PRITHVI_ATTENTION, written)
    named = loaded(PRITHVI_ATTENTION, altered(target_modules=["attn.qkv", "attn.proj"]))
    assert equal(whole, named)


SLOW = "(" * 10 + "a*" + ")*" * 10 + "b"


@pytest.mark.parametrize(
    "changes",
    [
        {"target_modules": SLOW},
        {"target_modules": "(["},
        {"target_modules": ".*" * 5000 + "x"},
        {"target_modules": [SLOW]},
        {"target_modules": ["attn.qkv", 5]},
        {"target_modules": None},
        {"target_modules": "all-linear"},
        {"exclude_modules": SLOW},
        {"rank_pattern": {SLOW: 8}},
        {"alpha_pattern": {SLOW: 8}},
        {"layers_pattern": SLOW},
        {"modules_to_save": [SLOW]},
        {"target_parameters": ["a"]},
        {"trainable_token_indices": [1]},
        {"layers_to_transform": [0]},
        {"layer_replication": [[0, 10**9]]},
        {"bias": "all"},
        {"use_dora": True},
        {"use_rslora": True},
        {"use_qalora": True},
        {"lora_bias": True},
        {"fan_in_fan_out": True},
        {"loftq_config": {"loftq_bits": 4}},
        {"a_setting_of_the_next_version": True},
        {"peft_type": "XLORA"},
        {"peft_type": "LOHA"},
        {"peft_type": ["LORA"]},
        {"peft_type": None},
        {"r": 0},
        {"r": 10**9},
        {"r": 8.0},
        {"r": True},
        {"r": "8"},
        {"lora_alpha": float("nan")},
        {"lora_alpha": float("inf")},
        {"lora_alpha": 1e308},
        {"lora_alpha": -16},
        {"lora_alpha": 10**400},
        {"lora_alpha": "16"},
    ],
    ids=lambda changes: "-".join(f"{k}={str(v)[:20]}" for k, v in changes.items()),
)
def test_settings_that_gac_does_not_write(altered, changes) -> None:
    with raises(BundleError, "adapter-configuration-wrong"):
        load_lora(model(PRITHVI_ATTENTION), altered(**changes))


@pytest.mark.parametrize("target", [[], ["nowhere"], CROSS_ATTENTION])
def test_layers_that_the_model_does_not_have(altered, target) -> None:
    with raises(BundleError, "adapter-not-fitting"):
        load_lora(model(PRITHVI_ATTENTION), altered(target_modules=target))


def test_how_weights_began_is_of_no_effect(altered, written) -> None:
    """Peft would decompose each layer so many times, or draw other numbers."""
    folder = altered(init_lora_weights="pissa_niter_99999999", megatron_core="os", auto_mapping={})
    whole = loaded(PRITHVI_ATTENTION, written)
    assert equal(whole, loaded(PRITHVI_ATTENTION, folder))


@pytest.mark.parametrize("text", ["", "[]", "5", "[" * 100_000, '{"r": ' * 5000, "\udcff"])
def test_a_file_that_holds_no_settings(altered, text) -> None:
    folder = altered()
    (folder / CONFIG).write_text(text, errors="surrogateescape")
    with pytest.raises(BundleError):
        load_lora(model(PRITHVI_ATTENTION), folder)


def test_a_rank_that_the_tensors_do_not_have(altered) -> None:
    """Before layers of it are made, which may take all memory."""
    with raises(BundleError, "adapter-not-fitting", "of another shape"):
        load_lora(model(PRITHVI_ATTENTION), altered(r=1024))


@pytest.mark.parametrize("change", ["drop", "add", "rename", "flat"])
def test_tensors_that_do_not_fit(altered, change) -> None:
    folder = altered()
    state = load_file(folder / TENSORS)
    name = min(state)
    value = state.pop(name)
    if change == "add":
        state |= {name: value, name.replace("blocks.0", "blocks.9"): value.clone()}
    elif change == "rename":
        state["base_model.model.nowhere.weight"] = value
    elif change == "flat":
        state[name] = value.flatten()
    save_file(state, folder / TENSORS)
    with raises(BundleError, "adapter-not-fitting"):
        load_lora(model(PRITHVI_ATTENTION), folder)


def test_the_alpha_of_the_file_counts(altered, written) -> None:
    strong = loaded(PRITHVI_ATTENTION, altered(lora_alpha=32.0))
    plain = loaded(PRITHVI_ATTENTION, written)
    scale = [m.blocks[0].attn.qkv.scaling for m in (strong, plain)]
    assert scale == [4.0, 2.0]


def test_an_adapter_that_peft_made_without_gac(tmp_path) -> None:
    """Names of layers as a list, as peft's own users write them."""
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["qkv"])
    made = get_peft_model(model(PRITHVI_ATTENTION), config)
    made.save_pretrained(str(tmp_path / "adapter"))
    assert equal(made, loaded(PRITHVI_ATTENTION, tmp_path / "adapter"))


def test_what_is_switched_off_is_written_as_this_peft_writes_it() -> None:
    usual = {name: value for name, value in LoraConfig(r=4).to_dict().items() if value}
    own = {"peft_type", "bias", "r", "lora_alpha", "target_modules"}
    assert {name: usual[name] for name in usual.keys() - own - ORIGIN} == USUAL


def test_layers_that_are_not_linear(altered) -> None:
    with pytest.raises(BundleError) as caught:
        load_lora(model(PRITHVI_ATTENTION), altered(target_modules=["attn"]))
    assert "attn" in caught.value.message


def test_fresh_adapters_change_nothing() -> None:
    fresh = add_lora(model(PRITHVI_ATTENTION), attention_of(1))
    assert {n for n in parameters(fresh) if "lora_B" in n and parameters(fresh)[n].any()} == set()
