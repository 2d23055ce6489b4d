"""State of a batch as described by its files, wherever it is computed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Callable

from osgeo import gdal
from qgis.core import QgsLayerTree, QgsLayerTreeGroup, QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import batch_request, layout
from gac_qgis_plugin.core import log, paths, processes, records
from gac_qgis_plugin.core.i18n import Number, tr, translated
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.core.records import BatchScene, Json, Summary
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.core.work_folder import is_locked
from gac_qgis_plugin.display import FITTED, DisplayRange, fitted_range, new_range
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY
from gac_qgis_plugin.labels import MARK, PARTLY, group_title, stage_label, stage_title
from gac_qgis_plugin.layer_metadata import gac_tags
from gac_qgis_plugin.layer_order import raise_layers
from gac_qgis_plugin.maps import kinds_title, mark_kinds
from gac_qgis_plugin.results import STYLE_PROPERTY, name_node
from gac_qgis_plugin.styles import (
    NDVI,
    TRUE_COLOUR,
    apply_range,
    load_qml,
    range_of,
    styles,
    update_range,
)
from gac_qgis_plugin.worker import engine as worker_engine
from gac_qgis_plugin.worker.protocol import Event

MAX_LISTED_HOLES = 5
"""Number of holes listed individually."""

ProgressCallback = Callable[[float, str], object]

BATCH_PROPERTY = "gac/batch"
MAX_BLOCKS = 16
"""Maximum number of blocks that a range is fitted to: a batch may have thousands."""


@dataclass(frozen=True)
class BatchEntry:
    """State of a batch.

    Attributes:
        folder: Its folder.
        summary: The valid fields of its summary.json; empty if there is none yet.
        is_begun: True if the folder holds a batch at all.
        is_busy: True if a process on this computer is computing it now.
        damage: Damage of its records, for users; "" if none.
    """

    folder: Path
    summary: Summary = field(default_factory=lambda: Summary())
    is_begun: bool = False
    is_busy: bool = False
    damage: str = ""

    @property
    def is_over(self) -> bool:
        """True if nothing is left to compute, apart from holes."""
        return self.summary.get("status", "").startswith("complete")

    @property
    def scenes(self) -> dict[str, BatchScene]:
        """The scenes by name."""
        return self.summary.get("scenes", {})

    @property
    def blocks(self) -> tuple[int, int]:
        """Number of blocks whose last stage is over, and of all blocks."""
        over = total = 0
        for scene in self.scenes.values():
            complete = scene.get("complete")
            if complete:
                over += complete[max(complete)] + scene.get("empty", 0)
                total += scene.get("blocks", 0)
        return over, total

    @property
    def holes(self) -> list[str]:
        """Each failure, in words."""
        failures = []
        for name, scene in self.scenes.items():
            if scene.get("status") == "refused":
                failures.append(f"{name}: {translated(scene.get('why', ''))}")
            for hole in scene.get("holes", []):
                why = translated(hole.get("why", ""))
                place = tr("{}, block {}, stage {}").format(
                    name, hole.get("block"), hole.get("stage")
                )
                failures.append(f"{place}: {why}")
        return [redacted(hole) for hole in failures]

    @property
    def when(self) -> str:
        """Time of its last update in local time, for display."""
        return records.local_time(self.summary.get("updated", ""))

    def layers(self) -> dict[str, dict[int, Path]]:
        """Return the existing layers of each scene, by stage."""
        layers: dict[str, dict[int, Path]] = {}
        for name in filter(records.is_plain_name, self.scenes):
            files = {stage: self.folder / name / f"opt_v{stage}.vrt" for stage in (1, 2, 3)}
            existing = {stage: path for stage, path in files.items() if records.is_file(path)}
            if existing:
                layers[name] = existing
        return layers


def read_batch(folder: Path) -> BatchEntry:
    """Read a batch's state from its folder."""
    # Only the engine needs the plan's content; here it just has to be a record.
    summary, plan = (
        records.read(folder / layout.SUMMARY, Summary),
        records.read(folder / layout.BATCH, Json),
    )
    damage = "; ".join(filter(None, (summary.damage, plan.damage)))
    is_begun = records.is_file(folder / layout.BATCH)
    return BatchEntry(
        folder, summary.values, is_begun, is_locked(folder / layout.BATCH_LOCK), damage
    )


def batch_state(entry: BatchEntry) -> str:
    """Return a batch's state in few words."""
    if entry.is_busy:
        return tr("running")
    if entry.damage:
        return tr("damaged")
    if not entry.is_begun:
        return tr("no files")
    if not entry.is_over:
        return tr("unfinished")
    return tr("with holes") if entry.holes else tr("complete")


