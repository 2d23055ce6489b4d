"""Networks that forget their activations and compute them again on the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import nn
from torch.utils.checkpoint import checkpoint

from gac_core.models.bridge import Bridge


def recompute_grounding(model: TerraMindGeneration, bridge: Bridge) -> None:
    """Keep only what passes between the blocks of TerraMind and of the bridge.

    Nothing in the encoder trains, but images that train are judged through it. A third more time
    for a fraction of the memory.
    """
    recompute(model.sampler.model.encoder)
    recompute(model.sampler.model.decoder)
    for scale in (*bridge.flow.down, *bridge.flow.up):
        recompute(scale.blocks)


def recompute(blocks: Iterable[nn.Module]) -> None:
    """Let each block compute its activations again on the way back. Blocks draw no randomness."""
    for block in blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    if not torch.is_grad_enabled():
        return forward(*inputs, **named)
    return checkpoint(forward, *inputs, use_reentrant=False, preserve_rng_state=False, **named)
