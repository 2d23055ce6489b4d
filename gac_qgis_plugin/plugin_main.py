"""The plugin: its actions, the panel, the Processing provider."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QDialog, QMenu, QWidget

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import Language, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import VIEW_PROPERTY, is_synthetic
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.export.task import mark_export
from gac_qgis_plugin.gui.cleanup import CleanupDialog
from gac_qgis_plugin.gui.compare.tools import CompareTools
from gac_qgis_plugin.gui.diagnostics import DiagnosticsDialog
from gac_qgis_plugin.gui.dock import GacDock
from gac_qgis_plugin.gui.fill_action import FillAction
from gac_qgis_plugin.gui.guide import close_guide
from gac_qgis_plugin.gui.input_group import find_partner
from gac_qgis_plugin.gui.layout_marks import LayoutMarks
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.gui.options import OptionsFactory
from gac_qgis_plugin.processing.provider import GacProvider
from gac_qgis_plugin.radar_layers import show_look
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import find_launch

MENU = "GAC"


class GacPlugin:
    """The plugin object that QGIS loads and unloads.

    Args:
        iface: QGIS's interface. `qgis_process` has none: it passes None, and calls only
            `initProcessing`.
    """

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._language: Language | None = None
        self._provider: GacProvider | None = None
        self._client: WorkerClient | None = None
        self._controller: RunController | None = None
        self._action: QAction | None = None
        self._layer_actions: list[QAction] = []
        self._fill: FillAction | None = None
        self._more_actions: list[QAction] = []
        self._tools: CompareTools | None = None
        self._layout_marks: LayoutMarks | None = None
        self._options: OptionsFactory | None = None
        self._environment: EnvironmentManager | None = None
        self._diagnostics: QDialog | None = None
        self._cleanup: CleanupDialog | None = None
        self.dock: GacDock | None = None

    def initProcessing(self) -> None:  # noqa: N802  (QGIS names this method)
        """Add the Processing provider; `qgis_process` needs nothing else."""
        self._language = Language(paths.resource("i18n"))
        provider = GacProvider()
        # Newer QGIS deletes a provider that it rejects.
        if QgsApplication.processingRegistry().addProvider(provider):
            self._provider = provider

    def initGui(self) -> None:  # noqa: N802  (QGIS names this method)
        """Add actions; the panel and the worker are created on first use."""
        self.initProcessing()
        icon = QIcon(str(paths.resource("icons", "gac.svg")))
        window = self._iface.mainWindow()
        self._action = QAction(icon, tr("Run GAC…"), window)
        self._action.setToolTip(tr("Generate optical layers from Sentinel-1 radar (GAC)"))
        self._action.triggered.connect(self.open_dock)
        self._iface.addToolBarIcon(self._action)
        self._iface.addPluginToRasterMenu(MENU, self._action)
        run_action = QAction(icon, tr("Run GAC…"), window)
        run_action.triggered.connect(self.open_dock)
        look_action = QAction(icon, tr("Radar look (GAC)"), window)
        look_action.triggered.connect(self.show_look)
        self._layer_actions = [run_action, look_action]
        # The name of the enum differs between QGIS versions; a raster layer knows its own type.
        raster_type = QgsRasterLayer().type()
        for action in self._layer_actions:
            self._iface.addCustomActionForLayerType(action, "", raster_type, True)
        self._fill = FillAction(self._iface, icon, self.open_for_clouds)
        self._iface.layerSavedAs.connect(mark_export)
        self._tools = CompareTools(self._iface)
        self._layout_marks = LayoutMarks(self._iface)
        self._environment = EnvironmentManager()
        for words, opens in (
            (tr("Models…"), self.open_models),
            (tr("The models' environment…"), self.open_environment),
            (tr("Diagnostics…"), self.open_diagnostics),
        ):
            action = QAction(icon, words, window)
            action.triggered.connect(opens)
            self._iface.addPluginToRasterMenu(MENU, action)
            self._more_actions.append(action)
        self._options = OptionsFactory(self._on_options, self.open_cleanup)
        self._iface.registerOptionsWidgetFactory(self._options)

    def unload(self) -> None:
        """Remove everything and end the worker.

        An active run is not cancelled: what it has computed stays, so that it can be resumed.
        """
        if self._controller is not None and self._client is not None:
            if self.dock is not None:
                self.dock.release_map()
            self._client.close()
            self._controller.close()
        close_guide()
        if self._environment is not None:
            self._environment.close()
            self._environment = None
        for window in (self._diagnostics, self._cleanup):
            if window is not None and not sip.isdeleted(window):
                window.close()
                window.deleteLater()
        self._diagnostics = self._cleanup = None
        if self.dock is not None:
            self.dock.close_tasks()
            self._iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self._options is not None:
            self._iface.unregisterOptionsWidgetFactory(self._options)
            self._options = None
        if self._layout_marks is not None:
            self._layout_marks.close()
            self._layout_marks = None
        if self._tools is not None:
            self._tools.close()
            self._tools = None
        if self._fill is not None:
            self._fill.close()
            self._fill = None
        if self._action is not None:
            self._iface.layerSavedAs.disconnect(mark_export)
            for action in self._layer_actions:
                self._iface.removeCustomActionForLayerType(action)
            menu = self._menu()
            for action in (self._action, *self._more_actions):
                self._iface.removePluginRasterMenu(MENU, action)
            self._iface.removeToolBarIcon(self._action)
            # All are children of the window, which lives on; so is the menu, once empty.
            for each in (self._action, *self._layer_actions, *self._more_actions, menu):
                if each is not None:
                    each.deleteLater()
            self._more_actions.clear()
            self._layer_actions.clear()
            self._action = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
        if self._language is not None:
            self._language.release()
            self._language = None

    def open_dock(self) -> None:
        """Show the panel, with the layer that is selected in the layer panel."""
        self._make_dock()
        layer = self._iface.activeLayer()
        is_radar = isinstance(layer, QgsRasterLayer) and not (
            is_synthetic(layer)
            or layer.customProperty(VIEW_PROPERTY, False)
            or layer.providerType() == "wms"
        )
        if self.dock is not None:
            self.dock.open_for(layer if is_radar else None)

    def open_for_clouds(self, layer: QgsRasterLayer) -> None:
        """Show the panel with a Sentinel-2 layer whose clouds are to be filled."""
        self._make_dock()
        if self.dock is not None:
            self.dock.open_for_clouds(layer)

    def _make_dock(self) -> None:
        """Make the panel on its first use."""
        if self.dock is None and self._tools is not None and self._environment is not None:
            self._client = WorkerClient(find_launch)
            self._controller = RunController(self._iface, self._client)
            self.dock = GacDock(
                self._iface, self._client, self._controller, self._tools.session, self._environment
            )
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)

    def show_look(self) -> None:
        """Show the radar layer that is selected in the layer panel for the eye."""
        layer = self._iface.activeLayer()
        if not isinstance(layer, QgsRasterLayer):
            return
        vv_layer = find_partner(layer, "VH", "VV") or layer
        vh_layer = find_partner(vv_layer, "VV", "VH")
        layers = [vv_layer] if vh_layer is None else [vv_layer, vh_layer]
        try:
            show_look(layers, QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)

    def open_environment(self) -> None:
        """Show the panel with the environment's window in front."""
        self.open_dock()
        if self.dock is not None:
            self.dock.environment.open()

    def open_models(self) -> None:
        """Show the panel with the models' window in front."""
        self.open_dock()
        if self.dock is not None:
            self.dock.models.open()

    def open_diagnostics(self) -> None:
        """Show the diagnostics."""
        if self._environment is not None:
            self._environment.refresh()
            self._diagnostics = DiagnosticsDialog(self._environment, self._iface.mainWindow())
            self._diagnostics.show()

    def open_cleanup(self, parent: QWidget | None = None) -> None:
        """Show the window for removing GAC's data from this computer."""
        if self._environment is not None:
            self._environment.refresh()
            self._cleanup = CleanupDialog(self._environment, self._release_worker, parent)
            self._cleanup.removed.connect(self._on_options)
            self._cleanup.open()

    def _menu(self) -> QMenu | None:
        """Return QGIS's menu if it holds only this plugin's actions, else None."""
        actions = [self._action, *self._more_actions]
        for entry in self._iface.rasterMenu().actions():
            menu = entry.menu()
            if menu is not None and self._action in menu.actions():
                return menu if all(each in actions for each in menu.actions()) else None
        return None

    def _release_worker(self) -> bool:
        """End the worker unless a run needs it, and return whether it was ended."""
        if self._controller is not None and self._controller.is_running:
            return False
        if self._client is not None:
            self._client.stop()
        return True

    def _on_options(self) -> None:
        if self.dock is not None:
            self.dock.reload_settings()
