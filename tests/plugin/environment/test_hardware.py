"""Which PyTorch a machine gets, and the reason that is given."""

from __future__ import annotations

import os

import pytest

from gac_qgis_plugin.environment import plan
from gac_qgis_plugin.environment.machine import Gpu, choose, cuda_of, find_gpus, parse

NEW = "NVIDIA GeForce RTX 4090, 580.65.06, 24564, 8.9\n"


def test_what_nvidia_smi_prints_is_understood() -> None:
    text = NEW + "Tesla K80, 470.82.01, 11441\nNVIDIA-SMI has failed because\n"
    assert parse(text) == [
        Gpu("NVIDIA GeForce RTX 4090", "580.65.06", 24564, 8.9),
        Gpu("Tesla K80", "470.82.01", 11441, 0.0),
    ]
    assert parse("GPU, 535.1, 8000, [N/A]") == [Gpu("GPU", "535.1", 8000, 0.0)]


@pytest.mark.parametrize(
    ("text", "system", "device", "words"),
    [
        (NEW, "linux", "cuda", "CUDA 13: NVIDIA GeForce RTX 4090 with driver 580.65.06"),
        ("", "linux", "cpu", "No NVIDIA GPU was found"),
        ("A, 535.54, 8000, 8.6", "linux", "cpu", "driver 535.54 is too old for CUDA 13"),
        ("B, 580.1, 8000, 6.1", "linux", "cpu", "compute capability 6.1 is below the 7.5"),
        (NEW, "win32", "cpu", "knows no GPU"),
        ("", "win32", "cpu", "No NVIDIA GPU was found"),
        ("", "darwin", "cpu", "Apple silicon"),
        ("B, 580.1, 8000, 6.1\n" + NEW, "linux", "cuda", "RTX 4090"),
    ],
)
def test_the_reason(text, system, device, words) -> None:
    torch = choose(parse(text), 13, system)
    assert torch.device == device
    assert words in torch.reason


def test_cuda_s_version_is_that_of_the_resolved_files() -> None:
    for minor in plan.supported():
        assert cuda_of(plan.read(plan.file_for(minor))) in (12, 13)
    assert cuda_of([]) == 0


def test_a_driver_that_does_not_tell_the_capability(tmp_path, monkeypatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text('#!/bin/sh\ncase "$1" in *cap*) exit 2;; esac\necho "A, 470.1, 8000"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert find_gpus(dict(os.environ)) == [Gpu("A", "470.1", 8000, 0.0)]