def describe_batch(entry: BatchEntry) -> str:
    """Describe a batch in a few lines of HTML."""
    over, total = entry.blocks
    lines = [tr("Damaged: {}").format(entry.damage)] if entry.damage else []
    if entry.scenes:
        lines.append(
            tr("Scenes: {}; blocks: {} of {}; SYNTHETIC").format(len(entry.scenes), over, total)
        )
    lines += [f"{name}: {scores}" for name, scores in _scores(entry).items()]
    holes = entry.holes
    lines += holes[:MAX_LISTED_HOLES]
    if len(holes) > MAX_LISTED_HOLES:
        lines.append(tr("and {} more, in summary.json").format(len(holes) - MAX_LISTED_HOLES))
    if entry.is_begun and not entry.is_busy and (holes or not entry.is_over):
        lines.append(tr("Run it again into the same folder to resume."))
    lines.append(paths.short(entry.folder))
    return "<br>".join(escape(redacted(line)) for line in lines)


def _scores(entry: BatchEntry) -> dict[str, str]:
    lines = {}
    for name, scene in entry.scenes.items():
        scores = {stage: each.get("gac") for stage, each in scene.get("scores", {}).items()}
        defined = {stage: gac for stage, gac in sorted(scores.items()) if gac is not None}
        if defined:
            text = ", ".join(f"{stage[-2:]} {Number(gac):.2f}" for stage, gac in defined.items())
            lines[name] = tr("GAC score: {}").format(text)
    return lines


def chosen_scheduler() -> dict[str, str]:
    """Return the Dask scheduler set in the options, as fields of a `BatchRequest`."""
    settings = PluginSettings.load()
    return {
        "scheduler": settings.scheduler.strip(),
        "tls_ca": settings.scheduler_ca,
        "tls_cert": settings.scheduler_certificate,
        "tls_key": settings.scheduler_key,
    }


def compute(
    engine: worker_engine.Engine,
    batch: batch_request.BatchRequest,
    on_progress: ProgressCallback,
    on_message: Callable[[str], object] = processes.ignore,
    is_cancelled: Callable[[], bool] = processes.never,
) -> dict[str, Any]:
    """Compute or resume a batch; not for the main thread.

    Args:
        engine: The engine of this installation.
        batch: The batch to compute.
        on_progress: Receives the progress in percent and in words.
        on_message: Receives messages worth keeping, e.g. that memory is enough for fewer workers.
        is_cancelled: Polled ten times a second.

    Returns:
        The content of its `summary.json`.

    Raises:
        PluginError: If it could not be computed. Failed scenes and blocks are listed in the
            summary.
        BuildCancelled: If it was cancelled; complete blocks stay.
    """

    def on_event(event: Event) -> None:
        if event["event"] == "progress":
            on_progress(*progress(event))
        elif event["event"] == "note":
            on_message(translated(str(event.get("message") or "")))

    failure = (
        tr("The batch ended without a result."),
        tr("Run it again into the same folder to resume."),
    )
    return worker_engine.run_command(engine, batch.arguments(), failure, on_event, is_cancelled)


def progress(event: Event) -> tuple[float, str]:
    """Return percent and message of a `progress` event."""
    done, total = int(event.get("done") or 0), int(event.get("total") or 0)
    failed = int(event.get("failed") or 0)
    text = translated(str(event.get("message") or ""))
    if total:
        text = tr("{}: {} of {} steps").format(text, done, total)
    if failed:
        text = tr("{}, {} failed").format(text, failed)
    return (100.0 * done / total if total else 0.0), text


def open_batch(entry: BatchEntry, project: QgsProject) -> int:
    """Add a batch's missing layers to the project, and refresh those on the map.

    Returns:
        Number of layers added.

    Raises:
        PluginError: If there are no layers yet, or QGIS cannot read them.
    """
    layers = entry.layers()
    if not layers:
        raise PluginError(
            tr("The batch in {} has no layers yet.").format(entry.folder),
            tr("Wait until its first blocks are complete."),
            problem="batch-without-layers",
        )
    refresh_batch(entry, project)
    existing = list(layers_of(entry, project))
    shown_paths = {Path(layer.source()) for layer in existing}
    display = range_of(dict(enumerate(existing))) if existing else new_range(_blocks(entry))
    title = group_title(tr("batch {}").format(entry.folder.name), "")
    if any(records.is_file(_kinds_of(stages)) for stages in layers.values()):
        title = title.replace(MARK, PARTLY)
    root = project.layerTreeRoot()
    group = _group_of(existing, root) or _empty_group(title, root)
    added = []
    for name, stages in sorted(layers.items()):
        for stage, path in sorted(stages.items()):
            if path in shown_paths:
                continue
            layer = _layer(entry, path, stage, display)
            group = group or root.insertGroup(0, title)
            of_scene = group.findGroup(name) or group.addGroup(name)
            project.addMapLayer(layer, False)
            node = of_scene.insertLayer(0, layer)
            # A batch goes on, and so does its share of observed pixels: only the mark is known.
            full = stage_title(stage, "")
            is_partly = gac_tags(layer).get("SYNTHETIC") == "PARTLY"
            name_node(node, stage_label(stage), full.replace(MARK, PARTLY) if is_partly else full)
            node.setExpanded(False)
            node.setItemVisibilityChecked(stage == max(stages))
            added.append(layer)
        if group is not None:
            _add_kinds(_kinds_of(stages), group.findGroup(name), project)
    if group is not None and added:
        # A group that was empty when inserted into the tree is shown collapsed.
        for each in (group, *group.children()[: 1 if len(layers) == 1 else 0]):
            each.setExpanded(False)
            each.setExpanded(True)
    raise_layers(added, project)
    return len(added)


