"""GAC's engine: from Sentinel-1 radar to generated Sentinel-2 images in three stages.

The package imports neither QGIS nor Qt, so that it runs wherever its wheels do: in the plugin's
worker process, on the command line, on a cluster node. Entry points for notebooks and scripts:
`run`, `batch`, `score`, `load` (`gac_core.api`, docs/python.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gac_core.contract import protocol

if TYPE_CHECKING:
    from gac_core.api import batch, load, run, score

__all__ = ["__version__", "batch", "load", "run", "score"]

__version__ = protocol.VERSION


def __getattr__(name: str) -> Any:
    # Imported lazily: the plugin and the command line read the version alone.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("gac_core.api"), name)
