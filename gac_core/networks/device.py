"""Devices: choice, freeing of memory, fast memory layouts and convolutions, bfloat16.

A 3 x 3 convolution needs less than half the multiplications of its definition (Lavin and Gray
2016). PyTorch's default, oneDNN, does not use this on AVX2 CPUs, where the published decoder spends
nine tenths of its time in such convolutions.

The GPU optimisations follow the advice of vendors and PyTorch; they have not been measured yet.
"""

from __future__ import annotations

import gc
import importlib
import traceback
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

import torch
from torch import Tensor, nn

from gac_core.contract.errors import DeviceError
from gac_core.contract.message import Message
from gac_core.process import trim_heap

WIDTH = 192
"""Minimum channels for which it is faster."""
AREA = 900
"""Minimum pixels of a feature map for which it is faster: NNPACK works in patches of 6 x 6."""

BESIDE = 200 << 20
"""Bytes of a GPU to leave to what is not PyTorch's: kernels' code, handles of CUDA's libraries."""

_MATRICES = (nn.Conv1d, nn.Conv2d, nn.Linear)


def choose_device(name: str) -> torch.device:
    """Return the device for `auto`, `cpu`, `cuda` or `mps`.

    `auto` never selects Apple's GPU, `mps`: it has not been tested.

    Raises:
        DeviceError: If the requested GPU is not available.
    """
    if name == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            Message("CUDA was asked for, but PyTorch finds no usable NVIDIA GPU here."),
            Message(
                "Choose device auto or cpu, or install a driver that fits PyTorch {}.",
                torch.__version__,
            ),
            problem="cuda-missing",
        )
    if name == "mps" and not torch.backends.mps.is_available():
        raise DeviceError(
            Message("Apple's GPU was asked for, but PyTorch finds none that it can use here."),
            Message("Choose device auto or cpu."),
            problem="apple-gpu-missing",
        )
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def describe_device(device: torch.device) -> str:
    """Return the device's display name."""
    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    if device.type == "mps":
        return Message("Apple GPU (MPS, untested)")
    return Message("CPU, {} threads", torch.get_num_threads())


def free_memory() -> None:
    """Free unused memory, on the GPU and on the CPU.

    After Prithvi-600M has been quantised to 8 bits this is some 2 GB.
    """
    gc.collect()
    # A GPU whose context is lost refuses this too.
    with suppress(RuntimeError):
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        if torch.backends.mps.is_available():
            torch.mps.empty_cache()
    trim_heap()


def release_tensors(error: BaseException) -> None:
    """Release the tensors that an error's tracebacks, and those of its causes, keep alive."""
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        traceback.clear_frames(link.__traceback__)
        link = link.__cause__ or link.__context__


_limits: dict[torch.device, int] = {}


def limit_gpu(device: torch.device, size: int) -> None:
    """Let this process use no more than `size` bytes of a GPU, as if it had no more."""
    _limits[device] = size


def gpu_room(device: torch.device) -> int:
    """Return the bytes of a GPU's memory that this process's tensors may have, at present.

    This is the free memory and what PyTorch already holds. The driver's count comes from NVML,
    which sees all programs; PyTorch's own does not on Windows, where each program is told of
    memory of its own. Where both answer, the lower one counts.
    """
    free, by_nvml = torch.cuda.mem_get_info(device)[0], _nvml_free(device)
    if by_nvml is not None:
        free = min(free, by_nvml)
    room = free + torch.cuda.memory_reserved(device)
    return min(room, _limits.get(device, room))


def cap_memory(device: torch.device) -> int:
    """Cap PyTorch's memory at what a GPU has free, and return that, in bytes.

    On Windows the driver moves memory to the computer's where a GPU's is full, which is some eight
    times as slow, and raises nothing. With the cap PyTorch raises its error there as on Linux.
    """
    total = torch.cuda.get_device_properties(device).total_memory
    # CUDA's libraries load their code, and bitsandbytes makes its handles, beside PyTorch's pools.
    room = max(0, gpu_room(device) - BESIDE)
    torch.cuda.set_per_process_memory_fraction(min(1.0, room / total), device)
    return room


