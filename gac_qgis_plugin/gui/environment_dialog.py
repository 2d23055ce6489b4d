"""The environment in the panel: its line, its window, a run that waits for it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Callable

from qgis.core import Qgis, QgsApplication
from qgis.gui import QgisInterface, QgsFileWidget
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import choices, state
from gac_qgis_plugin.environment.build import GpuProblem
from gac_qgis_plugin.environment.choices import Hardware, likely_minor
from gac_qgis_plugin.environment.machine import Torch, refusal
from gac_qgis_plugin.environment.manager import BackgroundTask, EnvironmentManager
from gac_qgis_plugin.environment.plan import managed_home, minors
from gac_qgis_plugin.gui.messages import ProblemDialog, push, show_problem
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, choice, narrow, narrow_form, secondary
from gac_qgis_plugin.worker.engine import describe_environment

INDEX, FOLDER = "index", "folder"
GB = 1e9

FAULTS_SHOWN = 6

SECONDS = 10


class EnvironmentChoices(QWidget):
    """The choices, and a summary of packages, sizes, folder and device.

    Signals:
        changed: Another choice was made.
        python_changed: Another Python was named, or none any more.
    """

    changed = pyqtSignal()
    python_changed = pyqtSignal()

    def __init__(self, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hardware: Hardware | None = None
        self._minor = minors()[0]
        settings = PluginSettings.load()
        self.torch_combo = QComboBox()
        narrow(self.torch_combo)
        self.home_widget = _folder(str(home))
        self.source_combo = choice(
            ((INDEX, tr("the Python package index")), (FOLDER, tr("a folder of wheels (offline)")))
        )
        self.wheels_widget = _folder(settings.wheel_folder)
        self.python_widget = QgsFileWidget()
        self.python_widget.lineEdit().setPlaceholderText(tr("found here, or fetched"))
        self.python_widget.setToolTip(
            tr("A Python of your own, 3.11 to 3.13; if none is named, uv finds or fetches one.")
        )
        self.about = NoteLabel()
        form_widget = QWidget()
        self._form = narrow_form(form_widget)
        self._form.addRow(tr("PyTorch"), self.torch_combo)
        self._form.addRow(tr("Folder"), self.home_widget)
        self._form.addRow(tr("Packages from"), self.source_combo)
        self._form.addRow(tr("Wheel folder"), self.wheels_widget)
        self._form.addRow(tr("Made with"), self.python_widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form_widget)
        column.addWidget(self.about)
        self.source_combo.setCurrentIndex(1 if settings.wheel_folder else 0)
        self.torch_combo.currentIndexChanged.connect(self._on_changed)
        self.source_combo.currentIndexChanged.connect(self._on_changed)
        self.home_widget.fileChanged.connect(self._on_changed)
        self.wheels_widget.fileChanged.connect(self._on_changed)
        self.python_widget.fileChanged.connect(self.python_changed)
        self.about.show_text(tr("Looking for GPUs on this machine…"))
        self._on_changed()

    @property
    def torch(self) -> Torch | None:
        """The chosen PyTorch build; None until the GPUs are known."""
        torch = self.torch_combo.currentData()
        return torch if isinstance(torch, Torch) else None

    @property
    def python(self) -> Path | None:
        """The Python named by the user; None: uv finds or fetches one."""
        text = self.python_widget.filePath().strip()
        return Path(text).expanduser() if text else None

    @property
    def home(self) -> Path:
        """The environment's folder."""
        return Path(self.home_widget.filePath().strip()).expanduser()

    @property
    def wheels(self) -> Path | None:
        """The wheel folder; None: the package index."""
        if self.source_combo.currentData() != FOLDER:
            return None
        return Path(self.wheels_widget.filePath().strip()).expanduser()

    @property
    def is_complete(self) -> bool:
        """True if an environment can be built from the choices."""
        wheels = self.wheels
        return self.torch is not None and not refusal() and (wheels is None or wheels.is_dir())

    def show_hardware(self, hardware: Hardware, previous: str) -> None:
        """Show the PyTorch builds for this machine.

        Args:
            hardware: This machine's GPUs.
            previous: The build of the existing environment; it stays unless a GPU asks for another.
        """
        self._hardware = hardware
        builds = choices.torch_builds(hardware)
        self.torch_combo.clear()
        for torch in builds:
            self.torch_combo.addItem(choices.build_title(torch), torch)
        names = [torch.build for torch in builds]
        if previous in names and builds[0].device == "cpu":
            self.torch_combo.setCurrentIndex(names.index(previous))
        self._on_changed()

    def show_python(self, minor: int) -> None:
        """Show what an environment with Python 3.`minor` takes."""
        self._minor = minor
        self._on_changed()

    def remember(self, default_home: Path) -> None:
        """Save the chosen folders."""
        settings = PluginSettings.load()
        settings.environment_folder = "" if self.home == default_home else str(self.home)
        settings.wheel_folder = str(self.wheels) if self.wheels else ""
        settings.save()

    def _on_changed(self) -> None:
        from_folder = self.source_combo.currentData() == FOLDER
        self.wheels_widget.setVisible(from_folder)
        self._form.labelForField(self.wheels_widget).setVisible(from_folder)
        if self._hardware is not None:
            self.about.show_text(self._meaning())
        self.changed.emit()

    def _meaning(self) -> str:
        torch = self.torch
        if refusal() or torch is None:
            return alert(refusal())
        cost = choices.estimate_cost(torch, self.home, self._minor)
        amount = tr("<b>{} packages</b>, exact versions, checked by their hashes: ").format(
            cost.packages
        )
        if self.wheels is None:
            amount += tr("about {:.1f} GB to fetch, ").format(cost.fetched / GB)
        amount += tr("about {:.1f} GB on the disk; {:.0f} GB are free.").format(
            cost.installed / GB, cost.free / GB
        )
        place = tr("They go into {}; QGIS's own Python stays as it is.").format(
            escape(paths.short(self.home))
        )
        return f"{amount} {place}<br><br><b>PyTorch:</b> {escape(torch.reason)}"


