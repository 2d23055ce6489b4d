"""Diagnostics by the engine's doctor, to read and to copy."""

from __future__ import annotations

import json
import platform
from html import escape
from pathlib import Path

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QT_VERSION_STR
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core import paths, processes, records
from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.environment import choices
from gac_qgis_plugin.environment.machine import find_gpus
from gac_qgis_plugin.environment.manager import BackgroundTask, EnvironmentManager, IsCancelled
from gac_qgis_plugin.environment.plan import ProgressCallback
from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.worker.engine import describe_environment, find_launch

LIMIT_S = 900.0
AREAS = ("QGIS", "system", "packages", "devices", "bundles")
SIGNS = {"ok": "✔", "note": "○", "bad": "✘"}

Finding = dict[str, str]


class DiagnosticsDialog(QDialog):
    """Dialog with the findings of the doctor, which runs in a child process."""

    def __init__(self, manager: EnvironmentManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: diagnostics"))
        self.resize(680, 560)
        self._task: BackgroundTask | None = None
        self.findings = [*_about_qgis(), *_about_environment(manager)]
        self.message = NoteLabel()
        self.text = QTextBrowser()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.message, self.text, buttons):
            column.addWidget(widget)
        self._show()
        self.examine()

    def examine(self) -> None:
        """Start the doctor in the background."""
        host = choices.host_settings()
        try:
            launch = find_launch()
        except PluginError as problem:
            self._on_ended(None, problem)
            return

        def work(
            on_progress: ProgressCallback, is_cancelled: IsCancelled
        ) -> processes.ProcessResult:
            for gpu in find_gpus(host.variables):
                words = f"{gpu.name}, driver {gpu.driver}, {gpu.memory_mib / 1024:.0f} GiB"
                on_progress(0.0, json.dumps(_finding("system", "NVIDIA GPU", "ok", words)))
            return processes.run(
                launch.program,
                ["-m", "gac_core.doctor", "--json"],
                launch.environment,
                on_line=lambda line: on_progress(0.0, line),
                is_cancelled=is_cancelled,
                limit_s=LIMIT_S,
            )

        self.message.show_text(tr("Trying everything; the devices take a minute or more…"))
        task = BackgroundTask(tr("GAC: diagnostics"), work)
        task.progressed.connect(self._on_line)
        task.ended.connect(self._on_ended)
        self._task = task
        QgsApplication.taskManager().addTask(task)

    def done(self, result: int) -> None:
        """End the doctor with the window. Called by Qt."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def report(self) -> str:
        """Return all findings as plain text, with ~ for the home folder."""
        lines = []
        for finding in self.findings:
            sign = finding["state"].upper() if finding["state"] != "ok" else "ok"
            lines.append(f"[{finding['area']}] {sign} {finding['name']}: {finding['text']}")
            lines += [f"    -> {finding['remedy']}"] if finding["remedy"] else []
            lines += [f"    {line}" for line in finding["details"].splitlines()]
        return redacted("\n".join(lines)).replace(str(Path.home()), "~")

    def copy(self) -> None:
        """Copy the report to the clipboard."""
        QApplication.clipboard().setText(self.report())

    def _on_line(self, _: float, line: str) -> None:
        try:
            event = records.load(line)
        except ValueError:
            return
        if isinstance(event, dict) and {"area", "name", "state", "text"} <= set(event):
            values = {key: str(value) for key, value in event.items()}
            self.findings.append({"remedy": "", "details": "", **values})
            self._show()

    def _on_ended(self, ended: processes.ProcessResult | None, problem: PluginError | None) -> None:
        self._task = None
        if problem is not None:
            bad = _finding("packages", tr("Worker"), "bad", problem.message, problem.remedy)
            self.findings.append({**bad, "details": problem.details})
        elif ended is not None and ended.code not in (0, 1):
            last = self.findings[-1]["name"]
            words = tr("the diagnostics stopped after {}").format(last)
            remedy = tr("Repair the environment; for devices: choose the CPU until it is repaired.")
            bad = _finding("devices", tr("Doctor"), "bad", words, remedy)
            self.findings.append({**bad, "details": ended.output[-4000:]})
        failed = [finding["name"] for finding in self.findings if finding["state"] == "bad"]
        if failed:
            self.message.show_text(alert(tr("Does not work: {}.").format(", ".join(failed))))
        else:
            self.message.show_text(tr("<b>Everything that a run needs works.</b>"))
        self._show()

    def _show(self) -> None:
        rows = []
        for area in AREAS:
            findings = [finding for finding in self.findings if finding["area"] == area]
            if findings:
                rows.append(f"<h4>{escape(area.capitalize() if area.islower() else area)}</h4>")
            rows += [_row(finding) for finding in findings]
        home = escape(str(Path.home()))
        self.text.setHtml("".join(rows).replace(home, "~"))


def _row(finding: Finding) -> str:
    sign = SIGNS.get(finding["state"], "?")
    name, description = translated(finding["name"]), translated(finding["text"])
    text = f"{sign} <b>{escape(name)}</b>: {escape(redacted(description))}"
    if finding["remedy"]:
        text += f"<br>&nbsp;&nbsp;&nbsp;→ {escape(redacted(translated(finding['remedy'])))}"
    return f"<div>{text}</div>"


def _finding(area: str, name: str, state: str, text: str, remedy: str = "") -> Finding:
    return {
        "area": area, "name": name, "state": state, "text": text, "remedy": remedy, "details": ""
    }  # fmt: skip


def _about_qgis() -> list[Finding]:
    text = f"{Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, Python {platform.python_version()}"
    where = str(Path(QgsApplication.qgisSettingsDirPath()))
    return [
        _finding("QGIS", "QGIS", "ok", text),
        _finding("QGIS", "GAC", "ok", f"{paths.version()} in {paths.PACKAGE}"),
        _finding("QGIS", tr("Profile"), "ok", where),
    ]


def _about_environment(manager: EnvironmentManager) -> list[Finding]:
    name = tr("Environment")
    if not manager.is_in_charge:
        return [_finding("QGIS", name, "ok", tr("one of the user's own, or the checkout's"))]
    now = manager.state
    marker = now.marker
    text = describe_environment(now)
    if marker is not None:
        source = marker.source
        text += f" {now.home}; Python {marker.version} ({marker.python}); {source}; {marker.made}"
    else:
        text += f" {now.home}"
    remedy = (
        ""
        if now.condition == "ready"
        else tr("See QGIS's menu Raster, GAC, The models' environment.")
    )
    state = "ok" if now.is_usable else "bad"
    finding = _finding("QGIS", name, state, text, remedy)
    return [{**finding, "details": "\n".join(now.faults)}]
