"""Window with the user guide, which is part of the plugin."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr

GUIDE = "guide.md"
_IMAGE = re.compile(r"^!\[[^\]]*\]\((?P<path>[^)]+)\)\n?", re.MULTILINE)
_PAGE = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<path>[^):]+\.md)(?:#[^)]*)?\)")


def guide_text(folder: Path) -> str:
    """Return the guide without images and links that the installed plugin lacks."""
    text = (folder / GUIDE).read_text(encoding="utf-8")

    def picture(found: re.Match[str]) -> str:
        return found[0] if (folder / found["path"]).is_file() else ""

    def page(found: re.Match[str]) -> str:
        return found[0] if (folder / found["path"]).is_file() else found["words"]

    return _PAGE.sub(page, _IMAGE.sub(picture, text))


class GuideWindow(QDialog):
    """Window with the guide; other windows can be used beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: guide"))
        self.resize(820, 720)
        folder = paths.engine_root() / "docs"
        self.browser = Browser()
        self.browser.setSearchPaths([str(folder)])
        self.browser.setOpenExternalLinks(True)
        self.browser.document().setBaseUrl(QUrl.fromLocalFile(f"{folder}/"))
        self.browser.setMarkdown(guide_text(folder))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.browser)
        column.addWidget(buttons)


class Browser(QTextBrowser):
    """Text browser whose images are never wider than the window."""

    def loadResource(self, kind: int, name: QUrl) -> object:  # noqa: N802  (Qt names this method)
        """Return an image scaled to fit; anything else as it is. Called by Qt."""
        path = self.document().baseUrl().resolved(name).toLocalFile()
        image = QImage(path) if path.endswith(".png") else QImage()
        if image.isNull():
            return super().loadResource(kind, name)
        width = min(image.width(), 740)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


_windows: list[GuideWindow] = []


def open_guide(parent: QWidget | None = None) -> GuideWindow:
    """Show the guide's window; there is only one."""
    alive = [window for window in _windows if not sip.isdeleted(window)]
    if not alive:
        alive = [GuideWindow(parent.window() if parent is not None else None)]
    _windows[:] = alive
    alive[0].show()
    alive[0].raise_()
    return alive[0]


def close_guide() -> None:
    """Close the window for good."""
    for window in _windows:
        if not sip.isdeleted(window):
            window.close()
            window.deleteLater()
    _windows.clear()


def help_button() -> QPushButton:
    """Return a button that opens the guide."""
    button = QPushButton(tr("Help"))
    button.setToolTip(tr("Opens the guide: the meaning of pixels and settings"))
    button.setAutoDefault(False)
    button.clicked.connect(lambda: open_guide(button))
    return button
