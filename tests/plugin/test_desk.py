"""The panel on a laptop: what fits, what is said, the way in and the way on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QEvent, QPoint
from qgis.PyQt.QtGui import QFont, QHelpEvent
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QToolButton,
    QToolTip,
    QWidget,
)

from gac_qgis_plugin import history
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import state
from gac_qgis_plugin.environment.state import State
from gac_qgis_plugin.gui.dock import COMPARE_TAB, RUN_TAB
from gac_qgis_plugin.gui.start_group import STEPS
from gac_qgis_plugin.gui.widgets import ComboElider, ElidedLabel
from gac_qgis_plugin.history import tell_apart
from gac_qgis_plugin.jobs import name_of, start_of
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import read_entry
from tests.plugin.runs import write_run
from tests.plugin.test_unfinished import leave

SCREEN = (1366, 768)
NARROW = 298
LANGUAGES = ("en", "de", "es")
TITLE = "a scene with a rather long name of 2021-06-14"


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def narrow(one: Any) -> None:
    """Give the panel a laptop's screen and the width that it has there."""
    one.window.mainWindow().resize(*SCREEN)
    one.dock.setFixedWidth(NARROW)
    settle()


@pytest.fixture
def laptop_font(qgis) -> Iterator[None]:
    """The size of text that QGIS has on such a screen; without a screen Qt takes a larger one."""
    before = QApplication.font()
    font = QFont(before)
    font.setPointSizeF(9.0)
    QApplication.setFont(font)
    yield
    QApplication.setFont(before)


def fits(one: Any) -> None:
    window = one.window.mainWindow()
    settle()
    assert window.height() <= SCREEN[1]
    assert window.minimumSizeHint().height() <= SCREEN[1] // 2


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_window_never_outgrows_a_laptop(panel, radar, wait, language, tmp_path, locale) -> None:
    language(locale)
    for number in range(5):
        history.remember_unfinished(leave(tmp_path / str(number)))
    one = panel("slow", "break")
    narrow(one)
    one.dock.open_for(None)
    fits(one)
    footer = one.dock.footer
    height = footer.height()
    line = footer.fontMetrics().height()
    assert height <= 4.5 * line, "a line of text, a line of buttons"
    one.dock.open_for(radar(TITLE))
    wait(lambda: bool(one.dock.area.cost.label.text()))
    one.dock.input.note.button.click()
    one.dock.model.notes_button.click()
    for group in one.dock.groups:
        group.setCollapsed(False)
    fits(one)
    heights = {footer.height()}
    one.controller.progressed.connect(lambda _: heights.add(footer.height()))
    footer.run_button.click()
    wait(lambda: footer.progress.bar.value() > 50)
    fits(one)
    footer.cancel_button.click()
    wait(lambda: one.outcomes)
    fits(one)
    one.client.stop()
    footer.run_button.click()
    wait(lambda: len(one.outcomes) == 2)
    fits(one)
    heights.add(footer.height())
    assert heights == {height}, "the map does not move"


def test_a_finished_run_takes_one_line(panel, radar, wait) -> None:
    one = panel("good")
    narrow(one)
    one.dock.open_for(radar("s1"))
    footer = one.dock.footer
    assert not any(button.isVisibleTo(footer) for button in footer.next_steps)
    height = footer.height()
    footer.run_button.click()
    wait(lambda: one.outcomes)
    fits(one)
    assert footer.height() == height
    assert "3" in footer.progress.message.text()
    assert all(button.isVisibleTo(footer) for button in footer.next_steps)
    labels = footer.findChildren(ElidedLabel)
    assert [label for label in labels if label.isVisible()] == [footer.progress.message]


def cut(page: QWidget) -> list[str]:
    """Name what does not fit into a page's width, or is lower than its text."""
    scroll = page if isinstance(page, QScrollArea) else page.findChild(QScrollArea)
    room = scroll.viewport().width()
    wrong = []
    for widget in scroll.widget().findChildren(QWidget):
        if not widget.isVisible():
            continue
        text = getattr(widget, "text", getattr(widget, "currentText", str))()
        right = widget.mapTo(scroll.widget(), QPoint(widget.width(), 0)).x()
        if right > room:
            wrong.append(f"{type(widget).__name__} {text!r} ends at {right} of {room}")
        if isinstance(widget, QLabel) and widget.wordWrap() and text:
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                wrong.append(f"{text!r} is {widget.height()} high of {needed}")
        is_icon = isinstance(widget, QToolButton) and not widget.icon().isNull()
        if isinstance(widget, QAbstractButton) and text and not is_icon:
            needed = widget.fontMetrics().boundingRect(text).width()
            if widget.width() < needed:
                wrong.append(f"the button {text!r} is {widget.width()} wide of {needed}")
        if isinstance(widget, QComboBox) and not widget.findChildren(ComboElider):
            wrong.append(f"{text!r} is cut off")
    return wrong


