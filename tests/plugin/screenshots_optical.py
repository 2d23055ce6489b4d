"""The part of the screenshots about an optical reference; runs inside QGIS.

GAC_SHOTS_ONLY=optical takes these pictures alone. GAC_DEMO_SCENE names the radar,
GAC_SHOTS_OPTICAL the Sentinel-2 image beside it and the mask of its clouds (separated like a path
list), GAC_SHOTS_DATE the image's date if its file does not tell. GAC_SHOTS_OTHER names an image of
another date and its mask likewise, or none if it has no clouds; without it there is none.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gac_qgis_plugin.contract.optical_options import NO_CLOUDS
from osgeo import gdal
from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)

LIMIT_S = 900.0
STEPS = 8
COLOURS = ("B04", "B03", "B02")
WHITE = 2200
"""DN that is white in the Sentinel-2 image."""


def optical_steps(
    iface: Any, plugin: Any, shoot: Callable[[str], None], words: list[str]
) -> Iterator[float]:
    """Choose a reference, show what is clear, run, and read both kinds of pixels."""
    dock = plugin.dock
    image, mask = os.environ["GAC_SHOTS_OPTICAL"].split(os.pathsep)[:2]
    other = [path for path in os.environ.get("GAC_SHOTS_OTHER", "").split(os.pathsep) if path]
    layer, clouds = _true_colour(image), QgsRasterLayer(mask, "clouds", "gdal")
    others = list(map(_true_colour, other[:1]))
    others += [QgsRasterLayer(path, Path(path).stem, "gdal") for path in other[1:]]
    for each in (*reversed(others), clouds, layer):
        QgsProject.instance().addMapLayer(each)
    for each in (*others, clouds):
        node = QgsProject.instance().layerTreeRoot().findLayer(each.id())
        node.setItemVisibilityChecked(False)
        node.setExpanded(False)
    iface.setActiveLayer(layer)
    iface.zoomToActiveLayer()
    yield 2
    menu = iface.layerTreeView().menuProvider().createContextMenu()
    view = iface.layerTreeView()
    place = view.visualRect(view.currentIndex()).center()
    menu.popup(view.viewport().mapToGlobal(place))
    yield 1
    shoot("optical-menu")
    menu.close()
    (fill,) = (action for action in menu.actions() if action is plugin._fill.action)
    fill.trigger()
    group = dock.optical
    group.mask.set_layer(clouds)
    for source, each in zip((group.other, group.other_mask), others, strict=False):
        source.set_layer(each)
    if len(others) == 1:
        group.other_mask.set_sources([NO_CLOUDS])
    group.use_combo.setCurrentIndex(group.use_combo.findData("keep"))
    group.reading.widgets["optical_date"].setText(os.environ.get("GAC_SHOTS_DATE", ""))
    group.reading.widgets["optical_date"].editingFinished.emit()
    end = time.monotonic() + LIMIT_S
    while "href" not in group.note.text() and time.monotonic() < end:
        yield 0.5
    yield 1
    _scroll_to(dock, group)
    yield 1
    shoot("optical-folded")
    group.note.linkActivated.emit("unfold")
    yield 1
    _scroll_to(dock, group)
    yield 1
    shoot("optical-panel")
    group.reading.setCollapsed(False)
    yield 0.5
    _scroll_to(dock, group.reading)
    yield 0.5
    shoot("optical-advanced")
    group.reading.setCollapsed(True)
    group.note.linkActivated.emit("unfold")
    group.clear_button.click()
    while dock.reference.task is not None and time.monotonic() < end:
        yield 0.5
    _scroll_to(dock, group)
    yield 2
    shoot("optical-clear")
    dock.reference.drop()
    for widget in (dock.advanced.timesteps_1, dock.advanced.timesteps_3):
        widget.setValue(STEPS)
    outcomes: list[Any] = []
    plugin._controller.ended.connect(outcomes.append)
    dock.start_run()
    while not outcomes and time.monotonic() < end:
        yield 0.5
    yield 4
    if not outcomes or outcomes[0].state != "done":
        words.append(f"FAILED: the run ended so: {outcomes and outcomes[0].problem}")
        return
    iface.messageBar().clearWidgets()
    shoot("optical-results")
    run = plugin._tools.session.run()
    run.kinds.setItemVisibilityChecked(True)
    run.kinds.setExpanded(True)
    dock.tabs.setCurrentIndex(1)
    yield 1
    scroll = dock.compare.parent().parent()
    for kind, number in (("observed", 1), ("generated", 2)):
        place_ = _a_pixel(run.folder / "observed.tif", number)
        scroll.ensureWidgetVisible(dock.compare.readout.table)
        dock.compare.readout._on_mouse(place_)
        dock.compare.readout.read()
        yield 1
        if kind not in dock.compare.readout.table.text():
            words.append(f"FAILED: the readout does not say {kind}")
        shoot(f"optical-readout-{kind}")
    run.kinds.setItemVisibilityChecked(False)
    plugin._tools.open_export()
    yield 1.5
    shoot("optical-export")
    plugin._tools.export_dialog.close()


def _true_colour(path: str) -> QgsRasterLayer:
    """Return a Sentinel-2 file as a layer in true colour."""
    layer = QgsRasterLayer(path, Path(path).stem, "gdal")
    names = [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]
    numbers = [1 + next(i for i, name in enumerate(names) if band in name) for band in COLOURS]
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *numbers)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for setter, number in zip(setters, numbers, strict=True):
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(number))
        stretch.setMinimumValue(0)
        stretch.setMaximumValue(WHITE)
        algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        stretch.setContrastEnhancementAlgorithm(algorithm)
        setter(stretch)
    layer.setRenderer(renderer)
    return layer


def _a_pixel(path: Path, kind: int) -> QgsPointXY:
    """Return the middle of a run of pixels of a kind, in the raster's CRS."""
    file = gdal.Open(str(path))
    width, height = file.RasterXSize, file.RasterYSize
    data = bytes(file.GetRasterBand(1).ReadRaster(0, 0, width, height))
    row = max(range(height), key=lambda y: data[y * width : (y + 1) * width].count(kind))
    line = data[row * width : (row + 1) * width]
    columns = [x for x, value in enumerate(line) if value == kind]
    left, size, _, top, _, _ = file.GetGeoTransform()
    return QgsPointXY(left + size * (columns[len(columns) // 2] + 0.5), top - size * (row + 0.5))


def _scroll_to(dock: Any, widget: Any) -> None:
    """Scroll the panel so that a widget's beginning is at its top."""
    scroll = dock.input.parent().parent().parent()
    bar = scroll.verticalScrollBar()
    bar.setValue(widget.mapTo(scroll.widget(), widget.rect().topLeft()).y())