def _nvml_free(device: torch.device) -> int | None:
    """Return a GPU's free bytes by NVIDIA's management library; None where it has no answer.

    GPUs have the same UUID for it and for CUDA, but not the same number.
    """
    try:
        nvml: Any = importlib.import_module("pynvml")
    except ImportError:
        return None
    try:
        nvml.nvmlInit()
    except nvml.NVMLError:
        return None
    try:
        uuid = f"GPU-{torch.cuda.get_device_properties(device).uuid}"
        return int(nvml.nvmlDeviceGetMemoryInfo(nvml.nvmlDeviceGetHandleByUUID(uuid)).free)
    except (nvml.NVMLError, AttributeError):
        return None  # AMD's, or a share of a GPU (MIG)
    finally:
        nvml.nvmlShutdown()


_peaks: dict[torch.device, int] = {}


def start_peak(device: torch.device) -> None:
    """Start to measure the peak of a GPU's memory; that of the process is kept."""
    _peaks[device] = process_peak(device)
    torch.cuda.reset_peak_memory_stats(device)


def process_peak(device: torch.device) -> int:
    """Return the most bytes of a GPU that tensors had at once, since the process began."""
    return max(_peaks.get(device, 0), torch.cuda.max_memory_allocated(device))


class WinogradConv2d(nn.Conv2d):
    """3 x 3 convolution for inference.

    It differs from the plain one by rounding, some 1e-5 of the largest value, independent of the
    number of threads.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 (nn.Conv2d calls it so)
        """Convolve like `nn.Conv2d`."""
        height, width = input.shape[-2:]
        if not torch.is_inference_mode_enabled() or height * width < AREA:
            return super().forward(input)
        return torch._nnpack_spatial_convolution(
            input.contiguous(), self.weight, self.bias, padding=1, stride=1
        )


def is_faster() -> bool:
    """Return whether NNPACK is the fastest on this CPU."""
    # The query also initialises NNPACK; with wider vector units oneDNN is as fast.
    return torch.backends.cpu.get_cpu_capability() == "AVX2" and torch._nnpack_available()


def use_winograd(network: nn.Module) -> int:
    """Replace the convolutions of a network for which it is faster; weights are shared.

    Returns:
        Number of replaced layers.
    """
    count = 0
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Conv2d and _fits(child):
                setattr(parent, name, _like(child))
                count += 1
    return count


def _fits(conv: nn.Conv2d) -> bool:
    plain = conv.groups == 1 and conv.dilation == (1, 1) and conv.padding_mode == "zeros"
    shaped = (conv.kernel_size, conv.stride, conv.padding) == ((3, 3), (1, 1), (1, 1))
    return plain and shaped and min(conv.in_channels, conv.out_channels) >= WIDTH


def _like(conv: nn.Conv2d) -> WinogradConv2d:
    layer = WinogradConv2d(
        conv.in_channels, conv.out_channels, 3, padding=1, bias=conv.bias is not None, device="meta"
    )
    layer.weight, layer.bias = conv.weight, conv.bias
    return layer.train(conv.training)


def optimise(terramind: nn.Module, decoder: nn.Module, device: torch.device) -> None:
    """Convert TerraMind's weights in place, on the CPU, before they move to the device.

    On CPUs the decoder's convolutions use Winograd's algorithm where it is faster: at the published
    size a pass over a block of 448 px took 3.9 s instead of 5.8 on two AVX2 cores. Elsewhere they
    use channels last. On GPUs with native support matrices are stored as bfloat16, in half the
    memory, and `autocast_context` uses the same precision; norms and embeddings stay as they are.
    Converted on the GPU, both precisions would need their memory at once.
    """
    if device.type == "cpu" and is_faster() and use_winograd(decoder):
        return
    if uses_bfloat16(device):
        for part in terramind.modules():
            if isinstance(part, _MATRICES):
                part.to(torch.bfloat16)
    decoder.to(memory_format=torch.channels_last)


def autocast_context(device: torch.device) -> AbstractContextManager[object]:
    """Return a context for passes through optimised networks."""
    if uses_bfloat16(device):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def uses_bfloat16(device: torch.device) -> bool:
    """Return whether networks compute in bfloat16 on a device: on GPUs with native support."""
    if device.type != "cuda":
        return False
    return bool(torch.cuda.is_bf16_supported(including_emulation=False))
