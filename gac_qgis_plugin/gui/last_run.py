"""Results of the last run: shown on the map, compared, exported."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.map_view import is_in_view, zoom_to
from gac_qgis_plugin.results import ResultRun, run_in
from gac_qgis_plugin.runs import open_run, read_entry


class LastRun(QObject):
    """Actions on the last run of the controller.

    Signals:
        compared: Its results are being swiped on the map.
    """

    compared = pyqtSignal()

    def __init__(
        self,
        iface: QgisInterface,
        controller: RunController,
        session: ComparisonSession,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface, self._controller, self._session = iface, controller, session

    def show_end(self) -> None:
        """Select the run that has ended, and show it on the map if it is out of view."""
        run = run_in(QgsProject.instance(), self._controller.folder)
        if run is not None:
            self._select(run)

    def compare(self) -> None:
        """Swipe from the radar to the last stage."""
        run = self._results()
        if run is not None:
            self._select(run)
            self._session.swipe_over_radar()
            self.compared.emit()

    def export(self) -> None:
        """Open the export dialog."""
        run = self._results()
        if run is not None:
            self._select(run)
            self._session.export_wanted.emit()

    def zoom(self) -> None:
        """Show the results on the map."""
        run = self._results()
        if run is not None:
            zoom_to(self._iface.mapCanvas(), run.stages.values())

    def _results(self) -> ResultRun | None:
        """Return the results on the map, adding them again if they were removed."""
        project, folder = QgsProject.instance(), self._controller.folder
        run = run_in(project, folder)
        if run is None:
            try:
                run = open_run(read_entry(folder), project)
            except PluginError as problem:
                show_problem(self._iface, problem)
        return run

    def _select(self, run: ResultRun) -> None:
        self._session.choose(run.folder)
        canvas, layers = self._iface.mapCanvas(), list(run.stages.values())
        if not is_in_view(canvas, layers):
            zoom_to(canvas, layers)
