"""Forward hooks that check for cancellation between network blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def watched(
    check: Callable[[], None], networks: Iterable[nn.Module], device: torch.device
) -> Iterator[None]:
    """Return a context in which `check`, which may raise, is called before each network block.

    Blocks are the items of module lists. A pass of a full-size network takes seconds on a CPU; on a
    GPU it is short, and hooks would hinder compilation.
    """
    lists = [m for n in networks for m in n.modules() if isinstance(m, nn.ModuleList)]
    blocks = [block for modules in lists for block in modules] if device.type == "cpu" else []
    hooks = [block.register_forward_pre_hook(lambda *_: check()) for block in blocks]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
