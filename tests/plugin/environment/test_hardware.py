"""GPUs of a machine, the PyTorch builds for it, and the reasons that are given."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gac_qgis_plugin.environment import choices, plan
from gac_qgis_plugin.environment import requirements as resolved
from gac_qgis_plugin.environment.choices import HostSettings
from gac_qgis_plugin.environment.machine import (
    Gpu,
    choose,
    cuda_of,
    find_amd,
    find_gpus,
    has_intel,
    parse,
    refusal,
)
from gac_qgis_plugin.environment.state import Marker

NEW = "NVIDIA GeForce RTX 4090, 580.65.06, 24564, 8.9\n"
LAPTOP = "NVIDIA GeForce RTX 4050 Laptop GPU, 581.42, 6141, 8.9\n"
PASCAL = "NVIDIA GeForce GTX 1060, 580.88, 6144, 6.1\n"


def test_what_nvidia_smi_prints_is_understood() -> None:
    text = NEW + "Tesla K80, 470.82.01, 11441\nNVIDIA-SMI has failed because\n"
    assert parse(text) == [
        Gpu("NVIDIA GeForce RTX 4090", "580.65.06", 24564, 8.9),
        Gpu("Tesla K80", "470.82.01", 11441, 0.0),
    ]
    assert parse("GPU, 535.1, 8000, [N/A]") == [Gpu("GPU", "535.1", 8000, 0.0)]


@pytest.mark.parametrize(
    ("text", "amd", "system", "build", "device", "words"),
    [
        (NEW, [], "linux", "index", "cuda", "CUDA 13: NVIDIA GeForce RTX 4090 with driver 580.65"),
        ("A, 535.54, 8000, 8.6", [], "linux", "cuda12", "cuda", "with CUDA 12: A"),
        ("A, 470.54, 8000, 8.6", [], "linux", "cpu", "cpu", "driver 470.54 is too old"),
        (PASCAL, [], "linux", "cuda126", "cuda", "with CUDA 12.6"),
        ("K80, 535.82, 11441, 3.7", [], "linux", "cpu", "cpu", "capability 3.7 is below the 5.0"),
        ("Old, 530.1, 8000", [], "linux", "cuda126", "cuda", "with CUDA 12.6"),
        ("", [], "linux", "cpu", "cpu", "No GPU was found"),
        ("", [110000], "linux", "rocm", "cuda", "PyTorch with ROCm"),
        ("", [90012], "linux", "cpu", "cpu", "No GPU was found"),
        (LAPTOP, [], "win32", "cuda13", "cuda", "CUDA 13: NVIDIA GeForce RTX 4050"),
        ("A, 551.86, 6141, 8.9", [], "win32", "cuda12", "cuda", "with CUDA 12: A"),
        ("A, 526.0, 6141, 8.9", [], "win32", "index", "cpu", "too old"),
        (PASCAL, [], "win32", "cuda126", "cuda", "with CUDA 12.6"),
        ("", [110000], "win32", "index", "cpu", "No GPU was found"),
        ("", [], "win32", "index", "cpu", "No GPU was found"),
        ("", [], "darwin", "index", "cpu", "Apple silicon"),
        (PASCAL + NEW, [], "linux", "index", "cuda", "RTX 4090"),
    ],
)
def test_the_build_and_the_reason(text, amd, system, build, device, words) -> None:
    builds = choose(parse(text), amd, 13, system)
    assert (builds[0].build, builds[0].device) == (build, device)
    assert words in builds[0].reason
    names = [each.build for each in builds]
    assert len(set(names)) == len(names) and set(names) <= set(resolved.BACKENDS)
    assert "index" in names, "what needs PyTorch's own index has a way without it"


@pytest.mark.parametrize(("system", "build"), [("linux", "cpu"), ("win32", "index")])
def test_an_intel_gpu_is_told_and_the_processor_computes(system, build) -> None:
    first = choose([], [], 13, system, has_intel=True)[0]
    assert (first.build, first.device) == (build, "cpu") and "Intel" in first.reason
    beside = choose(parse(LAPTOP), [], 13, system, has_intel=True)[0]
    assert beside.device == "cuda", "laptops have one beside NVIDIA's"


def test_intel_gpus_by_linux_s_folders(tmp_path) -> None:
    for name, vendor in (("card0", "0x1002"), ("card0-HDMI-A-1", None), ("card1", "0x8086")):
        (tmp_path / name / "device").mkdir(parents=True)
        if vendor is not None:
            (tmp_path / name / "device" / "vendor").write_text(f"{vendor}\n")
        assert has_intel(tmp_path) == (name == "card1")
    assert not has_intel(tmp_path / "nothing")


def test_intel_gpus_by_windows_registry(monkeypatch) -> None:
    """Its module under its own functions' names: adapters without a name, or out of reach."""
    adapters: dict[str, Any] = {
        "0000": "NVIDIA GeForce RTX 4050 Laptop GPU",
        "0001": None,
        "Properties": PermissionError("[WinError 5]"),
        "0002": "Intel(R) UHD Graphics",
    }

    class Key:
        def __init__(self, name: str) -> None:
            self.name = name

        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def open_key(parent: Any, name: str) -> Key:
        if isinstance(adapters.get(name), OSError):
            raise adapters[name]
        return Key(name)

    def value(key: Key, name: str) -> tuple[str, int]:
        assert name == "DriverDesc"
        if adapters[key.name] is None:
            raise FileNotFoundError("[WinError 2]")
        return adapters[key.name], 1

    registry = ModuleType("winreg")
    vars(registry).update(
        HKEY_LOCAL_MACHINE=1,
        OpenKey=open_key,
        QueryInfoKey=lambda key: (len(adapters), 0, 0),
        EnumKey=lambda key, number: list(adapters)[number],
        QueryValueEx=value,
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")
    assert has_intel()
    del adapters["0002"]
    assert not has_intel()


@pytest.mark.parametrize(
    ("build", "system", "text", "unused"),
    [
        ("", "win32", LAPTOP, "NVIDIA GeForce RTX 4050 Laptop GPU"),
        ("", "linux", LAPTOP, ""),
        ("index", "win32", LAPTOP, ""),
        ("", "win32", "A, 470.1, 6141, 8.9", ""),
        ("", "win32", "", ""),
    ],
)
def test_a_gpu_that_an_old_environment_leaves_unused(
    monkeypatch, build, system, text, unused
) -> None:
    monkeypatch.setattr(choices, "find_gpus", lambda variables: parse(text))
    marker = Marker("f", "worker-py311.txt", "python", "3.11", build=build)
    assert choices.unused_gpu(marker, HostSettings({}, {}, b""), system) == unused
    assert choices.unused_gpu(None, HostSettings({}, {}, b""), system) == ""


def test_machines_without_a_pytorch_are_refused() -> None:
    assert "Intel processors" in refusal("darwin", "x86_64")
    assert "riscv64" in refusal("linux", "riscv64")
    assert "macOS 14" in refusal("darwin", "arm64", "13.6.1")
    assert refusal("darwin", "arm64", "15.2") == ""
    assert [refusal(*each) for each in (("darwin", "arm64"), ("win32", "AMD64"))] == ["", ""]


def test_cuda_s_version_is_that_of_the_resolved_files() -> None:
    for minor in plan.minors():
        assert cuda_of(resolved.read(plan.file_for(minor))) in (12, 13)
    assert cuda_of([]) == 0


def test_a_driver_that_does_not_tell_the_capability(tmp_path, monkeypatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text('#!/bin/sh\ncase "$1" in *cap*) exit 2;; esac\necho "A, 470.1, 8000"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert find_gpus(dict(os.environ)) == [Gpu("A", "470.1", 8000, 0.0)]


def test_gpus_of_amd_are_read_from_the_kernel(tmp_path: Path) -> None:
    for number, target in enumerate((0, 110000, 90012)):
        node = tmp_path / str(number)
        node.mkdir(parents=True)
        (node / "properties").write_text(f"cpu_cores_count 8\ngfx_target_version {target}\n")
    assert find_amd(tmp_path) == [110000, 90012]
    assert find_amd(tmp_path / "none") == []
