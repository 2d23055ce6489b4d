"""Trust in a run: maps that the worker makes, and what is said of the stages."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from qgis.core import QgsLayerTreeModel, QgsProject
from qgis.gui import QgsLayerTreeView

from gac_qgis_plugin.maps import agreement_request, doubt_request, map_files
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import delete_run, files_of
from tests.plugin.runs import add_run


@pytest.fixture
def trust(panel, tmp_path):
    """Of a panel of a worker of some kind, with a run in the project."""

    def trust(mode="good"):
        one = panel(mode)
        run = add_run(tmp_path / "run")
        one.dock.compare.refresh()
        return one, one.dock.compare.trust, run

    return trust


def extras(folder: Path) -> list[str]:
    run = run_in(QgsProject.instance(), folder)
    return [node.layer().name() for node in run.differences]


def test_the_map_of_a_stage_comes_on_top_of_its_group(trust, wait) -> None:
    _one, group, run = trust()
    group.agreement[3].click()
    assert not group.agreement[1].isEnabled(), "one at a time"
    wait(lambda: group.task is None)
    assert extras(run.folder) == ["v3 agreement"]
    node = run_in(QgsProject.instance(), run.folder).differences[0]
    assert node.parent() == run.group and run.group.children()[0] == node
    shader = node.layer().renderer().shader().rasterShaderFunction()
    assert (shader.minimumValue(), shader.maximumValue()) == (-0.2, 0.6)
    assert node.layer().customProperty("gac/synthetic") or "SYNTHETIC" in node.layer().name()
    assert group.agreement[1].isEnabled() and not group.note.text()


def give_bundle(run, folder: Path, grounding) -> Path:
    """Has a run made with a bundle whose card says so of stage 3; the card's path."""
    folder.mkdir()
    card = folder / "bundle.json"
    card.write_text(json.dumps({"name": "some", "grounding": grounding}))
    record = json.loads((run.folder / "run.json").read_text())
    record["bundle"]["path"] = str(folder)
    (run.folder / "run.json").write_text(json.dumps(record))
    return card


def test_doubt_of_a_stage_comes_on_top_of_its_group(trust, wait, tmp_path) -> None:
    one, group, run = trust()
    give_bundle(run, tmp_path / "some", {"critic": {"shape": {}, "weights": {}}})
    one.dock.compare.refresh()
    group.doubt[2].click()
    assert not group.doubt[1].isEnabled() and not group.agreement[1].isEnabled(), "one at a time"
    wait(lambda: group.task is None)
    assert extras(run.folder) == ["v2 doubt"]
    node = run_in(QgsProject.instance(), run.folder).differences[0]
    assert node.parent() == run.group and run.group.children()[0] == node
    assert node.layer().source() == str(run.folder / "doubt_v2.tif")
    ramp = node.layer().renderer().shader().rasterShaderFunction()
    assert (ramp.minimumValue(), ramp.maximumValue()) == (0.5, 1.0)
    opacities = [item.color.alpha() for item in ramp.colorRampItemList()]
    assert opacities == sorted(set(opacities)) and (opacities[0], opacities[-1]) == (0, 255)
    assert node.layer().customProperty("gac/synthetic")
    assert group.doubt[1].isEnabled() and not group.note.text()


@pytest.mark.parametrize("grounding", [{}, None, {"critic": None}, {"adapter": "a"}])
def test_without_an_adversary_its_buttons_are_off_and_say_why(grounding, trust, tmp_path) -> None:
    one, group, run = trust()
    tips = {stage: button.toolTip() for stage, button in group.doubt.items()}
    assert all(button.isEnabled() for button in group.doubt.values()), "who knows"
    card = give_bundle(run, tmp_path / "some", grounding)
    one.dock.compare.refresh()
    assert not any(button.isEnabled() for button in group.doubt.values())
    assert all(button.isEnabled() for button in group.agreement.values())
    assert not {button.toolTip() for button in group.doubt.values()} & set(tips.values())
    card.write_text("no card")
    one.dock.compare.refresh()
    assert {stage: button.toolTip() for stage, button in group.doubt.items()} == tips
    assert all(button.isEnabled() for button in group.doubt.values()), "the worker will tell"


