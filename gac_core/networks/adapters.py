"""LoRA adapters (Hu et al. 2022), stored in peft's own format.

peft makes and saves those that are trained. A trained one is put into its model by a layer of our
own, to the same bits: importing peft takes longer than all else that a run imports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from gac_core.bundles.bundle import ADAPTER_FILES, AGAIN
from gac_core.bundles.card import read_json
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.networks.weights import all_finite, read_state

if TYPE_CHECKING:
    from peft import PeftModel

CROSS_ATTENTION = r".*sampler\.model\.decoder\.\d+\.cross_attn\.(q|kv|proj)"
"""TerraMind's decoder cross-attention, through which the decoder attends to the radar."""

DECODER_ATTENTION = (
    r".*sampler\.model\.decoder\.\d+\.(cross_attn\.(q|kv|proj)|self_attn\.(qkv|proj))"
)
"""Cross-attention and self-attention of TerraMind's decoder."""

PRITHVI_ATTENTION = r".*blocks\.\d+\.attn\.(qkv|proj)"

MOST_RANK = 1024
MOST_ALPHA = 10_000

_PATTERNS = (CROSS_ATTENTION, DECODER_ATTENTION, PRITHVI_ATTENTION)
_SOME_BLOCKS = re.compile(r"\.\*blocks\\\.\(\d+(\|\d+){0,999}\)\\\.attn\\\.\(qkv\|proj\)")
"""Matches `PRITHVI_ATTENTION` restricted to numbered blocks (`attention_of`)."""

_PLAIN = re.compile(r"\w+(\.\w+)*")
_FACTOR = re.compile(r"base_model\.model\.(?P<module>[\w.]+)\.lora_(?P<factor>[AB])\.weight")

ORIGIN = frozenset(
    {"auto_mapping", "base_model_name_or_path", "inference_mode", "init_lora_weights"}
    | {"lora_dropout", "megatron_core", "peft_version", "revision", "task_type"}
)
"""Settings by which peft records an adapter's origin; no computation depends on them."""

USUAL = {"qalora_group_size": 16}
"""What peft writes of settings that are switched off, where it is neither false nor empty."""


class LoraLinear(nn.Module):
    """A linear layer with a trained adapter, which computes what peft's does.

    Args:
        base: The layer, `nn.Linear` or an 8-bit one.
        down: Factor A (rank, in).
        up: Factor B (out, rank).
        scaling: Alpha over rank.
    """

    def __init__(self, base: nn.Linear, down: Tensor, up: Tensor, scaling: float) -> None:
        super().__init__()
        self.base_layer = base
        self.lora_A, self.lora_B = _linear(down), _linear(up)
        self.scaling = scaling
        self.is_enabled = True

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's output (…, out) for (…, in), adapted if enabled."""
        result: Tensor = self.base_layer(x)
        if not self.is_enabled:
            return result
        change = self.lora_B(self.lora_A(x.to(self.lora_A.weight.dtype))) * self.scaling
        return (result + change).to(result.dtype)


def _linear(weight: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=False, device="meta")
    # A copy: what was read may be a view of the file.
    layer.weight = nn.Parameter(weight.to(torch.float32, copy=True), requires_grad=False)
    return layer


class Adapter:
    """A trained adapter in its model.

    Args:
        layers: The adapted layers.
    """

    def __init__(self, layers: Sequence[LoraLinear]) -> None:
        self.layers = tuple(layers)

    @contextmanager
    def disable_adapter(self) -> Iterator[None]:
        """Return a context in which the model computes as if it had no adapter."""
        for layer in self.layers:
            layer.is_enabled = False
        try:
            yield
        finally:
            for layer in self.layers:
                layer.is_enabled = True


def attention_of(count: int) -> str:
    """Return the pattern of the attention of Prithvi's first `count` blocks."""
    return PRITHVI_ATTENTION.replace(r"\d+", f"({'|'.join(map(str, range(count)))})")


def add_lora(model: nn.Module, target: str, rank: int = 8, alpha: int = 16) -> PeftModel:
    """Add a fresh adapter, initially the identity, to the layers that match `target`.

    The base weights must be loaded before: an adapted layer holds its base under another name.
    """
    from peft import LoraConfig, get_peft_model  # Slow to import, and for training alone.

    return get_peft_model(model, LoraConfig(r=rank, lora_alpha=alpha, target_modules=target))


