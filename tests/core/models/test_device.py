"""Memory that nothing uses is given back."""

from __future__ import annotations

import platform

import psutil
import pytest
import torch

from gac_core.models.device import free_memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a habit of glibc")
def test_freed_weights_go_back_to_the_system():
    # glibc takes blocks as large as one that was freed before from its heap, which only shrinks
    # from the end: the last tensor holds the others' room.
    del_first = torch.ones(5_000_000)
    del del_first
    weights = [torch.ones(500_000) for _ in range(150)]
    last = weights.pop()
    weights.clear()
    before = psutil.Process().memory_info().rss
    free_memory()
    assert before - psutil.Process().memory_info().rss > 200e6
    assert float(last.sum()) == 500_000
