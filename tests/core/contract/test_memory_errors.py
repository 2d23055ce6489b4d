"""Errors of full memory in the words of each library, and those that only sound so."""

from __future__ import annotations

import errno
import os

import numpy as np
import pytest
import torch
from rasterio._err import CPLE_OutOfMemoryError

from gac_core.contract.errors import (
    BundleError,
    DeviceError,
    DeviceLost,
    GacError,
    as_user_error,
    exhausted_memory,
    is_device_lost,
    is_out_of_memory,
)


def windows_error(number):
    error = OSError("The paging file is too small for this operation to complete")
    error.winerror = number
    return error


CUDA = "\nCUDA kernel errors might be asynchronously reported at some other API call."

GPU = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total …"),
    torch.OutOfMemoryError("HIP out of memory. Tried to allocate 2.00 GiB."),
    torch.OutOfMemoryError("Allocation on device"),
    torch.AcceleratorError(f"CUDA error: out of memory{CUDA}"),
    RuntimeError("CUDA error: out of memory"),
    RuntimeError("CUDA driver error: out of memory"),
    RuntimeError("Triton Error [CUDA]: out of memory"),
    RuntimeError("HIP error: out of memory"),
    RuntimeError("MPS backend out of memory (MPS allocated: 5.1 GB, max allowed: 5.4 GB)."),
    RuntimeError("XPU out of memory. Tried to allocate 1.00 GiB."),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"),
    RuntimeError("CUDA error: HIPBLAS_STATUS_ALLOC_FAILED when calling `hipblasCreate(handle)`"),
    RuntimeError("cusolver error: CUSOLVER_STATUS_ALLOC_FAILED, when calling `cusolverDnCreate`"),
    RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
    RuntimeError("cuDNN error: CUDNN_STATUS_NOT_INITIALIZED"),
    RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"),
    RuntimeError("Unable to find a valid cuDNN algorithm to run convolution"),
    RuntimeError("GET was unable to find an engine to execute this computation"),
    RuntimeError("miopenStatusAllocFailed"),
    Exception("Error out of memory at line 88 in file /src/csrc/ops.cu"),
]
MAIN = [
    MemoryError(),
    np._core._exceptions._ArrayMemoryError((10**6, 10**6), np.dtype("f8")),
    RuntimeError(
        "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: "
        "you tried to allocate 400000000000 bytes. Error code 12 (Cannot allocate memory)"
    ),
    RuntimeError("not enough memory: you tried to allocate 9437184 bytes."),
    RuntimeError("std::bad_alloc"),
    RuntimeError("Cannot allocate memory"),
    RuntimeError("bad allocation"),
    RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED"),
    RuntimeError("unable to mmap 3788 bytes from file <a.pt>: Cannot allocate memory (12)"),
    OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
    windows_error(1455),
    windows_error(8),
    CPLE_OutOfMemoryError(3, 2, "Out of memory allocating 2147483648 bytes"),
    type("CPLE_AppDefinedError", (Exception,), {})("VSIMalloc3(): Cannot allocate 8 x 8 x 8"),
]
OTHER = [
    OSError("libgomp.so.1: cannot allocate memory in static TLS block"),
    ImportError("libgomp.so.1: cannot allocate memory in static TLS block"),
    torch.AcceleratorError(f"CUDA error: an illegal memory access was encountered{CUDA}"),
    RuntimeError("invalid memory allocation request 3 of allocation.tif"),
    FileNotFoundError(errno.ENOENT, "No such file or directory", "CUDA out of memory.tif"),
    RuntimeError("memory format option is only supported by strided tensors, reallocate them"),
    RuntimeError("CUDA error: invalid device ordinal"),
    RuntimeError("CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling cublasSgemm"),
    RuntimeError("CUDNN_STATUS_BAD_PARAM"),
    ValueError("allocated memory is not aligned: 'CUDA out of memory'"),
    GacError("The folder out of memory/CUDA out of memory cannot be read."),
]
LOST = [
    torch.AcceleratorError(f"CUDA error: an illegal memory access was encountered{CUDA}"),
    torch.AcceleratorError("CUDA error: device-side assert triggered"),
    RuntimeError("CUDA error: unspecified launch failure"),
    RuntimeError("CUDA error: the launch timed out and was terminated"),
    RuntimeError("CUDA error: unknown error"),
    RuntimeError("HIP error: an illegal memory access was encountered"),
    Exception("Error an illegal memory access was encountered at line 74 in file /csrc/ops.cu"),
    RuntimeError("CUDA error: uncorrectable ECC error encountered"),
]


@pytest.mark.parametrize("error", GPU, ids=str)
def test_a_full_gpu(error):
    assert exhausted_memory(error) == "gpu" and not is_device_lost(error)
    told = as_user_error(error)
    assert isinstance(told, DeviceError) and not isinstance(told, DeviceLost) and told.remedy


@pytest.mark.parametrize("error", MAIN, ids=repr)
def test_a_full_computer(error):
    assert exhausted_memory(error) == "main" and not is_device_lost(error)
    told = as_user_error(error)
    assert isinstance(told, GacError) and told.code == "error" and told.remedy


@pytest.mark.parametrize("error", OTHER, ids=repr)
def test_errors_of_another_kind(error):
    assert not is_out_of_memory(error)


@pytest.mark.parametrize("error", LOST, ids=str)
def test_a_gpu_of_no_further_use(error):
    assert is_device_lost(error) and not is_out_of_memory(error)
    told = as_user_error(error)
    assert isinstance(told, DeviceLost) and told.code == "device" and "\n" not in told.message


@pytest.mark.parametrize("error", [e for e in OTHER if "illegal" not in str(e)], ids=repr)
def test_a_gpu_of_use(error):
    assert not is_device_lost(error)


def test_the_cause_counts_and_a_context_does_not():
    cause = BundleError("The card is odd.")
    cause.__cause__ = torch.OutOfMemoryError("CUDA out of memory.")
    assert exhausted_memory(cause) == "gpu"
    assert as_user_error(cause) is cause
    other = ValueError("x")
    other.__context__ = MemoryError()
    assert not is_out_of_memory(other)
    circle = RuntimeError("a")
    circle.__cause__ = RuntimeError("b")
    circle.__cause__.__cause__ = circle
    assert not is_out_of_memory(circle)


def test_pytorch_names_its_errors_so():
    assert torch.OutOfMemoryError.__name__ == "OutOfMemoryError"
    with pytest.raises(RuntimeError) as refused:
        torch.empty(2**58)
    assert exhausted_memory(refused.value) == "main"
