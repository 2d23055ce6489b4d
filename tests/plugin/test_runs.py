"""The history of runs: what is remembered, told, opened and deleted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QMessageBox

from gac_qgis_plugin import history
from gac_qgis_plugin.contract import rename
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.gui.runs_panel import FOLDER, RunsPanel
from gac_qgis_plugin.rasters import difference_raster, ndvi_raster
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import delete_run, describe_run, files_of, open_run, read_entry, run_state
from tests.held import Holder
from tests.plugin.runs import add_run, write_run
from tests.problems import raises


def write_journal(folder: Path, radar: str = "/data/scene.tif") -> None:
    work = folder / ".gac-work"
    work.mkdir(parents=True, exist_ok=True)
    journal = {
        "format": 1,
        "request": {"sar": [radar], "out": str(folder), "bundle": "demo", "seed": 3, "stages": 3},
        "progress": {"stage": 2, "stages": 3, "tile": 5, "tiles": 9},
        "updated": "2026-11-22T18:00:00Z",
    }
    (work / "journal.json").write_text(json.dumps(journal))


def test_the_profile_remembers_runs_the_last_one_first(qgis, tmp_path) -> None:
    project = QgsProject.instance()
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two, one):
        history.remember_run(folder, project)
    project.clear()
    assert history.run_folders(project) == [one, two]
    history.forget_run(one, project)
    assert history.run_folders(project) == [two]


def test_the_project_file_remembers_its_runs_and_moves_with_them(qgis, tmp_path) -> None:
    project = QgsProject.instance()
    home = tmp_path / "home"
    write_run(home / "gac" / "run")
    project.setFileName(str(home / "p.qgs"))
    history.remember_run(home / "gac" / "run", project)
    project.write(str(home / "p.qgs"))
    assert str(tmp_path) not in (home / "p.qgs").read_text(), "the path is relative"
    home.rename(tmp_path / "moved")
    project.clear()
    history.forget_run(home / "gac" / "run", project)
    assert history.run_folders(project) == []
    project.read(str(tmp_path / "moved" / "p.qgs"))
    assert [each.resolve() for each in history.run_folders(project)] == [tmp_path / "moved/gac/run"]


def test_runs_on_the_map_are_known_whoever_made_them(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    assert history.run_folders(QgsProject.instance()) == [run.folder]


def test_a_run_is_told_of_with_its_parameters(qgis, tmp_path) -> None:
    write_run(tmp_path / "run", "/data/S1A_scene.tif")
    entry = read_entry(tmp_path / "run")
    assert (entry.name, entry.stages, run_state(entry)) == ("S1A_scene", (1, 2, 3), "0.30")
    assert not entry.can_resume and entry.when.startswith("2026-11-22")
    text = describe_run(entry)
    for words in ("S1A_scene.tif", "Models: small", "Seed 7; steps 4, 5", "48 × 32", "v2 0.20"):
        assert words in text


def test_an_unfinished_run_and_one_that_is_gone(qgis, tmp_path) -> None:
    write_journal(tmp_path / "left", "/data/<b>scene.tif")
    entry = read_entry(tmp_path / "left")
    assert entry.can_resume and run_state(entry) == "unfinished"
    assert "Stage 2 of 3, tile 5 of 9" in describe_run(entry) and "<b>" not in describe_run(entry)
    gone = read_entry(tmp_path / "nowhere")
    assert (
        gone.is_gone and run_state(gone) == "no files" and "moved or deleted" in describe_run(gone)
    )
    with raises(PluginError, "run-without-images"):
        open_run(gone, QgsProject.instance())


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"request": 3, "stages": [], "bundle": null}', '{"request": {"sar": 3}}'],
)
def test_a_record_that_makes_no_sense_does_no_harm(qgis, tmp_path, text) -> None:
    write_run(tmp_path / "run")
    (tmp_path / "run" / "run.json").write_text(text)
    entry = read_entry(tmp_path / "run")
    assert entry.name == "run" and run_state(entry) == "damaged" and "?" in describe_run(entry)
    open_run(entry, QgsProject.instance())
    assert len(QgsProject.instance().mapLayers()) == 3


def test_opening_adds_stages_and_radar_again(radar, tmp_path) -> None:
    source = radar("s1", add=False).source()
    write_run(tmp_path / "run", source)
    project = QgsProject.instance()
    run = open_run(read_entry(tmp_path / "run"), project)
    names = [node.name() for node in project.layerTreeRoot().children()]
    assert names[0].startswith("s1 · 22 Nov ") and names[0].endswith(" · SYNTHETIC")
    assert names[1:] == ["s1"]
    assert sorted(run.stages) == [1, 2, 3]
    assert float(run.stages[2].customProperty("gac/gac_score")) == pytest.approx(0.2)
    (grey,) = project.mapLayersByName("s1")
    assert grey.renderer().type() == "singlebandgray"
    open_run(read_entry(tmp_path / "run"), project)
    assert len(project.mapLayers()) == 4, "what is there is not added again"


def layers_in_order(project: QgsProject) -> list[str]:
    """The files of visible layers as they are drawn, the uppermost first."""
    nodes = project.layerTreeRoot().findLayers()
    return [node.layer().source() for node in nodes if node.isVisible()]


@pytest.mark.parametrize("place", ["same radar", "other radar above", "within a group", "gone"])
def test_an_older_run_that_is_opened_lies_above_a_newer_one(radar, tmp_path, place) -> None:
    project, first = QgsProject.instance(), radar("s1")
    root = project.layerTreeRoot()
    add_run(tmp_path / "old", first)
    if place == "gone":
        project.removeMapLayers([each for each in project.mapLayers() if each != first.id()])
    if place == "within a group":
        inner = root.insertGroup(len(root.children()), "mine")
        for node in list(root.children())[:-1]:
            inner.addChildNode(node.clone())
            root.removeChildNode(node)
    newer = first if place == "same radar" else radar("s1b")
    if newer is not first:
        node = root.findLayer(newer.id())
        root.insertChildNode(0, node.clone())
        root.removeChildNode(node)
    add_run(tmp_path / "new", newer)
    lines = QgsVectorLayer("LineString?crs=EPSG:32633", "roads", "memory")
    project.addMapLayer(lines, False)
    root.insertLayer(0, lines)
    assert layers_in_order(project)[1].startswith(str(tmp_path / "new"))
    layers = set(project.mapLayers())
    run = open_run(read_entry(tmp_path / "old"), project)
    drawn = layers_in_order(project)
    assert drawn[0] == lines.source(), "what covers nothing stays where it is"
    assert drawn[1].startswith(str(tmp_path / "old"))
    assert set(project.mapLayers()) >= layers and len(project.mapLayers()) == 8 + (
        newer is not first
    )
    assert run.group is not None and sorted(run.stages) == [1, 2, 3]
    assert run.group.isExpanded()
    open_run(read_entry(tmp_path / "new"), project)
    assert layers_in_order(project)[1].startswith(str(tmp_path / "new"))


def drawn(project: QgsProject) -> list[str]:
    """The files of visible layers as the map draws them, the uppermost first."""
    root = project.layerTreeRoot()
    return [each.source() for each in root.layerOrder() if root.findLayer(each.id()).isVisible()]


def test_in_an_order_of_the_users_an_older_run_is_raised_too(radar, tmp_path) -> None:
    project, first = QgsProject.instance(), radar("s1")
    add_run(tmp_path / "old", first)
    add_run(tmp_path / "new", first)
    lines = QgsVectorLayer("LineString?crs=EPSG:32633", "roads", "memory")
    project.addMapLayer(lines)
    root = project.layerTreeRoot()
    # As it was, but with the radar above all results.
    order = [each for each in root.layerOrder() if each not in (first, lines)]
    root.setHasCustomLayerOrder(True)
    root.setCustomLayerOrder([lines, first, *order])
    for name in ("old", "new", "old"):
        open_run(read_entry(tmp_path / name), project)
        assert drawn(project)[0] == lines.source(), "what covers nothing stays where it is"
        assert drawn(project)[1] == str(tmp_path / name / "opt_v3.tif")
        assert layers_in_order(project)[1] == str(tmp_path / name / "opt_v3.tif")
    assert len(root.customLayerOrder()) == 8
    add_run(tmp_path / "newest", first)
    assert drawn(project)[1] == str(tmp_path / "newest" / "opt_v3.tif"), "QGIS puts it at the end"
    before = root.customLayerOrder()
    open_run(read_entry(tmp_path / "newest"), project)
    assert root.customLayerOrder() == before


@pytest.mark.parametrize("place", ["in a group", "beneath a raster", "in no group"])
def test_what_lies_beside_a_runs_layers_is_not_moved(radar, tmp_path, place) -> None:
    """The user compares two runs in a group of his own, or in none."""
    project, first = QgsProject.instance(), radar("s1")
    root = project.layerTreeRoot()
    names = ("one", "two")
    for name in names:
        add_run(tmp_path / name, first)
    group = root.insertGroup(0, "compare") if place != "in no group" else root
    for number, name in enumerate(names[::-1]):
        nodes = list(run_in(project, tmp_path / name).nodes.values())
        of_run = nodes[0].parent()
        for index, node in enumerate(nodes):
            group.insertChildNode(3 * number + index, node.clone())
        root.removeChildNode(of_run)
    scan = radar("scan", add=False)
    project.addMapLayer(scan, False)
    (root if place == "beneath a raster" else group).insertLayer(0, scan)
    one, two = ([str(tmp_path / name / f"opt_v{n}.tif") for n in (3, 2, 1)] for name in names)
    assert layers_in_order(project) == [scan.source(), *two, *one, first.source()]
    run = open_run(read_entry(tmp_path / "one"), project)
    assert layers_in_order(project) == [*one, scan.source(), *two, first.source()]
    assert sorted(run.stages) == [1, 2, 3]
    left = [node.layer().source() for node in group.findLayers()]
    assert [source for source in left if source in two] == two


def test_opening_a_run_switches_it_on(radar, tmp_path) -> None:
    project = QgsProject.instance()
    run = add_run(tmp_path / "run", radar("s1"))
    for node in (*run.nodes.values(), run.group):
        node.setItemVisibilityChecked(False)
    assert not any("opt_v" in source for source in layers_in_order(project))
    run = open_run(read_entry(tmp_path / "run"), project)
    assert layers_in_order(project)[0].endswith("opt_v3.tif")
    run.nodes[3].setItemVisibilityChecked(False)
    run.nodes[2].setItemVisibilityChecked(True)
    open_run(read_entry(tmp_path / "run"), project)
    assert layers_in_order(project)[0].endswith("opt_v2.tif"), "the user's choice of stages stays"


def test_a_run_far_from_the_layers_above_stays_where_it_is(radar, tmp_path) -> None:
    project = QgsProject.instance()
    run = add_run(tmp_path / "run", radar("s1"))
    far = tmp_path / "far.tif"
    gdal.Translate(str(far), run.stages[3].source(), outputBounds=[0, 9e5, 320, 8.9e5])
    layer = QgsRasterLayer(str(far), "far", "gdal")
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)
    open_run(read_entry(tmp_path / "run"), project)
    assert layers_in_order(project)[0] == str(far)


def test_deleting_removes_what_gac_wrote_and_nothing_else(radar, tmp_path) -> None:
    layer = radar("s1")
    run = add_run(tmp_path / "run", layer)
    ndvi_raster(run.folder, 1)
    difference_raster(run.folder, 3, 2)
    write_journal(run.folder)
    (run.folder / "notes.txt").write_text("mine")
    delete_run(run.folder, QgsProject.instance())
    assert [path.name for path in run.folder.iterdir()] == ["notes.txt"]
    assert list(QgsProject.instance().mapLayers()) == [layer.id()]
    assert [node.name() for node in QgsProject.instance().layerTreeRoot().children()] == ["s1"]


def test_an_empty_folder_goes_too(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    delete_run(tmp_path / "run", QgsProject.instance())
    assert not (tmp_path / "run").exists()


def test_an_image_that_gac_did_not_write_stays(qgis, tmp_path, radar) -> None:
    write_run(tmp_path / "run")
    mine = radar("mine", bands=4, add=False).source()
    shutil.copyfile(mine, tmp_path / "run" / "opt_v2.tif")
    (tmp_path / "run" / "opt_v3.tif").unlink()
    (tmp_path / "run" / "opt_v3.tif").symlink_to(tmp_path / "run" / "opt_v1.tif")
    names = {path.name for path in files_of(tmp_path / "run")}
    assert names == {"opt_v1.tif", "run.json"}
    delete_run(tmp_path / "run", QgsProject.instance())
    assert (tmp_path / "run" / "opt_v2.tif").is_file()


def test_qgis_waits_once_for_a_runs_files_that_are_held(qgis, tmp_path, monkeypatch) -> None:
    write_run(tmp_path / "run")
    write_journal(tmp_path / "run")
    holder = Holder(monkeypatch, rename)
    with raises(PluginError, "not-all-deleted", str(tmp_path / "run")) as caught:
        delete_run(tmp_path / "run", QgsProject.instance())
    assert len(str(caught.value.details).splitlines()) == len(files_of(tmp_path / "run")) > 2
    assert sum(holder.paused) == pytest.approx(sum(rename.PAUSES))


def test_a_run_at_work_is_not_deleted(qgis, tmp_path, monkeypatch) -> None:
    write_run(tmp_path / "run")
    monkeypatch.setattr("gac_qgis_plugin.runs.is_busy", lambda folder: True)
    with raises(PluginError, "run-in-progress", str(tmp_path / "run")):
        delete_run(tmp_path / "run", QgsProject.instance())
    assert (tmp_path / "run" / "opt_v1.tif").is_file()


def choose(panel: RunsPanel, folder: Path) -> None:
    for index in range(panel.list.topLevelItemCount()):
        item = panel.list.topLevelItem(index)
        if item.data(0, FOLDER) == str(folder):
            panel.list.setCurrentItem(item)
            return
    pytest.fail(f"{folder} is not listed")


def test_the_panel_lists_opens_and_deletes(panel, radar, tmp_path, monkeypatch) -> None:
    one = panel("good")
    runs = one.dock.runs
    assert "No runs yet" in runs.details.text() and not runs.open_button.isEnabled()
    write_run(tmp_path / "run", radar("s1").source())
    history.remember_run(tmp_path / "run", QgsProject.instance())
    write_journal(tmp_path / "left")
    history.remember_run(tmp_path / "left", QgsProject.instance())
    runs.refresh()
    choose(runs, tmp_path / "left")
    assert runs.resume_button.isEnabled() and not runs.open_button.isEnabled()
    choose(runs, tmp_path / "run")
    assert not runs.resume_button.isEnabled() and "Seed 7" in runs.details.text()
    runs.open_button.click()
    assert run_in(QgsProject.instance(), tmp_path / "run") is not None
    assert one.dock.tabs.currentWidget().findChild(type(one.dock.compare)) is one.dock.compare
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    asked: list[str] = []

    def answer(parent, title, text, *rest):
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", answer)
    runs.delete_button.click()
    assert (tmp_path / "run" / "opt_v3.tif").is_file() and "opt_v3.tif" in asked[0]
    runs.delete_button.click()
    assert not (tmp_path / "run").exists()
    assert history.run_folders(QgsProject.instance()) == [tmp_path / "left"]


def test_a_run_of_the_panel_is_in_the_history(panel, radar, wait, tmp_path) -> None:
    layer = radar("s1")
    one = panel("good")
    one.dock.open_for(layer)
    one.dock.tabs.setCurrentIndex(2)
    one.dock.start_run()
    assert one.dock.tabs.currentIndex() == 0, "how the run goes is seen at once"
    wait(lambda: one.outcomes)
    (folder,) = history.run_folders(QgsProject.instance())
    assert folder.parent == tmp_path / "results"


def test_resuming_from_the_history(panel, radar, tmp_path) -> None:
    layer = radar("s1")
    one = panel("slow")
    write_journal(tmp_path / "left", layer.source())
    history.remember_run(tmp_path / "left", QgsProject.instance())
    one.dock.runs.refresh()
    choose(one.dock.runs, tmp_path / "left")
    one.dock.runs.resume_button.click()
    assert one.controller.is_running
    one.dock.runs.refresh()
    assert not one.dock.runs.resume_button.isEnabled()
