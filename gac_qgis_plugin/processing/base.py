"""Shared part of the algorithms: icon, help, checks, and a run's options as parameters."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsReferencedRectangle,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from gac_qgis_plugin.contract import errors, optical_options, request
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import mask_source
from gac_qgis_plugin.labels import entries, shortened, whole_range
from gac_qgis_plugin.models import bundle_names
from gac_qgis_plugin.worker import engine

FORM = tuple(name for name, each in request.OPTIONS.items() if each.label and each.is_inherited)
"""Options shown in Processing, in the order of the dialog; their parameters are in upper case."""
MAX_CHOICE = 38
"""Longest entry of a list: a wider one would push the dialog's "…" buttons out of sight."""

INPUT = "INPUT"
BANDS = ("vv_band", "vh_band")
"""Options that choose a band of INPUT.

A parameter has a single parent layer, and VH in the same file is the common case.
"""


def option_parameter(name: str) -> QgsProcessingParameterDefinition:
    """Return the parameter of a run's option."""
    option, key, default = request.OPTIONS[name], name.upper(), request.DEFAULTS[name]
    label = tr(option.label)
    if name in BANDS:
        parameter = QgsProcessingParameterBand(key, _or_empty(name), None, INPUT, optional=True)
    elif option.is_path and option.kind is tuple:
        kind = QgsProcessing.SourceType.TypeRaster
        parameter = QgsProcessingParameterMultipleLayers(key, label, kind, optional=True)
        parameter.setHelp(
            tr(
                "Layers or files; of a product as a folder (.SAFE) the folder, by Add Directory…, "
                "or the file MTD_MSIL2A.xml in it."
            )
        )
    elif option.is_path:
        kinds = [QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPolygon]
        parameter = QgsProcessingParameterMapLayer(key, label, None, True, kinds)
    elif choices := _choices(name):
        values = [value for value, _ in choices]
        texts = [shortened(text, MAX_CHOICE) for _, text in choices]
        parameter = QgsProcessingParameterEnum(
            key, label, texts, defaultValue=values.index(default)
        )
    elif option.kind is bool:
        parameter = QgsProcessingParameterBoolean(key, label, default)
    elif option.kind is int:
        parameter = integer(key, option, default)
    elif option.kind is float:
        kind = QgsProcessingParameterNumber.Type.Double
        parameter = QgsProcessingParameterNumber(key, label, kind, optional=True)
        parameter.setHelp(_or_empty(name))
    else:
        parameter = QgsProcessingParameterString(key, label, default, optional=not default)
        if name == "bundle":
            # Dialogs list them; scripts and models may name any other, or a folder.
            parameter.setMetadata({"widget_wrapper": {"value_hints": bundle_names()}})
    return advanced(parameter) if option.is_advanced else parameter


