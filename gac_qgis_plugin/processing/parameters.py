"""Parameters of `gac:run`, and their conversion to an engine request."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
    QgsReferencedRectangle,
)

from gac_qgis_plugin.areas import extent_params
from gac_qgis_plugin.contract import bands, request
from gac_qgis_plugin.forms import entries, whole_range
from gac_qgis_plugin.sar_source import gdal_source
from gac_qgis_plugin.stages import stage_title
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

FORM = tuple(name for name, each in request.OPTIONS.items() if each.label and each.is_inherited)
"""Options shown in Processing, in the order of the dialog; their parameters are in upper case."""

INPUT = "INPUT"

BANDS = ("vv_band", "vh_band")
"""Options that choose a band of INPUT.

A parameter has a single parent layer, and VH in the same file is the common case.
"""


def parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters, in the order of the dialog."""
    load = tr("Add the results to the project")
    return [
        QgsProcessingParameterRasterLayer(INPUT, tr("Radar layer (Sentinel-1 VV and VH, or VV)")),
        QgsProcessingParameterRasterLayer("VH_INPUT", tr("VH layer, if separate"), optional=True),
        QgsProcessingParameterExtent("EXTENT", tr("Area (empty: the whole layer)"), optional=True),
        *(option_parameter(name) for name in FORM),
        advanced(QgsProcessingParameterBoolean("LOAD", load, True)),
        QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Output folder")),
    ]


def option_parameter(name: str) -> QgsProcessingParameterDefinition:
    """Return the parameter of a run's option."""
    option, key, default = request.OPTIONS[name], name.upper(), request.DEFAULTS[name]
    label = tr(option.label)
    if name in BANDS:
        parameter = QgsProcessingParameterBand(key, _or_empty(name), None, INPUT, optional=True)
    elif choices := _choices(name):
        values = [value for value, _ in choices]
        texts = [text for _, text in choices]
        parameter = QgsProcessingParameterEnum(
            key, label, texts, defaultValue=values.index(default)
        )
    elif option.kind is int:
        if option.unset:
            label = tr("{} (0: {})").format(label, tr(option.unset))
        parameter = integer(key, label, default or 0, *whole_range(name))
    elif option.kind is float:
        kind = QgsProcessingParameterNumber.Type.Double
        parameter = QgsProcessingParameterNumber(key, _or_empty(name), kind, optional=True)
    else:
        parameter = QgsProcessingParameterString(key, label, default)
    return advanced(parameter) if option.is_advanced else parameter


def option_value(
    algorithm: QgsProcessingAlgorithm,
    values: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Any:
    """Return the value of a run's option from the parameters' values."""
    option, key = request.OPTIONS[name], name.upper()
    if choices := _choices(name):
        return choices[algorithm.parameterAsEnum(values, key, context)][0]
    if option.kind is float:
        is_given = values.get(key) is not None
        return algorithm.parameterAsDouble(values, key, context) if is_given else None
    if option.kind is int:
        number = algorithm.parameterAsInt(values, key, context) if values.get(key) != "" else 0
        least, _ = whole_range(name)
        return None if option.unset and number <= least else number
    return algorithm.parameterAsString(values, key, context)


def outputs() -> list[Any]:
    """Return the outputs in addition to the folder."""
    definitions: list[Any] = []
    for stage in bands.STAGE_NAMES:
        title, score = stage_title(stage, ""), tr("GAC score of opt_v{}").format(stage)
        definitions.append(QgsProcessingOutputRasterLayer(f"OPT_V{stage}", title))
        definitions.append(QgsProcessingOutputNumber(f"GAC_V{stage}", score))
    definitions.append(QgsProcessingOutputFile("RUN_JSON", tr("Record of the run (run.json)")))
    return definitions


def read_request(
    algorithm: QgsProcessingAlgorithm, values: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """Return the request for the parameters' values.

    Raises:
        PluginError: If a layer cannot be used.
        QgsProcessingException: If there is no radar layer.
    """
    layer = algorithm.parameterAsRasterLayer(values, "INPUT", context)
    if layer is None:
        raise QgsProcessingException(algorithm.invalidRasterError(values, "INPUT"))
    vh_layer = algorithm.parameterAsRasterLayer(values, "VH_INPUT", context)
    params = {name: option_value(algorithm, values, name, context) for name in FORM}
    params["sar"] = [gdal_source(source) for source in (layer, vh_layer) if source is not None]
    params["out"] = algorithm.parameterAsString(values, "OUTPUT_FOLDER", context)
    params.update(_extent(algorithm, values, context, layer))
    return params


def _extent(
    algorithm: QgsProcessingAlgorithm,
    values: dict[str, Any],
    context: QgsProcessingContext,
    layer: QgsRasterLayer,
) -> dict[str, Any]:
    extent = algorithm.parameterAsExtent(values, "EXTENT", context)
    if extent.isNull():
        if values.get("EXTENT"):
            raise PluginError(
                tr("The area {} cannot be read.").format(values["EXTENT"]),
                tr("Give it as xmin,xmax,ymin,ymax [EPSG:code]."),
            )
        return extent_params(None, layer, context.project())
    crs = algorithm.parameterAsExtentCrs(values, "EXTENT", context)
    area = QgsReferencedRectangle(extent, crs)
    return extent_params(area, layer, context.project())


def _choices(name: str) -> list[tuple[Any, str]]:
    option = request.OPTIONS[name]
    return entries(name) if option.labels or name == "month" else []


def _or_empty(name: str) -> str:
    option = request.OPTIONS[name]
    return tr("{} (empty: {})").format(tr(option.label), tr(option.unset))


def integer(
    name: str, label: str, default: int, low: int, high: int
) -> QgsProcessingParameterNumber:
    """Return a parameter for an integer."""
    kind = QgsProcessingParameterNumber.Type.Integer
    return QgsProcessingParameterNumber(
        name, label, kind, defaultValue=default, minValue=low, maxValue=high
    )


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return the parameter, marked as advanced."""
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    parameter.setFlags(parameter.flags() | flag)
    return parameter
