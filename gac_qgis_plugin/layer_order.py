"""Order of layers: what the user opens is not left beneath what covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsLayerTreeGroup,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from gac_qgis_plugin.labels import is_marked
from gac_qgis_plugin.results import ResultRun, run_in, stage_of


def show_run(run: ResultRun, project: QgsProject) -> ResultRun:
    """Switch a run's results on, and put them above the rasters that cover them.

    Its group moves as a whole, but layers in a group of the user's, or in none, without what else
    lies there. Layers of points, lines and polygons stay above, and the other layers where they
    are.

    Returns:
        The run, with its nodes as they are now.
    """
    if not any(node.itemVisibilityChecked() for node in run.nodes.values()):
        run.nodes[max(run.nodes)].setItemVisibilityChecked(True)
    for node in run.nodes.values():
        if node.itemVisibilityChecked():
            node.setItemVisibilityCheckedParentRecursive(True)
    root = project.layerTreeRoot()
    nodes = [node for node in root.findLayers() if node in run.layer_nodes]
    layers = [node.layer() for node in nodes]
    cover = _cover([node.layer() for node in root.findLayers()], layers, project)
    if cover is not None:
        group = _own_group(run)
        visible = [node for node in nodes if node.isVisible()]
        for node in visible if group is None else [group]:
            _put_above(node, root.findLayer(cover.id()))
    raise_layers(layers, project)
    return run_in(project, run.folder) or run


def raise_layers(layers: Iterable[QgsMapLayer], project: QgsProject) -> None:
    """Put layers above the rasters that cover them where the user set an order of his own.

    QGIS then draws by this order and not by the layer panel, and puts new layers at its end.

    Args:
        layers: The layers; among themselves they are ordered as in the layer panel.
        project: Their project.
    """
    root = project.layerTreeRoot()
    if not root.hasCustomLayerOrder():
        return
    ids = {layer.id() for layer in layers}
    order = root.customLayerOrder()
    raised = [node.layer() for node in root.findLayers() if node.layerId() in ids]
    cover = _cover(order, raised, project)
    if cover is None:
        return
    others = [layer for layer in order if layer.id() not in ids]
    place = others.index(cover)
    root.setCustomLayerOrder([*others[:place], *raised, *others[place:]])


def _own_group(run: ResultRun) -> QgsLayerTreeGroup | None:
    """Return the group that GAC made for a run; None if not all of its results are in one."""
    group = run.group
    if group is None:
        return None
    nodes = group.findLayers()
    if not all(node in nodes for node in run.nodes.values()):
        return None
    others = [node for node in nodes if node not in run.layer_nodes]
    if any(stage_of(node.layer()) is not None for node in others):
        return None
    # The user may have renamed it, or have put layers of his own into it.
    return group if not others or is_marked(group.name()) else None


def _put_above(node: QgsLayerTreeNode, cover: QgsLayerTreeNode) -> None:
    """Move a node to directly above another, or above the group that holds that one."""
    target = node.parent()
    while not _is_within(cover, target):
        target = target.parent()
    while cover.parent() != target:
        cover = cover.parent()
    # A node has no other way to move; its layers stay in the project as long as one shows them.
    copy = node.clone()
    target.insertChildNode(target.children().index(cover), copy)
    is_expanded = node.isExpanded()
    node.parent().removeChildNode(node)
    # The layer panel takes over the expansion of a new node only when it changes.
    copy.setExpanded(not is_expanded)
    copy.setExpanded(is_expanded)


def _cover(
    order: Sequence[QgsMapLayer | None], own: Sequence[QgsMapLayer], project: QgsProject
) -> QgsRasterLayer | None:
    """Return the uppermost visible raster that lies above a run's visible layers and overlaps them.

    Args:
        order: All layers, the uppermost first.
        own: The run's.
        project: Their project.
    """
    root = project.layerTreeRoot()
    for layer in order:
        node = None if layer is None else root.findLayer(layer.id())
        if node is None or not node.isVisible():
            continue
        if layer in own:
            return None
        if isinstance(layer, QgsRasterLayer) and any(_overlap(layer, each) for each in own):
            return layer
    return None


def _is_within(node: QgsLayerTreeNode, group: QgsLayerTreeGroup) -> bool:
    parent = node.parent()
    while parent is not None and parent != group:
        parent = parent.parent()
    return parent is not None


def _overlap(layer: QgsRasterLayer, image: QgsMapLayer) -> bool:
    extent: QgsRectangle = image.extent()
    try:
        transform = QgsCoordinateTransform(image.crs(), layer.crs(), QgsProject.instance())
        transform.setBallparkTransformsAreAppropriate(True)
        return bool(transform.transformBoundingBox(extent).intersects(layer.extent()))
    except QgsCsException:
        return False
