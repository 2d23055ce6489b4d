"""Execution of an export: files are written to a temporary folder and moved when complete."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Callable
from uuid import uuid4

from osgeo import gdal

from gac_qgis_plugin.export.figure import draw_figure
from gac_qgis_plugin.export.grid import is_resampled, on_grid
from gac_qgis_plugin.export.plan import PICTURE, ExportPlan
from gac_qgis_plugin.export.stac import exported_item
from gac_qgis_plugin.export.values import in_values
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

Progress = Callable[[float, str], bool]
"""Callback for the export's progress, 0 to 1, and its label; returns False to cancel."""


class ExportCancelled(Exception):
    """Cancellation of the export by the user."""


def export(plan: ExportPlan, progress: Progress) -> list[Path]:
    """Write the files of a plan.

    Returns:
        The files.

    Raises:
        PluginError: If that fails; no file is left then.
        ExportCancelled: If `progress` returned False; no file is left then either.
    """
    plan.check()
    try:
        plan.out.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".gac-export-", dir=plan.out))
    except OSError as error:
        raise PluginError(
            tr("{} cannot be written to: {}.").format(plan.out, error.strerror or error),
            tr("Choose another folder."),
        ) from error
    scratch = f"/vsimem/gac-export-{uuid4().hex}"
    try:
        names = _write(plan, temporary, scratch, progress)
        # A file may have been created there meanwhile.
        plan.check()
        return [(temporary / name).rename(plan.out / name) for name in names]
    except OSError as error:
        raise PluginError(
            tr("The export into {} failed: {}.").format(plan.out, error.strerror or error),
            tr("Choose another folder."),
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        gdal.RmdirRecursive(scratch)


def _write(plan: ExportPlan, aside: Path, scratch: str, progress: Progress) -> list[str]:
    pieces = len(plan.stages) + (1 if plan.with_figure else 0)
    for number, stage in enumerate(plan.stages):
        say = _share(progress, number / pieces, 1 / pieces, f"opt_v{stage}")
        _write_stage(plan, stage, aside / plan.target_name(stage), f"{scratch}/{stage}", say)
    if plan.with_figure:
        if not progress(len(plan.stages) / pieces, tr("figure")):
            raise ExportCancelled
        grids = {stage: f"{scratch}/{stage}/grid.vrt" for stage in plan.stages}
        draw_figure(plan, grids, aside / plan.figure_name, scratch)
    names = plan.names()
    if plan.with_stac and not exported_item(plan, aside):
        names.remove(plan.stac_name)
    if not progress(1.0, ""):
        raise ExportCancelled
    return names


def _write_stage(
    plan: ExportPlan, stage: int, path: Path, scratch: str, progress: Callable[..., int]
) -> None:
    gdal.Mkdir(scratch, 0o700)
    cancelled = False

    def watch(done: float, *_: object) -> int:
        nonlocal cancelled
        cancelled = not progress(done)
        return 0 if cancelled else 1

    gdal.ErrorReset()
    written = None
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        image = gdal.Open(str(plan.image(stage)))
        grid = on_grid(plan, image, scratch) if image is not None else None
        if grid is not None:
            grid.FlushCache()
            tags = {**image.GetMetadata(), "SYNTHETIC": "YES", "GAC_EXPORT": describe(plan, image)}
            source = in_values(plan, grid, f"{scratch}/values.vrt", tags)
            options = creation_options(plan)
            written = gdal.Translate(
                str(path), source, format="COG", creationOptions=options, callback=watch
            )
    if cancelled:
        raise ExportCancelled
    if written is None:
        raise PluginError(
            tr("opt_v{} could not be exported.").format(stage),
            tr("Look whether the disk is full, and at the details."),
            gdal.GetLastErrorMsg(),
        )
    del written


def creation_options(plan: ExportPlan) -> list[str]:
    """Return the options of GDAL's COG driver."""
    method = "NEAREST" if plan.resampling == "near" else "AVERAGE"
    options = [
        f"COMPRESS={plan.compression}",
        "BIGTIFF=IF_SAFER",
        "OVERVIEWS=AUTO",
        f"OVERVIEW_RESAMPLING={method}",
    ]
    return options if plan.compression == "NONE" else [*options, "PREDICTOR=YES"]


def describe(plan: ExportPlan, image: gdal.Dataset) -> str:
    """Describe an image's processing, for its tags."""
    is_picture = plan.kind == PICTURE
    look = f"{plan.style}, reflectance {' to '.join(plan.display.reflectance)}"
    words = [f"8-bit picture, {look}" if is_picture else f"reflectance, {plan.kind}"]
    if plan.extent is not None:
        words.append("clipped to an extent")
    if plan.cutline:
        words.append("clipped to a polygon")
    if is_resampled(plan, image):
        words.append(f"resampled ({plan.resampling})")
    else:
        words.append("not resampled")
    return "; ".join(words)


def _share(progress: Progress, begin: float, width: float, label: str) -> Callable[[float], bool]:
    return lambda done: progress(begin + width * done, label)
