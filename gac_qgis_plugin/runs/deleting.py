"""Deleting a run with its files: those that GAC wrote, and no other."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.display import range_file, read_range
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.maps import map_files
from gac_qgis_plugin.rasters.derived import derived_files, result_file
from gac_qgis_plugin.results import folder_of
from gac_qgis_plugin.runs.again import kept_files
from gac_qgis_plugin.sar_source import SYNTHETIC_PROPERTY
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import discard_run, is_busy


def files_of(folder: Path) -> list[Path]:
    """The files of a run that are there and that GAC wrote, or QGIS and GDAL beside them."""
    images = [path for path in (result_file(folder, n) for n in (1, 2, 3)) if _is_ours(path)]
    maps = [path for path in map_files(folder) if _is_ours(path)]
    rasters = [*images, *derived_files(folder), *maps]
    beside = [path.with_suffix(".qmd") for path in rasters]
    beside += [path.with_name(path.name + end) for path in rasters for end in (".aux.xml", ".ovr")]
    ours = (
        [folder / layout.RECORD, folder / layout.STAC_ITEM]
        if read_record(folder).get("synthetic")
        else []
    )
    ours += [range_file(folder)] if read_range(folder) else []
    found = [path for path in [*rasters, *beside, *ours] if records.is_file(path)]
    return [*found, *kept_files(folder)]


def delete_run(folder: Path, project: QgsProject) -> None:
    """Takes a run off the map and deletes its files; an empty folder goes too.

    Raises:
        PluginError: If a worker is at work on it, or if something could not be deleted.
    """
    if is_busy(folder):
        raise PluginError(tr("The run in {} is on its way.").format(folder), tr("Cancel it first."))
    # First: QGIS and GDAL may write beside an image when they let go of it.
    _take_off_the_map(folder, project)
    left = _unlink(files_of(folder))
    discard_run(folder)
    for each in (folder / layout.KEPT, folder):
        with suppress(OSError):  # other files may lie in it
            each.rmdir()
    if left or (folder / layout.WORK).exists():
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder),
            tr("Delete the rest by hand."),
            "\n".join(left),
        )


def free_kept(folder: Path) -> None:
    """Deletes what a run keeps of its stages for other runs; its images and records stay.

    Raises:
        PluginError: If something could not be deleted.
    """
    # The list of what is there goes first: without it nothing of the rest is taken for whole.
    left = _unlink(reversed(kept_files(folder)))
    with suppress(OSError):  # other files may lie in it
        (folder / layout.KEPT).rmdir()
    if left:
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder / layout.KEPT),
            tr("Delete the rest by hand."),
            "\n".join(left),
        )


def _unlink(paths: Iterable[Path]) -> list[str]:
    """Deletes files. Returns which ones could not be deleted, and why."""
    left = []
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            left.append(f"{path.name} ({error.strerror or error})")
    return left


def _take_off_the_map(folder: Path, project: QgsProject) -> None:
    root = project.layerTreeRoot()
    ours = [
        layer
        for layer in project.mapLayers().values()
        if isinstance(layer, QgsRasterLayer)
        and layer.customProperty(SYNTHETIC_PROPERTY, False)
        and folder_of(layer) == folder
    ]
    nodes = [root.findLayer(layer.id()) for layer in ours]
    groups = [node.parent() for node in nodes if node is not None and node.parent() is not root]
    project.removeMapLayers([layer.id() for layer in ours])
    for group in {id(each): each for each in groups}.values():
        if not group.children() and group.parent() is not None:
            group.parent().removeChildNode(group)


def _is_ours(path: Path) -> bool:
    """Whether an image says that GAC made it; a link may lead to somebody else's."""
    if not records.is_file(path) or path.is_symlink():
        return False
    with suppress(RuntimeError):  # what GDAL does if its exceptions are on
        file = gdal.Open(str(path))
        return file is not None and file.GetMetadataItem("SYNTHETIC") == "YES"
    return False
