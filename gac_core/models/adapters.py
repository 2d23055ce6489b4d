"""LoRA adapters (Hu et al. 2022) through peft, kept in peft's own format."""

from __future__ import annotations

import json
import re
from pathlib import Path

from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from torch import nn

from gac_core.errors import BundleError
from gac_core.models.weights import all_finite, read_state

CROSS_ATTENTION = r".*sampler\.model\.decoder\.\d+\.cross_attn\.(q|kv|proj)"
"""TerraMind's decoder cross-attention: where the decoder looks at the radar."""

DECODER_ATTENTION = (
    r".*sampler\.model\.decoder\.\d+\.(cross_attn\.(q|kv|proj)|self_attn\.(qkv|proj))"
)
"""That, and where its tokens look at each other."""

PRITHVI_ATTENTION = r".*blocks\.\d+\.attn\.(qkv|proj)"


def add_lora(model: nn.Module, target: str, rank: int = 8, alpha: int = 16) -> PeftModel:
    """Put a fresh adapter, which changes nothing yet, on the layers that `target` matches.

    The base weights must be loaded before: an adapted layer keeps its base under another name.
    """
    return get_peft_model(model, LoraConfig(r=rank, lora_alpha=alpha, target_modules=target))


def load_lora(model: nn.Module, folder: Path) -> PeftModel:
    """Put a trained adapter on a model.

    Args:
        model: The base model, its weights loaded and, if it is to be, quantised.
        folder: What peft's `save_pretrained` wrote.

    Raises:
        BundleError: If the folder holds no adapter, or one of another base model.
    """
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        if not (folder / name).is_file():
            raise BundleError(
                f"The adapter folder {folder} has no {name}.",
                "It should hold what peft's save_pretrained wrote, as safetensors.",
            )
    found = read_state(folder / "adapter_model.safetensors")
    _require_json(folder / "adapter_config.json")
    try:
        adapted = PeftModel.from_pretrained(model, str(folder), is_trainable=False)
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _misfit(folder, _reason(error)) from error
    # peft takes what it finds and only warns of the rest.
    amiss = set(found) ^ set(get_peft_model_state_dict(adapted))
    if amiss:
        raise _misfit(folder, f"{len(amiss)} tensors are on one side only ({min(amiss)}, …)")
    if not all(map(all_finite, found.values())):
        raise BundleError(
            f"The adapter in {folder} holds values that are no numbers.",
            "The file is damaged or its training failed. Fetch it again.",
        )
    return adapted


def _misfit(folder: Path, reason: str) -> BundleError:
    return BundleError(
        f"The adapter in {folder} does not fit its base model: {reason}.",
        "It was trained on another model; the bundle's card names which.",
    )


def _reason(error: Exception) -> str:
    """Of PyTorch's list of tensors that do not fit, the first."""
    odd = re.search(r"size mismatch for ([\w.]+)", str(error))
    if odd:
        return f"the tensor {odd[1]} is of another shape"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[1] if len(lines) > 1 else lines[0] if lines else repr(error)).rstrip(".:")


def _require_json(path: Path) -> None:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(
            f"The adapter's configuration {path} cannot be read: {error}.",
            "It is damaged. Install or fetch the bundle again.",
        ) from error
