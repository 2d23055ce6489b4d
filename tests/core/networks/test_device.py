"""Which device computes, and memory that nothing uses is given back."""

from __future__ import annotations

import platform

import psutil
import pytest
import torch

from gac_core.contract.errors import DeviceError
from gac_core.networks.device import choose_device, free_memory
from tests.problems import raises


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


@pytest.mark.parametrize(
    ("name", "usable"),
    [("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available())],
)
def test_a_gpu_that_is_not_there_is_refused(name, usable):
    if usable:
        assert choose_device(name).type == name
        return
    problem = {"cuda": "cuda-missing", "mps": "apple-gpu-missing"}[name]
    with raises(DeviceError, problem) as refused:
        choose_device(name)
    assert refused.value.remedy


def test_the_processor_computes_where_there_is_no_nvidia_gpu():
    assert choose_device("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
