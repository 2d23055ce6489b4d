"""GAC's provider for the Processing toolbox."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.processing.batch import BatchAlgorithm
from gac_qgis_plugin.processing.run import RunAlgorithm


class GacProvider(QgsProcessingProvider):
    """The provider `gac`."""

    def id(self) -> str:
        """Return the first part of the algorithms' names."""
        return "gac"

    def name(self) -> str:
        """Return the name shown in the toolbox."""
        return "GAC"

    def longName(self) -> str:  # noqa: N802  (QGIS names this method)
        """Return the longer name shown in the toolbox."""
        return tr("GAC: radar to optical (synthetic)")

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(paths.resource("icons", "gac.svg")))

    def loadAlgorithms(self) -> None:  # noqa: N802  (QGIS names this method)
        """Add the algorithms."""
        self.addAlgorithm(RunAlgorithm())
        self.addAlgorithm(BatchAlgorithm())
