"""The GAC panel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.gui import QgisInterface, QgsDockWidget, QgsFileWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QFileDialog, QTabWidget, QVBoxLayout, QWidget

from gac_qgis_plugin import history
from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.engine_inputs import extent_params
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.compare.trust_group import TrustGroup
from gac_qgis_plugin.gui.environment_dialog import EnvironmentController
from gac_qgis_plugin.gui.input_group import InputGroup, WorkerQuery
from gac_qgis_plugin.gui.last_run import LastRun
from gac_qgis_plugin.gui.lens import LensTool, Preview
from gac_qgis_plugin.gui.live_tiles import LiveTiles
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.gui.models_dialog import ModelsController
from gac_qgis_plugin.gui.optical_group import OpticalGroup
from gac_qgis_plugin.gui.reference_watch import ReferenceWatch, another_radar
from gac_qgis_plugin.gui.run_footer import RunFooter
from gac_qgis_plugin.gui.runs_panel import RunsPanel
from gac_qgis_plugin.gui.settings_groups import AdvancedGroup, AreaGroup, ModelGroup
from gac_qgis_plugin.gui.start_group import StartGroup
from gac_qgis_plugin.gui.status_lines import DerivedRunLine
from gac_qgis_plugin.gui.widgets import PanelGroup, scrolling
from gac_qgis_plugin.jobs import Job
from gac_qgis_plugin.radar_layers import add_demo, add_files, demo_view
from gac_qgis_plugin.runs import (
    DerivedRun,
    RunEntry,
    missing_radar_error,
    radar_of,
    settings_of,
)
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Outcome

RUN_TAB, COMPARE_TAB = 0, 1


class GacDock(QgsDockWidget):
    """All inputs of a run from top to bottom, with its buttons and state always visible below.

    A new group is a `PanelGroup` that is added to `groups`.

    Attributes:
        groups: The groups of the Run tab, from top to bottom; hidden while there is no radar.
    """

    def __init__(
        self,
        iface: QgisInterface,
        client: WorkerClient,
        controller: RunController,
        session: ComparisonSession,
        environment: EnvironmentManager,
    ) -> None:
        super().__init__(tr("GAC: radar to optical"), iface.mainWindow())
        self.setObjectName("GacDock")
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._iface = iface
        self._client = client
        self._controller = controller
        self._settings = PluginSettings.load()
        self.input = InputGroup()
        self.optical = OpticalGroup()
        self.area = AreaGroup(iface.mapCanvas())
        self.model = ModelGroup(self._settings.bundle)
        self.advanced = AdvancedGroup(self._settings)
        self.output = QgsFileWidget()
        self.output.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.output.setFilePath(self._settings.output_folder)
        self.output_group = PanelGroup(tr("Output folder"), "output", folded=True)
        before = [self.input, self.optical, self.area]
        self.groups = [*before, self.model, self.output_group, self.advanced]
        self.start = StartGroup()
        self.footer = RunFooter(client, controller)
        self.last_run = LastRun(iface, controller, session, self)
        self.environment = EnvironmentController(iface, environment, self)
        self.compare = ComparePanel(session, iface.mapCanvas(), TrustGroup(iface, client, session))
        self.models = ModelsController(iface, controller, self)
        self.runs = RunsPanel(iface, controller, session)
        preview = Preview(client, self)
        self.lens = LensTool(
            iface, preview, self.preview_params, lambda: self._controller.is_running
        )
        self.live = LiveTiles(iface.mapCanvas(), controller, self)
        self.tabs = QTabWidget()
        self.derived_line = DerivedRunLine()
        self._derived: DerivedRun | None = None
        self._is_greeted = False
        self._is_led = self._settings.is_led and not history.of_profile(history.RUNS)
        self._view_timer = QTimer(self)
        self._view_timer.setSingleShot(True)
        self._view_timer.timeout.connect(self._show_demo_place)
        self._watch = WorkerQuery(client, self.inspect_params, self)
        self._cost = WorkerQuery(client, self.estimate_params, self, method="estimate")
        self.reference = ReferenceWatch(iface, client, self.optical, self.inspect_params, self)
        self._lay_out()
        self._connect()
        self._show_notice()
        self.area.set_layer(self.input.layer)
        self._show_groups()

    def open_for(self, layer: QgsRasterLayer | None) -> None:
        """Show the panel, selecting a radar layer if one is given."""
        if layer is not None:
            self._build_on(None)
            self.input.set_layer(layer)
        self._show_default_output()
        self.footer.show_unfinished()
        self.setUserVisible(True)
        self.environment.refresh()
        self.refresh()

    def open_for_clouds(self, layer: QgsRasterLayer) -> None:
        """Show the panel with a layer as the optical reference, beside a radar layer."""
        radar = self.input.layer
        self.open_for(another_radar(layer) if radar is None or radar.id() == layer.id() else radar)
        self.tabs.setCurrentIndex(RUN_TAB)
        self.optical.set_layer(layer)

    def refresh(self) -> None:
        """Request bundles, scene and state from the worker, starting it if needed."""
        if self.environment.manager.blocks_runs:
            # The environment's line shows the problem and a button to solve it.
            self.footer.worker_line.clear()
            self._show_groups()
            return
        self.footer.worker_line.ask_bundles()
        self._watch.touch()
        self.reference.touch()

    def reload_settings(self) -> None:
        """Show changes made in QGIS's options."""
        previous = self._settings.worker_python
        self._settings = PluginSettings.load()
        self.environment.refresh()
        self.output.setFilePath(self._settings.output_folder)
        self.advanced.show_settings(self._settings)
        self._follow_worker_python(previous)

    def show_derived(self, entry: RunEntry, first: int) -> None:
        """Show an earlier run's settings, to change them and run again from a stage on."""
        layers = radar_of(entry, QgsProject.instance())
        if not layers:
            show_problem(self._iface, missing_radar_error(entry))
            return
        request = settings_of(entry)
        self.input.show_choices(layers, request)
        self.optical.show_choices(request)
        self.area.show_choices(request)
        self.model.show_choices(request)
        self.advanced.show_choices(request)
        # First, as a collapsible group restores its remembered state when first shown.
        self.tabs.setCurrentIndex(RUN_TAB)
        self._build_on(DerivedRun(entry, first) if first > 1 else None)

    def _build_on(self, derived: DerivedRun | None) -> None:
        self._derived = derived
        first = 1 if derived is None else derived.first
        self.derived_line.show_run(derived)
        self._show_groups()
        self.model.lock(first)
        self.advanced.lock(first)
        self.advanced.setCollapsed(derived is None)

    def close_tasks(self) -> None:
        """Abandon the worker's tasks when the plugin is unloaded."""
        self.models.close()
        self.reference.close_task()
        if self.compare.trust is not None:
            self.compare.trust.close_task()

    def job(self) -> Job:
        """Return the run described by the panel's widgets.

        Raises:
            PluginError: If they do not form a valid run.
        """
        layers = self.input.layers()
        layer = layers[0]
        params = {**self.input.params(), **self.optical.params()}
        params.update(extent_params(self.area.extent(), layer, QgsProject.instance()))
        params.update(self.area.params())
        params.update(self.model.params())
        params.update(self.advanced.params())
        if self._derived is not None:
            params = self._derived.params(params)
        folder = self.output.filePath().strip()
        parent = Path(folder) if folder else paths.default_output_folder(QgsProject.instance())
        return Job(tuple(each.id() for each in layers), layer.name(), parent, params)

    def preview_params(self, place: QgsPointXY) -> dict[str, Any]:
        """Return the request of the panel's widgets for the tile at a map position.

        Raises:
            PluginError: If they do not form a valid run, or the position is outside of the radar.
        """
        layers = self.input.layers()
        canvas = self._iface.mapCanvas()
        # The engine computes the tile around the middle of this extent.
        spot = QgsRectangle.fromCenterAndSize(
            place, canvas.mapUnitsPerPixel(), canvas.mapUnitsPerPixel()
        )
        extent = QgsReferencedRectangle(spot, canvas.mapSettings().destinationCrs())
        return {
            **self.input.params(),
            **self.optical.params(),
            **extent_params(extent, layers[0], QgsProject.instance()),
            **self.model.params(),
            **self.advanced.params(),
        }

    def release_map(self) -> None:
        """Remove everything from the map, restore its tool, and delete the lens's files."""
        self.lens.close()
        self.lens.preview.drop()
        self.live.close()
        self.reference.drop()

    def inspect_params(self) -> dict[str, Any]:
        """Return the input as fields of the protocol's `inspect`.

        The working grid depends on the area. If the area is invalid, the scene is inspected all the
        same: the run will refuse it.

        Raises:
            PluginError: If there is no usable input.
        """
        params = self.input.params()
        try:
            layer = self.input.layers()[0]
            area = extent_params(self.area.extent(), layer, QgsProject.instance())
        except PluginError:
            area = {"extent": None, "extent_crs": None}
        return {**params, **area}

    def estimate_params(self) -> dict[str, Any]:
        """Return the panel's run for an estimate of its requirements.

        Raises:
            PluginError: If there is nothing to estimate yet.
        """
        if not self.model.is_ready or self._controller.is_running:
            raise PluginError("", problem="nothing-to-estimate")
        job = self.job()
        return {**job.params, "out": str(job.output_parent)}

    def start_run(self) -> None:
        """Start the run described by the panel."""
        self._remember()
        if self.environment.defer_run(self.start_run):
            return
        try:
            job = self.job()
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        self._controller.start(job)

    def _lay_out(self) -> None:
        self.output_group.form.addRow(self.output)
        self.output.setToolTip(tr("Each run makes a new folder in it."))
        inputs = QWidget()
        column = QVBoxLayout(inputs)
        column.setContentsMargins(4, 4, 4, 4)
        lines = self.start, self.environment.line, self.footer.unfinished, self.derived_line
        for widget in (*lines, *self.groups, self.footer.progress):
            column.addWidget(widget)
        column.addStretch()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        self.scroll = scrolling(inputs)
        layout.addWidget(self.scroll, 1)
        layout.addWidget(self.footer)
        self.tabs.addTab(body, tr("Run"))
        self.tabs.addTab(scrolling(self.compare), tr("Compare"))
        self.tabs.addTab(scrolling(self.runs), tr("Runs"))
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumWidth(280)
        self.setWidget(self.tabs)

    def _connect(self) -> None:
        self.footer.run_wanted.connect(self.start_run)
        self.environment.before_work.connect(self._client.stop)
        self.environment.became_usable.connect(self.refresh)
        self.footer.resume_wanted.connect(self._controller.resume)
        self.footer.compare_wanted.connect(self.last_run.compare)
        self.footer.export_wanted.connect(self.last_run.export)
        self.footer.zoom_wanted.connect(self.last_run.zoom)
        self.last_run.compared.connect(lambda: self.tabs.setCurrentIndex(COMPARE_TAB))
        self.start.demo_wanted.connect(self.open_demo)
        self.start.file_wanted.connect(self._on_file)
        self.start.left.connect(self._leave_path)
        self.environment.manager.changed.connect(self._show_groups)
        layers = self.input.layer_combo.model()
        for changed in (layers.rowsInserted, layers.rowsRemoved):
            changed.connect(self._show_groups)
        self.footer.lens_button.clicked.connect(self._on_lens)
        self.lens.activated.connect(lambda: self.footer.lens_button.setChecked(True))
        self.lens.deactivated.connect(lambda: self.footer.lens_button.setChecked(False))
        self.input.layer_changed.connect(self._on_layer)
        self.input.changed.connect(self._on_input)
        self.area.changed.connect(self._on_input)
        self.optical.changed.connect(self._on_optical)
        self.optical.told.connect(self._show_notice)
        self.model.bundle_changed.connect(self._on_bundle)
        self.advanced.worker_python_changed.connect(self._on_worker_python)
        self.footer.worker_line.bundles_found.connect(self.model.show_bundles)
        self.footer.worker_line.greeted.connect(self._warm)
        self.model.models_wanted.connect(lambda: self.models.open(self.model.bundle))
        self.models.manager.before_work.connect(self._client.stop)
        self.models.manager.replaced.connect(self.refresh)
        for changed in (self.model.changed, self.advanced.device_changed, self.output.fileChanged):
            changed.connect(self._on_cost)
        self._cost.answered.connect(self.area.cost.show_estimate)
        for silent in (self._cost.refused, self._cost.unanswered):
            silent.connect(self._on_no_cost)
        self._watch.asked.connect(self.input.show_waiting)
        self._watch.answered.connect(self._on_scene)
        self._watch.refused.connect(self._on_scene_refused)
        self._watch.unanswered.connect(self.input.show_nothing)
        self._controller.ended.connect(self._on_ended)
        self.derived_line.new_run_wanted.connect(lambda: self._build_on(None))
        self.runs.again_wanted.connect(self.show_derived)
        self._controller.started.connect(self._on_started)
        self.runs.opened.connect(lambda: self.tabs.setCurrentIndex(COMPARE_TAB))

    def _on_lens(self, on: bool) -> None:
        if on:
            self.lens.begin()
        else:
            self.lens.end()

    def open_demo(self) -> None:
        """Add the demo scene and choose a part of it, so that only Run is left to press."""
        try:
            layer = add_demo(QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        self.input.set_layer(layer)
        self.area.show_view()
        # QGIS zooms to the first layer of a project a moment later.
        self._view_timer.start(0)

    def open_files(self, files: list[Path]) -> None:
        """Add radar files to the project and choose them."""
        try:
            layers = add_files(files, QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        self.input.set_layer(layers[0])

    def _show_demo_place(self) -> None:
        layer, canvas = self.input.layer, self._iface.mapCanvas()
        if layer is not None:
            settings = canvas.mapSettings()
            canvas.setExtent(settings.layerExtentToOutputExtent(layer, demo_view(layer)))
            canvas.refresh()

    def _on_file(self) -> None:
        filters = QgsProviderRegistry.instance().fileRasterFilters()
        title = tr("Open Sentinel-1 files")
        names, _ = QFileDialog.getOpenFileNames(self.window(), title, "", filters)
        if names:
            self.open_files([Path(name) for name in names])

    def _show_groups(self, *_: object) -> None:
        """Show the groups that apply: none without radar, and not those that a run fixes."""
        is_empty = self.input.is_empty and self._derived is None
        for group in self.groups:
            is_fixed = self._derived is not None and group in (self.input, self.optical, self.area)
            group.setVisible(not is_empty and not is_fixed)
        self.start.show_state(is_empty=is_empty, steps_done=self._steps_done())

    def _steps_done(self) -> int | None:
        """Return how far a first run is, by `start_group.STEPS`; None if the user is not led."""
        if not self._is_led:
            return None
        if self._controller.is_running:
            return 3
        return int(self.environment.is_ready) * (1 + int(self.input.layer is not None))

    def _leave_path(self) -> None:
        self._is_led = self._settings.is_led = False
        self._settings.save()
        self._show_groups()

    def _on_started(self) -> None:
        self.tabs.setCurrentIndex(RUN_TAB)
        self._show_groups()
        # Once it is laid out.
        QTimer.singleShot(0, self._show_progress)

    def _show_progress(self) -> None:
        if not sip.isdeleted(self.scroll):
            self.scroll.ensureWidgetVisible(self.footer.progress)

    def _on_layer(self) -> None:
        self.area.set_layer(self.input.layer)
        self._show_groups()

    def _on_input(self) -> None:
        if self.isVisible():
            self._watch.touch()
            self.reference.touch()
            self._on_cost()

    def _on_optical(self) -> None:
        if self.isVisible():
            self.reference.touch()
            self._on_cost()

    def _on_cost(self) -> None:
        # The engine estimates only once its libraries are loaded: do not make the user wait for
        # them.
        if self.isVisible() and self._is_greeted:
            self._cost.touch()

    def _on_no_cost(self, *_: object) -> None:
        # During a run nothing is estimated, and the panel must not jump.
        if not self._controller.is_running:
            self.area.cost.clear()

    def _show_notice(self) -> None:
        self.footer.show_notice(self.model.is_demo, keeps=self.optical.keeps)

    def _on_bundle(self) -> None:
        self._show_notice()
        self._show_known_notes()
        self._on_cost()

    def _warm(self) -> None:
        # Load the models while the user looks at the panel. Problems with them are reported by the
        # run.
        self._is_greeted = True
        self._on_cost()
        if self.model.is_ready and not self._controller.is_running:
            params = {"bundle": self.model.bundle, "device": self.advanced.params()["device"]}
            self._client.request("warm", params, lambda event: None)

    def _show_known_notes(self) -> None:
        self.footer.show_known_notes([*self.model.notes, *self.input.note.warning_texts])

    def _on_scene(self, scene: dict[str, object]) -> None:
        self.input.show_scene(scene)
        self._show_known_notes()
        date = scene.get("date")
        self.model.show_date(str(date) if date else None)
        biome = scene.get("biome")
        self.model.show_biome(biome if isinstance(biome, int) else None)

    def _on_scene_refused(self, problem: PluginError) -> None:
        self.input.show_problem(problem)
        self.model.show_date(None)
        self.model.show_biome(None)

    def _on_worker_python(self) -> None:
        previous = self._settings.worker_python
        self._remember()
        self._follow_worker_python(previous)

    def _follow_worker_python(self, before: str) -> None:
        if self._settings.worker_python != before and not self._controller.is_running:
            self._client.stop()
            self.refresh()

    def _on_ended(self, outcome: Outcome) -> None:
        # The run's record exists only now.
        self.compare.refresh()
        self._on_cost()
        if outcome.state == "done":
            self.last_run.show_end()
            if self._is_led:
                self._leave_path()
        self._show_groups()
        # Replace a killed worker now, so that the next run finds it warm.
        if not self._client.is_alive and outcome.state in ("cancelled", "stopped"):
            self.refresh()

    def _show_default_output(self) -> None:
        folder = paths.default_output_folder(QgsProject.instance())
        hint = tr("a new folder in {}").format(paths.short(folder))
        self.output.lineEdit().setPlaceholderText(hint)

    def _remember(self) -> None:
        self.advanced.remember(self._settings)
        if self._derived is None:
            self._settings.bundle = self.model.bundle
        self._settings.output_folder = self.output.filePath().strip()
        self._settings.save()
