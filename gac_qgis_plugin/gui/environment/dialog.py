"""The environment's window: summary, building, repairing, removing."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.environment import offer
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.environment.offer import Offer
from gac_qgis_plugin.environment.place import managed_home
from gac_qgis_plugin.environment.task import EnvironmentTask
from gac_qgis_plugin.gui.environment.choices import EnvironmentChoices
from gac_qgis_plugin.gui.environment.line import action_words
from gac_qgis_plugin.gui.messages import ProblemDialog
from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.launch import environment_words

FAULTS_SHOWN = 6


class EnvironmentDialog(QDialog):
    """Dialog to manage the environment; an operation continues when it is closed."""

    def __init__(self, manager: EnvironmentManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: the models' environment"))
        self.resize(560, 360)
        self._manager = manager
        self._around = offer.surroundings()
        self._problem: PluginError | None = None
        self._search: EnvironmentTask | None = None
        self.heading = NoteLabel()
        self.choices = EnvironmentChoices(self._around, manager.state.home)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.message = NoteLabel()
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.main_button = buttons.addButton("", role.AcceptRole)
        self.cancel_button = buttons.addButton(tr("Cancel"), role.ActionRole)
        self.details_button = buttons.addButton(tr("Details…"), role.ActionRole)
        self.remove_button = buttons.addButton(tr("Remove…"), role.DestructiveRole)
        self.close_button = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        column = QVBoxLayout(self)
        for widget in (self.heading, self.choices, self.bar, self.message):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(buttons)
        self.main_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(manager.cancel)
        self.details_button.clicked.connect(self._show_details)
        self.remove_button.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self.close)
        self.choices.changed.connect(self._show)
        manager.changed.connect(self._show)
        manager.told.connect(self._on_told)
        manager.ended.connect(self._on_ended)
        self._show()
        self._look_around()

    def start(self) -> None:
        """Create, complete, repair, update or check the environment, as needed."""
        python = self.choices.python
        if python is None or self._manager.is_working:
            return
        self.choices.remember(managed_home(PluginSettings()))
        self._problem = None
        choices = self.choices
        self._manager.build(
            offer.plan_for(python, choices.home, choices.wheels, self._around, paths.version())
        )

    def _look_around(self) -> None:
        around = self._around
        task = EnvironmentTask(
            tr("GAC: look for Pythons"), lambda tell, _: offer.look_around(around)
        )
        task.ended.connect(self._on_looked)
        self._search = task
        QgsApplication.taskManager().addTask(task)

    def _on_looked(self, found: Offer | None, problem: PluginError | None) -> None:
        self._search = None
        if problem is not None:
            self._on_ended(problem)
        marker = self._manager.state.marker
        self.choices.show_offer(found or Offer([], []), marker.python if marker else "")

    def _show(self) -> None:
        now = self._manager.state
        working = self._manager.is_working
        words = f"<b>{escape(environment_words(now))}</b>"
        if working:
            status = tr("The environment is being worked on.")
            words = f"<b>{status}</b> " + tr("This window may be closed; the work goes on.")
        elif len(now.faults) > 1:
            faults = [escape(fault) for fault in now.faults[:FAULTS_SHOWN]]
            words += "<br>" + "<br>".join(f"· {fault}" for fault in faults)
        elif now.marker is not None and not now.faults:
            where = escape(paths.short(now.home))
            words += "<br>" + tr("{} packages for Python {} in {}").format(
                len(now.marker.packages), escape(now.marker.version), where
            )
        self.heading.show_text(words)
        self.choices.setEnabled(not working)
        self.main_button.setText(action_words(now.condition))
        self.main_button.setEnabled(not working and self.choices.is_complete)
        self.main_button.setDefault(True)
        self.cancel_button.setVisible(working)
        self.bar.setVisible(working)
        self.details_button.setVisible(self._problem is not None and not working)
        self.remove_button.setEnabled(not working and now.condition != "absent")
        if working:
            self.message.show_text("")
        elif self._problem is not None:
            text = f"{self._problem.message} {self._problem.remedy}"
            self.message.show_text(alert(text.strip()))

    def _on_told(self, percent: float, text: str) -> None:
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
