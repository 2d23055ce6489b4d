"""Import of the engine's contract (`gac_core/contract`) from its location.

That is inside the plugin when installed, and beside it in a checkout. QGIS's Python finds the
contract's modules as parts of the plugin, so that nothing is added to its path:

    from gac_qgis_plugin.contract import layout, request
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gac_core.contract import (
        bands,
        batch_request,
        errors,
        layout,
        message,
        optical_options,
        options,
        protocol,
        redaction,
        removal,
        rename,
        request,
    )

__all__ = [
    "bands",
    "batch_request",
    "errors",
    "layout",
    "message",
    "optical_options",
    "options",
    "protocol",
    "redaction",
    "removal",
    "rename",
    "request",
]

_PLUGIN = Path(__file__).resolve().parent

__path__ = [
    str(root / "gac_core" / "contract")
    for root in (_PLUGIN, _PLUGIN.parent)
    if (root / "gac_core" / "contract").is_dir()
]
