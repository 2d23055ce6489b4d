"""Choice of an export's pixel values and nodata value."""

from __future__ import annotations

import math
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from gac_qgis_plugin.export.plan import FLOAT32, PICTURE, UINT16
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.styles import NDVI, styles
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

DEFAULT_NODATA = {UINT16: "0", FLOAT32: "nan", PICTURE: "0"}


class ValuesChoice(QWidget):
    """Widget for the kind of values.

    Signals:
        changed: Another kind was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodata = QLineEdit()
        self.nodata.setToolTip(tr("The value of pixels that the radar has no data for"))
        self.style_combo = QComboBox()
        narrow(self.style_combo)
        for style in styles():
            # NDVI is not a composite of three bands.
            if style.key != NDVI:
                self.style_combo.addItem(style.title, style.key)
        self.style_combo.setToolTip(
            tr("The colours of the picture, and of the figure, in the range of the Compare tab")
        )
        texts = {
            UINT16: tr("Reflectance × 10000, uint16 (as the result)"),
            FLOAT32: tr("Reflectance, float32"),
            PICTURE: tr("8-bit picture"),
        }
        self.buttons = {kind: QRadioButton(text) for kind, text in texts.items()}
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, button in enumerate(self.buttons.values()):
            group.addButton(button)
            grid.addWidget(button, row, 0, 1, 1 if row == 2 else 2)
            button.toggled.connect(self._on_kind)
        grid.addWidget(self.style_combo, 2, 1)
        self.setToolTip(tr("What the values of the files are: reflectance (0 to 1), or colours"))
        self.buttons[UINT16].setChecked(True)

    @property
    def kind(self) -> str:
        """The chosen kind."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    def params(self) -> dict[str, Any]:
        """Return the values as fields of an `ExportPlan`.

        Raises:
            PluginError: If the nodata value is not a number.
        """
        text = self.nodata.text().strip().replace(",", ".")
        try:
            nodata = float(text) if text else math.nan
        except ValueError as error:
            raise PluginError(
                tr("'{}' is not a number.").format(self.nodata.text()),
                tr("Give a number for no data, or nan."),
            ) from error
        return {"kind": self.kind, "style": self.style_combo.currentData(), "nodata": nodata}

    def _on_kind(self, on: bool) -> None:
        if on:
            self.nodata.setText(DEFAULT_NODATA[self.kind])
            self.nodata.setEnabled(self.kind != PICTURE)
            self.changed.emit()
