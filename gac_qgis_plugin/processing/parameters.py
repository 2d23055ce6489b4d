"""What `gac:run` asks for, and how the answers become a request to the engine."""

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
from gac_qgis_plugin.radar_words import MODALITIES, UNITS, overrides
from gac_qgis_plugin.sar_source import gdal_source
from gac_qgis_plugin.stages import STAGE_NAMES, stage_title
from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import later, months, tr

DEVICES = ("auto", "cpu", "cuda", "mps")
STAGES = (
    later("1: generate"),
    later("2: generate, refine"),
    later("3: generate, refine, ground"),
)


def parameters() -> list[QgsProcessingParameterDefinition]:
    """The parameters, in the order of the dialog."""
    names = [tr("From the layer's date"), tr("Unknown"), *months()]
    stages = [tr(each) for each in STAGES]
    units = [tr(label) for _, label in UNITS]
    kinds = [tr(label) for _, label in MODALITIES]
    biomes = [tr("By place"), *(tr(biome) for biome in paths.biomes())]
    load = tr("Add the results to the project")
    devices = [
        tr("Best there is"),
        tr("Processor (CPU)"),
        tr("NVIDIA GPU (CUDA)"),
        tr("Apple GPU (untested)"),
    ]
    return [
        QgsProcessingParameterRasterLayer("INPUT", tr("Radar layer (Sentinel-1 VV and VH, or VV)")),
        QgsProcessingParameterRasterLayer("VH_INPUT", tr("VH layer, if separate"), optional=True),
        QgsProcessingParameterExtent("EXTENT", tr("Area (empty: the whole layer)"), optional=True),
        QgsProcessingParameterString("BUNDLE", tr("Model bundle"), "demo"),
        QgsProcessingParameterEnum("STAGES", tr("Stages"), stages, defaultValue=2),
        QgsProcessingParameterEnum("MONTH", tr("Month"), names, defaultValue=0),
        QgsProcessingParameterEnum("BIOME", tr("Biome"), biomes, defaultValue=0),
        advanced(_band("VV_BAND", tr("VV band (empty: recognise)"), "INPUT")),
        # In one file VH is a band of INPUT; a parent layer can be only one, and this is the
        # commoner case.
        advanced(_band("VH_BAND", tr("VH band (empty: recognise)"), "INPUT")),
        advanced(QgsProcessingParameterEnum("UNIT", tr("Unit"), units, defaultValue=0)),
        advanced(
            QgsProcessingParameterEnum(
                "MODALITY",
                tr("Kind of radar"),
                kinds,
                defaultValue=0,
            )
        ),
        advanced(
            QgsProcessingParameterNumber(
                "NODATA",
                tr("Nodata value (empty: as the file says)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
            )
        ),
        advanced(
            integer(
                "TIMESTEPS_1", tr("Diffusion steps of stage 1 (0: as the bundle needs)"), 0, 0, 1000
            )
        ),
        advanced(
            integer("TIMESTEPS_3", tr("Steps of stage 3 (0: as the bundle needs)"), 0, 0, 1000)
        ),
        advanced(integer("SEED", tr("Seed"), 0, 0, 2**31 - 1)),
        advanced(QgsProcessingParameterEnum("DEVICE", tr("Device"), devices, defaultValue=0)),
        advanced(QgsProcessingParameterBoolean("LOAD", load, True)),
        QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Output folder")),
    ]


def outputs() -> list[Any]:
    """What the algorithm returns beside the folder."""
    made: list[Any] = []
    for stage in STAGE_NAMES:
        title, score = stage_title(stage, ""), tr("GAC score of opt_v{}").format(stage)
        made.append(QgsProcessingOutputRasterLayer(f"OPT_V{stage}", title))
        made.append(QgsProcessingOutputNumber(f"GAC_V{stage}", score))
    made.append(QgsProcessingOutputFile("RUN_JSON", tr("Record of the run (run.json)")))
    return made


def read_request(
    algorithm: QgsProcessingAlgorithm, values: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """The request that the parameters' values make up.

    Raises:
        PluginError: If a layer cannot be used.
        QgsProcessingException: If there is no radar layer.
    """
    layer = algorithm.parameterAsRasterLayer(values, "INPUT", context)
    if layer is None:
        raise QgsProcessingException(algorithm.invalidRasterError(values, "INPUT"))
    vh_layer = algorithm.parameterAsRasterLayer(values, "VH_INPUT", context)
    month = algorithm.parameterAsEnum(values, "MONTH", context)
    biome = algorithm.parameterAsEnum(values, "BIOME", context)
    request = {
        "sar": [gdal_source(source) for source in (layer, vh_layer) if source is not None],
        "out": algorithm.parameterAsString(values, "OUTPUT_FOLDER", context),
        "bundle": algorithm.parameterAsString(values, "BUNDLE", context),
        "stages": algorithm.parameterAsEnum(values, "STAGES", context) + 1,
        "month": None if month == 0 else month - 1,
        "biome": None if biome == 0 else biome - 1,
        "unit": UNITS[algorithm.parameterAsEnum(values, "UNIT", context)][0],
        "timesteps_1": algorithm.parameterAsInt(values, "TIMESTEPS_1", context) or None,
        "timesteps_3": algorithm.parameterAsInt(values, "TIMESTEPS_3", context) or None,
        "seed": algorithm.parameterAsInt(values, "SEED", context),
        "device": DEVICES[algorithm.parameterAsEnum(values, "DEVICE", context)],
    }
    for key in ("vv_band", "vh_band"):
        band = algorithm.parameterAsInt(values, key.upper(), context)
        request[key] = band if values.get(key.upper()) is not None and band > 0 else None
    kind = MODALITIES[algorithm.parameterAsEnum(values, "MODALITY", context)][0]
    has_nodata = values.get("NODATA") is not None
    nodata = algorithm.parameterAsDouble(values, "NODATA", context) if has_nodata else None
    request.update(overrides(kind, nodata))
    request.update(_extent(algorithm, values, context, layer))
    return request


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


def _band(name: str, label: str, parent: str) -> QgsProcessingParameterBand:
    return QgsProcessingParameterBand(name, label, None, parent, optional=True)


def integer(
    name: str, label: str, default: int, low: int, high: int
) -> QgsProcessingParameterNumber:
    """A parameter that is a whole number."""
    kind = QgsProcessingParameterNumber.Type.Integer
    return QgsProcessingParameterNumber(
        name, label, kind, defaultValue=default, minValue=low, maxValue=high
    )


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """The same, among those that are folded away at first."""
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    parameter.setFlags(parameter.flags() | flag)
    return parameter
