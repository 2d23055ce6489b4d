"""Examination of this machine: system, packages, bundles, devices; each failure with its remedy.

    python -m gac_core.doctor [--quick] [--json]

That is `gac doctor` where nothing else starts: this module imports only the standard library until
it tries something, since it must work in a broken environment.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from gac_core.contract.errors import GacError, as_user_error
from gac_core.contract.message import Message, join, with_words
from gac_core.contract.protocol import VERSION
from gac_core.process import leave

OK, NOTE, BAD = "ok", "note", "bad"
"""States: it works; worth knowing; runs cannot work."""
_SIGNS = {OK: "ok     ", NOTE: "note   ", BAD: "FAILED "}

GIB = 2**30
LITTLE_MEMORY = 3.0
LITTLE_DISK = 2.0
"""GiB below which even a small run of the demo bundle may fail."""
KNOWN = ((3, 11), (3, 13))
"""Oldest and newest Python for which the libraries' versions are pinned."""

NEEDED = (
    "numpy", "scipy", "rasterio", "safetensors", "huggingface_hub", "filelock", "defusedxml",
    "psutil", "tqdm", "torch", "timm", "peft", "bitsandbytes", "terratorch",
)  # fmt: skip
"""Import names of the engine's dependencies, the heavy ones last."""
REMEDY = Message(
    "Repair the environment: in QGIS, menu Raster, GAC, The models' environment; in "
    "a checkout, remove .venv/.made and run `make env`."
)
USE_CPU = Message("Until then choose the device CPU.")

BUNDLE = "demo"
SCENE = ("demo_scene", "demo_s1.tif")
SIDE_M = 960.0
"""Side of the computed area in metres: one tile of the demo bundle's 96 pixels."""
STEPS = 2

_TITLES = {
    "system": Message("This machine"),
    "packages": Message("Libraries"),
    "devices": Message("Devices, each tried on one tile"),
    "bundles": Message("Model bundles"),
}


@dataclass(frozen=True)
class Finding:
    """Result of one check.

    Attributes:
        area: Topic: `system`, `packages`, `devices`, `bundles`.
        name: Name of the checked item.
        state: `ok`, `note` or `bad`.
        text: Result.
        remedy: Suggested action; may be empty.
        details: Traceback for a report; may be empty.
    """

    area: str
    name: str
    state: str
    text: str
    remedy: str = ""
    details: str = ""

    def line(self) -> str:
        """Return the finding as text for a terminal."""
        text = f"  {_SIGNS[self.state]} {self.name}: {self.text}"
        return f"{text}\n          → {self.remedy}" if self.remedy else text

    def json(self) -> str:
        """Return the finding as a line of JSON."""
        return json.dumps(with_words(asdict(self)), ensure_ascii=False)


FindingCallback = Callable[[Finding], object]


def examine_system(tell: FindingCallback) -> None:
    """Report on the machine; nothing here certainly prevents a run."""
    tell(Finding("system", "GAC", OK, Message("{} in {}", VERSION, Path(__file__).parents[2])))
    tell(_python())
    system = Message("{}, {} processors", platform.platform(), os.cpu_count())
    tell(Finding("system", Message("System"), OK, system))
    tell(_memory())
    for name, folder in (
        (Message("home"), Path.home()),
        (Message("temporary"), Path(tempfile.gettempdir())),
    ):
        tell(_disk(name, folder))


def _python() -> Finding:
    text = f"{platform.python_version()} ({sys.executable})"
    major, minor, _ = platform.python_version_tuple()
    oldest, newest = KNOWN
    if oldest <= (int(major), int(minor)) <= newest:
        return Finding("system", "Python", OK, text)
    return Finding(
        "system",
        "Python",
        NOTE,
        Message("{}: GAC's libraries are known to work with 3.11 to 3.13", text),
    )


