"""Parameters of `gac:batch`, and their conversion to a batch request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from gac_qgis_plugin.areas import crs_text
from gac_qgis_plugin.batches.order import BatchOrder, Scheduler
from gac_qgis_plugin.contract import request
from gac_qgis_plugin.processing.parameters import (
    BANDS,
    advanced,
    integer,
    option_parameter,
    option_value,
)
from gac_qgis_plugin.processing.parameters import FORM as RUN_FORM
from gac_qgis_plugin.sar_source import gdal_source
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

FORM = tuple(name for name in RUN_FORM if name not in (*BANDS, "nodata"))
"""Options shared by all runs of a batch; bands and nodata are specific to each file."""

BLOCKS = (256, 16384)
"""Minimum and maximum side of a block in pixels."""


def parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters, in the order of the dialog."""
    files_label = tr(
        "Radar files, folders, patterns (*.tif), lists (.txt) or STAC items (.json), one a line"
    )
    places = [tr("As the options say"), tr("This computer")]
    return [
        QgsProcessingParameterMultipleLayers(
            "INPUT",
            tr("Radar layers (Sentinel-1), a scene each"),
            QgsProcessing.SourceType.TypeRaster,
            optional=True,
        ),
        QgsProcessingParameterString("FILES", files_label, "", True, True),
        QgsProcessingParameterExtent("EXTENT", tr("Area (empty: the whole scenes)"), optional=True),
        *(option_parameter(name) for name in FORM if not request.OPTIONS[name].is_advanced),
        QgsProcessingParameterEnum("WHERE", tr("Computed by"), places, defaultValue=0),
        advanced(
            integer("WORKERS", tr("Processes of this computer (0: as many as fit)"), 0, 0, 1024)
        ),
        advanced(integer("BLOCK", tr("Side of a block in pixels, about"), 2048, *BLOCKS)),
        *(option_parameter(name) for name in FORM if request.OPTIONS[name].is_advanced),
        advanced(QgsProcessingParameterBoolean("LOAD", tr("Add the results to the project"), True)),
        QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Output folder")),
    ]


def outputs() -> list[Any]:
    """Return the outputs in addition to the folder."""
    return [
        QgsProcessingOutputFile("SUMMARY", tr("Summary of the batch (summary.json)")),
        QgsProcessingOutputFile("COLLECTION", tr("STAC collection of the blocks")),
        QgsProcessingOutputString("STATUS", tr("How it ended")),
        QgsProcessingOutputNumber("HOLES", tr("Blocks and scenes that failed")),
    ]


def read_order(
    algorithm: QgsProcessingAlgorithm, values: dict[str, Any], context: QgsProcessingContext
) -> BatchOrder:
    """Return the batch request for the parameters' values.

    Raises:
        PluginError: If there is no input, or one that cannot be used.
    """

    def enum(name: str) -> int:
        return int(algorithm.parameterAsEnum(values, name, context))

    def number(name: str) -> int:
        return int(algorithm.parameterAsInt(values, name, context))

    layers = algorithm.parameterAsLayerList(values, "INPUT", context) or []
    lines = algorithm.parameterAsString(values, "FILES", context).splitlines()
    inputs = [gdal_source(layer) for layer in layers]
    inputs += [line.strip() for line in lines if line.strip()]
    if not inputs:
        raise PluginError(
            tr("No radar was named."), tr("Choose layers, or write files or folders, one a line.")
        )
    settings = {name: option_value(algorithm, values, name, context) for name in FORM}
    settings.update(_extent(algorithm, values, context))
    return BatchOrder(
        inputs=tuple(inputs),
        out=Path(algorithm.parameterAsString(values, "OUTPUT_FOLDER", context)),
        settings=settings,
        scheduler=Scheduler() if enum("WHERE") else Scheduler.of_options(),
        workers=number("WORKERS") or None,
        block=number("BLOCK"),
    )


def _extent(
    algorithm: QgsProcessingAlgorithm, values: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    extent = algorithm.parameterAsExtent(values, "EXTENT", context)
    if extent.isNull():
        if values.get("EXTENT"):
            raise PluginError(
                tr("The area {} cannot be read.").format(values["EXTENT"]),
                tr("Give it as xmin,xmax,ymin,ymax [EPSG:code]."),
            )
        return {}
    crs = algorithm.parameterAsExtentCrs(values, "EXTENT", context)
    crs = crs if crs.isValid() else context.project().crs()
    bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    return {"extent": bounds, "extent_crs": crs_text(crs)}
