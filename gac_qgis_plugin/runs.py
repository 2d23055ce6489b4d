"""Runs that were made: their entry, run again, opened on the map, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, cast

from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import layout, removal, rename, request
from gac_qgis_plugin.core import log, paths, records
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError, file_name, redacted
from gac_qgis_plugin.core.records import NamedValue, Request, RunRecord, StageCacheManifest
from gac_qgis_plugin.core.work_folder import (
    Journal,
    discard_run,
    is_busy,
    parse_journal,
    read_journal_fields,
)
from gac_qgis_plugin.display import range_file, read_range
from gac_qgis_plugin.engine_inputs import SECRET_MASK, SYNTHETIC_PROPERTY
from gac_qgis_plugin.jobs import layers_of_sources, name_of, start_of
from gac_qgis_plugin.labels import group_title, mark_of, share_in
from gac_qgis_plugin.layer_metadata import GENERATED, read_record
from gac_qgis_plugin.layer_order import show_run
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.maps import map_files, show_kinds
from gac_qgis_plugin.radar_layers import DECIBELS, set_grey
from gac_qgis_plugin.rasters import derived_files, result_file
from gac_qgis_plugin.results import ResultRun, folder_of, run_in

FREE_PARAMETERS = {
    first: tuple(name for name, each in request.OPTIONS.items() if first in each.free_from)
    for first in (2, 3)
}
"""Parameters that may differ from the earlier run, by the first stage that is computed."""


@dataclass(frozen=True)
class RunEntry:
    """State of a run.

    Attributes:
        folder: Its folder.
        record: The valid fields of its run.json; empty if there is none.
        journal: Its progress; None if it is over.
        stages: Stages with an existing image.
        is_busy: True if a worker is computing it now.
        damage: Damage of its records, for users; "" if none.
    """

    folder: Path
    record: RunRecord = field(default_factory=lambda: RunRecord())
    journal: Journal | None = None
    stages: tuple[int, ...] = ()
    is_busy: bool = False
    damage: str = ""

    @property
    def is_gone(self) -> bool:
        """True if none of its files are left."""
        return not self.stages and self.journal is None and not self.damage

    @property
    def can_resume(self) -> bool:
        """True if it can be resumed."""
        return self.journal is not None and not self.is_busy

    @property
    def request(self) -> Request:
        """The run's request."""
        if self.journal is not None:
            return self.journal.request
        return self.record.get("request", {})

    @property
    def sources(self) -> list[str]:
        """The radar files, VV's first."""
        return self.request.get("sar", [])

    @property
    def bundle(self) -> str:
        """The model bundle's name; "" if unknown."""
        return self.record.get("bundle", {}).get("name") or self.request.get("bundle", "")

    @property
    def name(self) -> str:
        """Display name."""
        return name_of(self.folder, self.sources)

    @property
    def when(self) -> str:
        """Time of its start in local time, for display; "" if unknown."""
        recorded = self.record.get("started", "") or self.record.get("finished", "")
        if self.journal is not None:
            recorded = self.journal.started or self.journal.updated
        return start_of(self.folder, recorded)

    def score(self, stage: int) -> float | None:
        """Return a stage's GAC score."""
        score = self.record.get("stages", {}).get(f"opt_v{stage}", {}).get("score", {})
        value = score.get("gac")
        return value if value is not None and -1 <= value <= 1 else None


def read_entry(folder: Path) -> RunEntry:
    """Read a run's state from its folder."""
    stages = tuple(n for n in (1, 2, 3) if records.is_file(result_file(folder, n)))
    record, journal = records.read(folder / layout.RECORD, RunRecord), read_journal_fields(folder)
    damage = "; ".join(filter(None, (record.damage, journal.damage)))
    unfinished = parse_journal(folder, journal)
    return RunEntry(folder, record.values, unfinished, stages, is_busy(folder), damage)


def run_state(entry: RunEntry) -> str:
    """Return a run's state in few words, or its score if it is complete."""
    if entry.is_busy:
        return tr("running")
    if entry.damage:
        return tr("damaged")
    if entry.journal is not None:
        return tr("unfinished")
    if entry.is_gone:
        return tr("no files")
    score = entry.score(entry.stages[-1])
    return f"{Number(score):.2f}" if score is not None else "–"


