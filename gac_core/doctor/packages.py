"""The libraries: each is really imported."""

from __future__ import annotations

import importlib
import traceback
from importlib import metadata

from gac_core.doctor.finding import BAD, OK, Finding, Tell

NEEDED = (
    "numpy", "scipy", "rasterio", "safetensors", "huggingface_hub", "filelock", "defusedxml",
    "psutil", "tqdm", "torch", "timm", "peft", "bitsandbytes", "terratorch",
)  # fmt: skip
"""What the engine imports, by the name it is imported by; the heavy ones last."""

REMEDY = (
    "Repair the environment: in QGIS, menu Raster, GAC, The models' environment; in a checkout, "
    "remove .venv/.made and run `make env`."
)


def examine(tell: Tell) -> bool:
    """Imports the libraries.

    Returns:
        Whether all could be.
    """
    fine = True
    for name in NEEDED:
        finding = _try(name)
        fine = fine and finding.state == OK
        tell(finding)
    return fine


def _try(name: str) -> Finding:
    try:
        importlib.import_module(name)
    except (Exception, SystemExit) as error:  # a library that is broken may raise anything
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        return Finding("packages", name, BAD, text, REMEDY, traceback.format_exc())
    try:
        version = metadata.version(name.replace("_", "-"))
    except metadata.PackageNotFoundError:
        text = "it can be imported, but its record is gone"
        return Finding("packages", name, BAD, text, REMEDY)
    return Finding("packages", name, OK, version)
