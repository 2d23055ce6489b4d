"""Layers of a batch in the project: a group with a subgroup for each scene."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer

from gac_qgis_plugin.batches.entry import BatchEntry
from gac_qgis_plugin.display import FITTED, DisplayRange, fitted_range, new_range
from gac_qgis_plugin.results import STYLE_PROPERTY
from gac_qgis_plugin.sar_source import SYNTHETIC_PROPERTY
from gac_qgis_plugin.stages import stage_title
from gac_qgis_plugin.styles import (
    NDVI,
    TRUE_COLOUR,
    apply_range,
    load_qml,
    range_of,
    renew_range,
    styles,
)
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr

BATCH_PROPERTY = "gac/batch"

MOST_BLOCKS = 16
"""Maximum number of blocks that a range is fitted to: a batch may have thousands."""


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
        )
    refresh_batch(entry, project)
    existing = list(layers_of(entry, project))
    shown_paths = {Path(layer.source()) for layer in existing}
    display = range_of(dict(enumerate(existing))) if existing else new_range(_blocks(entry))
    title = tr("GAC SYNTHETIC · batch {}").format(entry.folder.name)
    root = project.layerTreeRoot()
    group = root.findGroup(title)
    added = 0
    for name, stages in sorted(layers.items()):
        for stage, path in sorted(stages.items()):
            if path in shown_paths:
                continue
            layer = _layer(entry, path, stage, display)
            group = group or root.insertGroup(0, title)
            of_scene = group.findGroup(name) or group.addGroup(name)
            project.addMapLayer(layer, False)
            node = of_scene.insertLayer(0, layer)
            node.setExpanded(False)
            node.setItemVisibilityChecked(stage == max(stages))
            added += 1
    if group is not None and added:
        # A group that was empty when inserted into the tree is shown collapsed.
        for each in (group, *group.children()[: 1 if len(layers) == 1 else 0]):
            each.setExpanded(False)
            each.setExpanded(True)
    return added


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
            renew_range(layers, display)


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
    step = max(-(-len(blocks) // MOST_BLOCKS), 1)
    return blocks[::step]


def _layer(entry: BatchEntry, path: Path, stage: int, display: DisplayRange) -> QgsRasterLayer:
    options = QgsRasterLayer.LayerOptions(False)
    layer = QgsRasterLayer(str(path), stage_title(stage, ""), "gdal", options)
    if not layer.isValid():
        raise PluginError(tr("QGIS cannot read {}.").format(path), "", layer.error().summary())
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
