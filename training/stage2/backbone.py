"""Prithvi prepared for training: 8-bit, adapted, and optionally with fully trained blocks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from bitsandbytes.nn import Linear8bitLt  # type: ignore[attr-defined]
from peft import PeftModel
from terratorch.models.backbones.prithvi_mae import PrithviViT
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from gac_core.bundles.bundle import WeightFile
from gac_core.bundles.part import write_part
from gac_core.contract.errors import GacError
from gac_core.networks.adapters import PRITHVI_ATTENTION, add_lora, attention_of
from gac_core.networks.prithvi import PrithviShape, last_blocks, quantise_blocks
from gac_core.networks.refiner import RefinerHead
from gac_core.networks.weights import write_state

_ADAPTER, _HEAD, _BLOCKS = "adapter", "head.safetensors", "blocks.safetensors"


@dataclass(frozen=True)
class Tuning:
    """Extent of Prithvi's fine-tuning, and its memory options.

    Attributes:
        lora_rank: Rank of the adapter on the blocks' attention.
        lora_alpha: Scale of the adapter, in ranks.
        load_in_8bit: Hold the frozen blocks in 8 bits.
        freeze_backbone: No adapter: only the head and the blocks of `unfreeze_last` are trained.
        unfreeze_last: Number of last blocks that are trained in full; those are not quantised.
        recompute: Checkpoint the blocks' activations: a third more time for a fraction of the
            memory.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    load_in_8bit: bool = True
    freeze_backbone: bool = False
    unfreeze_last: int = 0
    recompute: bool = False


@dataclass(frozen=True)
class Backbone:
    """Prepared Prithvi.

    Attributes:
        prithvi: The network; its layers hold the adapter, if any.
        adapter: peft model that holds the adapter; None: no adapter.
        trained: Blocks that are trained in full; None: none.
    """

    prithvi: PrithviViT
    adapter: PeftModel | None
    trained: nn.Module | None


def prepare(prithvi: PrithviViT, tuning: Tuning) -> Backbone:
    """Quantise, adapt and unfreeze a Prithvi that holds its base weights.

    Raises:
        GacError: If there are fewer blocks than shall be trained.
    """
    depth, last = len(prithvi.blocks), tuning.unfreeze_last
    if not 0 <= last <= depth:
        raise GacError(
            f"This Prithvi has {depth} blocks; {last} of them cannot be trained.",
            f"Give --unfreeze-last a number from 0 to {depth}.",
        )
    trained = last_blocks(prithvi, last) if last else None
    if tuning.load_in_8bit:
        quantise_blocks(prithvi, keep_last=last)
        _keep_biases(prithvi)
    # After quantisation, because 8-bit layers come with trainable biases.
    prithvi.requires_grad_(False)
    adapter = None
    if not tuning.freeze_backbone and last < depth:
        adapter = add_lora(
            prithvi, _attention(depth - last, depth), tuning.lora_rank, tuning.lora_alpha
        )
    if trained is not None:
        trained.requires_grad_(True)
    if tuning.recompute and (adapter is not None or trained is not None):
        recompute_blocks(prithvi)
    return Backbone(prithvi, adapter, trained)


def _attention(adapted: int, depth: int) -> str:
    """Return the attention of the first blocks; fully trained blocks need no adapter."""
    return PRITHVI_ATTENTION if adapted == depth else attention_of(adapted)


def _keep_biases(prithvi: PrithviViT) -> None:
    """Cast the input of 8-bit layers to the precision of their bias.

    bitsandbytes permanently casts the bias to the input's precision: one step under autocast would
    round the biases of the frozen base, which are not saved with the trained weights.
    """

    def as_bias(layer: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        bias = layer.bias
        return (inputs[0].to(bias.dtype), *inputs[1:]) if isinstance(bias, Tensor) else inputs

    for layer in prithvi.blocks.modules():
        if isinstance(layer, Linear8bitLt):
            layer.register_forward_pre_hook(as_bias)


def recompute_blocks(prithvi: PrithviViT) -> None:
    """Checkpoint the activations of each block."""
    for block in prithvi.blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    if not torch.is_grad_enabled():
        return forward(x)
    if not x.requires_grad:
        # Without an input that requires a gradient, PyTorch would skip the parameters' gradients.
        x = x.detach().requires_grad_()
    # Re-entrant: PyTorch's other variant does not see the inputs saved by 8-bit layers and would
    # save no memory. Blocks draw no random numbers.
    result: Tensor = checkpoint(forward, x, use_reentrant=True, preserve_rng_state=False)
    return result


@dataclass(frozen=True)
class Origin:
    """Origin of the base weights, and the training record of the part's card.

    Attributes:
        shape: Prithvi's size.
        weights: Its weight file, with the actual hash.
        path: Path of that file. An unpublished file is copied into the part.
        tuning: Extent of the fine-tuning.
        base: Identity of the models that made opt_v1.
        record: Training record besides the settings: data, tiles.
    """

    shape: PrithviShape
    weights: WeightFile
    path: Path
    tuning: Tuning
    base: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)


def write_refiner_part(
    folder: Path,
    backbone: Backbone,
    head: RefinerHead,
    origin: Origin,
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> None:
    """Write adapter, blocks, head and `part.json` to an existing folder.

    Raises:
        BundleError: If a file's name is not allowed on every system.
    """
    section: dict[str, Any] = {
        "shape": origin.shape.to_dict(),
        "weights": asdict(origin.weights),
        "quantise": origin.tuning.load_in_8bit,
        "head": {"shape": head.shape.to_dict(), "weights": {"file": _HEAD}},
    }
    write_state(head, folder / _HEAD)
    if backbone.adapter is not None:
        backbone.adapter.save_pretrained(str(folder / _ADAPTER))
        # peft adds a model card template that nobody fills in.
        (folder / _ADAPTER / "README.md").unlink(missing_ok=True)
        section["adapter"] = _ADAPTER
    if backbone.trained is not None:
        write_state(backbone.trained, folder / _BLOCKS)
        section["blocks"] = {"last": origin.tuning.unfreeze_last, "weights": {"file": _BLOCKS}}
    if origin.weights.repo is None:
        shutil.copyfile(origin.path, folder / origin.weights.file)
    write_part(folder, 2, section, origin.base, {**origin.record, **training}, scores)
