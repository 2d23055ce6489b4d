"""PyTorch for six machines, resolved by the real uv for their systems; its proof on the GPU."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.environment import installer, state
from gac_qgis_plugin.environment import requirements as resolved
from gac_qgis_plugin.environment.build import GpuProblem, compile_words, resolve
from gac_qgis_plugin.environment.helper import prove_gpu
from gac_qgis_plugin.environment.installer import Site
from gac_qgis_plugin.environment.machine import choose, parse
from tests.plugin.environment.small import SYSTEM_PYTHON, Index, World, entry, wheel
from tests.problems import raises

LINUX, WINDOWS, MACOS = "manylinux_2_28_x86_64", "win_amd64", "macosx_11_0_arm64"
NEW = "NVIDIA GeForce RTX 4050 Laptop GPU, 581.42, 6141, 8.9\n"
OLD = "NVIDIA GeForce RTX 4050 Laptop GPU, 551.86, 6141, 8.9\n"


@pytest.fixture
def shop(world: World):
    """An index like the public one, and one like PyTorch's: no CUDA 13.2, 12.9 and 12.8."""
    public, own = world.root / "index", world.root / "whl"
    aaa = wheel(public, "aaa", "1.0")
    library = wheel(public, "nvidia_cuda_runtime", "13.2")
    wheel(public, "nvidia_cudnn_cu12", "9.1")
    lines = {"torch": "", "torchvision": ""}
    for name, version in (("torch", "2.15.0"), ("torchvision", "0.29.2")):
        paths = []
        for tag in (LINUX, WINDOWS, MACOS):
            needs = ("aaa",)
            if name == "torch":
                needs += ("nvidia-cuda-runtime==13.2; sys_platform == 'linux'",)
            paths.append(wheel(public, name, version, tag=f"py3-none-{tag}", needs=needs))
        first, *others = map(entry, paths)
        hashes = [text.partition("\n")[2] for text in others]
        lines[name] = " \\\n".join([first, *hashes])
        for backend in ("cpu", "cu130", "cu126"):
            cudnn = ("nvidia-cudnn-cu12==9.1; sys_platform == 'linux'",)
            needs = ("aaa", *(cudnn if backend == "cu126" else ()))
            for tag in (LINUX, WINDOWS):
                local = f"{version}+{backend}"
                wheel(own / backend, name, local, tag=f"py3-none-{tag}", needs=needs)
    nvidia = entry(library, " ; sys_platform == 'linux'").replace("_", "-")
    nvidia = nvidia.replace("sys-platform", "sys_platform")
    world.write([entry(aaa), nvidia, *lines.values()])
    index = Index(world.root)
    yield index
    index.close()


def ready(world: World, shop: Index, build: str) -> Site:
    """A build's working folder in which uv is ready."""
    changes = world.online(shop, GAC_TORCH_INDEX=f"{shop.address}/whl/")
    site = Site(world.plan(build=build, **changes), lambda: False)
    site.temporary.mkdir(parents=True)
    installer.prepare(site)
    return site


def dry_run(site: Site, lines: list[str], source: list[str], platform: str) -> set[str]:
    """Return what uv would install on another system."""
    packages = site.work / "packages.txt"
    packages.write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [
            *(site.uv, "pip", "sync", packages, "--require-hashes", "--dry-run"),
            *("--target", site.work / "target", "--python", SYSTEM_PYTHON),
            *("--python-platform", platform, "--index-strategy", "unsafe-best-match", *source),
        ],
        env=site.variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"^ \+ (\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize(
    ("gpus", "system", "platform", "build", "expected"),
    [
        (NEW, "win32", "windows", "cuda13", {"torch==2.15.0+cu130", "torchvision==0.29.2+cu130"}),
        (OLD, "win32", "windows", "cuda12", {"torch==2.15.0+cu126", "torchvision==0.29.2+cu126"}),
        ("", "win32", "windows", "index", {"torch==2.15.0", "torchvision==0.29.2"}),
        (
            NEW,
            "linux",
            "x86_64-manylinux_2_28",
            "index",
            {"torch==2.15.0", "torchvision==0.29.2", "nvidia-cuda-runtime==13.2"},
        ),
        (
            "",
            "linux",
            "x86_64-manylinux_2_28",
            "cpu",
            {"torch==2.15.0+cpu", "torchvision==0.29.2+cpu"},
        ),
        ("", "darwin", "aarch64-apple-darwin", "index", {"torch==2.15.0", "torchvision==0.29.2"}),
        (
            OLD,
            "linux",
            "x86_64-manylinux_2_28",
            "cuda12",
            {"torch==2.15.0+cu126", "torchvision==0.29.2+cu126", "nvidia-cudnn-cu12==9.1"},
        ),
    ],
    ids=[
        *("Windows, NVIDIA, new driver", "Windows, NVIDIA, old driver", "Windows without"),
        *("Linux, NVIDIA", "Linux without", "macOS", "Linux, NVIDIA, old driver"),
    ],
)
def test_what_a_machine_gets(world, shop, gpus, system, platform, build, expected) -> None:
    torch = choose(parse(gpus), [], 13, system)[0]
    assert torch.build == build
    assert torch.device == ("cuda" if gpus else "cpu")
    site = ready(world, shop, build)
    entries = resolved.read(world.requirements)
    lines, source = resolve(site, entries, SYSTEM_PYTHON, platform)
    assert all("--hash=sha256:" in line for line in lines)
    assert dry_run(site, lines, source, platform) == {"aaa==1.0", *expected}