def _folder(path: str) -> QgsFileWidget:
    widget = QgsFileWidget()
    widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    widget.setFilePath(path)
    return widget


def action_words(condition: str) -> str:
    """Return the text of the button that builds or repairs the environment."""
    return {
        state.ABSENT: tr("Set up"),
        state.UNFINISHED: tr("Continue"),
        state.BROKEN: tr("Repair"),
        state.OUTDATED: tr("Update"),
        state.READY: tr("Check"),
    }[condition]


class EnvironmentLine(QWidget):
    """Line with the problem of the environment and a button.

    Signals:
        pressed: The button was pressed.
    """

    pressed = pyqtSignal()

    def __init__(self, manager: EnvironmentManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._manager = manager
        self.label = NoteLabel()
        self.button = QPushButton()
        self.button.setToolTip(tr("Sets up the Python environment of the models"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.pressed)
        manager.changed.connect(self.show_state)
        manager.progressed.connect(self._on_progress)
        self.show_state()

    def show_state(self) -> None:
        """Show the manager's state."""
        now = self._manager.state
        working = self._manager.is_working
        gpu = self._manager.unused_gpu
        ready = now.condition == state.READY
        self.setVisible(working or (self._manager.is_in_charge and (not ready or bool(gpu))))
        action = tr("Change") if ready else action_words(now.condition)
        self.button.setText(tr("Show…") if working else f"{action}…")
        if working:
            self.label.show_text(tr("Working on the environment…"))
        elif ready and gpu:
            words = tr("{} is not used: GAC's environment has a PyTorch without CUDA.")
            self.label.show_text(alert(words.format(gpu)))
        else:
            text = describe_environment(now)
            # There is none to begin with: that is no fault.
            self.label.show_text(escape(text) if now.condition == state.ABSENT else alert(text))

    def _on_progress(self, percent: float, text: str) -> None:
        self.label.show_text(f"{percent:.0f} % · {escape(text)}")


class EnvironmentDialog(QDialog):
    """Dialog to manage the environment; an operation continues when it is closed."""

    def __init__(self, manager: EnvironmentManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: the models' environment"))
        self.resize(560, 360)
        self._manager = manager
        self._host = choices.host_settings()
        self._problem: PluginError | None = None
        self._search: BackgroundTask | None = None
        self._asking: BackgroundTask | None = None
        self.heading = NoteLabel()
        self.choices = EnvironmentChoices(manager.state.home)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.message = NoteLabel()
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.main_button = buttons.addButton("", role.AcceptRole)
        self.processor_button = buttons.addButton(tr("Use the processor"), role.ActionRole)
        self.cancel_button = buttons.addButton(tr("Cancel"), role.ActionRole)
        self.details_button = buttons.addButton(tr("Details…"), role.ActionRole)
        self.remove_button = buttons.addButton(tr("Remove…"), role.DestructiveRole)
        self.close_button = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.main_button.setDefault(True)
        secondary(self.details_button, self.remove_button)
        column = QVBoxLayout(self)
        for widget in (self.heading, self.choices, self.bar, self.message):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(buttons)
        self.main_button.clicked.connect(self.start)
        self.processor_button.clicked.connect(self.use_processor)
        self.cancel_button.clicked.connect(manager.cancel)
        self.details_button.clicked.connect(self._show_details)
        self.remove_button.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self.close)
        self.choices.changed.connect(self._show)
        self.choices.python_changed.connect(self._ask_python)
        manager.changed.connect(self._show)
        manager.progressed.connect(self._on_progress)
        manager.ended.connect(self._on_ended)
        self._show()
        self._detect()
        self._ask_python()

    def start(self) -> None:
        """Create, complete, repair, update or check the environment, as needed."""
        self._build(self.choices.torch)

    def use_processor(self) -> None:
        """Complete an environment whose GPU cannot be used, and let runs use the processor."""
        torch = self.choices.torch
        if torch is not None:
            settings = PluginSettings.load()
            settings.device = "cpu"
            settings.save()
            self._build(replace(torch, device="cpu"))

    def _build(self, torch: Torch | None) -> None:
        if torch is None or self._manager.is_working:
            return
        self.choices.remember(managed_home(PluginSettings()))
        self._problem = None
        widget = self.choices
        self._manager.build(
            choices.plan_for(
                torch,
                widget.home,
                self._host,
                paths.version(),
                wheels=widget.wheels,
                python=widget.python,
            )
        )

    def _detect(self) -> None:
        host = self._host
        task = BackgroundTask(
            tr("GAC: look for GPUs"), lambda on_progress, _: choices.detect_hardware(host)
        )
        task.ended.connect(self._on_detected)
        self._search = task
        QgsApplication.taskManager().addTask(task)

    def _on_detected(self, found: Hardware | None, problem: PluginError | None) -> None:
        self._search = None
        if problem is not None:
            self._on_ended(problem)
        marker = self._manager.state.marker
        self.choices.show_hardware(found or Hardware([], []), marker.torch if marker else "")

    def _ask_python(self) -> None:
        """Find out which Python the environment will be made with, as packages depend on it."""
        named, home, variables = self.choices.python, self.choices.home, self._host.variables
        # While a path is typed, other programs may stand there.
        is_python = named is None or (named.name.startswith("python") and named.is_file())
        if self._asking is not None or not is_python:
            return
        task = BackgroundTask(
            tr("GAC: check the environment"),
            lambda on_progress, _: (named, likely_minor(home, variables, named)),
        )
        task.ended.connect(self._on_python)
        self._asking = task
        QgsApplication.taskManager().addTask(task)

    def _on_python(
        self, answer: tuple[Path | None, int] | None, problem: PluginError | None
    ) -> None:
        self._asking = None
        if answer is None:
            return
        named, minor = answer
        if named == self.choices.python:
            self.choices.show_python(minor)
        else:
            self._ask_python()

    def _show(self) -> None:
        now = self._manager.state
        working = self._manager.is_working
        words = f"<b>{escape(describe_environment(now))}</b>"
        if working:
            status = tr("The environment is being worked on.")
            words = f"<b>{status}</b> " + tr("You can close this window; the work continues.")
        elif len(now.faults) > 1:
            faults = [escape(fault) for fault in now.faults[:FAULTS_SHOWN]]
            words += "<br>" + "<br>".join(f"· {fault}" for fault in faults)
        elif now.marker is not None and not now.faults:
            where = escape(paths.short(now.home))
            words += "<br>" + tr("{} packages for Python {} in {}").format(
                len(now.marker.packages), escape(now.marker.version), where
            )
            if now.marker.gpu:
                words += "<br>" + escape(now.marker.gpu)
        self.heading.show_text(words)
        self.choices.setEnabled(not working)
        torch = self.choices.torch
        differs = now.marker is not None and torch is not None and now.marker.torch != torch.build
        is_ready = now.condition == state.READY
        words = tr("Change") if is_ready and differs else action_words(now.condition)
        self.main_button.setText(words)
        self.main_button.setEnabled(not working and self.choices.is_complete)
        self.main_button.setDefault(True)
        self.cancel_button.setVisible(working)
        self.processor_button.setVisible(isinstance(self._problem, GpuProblem) and not working)
        self.bar.setVisible(working)
        self.details_button.setVisible(self._problem is not None and not working)
        self.remove_button.setEnabled(not working and now.condition != "absent")
        if working:
            self.message.show_text("")
        elif self._problem is not None:
            text = f"{self._problem.message} {self._problem.remedy}"
            self.message.show_text(alert(text.strip()))

    def _on_progress(self, percent: float, text: str) -> None:
        self.bar.setValue(round(10 * percent))
        self.message.show_text(escape(text))

    def _on_ended(self, problem: PluginError | None) -> None:
        self._problem = problem
        self.message.show_text("")
        self._show()

    def _show_details(self) -> None:
        if self._problem is not None:
            ProblemDialog(self._problem, self).open()

    def _on_remove(self) -> None:
        home = self._manager.state.home
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
        text = tr("Delete the models' environment in {}? Models and results stay.").format(
            paths.short(home)
        )
        if QMessageBox.question(self, "GAC", text, yes | no, no) == yes:
            self._problem = None
            self._manager.remove(home)


class EnvironmentController(QObject):
    """Controller that shows what the environment lacks, and defers runs until it is usable.

    Signals:
        before_work: The environment is about to be changed: no worker may run in it.
        became_usable: A worker can be started in it now.
    """

    before_work = pyqtSignal()
    became_usable = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, manager: EnvironmentManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.manager = manager
        self.line = EnvironmentLine(manager)
        self.dialog: EnvironmentDialog | None = None
        self._iface = iface
        self._waiting: Callable[[], None] | None = None
        self._was_working = False
        self.line.pressed.connect(self.open)
        manager.changed.connect(self._on_changed)
        manager.ended.connect(self._on_ended)

    def open(self) -> None:
        """Show the environment's window."""
        if self.dialog is None or self.dialog.isHidden():
            if self.dialog is not None:
                self.dialog.deleteLater()
            self.dialog = EnvironmentDialog(self.manager, self._iface.mainWindow())
        self.dialog.show()
        self.dialog.raise_()

    def defer_run(self, start: Callable[[], None]) -> bool:
        """Return whether a run must wait; if so, open the window, and start the run later."""
        if not self.manager.blocks_runs:
            return False
        self._waiting = start
        self.open()
        return True

    @property
    def is_ready(self) -> bool:
        """True if a worker could be started now."""
        return not self.manager.blocks_runs

    def refresh(self) -> None:
        """Check the environment, at once and then thoroughly."""
        self.manager.refresh()
        if self.manager.is_in_charge:
            self.manager.check()

    def _on_changed(self) -> None:
        if self.manager.is_working and not self._was_working:
            self.before_work.emit()
        self._was_working = self.manager.is_working

    def _on_ended(self, problem: PluginError | None) -> None:
        start, self._waiting = self._waiting, None
        if problem is not None:
            self._waiting = start  # it may be resumed
            if self.dialog is None or self.dialog.isHidden():
                show_problem(self._iface, problem)
            return
        if not self.manager.state.is_usable:
            return
        if self.dialog is not None:
            self.dialog.close()
        text = tr("The models' environment is ready.")
        push(self._iface, text, Qgis.MessageLevel.Success, seconds=SECONDS)
        self.became_usable.emit()
        if start is not None:
            start()