def _kinds_of(stages: dict[int, Path]) -> Path:
    """Return the path of the raster of observed pixels beside a scene's stages."""
    return stages[max(stages)].with_name(layout.OBSERVED).with_suffix(".vrt")


def _add_kinds(path: Path, group: QgsLayerTreeGroup | None, project: QgsProject) -> None:
    """Add the layer of a scene's observed and generated pixels, switched off, if there is one."""
    sources = (layer.source() for layer in project.mapLayers().values())
    if group is None or not records.is_file(path) or str(path) in sources:
        return
    layer = QgsRasterLayer(str(path), kinds_title(), "gdal", QgsRasterLayer.LayerOptions(False))
    if not layer.isValid():
        log.warning(f"{path} cannot be read")
        return
    mark_kinds(layer)
    project.addMapLayer(layer, False)
    node = group.insertLayer(0, layer)
    node.setExpanded(False)
    node.setItemVisibilityChecked(False)


def _group_of(layers: list[QgsRasterLayer], root: QgsLayerTree) -> QgsLayerTreeGroup | None:
    """Return the group of a batch's layers: their scenes' groups are in it."""
    nodes = [node for node in (root.findLayer(layer.id()) for layer in layers) if node is not None]
    groups = [node.parent().parent() for node in nodes if node.parent() is not root]
    return next((group for group in groups if group not in (None, root)), None)


def _empty_group(title: str, root: QgsLayerTree) -> QgsLayerTreeGroup | None:
    """Return the group that is left of a batch whose layers were removed."""
    group = root.findGroup(title)
    return group if group is not None and not group.findLayers() else None


def refresh_batch(entry: BatchEntry, project: QgsProject) -> None:
    """Reload the layers of a batch, to show blocks that were completed since they were loaded.

    A fitted range is fitted once more when the batch is over.
    """
    layers = dict(enumerate(layers_of(entry, project)))
    for layer in layers.values():
        layer.dataProvider().reloadData()
        layer.triggerRepaint()
    if entry.is_over and range_of(layers).origin == FITTED:
        display = fitted_range(_blocks(entry))
        if display != range_of(layers):
            update_range(layers, display)


def layers_of(entry: BatchEntry, project: QgsProject) -> Iterator[QgsRasterLayer]:
    """Yield the layers of a batch that are in the project."""
    for layer in project.mapLayers().values():
        if layer.customProperty(BATCH_PROPERTY) == str(entry.folder):
            yield layer


def _blocks(entry: BatchEntry) -> list[Path]:
    """Return some blocks of each scene's highest stage, spread over the batch."""
    blocks = []
    for stages in entry.layers().values():
        path = stages[max(stages)]
        with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
            mosaic = gdal.Open(str(path))
            files = mosaic.GetFileList() if mosaic is not None else None
            blocks += [Path(file) for file in files or [] if file.endswith(".tif")]
    step = max(-(-len(blocks) // MAX_BLOCKS), 1)
    return blocks[::step]


def _layer(entry: BatchEntry, path: Path, stage: int, display: DisplayRange) -> QgsRasterLayer:
    options = QgsRasterLayer.LayerOptions(False)
    layer = QgsRasterLayer(str(path), stage_label(stage), "gdal", options)
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(path),
            "",
            layer.error().summary(),
            problem="layer-unreadable",
        )
    default_style = PluginSettings.load().style
    # NDVI is a separate layer, which exists only for runs.
    keys = {style.key for style in styles()} - {NDVI}
    key = default_style if default_style in keys else TRUE_COLOUR
    load_qml(layer, key)
    layer.setCustomProperty(STYLE_PROPERTY, key)
    apply_range({stage: layer}, display)
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(BATCH_PROPERTY, str(entry.folder))
    return layer
