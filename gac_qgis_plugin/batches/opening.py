"""The layers of a batch in the project: a group, in it one for each scene."""

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
"""Blocks that a range is fitted to: a batch may have thousands."""


def open_batch(entry: BatchEntry, project: QgsProject) -> int:
    """Adds what is there of a batch, and shows anew what is on the map already.

    Returns:
        How many layers were added.

    Raises:
        PluginError: If there is nothing yet, or QGIS cannot read it.
    """
    there = entry.layers()
    if not there:
        raise PluginError(
            tr("The batch in {} has no layers yet.").format(entry.folder),
            tr("Wait until its first blocks are complete."),
        )
    refresh_batch(entry, project)
    present = list(layers_of(entry, project))
    known = {Path(layer.source()) for layer in present}
    display = range_of(dict(enumerate(present))) if present else new_range(_blocks(entry))
    title = tr("GAC SYNTHETIC · batch {}").format(entry.folder.name)
    root = project.layerTreeRoot()
    group = root.findGroup(title)
    added = 0
    for name, stages in sorted(there.items()):
        for stage, path in sorted(stages.items()):
            if path in known:
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
        # A group that was empty when it came into the tree is shown folded up.
        for each in (group, *group.children()[: 1 if len(there) == 1 else 0]):
            each.setExpanded(False)
            each.setExpanded(True)
    return added


def refresh_batch(entry: BatchEntry, project: QgsProject) -> None:
    """Has the layers of a batch show the blocks that came since they were loaded.

    A range that is to be fitted is fitted once more when the batch is over.
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
    """The layers of a batch that are in the project."""
    for layer in project.mapLayers().values():
        if layer.customProperty(BATCH_PROPERTY) == str(entry.folder):
            yield layer


def _blocks(entry: BatchEntry) -> list[Path]:
    """Some blocks of each scene's highest stage, from all over the batch."""
    blocks = []
    for stages in entry.layers().values():
        path = stages[max(stages)]
        with suppress(RuntimeError):  # what GDAL does if its exceptions are on
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
    wanted = PluginSettings.load().style
    # NDVI is a layer of its own, which is made for runs alone.
    known = {style.key for style in styles()} - {NDVI}
    key = wanted if wanted in known else TRUE_COLOUR
    load_qml(layer, key)
    layer.setCustomProperty(STYLE_PROPERTY, key)
    apply_range({stage: layer}, display)
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(BATCH_PROPERTY, str(entry.folder))
    return layer
