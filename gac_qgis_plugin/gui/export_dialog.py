"""The export dialog: contents, format, folder, and progress."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgisInterface, QgsFileWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.export.parameters import ExportPlan
from gac_qgis_plugin.export.task import ExportTask
from gac_qgis_plugin.gui.export_choices import (
    AreaChoice,
    GridChoice,
    PixelsChoice,
    ValuesChoice,
    radar_image,
)
from gac_qgis_plugin.gui.guide import help_button
from gac_qgis_plugin.gui.messages import (
    DELAY_MS,
    SUCCESS_SECONDS,
    open_folder_button,
    push,
    show_problem,
)
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, narrow_form
from gac_qgis_plugin.labels import MARK, stage_name
from gac_qgis_plugin.results import ResultRun
from gac_qgis_plugin.styles import range_of_run

COMPRESSIONS = ("DEFLATE", "ZSTD", "LZW", "NONE")


class ExportDialog(QDialog):
    """Dialog with the options and the progress of an export.

    It can be closed during an export; the message bar reports the end.
    """

    def __init__(self, iface: QgisInterface, run: ResultRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: export · {}").format(run.title))
        self._iface = iface
        self._folder = run.folder
        self._radar = radar_image(run, QgsProject.instance())
        self.task: ExportTask | None = None
        self.stages = {
            stage: QCheckBox(f"opt_v{stage} · {stage_name(stage)}") for stage in sorted(run.files)
        }
        last = max(self.stages)
        for box in self.stages.values():
            box.setToolTip(tr("Exports this stage as a file of its own"))
        self.stages[last].setChecked(True)
        self.values = ValuesChoice()
        self.pixels = PixelsChoice(run.folder, run.observed)
        self.area = AreaChoice(iface.mapCanvas())
        self.grid = GridChoice(self)
        self.compression_combo = QComboBox()
        offered = str(gdal.GetDriverByName("COG").GetMetadataItem("DMD_CREATIONOPTIONLIST"))
        self.compression_combo.addItems([each for each in COMPRESSIONS if each in offered])
        self.stac_box = QCheckBox(tr("STAC item"))
        self.stac_box.setToolTip(
            tr("A JSON file for catalogues that describes how the images were made")
        )
        self.stac_box.setChecked((run.folder / layout.STAC_ITEM).is_file())
        self.stac_box.setEnabled(self.stac_box.isChecked())
        self.figure_box = QCheckBox(tr("Before/after figure (PNG)"))
        self.figure_box.setToolTip(tr("The radar beside the image, with scale bar and mark"))
        self.compression_combo.setToolTip(tr("Smaller files; no value changes"))
        self.name = QLineEdit(re.sub(r"[^\w.-]+", "_", run.folder.name).strip("._") or "gac")
        self.out = QgsFileWidget()
        self.out.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        default = paths.default_output_folder(QgsProject.instance()) / "exports"
        self.out.setFilePath(PluginSettings.load().export_folder or str(default))
        self.note = NoteLabel()
        self.bar = QProgressBar()
        self.bar.setVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        buttons.addButton(help_button(), QDialogButtonBox.ButtonRole.HelpRole)
        self.export_button = buttons.addButton(tr("Export"), role)
        self.cancel_button = buttons.addButton(tr("Cancel export"), role)
        self.cancel_button.setEnabled(False)
        self.export_button.setDefault(True)
        self._lay_out(buttons)
        self.grid.changed.connect(self._tell)
        self.values.changed.connect(self._tell)
        self.export_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(self.cancel)
        buttons.rejected.connect(self.reject)
        self.grid.set_image(run.stages[last])

    def plan(self) -> ExportPlan:
        """Return the export described by the widgets.

        Raises:
            PluginError: If it is invalid.
        """
        stages = tuple(sorted(s for s, box in self.stages.items() if box.isChecked()))
        out, stem = self.out.filePath().strip(), self.name.text().strip()
        if not out or not stem or Path(stem).name != stem:
            raise PluginError(
                tr("The export needs a folder, and a name that is not a path."),
                tr("Give both."),
                problem="export-name-missing",
            )
        with_figure = self.figure_box.isChecked()
        params: dict[str, Any] = {
            **self.values.params(),
            **self.pixels.params(),
            **self.area.params(),
            **self.grid.params(),
            "display": range_of_run(self._folder, QgsProject.instance()),
            "compression": self.compression_combo.currentText(),
            "with_stac": self.stac_box.isChecked(),
            "with_figure": with_figure,
            "radar": self._radar if with_figure else None,
        }
        plan = ExportPlan(self._folder, stages, Path(out), stem, **params)
        plan.check()
        return plan

    def start(self) -> None:
        """Start the export, or show why it is invalid."""
        try:
            plan = self.plan()
        except PluginError as problem:
            self.note.show_text(alert(f"{problem.message} {problem.remedy}"))
            return
        self.task = ExportTask(plan)
        self.task.progressed.connect(self._on_progress)
        self.task.ended.connect(self._on_ended)
        self._show_running(True)
        QgsApplication.taskManager().addTask(self.task)

    def cancel(self) -> None:
        """Stop the export; incomplete files are removed."""
        if self.task is not None:
            self.task.cancel()

    def _on_progress(self, percent: float, label: str) -> None:
        self.bar.setValue(round(percent))
        self.bar.setFormat(f"{label}: %p %" if label else "%p %")

    def _on_ended(self, files: list[Path], problem: PluginError | None) -> None:
        out = self.task.plan.out if self.task is not None else Path()
        mark = self.task.plan.mark if self.task is not None else MARK
        self.task = None
        self._show_running(False)
        if problem is not None:
            self.note.show_text(alert(f"{problem.message} {problem.remedy}"))
            show_problem(self._iface, problem)
        elif files:
            text = tr("%n SYNTHETIC file(s) were exported.", len(files))
            text = text.replace(MARK, mark)
            self.note.show_text(f"<b>{text}</b>")
            iface, level = self._iface, Qgis.MessageLevel.Success
            button = (open_folder_button(out),)
            # QGIS announces the end of a task itself; an earlier message would be below that.
            QTimer.singleShot(DELAY_MS, lambda: push(iface, text, level, button, SUCCESS_SECONDS))
        else:
            self.note.show_text(tr("The export was cancelled; its files were removed."))

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.bar.setValue(0)
        self.form.setEnabled(not running)
        self.export_button.setEnabled(not running)
        self.cancel_button.setEnabled(running)

    def _tell(self) -> None:
        if self.grid.is_resampled:
            text = tr("Pixels are resampled: values are not those of the result.")
        elif self.values.kind == "picture":
            text = tr("Colours for reading by eye; for measuring use reflectance.")
        else:
            text = tr("Pixels stay as they are: nothing is resampled.")
        self.note.show_text(text)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        self.form = QWidget()
        form = narrow_form(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        stages, also = QHBoxLayout(), QHBoxLayout()
        for stage in sorted(self.stages):
            stages.addWidget(self.stages[stage])
        stages.addStretch()
        also.addWidget(self.stac_box)
        also.addWidget(self.figure_box)
        also.addStretch()
        form.addRow(tr("Stages"), stages)
        form.addRow(tr("As"), self.values)
        form.addRow(tr("No data"), self.values.nodata)
        if self.pixels.is_needed:
            form.addRow(tr("Pixels"), self.pixels)
        form.addRow(tr("Area"), self.area)
        self.grid.add_to(form)
        form.addRow(tr("Compression"), self.compression_combo)
        form.addRow(tr("Also"), also)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Folder"), self.out)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        column.addWidget(self.note)
        column.addWidget(self.bar)
        column.addWidget(buttons)
        self.resize(560, self.sizeHint().height())
