"""Check of the libraries: each is actually imported."""

from __future__ import annotations

import importlib
import traceback
from importlib import metadata

from gac_core.doctor.finding import BAD, OK, Finding, Tell

NEEDED = (
    "numpy", "scipy", "rasterio", "safetensors", "huggingface_hub", "filelock", "defusedxml",
    "psutil", "tqdm", "torch", "timm", "peft", "bitsandbytes", "terratorch",
)  # fmt: skip
"""Import names of the engine's dependencies, the heavy ones last."""

REMEDY = (
    "Repair the environment: in QGIS, menu Raster, GAC, The models' environment; in a checkout, "
    "remove .venv/.made and run `make env`."
)


def examine(tell: Tell) -> bool:
    """Import the libraries.

    Returns:
        True if all can be imported.
    """
    is_complete = True
    for name in NEEDED:
        finding = _try(name)
        is_complete = is_complete and finding.state == OK
        tell(finding)
    return is_complete


def _try(name: str) -> Finding:
    try:
        importlib.import_module(name)
    except (Exception, SystemExit) as error:  # a broken library may raise anything
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        return Finding("packages", name, BAD, text, REMEDY, traceback.format_exc())
    try:
        version = metadata.version(name.replace("_", "-"))
    except metadata.PackageNotFoundError:
        text = "it can be imported, but its record is gone"
        return Finding("packages", name, BAD, text, REMEDY)
    return Finding("packages", name, OK, version)
