"""Runs requested by the panel, and unfinished runs to resume."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError, file_name, redacted
from gac_qgis_plugin.core.records import Request
from gac_qgis_plugin.core.work_folder import Journal, read_journal
from gac_qgis_plugin.engine_inputs import SECRET_MASK, gdal_source, mask_source


@dataclass(frozen=True)
class Job:
    """A run requested by the panel.

    Attributes:
        layer_ids: The radar layers, the one with VV first; empty if they are not in the project.
        layer_name: That one's name.
        output_parent: Folder in which the run creates its own.
        params: The fields of the engine's run request, without `out`.
    """

    layer_ids: tuple[str, ...]
    layer_name: str
    output_parent: Path
    params: dict[str, Any]


@dataclass(frozen=True)
class Resumption:
    """An unfinished run, ready to be resumed.

    Attributes:
        out: Its folder.
        request: Its complete request.
        layer_ids: Those of its radar layers that are in the project.
        layer_name: The first one's name, or that of its file.
        started: Time of its first start, for display; "" if unknown.
    """

    out: Path
    request: Request
    layer_ids: tuple[str, ...]
    layer_name: str
    started: str


def resumption(out: Path, project: QgsProject) -> Resumption:
    """Return the data needed to resume the unfinished run in a folder.

    Raises:
        PluginError: If there is none.
    """
    journal = read_journal(out)
    if journal is None:
        raise PluginError(
            tr("There is no unfinished run in {}.").format(out),
            tr("Start a new run from the panel."),
        )
    layers = radar_layers(journal, project)
    sources = [str(source) for source in journal.request.get("sar") or []]
    if len(layers) == len(sources):
        # The journal omits the passwords and keys of addresses; the layers have them.
        sources = [gdal_source(layer) for layer in layers]
    request: dict[str, Any] = {**journal.request}
    if request.get("optical"):
        request["optical"] = with_secrets(request["optical"], project)
    if request.get("optical_mask"):
        request["optical_mask"] = with_secrets([request["optical_mask"]], project)[0]
    return Resumption(
        out,
        # The folder may have been moved; and a foreign journal must not decide where to write.
        cast("Request", {**request, "sar": sources, "out": str(out)}),
        tuple(layer.id() for layer in layers),
        run_name(journal, project),
        _started(out),
    )


def radar_layers(journal: Journal, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the project's layers of a run's radar files, VV's first."""
    return layers_of_sources(journal.request.get("sar", []), project)


def layers_of_sources(sources: list[str], project: QgsProject) -> list[QgsRasterLayer]:
    """Return the project's layers of the given files, in the files' order."""
    by_source: dict[str, QgsRasterLayer] = {}
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsRasterLayer):
            try:
                by_source.setdefault(gdal_source(layer), layer)
            except PluginError:
                continue
    layers = (_layer_of_source(source, by_source) for source in sources)
    return [layer for layer in layers if layer is not None]


def polygons_of_source(source: str, project: QgsProject) -> list[QgsVectorLayer]:
    """Return the project's layers of a file with polygons."""
    layers = []
    for layer in project.mapLayers().values():
        with suppress(PluginError):
            if isinstance(layer, QgsVectorLayer) and mask_source(layer) == source:
                layers.append(layer)
    return layers


def with_secrets(sources: list[str], project: QgsProject) -> list[str]:
    """Return sources with the secrets of their addresses, which records omit and layers have."""
    complete = []
    for source in sources:
        layers = layers_of_sources([source], project) if SECRET_MASK in source else []
        complete.append(gdal_source(layers[0]) if layers else source)
    return complete


def _layer_of_source(source: str, layers: dict[str, QgsRasterLayer]) -> QgsRasterLayer | None:
    """Return the layer of a source that the engine recorded without its secrets, or None."""
    if source in layers or SECRET_MASK not in source:
        return layers.get(source)
    pattern = re.compile(".*".join(map(re.escape, source.split(SECRET_MASK))), re.DOTALL)
    return next((layer for path, layer in layers.items() if pattern.fullmatch(path)), None)


def run_name(journal: Journal, project: QgsProject) -> str:
    """Return a run's display name: its radar layer's name, or its file's."""
    layers = radar_layers(journal, project)
    if layers:
        return redacted(str(layers[0].name()))
    sources = journal.request.get("sar")
    return file_name(sources[0]) if sources else journal.out.name


def _started(out: Path) -> str:
    """Return the creation time of a run's folder, parsed from its name."""
    match = re.search(r"_(\d{8}-\d{6})(-\d+)?$", out.name)
    try:
        return f"{datetime.strptime(match[1], '%Y%m%d-%H%M%S'):%Y-%m-%d %H:%M}" if match else ""
    except ValueError:
        return ""
