"""Photographs the plugin in a real QGIS window: panel, a run, one interrupted, results, the desk.

    python tests/plugin/screenshots.py [FOLDER]

It starts QGIS under Xvfb, which then runs this same file through `--code`. GAC_PYTHON names the
worker's Python, QGIS_PLUGINPATH the folder that holds the assembled plugin, GAC_DEMO_SCENE other
radar files than the demo scene. GAC_SHOTS_SIZE is the screen's size (3840x2160, say, with
QT_SCALE_FACTOR=2), GAC_SHOTS_THEME a theme of QGIS ("Night Mapping"), GAC_SHOTS_DISPLAY the X
display, and with GAC_SHOTS_QUICK=1 nothing is interrupted and the desk is left out. With
GAC_SHOTS_ONLY=batch there is nothing but a batch, with GAC_SHOTS_ONLY=swipe nothing but the swipe
after a run, with GAC_SHOTS_ONLY=hour a first hour from an empty project to an exported figure.
GAC_SHOTS_ONLY=optical is about an optical reference (screenshots_optical.py), with
GAC_SHOTS_ONLY=environment about a GPU left unused (screenshots_environment.py).
GAC_SHOTS_ONLY=tree is about the layer tree, layouts and small windows, and GAC_SHOTS_LANG the
language that QGIS is started with (`--lang`).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = os.environ.get("GAC_SHOTS_SIZE", "1400x900")
DISPLAY = os.environ.get("GAC_SHOTS_DISPLAY", ":97")
THEME = os.environ.get("GAC_SHOTS_THEME", "")
QUICK = "GAC_SHOTS_QUICK" in os.environ
ONLY = os.environ.get("GAC_SHOTS_ONLY", "")
LANG = os.environ.get("GAC_SHOTS_LANG", "")
LIMIT_S = 2400
TOWN = (0.38, 0.46)
"""Where the run takes place, as fractions of the scene's width and height from the lower left."""

SIDE_M = 2600.0
STEPS = 4
IN_QGIS = "GAC_SHOTS" in os.environ


