"""Results of `gac:run`: outputs, marked layers, messages about interrupted runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
)

from gac_qgis_plugin.display import keep_range, opening_range
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.layers import keep_metadata, mark_stage_layer
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import discard_work, is_busy, read_journal
from gac_qgis_plugin.worker.protocol import Event


class StageMarker(QgsProcessingLayerPostProcessorInterface):
    """Post-processor that styles and marks a result when Processing has loaded it."""

    _kept: ClassVar[list[StageMarker]] = []

    def __init__(self, stage: int, bundle: str, gac: float | None, highest: Path) -> None:
        super().__init__()
        self._stage = stage
        self._bundle = bundle
        self._gac = gac
        self._highest = highest

    @classmethod
    def make(cls, stage: int, bundle: str, gac: float | None, highest: Path) -> StageMarker:
        """Return a marker that lives until its layer is loaded: QGIS holds no reference to it.

        Args:
            stage: 1 to 3.
            bundle: Name of the model bundle.
            gac: The stage's GAC score; None if it has none.
            highest: The image of the run's highest stage.
        """
        marker = cls(stage, bundle, gac, highest)
        cls._kept.append(marker)
        return marker

    def postProcessLayer(  # noqa: N802  (QGIS names this method)
        self,
        layer: QgsRasterLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        """Style and mark the loaded layer; called on the main thread."""
        folder = Path(layer.source()).parent
        display = opening_range(folder, self._highest)
        mark_stage_layer(layer, self._stage, self._bundle, self._gac, display)
        keep_range(folder, display)
        keep_metadata(layer, self._stage, read_record(folder))
        layer.triggerRepaint()


def what_is_kept(out: Path) -> str:
    """Describe what a failed run keeps for resuming, and remove what is of no use."""
    if is_busy(out):
        # It was refused because another run is active there, which owns the files.
        return ""
    if read_journal(out) is None:
        discard_work(out)
        return ""
    text = tr(
        "What was computed is kept in {}: run this again with the same output folder and the "
        "same parameters, and it goes on from there."
    )
    return f" {text.format(out)}"


def collect_outputs(result: Event, out: Path) -> dict[str, Any]:
    """Return the algorithm's outputs from the worker's result."""
    collected: dict[str, Any] = {"OUTPUT_FOLDER": str(out), "RUN_JSON": result.get("run_json")}
    scores = result.get("scores") or {}
    for name, path in (result.get("outputs") or {}).items():
        collected[name.upper()] = path
        collected[f"GAC_{name[-2:].upper()}"] = scores.get(name)
    return collected
