"""GAC's QGIS plugin: the engine's entry points inside QGIS.

The package imports only the standard library and what QGIS itself brings. The models run in a
worker process with its own environment (see `gac_qgis_plugin.worker`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from gac_qgis_plugin.plugin_main import GacPlugin


def classFactory(iface: QgisInterface) -> GacPlugin:  # noqa: N802  (QGIS names this function)
    """Create the plugin; QGIS calls this when it loads the package."""
    from gac_qgis_plugin.plugin_main import GacPlugin

    return GacPlugin(iface)
