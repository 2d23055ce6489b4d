"""Looking up during long work: networks that take seconds for one pass can be stopped inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def watched(
    check: Callable[[], None], networks: Iterable[nn.Module], device: torch.device
) -> Iterator[None]:
    """A context in which `check`, which may raise, is called before each block of networks.

    Blocks are what stands in lists of modules. A pass of a full-size network takes seconds on a
    processor; on a GPU it is short, and hooks would be in the way of compiling it.
    """
    lists = [m for n in networks for m in n.modules() if isinstance(m, nn.ModuleList)]
    blocks = [block for found in lists for block in found] if device.type == "cpu" else []
    hooks = [block.register_forward_pre_hook(lambda *_: check()) for block in blocks]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
