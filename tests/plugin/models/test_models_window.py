"""The models' window: a real engine beside it, a real client, a server of the test's own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtWidgets import QMessageBox

from gac_qgis_plugin.core import settings
from gac_qgis_plugin.gui.models_dialog import ModelsDialog
from tests.core.store.cards import FILE, REPO, write_bundle

LONG = 60.0


@pytest.fixture
def window(manager, wait):
    def make(is_running=lambda: False) -> ModelsDialog:
        dialog = ModelsDialog(manager, is_running)
        dialog.show()
        wait(lambda: bool(manager.listing), LONG)
        return dialog

    return make


def state(dialog: ModelsDialog, name: str) -> str:
    for i in range(dialog.table.topLevelItemCount()):
        item = dialog.table.topLevelItem(i)
        if item.text(0).startswith(name):
            return item.text(2)
    return ""


def test_with_the_demo_alone(home, window) -> None:
    dialog = window()
    assert state(dialog, "Demo") == "ready, comes with GAC"
    assert state(dialog, "TerraMind 1.0 base").startswith("to be downloaded")
    assert str(home.parent) in dialog.place.text() and "GB are free" in dialog.place.text()
    dialog.choose("demo")
    assert dialog.verify_button.isEnabled()
    assert not dialog.main_button.isEnabled() and not dialog.delete_button.isEnabled()
    dialog.choose("terramind-base")
    assert dialog.main_button.isEnabled() and dialog.main_button.text() == "Download"
    assert "Apache-2.0" in dialog.about.text() and "ibm-esa-geospatial" in dialog.about.text()
    dialog.choose("terramind-large")
    assert "trusted from then on" in dialog.about.text()


def test_download_pause_and_going_on(home, mine, hub, window, manager, wait, pulse) -> None:
    replaced: list[bool] = []
    manager.replaced.connect(lambda: replaced.append(True))
    hub.slow = threading.Event()
    dialog = window()
    dialog.choose("mine")
    dialog.main_button.click()
    assert dialog.main_button.text() == "Pause" and state(dialog, "Mine") == "downloading…"
    wait(lambda: dialog.bar.value() > 0, LONG)
    assert FILE in dialog.message.text()
    dialog.main_button.click()
    wait(lambda: not manager.is_working and "paused" in state(dialog, "Mine"), LONG)
    assert dialog.main_button.text() == "Continue"
    assert not list((home / "weights").rglob(FILE))
    hub.slow = None
    dialog.main_button.click()
    wait(lambda: state(dialog, "Mine") == "ready, in your models", LONG)
    assert hub.ranges()[-1].startswith("bytes=")
    (file,) = (home / "weights").rglob(FILE)
    assert file.read_bytes() == hub.files[REPO, FILE]
    assert "trusts this first download" in dialog.message.text()
    assert replaced and pulse.longest < 2.0


def test_a_download_that_fails_says_why_and_can_go_on(home, mine, hub, window, wait) -> None:
    hub.token = "hf_Secret"
    dialog = window()
    dialog.choose("mine")
    dialog.main_button.click()
    wait(lambda: "without permission" in dialog.message.text(), LONG)
    assert not dialog.details_button.isHidden()
    wait(dialog.main_button.isEnabled, LONG)
    assert dialog.main_button.text() == "Download"


def test_the_token_goes_to_the_server_and_nowhere_else(
    home, mine, hub, window, wait, tmp_path
) -> None:
    secret = "hf_OnlyForTheServer"
    hub.token = secret
    logged: list[str] = []
    log = QgsApplication.messageLog()
    log.messageReceived[str, str, Qgis.MessageLevel].connect(lambda text, *_: logged.append(text))
    dialog = window()
    dialog.choose("mine")
    dialog.connection.token.setText(secret)
    dialog.connection.keep.setChecked(False)
    dialog.main_button.click()
    wait(lambda: state(dialog, "Mine").startswith("ready"), LONG)
    assert hub.asked[-1]["authorization"] == f"Bearer {secret}"
    assert secret not in "".join(logged) and not settings.has_token()
    for folder in (tmp_path, Path(QgsApplication.qgisSettingsDirPath())):
        for path in folder.rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_a_token_is_kept_encrypted_if_wanted(qgis, tmp_path) -> None:
    authority = QgsApplication.authManager()
    if authority.isDisabled():
        pytest.skip("this QGIS keeps no secrets")
    if not authority.masterPasswordIsSet():
        authority.setMasterPassword("only a test", not authority.masterPasswordHashInDatabase())
    assert settings.store_token("hf_Kept")
    assert settings.has_token() and settings.stored_token() == "hf_Kept"
    for path in Path(QgsApplication.qgisSettingsDirPath()).rglob("*"):
        assert not path.is_file() or b"hf_Kept" not in path.read_bytes(), path
    settings.forget_token()
    assert not settings.has_token() and settings.stored_token() == ""


def test_import_verify_and_delete(home, window, manager, wait, tmp_path, monkeypatch) -> None:
    stick = write_bundle(tmp_path / "stick" / "mine")
    (tmp_path / "stick" / FILE).write_bytes(b"no weights at all")
    dialog = window()
    dialog.import_from(tmp_path / "stick")
    wait(lambda: "cut short or no weight file" in dialog.message.text(), LONG)
    assert state(dialog, "Mine") == ""
    (tmp_path / "stick" / FILE).unlink()
    assert stick.is_dir()
    dialog.import_from(tmp_path / "stick")
    # The first import's list may show what the second, which is not over, has copied.
    wait(lambda: not manager.is_working and state(dialog, "Mine").startswith("to be d"), LONG)
    dialog.choose("demo")
    dialog.verify_button.click()
    wait(lambda: "files verified" in dialog.message.text(), LONG)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    dialog.choose("mine")
    assert dialog.delete_button.isEnabled()
    dialog.delete_button.click()
    wait(lambda: not manager.is_working and state(dialog, "Mine") == "", LONG)
    assert not (home / "bundles" / "mine").exists()


def test_nothing_is_replaced_while_a_run_uses_it(home, mine, window) -> None:
    dialog = window(lambda: True)
    dialog.choose("mine")
    assert dialog.main_button.isEnabled()
    assert not dialog.delete_button.isEnabled() and not dialog.import_button.isEnabled()
    assert not dialog.move_button.isEnabled()


def test_without_an_engine(home, manager, monkeypatch, wait) -> None:
    monkeypatch.setenv("GAC_PYTHON", "/nowhere/python")
    dialog = ModelsDialog(manager)
    assert "does not exist" in dialog.message.text()
    assert not dialog.main_button.isEnabled()


def test_a_change_while_the_list_is_on_its_way_is_seen(home, mine, manager, wait) -> None:
    manager.refresh()
    assert manager.is_listing
    listings = []
    manager.changed.connect(lambda: listings.append(len(manager.bundles)))
    manager.refresh()  # as the end of some work does
    wait(lambda: len(listings) == 2 and not manager.is_listing, LONG)