def test_a_build_that_is_not_published_is_told(world, shop) -> None:
    site = ready(world, shop, "rocm")
    with raises(PluginError, "package-missing", "PyTorch 2.15.0") as caught:
        resolve(site, resolved.read(world.requirements), SYSTEM_PYTHON, "x86_64-manylinux_2_28")
    assert caught.value.remedy


def test_an_unreachable_index_of_pytorch_is_not_taken_for_that(world, shop) -> None:
    site = ready(world, shop, "cpu")
    shop.close()
    with raises(PluginError, "index-unreachable"):
        resolve(site, resolved.read(world.requirements), SYSTEM_PYTHON)


def test_uv_itself_knows_each_backend_and_its_index(world, shop) -> None:
    """Without internet: uv says which addresses it would have asked."""
    site = ready(world, shop, "cuda13")
    del site.variables["GAC_TORCH_INDEX"]
    entries = resolved.read(world.requirements)
    for backend in {name for each in resolved.BACKENDS.values() for name in each}:
        words = compile_words(site, backend, entries, SYSTEM_PYTHON)
        result = site.run_uv(*words, "--offline", "--verbose")
        assert result.code != 0
        assert f"/whl/{backend}/torch/" in result.output, result.output


def test_a_wheel_folder_with_a_build_of_its_own_counts(world, shop) -> None:
    folder = world.root / "carried"
    folder.mkdir()
    for path in (world.root / "whl" / "cu126").iterdir():
        (folder / path.name).symlink_to(path)
    for path in (world.root / "index").glob("*cudnn*"):
        (folder / path.name).symlink_to(path)
    wheel(folder, "aaa", "1.0")
    world.write(
        [
            entry(folder / "aaa-1.0-py3-none-any.whl"),
            *(each.text for each in resolved.read(world.requirements) if each.is_of_torch),
        ]
    )
    world.build(wheels=folder, build="cuda12", self_test=("-c", "import torch"))
    assert world.version_of("torch") == "2.15.0+cu126"
    now = state.read_state(world.home, thorough=True, files=world.files)
    assert now.condition == state.READY and now.marker is not None
    assert now.marker.build == "cuda12"


def test_another_build_is_put_in_the_place_of_the_first(world, shop) -> None:
    online = world.online(shop, GAC_TORCH_INDEX=f"{shop.address}/whl")
    world.build(**online, build="index", self_test=("-c", "import torch"))
    assert world.version_of("torch") == "2.15.0"
    world.build(**online, build="cpu", self_test=("-c", "import torch"))
    assert world.version_of("torch") == "2.15.0+cpu"
    assert not [name for name in world.names() if "nvidia" in name]


FAKE = """
__version__ = version
class version: cuda, hip = "13.0", None
class Number:
    def __call__(self, *_, **__): return self
    def __getattr__(self, name): return self
    def __sub__(self, other): return self
    def __truediv__(self, other): return self
    def __float__(self): return {difference}
Generator = randn = matmul = nn = Number()
class cuda:
    def get_device_name(number): return "RTX 4050"
def zeros(*_, **__):
    {failure}
"""


