"""Results of a run on the map: one group, one layer per stage, each marked as synthetic."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt import sip

from gac_qgis_plugin.core import log
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import RunRecord
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.display import FITTED, DisplayRange, fitted_range, initial_range, save_range
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY, VIEW_PROPERTY
from gac_qgis_plugin.labels import remarked, stage_label, stage_title
from gac_qgis_plugin.layer_metadata import (
    acquired,
    bundle_kind,
    describe_result,
    gac_tags,
    observed_share,
    read_record,
)
from gac_qgis_plugin.layer_order import raise_layers
from gac_qgis_plugin.results import OBSERVED_PROPERTY, image_of, name_node, run_in, stage_of
from gac_qgis_plugin.styles import (
    TRUE_COLOUR,
    apply_range,
    apply_style,
    load_qml,
    range_of,
    style_of,
    styles,
    update_range,
)
from gac_qgis_plugin.worker.protocol import Event


def make_stage_layer(
    path: str, stage: int, bundle: str, gac: float | None, display: DisplayRange
) -> QgsRasterLayer:
    """Create the layer of one stage's file, in true colour and marked as synthetic.

    Args:
        path: The file.
        stage: 1 to 3.
        bundle: Name of the model bundle.
        gac: The stage's GAC score; None if it has none.
        display: The run's range.

    Raises:
        PluginError: If QGIS cannot read the file.
    """
    # QGIS's default style would read the whole image for its minimum and maximum.
    options = QgsRasterLayer.LayerOptions(False)
    layer = QgsRasterLayer(path, stage_label(stage), "gdal", options)
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read the result {}.").format(path),
            tr("Check the file and the log panel 'GAC'."),
            layer.error().summary(),
            problem="result-unreadable",
        )
    tags = gac_tags(layer)
    layer.setTitle(remarked(stage_title(stage, bundle_kind(tags)), observed_share(tags)))
    mark_stage_layer(layer, stage, bundle, gac, display)
    return layer


def mark_stage_layer(
    layer: QgsRasterLayer, stage: int, bundle: str, gac: float | None, display: DisplayRange
) -> None:
    """Set a result's style and marks; see `make_stage_layer`."""
    load_qml(layer, TRUE_COLOUR)
    apply_range({stage: layer}, display)
    run_json = str(Path(layer.source()).with_name("run.json"))
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    share = observed_share(gac_tags(layer))
    if share is not None:
        layer.setCustomProperty(OBSERVED_PROPERTY, share)
    for key, value in (
        ("stage", stage),
        ("bundle", bundle),
        ("run_json", run_json),
        ("gac_score", "" if gac is None else gac),
    ):
        layer.setCustomProperty(f"gac/{key}", value)


def set_temporal_range(layer: QgsRasterLayer, record: RunRecord) -> None:
    """Set a layer's time in QGIS's temporal controller to that of its radar, if known."""
    times = acquired(record.get("scene", {}).get("date", ""))
    if times is not None:
        properties = layer.temporalProperties()
        properties.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
        properties.setFixedTemporalRange(times)
        properties.setIsActive(True)


def save_metadata(layer: QgsRasterLayer, stage: int, record: RunRecord) -> None:
    """Store the provenance in a result's metadata, and in a file beside it."""
    layer.setMetadata(describe_result(layer, stage, record))
    set_temporal_range(layer, record)
    message, ok = layer.saveDefaultMetadata()
    if not ok:
        log.warning(f"The metadata of {layer.source()} could not be saved: {message}")