@pytest.mark.parametrize("locale", LANGUAGES)
def test_nothing_is_cut_in_a_narrow_panel(
    panel, radar, wait, language, laptop_font, locale
) -> None:
    language(locale)
    one = panel("good")
    narrow(one)
    one.dock.open_for(radar(TITLE))
    wait(lambda: bool(one.dock.area.cost.label.text()))
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    one.dock.input.note.button.click()
    one.dock.model.notes_button.click()
    one.dock.area.mode_combo.setCurrentIndex(2)
    for group in (*one.dock.groups, one.dock.input.overrides, one.dock.model.season):
        group.setCollapsed(False)
    for tab in range(one.dock.tabs.count()):
        one.dock.tabs.setCurrentIndex(tab)
        settle()
        assert one.dock.width() == NARROW
        wrong = cut(one.dock.tabs.widget(tab))
        assert not wrong, "\n".join(wrong)
    footer = one.dock.footer
    assert all(b.x() + b.width() <= footer.width() for b in footer.findChildren(QAbstractButton))


def test_a_long_entry_ends_in_an_ellipsis_and_its_tooltip_has_all_of_it(panel, radar) -> None:
    one = panel("good")
    narrow(one)
    one.dock.open_for(radar("x" * 80))
    settle()
    combo = one.dock.input.layer_combo
    (elider,) = combo.findChildren(ComboElider)
    assert "…" in elider.elided_text() and len(elider.elided_text()) < 40
    position = QPoint(5, 5)
    help_event = QHelpEvent(QEvent.Type.ToolTip, position, combo.mapToGlobal(position))
    QApplication.sendEvent(combo, help_event)
    assert "x" * 80 in QToolTip.text()


