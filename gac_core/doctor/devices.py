"""Check of the devices: each computes one tile of the demo scene through all stages."""

from __future__ import annotations

import tempfile
import time
import traceback
from pathlib import Path

from gac_core.contract.errors import GacError, as_known
from gac_core.doctor.finding import BAD, NOTE, OK, Finding, Tell

GIB = 2**30
BUNDLE = "demo"
SCENE = ("demo_scene", "demo_s1.tif")
SIDE_M = 960.0
"""Side of the computed area in metres: one tile of the demo bundle's 96 pixels."""

STEPS = 2


def examine(tell: Tell) -> bool:
    """Try every device.

    Returns:
        True if the default device of runs works.
    """
    import torch

    works = {"cpu": _try(tell, "cpu", f"{torch.get_num_threads()} threads")}
    if torch.backends.mps.is_available():
        _try(tell, "mps", "Apple's GPU; nothing was measured on one, and it is used only by choice")
    if not torch.cuda.is_available():
        tell(_no_cuda())
        return works["cpu"]
    free, total = torch.cuda.mem_get_info()
    name = torch.cuda.get_device_name(0)
    major, minor = torch.cuda.get_device_capability(0)
    text = f"{name}, compute capability {major}.{minor}, CUDA {torch.version.cuda}, "
    text += f"{free / GIB:.1f} of {total / GIB:.1f} GiB free"
    works["cuda"] = _try(tell, "cuda", text)
    return works["cuda"]


def _no_cuda() -> Finding:
    import torch

    if torch.version.cuda is None:
        text = f"this PyTorch ({torch.__version__}) is built for processors only"
        return Finding("devices", "cuda", NOTE, f"{text}; runs use the processor")
    try:
        torch.zeros(1, device="cuda")
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0].split(". Please")[0]
    else:
        reason = "PyTorch finds no NVIDIA GPU"
    return Finding(
        "devices",
        "cuda",
        NOTE,
        f"{reason} (PyTorch {torch.__version__}); runs use the processor",
        f"With an NVIDIA GPU: install a driver that knows CUDA {torch.version.cuda}.",
    )


def _try(tell: Tell, device: str, description: str) -> bool:
    from gac_core.contract.request import RunRequest
    from gac_core.models.cache import ModelCache
    from gac_core.models.library import Library, engine_root
    from gac_core.progress.listener import Silent
    from gac_core.runs.pipeline import run

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
        failure = as_known(error)
        text = (
            failure.message if isinstance(failure, GacError) else f"{type(error).__name__}: {error}"
        )
        remedy = failure.remedy if isinstance(failure, GacError) else ""
        if device == "cuda":
            remedy = f"{remedy} Until then choose the device CPU.".strip()
        result = f"{description}; one tile failed: {text}"
        tell(Finding("devices", device, BAD, result, remedy, traceback.format_exc()))
        return False
    seconds = time.monotonic() - began
    result = f"{description}; one tile of the demo scene through three stages in {seconds:.1f} s"
    tell(Finding("devices", device, OK, result))
    return True


def _middle(scene: Path) -> tuple[float, float, float, float]:
    """Return the extent of one tile in the middle of a scene, in its CRS."""
    import rasterio

    with rasterio.open(scene) as file:
        left, bottom, right, top = file.bounds
    x, y, half = (left + right) / 2, (bottom + top) / 2, SIDE_M / 2
    return (x - half, y - half, x + half, y + half)
