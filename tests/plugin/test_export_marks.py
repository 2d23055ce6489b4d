"""Marks left out by QGIS's own export: put in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
)

from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.export.task import mark_export
from gac_qgis_plugin.plugin_main import GacPlugin

BANDS = ("B02", "B03", "B04", "B08")
TAGS = {"SYNTHETIC": "YES", "GAC_NOTICE": "Not an observation.", "GAC_PROVENANCE": '{"seed": 7}'}


@pytest.fixture
def result(tmp_path: Path) -> QgsRasterLayer:
    """A layer of a file as GAC writes it."""
    path = tmp_path / "opt_v1.tif"
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    data = gdal.GetDriverByName("GTiff").Create(str(path), 32, 24, 4, gdal.GDT_UInt16)
    data.SetProjection(crs.ExportToWkt())
    data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    data.SetMetadata(TAGS)
    for number, name in enumerate(BANDS, start=1):
        data.GetRasterBand(number).SetDescription(name)
        data.GetRasterBand(number).Fill(100 * number)
    data = None
    return QgsRasterLayer(str(path), "opt_v1 · generate (SYNTHETIC)", "gdal")


def save_as(layer: QgsRasterLayer, path: Path, image_format: str = "GTiff") -> str:
    """Save raw data as QGIS's Save As does."""
    writer = QgsRasterFileWriter(str(path))
    writer.setOutputFormat(image_format)
    pipe = QgsRasterPipe()
    assert pipe.set(layer.dataProvider().clone())
    context = QgsCoordinateTransformContext()
    size = layer.width(), layer.height()
    status = writer.writeRaster(pipe, *size, layer.extent(), layer.crs(), context)
    assert status == QgsRasterFileWriter.WriterError.NoError
    return str(path)


def tags(path: str) -> dict[str, str]:
    file = gdal.Open(path)
    return file.GetMetadata()


def test_qgis_export_alone_forgets(result, tmp_path) -> None:
    """If QGIS should learn to keep tags, this module can go."""
    assert "SYNTHETIC" not in tags(save_as(result, tmp_path / "saved.tif"))


def test_an_exported_file_is_marked(result, tmp_path) -> None:
    path = save_as(result, tmp_path / "saved ü.tif")
    shown = QgsRasterLayer(path, "saved", "gdal")
    QgsProject.instance().addMapLayer(shown)
    mark_export(result, path)
    assert {key: tags(path)[key] for key in TAGS} == TAGS
    file = gdal.Open(path)
    assert [file.GetRasterBand(n).GetDescription() for n in (1, 2, 3, 4)] == list(BANDS)
    assert (
        file.GetRasterBand(2).Checksum() == gdal.Open(result.source()).GetRasterBand(2).Checksum()
    )
    assert shown.name() == "saved (SYNTHETIC)"
    assert is_synthetic(shown)
    assert is_synthetic(QgsRasterLayer(path, "again", "gdal"))
    assert Path(path).with_suffix(".qmd").is_file()


def test_a_format_without_tags_gets_them_beside_it(result, tmp_path) -> None:
    path = save_as(result, tmp_path / "saved.img", "HFA")
    mark_export(result, path)
    assert is_synthetic(QgsRasterLayer(path, "again", "gdal"))


def test_other_layers_exports_are_left_alone(radar, tmp_path) -> None:
    path = save_as(radar("s1", bands=4), tmp_path / "saved.tif")
    before = Path(path).read_bytes()
    mark_export(radar("s1", bands=4, add=False), path)
    assert Path(path).read_bytes() == before


def test_a_file_that_cannot_be_marked_is_told_of(result, tmp_path, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("gac_qgis_plugin.export.task.log.warning", told.append)
    mark_export(result, str(tmp_path / "nothing.tif"))
    assert len(told) == 1 and str(tmp_path / "nothing.tif") in told[0]


def test_gdals_tools_keep_the_tags(result, tmp_path) -> None:
    gdal.Translate(str(tmp_path / "t.tif"), result.source(), width=10)
    gdal.Warp(str(tmp_path / "w.tif"), result.source(), dstSRS="EPSG:3857")
    for name in ("t.tif", "w.tif"):
        assert {key: tags(str(tmp_path / name))[key] for key in TAGS} == TAGS


def test_the_plugin_listens_while_it_is_loaded(window: Any, result, tmp_path) -> None:
    plugin = GacPlugin(window)
    plugin.initGui()
    path = save_as(result, tmp_path / "one.tif")
    window.layerSavedAs.emit(result, path)
    assert "SYNTHETIC" in tags(path)
    plugin.unload()
    path = save_as(result, tmp_path / "two.tif")
    window.layerSavedAs.emit(result, path)
    assert "SYNTHETIC" not in tags(path)