def _memory() -> Finding:
    try:
        import psutil
    except ImportError:
        # The check of the packages reports it.
        return Finding("system", Message("Memory"), NOTE, Message("unknown (psutil is missing)"))
    memory = psutil.virtual_memory()
    text = Message(
        "{} of {} GiB free", f"{memory.available / GIB:.1f}", f"{memory.total / GIB:.1f}"
    )
    if memory.available < LITTLE_MEMORY * GIB:
        remedy = Message("Close other programs before a run, or choose a small extent.")
        return Finding("system", Message("Memory"), NOTE, text, remedy)
    return Finding("system", Message("Memory"), OK, text)


def _disk(name: str, folder: Path) -> Finding:
    title = Message("Disk ({})", name)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("system", title, NOTE, f"{folder}: {error}")
    text = Message("{} GiB free in {}", f"{free / GIB:.1f}", folder)
    if free < LITTLE_DISK * GIB:
        return Finding("system", title, NOTE, text, Message("Make room before a run."))
    return Finding("system", title, OK, text)


def examine_packages(tell: FindingCallback) -> bool:
    """Import the libraries.

    Returns:
        True if all can be imported.
    """
    is_complete = True
    for name in NEEDED:
        finding = _try_import(name)
        is_complete = is_complete and finding.state == OK
        tell(finding)
    return is_complete


def _try_import(name: str) -> Finding:
    try:
        importlib.import_module(name)
    except (Exception, SystemExit) as error:  # a broken library may raise anything
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        return Finding("packages", name, BAD, text, REMEDY, traceback.format_exc())
    try:
        version = metadata.version(name.replace("_", "-"))
    except metadata.PackageNotFoundError:
        text = Message("it can be imported, but its record is missing")
        return Finding("packages", name, BAD, text, REMEDY)
    return Finding("packages", name, OK, version)


def examine_bundles(tell: FindingCallback) -> bool:
    """Check every bundle.

    Returns:
        True if any can run.
    """
    from gac_core.bundles.library import Library

    library = Library.default()
    try:
        entries = library.describe_all()
    except GacError as error:
        tell(Finding("bundles", "bundles", BAD, error.message, error.remedy))
        return False
    ready = False
    for info in entries:
        name = str(info["name"])
        if info["ready"]:
            ready = True
            tell(Finding("bundles", name, OK, join((info["title"], info["path"]), ", ")))
        else:
            text, remedy = str(info["problem"]), str(info["remedy"])
            tell(Finding("bundles", name, NOTE, text, remedy))
    if not ready:
        text = Message("no model bundle can run")
        tell(Finding("bundles", "bundles", BAD, text, Message("Install the plugin again.")))
    return ready


def examine_devices(tell: FindingCallback) -> bool:
    """Try every device.

    Returns:
        True if the default device of runs works.
    """
    import torch

    from gac_core.networks.device import gpu_room

    works = {"cpu": _try_device(tell, "cpu", Message("{} threads", torch.get_num_threads()))}
    if torch.backends.mps.is_available():
        _try_device(
            tell,
            "mps",
            Message("Apple's GPU; nothing was measured on one, and it is used only by choice"),
        )
    if not torch.cuda.is_available():
        tell(_no_cuda())
        return works["cpu"]
    device = torch.device("cuda")
    free = gpu_room(device) - torch.cuda.memory_reserved(device)
    total = torch.cuda.get_device_properties(device).total_memory
    name = torch.cuda.get_device_name(0)
    major, minor = torch.cuda.get_device_capability(0)
    card = Message("{}, compute capability {}.{}, CUDA {}", name, major, minor, torch.version.cuda)
    memory = Message("{} of {} GiB free", f"{free / GIB:.1f}", f"{total / GIB:.1f}")
    works["cuda"] = _try_device(tell, "cuda", join((card, memory), ", "))
    return works["cuda"]


