"""The plugin's source with Qt 6: as far as can be told without a QGIS that has it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.qt6.reading import HERE, PYQT6, faults

pytestmark = pytest.mark.skipif(
    not PYQT6.is_file(), reason="PyQt6 is not here: call `make test-qt6`"
)


def imported(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Import the plugin, or another folder's, with PyQt6."""
    command = [str(PYQT6), str(HERE / "smoke.py"), *arguments]
    return subprocess.run(command, text=True, capture_output=True, check=False)


def test_the_plugin_uses_nothing_that_qt_6_has_not() -> None:
    assert faults() == []


def test_every_module_can_be_imported() -> None:
    done = imported()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "modules of the plugin can be imported" in done.stdout


def test_types_show_what_is_gone(tmp_path: Path) -> None:
    source = tmp_path / "old.py"
    source.write_text(
        "from qgis.PyQt.QtCore import Qt, QRegExp\n"
        "from qgis.PyQt.QtGui import QMouseEvent, QFontMetrics\n"
        "from qgis.PyQt.QtWidgets import QAction, QDialog, QLabel\n"
        "def use(dialog: QDialog, event: QMouseEvent, metrics: QFontMetrics) -> None:\n"
        "    dialog.exec_()\n"
        "    event.globalPos()\n"
        "    metrics.width('words')\n"
        "    QLabel().setAlignment(Qt.AlignCenter)\n"
        "    QAction('one', dialog).triggered.connect(dialog.exec)\n"
    )
    found = faults(str(source))
    for name in ("QRegExp", "exec_", "globalPos", "width", "AlignCenter"):
        assert any(f'"{name}"' in line for line in found), (name, found)
    assert len(found) == 5, found


def test_imports_show_what_has_moved(tmp_path: Path) -> None:
    package = tmp_path / "gac_qgis_plugin"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "good.py").write_text(
        "from qgis.core import Qgis, QgsTask\n"
        "class Task(QgsTask):\n    level = Qgis.MessageLevel.Info\n"
    )
    (package / "gone.py").write_text("from qgis.PyQt.QtWidgets import QDesktopWidget\n")
    (package / "flat.py").write_text("from qgis.PyQt.QtCore import Qt\nROLE = Qt.UserRole\n")
    done = imported(str(tmp_path))
    assert done.returncode == 1
    assert "QDesktopWidget" in done.stdout and "UserRole" in done.stdout
    assert "2 of 4 modules" in done.stdout
