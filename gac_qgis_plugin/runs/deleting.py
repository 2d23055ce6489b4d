"""Deletion of a run and of its files, limited to those that GAC wrote."""

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
    """Return a run's existing files written by GAC, or beside them by QGIS and GDAL."""
    images = [path for path in (result_file(folder, n) for n in (1, 2, 3)) if _is_ours(path)]
    maps = [path for path in map_files(folder) if _is_ours(path)]
    rasters = [*images, *derived_files(folder), *maps]
    beside = [path.with_suffix(".qmd") for path in rasters]
    beside += [path.with_name(path.name + end) for path in rasters for end in (".aux.xml", ".ovr")]
    record_files = (
        [folder / layout.RECORD, folder / layout.STAC_ITEM]
        if read_record(folder).get("synthetic")
        else []
    )
    record_files += [range_file(folder)] if read_range(folder) else []
    files = [path for path in [*rasters, *beside, *record_files] if records.is_file(path)]
    return [*files, *kept_files(folder)]


def delete_run(folder: Path, project: QgsProject) -> None:
    """Remove a run from the map and delete its files; an empty folder is deleted too.

    Raises:
        PluginError: If a worker is computing it, or if something could not be deleted.
    """
    if is_busy(folder):
        raise PluginError(tr("The run in {} is on its way.").format(folder), tr("Cancel it first."))
    # First, as QGIS and GDAL may write beside an image when they close it.
    _take_off_the_map(folder, project)
    failures = _unlink(files_of(folder))
    discard_run(folder)
    for each in (folder / layout.KEPT, folder):
        with suppress(OSError):  # other files may lie in it
            each.rmdir()
    if failures or (folder / layout.WORK).exists():
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder),
            tr("Delete the rest by hand."),
            "\n".join(failures),
        )


def free_kept(folder: Path) -> None:
    """Delete the files that a run keeps for reuse; its images and records stay.

    Raises:
        PluginError: If something could not be deleted.
    """
    # The manifest goes first: without it none of the other files is taken for complete.
    failures = _unlink(reversed(kept_files(folder)))
    with suppress(OSError):  # other files may lie in it
        (folder / layout.KEPT).rmdir()
    if failures:
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder / layout.KEPT),
            tr("Delete the rest by hand."),
            "\n".join(failures),
        )


def _unlink(paths: Iterable[Path]) -> list[str]:
    """Delete files and return the failures, each with its reason."""
    failures = []
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            failures.append(f"{path.name} ({error.strerror or error})")
    return failures


def _take_off_the_map(folder: Path, project: QgsProject) -> None:
    root = project.layerTreeRoot()
    layers = [
        layer
        for layer in project.mapLayers().values()
        if isinstance(layer, QgsRasterLayer)
        and layer.customProperty(SYNTHETIC_PROPERTY, False)
        and folder_of(layer) == folder
    ]
    nodes = [root.findLayer(layer.id()) for layer in layers]
    groups = [node.parent() for node in nodes if node is not None and node.parent() is not root]
    project.removeMapLayers([layer.id() for layer in layers])
    for group in {id(each): each for each in groups}.values():
        if not group.children() and group.parent() is not None:
            group.parent().removeChildNode(group)


def _is_ours(path: Path) -> bool:
    """Return whether an image was written by GAC; links may lead to foreign files."""
    if not records.is_file(path) or path.is_symlink():
        return False
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        file = gdal.Open(str(path))
        return file is not None and file.GetMetadataItem("SYNTHETIC") == "YES"
    return False
