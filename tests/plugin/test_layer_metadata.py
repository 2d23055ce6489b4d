"""A result's metadata in QGIS: history, dates, extent, licence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, osr
from qgis.core import QgsProject, QgsRasterLayer

from gac_qgis_plugin.layer_metadata import describe_result, history, read_record
from gac_qgis_plugin.layers import RunLayers, save_metadata

RECORD: dict[str, Any] = {
    "gac_version": "0.9",
    "request": {"timesteps_1": 10, "timesteps_3": 8},
    "scene": {
        "date": "2018-01-28T16:12:01",
        "decisions": [
            {"label": "Unit", "value": "dB", "why": "the values say so", "by": "values"},
            {"label": "Kind", "value": "sigma0", "why": "nothing says RTC", "by": "assumed"},
            {"label": "Nodata", "value": "0", "why": "", "by": "user"},
        ],
    },
    "inputs": [{"path": "/a/s1.tif", "bytes": 12, "sha256": "ab12"}],
    "bundle": {
        "name": "small",
        "kind": "demo",
        "licence": "Apache-2.0",
        "sha256": {"generator.safetensors": "cd34"},
    },
    "seed": 5,
    "device": "CPU",
    "stages": {
        "opt_v1": {"seconds": 1.5, "model": "TerraMind", "revision": "r1"},
        "opt_v2": {"seconds": 2.5},
        "opt_v3": {"seconds": 3.5},
    },
    "finished": "2026-01-01T10:00:09+00:00",
    "software": {"torch": "2.0"},
}


@pytest.fixture
def result(qgis, tmp_path) -> QgsRasterLayer:
    path = tmp_path / "opt_v3.tif"
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    data = gdal.GetDriverByName("GTiff").Create(str(path), 16, 8, 4, gdal.GDT_UInt16)
    data.SetProjection(crs.ExportToWkt())
    data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    del data
    return QgsRasterLayer(str(path), "whatever", "gdal")


def test_the_history_names_inputs_decisions_models_and_stages() -> None:
    lines = history(2, RECORD)
    assert lines == [
        "Input: /a/s1.tif, 12 bytes, SHA-256 ab12",
        "Input: Unit is dB, the values say so",
        "Input: Kind is sigma0, nothing says RTC (assumed)",
        "Input: Nodata is 0 (set by the user)",
        "Models: bundle 'small' (demo)",
        "Models: generator.safetensors, SHA-256 cd34",
        "Stage 1, generate: bundle 'small', seed 5, model TerraMind, revision r1, 10 steps, "
        "1.5 s on CPU; software GAC 0.9, torch 2.0; done 2026-01-01T10:00:09+00:00",
        "Stage 2, refine: bundle 'small', seed 5, 2.5 s on CPU; software GAC 0.9, torch 2.0; "
        "done 2026-01-01T10:00:09+00:00",
    ]
    assert any(
        line.startswith("Stage 3, ground") and "8 steps" in line for line in history(3, RECORD)
    )


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"scene": None, "inputs": "x", "bundle": [], "stages": {"opt_v1": 3}},
        {
            "scene": {"decisions": ["x"], "date": None},
            "inputs": [{}],
            "stages": {"opt_v1": {"a": 1}},
        },
    ],
)
def test_a_record_that_lacks_things_is_no_trouble(result, record) -> None:
    path = Path(result.source()).with_name("run.json")
    path.write_text(json.dumps(record))
    metadata = describe_result(result, 3, read_record(path.parent))
    assert "SYNTHETIC" in metadata.title()
    assert metadata.abstract().startswith("SYNTHETIC")


def test_weights_are_told_with_where_they_come_from() -> None:
    weights = [
        {"file": "a.pt", "sha256": "ab", "repo": "ibm-esa/x", "revision": "r1"},
        {"file": "b.pt", "sha256": "cd", "repo": None, "revision": None},
    ]
    record = {"bundle": {**RECORD["bundle"], "weights": weights}}
    assert history(1, record)[1:] == [
        "Models: a.pt, SHA-256 ab, from ibm-esa/x, revision r1",
        "Models: b.pt, SHA-256 cd",
    ]


def test_when_and_where(result) -> None:
    metadata = describe_result(result, 3, RECORD)
    assert metadata.title() == "opt_v3 · ground (SYNTHETIC, demo)"
    assert metadata.licenses() == ["Apache-2.0"]
    assert metadata.crs().authid() == "EPSG:32633"
    (space,) = metadata.extent().spatialExtents()
    assert space.extentCrs.authid() == "EPSG:32633"
    assert space.bounds.toRectangle() == result.extent()
    (times,) = metadata.extent().temporalExtents()
    assert times.begin().toUTC().toString("yyyy-MM-dd HH:mm:ss") == "2018-01-28 16:12:01"
    day = describe_result(result, 3, {"scene": {"date": "2018-01-28"}})
    (times,) = day.extent().temporalExtents()
    assert times.end().toUTC().toString("yyyy-MM-dd HH:mm:ss") == "2018-01-28 23:59:59"
    assert "SYNTHETIC" in metadata.keywords()["GAC"]


def test_it_goes_with_the_file(result) -> None:
    save_metadata(result, 3, RECORD)
    assert Path(result.source()).with_suffix(".qmd").is_file()
    elsewhere = QgsRasterLayer(result.source(), "opened by somebody else", "gdal")
    # QGIS's window does this for every layer that is added in it.
    elsewhere.loadDefaultMetadata()
    assert elsewhere.metadata().history() == history(3, RECORD)
    assert elsewhere.metadata().title() == "opt_v3 · ground (SYNTHETIC, demo)"


def test_the_whole_is_told_when_the_run_ends(result) -> None:
    run = RunLayers(QgsProject.instance(), (), "G", "small")
    layer = run.add_stage({"stage": 3, "path": result.source(), "gac": 0.1})
    assert layer.metadata().history() == []
    assert "SYNTHETIC" in layer.metadata().abstract()
    Path(result.source()).with_name("run.json").write_text(json.dumps(RECORD))
    run.finish()
    assert layer.metadata().history() == history(3, RECORD)


def test_also_if_the_layer_is_no_longer_on_the_map(result) -> None:
    run = RunLayers(QgsProject.instance(), (), "G", "small")
    run.add_stage({"stage": 3, "path": result.source(), "gac": 0.1})
    QgsProject.instance().clear()
    Path(result.source()).with_name("run.json").write_text(json.dumps(RECORD))
    run.finish()
    again = QgsRasterLayer(result.source(), "x", "gdal")
    again.loadDefaultMetadata()
    assert again.metadata().history() == history(3, RECORD)


def test_a_record_that_cannot_be_read(tmp_path) -> None:
    assert read_record(tmp_path) == {}
    (tmp_path / "run.json").write_text("[1, 2")
    assert read_record(tmp_path) == {}
    (tmp_path / "run.json").write_text("[1, 2]")
    assert read_record(tmp_path) == {}
