"""Activation checkpointing of stage 3's networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import nn
from torch.utils.checkpoint import checkpoint

from gac_core.networks.bridge import Bridge


def recompute_grounding(model: TerraMindGeneration, bridge: Bridge) -> None:
    """Checkpoint activations at the blocks of TerraMind and of the bridge.

    The encoder is frozen, but gradients pass through it to the images. About a third more time for
    a fraction of the memory.
    """
    recompute(model.sampler.model.encoder)
    recompute(model.sampler.model.decoder)
    for scale in (*bridge.flow.down, *bridge.flow.up):
        recompute(scale.blocks)


def recompute(blocks: Iterable[nn.Module]) -> None:
    """Recompute each block's activations in the backward pass. Blocks draw no randomness."""
    for block in blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    if not torch.is_grad_enabled():
        return forward(*inputs, **named)
    return checkpoint(forward, *inputs, use_reentrant=False, preserve_rng_state=False, **named)