def option_value(
    algorithm: QgsProcessingAlgorithm,
    values: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Any:
    """Return the value of a run's option from the parameters' values."""
    option, key = request.OPTIONS[name], name.upper()
    if option.is_path:
        sources = tuple(_source(one, context) for one in _given(values, key))
        return sources if option.kind is tuple else "".join(sources[:1])
    if choices := _choices(name):
        return choices[algorithm.parameterAsEnum(values, key, context)][0]
    if option.kind is bool:
        return algorithm.parameterAsBool(values, key, context)
    if option.kind is float:
        is_given = values.get(key) is not None
        return algorithm.parameterAsDouble(values, key, context) if is_given else None
    if option.kind is int:
        number = algorithm.parameterAsInt(values, key, context) if values.get(key) != "" else 0
        return None if option.unset and number <= 0 else number
    return algorithm.parameterAsString(values, key, context)


def option_values(
    algorithm: QgsProcessingAlgorithm,
    values: dict[str, Any],
    names: Iterable[str],
    context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return the values of a run's options by name from the parameters' values.

    Raises:
        PluginError: If a layer cannot be used, or an image of another date stands alone.
    """
    read = {name: option_value(algorithm, values, name, context) for name in names}
    try:
        optical_options.require_first(read["optical"], read["optical_other"])
    except errors.GacError as error:
        message, remedy = translated(error.message), translated(error.remedy)
        raise PluginError(message, remedy, problem=error.problem) from error
    return read


def chosen_area(
    algorithm: QgsProcessingAlgorithm, values: dict[str, Any], context: QgsProcessingContext
) -> QgsReferencedRectangle | None:
    """Return the area of the parameter EXTENT, its CRS perhaps invalid; None if there is none.

    Raises:
        PluginError: If it cannot be read.
    """
    extent = algorithm.parameterAsExtent(values, "EXTENT", context)
    if not extent.isNull():
        crs = algorithm.parameterAsExtentCrs(values, "EXTENT", context)
        return QgsReferencedRectangle(extent, crs)
    if values.get("EXTENT"):
        raise PluginError(
            tr("The area {} cannot be read.").format(values["EXTENT"]),
            tr("Give it as xmin,xmax,ymin,ymax [EPSG:code]."),
            problem="area-unreadable",
        )
    return None


def _given(values: dict[str, Any], key: str) -> list[Any]:
    """Return the layers and paths of a parameter; a product's own files stand for the product.

    QGIS's "Add Directory…" adds a folder file by file, a product's at all its resolutions.
    """
    value = values.get(key) or ()
    given = list(value) if isinstance(value, (list, tuple)) else [value]
    if values.get("OPTICAL_BANDS"):
        return given
    folders = [_product(one) for one in given]
    whole = {folder for folder in folders if folder and folders.count(folder) > 1}
    pairs = zip(given, folders)
    return list(dict.fromkeys(folder if folder in whole else one for one, folder in pairs))


def _product(value: Any) -> str:
    """Return the folder of the product that a file on the disk belongs to, or ""."""
    if not isinstance(value, str) or not Path(value).is_file():
        return ""
    return next((str(each) for each in Path(value).parents if each.suffix == ".SAFE"), "")


def _without_paths(values: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
    """Return the values without paths that are no layers, which QGIS would refuse."""
    rest = dict(values)
    for name in FORM:
        key = name.upper()
        if request.OPTIONS[name].is_path and (given := _given(values, key)):
            layers = [one for one in given if not _is_path_alone(one, context)]
            is_list = request.OPTIONS[name].kind is tuple
            rest[key] = (layers if is_list else layers[0]) if layers else None
    return rest


def _is_path_alone(value: Any, context: QgsProcessingContext) -> bool:
    is_no_clouds = value == optical_options.NO_CLOUDS
    if not isinstance(value, str) or not (is_no_clouds or Path(value).exists()):
        return False
    return QgsProcessingUtils.mapLayerFromString(value, context) is None


def _source(value: Any, context: QgsProcessingContext) -> str:
    """Return the source of a parameter's layer, or of a path that is no layer.

    Raises:
        PluginError: If there is neither, or the worker cannot open it.
    """
    layer = value
    if isinstance(value, str):
        layer = QgsProcessingUtils.mapLayerFromString(value, context)
    if layer is None and _is_path_alone(value, context):
        # A product's folder is no layer, and the engine knows how to read it.
        is_no_clouds = value == optical_options.NO_CLOUDS
        return value if is_no_clouds else str(Path(value).absolute())
    if layer is None:
        raise PluginError(
            tr("The layer {} is gone.").format(value), tr("Choose it again."), problem="layer-gone"
        )
    return mask_source(layer)


def _choices(name: str) -> list[tuple[Any, str]]:
    option = request.OPTIONS[name]
    return entries(name) if option.labels or name == "month" else []


def _or_empty(name: str) -> str:
    option = request.OPTIONS[name]
    return tr("{} (empty: {})").format(tr(option.label), tr(option.unset))


def integer(key: str, option: Any, default: int | None) -> QgsProcessingParameterNumber:
    """Return the parameter of an option that is an integer; 0 stands for a missing value."""
    label = tr(option.label)
    if option.unset:
        label = tr("{} (0: auto)").format(label)
    kind = QgsProcessingParameterNumber.Type.Integer
    low, high = whole_range(option)
    parameter = QgsProcessingParameterNumber(
        key, label, kind, defaultValue=default or 0, minValue=low, maxValue=high
    )
    if option.unset:
        parameter.setHelp(f"0: {tr(option.unset)}")
    return parameter


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return the parameter, marked as advanced."""
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    parameter.setFlags(parameter.flags() | flag)
    return parameter


class GacAlgorithm(QgsProcessingAlgorithm):
    """Algorithm that needs the worker's environment.

    Attributes:
        HELP: Help text beside the parameters, in English.
        GUIDE: Document in `docs` that the Help button opens.
    """

    HELP: ClassVar[str]
    GUIDE: ClassVar[str]

    @abstractmethod
    def parameters(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters, in the order of the dialog."""

    @abstractmethod
    def outputs(self) -> list[Any]:
        """Return the outputs in addition to the folder."""

    @abstractmethod
    def read(self, values: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Return the request for the parameters' values.

        Raises:
            PluginError: If it cannot be computed.
            QgsProcessingException: If a layer is missing.
        """

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(paths.resource("icons", "gac.svg")))

    def shortHelpString(self) -> str:  # noqa: N802  (QGIS names this method, as those below)
        """Return the help text shown beside the parameters."""
        return tr(self.HELP)

    def helpUrl(self) -> str:  # noqa: N802
        """Return the address opened by the dialog's Help button, a local document."""
        return QUrl.fromLocalFile(str(paths.engine_root() / "docs" / self.GUIDE)).toString()

    def createInstance(self) -> GacAlgorithm:  # noqa: N802
        """Return a new instance; QGIS creates one for every run."""
        return type(self)()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        for parameter in self.parameters():
            self.addParameter(parameter)
        for output in self.outputs():
            self.addOutput(output)

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802
        """Return whether the environment exists; if not, also a remedy."""
        try:
            engine.find_launch()
        except PluginError as problem:
            return False, str(problem)
        return True, ""

    def checkParameterValues(  # noqa: N802
        self, values: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Return whether the parameters form a valid request, and the error if not."""
        ok, message = super().checkParameterValues(_without_paths(values, context), context)
        if not ok:
            return False, message
        try:
            self.read(values, context)
        except (PluginError, QgsProcessingException) as problem:
            return False, str(problem)
        return True, ""
