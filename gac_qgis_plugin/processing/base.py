"""Shared part of the algorithms: icon, help, declaration and checks."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.worker import engine


class GacAlgorithm(QgsProcessingAlgorithm):
    """Algorithm that needs the worker's environment.

    Attributes:
        HELP: Help text beside the parameters, in English.
        GUIDE: Document in `docs` that the Help button opens.
    """

    HELP: ClassVar[str]
    GUIDE: ClassVar[str]

    @abstractmethod
    def parameters(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters, in the order of the dialog."""

    @abstractmethod
    def outputs(self) -> list[Any]:
        """Return the outputs in addition to the folder."""

    @abstractmethod
    def read(self, values: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Return the request for the parameters' values.

        Raises:
            PluginError: If it cannot be computed.
            QgsProcessingException: If a layer is missing.
        """

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(paths.resource("icons", "gac.svg")))

    def shortHelpString(self) -> str:  # noqa: N802  (QGIS names this method, as those below)
        """Return the help text shown beside the parameters."""
        return tr(self.HELP)

    def helpUrl(self) -> str:  # noqa: N802
        """Return the address opened by the dialog's Help button, a local document."""
        return QUrl.fromLocalFile(str(paths.engine_root() / "docs" / self.GUIDE)).toString()

    def createInstance(self) -> GacAlgorithm:  # noqa: N802
        """Return a new instance; QGIS creates one for every run."""
        return type(self)()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        for parameter in self.parameters():
            self.addParameter(parameter)
        for output in self.outputs():
            self.addOutput(output)

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802
        """Return whether the environment exists; if not, also a remedy."""
        try:
            engine.find_launch()
        except PluginError as problem:
            return False, str(problem)
        return True, ""

    def checkParameterValues(  # noqa: N802
        self, values: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Return whether the parameters form a valid request, and the error if not."""
        ok, message = super().checkParameterValues(values, context)
        if not ok:
            return False, message
        try:
            self.read(values, context)
        except (PluginError, QgsProcessingException) as problem:
            return False, str(problem)
        return True, ""
