"""Names of the files and folders that runs, batches and the models' folder consist of."""

from __future__ import annotations

from pathlib import Path
from typing import Final

RECORD: Final = "run.json"
"""A run's record, beside its results."""

STAC_ITEM: Final = "stac_item.json"

KEPT: Final = ".gac-stages"
"""Folder of what later runs may build upon, in a run's folder."""

MANIFEST: Final = "stages.json"
"""What `KEPT` holds."""

WORK: Final = ".gac-work"
"""Folder of an unfinished run, in the run's folder."""

JOURNAL: Final = "journal.json"
"""In `WORK`: the request, and how far it is."""

JOURNAL_FORMAT: Final = 1

LOCK: Final = "lock"
"""In `WORK`: locked while a worker computes."""

OWNER: Final = "owner.json"
"""In `WORK`: who computes."""

SPREAD_WORK: Final = ".gac-spread"
"""Folder of an unfinished comparison of seeds, in the run's folder."""

BATCH: Final = "batch.json"
SUMMARY: Final = "summary.json"
COLLECTION: Final = "collection.json"
"""A batch's request, its summary, and the STAC collection of its blocks."""

BATCH_WORK: Final = ".gac-batch"
BATCH_LOCK: Final = ".gac-batch.lock"

CARD: Final = "bundle.json"
"""A bundle's card."""

MODELS_CHOICE: Final = "models.json"
"""Names the models' folder, where the user chose one."""

MODELS_PARTS: Final = ("bundles", "weights", "downloads")
"""Folders in the models' folder."""

PACE: Final = "pace.json"
"""How fast this computer computes."""


def result_file(stage: int) -> str:
    """Return the name of a stage's result in a run's folder."""
    return f"opt_v{stage}.tif"


def working_file(stage: int) -> str:
    """Return the name of what a later stage reads of a stage, in `WORK` and `KEPT`."""
    return f"opt_v{stage}.bil"


def data_folder() -> Path:
    """Return where GAC remembers things, and has the user's models unless told otherwise."""
    return Path.home() / ".local" / "share" / "gac"


def compiled_folder() -> Path:
    """Return where PyTorch keeps what it compiles for the engine."""
    return Path.home() / ".cache" / "gac" / "torch"
