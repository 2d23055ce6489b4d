"""Widgets that hold a layer: nothing takes the place of one that is removed."""

from __future__ import annotations

import pytest
from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsVectorLayer

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY
from gac_qgis_plugin.gui.layer_combo import LayerCombo


def remove(*layers) -> None:
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers])


def test_no_layer_takes_the_place_of_the_radar_that_is_removed(panel, radar) -> None:
    layers = [radar(name) for name in ("a", "b", "c")]
    group = panel("good").dock.input
    group.set_layer(layers[1])
    changes: list[bool] = []
    group.layer_changed.connect(lambda: changes.append(True))
    remove(layers[1])
    assert group.layer is None and changes == [True]
    with pytest.raises(PluginError):
        group.params()
    group.set_layer(layers[2])
    remove(layers[0])
    assert group.layer.id() == layers[2].id(), "another one's removal changes nothing"
    remove(layers[2])
    assert group.layer is None


def test_no_layer_takes_the_place_of_vh(panel, radar) -> None:
    vv, vh, other = radar("s_VV", bands=1), radar("s_VH", bands=1), radar("t_VH", bands=1)
    group = panel("good").dock.input
    group.set_layer(vv)
    assert [layer.id() for layer in group.layers()] == [vv.id(), vh.id()]
    remove(vh)
    assert [layer.id() for layer in group.layers()] == [vv.id()]
    assert QgsProject.instance().mapLayer(other.id()) is not None


def test_vh_pairs_with_its_vv_as_vv_does_with_its_vh(panel, radar) -> None:
    vv, vh = radar("s_vv", bands=1), radar("s_vh", bands=1)
    group = panel("good").dock.input
    for chosen in (vv, vh):
        group.set_layer(chosen)
        assert [layer.id() for layer in group.layers()] == [vv.id(), vh.id()]


def test_results_are_never_offered_as_radar(panel, radar, wait) -> None:
    scene = radar("scene")
    group = panel("good").dock.input
    result = radar("result")
    result.setCustomProperty(SYNTHETIC_PROPERTY, True)
    later = radar("later")
    later.setCustomProperty(SYNTHETIC_PROPERTY, True)

    def offered() -> set[str]:
        combo = group.layer_combo
        return {combo.layer(i).id() for i in range(combo.count())}

    wait(lambda: offered() == {scene.id()})
    assert group.vh_layer_combo.count() == 2, "in the same layer, and the scene"


def test_a_row_that_is_left_out_stays_so_when_its_group_is_folded(panel, radar) -> None:
    """QGIS shows all rows of a group that it unfolds."""
    both, vv = radar("both"), radar("s_vv", bands=1)
    one = panel("good")
    one.dock.open_for(both)
    group = one.dock.input
    row = group.vh_layer_combo, group.form.labelForField(group.vh_layer_combo)

    def shown() -> list[bool]:
        return [widget.isVisible() for widget in row]

    for folded in (False, True, False, False):
        group.setCollapsed(folded)
        assert shown() == [False, False]
    group.setCollapsed(True)
    group.set_layer(vv)
    assert shown() == [False, False], "the group is folded"
    group.setCollapsed(False)
    assert shown() == [True, True]
    group.setCollapsed(True)
    group.set_layer(both)
    group.setCollapsed(False)
    assert shown() == [False, False]


def test_any_kind_of_layer_is_followed(qgis) -> None:
    areas = [QgsVectorLayer("Polygon?crs=EPSG:4326", name, "memory") for name in ("a", "b")]
    QgsProject.instance().addMapLayers(areas)
    combo = LayerCombo(QgsMapLayerProxyModel.Filter.PolygonLayer)
    combo.setLayer(areas[0])
    removed: list[bool] = []
    combo.layerChanged.connect(lambda layer: removed.append(layer is None))
    remove(areas[0])
    assert combo.currentLayer() is None and removed[-1]
    count = len(removed)
    remove(areas[1])
    assert combo.currentLayer() is None and removed[count:] in ([], [True])
