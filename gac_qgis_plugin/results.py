"""GAC's results in a project: their layers and runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsProject, QgsRasterLayer

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.records import is_file
from gac_qgis_plugin.core.work_folder import read_journal
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY
from gac_qgis_plugin.jobs import layers_of_sources
from gac_qgis_plugin.labels import MARKS, is_marked, marked, share_in
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.rasters import result_file

STAGE_PROPERTY = "gac/stage"
DIFFERENCE_PROPERTY = "gac/difference"
STYLE_PROPERTY = "gac/style"
RANGE_PROPERTY = "gac/range"
OBSERVED_PROPERTY = "gac/observed"
"""Share of observed pixels."""
KINDS_PROPERTY = "gac/kinds"
"""Property of the layer that tells observed, generated and blended pixels apart."""

LEGEND_PROPERTY = "legend/title-label"
"""QGIS's property of a node: its name in legends of layouts."""

_TITLE_MARK = re.compile(rf"^GAC {MARKS}( · |$)| · {MARKS}$")
"""The mark in the name of a run's group; at its beginning in older projects."""


@dataclass
class ResultRun:
    """One run's layers in the project.

    Attributes:
        folder: The run's folder.
        nodes: The stages' nodes in the layer panel, by stage.
        differences: Nodes of layers derived from its stages.
        kinds: Node of the layer of observed and generated pixels; None if there is none.
    """

    folder: Path
    nodes: dict[int, QgsLayerTreeLayer] = field(default_factory=dict)
    differences: list[QgsLayerTreeLayer] = field(default_factory=list)
    kinds: QgsLayerTreeLayer | None = None

    @property
    def observed(self) -> float | None:
        """Share of observed pixels; None if there are none."""
        return next(filter(None, map(observed_of, self.stages.values())), None)

    @property
    def stages(self) -> dict[int, QgsRasterLayer]:
        """The stages' layers, in the order of the stages."""
        return {stage: self.nodes[stage].layer() for stage in sorted(self.nodes)}

    @property
    def layer_nodes(self) -> list[QgsLayerTreeLayer]:
        """Nodes of all its layers."""
        kinds = [] if self.kinds is None else [self.kinds]
        return [*self.nodes.values(), *self.differences, *kinds]

    @property
    def files(self) -> set[int]:
        """The stages in the project whose image is still on the disk."""
        return {stage for stage in self.nodes if is_file(result_file(self.folder, stage))}

    @property
    def group(self) -> QgsLayerTreeGroup | None:
        """The run's group; None if its layers lie at the top level of the layer panel."""
        node = next(iter(self.nodes.values()))
        return node.parent() if node.parent().parent() is not None else None

    @property
    def title(self) -> str:
        """Display name of the run."""
        name = self.group.name() if self.group is not None else ""
        return _TITLE_MARK.sub("", name) or self.folder.name


def name_node(node: QgsLayerTreeLayer, short: str, full: str) -> None:
    """Name a generated layer: short in the layer panel, full in its tooltip and in legends."""
    layer = node.layer()
    layer.setName(short)
    layer.setTitle(full)
    node.setCustomProperty(LEGEND_PROPERTY, full)


def mark_names(project: QgsProject) -> None:
    """Mark the names of generated layers that are outside of a group with the mark."""
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        if layer is None or not layer.customProperty(SYNTHETIC_PROPERTY, False):
            continue
        names = [layer.name()]
        parent = node.parent()
        while parent is not None:
            names.append(parent.name())
            parent = parent.parent()
        if not any(map(is_marked, names)):
            layer.setName(marked(layer.name(), observed_of(layer)))


def stage_of(layer: QgsMapLayer | None) -> int | None:
    """Return the stage that a layer shows; None if it is not a result that GAC added."""
    if not isinstance(layer, QgsRasterLayer):
        return None
    try:
        stage = int(layer.customProperty(STAGE_PROPERTY, 0))
    except (TypeError, ValueError):
        return None
    return stage if stage in (1, 2, 3) and not layer.customProperty(DIFFERENCE_PROPERTY) else None


def gac_of(layer: QgsMapLayer) -> float | None:
    """Return a result's GAC score; None if it is undefined or was not computed."""
    try:
        return float(layer.customProperty("gac/gac_score", ""))
    except (TypeError, ValueError):
        return None


def observed_of(layer: QgsMapLayer) -> float | None:
    """Return the share of a result's pixels that are observed; None if none are."""
    return share_in(layer.customProperty(OBSERVED_PROPERTY))


def folder_of(layer: QgsRasterLayer) -> Path:
    """Return the folder of the run that a result belongs to."""
    return Path(layer.source().partition("|")[0]).parent


def image_of(layer: QgsRasterLayer) -> Path:
    """Return the image that a layer represents; with NDVI a stage's layer shows a derived file."""
    stage = stage_of(layer)
    return Path(layer.source()) if stage is None else result_file(folder_of(layer), stage)


def missing_file(layer: QgsRasterLayer) -> Path | None:
    """Return the local file that a layer shows if it is gone; None if it is there, or is none."""
    if layer.providerType() != "gdal":
        return None
    if stage_of(layer) is not None and not is_file(image_of(layer)):
        return image_of(layer)
    name = layer.source().partition("|")[0]
    is_local = Path(name).is_absolute() and not name.startswith("/vsi")
    return Path(name) if is_local and not Path(name).exists() else None


def find_runs(project: QgsProject) -> list[ResultRun]:
    """Return the runs with a stage in the project, in the order of the layer panel."""
    runs: dict[Path, ResultRun] = {}
    extras: list[QgsLayerTreeLayer] = []
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        stage = stage_of(layer)
        if stage is not None:
            folder = folder_of(layer)
            runs.setdefault(folder, ResultRun(folder)).nodes.setdefault(stage, node)
        elif isinstance(layer, QgsRasterLayer) and layer.customProperty(DIFFERENCE_PROPERTY):
            extras.append(node)
    for node in extras:
        run = runs.get(folder_of(node.layer()))
        if run is not None and node.layer().customProperty(KINDS_PROPERTY):
            run.kinds = node
        elif run is not None:
            run.differences.append(node)
    return list(runs.values())


def run_in(project: QgsProject, folder: Path) -> ResultRun | None:
    """Return the run of a folder, if it has a stage in the project."""
    return next((run for run in find_runs(project) if run.folder == folder), None)


def run_of_node(project: QgsProject, node: object) -> ResultRun | None:
    """Return the run that a layer panel's node belongs to, as one of its layers or its group."""
    for run in find_runs(project):
        nodes = [*run.layer_nodes, run.group]
        if any(each is not None and each == node for each in nodes):
            return run
    return None


def radar_layers_of(run: ResultRun, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the project's layers of a run's radar, VV's first; empty if they are missing."""
    request = read_record(run.folder).get("request")
    # While a run is active, only its journal holds the request.
    journal = read_journal(run.folder) if request is None else None
    if journal is not None:
        request = journal.request
    return layers_of_sources((request or {}).get("sar", []), project)


def layer_label(layer: QgsRasterLayer) -> str:
    """Return a layer's short label: `opt_v3`, `v3 − v2`, or the radar's name."""
    stage = stage_of(layer)
    if stage is not None:
        return f"opt_v{stage}"
    difference = str(layer.customProperty(DIFFERENCE_PROPERTY, "") or "")
    return difference or tr("Radar: {}").format(layer.name())
