"""Names of files and folders of runs, batches and the models folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from .bands import result_name

RECORD: Final = "run.json"
"""Record of a run, beside its results."""

STAC_ITEM: Final = "stac_item.json"

STAGE_CACHE: Final = ".gac-stages"
"""Folder with the stages that later runs can reuse, in a run's folder."""

STAGE_CACHE_MANIFEST: Final = "stages.json"
"""Manifest of `STAGE_CACHE`."""

WORK: Final = ".gac-work"
"""Folder of an unfinished run, in the run's folder."""

JOURNAL: Final = "journal.json"
"""Journal in `WORK`: the request and its progress."""

JOURNAL_FORMAT: Final = 1

RADAR: Final = "s1.blocks"
"""Radar on the working grid, in `WORK`: every block that the run has read so far."""

OPTICAL_FILES: Final = ("optical.blocks", "optical_other.blocks")
"""Optical reference on the working grid, likewise, and the image of another date beneath it."""

LOCK: Final = "lock"
"""Lock file in `WORK`, held while a worker computes."""

OWNER: Final = "owner.json"
"""Description of the lock's owner, in `WORK`."""

SPREAD_WORK: Final = ".gac-spread"
"""Folder of an unfinished comparison of seeds, in the run's folder."""

BATCH: Final = "batch.json"
SUMMARY: Final = "summary.json"
COLLECTION: Final = "collection.json"
"""Request of a batch, its summary, and the STAC collection of its blocks."""

BATCH_WORK: Final = ".gac-batch"
BATCH_LOCK: Final = ".gac-batch.lock"

CARD: Final = "bundle.json"
"""Model card of a bundle."""

MODELS_FOLDER_FILE: Final = "models.json"
"""File that names the models folder, if the user chose one."""

MODELS_PARTS: Final = ("bundles", "weights", "downloads")
"""Subfolders of the models folder."""

OBSERVED: Final = "observed.tif"
"""Raster in a run's folder that tells observed, generated and blended pixels apart."""

CLEAR: Final = "clear.tif"
"""Raster of what is clear in an optical reference, made before a run."""

TIMINGS: Final = "pace.json"
"""Measured speed of this computer."""


def result_file(stage: int) -> str:
    """Return the file name of a stage's result in a run's folder."""
    return f"{result_name(stage)}.tif"


def working_file(stage: int) -> str:
    """Return the name of a stage's file that later stages read, in `WORK` and `STAGE_CACHE`."""
    return f"{result_name(stage)}.bil"


def generated_file(stage: int) -> str:
    """Return the name of a stage's file before it is fused with an optical reference, in `WORK`."""
    return f"generated_v{stage}.bil"


def data_dir() -> Path:
    """Return GAC's data folder, which holds the models unless the user chose another folder."""
    # Where older versions put it on every system.
    old = Path.home() / ".local" / "share" / "gac"
    return old if old.is_dir() else _user_folder("data") / "gac"


def compiled_folder() -> Path:
    """Return where PyTorch keeps what it compiles for the engine."""
    old = Path.home() / ".cache" / "gac" / "torch"
    # On Windows data and cache have the same parent.
    names = ("gac", "Cache", "torch") if sys.platform == "win32" else ("gac", "torch")
    return old if old.is_dir() else _user_folder("cache").joinpath(*names)


def _user_folder(kind: str) -> Path:
    """Return the system's folder for programs' `data` or `cache`, as platformdirs does."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / ("Caches" if kind == "cache" else "Application Support")
    value = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    default = home / (".cache" if kind == "cache" else ".local/share")
    # The specification says to ignore a relative path.
    return Path(value) if Path(value).is_absolute() else default