class RunLayers:
    """Layers of one run's stages in the project; nothing else in it is changed.

    Args:
        project: The project that the run was started in.
        layer_ids: Ids of the layers of radar and reference; the group goes above them.
        title: Name of the group.
        bundle: Name of the model bundle.
    """

    def __init__(
        self, project: QgsProject, layer_ids: tuple[str, ...], title: str, bundle: str
    ) -> None:
        self._project = project
        self._layer_ids = layer_ids
        self._title = title
        self._bundle = bundle
        self._group: QgsLayerTreeGroup | None = None
        self._stages: dict[int, str] = {}
        self._is_released = False
        self.project_closed = False
        project.cleared.connect(self._on_cleared)

    def add_stage(self, event: Event) -> QgsRasterLayer | None:
        """Add the layer of a `stage` event on top of the group, unless it exists already.

        A resumed run reports its earlier complete stages again.

        Returns:
            The layer; None if its project was closed in the meantime.

        Raises:
            PluginError: If the file cannot be read.
        """
        stage, path = int(event["stage"]), str(event["path"])
        self._stages[stage] = path
        if self.project_closed:
            return None
        layer = self._find_layer(path)
        if layer is not None:
            return layer
        folder = Path(path).parent
        run = run_in(self._project, folder)
        display = range_of(run.stages) if run else initial_range(folder, self._highest())
        layer = make_stage_layer(path, stage, self._bundle, event.get("gac"), display)
        # The record does not exist yet: `finish` completes the metadata.
        save_metadata(layer, stage, {})
        group = self._find_group(observed_share(gac_tags(layer)))
        if run is None:
            save_range(folder, display)
        # The user's choice for the earlier stages applies to this one.
        self._style(layer, stage, style_of(run.stages) if run else PluginSettings.load().style)
        self._project.addMapLayer(layer, False)
        node = group.insertLayer(0, layer)
        name_node(node, stage_label(stage), layer.title())
        node.setExpanded(False)
        # The layer panel ignores the expansion of a group while it was empty.
        group.setExpanded(False)
        group.setExpanded(True)
        raise_layers([layer], self._project)
        return layer

    def _style(self, layer: QgsRasterLayer, stage: int, key: str) -> None:
        if key != TRUE_COLOUR and key in {style.key for style in styles()}:
            try:
                apply_style({stage: layer}, key)
            except PluginError as problem:
                # A result in the wrong colours is better than none.
                log.failure(problem)

    def finish(self) -> None:
        """Fit the range and complete the metadata; call it when no more stages come."""
        self._fit_range()
        for stage, path in self._stages.items():
            layer = None if self.project_closed else self._find_layer(path)
            if layer is not None and Path(layer.source()) != Path(path):
                # It shows NDVI: this metadata belongs to that layer alone.
                record = read_record(Path(path).parent)
                layer.setMetadata(describe_result(layer, stage, record))
                set_temporal_range(layer, record)
                layer = None
            if layer is None:
                # The user removed the layer; the file gets its metadata all the same.
                layer = QgsRasterLayer(path, "", "gdal", QgsRasterLayer.LayerOptions(False))
            if layer.isValid():
                save_metadata(layer, stage, read_record(Path(path).parent))
        self.release()

    def _fit_range(self) -> None:
        """Fit the range to the highest stage, if it is a fitted one."""
        if self.project_closed or not self._stages:
            return
        image = self._highest()
        run = run_in(self._project, image.parent)
        if run is not None and range_of(run.stages).origin == FITTED:
            display = fitted_range([image])
            update_range(run.stages, display)
            save_range(image.parent, display)

    def _highest(self) -> Path:
        """Return the image of the highest stage so far."""
        return Path(self._stages[max(self._stages)])

    def release(self) -> None:
        """Disconnect from the project."""
        if not self._is_released:
            self._is_released = True
            self._project.cleared.disconnect(self._on_cleared)

    def _on_cleared(self) -> None:
        self.project_closed = True
        self.release()

    def _find_layer(self, path: str) -> QgsRasterLayer | None:
        for layer in self._project.mapLayers().values():
            if isinstance(layer, QgsRasterLayer) and image_of(layer) == Path(path):
                return layer
        return None

    def _find_group(self, share: float | None) -> QgsLayerTreeGroup:
        """Return the run's group.

        Args:
            share: Share of observed pixels, for its mark.
        """
        # The user may have removed the group during the run.
        if self._group is None or sip.isdeleted(self._group):
            self._group = self._earlier_group() or self._new_group(remarked(self._title, share))
        return self._group

    def _earlier_group(self) -> QgsLayerTreeGroup | None:
        """Return the group of this run's stages from before an interruption."""
        root = self._project.layerTreeRoot()
        folders = {Path(path).parent for path in self._stages.values()}
        for node in root.findLayers():
            if self._is_of(node, folders) and node.parent() is not root:
                return node.parent()
        return None

    def _is_of(self, node: QgsLayerTreeLayer, folders: set[Path]) -> bool:
        layer = node.layer()
        return isinstance(layer, QgsRasterLayer) and Path(layer.source()).parent in folders

    def _new_group(self, title: str) -> QgsLayerTreeGroup:
        root = self._project.layerTreeRoot()
        nodes = [node for node in map(root.findLayer, self._layer_ids) if node is not None]
        parent = nodes[0].parent() if nodes else root
        children = parent.children()
        place = min((i for i, child in enumerate(children) if child in nodes), default=0)
        # Above earlier runs, which would cover the new one.
        # And above a view of the radar.
        while place > 0 and (_holds_results(children[place - 1]) or _is_view(children[place - 1])):
            place -= 1
        return parent.insertGroup(place, title)


def _is_view(node: QgsLayerTreeNode) -> bool:
    layer = node.layer() if isinstance(node, QgsLayerTreeLayer) else None
    return layer is not None and bool(layer.customProperty(VIEW_PROPERTY, False))


def _holds_results(node: QgsLayerTreeNode) -> bool:
    return isinstance(node, QgsLayerTreeGroup) and any(
        stage_of(child.layer()) is not None
        for child in node.children()
        if isinstance(child, QgsLayerTreeLayer)
    )
