"""Runs requested by the panel, and unfinished runs to resume."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from gac_qgis_plugin.contract import request as contract_request
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError, file_name, redacted
from gac_qgis_plugin.core.records import Request, local_time
from gac_qgis_plugin.core.work_folder import Journal, read_journal
from gac_qgis_plugin.engine_inputs import SECRET_MASK, gdal_source, mask_source

_STAMPED = re.compile(r"(?P<name>.+)_(?P<time>\d{8}-\d{6})(-\d+)?")
"""Name of a run's folder, as `paths.new_run_folder` gives it."""

OPTICAL_FILES = tuple(
    name for name in contract_request.OPTICAL_OPTIONS if contract_request.OPTIONS[name].is_path
)
"""Fields of a request that name files of the optical reference and of its clouds."""


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
        name: The run's display name.
        started: Time of its first start, for display; "" if unknown.
    """

    out: Path
    request: Request
    layer_ids: tuple[str, ...]
    name: str
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
            problem="unfinished-run-missing",
        )
    layers = radar_layers(journal, project)
    sources = [str(source) for source in journal.request.get("sar") or []]
    if len(layers) == len(sources):
        # The journal omits the passwords and keys of addresses; the layers have them.
        sources = [gdal_source(layer) for layer in layers]
    request: dict[str, Any] = {**journal.request}
    for name in OPTICAL_FILES:
        if isinstance(value := request.get(name), list):
            request[name] = with_secrets(value, project)
        elif value:
            request[name] = with_secrets([value], project)[0]
    return Resumption(
        out,
        # The folder may have been moved; and a foreign journal must not decide where to write.
        cast("Request", {**request, "sar": sources, "out": str(out)}),
        tuple(layer.id() for layer in layers),
        name_of(out, sources),
        start_of(out, journal.started),
    )


def radar_layers(journal: Journal, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the project's layers of a run's radar files, VV's first."""
    return layers_of_sources(journal.request.get("sar", []), project)


def optical_layers(request: Request, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the project's layers of a run's Sentinel-2 images."""
    sources = [*(request.get("optical") or []), *(request.get("optical_other") or [])]
    return layers_of_sources(sources, project)


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


def name_of(out: Path, sources: list[str]) -> str:
    """Return a run's display name, the same in the layer panel, in Runs and in messages.

    It is the name that its radar layer had at the start, which the run's folder begins with; of a
    folder with another name, that of the radar file.
    """
    match = _STAMPED.fullmatch(out.name)
    if match:
        return match["name"]
    return Path(redacted(file_name(sources[0]))).stem if sources else out.name


def start_of(out: Path, recorded: str = "") -> str:
    """Return a run's start in local time, for display; "" if unknown.

    Args:
        out: The run's folder, whose name says when it was started.
        recorded: The start that the engine recorded, ISO 8601, for folders of other names.
    """
    match = _STAMPED.fullmatch(out.name)
    if match:
        with suppress(ValueError):
            return f"{datetime.strptime(match['time'], '%Y%m%d-%H%M%S'):%Y-%m-%d %H:%M}"
    return local_time(recorded)
