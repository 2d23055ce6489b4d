"""LoRA adapters (Hu et al. 2022) through peft, stored in peft's own format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peft import LoraConfig, PeftModel, get_peft_model, set_peft_model_state_dict
from torch import Tensor, nn

from gac_core.bundles.bundle import ADAPTER_FILES, AGAIN
from gac_core.bundles.card import read_json
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.networks.weights import all_finite, read_state

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

_STORY = frozenset(
    {"auto_mapping", "base_model_name_or_path", "inference_mode", "init_lora_weights"}
    | {"lora_dropout", "megatron_core", "peft_version", "revision", "task_type"}
)
"""Settings by which peft records an adapter's origin; no computation depends on them."""


def attention_of(count: int) -> str:
    """Return the pattern of the attention of Prithvi's first `count` blocks."""
    return PRITHVI_ATTENTION.replace(r"\d+", f"({'|'.join(map(str, range(count)))})")


def add_lora(model: nn.Module, target: str, rank: int = 8, alpha: int = 16) -> PeftModel:
    """Add a fresh adapter, initially the identity, to the layers that match `target`.

    The base weights must be loaded before: an adapted layer holds its base under another name.
    """
    return get_peft_model(model, LoraConfig(r=rank, lora_alpha=alpha, target_modules=target))


def load_lora(model: nn.Module, folder: Path) -> PeftModel:
    """Add a trained adapter to a model.

    peft does not read the configuration or the folder itself: it would request the base model named
    there from the Hub, and apply patterns and settings that GAC never writes. Rank, alpha and
    layers are validated here and passed to it.

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
    _require_fit(folder, state, modules, rank)
    if not all(map(all_finite, state.values())):
        raise BundleError(
            Message("The adapter in {} contains NaN or infinite values.", folder),
            Message("The file is damaged or its training failed. Fetch it again."),
            problem="adapter-not-finite",
        )
    config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=modules, inference_mode=True)
    try:
        adapted = PeftModel(model, config)
        set_peft_model_state_dict(adapted, state)
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _misfit(folder, _reason(error)) from error
    return adapted.eval()


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
    usual = LoraConfig(r=rank).to_dict()
    own = {"peft_type", "bias", "r", "lora_alpha", "target_modules"}
    for name, value in values.items():
        # A newer peft may write settings that this one does not know, switched off.
        if name not in own | _STORY and value and (name not in usual or value != usual[name]):
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


def _require_fit(folder: Path, state: Mapping[str, Tensor], modules: list[str], rank: int) -> None:
    """Check that the tensors are exactly two factors of the given rank for each layer.

    Raises:
        BundleError: If they are not.
    """
    expected = {(module, factor) for module in modules for factor in "AB"}
    unfit = []
    for name, tensor in state.items():
        match = _FACTOR.fullmatch(name)
        key = (match["module"], match["factor"]) if match else ("", "")
        if match is None or key not in expected:
            unfit.append(name)
        elif tensor.ndim < 2 or tensor.shape[0 if key[1] == "A" else 1] != rank:
            raise _misfit(folder, f"the tensor {name[:200]} is of another shape")
        expected.discard(key)
    unfit += [f"{module}.lora_{factor}" for module, factor in expected]
    if unfit:
        raise _misfit(folder, f"{len(unfit)} tensors are on one side only ({min(unfit)[:200]}, …)")


def _misfit(folder: Path, reason: str) -> BundleError:
    return BundleError(
        Message("The adapter in {} does not fit its base model: {}.", folder, reason),
        Message("It was trained on another model; the bundle's card names which."),
        problem="adapter-not-fitting",
    )


def _reason(error: Exception) -> str:
    """Return a one-line reason; of PyTorch's list of mismatching tensors, the first."""
    mismatch = re.search(r"size mismatch for ([\w.]+)", str(error))
    if mismatch:
        return f"the tensor {mismatch[1]} is of another shape"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[1] if len(lines) > 1 else lines[0] if lines else repr(error)).rstrip(".:")