def test_a_scene_takes_a_line_that_unfolds(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    note = one.dock.input.note
    wait(lambda: "2018" in note.line.text())
    assert note.line.text() == "VV + VH · dB · 10 m · 28 January 2018"
    assert "2" in note.button.text()
    folded = note.details.text()
    assert folded.count("assumed") == 2, "what was assumed is listed"
    assert "nothing says that it is RTC" not in folded and "EPSG:32633" not in folded
    note.button.click()
    assert "nothing says that it is RTC" in note.details.text()
    assert "EPSG:32633" in note.details.text()
    note.button.click()
    assert note.details.text() == folded


def test_notes_of_a_bundle_stand_behind_a_button(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    model = one.dock.model
    wait(lambda: model.bundle_combo.count() == 3)
    assert model._note.isHidden() and not model.notes_button.isHidden()
    model.notes_button.click()
    assert "Small models" in model._note.text()
    model.bundle_combo.setCurrentIndex(2)
    assert model._note.isHidden() and model.notes_button.isHidden(), "it has none"


def test_a_run_repeats_no_note_that_the_panel_has(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    wait(lambda: one.dock.model.bundle_combo.count() == 3)
    notes = [*one.dock.model.notes, "another one"]
    wait(lambda: bool(one.dock.input.note.warning_texts))
    notes += one.dock.input.note.warning_texts
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    one.outcomes[0].result["notes"] = notes
    one.dock.footer._on_ended(one.outcomes[0])
    assert one.dock.footer.progress.notes.label.text() == "• another one"


def is_shown(widget: QWidget, one: Any) -> bool:
    return widget.isVisibleTo(one.dock.tabs.widget(RUN_TAB))


def test_an_empty_project_gets_a_way_in_and_no_warning(panel, wait) -> None:
    one = panel("good")
    one.dock.open_for(None)
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    start = one.dock.start
    for widget in (start.demo_button, start.file_button, start.needs):
        assert is_shown(widget, one)
    assert not any(is_shown(group, one) for group in one.dock.groups)
    page = one.dock.tabs.widget(RUN_TAB)
    labels = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert not any("⚠" in label.text() for label in labels)


def test_the_demo_scene_is_a_click_away(panel, wait) -> None:
    one = panel("good")
    one.dock.open_for(None)
    one.dock.start.demo_button.click()
    layer = one.dock.input.layer
    assert layer.name() == "demo_s1" and layer.renderer().type() == "singlebandgray"
    assert not is_shown(one.dock.start.demo_button, one)
    assert all(is_shown(group, one) for group in one.dock.groups)
    assert QgsProject.instance().crs() == layer.crs()
    settle()
    extent = one.dock.job().params["extent"]
    assert 1000 < extent[2] - extent[0] < layer.extent().width() / 2, "a part, for a first result"


def test_files_are_opened_from_the_panel(panel, radar) -> None:
    paths = [Path(radar(name, bands=1, add=False).source()) for name in ("a_VV", "a_VH")]
    one = panel("good")
    one.dock.open_for(None)
    one.dock.open_files(paths)
    assert one.dock.job().params["sar"] == [str(path) for path in paths]
    before = len(QgsProject.instance().mapLayers())
    paths[0].with_name("no.tif").write_text("no raster")
    one.dock.open_files([paths[0].with_name("no.tif")])
    assert len(one.items()) == 1 and len(QgsProject.instance().mapLayers()) == before


def test_a_web_map_is_no_radar(panel, radar) -> None:
    source = "type=xyz&url=http://localhost/{z}/{x}/{y}.png&zmax=3&zmin=0"
    web = QgsRasterLayer(source, "a web map", "wms")
    QgsProject.instance().addMapLayer(web)
    one = panel("good")
    one.dock.open_for(None)
    assert one.dock.input.is_empty and is_shown(one.dock.start.demo_button, one)
    layer = radar("s1")
    settle()
    assert one.dock.input.layer.id() == layer.id()
    assert not is_shown(one.dock.start.demo_button, one)


def step_of(one: Any) -> str:
    """Return the step of the path that is next; "" if it is not shown."""
    text = one.dock.start.path.text()
    return text.partition("<b>")[2].partition("</b>")[0]


def test_a_first_run_is_one_path(panel, wait, monkeypatch) -> None:
    one = panel("good")
    monkeypatch.setattr(type(one.environment), "blocks_runs", property(lambda _: False))
    one.dock.open_for(None)
    assert step_of(one) == STEPS[1]
    one.dock.start.demo_button.click()
    settle()
    assert step_of(one) == STEPS[2]
    one.dock.footer.run_button.click()
    assert step_of(one) == STEPS[3]
    wait(lambda: one.outcomes)
    assert not is_shown(one.dock.start, one), "it came to its end"
    assert PluginSettings.load().is_led is False
    assert all(button.isVisibleTo(one.dock.footer) for button in one.dock.footer.next_steps)


def test_without_an_environment_the_path_begins_there(panel, radar, monkeypatch) -> None:
    one = panel("good")
    monkeypatch.setattr(type(one.environment), "blocks_runs", property(lambda _: True))
    monkeypatch.setattr(type(one.environment), "is_in_charge", property(lambda _: True))
    monkeypatch.setattr(one.environment, "check", lambda: None)
    one.environment.state = State(state.ABSENT, Path("/nowhere"))
    one.dock.open_for(None)
    assert step_of(one) == STEPS[0]
    line = one.dock.environment.line
    line.show_state()
    assert is_shown(line.button, one) and "⚠" not in line.label.text()
    radar("s1")
    settle()
    assert step_of(one) == STEPS[0]


def test_the_path_can_be_left_and_stays_away(panel, radar, monkeypatch) -> None:
    one = panel("good")
    monkeypatch.setattr(type(one.environment), "blocks_runs", property(lambda _: False))
    one.dock.open_for(radar("s1"))
    assert step_of(one) == STEPS[2]
    one.dock.start.path.linkActivated.emit("leave")
    assert not is_shown(one.dock.start, one)
    again = panel("good")
    again.dock.open_for(None)
    assert not is_shown(again.dock.start, again)


def test_whoever_has_run_before_is_not_led(panel, radar, tmp_path) -> None:
    history.remember_run(tmp_path / "run", QgsProject.instance())
    one = panel("good")
    one.dock.open_for(radar("s1"))
    assert not is_shown(one.dock.start, one)


@pytest.fixture
def done(panel, radar, wait):
    """Makes a panel whose run is done, begun while the map showed an extent."""

    def make(*extent: float) -> Any:
        one = panel("good")
        layer = radar("s1")
        canvas = one.window.mapCanvas()
        canvas.setDestinationCrs(layer.crs())
        one.dock.open_for(layer)
        canvas.setExtent(QgsRectangle(*extent))
        one.before = QgsRectangle(canvas.extent())
        one.dock.footer.run_button.click()
        wait(lambda: one.outcomes)
        return one

    return make


AWAY = (0.0, 0.0, 500.0, 500.0)
AT_IT = (676800.0, 5394700.0, 676850.0, 5394750.0)


def test_the_end_of_a_run_shows_it_if_it_is_out_of_view(done) -> None:
    one = done(*AWAY)
    run = run_in(QgsProject.instance(), one.controller.folder)
    assert one.window.mapCanvas().extent().contains(run.stages[3].extent())


def test_the_end_of_a_run_leaves_a_view_of_it_alone(done) -> None:
    one = done(*AT_IT)
    assert one.window.mapCanvas().extent().width() == pytest.approx(one.before.width(), rel=0.3)
    assert one.window.mapCanvas().center().distance(one.before.center()) < 1


def test_the_next_steps_after_a_run(done) -> None:
    one = done(*AT_IT)
    footer, canvas = one.dock.footer, one.window.mapCanvas()
    run = run_in(QgsProject.instance(), one.controller.folder)
    footer.zoom_button.click()
    assert canvas.extent().contains(run.stages[3].extent())
    wanted: list[bool] = []
    one.session.export_wanted.connect(lambda: wanted.append(True))
    footer.export_button.click()
    assert wanted == [True] and one.session.run().folder == run.folder
    canvas.setExtent(QgsRectangle(*AWAY))
    footer.compare_button.click()
    assert one.dock.tabs.currentIndex() == COMPARE_TAB
    assert one.session.swipe.item is not None
    assert one.session.swipe.layer_ids == [one.dock.input.layer.id(), run.stages[3].id()]
    assert canvas.extent().intersects(run.stages[3].extent())


def test_results_that_were_removed_come_back_for_the_next_step(done) -> None:
    one = done(*AT_IT)
    folder = one.controller.folder
    run = run_in(QgsProject.instance(), folder)
    QgsProject.instance().removeMapLayers([layer.id() for layer in run.stages.values()])
    assert run_in(QgsProject.instance(), folder) is None
    one.dock.footer.zoom_button.click()
    assert sorted(run_in(QgsProject.instance(), folder).stages) == [1, 2, 3]


def test_opening_a_run_shows_it(panel, window, tmp_path, wait) -> None:
    write_run(tmp_path / "run")
    history.remember_run(tmp_path / "run", QgsProject.instance())
    one = panel("good")
    canvas = window.mapCanvas()
    canvas.setExtent(QgsRectangle(*AWAY))
    one.dock.runs.refresh()
    one.dock.runs.list.setCurrentItem(one.dock.runs.list.topLevelItem(0))
    one.dock.runs.open()
    layer = run_in(QgsProject.instance(), tmp_path / "run").stages[3]
    canvas.setDestinationCrs(layer.crs())
    wait(lambda: canvas.extent().contains(layer.extent()))


def test_a_run_has_one_name_and_one_time(done) -> None:
    one = done(*AT_IT)
    folder = one.controller.folder
    QgsProject.instance().mapLayersByName("s1")[0].setName("renamed since")
    entry = read_entry(folder)
    started = start_of(folder)
    assert (entry.name, entry.when) == ("s1", started)
    assert name_of(folder, ["/elsewhere/other.tif"]) == "s1"
    one.dock.runs.refresh()
    item = one.dock.runs.list.topLevelItem(0)
    assert (item.text(0), item.text(1)) == ("s1", started)
    assert one.dock.footer.progress.name.text() == f"s1 · {started}"
    assert run_in(QgsProject.instance(), folder).title.startswith("s1 · ")


def test_the_time_of_a_run_is_its_start(tmp_path) -> None:
    write_run(tmp_path / "a_20260102-030405")
    assert read_entry(tmp_path / "a_20260102-030405").when == "2026-01-02 03:04"
    assert start_of(tmp_path / "other", "2026-01-02T12:00:00+00:00").startswith("2026-01-0")
    assert start_of(tmp_path / "a_99999999-999999") == ""


def test_runs_of_one_scene_are_told_apart_by_what_differs(tmp_path) -> None:
    folders = [tmp_path / f"s_20260101-0000{n:02}" for n in range(4)]
    requests = ({"seed": 1}, {"seed": 1, "quick": True}, {"seed": 1}, {"seed": 2})
    for folder, changes in zip(folders, requests, strict=True):
        write_run(folder)
        change(folder, changes)
    other = tmp_path / "t_20260101-000000"
    write_run(other)
    texts = tell_apart([read_entry(folder) for folder in (*folders, other)])
    assert len({texts[folder] for folder in folders}) == 4
    assert "quick" in texts[folders[1]] and "2" in texts[folders[3]]
    assert folders[0].name in texts[folders[0]], "the same settings in the same minute"
    assert texts[other] == "", "alone with its name"


def change(folder: Path, changes: dict[str, Any]) -> None:
    """Change the request in a run's record."""
    import json

    record = json.loads((folder / "run.json").read_text())
    record["request"].update(changes)
    record["seed"] = changes["seed"]
    (folder / "run.json").write_text(json.dumps(record))
