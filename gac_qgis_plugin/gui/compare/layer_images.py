"""Rendering of single layers into images as on the map, regardless of their visibility."""

from __future__ import annotations

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor


class LayerImage(QObject):
    """Renderer of one layer for the map's current extent, outside the main thread.

    Args:
        canvas: The map.
        see_through: Leave areas outside the layer transparent, instead of the map's background.

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
        """Start rendering, dropping an active job."""
        if self._job is not None:
            # Its threads end later: waiting for them would make the mouse stutter.
            self._dropped.add(self._job)
            self._job.cancelWithoutBlocking()
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers([layer])
        if self._see_through:
            settings.setBackgroundColor(QColor(0, 0, 0, 0))
        job = QgsMapRendererParallelJob(settings)
        # A dropped job may still signal its end.
        job.finished.connect(lambda: self._on_finished(job))
        self._job = job
        job.start()

    def stop(self) -> None:
        """Drop all jobs, and wait for their threads to release the layer."""
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
