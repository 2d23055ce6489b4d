"""Options of a run in Processing and panel are the contract's, with its ranges and defaults."""

from __future__ import annotations

import sys

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from gac_core.contract import request as engine
from gac_qgis_plugin import contract
from gac_qgis_plugin.contract import layout, request
from gac_qgis_plugin.labels import entries, whole_range
from gac_qgis_plugin.processing import base, batch, run
from gac_qgis_plugin.runs import FREE_PARAMETERS

LARGEST = 2**31 - 1


def test_the_contract_is_a_part_of_the_plugin() -> None:
    assert layout.__name__ == "gac_qgis_plugin.contract.layout"
    assert sys.modules["gac_qgis_plugin.contract"] is contract
    assert list(request.OPTIONS) == list(engine.OPTIONS)


def test_processing_asks_for_every_option_that_forms_have(qgis) -> None:
    made = {each.name(): each for each in run.parameters()}
    forms = [name for name, each in request.OPTIONS.items() if each.label and each.is_inherited]
    assert {name.upper() for name in forms} == {*made} - {
        "INPUT", "VH_INPUT", "EXTENT", "LOAD", "OUTPUT_FOLDER",
    }  # fmt: skip
    for name in forms:
        option, default = request.OPTIONS[name], request.DEFAULTS[name]
        parameter = made[name.upper()]
        if isinstance(parameter, QgsProcessingParameterEnum):
            values = [value for value, _ in entries(name)]
            assert len(parameter.options()) == len(values)
            assert values[parameter.defaultValue()] == default
        elif isinstance(parameter, QgsProcessingParameterNumber) and option.kind is int:
            assert (parameter.minimum(), parameter.maximum()) == whole_range(request.OPTIONS[name])
            assert parameter.defaultValue() == (default or 0)


def test_a_batch_asks_for_the_same_but_bands_and_nodata(qgis) -> None:
    names = {each.name() for each in batch.parameters()}
    assert {name.upper() for name in base.FORM} - names == {"VV_BAND", "VH_BAND", "NODATA"}


def test_entries_begin_with_what_is_done_without_a_value(qgis) -> None:
    assert [value for value, _ in entries("month")] == [None, *range(13)]
    assert [value for value, _ in entries("biome")] == [None, *range(15)]
    assert [value for value, _ in entries("unit")] == ["auto", "db", "power", "amplitude"]
    assert [value for value, _ in entries("stages")] == [1, 2, 3]
    assert whole_range(request.OPTIONS["seed"]) == (0, LARGEST) and whole_range(
        request.OPTIONS["timesteps_1"]
    ) == (0, 1000)


def test_a_run_that_builds_upon_another_may_change_what_its_stages_depend_on() -> None:
    assert {*FREE_PARAMETERS[3]} < {*FREE_PARAMETERS[2]}
    assert not {"seed", "timesteps_1", "unit", "extent"} & {*FREE_PARAMETERS[2]}
