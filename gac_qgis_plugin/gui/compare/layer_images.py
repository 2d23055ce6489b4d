"""Layers drawn into images, as the map would draw them, whether they are visible or not."""

from __future__ import annotations

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor


class LayerImage(QObject):
    """Draws one layer for the map's present extent, beside the main thread.

    Args:
        canvas: The map.
        see_through: Leave transparent what the layer does not cover, not in the map's background.

    Signals:
        drawn: The image (QImage) and its extent (QgsRectangle).
    """

    drawn = pyqtSignal(object, object)

    def __init__(
        self, canvas: QgsMapCanvas, parent: QObject | None = None, *, see_through: bool = False
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._see_through = see_through
        self._job: QgsMapRendererParallelJob | None = None
        self._dropped: set[QgsMapRendererParallelJob] = set()

    def draw(self, layer: QgsRasterLayer) -> None:
        """Begins to draw; what was being drawn before is dropped."""
        if self._job is not None:
            # Its threads end by and by: to wait for them would make the mouse stutter.
            self._dropped.add(self._job)
            self._job.cancelWithoutBlocking()
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers([layer])
        if self._see_through:
            settings.setBackgroundColor(QColor(0, 0, 0, 0))
        job = QgsMapRendererParallelJob(settings)
        # A job that was dropped may tell of its end all the same.
        job.finished.connect(lambda: self._on_finished(job))
        self._job = job
        job.start()

    def stop(self) -> None:
        """Drops what is being drawn, and waits for its threads to let go of the layer."""
        jobs = [*self._dropped, *([self._job] if self._job is not None else [])]
        self._job = None
        self._dropped.clear()
        for job in jobs:
            if job.isActive():
                job.cancel()

    def _on_finished(self, job: QgsMapRendererParallelJob) -> None:
        is_wanted = job is self._job
        self._dropped.discard(job)
        if is_wanted:
            self._job = None
            self.drawn.emit(job.renderedImage(), job.mapSettings().visibleExtent())