def main() -> int:
    """Starts a screen, a window manager and QGIS; returns the exit status."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else root / "docs" / "images").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    plugins = os.environ.get("QGIS_PLUGINPATH") or str(root / "build" / "plugin")
    profiles = Path(tempfile.mkdtemp(prefix="gac-shots-"))
    environment = {
        **os.environ,
        "DISPLAY": DISPLAY,
        "GAC_SHOTS": str(folder),
        "GAC_ROOT": str(root),
        "QGIS_PLUGINPATH": plugins,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(profiles),
        # QGIS marks layers in the temporary folder as such; these stand for a user's own.
        "TMPDIR": str(profiles / "tmp"),
        # A Python manager in front of PATH would give QGIS a Python without its modules.
        "PATH": f"/usr/bin:/bin:{os.environ.get('PATH', '')}",
    }
    (profiles / "tmp").mkdir()
    environment.setdefault("GAC_PYTHON", str(root / ".venv" / "bin" / "python"))
    if ONLY == "environment":
        from screenshots_environment import make_environment

        environment.update(make_environment(root, profiles))
    screen = f"{SIZE}x24"
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", screen, "-nolisten", "tcp"])
    time.sleep(2)
    manager = subprocess.Popen(["openbox"], env=environment)
    try:
        command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profiles)]
        if LANG:
            command += ["--lang", LANG]
        # GAC's own lines are the only output that matters; QGIS itself may end with any status.
        done = folder / ".done"
        done.unlink(missing_ok=True)
        qgis = subprocess.Popen([*command, "--code", __file__], env=environment)
        end = time.monotonic() + LIMIT_S
        while qgis.poll() is None and not done.exists() and time.monotonic() < end:
            time.sleep(1)
        try:
            qgis.wait(20)
        except subprocess.TimeoutExpired:
            qgis.kill()
        if not done.exists():
            print("QGIS ended, or time ran out, before all the pictures were taken.")
            return 1
        text = done.read_text()
        done.unlink()
        print(text)
        pictures = [line for line in text.splitlines() if line.endswith(".png")]
        # A palette makes them a third of the size, and nobody sees the difference.
        if pictures:
            subprocess.run(["mogrify", "-dither", "None", "-colors", "255", *pictures], check=True)
        return 1 if "FAILED" in text else 0
    finally:
        manager.terminate()
        server.terminate()
        shutil.rmtree(profiles, ignore_errors=True)


def photograph() -> None:
    """Runs inside QGIS, step by step, so that QGIS stays alive in between."""
    import qgis.utils
    from qgis.core import QgsApplication, QgsProject, QgsRectangle
    from qgis.PyQt.QtCore import QTimer
    from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QPushButton

    folder = Path(os.environ["GAC_SHOTS"])
    iface = qgis.utils.iface
    words: list[str] = []

    def shoot(name: str) -> None:
        QApplication.processEvents()
        path = folder / f"{name}.png"
        QApplication.primaryScreen().grabWindow(0).save(str(path))
        words.append(str(path))

    sys.path.insert(0, str(Path(os.environ["GAC_ROOT"], "tests", "plugin")))
    from screenshots_batch import batch_steps
    from screenshots_desk import desk_steps, open_compare, swipe_steps

    def steps():
        window = iface.mainWindow()
        window.showMaximized()
        if THEME:
            QgsApplication.setUITheme(THEME)
        if ONLY == "hour":
            from screenshots_hour import hour_steps

            yield 2
            exports = Path(os.environ["HOME"], "exports")
            yield from hour_steps(iface, shoot, words, exports, folder)
            return
        demo = Path(os.environ["GAC_ROOT"], "scripts", "qgis_demo.py")
        exec(compile(demo.read_text(), str(demo), "exec"), {"__name__": "qgis_demo"})
        yield 3
        for dock in window.findChildren(QDockWidget):
            if dock.objectName() in ("Browser", "LayerOrder"):
                dock.close()
        plugin = qgis.utils.plugins["gac_qgis_plugin"]
        dock = plugin.dock
        window.resizeDocks([dock], [350], dock_orientation())
        window.resizeDocks([window.findChild(QDockWidget, "Layers")], [350], dock_orientation())
        iface.zoomToActiveLayer()
        iface.mapCanvas().zoomByFactor(1.05)
        end = time.monotonic() + 240
        while not dock._is_greeted and time.monotonic() < end:
            yield 1
        yield 3
        if ONLY == "batch":
            yield from batch_steps(iface, plugin, shoot, words, Path(os.environ["HOME"], "country"))
            return
        if ONLY == "optical":
            from screenshots_optical import optical_steps

            yield from optical_steps(iface, plugin, shoot, words)
            words.append("DONE")
            return
        if ONLY == "environment":
            from screenshots_environment import environment_steps

            yield from environment_steps(dock, shoot, words)
            return
        if ONLY == "tree":
            from screenshots_tree import tree_steps

            yield from tree_steps(iface, plugin, shoot, words, Path(os.environ["HOME"]))
            return
        if ONLY == "swipe":
            choose_area(dock)
            outcomes = watch_run(plugin)
            yield 2
            dock.start_run()
            end = time.monotonic() + LIMIT_S - 300
            while not outcomes and time.monotonic() < end:
                yield 0.3
            yield 4
            open_compare(window, dock)
            yield 2
            yield from swipe_steps(iface, dock, shoot)
            is_done = outcomes and outcomes[0].state == "done"
            words.append("DONE" if is_done else f"FAILED {outcomes}")
            return
        shoot("panel")
        from screenshots_live import lens_steps

        yield from lens_steps(iface, dock, shoot, words)
        view = iface.layerTreeView()
        menu = view.menuProvider().createContextMenu()
        place = view.visualRect(view.currentIndex()).center()
        menu.popup(view.viewport().mapToGlobal(place))
        yield 1
        shoot("layer-menu")
        menu.close()
        dock.advanced.setCollapsed(False)
        yield 1
        scroll = dock.scroll
        scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
        yield 1
        shoot("panel-advanced")
        dock.advanced.setCollapsed(True)
        scroll.verticalScrollBar().setValue(0)
        choose_area(dock)
        outcomes = watch_run(plugin)
        yield 2
        shot = False
        from screenshots_pulse import Pulse

        pulse = Pulse()
        dock.start_run()
        end = time.monotonic() + LIMIT_S - 300
        while not outcomes and time.monotonic() < end:
            yield 0.3
            message = dock.footer.progress.message.text()
            if not shot and "Stage 2" in message and " left" in message:
                yield 1.5
                words.append(f"run, to stage 2: main thread busy for {pulse.take()} ms at most")
                if dock.live.item is None:
                    words.append("FAILED: no tiles on the map while stage 2 computes")
                shoot("run-in-progress")
                pulse.take()
                shot = True
                if QUICK:
                    continue
                # What happens when the system takes the worker away, for want of memory say.
                os.kill(plugin._client._process._process.processId(), signal.SIGKILL)
        yield 2
        if QUICK:
            yield 4
            words.append(f"run, stages 2 and 3: main thread busy for {pulse.take()} ms at most")
            shoot("results")
            dock.tabs.setCurrentIndex(1)
            window.resizeDocks([dock], [320], dock_orientation())
            yield 2
            shoot("compare")
            words.append("DONE" if outcomes[0].state == "done" else f"FAILED {outcomes}")
            return
        shoot("broken-off")
        (resume,) = (
            button
            for button in iface.messageBar().currentItem().findChildren(QPushButton)
            if button.text() == "Resume"
        )
        outcomes.clear()
        pulse.take()
        resume.click()
        while not outcomes and time.monotonic() < end:
            yield 0.3
        yield 4
        words.append(f"run, resumed, to its end: main thread busy for {pulse.take()} ms at most")
        shoot("results")
        exports = Path(os.environ["HOME"], "exports")
        yield from desk_steps(iface, plugin, shoot, words, exports)
        yield from batch_steps(iface, plugin, shoot, words, Path(os.environ["HOME"], "country"))
        words.append("DONE" if outcomes and outcomes[0].state == "done" else f"FAILED {outcomes}")

    def choose_area(dock) -> None:
        # A run over the whole scene takes long on a CPU: the town and the river are enough.
        whole = dock.input.layer.extent()
        x = whole.xMinimum() + TOWN[0] * whole.width()
        y = whole.yMinimum() + TOWN[1] * whole.height()
        half = SIDE_M / 2
        iface.mapCanvas().setExtent(QgsRectangle(x - half, y - half, x + half, y + half))
        dock.area.mode_combo.setCurrentIndex(1)
        dock.advanced.timesteps_1.setValue(STEPS)
        dock.advanced.timesteps_3.setValue(STEPS)

    def watch_run(plugin) -> list[object]:
        """Return the list that gets the outcome of the next runs."""
        outcomes: list[object] = []
        plugin._controller.ended.connect(outcomes.append)
        plugin._controller.stage_finished.connect(lambda event: words.append(str(event)))
        return outcomes

    def dock_orientation():
        from qgis.PyQt.QtCore import Qt

        return Qt.Orientation.Horizontal

    todo = steps()

    def go_on() -> None:
        try:
            seconds = next(todo)
        except StopIteration:
            finish()
        except Exception as error:  # it has to reach the terminal, and QGIS has to end
            words.append(f"FAILED {error!r}")
            finish()
        else:
            QTimer.singleShot(int(1000 * seconds), go_on)

    def finish() -> None:
        QgsProject.instance().setDirty(False)
        (folder / ".done").write_text("\n".join(words))
        QTimer.singleShot(500, QgsApplication.exit)

    QTimer.singleShot(2000, go_on)


if IN_QGIS:
    photograph()
elif __name__ == "__main__":
    sys.exit(main())
