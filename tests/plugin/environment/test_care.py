"""The panel's line, the environment's window, diagnostics: real widgets, a small environment."""

from __future__ import annotations

import dataclasses
import json
from html import escape
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QApplication

from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import choices, plan, state
from gac_qgis_plugin.environment.choices import Hardware
from gac_qgis_plugin.environment.machine import Gpu
from gac_qgis_plugin.environment.plan import work_folder
from gac_qgis_plugin.gui.diagnostics import DiagnosticsDialog
from gac_qgis_plugin.worker import engine
from tests.load import stretched
from tests.plugin.environment.small import SYSTEM_PYTHON, World, entry, system_minor, wheel
from tests.problems import assert_problem


@pytest.fixture
def small(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small world that the plugin takes for its own."""
    monkeypatch.delenv("GAC_PYTHON", raising=False)
    profile = world.root / "profile"
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(profile))
    monkeypatch.setattr(plan, "requirements_folder", lambda: world.files)
    monkeypatch.setattr(engine, "_checkout_python", lambda root: None)
    world.home = profile / "gac" / "env"
    world.place_uv()
    monkeypatch.setattr(choices, "detect_hardware", lambda host: Hardware([], []))
    plan_for = choices.plan_for

    def small_plan(*arguments, **more):
        plan = plan_for(*arguments, **more)
        return dataclasses.replace(plan, self_test=("-c", "import aaa"))

    monkeypatch.setattr(choices, "plan_for", small_plan)
    settings = PluginSettings.load()
    settings.wheel_folder = str(world.wheels)
    settings.save()
    return world


def line(panel) -> str:
    return panel.dock.environment.line.label.text()


def test_a_run_waits_until_the_environment_is_made(small, panel, radar, wait, pulse) -> None:
    layer = radar()
    one = panel("good")
    one.dock.open_for(layer)
    care = one.dock.environment
    assert not care.line.isHidden()
    assert "there is none yet" in line(one) and care.line.button.text() == "Set up…"
    assert not one.dock.footer.worker_line.text()
    one.dock.start_run()
    assert care.dialog is not None and not care.dialog.isHidden()
    wait(lambda: care.dialog.main_button.isEnabled())
    about = care.dialog.choices.about.text()
    assert "3 packages" in about and "QGIS's own Python stays as it is" in about
    assert "No GPU was found" in about
    care.dialog.start()
    assert one.environment.is_working and not care.dialog.main_button.isEnabled()
    wait(lambda: one.outcomes, 120.0)
    assert one.outcomes[0].state == "done"
    assert care.line.isHidden() and care.dialog.isHidden()
    assert pulse.longest < stretched(2.0)


def test_a_damage_is_found_told_and_repaired(small, panel, wait) -> None:
    small.build()
    (small.site / "bbb" / "__init__.py").unlink()
    one = panel("good")
    care = one.dock.environment
    assert care.line.isHidden()
    one.dock.open_for(None)
    wait(lambda: not care.line.isHidden())
    assert "bbb 1.0: its file bbb/__init__.py is missing" in line(one)
    assert care.line.button.text() == "Repair…"
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    assert care.dialog.main_button.text() == "Repair"
    care.dialog.start()
    wait(lambda: not one.environment.is_working, 60.0)
    assert one.environment.state.condition == "ready" and care.line.isHidden()


def test_a_cancel_and_a_failure_are_told(small, panel, wait) -> None:
    work_folder(small.home).mkdir()
    one = panel("good")
    care = one.dock.environment
    assert "set-up of the models" in line(one)
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    care.dialog.start()
    care.dialog.cancel_button.click()
    wait(lambda: not one.environment.is_working, 30.0)
    assert care.dialog.main_button.text() == "Continue" and care.dialog.details_button.isHidden()
    (small.wheels / "aaa-1.0-py3-none-any.whl").unlink()
    care.dialog.start()
    wait(lambda: not one.environment.is_working, 60.0)
    assert "aaa 1.0: missing" in care.dialog.message.text()
    assert not care.dialog.details_button.isHidden()


def test_an_unfit_python_is_refused_with_the_reason(small, panel, wait, tmp_path, failures) -> None:
    one = panel("good")
    care = one.dock.environment
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho no Python\n")
    program.chmod(0o755)
    care.dialog.choices.python_widget.setFilePath(str(program))
    care.dialog.start()
    wait(lambda: not one.environment.is_working, 60.0)
    assert_problem(failures[-1], "python-not-suitable", str(program))
    assert escape(failures[-1].message) in care.dialog.message.text()


def test_sizes_are_those_for_the_python_that_is_named(small, panel, wait, tmp_path) -> None:
    """Each Python has packages and sizes of its own."""
    other = 12 if system_minor() != 12 else 13
    lines = small.requirements.read_text().splitlines()
    (small.files / f"worker-py3{other}.txt").write_text("\n".join(lines[:4]) + "\n")
    (small.files / f"sizes-py3{other}.json").write_text('{"aaa": [1, 3000000000]}')
    small.measure(dict.fromkeys(("aaa", "bbb", "ccc-c"), (1, 30_000_000)))
    one = panel("good")
    care = one.dock.environment
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    about = care.dialog.choices.about
    wait(lambda: "3 packages" in about.text())
    assert "about 1.0 GB on the disk" in about.text(), "PyTorch for the processor is 0.9 of it"
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\necho CPython 3 {other}\n")
    program.chmod(0o755)
    care.dialog.choices.python_widget.setFilePath(str(program))
    wait(lambda: "2 packages" in about.text())
    assert "about 3.9 GB on the disk" in about.text()
    care.dialog.choices.python_widget.setFilePath("")
    # Not the whole text: the room on the disk changes.
    wait(lambda: "3 packages" in about.text() and "about 1.0 GB on the disk" in about.text())


def test_a_gpu_that_does_not_compute_is_told_and_the_processor_taken_on_request(
    small, panel, wait, monkeypatch
) -> None:
    gpu = Gpu("RTX 4050", "581.42", 6141, 8.9)
    monkeypatch.setattr(choices, "detect_hardware", lambda host: Hardware([gpu], []))
    code = "raise OSError('[WinError 126] Error loading cublas64_13.dll')\n"
    torch = wheel(small.wheels, "torch", "2.15.0", code=code)
    small.write([*small.requirements.read_text().strip().splitlines(), entry(torch)])
    one = panel("good")
    care = one.dock.environment
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    dialog = care.dialog
    assert "RTX 4050 with driver 581.42" in dialog.choices.about.text()
    assert dialog.processor_button.isHidden()
    dialog.start()
    wait(lambda: not one.environment.is_working, 60.0)
    assert "cublas64_13.dll" in dialog.message.text()
    assert one.environment.state.condition == "unfinished"
    assert not dialog.processor_button.isHidden()
    dialog.processor_button.click()
    wait(lambda: not one.environment.is_working, 60.0)
    assert one.environment.state.condition == "ready"
    assert PluginSettings.load().device == "cpu"


def test_another_build_can_be_chosen_for_a_ready_environment(small, panel, wait) -> None:
    small.build()
    one = panel("good")
    care = one.dock.environment
    care.open()
    wait(lambda: care.dialog.main_button.isEnabled())
    dialog = care.dialog
    assert dialog.choices.torch.build == "index", "what is there stays"
    assert dialog.main_button.text() == "Check"
    combo = dialog.choices.torch_combo
    builds = [combo.itemData(number).build for number in range(combo.count())]
    combo.setCurrentIndex(builds.index("cpu"))
    assert dialog.main_button.text() == "Change"
    dialog.start()
    wait(lambda: not one.environment.is_working, 60.0)
    assert one.environment.state.marker.build == "cpu"


def test_a_gpu_that_is_not_used_is_told_in_the_panel(small, panel, wait, monkeypatch) -> None:
    """As on Windows with an environment of an older version, whose PyTorch has no CUDA."""
    small.build()
    marker = json.loads((small.home / state.MARKER).read_text())
    (small.home / state.MARKER).write_text(json.dumps({**marker, "build": ""}))
    card = Gpu("NVIDIA GeForce RTX 4050 Laptop GPU", "581.42", 6141, 8.9)
    monkeypatch.setattr(choices, "find_gpus", lambda variables: [card])
    monkeypatch.setattr(choices.unused_gpu, "__defaults__", ("win32",))
    one = panel("good")
    care = one.dock.environment
    care.refresh()
    wait(lambda: "RTX 4050 Laptop GPU is not used" in line(one))
    assert not care.line.isHidden() and care.line.button.text() == "Change…"
    assert not care.defer_run(lambda: None), "runs go on with the processor"
    care.line.button.click()
    wait(lambda: care.dialog is not None and care.dialog.main_button.isEnabled())
    one.environment.unused_gpu = "NVIDIA GeForce RTX 4050 Laptop GPU"
    (small.home / state.MARKER).write_text(json.dumps({**marker, "build": "cuda13"}))
    one.environment.refresh()
    assert care.line.isHidden()


def test_a_named_python_leaves_the_environment_out_of_it(small, panel) -> None:
    settings = PluginSettings.load()
    settings.worker_python = str(SYSTEM_PYTHON)
    settings.save()
    one = panel("good")
    assert one.dock.environment.line.isHidden()
    assert not one.dock.environment.defer_run(lambda: None)


def test_diagnostics_show_the_doctor_s_findings_and_copy_them(
    small, panel, wait, monkeypatch
) -> None:
    small.build()
    one = panel("good")
    monkeypatch.setattr(Path, "home", lambda: small.root)
    dialog = DiagnosticsDialog(one.environment)
    wait(lambda: dialog._task is None, 60.0)
    # The small environment holds none of the engine's libraries.
    assert "Does not work: numpy" in dialog.message.text()
    dialog.copy()
    text = QApplication.clipboard().text()
    assert "[packages] BAD torch: ModuleNotFoundError" in text
    assert "Repair the environment" in text
    assert "~/profile/gac/env" in text and str(small.root) not in text
    dialog.close()
