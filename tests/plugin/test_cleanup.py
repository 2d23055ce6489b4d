"""Files GAC keeps on a computer: found with their sizes, removed as far as chosen."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import Qt

from gac_core.contract.layout import data_dir
from gac_qgis_plugin import history
from gac_qgis_plugin.contract import layout, rename
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import state
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.environment.plan import managed_home, tools_folder
from gac_qgis_plugin.environment.state import Marker, write_marker
from gac_qgis_plugin.gui import cleanup
from gac_qgis_plugin.gui.cleanup import KEPT, CleanupDialog, find_data, remove_data, size_of
from gac_qgis_plugin.gui.options import OptionsFactory
from tests.held import Holder


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A home and a temporary folder of their own, with one of everything that GAC keeps."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    settings = PluginSettings.load()
    settings.environment_folder = str(tmp_path / "home" / "gac" / "env")
    settings.save()
    place = managed_home()
    place.mkdir(parents=True)
    (place / "pyvenv.cfg").write_text("x" * 1000)
    write_marker(place, Marker("print", "worker-py311.txt", "/usr/bin/python3", "3.11.2"))
    mine = data_dir() / "bundles" / "mine"
    mine.mkdir(parents=True)
    (mine / "weights.safetensors").write_bytes(b"w" * 5000)
    (data_dir() / "pace.json").write_text("{}")
    monkeypatch.delenv("GAC_MODELS", raising=False)
    (tmp_path / "tmp" / "gac-lens-abc").mkdir()
    run = tmp_path / "runs" / "one"
    run.mkdir(parents=True)
    (run / "run.json").write_text(json.dumps({"synthetic": True}))
    (run / "notes.txt").write_text("the user's own")
    history.remember_run(run, QgsProject.instance())
    return tmp_path


def found() -> list[cleanup.DataItem]:
    return find_data(history.run_folders(QgsProject.instance()))


def test_everything_is_found_with_its_size(home) -> None:
    kept = {each.kind: each for each in found()}
    assert list(kept) == ["settings", "environment", "models", "memory", "previews", "run"]
    assert kept["models"].size == 5000
    assert kept["environment"].size > 1000
    assert kept["run"].path == home / "runs" / "one"


def test_what_a_link_leads_to_is_neither_counted_nor_removed(home) -> None:
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "big.bin").write_bytes(b"b" * 9000)
    (data_dir() / "bundles" / "linked").symlink_to(elsewhere)
    models = [each for each in found() if each.kind == cleanup.MODELS]
    assert size_of([data_dir() / "bundles" / "linked"]) < 1000
    assert remove_data(models, QgsProject.instance()) == []
    assert (elsewhere / "big.bin").is_file()
    assert not (data_dir() / "bundles").exists()


def test_previews_of_another_user_and_links_are_not_offered(home, monkeypatch) -> None:
    (home / "elsewhere").mkdir()
    (home / "tmp" / "gac-lens-link").symlink_to(home / "elsewhere")
    (home / "tmp" / "gac-lens-file").write_text("no folder")
    (previews,) = (each for each in found() if each.kind == cleanup.PREVIEWS)
    assert previews.paths == (home / "tmp" / "gac-lens-abc",)
    if hasattr(os, "getuid"):
        monkeypatch.setattr(os, "getuid", lambda: (home / "tmp").stat().st_uid + 1)
        assert cleanup.PREVIEWS not in [each.kind for each in found()]


def test_an_environment_and_its_cache_share_their_files(home) -> None:
    place = managed_home()
    cache = tools_folder(place) / "cache"
    cache.mkdir(parents=True)
    (cache / "large").write_bytes(bytes(100_000))
    before = size_of([place])
    os.link(cache / "large", place / "large")
    (environment,) = (each for each in found() if each.kind == cleanup.ENVIRONMENT)
    assert environment.paths == (place, tools_folder(place))
    assert environment.size == before + 100_000
    assert size_of([place / "large"]) == 100_000


def test_what_pytorch_compiled_goes_with_what_the_engine_remembers(home) -> None:
    folder = home / "home" / ".cache" / "gac" / "torch"
    (folder / "fxgraph").mkdir(parents=True)
    chosen = [each for each in found() if each.kind == cleanup.MEMORY]
    assert folder in chosen[0].paths
    assert remove_data(chosen, QgsProject.instance()) == []
    assert not folder.parent.exists()


def test_only_what_is_chosen_goes(home) -> None:
    QgsSettings().setValue("shortcuts/GacBlink", "Ctrl+B")
    QgsSettings().setValue("shortcuts/Other", "Ctrl+O")
    chosen = [each for each in found() if each.kind in (cleanup.SETTINGS, cleanup.MEMORY)]
    assert remove_data(chosen, QgsProject.instance()) == []
    keys = QgsSettings().allKeys()
    assert [key for key in keys if key.lower().startswith(("gac", "shortcuts/gac"))] == []
    assert QgsSettings().value("shortcuts/Other") == "Ctrl+O"
    QgsSettings().remove("shortcuts")
    assert not (data_dir() / "pace.json").exists()
    assert (data_dir() / "bundles" / "mine").is_dir()
    assert (home / "runs" / "one" / "run.json").is_file()


def test_a_run_goes_but_not_what_lies_beside_it(home) -> None:
    run = [each for each in found() if each.kind == cleanup.RUN]
    assert remove_data(run, QgsProject.instance()) == []
    assert [path.name for path in (home / "runs" / "one").iterdir()] == ["notes.txt"]
    assert history.run_folders(QgsProject.instance()) == []


def test_what_cannot_be_removed_is_told(home, monkeypatch) -> None:
    def refuse(path: object, **options: object) -> None:
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr("shutil.rmtree", refuse)
    models = [each for each in found() if each.kind == cleanup.MODELS]
    (line,) = remove_data(models, QgsProject.instance())
    assert "mine" in line and "not allowed" in line


def test_qgis_waits_once_for_all_that_other_programs_hold(home, monkeypatch) -> None:
    for name in ("two", "three"):
        run = home / "runs" / name
        run.mkdir()
        (run / "run.json").write_text(json.dumps({"synthetic": True}))
        (run / layout.WORK).mkdir()
        (run / layout.WORK / "opt_v1.bil").write_bytes(b"1")
        history.remember_run(run, QgsProject.instance())
    holder = Holder(monkeypatch, rename)
    chosen = [each for each in found() if each.kind in (cleanup.RUN, cleanup.MODELS)]
    assert len(chosen) == 4
    assert len(remove_data(chosen, QgsProject.instance())) == 4
    assert sum(holder.paused) == pytest.approx(sum(rename.PAUSES))


def test_a_folder_that_is_no_environment_is_not_offered(home) -> None:
    settings = PluginSettings.load()
    settings.environment_folder = str(home / "runs")
    settings.save()
    assert "environment" not in [each.kind for each in found()]


class Opened:
    """The window, filled."""

    def __init__(self, wait, free: bool = True) -> None:
        self.released = 0
        self.manager = EnvironmentManager()
        self.dialog = CleanupDialog(self.manager, lambda: self._release() and free)
        wait(lambda: self.dialog._search is None)

    def _release(self) -> bool:
        self.released += 1
        return True

    def items(self) -> dict[str, bool]:
        rows = [
            self.dialog.list.topLevelItem(n) for n in range(self.dialog.list.topLevelItemCount())
        ]
        ticked = Qt.CheckState.Checked
        return {row.data(0, KEPT).kind: row.checkState(0) == ticked for row in rows}


def test_models_and_runs_stay_unless_the_user_ticks_them(home, wait) -> None:
    one = Opened(wait)
    assert one.items() == {
        "settings": True,
        "environment": True,
        "models": False,
        "memory": True,
        "previews": True,
        "run": False,
    }
    place = managed_home()
    gone: list[bool] = []
    one.dialog.removed.connect(lambda: gone.append(True))
    one.dialog.remove()
    wait(lambda: gone and one.dialog._search is None)
    assert one.released == 1
    assert not place.exists() and state.read_state(place).condition == state.ABSENT
    assert not place.parent.exists(), "the folder that was made for it"
    assert PluginSettings.load() == PluginSettings()
    # The project knows the run still.
    assert set(one.items()) == {"settings", "models", "run"}
    assert (home / "runs" / "one" / "run.json").is_file()
    one.dialog.close()


def test_nothing_is_removed_under_a_run_that_is_on_its_way(home, wait) -> None:
    one = Opened(wait, free=False)
    one.dialog.remove()
    assert "in progress" in one.dialog.message.text()
    assert managed_home().exists() and PluginSettings.load() != PluginSettings()
    one.dialog.close()


def test_the_options_page_does_not_write_removed_settings_again(home) -> None:
    asked: list[object] = []
    page = OptionsFactory(lambda: None, asked.append).createWidget(None)
    page.cleanup_button.click()
    assert len(asked) == 1
    QgsSettings().remove("gac")
    page.apply()
    assert [key for key in QgsSettings().allKeys() if key.startswith("gac")] == []


def test_models_are_looked_for_in_the_folder_that_was_chosen(home) -> None:
    chosen = home / "stick" / "models"
    (chosen / "weights").mkdir(parents=True)
    (chosen / "weights" / "TerraMind.pt").write_bytes(b"w" * 100)
    (chosen / "holiday.jpg").write_bytes(b"j")
    (data_dir() / "models.json").write_text(json.dumps({"folder": str(chosen)}))
    models = [each for each in found() if each.kind == cleanup.MODELS]
    assert [each.path.name for each in models] == ["TerraMind.pt"]
    memory = [each for each in found() if each.kind == cleanup.MEMORY]
    assert remove_data([*models, *memory], QgsProject.instance()) == []
    assert not (data_dir() / "models.json").exists()
    assert [path.name for path in chosen.iterdir()] == ["holiday.jpg"]