@pytest.mark.parametrize(
    ("failure", "difference", "problem"),
    [
        ("pass", "0.0", ""),
        ("pass", "0.5", "gpu-wrong"),
        ("pass", "float('nan')", "gpu-wrong"),
        ("raise RuntimeError('CUDA error: no kernel image is available')", "0.0", "gpu-kernel"),
        ("raise RuntimeError('The NVIDIA driver on your system is too old')", "0.0", "gpu-driver"),
        ("raise AssertionError('Torch not compiled with CUDA enabled')", "0.0", "gpu-failed"),
        ("raise SystemExit(3)", "0.0", "gpu-failed"),
    ],
)
def test_the_gpu_is_proven_or_told_of(world, failure, difference, problem) -> None:
    code = FAKE.format(failure=failure, difference=difference)
    torch = wheel(world.wheels, "torch", "2.15.0", code=code)
    lines = [each.text for each in resolved.read(world.requirements)]
    world.write([*lines, entry(torch)])
    if not problem:
        world.build(needs_gpu=True)
        now = state.read_state(world.home, files=world.files)
        assert now.marker is not None and "RTX 4050" in now.marker.gpu
        return
    with raises(GpuProblem, problem) as caught:
        world.build(needs_gpu=True)
    assert caught.value.remedy
    assert state.read_state(world.home, files=world.files).condition == state.UNFINISHED
    world.build(needs_gpu=False)
    assert state.read_state(world.home, files=world.files).condition == state.READY


def test_a_hidden_gpu_and_a_build_for_processors_are_told_apart(world, monkeypatch) -> None:
    assert prove_gpu.hiding({"CUDA_VISIBLE_DEVICES": "-1"}) == "CUDA_VISIBLE_DEVICES=-1"
    assert prove_gpu.hiding({"CUDA_VISIBLE_DEVICES": ""}) == "CUDA_VISIBLE_DEVICES="
    assert prove_gpu.hiding({"CUDA_VISIBLE_DEVICES": "1,0"}) == ""
    hidden = FAKE.format(failure="pass", difference="0.0")
    for code, variables, problem in (
        (hidden, {"HIP_VISIBLE_DEVICES": "-1"}, "gpu-hidden"),
        (hidden.replace('"13.0"', "None"), {}, "gpu-processor-build"),
        ("raise OSError('[WinError 126] Error loading cublas64_13.dll')\n", {}, "gpu-missing"),
    ):
        torch = wheel(world.wheels, "torch", "2.15.0", code=code)
        names = ("aaa", "bbb", "ccc_c")
        lines = [entry(world.wheels / f"{name}-1.0-py3-none-any.whl") for name in names]
        world.write([*lines, entry(torch)])
        with raises(GpuProblem, problem):
            world.build(needs_gpu=True, self_test_variables={"PATH": "/bin", **variables})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CUDA error: no kernel image is available for execution on the device", "kernel"),
        ("HIP error: invalid device function", "kernel"),
        ("The NVIDIA driver on your system is too old (found version 12060)", "driver"),
        ("Found no NVIDIA driver on your system.", "none"),
        ("No HIP GPUs are available", "none"),
        ("CUDA error: CUBLAS_STATUS_ALLOC_FAILED", "memory"),
        ("CUDA out of memory. Tried to allocate 20 MiB", "memory"),
        ("an illegal memory access was encountered", "failed"),
    ],
)
def test_errors_of_pytorch_are_judged(text, code) -> None:
    assert prove_gpu.judge(text) == code


def test_the_torch_part_of_the_resolved_files_is_whole() -> None:
    """Differences between builds are left to uv; all else, NVML's bindings too, stays hashed."""
    for path in sorted(Path(__file__).parents[3].glob("requirements/worker-py3*.txt")):
        entries = resolved.read(path)
        own = {each.name for each in entries if each.is_of_torch}
        assert {"torch", "torchvision", "triton", "cuda-toolkit", "nvidia-cudnn-cu13"} <= own
        assert not own & {"torchmetrics", "torchgeo", "nvidia-ml-py", "terratorch"}
        rest = "\n".join(resolved.select(entries, "rest"))
        assert len(resolved.parse(rest)) == len(entries) - len(own)
        assert [pin.split("==")[0] for pin in resolved.torch_pins(entries)] == [
            "torch",
            "torchvision",
        ]
