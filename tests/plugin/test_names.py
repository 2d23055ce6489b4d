"""Names of results: short where the layer panel is narrow, whole elsewhere, never without mark."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsLayoutItemLegend, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import Qt

from gac_qgis_plugin.gui.compare.tools import CompareTools
from gac_qgis_plugin.labels import MARK, group_title, stage_label
from gac_qgis_plugin.maps import show_difference
from gac_qgis_plugin.results import find_runs, mark_names, name_node
from tests.plugin.runs import add_run

PANEL_PX = 290
SCROLL_BAR_PX = 16
SENTINEL = "S1A_IW_GRDH_1SDV_20210614T052811_20210614T052836_038326_0485C4_2B4F"


@pytest.mark.parametrize(
    ("name", "started", "expected"),
    [
        ("demo_s1", "2026-11-29 12:28", "demo_s1 · 12:28 · SYNTHETIC"),
        ("demo_s1", "2026-11-28 12:28", "demo_s1 · 28 Nov 12:28 · SYNTHETIC"),
        ("demo_s1", "2025-11-28 12:28", "demo_s1 · 28 Nov 2025 12:28 · SYNTHETIC"),
        ("demo_s1", "", "demo_s1 · SYNTHETIC"),
        ("demo_s1", "then", "demo_s1 · then · SYNTHETIC"),
        (SENTINEL, "2026-11-29 12:28", "S1A…2B4F · 12:28 · SYNTHETIC"),
    ],
)
def test_a_group_has_scene_start_and_mark(name, started, expected, qgis) -> None:
    assert group_title(name, started, date(2026, 11, 29)) == expected


@pytest.mark.parametrize("locale", ["en", "de", "es"])
def test_names_and_badges_fit_a_narrow_panel(window, radar, tmp_path, language, locale) -> None:
    language(locale)
    run = add_run(tmp_path / "run", radar("s1"))
    run.group.setName(group_title(SENTINEL, "2026-11-29 12:28", date(2026, 11, 29)))
    show_difference(run, 3, 2, QgsProject.instance())
    tools = CompareTools(window)
    tree = window.layerTreeView()
    tree.expandAll()
    font = tree.font()
    font.setPixelSize(13)  # QGIS's 9 points on a common screen; 17 px without one
    tree.setFont(font)
    tree.resize(PANEL_PX, 400)
    window.mainWindow().show()
    seen = []
    metrics, icon = tree.fontMetrics(), tree.iconSize().width()
    icon = icon if icon > 0 else 16
    root = QgsProject.instance().layerTreeRoot()
    for node in [*root.findGroups(), *root.findLayers()]:
        index = tree.node2index(node)
        name = index.data(Qt.ItemDataRole.DisplayRole)
        badges = len(tree.indicators(node)) * (icon + 4)
        left = tree.visualRect(index).left()
        # A check box and an icon stand before the name.
        width = left + 2 * (icon + 6) + metrics.horizontalAdvance(name) + badges
        seen.append((name, width))
    tools.close()
    assert len(seen) == 6
    assert not [each for each in seen if each[1] > PANEL_PX - SCROLL_BAR_PX]


def test_whole_names_stand_in_tooltips_and_legends(radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    show_difference(run, 3, 2, QgsProject.instance())
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    legend = QgsLayoutItemLegend(layout)
    layout.addLayoutItem(legend)
    (run,) = find_runs(QgsProject.instance())
    model = legend.model()
    for node in [*run.nodes.values(), *run.differences]:
        assert MARK not in node.name() and MARK in node.layer().title()
        index = model.node2index(node)
        assert model.data(index, Qt.ItemDataRole.DisplayRole) == node.layer().title()


def test_a_layer_that_leaves_its_group_is_marked(window, radar, tmp_path, wait) -> None:
    tools = CompareTools(window)
    run = add_run(tmp_path / "run", radar("s1"))
    root = QgsProject.instance().layerTreeRoot()
    node, others = run.nodes[2], [run.nodes[1], run.nodes[3]]
    names = [each.name() for each in others]
    copy = node.clone()
    root.insertChildNode(0, copy)
    run.group.removeChildNode(node)
    wait(lambda: copy.name() == f"{stage_label(2)} · {MARK}")
    assert [each.name() for each in others] == names
    run.group.setName("mine")
    wait(lambda: all(MARK in each.name() for each in others))
    mark_names(QgsProject.instance())
    assert copy.name().count(MARK) == 1
    tools.close()


def test_a_run_of_an_older_project_keeps_its_name(radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    for title in ("GAC SYNTHETIC · demo_s1 · 2026-11-22 16:14", "demo_s1 · 12:28 · SYNTHETIC"):
        run.group.setName(title)
        assert run.title in ("demo_s1 · 2026-11-22 16:14", "demo_s1 · 12:28")


def test_a_users_layer_is_not_renamed(radar) -> None:
    layer = radar("s1")
    mark_names(QgsProject.instance())
    assert layer.name() == "s1"
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    name_node(node, "short", "whole")
    assert (layer.name(), layer.title()) == ("short", "whole")
