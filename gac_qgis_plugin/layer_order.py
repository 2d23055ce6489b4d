"""Order of the layer panel: what the user opens is not left beneath what covers it."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsLayerTreeGroup,
    QgsLayerTreeNode,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from gac_qgis_plugin.results import ResultRun, run_in


def show_run(run: ResultRun, project: QgsProject) -> ResultRun:
    """Switch a run's results on, and put its group above the rasters that cover it.

    Layers of points, lines and polygons stay above it, and the other layers where they are.

    Returns:
        The run, with its nodes as they are now.
    """
    if not any(node.itemVisibilityChecked() for node in run.nodes.values()):
        run.nodes[max(run.nodes)].setItemVisibilityChecked(True)
    for node in run.nodes.values():
        if node.itemVisibilityChecked():
            node.setItemVisibilityCheckedParentRecursive(True)
    group = run.group
    if group is None:
        # The user took the layers out of their group, to places of his own.
        return run
    cover = next(_covers(run, group, project), None)
    if cover is None:
        return run
    target = group.parent()
    if not _is_within(cover, target):
        target = project.layerTreeRoot()
    while cover.parent() != target:
        cover = cover.parent()
    # A node has no other way to move; its layers stay in the project as long as one shows them.
    copy = group.clone()
    target.insertChildNode(target.children().index(cover), copy)
    is_expanded = group.isExpanded()
    group.parent().removeChildNode(group)
    # The layer panel takes over the expansion of a new node only when it changes.
    copy.setExpanded(not is_expanded)
    copy.setExpanded(is_expanded)
    return run_in(project, run.folder) or run


def _covers(
    run: ResultRun, group: QgsLayerTreeGroup, project: QgsProject
) -> Iterator[QgsLayerTreeNode]:
    """Yield the nodes of visible rasters above a run's group that overlap it, the highest first."""
    image = run.stages[max(run.stages)]
    for node in project.layerTreeRoot().findLayers():
        if _is_within(node, group):
            return
        layer = node.layer()
        if isinstance(layer, QgsRasterLayer) and node.isVisible() and _overlap(layer, image):
            yield node


def _is_within(node: QgsLayerTreeNode, group: QgsLayerTreeGroup) -> bool:
    parent = node.parent()
    while parent is not None and parent != group:
        parent = parent.parent()
    return parent is not None


def _overlap(layer: QgsRasterLayer, image: QgsRasterLayer) -> bool:
    extent: QgsRectangle = image.extent()
    try:
        transform = QgsCoordinateTransform(image.crs(), layer.crs(), QgsProject.instance())
        transform.setBallparkTransformsAreAppropriate(True)
        return bool(transform.transformBoundingBox(extent).intersects(layer.extent()))
    except QgsCsException:
        return False