def describe_run(entry: RunEntry) -> str:
    """Return a run and its parameters as HTML."""
    request, record = entry.request, entry.record
    lines = [", ".join(map(file_name, entry.sources))]
    if entry.damage:
        lines.append(tr("Damaged: {}").format(entry.damage))
    lines.append(tr("Models: {}").format(entry.bundle or "?"))
    numbers = (request.get("timesteps_1"), request.get("timesteps_3"))
    steps = ", ".join(str(number) for number in numbers if number)
    seed = record.get("seed", request.get("seed"))
    lines.append(tr("Seed {}; steps {}").format("?" if seed is None else seed, steps or "?"))
    area = record.get("area")
    if area:
        size = f"{area.get('width')} × {area.get('height')}"
        lines.append(tr("{} px, EPSG:{}").format(size, area.get("epsg")))
    biome = _biome(record.get("biome", {}))
    if record.get("month") or biome:
        month = record.get("month") or tr("unknown")
        lines.append(tr("Month {}; biome {}").format(month, biome or "?"))
    lines.append(_reference(record))
    scores = [(stage, entry.score(stage)) for stage in entry.stages]
    score_text = ", ".join(
        f"v{stage} {Number(score):.2f}" for stage, score in scores if score is not None
    )
    if score_text:
        lines.append(tr("GAC score: {}").format(score_text))
    if entry.journal is not None:
        journal = entry.journal
        place = journal.stage, journal.stages, journal.tile, journal.tiles
        lines.append(tr("Stage {} of {}, tile {} of {}").format(*place))
    elif entry.is_gone:
        lines.append(tr("Its files were moved or deleted."))
    lines.append(paths.short(entry.folder))
    return "<br>".join(escape(redacted(line)) for line in lines if line)


def _reference(record: RunRecord) -> str:
    """Return the run's optical reference and what is observed; "" if there is none."""
    optical = record.get("optical", {})
    if not optical.get("product"):
        return ""
    share = share_in(record.get("observed", {}).get("share"))
    date = optical.get("date", "").partition("T")[0]
    words = [optical["product"], date, mark_of(share) if share else ""]
    return tr("Sentinel-2: {}").format(", ".join(filter(None, words)))


def _biome(biome: NamedValue) -> str:
    """Return the recorded biome and whether it is that of the place; "" if unknown."""
    name = tr(biome["name"]) if biome.get("name") else ""
    return tr("{} (by place)").format(name) if name and biome.get("from") == "place" else name


