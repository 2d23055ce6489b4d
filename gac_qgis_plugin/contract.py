"""The contract of the engine (`gac_core/contract`), wherever the engine lies.

Installed, that is inside the plugin; in a checkout, beside it. QGIS's Python finds the contract's
modules as parts of the plugin, so that nothing is put onto its path:

    from gac_qgis_plugin.contract import layout, request
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gac_core.contract import bands as bands
    from gac_core.contract import layout as layout
    from gac_core.contract import message as message
    from gac_core.contract import redaction as redaction
    from gac_core.contract import request as request

_PLUGIN = Path(__file__).resolve().parent

__path__ = [
    str(root / "gac_core" / "contract")
    for root in (_PLUGIN, _PLUGIN.parent)
    if (root / "gac_core" / "contract").is_dir()
]