def load_lora(model: nn.Module, folder: Path) -> Adapter:
    """Add a trained adapter to a model, and set the model to evaluation.

    Rank, alpha and layers are all that counts of the configuration; patterns and settings that GAC
    never writes are refused, and the base model named there is not asked for.

    Args:
        model: The base model, its weights loaded and, if applicable, quantised.
        folder: Output of peft's `save_pretrained` for an adapter of `add_lora`.

    Raises:
        BundleError: If the folder holds no adapter, one of another base model, or one that GAC does
            not write.
    """
    for name in ADAPTER_FILES:
        if not (folder / name).is_file():
            raise BundleError(
                Message("The adapter folder {} has no {}.", folder, name),
                Message("It should hold what peft's save_pretrained wrote, as safetensors."),
                problem="adapter-incomplete",
            )
    path = folder / ADAPTER_FILES[0]
    values = read_json(path, Message("adapter's configuration"), AGAIN)
    try:
        rank, alpha = _rank_and_alpha(values)
        modules = _modules(model, values.get("target_modules"))
    except ValueError as error:
        raise BundleError(
            Message("The adapter's configuration {} is not one that GAC writes: {}.", path, error),
            Message("{} Do not use a bundle unless you know its maker.", AGAIN),
            problem="adapter-configuration-wrong",
        ) from error
    if not modules:
        raise _misfit(folder, "it has none of the layers that the adapter is for")
    state = read_state(folder / ADAPTER_FILES[1])
    layers = _linear_layers(folder, model, modules)
    _require_fit(folder, state, layers, rank)
    if not all(map(all_finite, state.values())):
        raise BundleError(
            Message("The adapter in {} contains NaN or infinite values.", folder),
            Message("The file is damaged or its training failed. Fetch it again."),
            problem="adapter-not-finite",
        )
    adapted = []
    for name, base in layers.items():
        down, up = (state[f"base_model.model.{name}.lora_{factor}.weight"] for factor in "AB")
        parent, _, leaf = name.rpartition(".")
        adapted.append(LoraLinear(base, down, up, alpha / rank))
        setattr(model.get_submodule(parent), leaf, adapted[-1])
    model.eval()
    return Adapter(adapted)


def _rank_and_alpha(values: Any) -> tuple[int, Any]:
    """Return rank and alpha of a configuration, provided that no other setting has an effect.

    Alpha may be a fraction, although peft's types do not say so.

    Raises:
        ValueError: With the reason, if another setting has an effect.
    """
    if not isinstance(values, Mapping):
        raise ValueError(Message("it holds no settings"))
    if values.get("peft_type") != "LORA" or values.get("bias", "none") != "none":
        raise ValueError(Message("it is no plain LoRA"))
    rank, alpha = values.get("r"), values.get("lora_alpha")
    if type(rank) is not int or not 1 <= rank <= MOST_RANK:
        raise ValueError(Message("{} is no rank", "r"))
    if not isinstance(alpha, (int, float)) or type(alpha) is bool or not 0 < alpha <= MOST_ALPHA:
        raise ValueError(Message("{} is no number that it can be", "lora_alpha"))
    own = {"peft_type", "bias", "r", "lora_alpha", "target_modules"}
    for name, value in values.items():
        # A newer peft may write settings that this one does not know, switched off.
        if name not in own | ORIGIN and value and value != USUAL.get(name):
            raise ValueError(Message("{} is set", repr(str(name)[:40])))
    return rank, alpha


def _modules(model: nn.Module, target: Any) -> list[str]:
    """Return the full names of the layers that a configuration targets.

    Only GAC's own patterns are matched: others could take exponential time.

    Raises:
        ValueError: With the reason, if it is no valid target.
    """
    names = [name for name, _ in model.named_modules()]
    if isinstance(target, str) and (target in _PATTERNS or _SOME_BLOCKS.fullmatch(target)):
        pattern = re.compile(target)
        modules = [name for name in names if pattern.fullmatch(name)]
    elif isinstance(target, list) and all(
        isinstance(entry, str) and _PLAIN.fullmatch(entry) for entry in target
    ):
        targets = frozenset(target)
        modules = [name for name in names if not targets.isdisjoint(_endings(name))]
    else:
        raise ValueError(
            Message("{} are neither layers' names nor a pattern of GAC's own", "target_modules")
        )
    return modules


def _endings(name: str) -> list[str]:
    """Return a module's full name and all its suffixes, without the modules that contain it."""
    parts = name.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


def _linear_layers(folder: Path, model: nn.Module, modules: list[str]) -> dict[str, nn.Linear]:
    """Return the layers to adapt by name.

    Raises:
        BundleError: If one is not linear.
    """
    layers = {}
    for name in modules:
        layer = model.get_submodule(name)
        if not isinstance(layer, nn.Linear):
            raise _misfit(folder, f"{name} is no linear layer")
        layers[name] = layer
    return layers


def _require_fit(
    folder: Path, state: Mapping[str, Tensor], layers: Mapping[str, nn.Linear], rank: int
) -> None:
    """Check that the tensors are exactly two factors of the given rank for each layer.

    Raises:
        BundleError: If they are not.
    """
    expected = {}
    for module, layer in layers.items():
        expected[module, "A"] = (rank, layer.in_features)
        expected[module, "B"] = (layer.out_features, rank)
    unfit = []
    for name, tensor in state.items():
        match = _FACTOR.fullmatch(name)
        key = (match["module"], match["factor"]) if match else ("", "")
        if match is None or key not in expected:
            unfit.append(name)
        elif tuple(tensor.shape) != expected.pop(key):
            raise _misfit(folder, f"the tensor {name[:200]} is of another shape")
    unfit += [f"{module}.lora_{factor}" for module, factor in expected]
    if unfit:
        raise _misfit(folder, f"{len(unfit)} tensors are on one side only ({min(unfit)[:200]}, …)")


def _misfit(folder: Path, reason: str) -> BundleError:
    return BundleError(
        Message("The adapter in {} does not fit its base model: {}.", folder, reason),
        Message("It was trained on another model; the bundle's card names which."),
        problem="adapter-not-fitting",
    )