def test_legends_of_maps_are_open_in_the_layer_panel(trust, wait) -> None:
    model = QgsLayerTreeModel(QgsProject.instance().layerTreeRoot())
    view = QgsLayerTreeView()
    view.setModel(model)
    view.show()
    _one, group, run = trust()
    for stage in (3, 1):
        group.agreement[stage].click()
        wait(lambda: group.task is None)
    nodes = run_in(QgsProject.instance(), run.folder).differences
    assert len(nodes) == 2 and all(view.isExpanded(view.node2index(node)) for node in nodes)


def test_a_map_that_is_there_is_shown_and_not_made_again(trust, wait) -> None:
    _one, group, run = trust()
    group.agreement[1].click()
    wait(lambda: group.task is None)
    node = run_in(QgsProject.instance(), run.folder).differences[0]
    node.setItemVisibilityChecked(False)
    group.agreement[1].click()
    assert group.task is None and node.isVisible() and len(extras(run.folder)) == 1
    os.utime(run.folder / "agreement_v1.tif", (1, 1))
    group.agreement[1].click()
    assert group.task is not None, "older than the stage that it tells of"
    wait(lambda: group.task is None)
    assert len(extras(run.folder)) == 1


def test_the_spread_of_samples_says_what_it_is(trust, wait) -> None:
    _one, group, run = trust()
    group.seeds.setValue(4)
    group.spread_button.click()
    wait(lambda: group.task is None)
    assert extras(run.folder) == ["spread of 4 samples"]


def test_cancel_stops_it_and_adds_nothing(trust, wait) -> None:
    one, group, run = trust("slow")
    group.agreement[2].click()
    wait(lambda: "%" in group.note.text())
    group.note.linkActivated.emit("cancel")
    wait(lambda: group.task is None)
    assert extras(run.folder) == [] and one.client.is_alive
    assert not group.note.text() and group.agreement[2].isEnabled()


def test_a_refusal_is_told(trust, wait) -> None:
    one, group, _run = trust("refuse")
    group.agreement[2].click()
    wait(lambda: group.task is None)
    assert "No radar." in one.messages()[0]


def test_unloading_while_a_map_is_made(trust, wait) -> None:
    one, group, _run = trust("slow")
    group.spread_button.click()
    wait(lambda: "%" in group.note.text())
    one.client.close()
    one.dock.close_tasks()
    assert group.task is None


def test_without_a_run_there_is_nothing_to_ask(panel) -> None:
    group = panel("good").dock.compare.trust
    for buttons in (group.agreement, group.doubt):
        assert not any(button.isEnabled() for button in buttons.values())
    assert not group.spread_button.isEnabled()


def test_the_critique_of_the_run_is_shown(trust) -> None:
    one, group, run = trust()
    record = json.loads((run.folder / "run.json").read_text())
    record["critique"] = "Stage 3 changed 18 % of the area & more."
    (run.folder / "run.json").write_text(json.dumps(record))
    one.dock.compare.refresh()
    assert "18 % of the area &amp; more" in group.critique.text()


def test_deleting_a_run_deletes_its_maps_but_no_others(trust, wait) -> None:
    _one, group, run = trust()
    for buttons in (group.agreement, group.doubt):
        buttons[1].click()
        wait(lambda: group.task is None)
    other = run.folder / "agreement_v2.tif"
    other.write_bytes(b"mine")
    for order in (agreement_request, doubt_request):
        assert order(run.folder, 1).path in files_of(run.folder)
    assert other in map_files(run.folder) and other not in files_of(run.folder)
    delete_run(run.folder, QgsProject.instance())
    assert [path.name for path in run.folder.iterdir()] == ["agreement_v2.tif"]
