"""A GPU's memory: what is free by either count, the cap, the peak of loading, moves."""

from __future__ import annotations

import sys
import weakref
from types import ModuleType, SimpleNamespace

import pytest
import torch

from gac_core.networks import device as devices
from gac_core.networks.device import (
    BESIDE,
    cap_memory,
    gpu_room,
    limit_gpu,
    process_peak,
    release_tensors,
    start_peak,
)
from gac_core.networks.loading import move
from gac_core.networks.prithvi import build_prithvi, init_8bit_state, quantise_blocks
from tests.bench.loading import peak_of_loading
from tests.core.live_bytes import Live
from tests.core.tiny import PRITHVI, SHAPE

GPU, CPU = torch.device("cuda"), torch.device("cpu")
TOTAL = 6 << 30


@pytest.fixture
def cuda(monkeypatch):
    """CUDA's figures, of a GPU of 6 GiB."""
    figures = SimpleNamespace(free=5 << 30, reserved=0, peak=0, fraction=None)
    for name, value in {
        "get_device_properties": lambda device: SimpleNamespace(total_memory=TOTAL, uuid="a-b"),
        "mem_get_info": lambda device: (figures.free, TOTAL),
        "memory_reserved": lambda device: figures.reserved,
        "max_memory_allocated": lambda device: figures.peak,
        "reset_peak_memory_stats": lambda device: setattr(figures, "peak", 0),
        "set_per_process_memory_fraction": lambda share, device: setattr(
            figures, "fraction", share
        ),
    }.items():
        monkeypatch.setattr(torch.cuda, name, value)
    monkeypatch.setattr(devices, "_limits", {})
    monkeypatch.setattr(devices, "_peaks", {})
    return figures


@pytest.fixture
def nvml(monkeypatch, cuda):
    """NVIDIA's management library, under its own functions' names."""
    library = ModuleType("pynvml")
    library.NVMLError = type("NVMLError", (Exception,), {})
    library.open, library.fails, library.free = 0, None, 1 << 30

    def call(name, answer=None, change=0):
        def function(*arguments):
            if library.fails == name:
                raise library.NVMLError(name)
            library.open += change
            return answer(*arguments) if answer else None

        setattr(library, name, function)

    call("nvmlInit", change=1)
    call("nvmlShutdown", change=-1)
    call("nvmlDeviceGetHandleByUUID", lambda uuid: uuid)
    call("nvmlDeviceGetMemoryInfo", lambda h: SimpleNamespace(free=library.free, handle=h))
    monkeypatch.setitem(sys.modules, "pynvml", library)
    return library


def test_other_programs_are_seen_by_nvml(cuda, nvml):
    cuda.reserved = 7
    assert gpu_room(GPU) == (1 << 30) + 7
    nvml.free = 1 << 40
    assert gpu_room(GPU) == cuda.free + 7, "the lower count is the one to go by"
    assert nvml.open == 0


@pytest.mark.parametrize(
    "name", ["nvmlInit", "nvmlDeviceGetHandleByUUID", "nvmlDeviceGetMemoryInfo"]
)
def test_pytorch_counts_where_nvml_does_not(cuda, nvml, name):
    nvml.fails = name
    assert gpu_room(GPU) == cuda.free
    assert nvml.open == 0


def test_pytorch_counts_where_there_is_no_nvml(cuda, monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert gpu_room(GPU) == cuda.free


def test_the_cap_is_what_is_free_and_what_this_process_holds(cuda, nvml):
    cuda.reserved = 1 << 30
    assert cap_memory(GPU) == (2 << 30) - BESIDE
    assert cuda.fraction == pytest.approx(((2 << 30) - BESIDE) / TOTAL)
    nvml.free = cuda.reserved = 0
    assert cap_memory(GPU) == 0 and cuda.fraction == 0
    cuda.reserved, nvml.free = 1 << 40, 1
    assert cap_memory(GPU) and cuda.fraction == 1.0


def test_a_limit_holds_for_all_figures(cuda):
    limit_gpu(GPU, 2 << 30)
    assert gpu_room(GPU) == 2 << 30
    assert cap_memory(GPU) == (2 << 30) - BESIDE
    cuda.free = 1 << 30
    assert gpu_room(GPU) == 1 << 30


def test_a_new_peak_does_not_lose_the_process_own(cuda):
    cuda.peak = 9
    start_peak(GPU)
    assert cuda.peak == 0 and process_peak(GPU) == 9
    cuda.peak = 4
    assert process_peak(GPU) == 9
    cuda.peak = 12
    assert process_peak(GPU) == 12


def test_an_error_lets_go_of_its_tensors():
    class Held:
        pass

    references = []

    def fail():
        held = Held()
        references.append(weakref.ref(held))
        raise RuntimeError("CUDA error: out of memory")

    def wrap():
        try:
            fail()
        except RuntimeError as error:
            raise ValueError("x") from error

    try:
        wrap()
    except ValueError as error:
        assert references[0]() is not None
        release_tensors(error)
        assert references[0]() is None


def test_weights_that_move_take_their_final_size_and_no_more():
    before, _ = peak_of_loading(SHAPE, converted_first=False)
    after, stays = peak_of_loading(SHAPE, converted_first=True)
    assert after == stays and before > 1.3 * after


def test_8_bit_layers_move_as_a_whole(monkeypatch):
    """To other memory: each weight is there once, and what computes reads it there."""
    torch.manual_seed(0)
    prithvi = build_prithvi(PRITHVI).requires_grad_(False).eval()
    quantise_blocks(prithvi)
    move(prithvi, CPU)
    init_8bit_state(prithvi)
    layer = prithvi.blocks[0].attn.qkv
    size = sum(p.untyped_storage().nbytes() for p in prithvi.parameters())
    image, place = torch.randn(1, 6, 96, 96), layer.weight.data_ptr()
    with torch.inference_mode():
        expected = prithvi.forward_features(image)[-1]
    # Between CPU and CUDA PyTorch exchanges what a parameter holds, and keeps the parameter.
    monkeypatch.setattr(prithvi, "to", lambda device: prithvi._apply(torch.clone))
    with Live() as live:
        move(prithvi, CPU)
        assert size <= live.now < 1.05 * size
    assert layer.weight.dtype == torch.int8
    assert layer.state.CB.data_ptr() == layer.weight.data_ptr() != place
    assert getattr(layer.weight, "CB", None) is None
    with torch.inference_mode():
        assert torch.equal(prithvi.forward_features(image)[-1], expected)
