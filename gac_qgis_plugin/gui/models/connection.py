"""Server of model downloads, and its token."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsPasswordLineEdit
from qgis.PyQt.QtWidgets import QCheckBox, QLineEdit, QWidget

from gac_qgis_plugin.gui.widgets import narrow_form
from gac_qgis_plugin.toolbelt import secrets
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr

HUB = "https://huggingface.co"


class ConnectionGroup(QgsCollapsibleGroupBox):
    """A mirror, and a token that is stored in QGIS's encrypted store or not at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Download from"), parent)
        self.mirror = QLineEdit(PluginSettings.load().models_mirror)
        self.mirror.setPlaceholderText(HUB)
        self.mirror.setToolTip(
            tr("Server with Hugging Face's interface; QGIS's proxy and certificates are used.")
        )
        self.token = QgsPasswordLineEdit()
        self.token.setPlaceholderText(
            tr("kept in QGIS, encrypted") if secrets.is_kept() else tr("none")
        )
        self.token.setToolTip(
            tr("Only for models that ask for permission. It is never logged or written in clear.")
        )
        self.keep = QCheckBox(tr("Keep the token in QGIS, encrypted"))
        self.keep.setChecked(secrets.is_kept())
        self.keep.setEnabled(secrets.can_keep())
        form = narrow_form(self)
        form.addRow(tr("Server"), self.mirror)
        form.addRow(tr("Token"), self.token)
        form.addRow("", self.keep)
        self.setCollapsed(not self.mirror.text())

    def remember(self) -> str:
        """Store the inputs as far as permitted, and return the token to use."""
        settings = PluginSettings.load()
        settings.models_mirror = secrets.keep_server(self.mirror.text().strip())
        settings.save()
        token = self.token.text().strip()
        if not self.keep.isChecked():
            secrets.forget()
            self.token.setPlaceholderText(tr("none"))
            return token
        if not token:
            return secrets.kept()
        if secrets.keep(token):
            self.token.clear()
            self.token.setPlaceholderText(tr("kept in QGIS, encrypted"))
        else:
            self.keep.setChecked(False)
        return token
