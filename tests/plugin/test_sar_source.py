"""Which layers can be radar input, and how an area is told to the engine."""

from __future__ import annotations

import zipfile

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)

from gac_qgis_plugin.areas import crs_text, extent_params
from gac_qgis_plugin.sar_source import gdal_source
from gac_qgis_plugin.toolbelt.problem import PluginError

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")


def test_a_file_is_accepted(radar, tmp_path) -> None:
    assert gdal_source(radar("s1")) == str(tmp_path / "s1.tif")


def test_a_file_in_an_archive_is_not(radar, tmp_path) -> None:
    radar("s1")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "s1.tif", "s1.tif")
    layer = QgsRasterLayer(f"/vsizip/{tmp_path}/a.zip/s1.tif", "zipped", "gdal")
    assert layer.isValid()
    with pytest.raises(PluginError, match="inside another file") as caught:
        gdal_source(layer)
    assert "GeoTIFF" in caught.value.remedy


def test_a_service_is_not(qgis) -> None:
    layer = QgsRasterLayer("type=xyz&url=http://localhost/{z}/{x}/{y}.png", "tiles", "wms")
    with pytest.raises(PluginError, match="'tiles' comes from wms"):
        gdal_source(layer)


def test_a_file_that_went_away_is_not(radar, tmp_path) -> None:
    layer = radar("s1")
    (tmp_path / "s1.tif").unlink()
    with pytest.raises(PluginError, match="not a file on this machine"):
        gdal_source(layer)


def test_our_own_results_are_not_radar(radar) -> None:
    layer = radar("s1")
    layer.setCustomProperty("gac/synthetic", True)
    with pytest.raises(PluginError, match="that GAC generated"):
        gdal_source(layer)


def test_the_whole_layer_is_no_extent(radar) -> None:
    empty = {"extent": None, "extent_crs": None}
    assert extent_params(None, radar("s1"), QgsProject.instance()) == empty


def test_an_area_in_another_crs(radar) -> None:
    layer = radar("s1")
    to_degrees = QgsCoordinateTransform(layer.crs(), WGS84, QgsProject.instance())
    area = QgsReferencedRectangle(to_degrees.transformBoundingBox(layer.extent()), WGS84)
    params = extent_params(area, layer, QgsProject.instance())
    assert params["extent_crs"] == "EPSG:4326"
    assert params["extent"] == [area.xMinimum(), area.yMinimum(), area.xMaximum(), area.yMaximum()]


@pytest.mark.parametrize("box", [(0, 0, 1, 1), (17.4, 48.6, 17.4, 48.6)])
def test_an_area_beside_the_layer_is_refused(radar, box) -> None:
    area = QgsReferencedRectangle(QgsRectangle(*box), WGS84)
    with pytest.raises(PluginError, match="outside the radar layer 's1'"):
        extent_params(area, radar("s1"), QgsProject.instance())


def test_a_crs_without_a_code_is_told_as_wkt(qgis) -> None:
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=12 +lon_0=34 +datum=WGS84")
    assert crs_text(crs).startswith("PROJCRS[")
