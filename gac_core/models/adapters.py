"""LoRA adapters (Hu et al. 2022) through peft, kept in peft's own format."""

from __future__ import annotations

from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from torch import nn

from gac_core.errors import BundleError
from gac_core.models.weights import read_state

CROSS_ATTENTION = r".*sampler\.model\.decoder\.\d+\.cross_attn\.(q|kv|proj)"
"""TerraMind's decoder cross-attention: where the decoder looks at the radar."""

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
    try:
        adapted = PeftModel.from_pretrained(model, str(folder), is_trainable=False)
    except (RuntimeError, ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"The adapter in {folder} does not fit its base model: {str(error).splitlines()[0]}",
            "It was trained on another model; the bundle's card names which.",
        ) from error
    # peft takes what it finds and only warns of the rest.
    found = read_state(folder / "adapter_model.safetensors")
    amiss = set(found) ^ set(get_peft_model_state_dict(adapted))
    if amiss:
        raise BundleError(
            f"The adapter in {folder} does not fit its base model: {len(amiss)} tensors are on one "
            f"side only ({min(amiss)}, …).",
            "It was trained on another model; the bundle's card names which.",
        )
    if not all(torch.isfinite(tensor).all() for tensor in found.values()):
        raise BundleError(
            f"The adapter in {folder} holds values that are no numbers.",
            "The file is damaged or its training failed. Fetch it again.",
        )
    return adapted