def _no_cuda() -> Finding:
    import torch

    if torch.version.cuda is None:
        text = Message("this PyTorch ({}) is built for processors only", torch.__version__)
        return Finding("devices", "cuda", NOTE, Message("{}; runs use the processor", text))
    try:
        torch.zeros(1, device="cuda")
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0].split(". Please")[0]
    else:
        reason = Message("PyTorch finds no NVIDIA GPU")
    return Finding(
        "devices",
        "cuda",
        NOTE,
        Message("{} (PyTorch {}); runs use the processor", reason, torch.__version__),
        Message("With an NVIDIA GPU: install a driver that knows CUDA {}.", torch.version.cuda),
    )


def _try_device(tell: FindingCallback, device: str, description: str) -> bool:
    from gac_core.bundles.library import Library, engine_root
    from gac_core.contract.request import RunRequest
    from gac_core.engine.pipeline import run
    from gac_core.networks.loading import ModelCache
    from gac_core.progress import Silent

    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="gac-doctor-") as folder:
            scene = engine_root().joinpath("resources", *SCENE)
            request = RunRequest.from_dict(
                {
                    "sar": [str(scene)],
                    "out": folder,
                    "bundle": BUNDLE,
                    "extent": _middle(scene),
                    "timesteps_1": STEPS,
                    "timesteps_3": STEPS,
                    "device": device,
                }
            )
            run(request, ModelCache(Library.default()), Silent())
    except Exception as error:  # after any failure the next device is tried
        failure = as_user_error(error)
        text = (
            failure.message if isinstance(failure, GacError) else f"{type(error).__name__}: {error}"
        )
        remedy = failure.remedy if isinstance(failure, GacError) else ""
        if device == "cuda":
            remedy = join((remedy, USE_CPU))
        result = Message("{}; one tile failed: {}", description, text)
        tell(Finding("devices", device, BAD, result, remedy, traceback.format_exc()))
        return False
    seconds = time.monotonic() - began
    result = Message(
        "{}; one tile of the demo scene through three stages in {} s", description, f"{seconds:.1f}"
    )
    tell(Finding("devices", device, OK, result))
    return True


def _middle(scene: Path) -> tuple[float, float, float, float]:
    """Return the extent of one tile in the middle of a scene, in its CRS."""
    import rasterio

    with rasterio.open(scene) as file:
        left, bottom, right, top = file.bounds
    x, y, half = (left + right) / 2, (bottom + top) / 2, SIDE_M / 2
    return (x - half, y - half, x + half, y + half)


def examine(tell: FindingCallback, *, quick: bool = False) -> bool:
    """Run all checks.

    Args:
        tell: Receives each finding immediately.
        quick: Skip the devices, which take half a minute or more.

    Returns:
        True if runs work here.
    """
    warnings.filterwarnings("ignore")
    examine_system(tell)
    if not examine_packages(tell):
        return False
    works = examine_bundles(tell)
    return (quick or examine_devices(tell)) and works


class Printer:
    """Output of findings for people, as they arrive.

    Attributes:
        failures: Names of the failed checks so far.
    """

    def __init__(self) -> None:
        self.failures: list[str] = []
        self._area = ""

    def __call__(self, finding: Finding) -> None:
        """Print a finding."""
        if finding.area != self._area:
            self._area = finding.area
            print(f"{_TITLES[finding.area]}:")
        print(finding.line(), flush=True)
        if finding.state == "bad":
            self.failures.append(finding.name)


def print_examination(*, quick: bool = False, as_json: bool = False) -> int:
    """Run all checks and print the findings; as JSON: one line each.

    Returns:
        Exit status: 0 if runs work here.
    """
    if as_json:
        healthy = examine(lambda finding: print(finding.json(), flush=True), quick=quick)
        return 0 if healthy else 1
    printer = Printer()
    healthy = examine(printer, quick=quick)
    failed = ", ".join(printer.failures)
    print("GAC can run here." if healthy else f"GAC cannot run here: {failed} failed.")
    sys.stdout.flush()
    return 0 if healthy else 1


if __name__ == "__main__":
    words = sys.argv[1:]
    leave(print_examination(quick="--quick" in words, as_json="--json" in words))