@dataclass(frozen=True)
class DerivedRun:
    """An earlier run to build upon.

    Attributes:
        entry: The run.
        first: The first stage to compute, 2 or 3.
    """

    entry: RunEntry
    first: int

    def params(self, chosen: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of the engine's request for the new run.

        Args:
            chosen: Values of the panel's widgets; fixed parameters are ignored.
        """
        changed = {key: chosen.get(key) for key in FREE_PARAMETERS[self.first]}
        changed["keep"] = bool(changed["keep"])
        params: dict[str, Any] = {**settings_of(self.entry)}
        params.update({key: value for key, value in changed.items() if value is not None})
        # None is a valid choice: the radar's month, the place's biome, the bundle's steps.
        nullable = {"month", "biome", "timesteps_3"} & changed.keys()
        params.update({key: changed[key] for key in nullable})
        if any(SECRET_MASK in str(source) for source in params.get("sar") or ()):
            # The layers hold the secrets that a record omits.
            params["sar"] = chosen.get("sar") or params["sar"]
        for name in ("optical", "optical_mask"):
            if SECRET_MASK in str(params.get(name, "")):
                params[name] = chosen.get(name) or params[name]
        params["stages"] = max(self.first, int(params.get("stages") or 3))
        return {**params, "from_stage": self.first, "reuse": str(self.entry.folder)}


def settings_of(entry: RunEntry) -> Request:
    """Return a run's settings in the form of a request for another run."""
    settings = {
        key: value for key, value in entry.request.items() if key not in request.NOT_INHERITED
    }
    return cast("Request", settings)


def reusable_from(folder: Path) -> tuple[int, ...]:
    """Return the stages at which a run that reuses this run's earlier stages can begin."""
    stages = records.read(
        folder / layout.STAGE_CACHE / layout.STAGE_CACHE_MANIFEST, StageCacheManifest
    ).values.get("stages", {})
    usable = [number for number in (1, 2) if f"opt_v{number}" in stages]
    return tuple(number + 1 for number in usable if set(range(1, number + 1)) <= set(usable))


def stage_cache_files(folder: Path) -> list[Path]:
    """Return the files that a run keeps for reuse of its stages."""
    with suppress(OSError):
        if (folder / layout.STAGE_CACHE).is_symlink():
            return []
    # Older runs have a header beside each file.
    images = [Path(layout.working_file(number)) for number in (1, 2)]
    names = [image.with_suffix(end).name for image in images for end in (".bil", ".hdr")]
    files = [folder / layout.STAGE_CACHE / name for name in (*names, layout.STAGE_CACHE_MANIFEST)]
    return [path for path in files if records.is_file(path) and not path.is_symlink()]


def open_run(entry: RunEntry, project: QgsProject) -> ResultRun:
    """Show a run: add its missing layers, and its radar below them, above what covers them.

    Raises:
        PluginError: If there is nothing to add.
    """
    if not entry.stages:
        raise PluginError(
            tr("The run in {} has no images.").format(entry.folder),
            tr("Put its files back, or resume it if it is unfinished."),
            problem="run-without-images",
        )
    radar = radar_of(entry, project)
    title = group_title(entry.name, start_of(entry.folder) or entry.when)
    beneath = [*radar, *layers_of_sources(entry.request.get("optical", []), project)]
    layers = RunLayers(project, tuple(layer.id() for layer in beneath), title, entry.bundle)
    for stage in entry.stages:
        path = str(result_file(entry.folder, stage))
        layers.add_stage({"stage": stage, "path": path, "gac": entry.score(stage)})
    layers.finish()
    run = run_in(project, entry.folder)
    if run is None:
        raise PluginError(
            tr("The run in {} cannot be shown.").format(entry.folder), problem="run-not-shown"
        )
    try:
        show_kinds(run, project)
    except PluginError as problem:
        # The stages are worth seeing without it.
        log.failure(problem)
    return show_run(run, project)


def missing_radar_error(entry: RunEntry) -> PluginError:
    """Return the error for a run whose radar is not on this machine."""
    return PluginError(
        tr("The radar of this run no longer exists: {}.").format(", ".join(entry.sources)),
        tr("Put its files back, or add them to the project."),
        problem="run-radar-missing",
    )


def radar_of(entry: RunEntry, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the layers of a run's radar, VV's first, adding them if the project lacks them."""
    return layers_of_sources(entry.sources, project) or _add_radar(entry, project)


def _add_radar(entry: RunEntry, project: QgsProject) -> list[QgsRasterLayer]:
    """Add the radar if its files are on this machine; a run can be viewed without it."""
    scene = entry.record.get("scene", {})
    bands = scene.get("vv_band", 1), scene.get("vh_band", 1)
    layers = []
    for source, band in zip(entry.sources, bands):
        if not records.is_file(Path(source)):
            continue
        layer = QgsRasterLayer(
            source, Path(source).stem, "gdal", QgsRasterLayer.LayerOptions(False)
        )
        if layer.isValid() and 1 <= band <= layer.bandCount():
            unit = scene.get("unit", "db")
            # 10 · log10 of an amplitude is half its dB.
            low, high = (limit / 2 if unit == "amplitude" else limit for limit in DECIBELS)
            set_grey(layer, band, (low, high), is_log=unit == "db")
            project.addMapLayer(layer)
            layers.append(layer)
    return layers


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
    return [*files, *stage_cache_files(folder)]


def delete_run(folder: Path, project: QgsProject, pauses: Iterator[float] | None = None) -> None:
    """Remove a run from the map and delete its files; an empty folder is deleted too.

    Args:
        folder: The run's folder.
        project: QGIS's project.
        pauses: Seconds to wait, in all, for files that other programs hold; may be shared with
            other removals. None: as long as for one file.

    Raises:
        PluginError: If a worker is computing it, or if something could not be deleted.
    """
    if is_busy(folder):
        raise PluginError(
            tr("The run in {} is in progress.").format(folder),
            tr("Cancel it first."),
            problem="run-in-progress",
        )
    # First, as QGIS and GDAL may write beside an image when they close it.
    _remove_from_map(folder, project)
    pauses = iter(rename.PAUSES) if pauses is None else pauses
    failures = _unlink(files_of(folder), pauses)
    discard_run(folder, pauses)
    for each in (folder / layout.STAGE_CACHE, folder):
        with suppress(OSError):  # other files may lie in it
            each.rmdir()
    if failures or (folder / layout.WORK).exists():
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder),
            tr("Delete the rest by hand."),
            "\n".join(failures),
            problem="not-all-deleted",
        )


def delete_stage_cache(folder: Path) -> None:
    """Delete the files that a run keeps for reuse; its images and records stay.

    Raises:
        PluginError: If something could not be deleted.
    """
    # The manifest goes first: without it none of the other files is taken for complete.
    failures = _unlink(reversed(stage_cache_files(folder)), iter(rename.PAUSES))
    with suppress(OSError):  # other files may lie in it
        (folder / layout.STAGE_CACHE).rmdir()
    if failures:
        raise PluginError(
            tr("Not everything in {} could be deleted.").format(folder / layout.STAGE_CACHE),
            tr("Delete the rest by hand."),
            "\n".join(failures),
            problem="not-all-deleted",
        )


def _unlink(paths: Iterable[Path], pauses: Iterator[float]) -> list[str]:
    """Delete files and return the failures, each with its reason; all share the pauses."""
    failures = []
    for path in paths:
        try:
            removal.remove_file(path, pauses=pauses)
        except OSError as error:
            failures.append(f"{path.name} ({error.strerror or error})")
    return failures


def _remove_from_map(folder: Path, project: QgsProject) -> None:
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
        if file is None:
            return False
        # The raster of observed pixels is not synthetic, and GAC's all the same.
        return (
            file.GetMetadataItem("SYNTHETIC") in GENERATED
            or file.GetMetadataItem("GAC_VERSION") is not None
        )
    return False
