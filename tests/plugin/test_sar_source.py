"""Which layers can be radar input, and how an area is told to the engine."""

from __future__ import annotations

import tarfile
import zipfile

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import crs_text, extent_params, gdal_source
from tests.problems import raises

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")


def test_a_file_is_accepted(radar, tmp_path) -> None:
    assert gdal_source(radar("s1")) == str(tmp_path / "s1.tif")


def test_a_link_keeps_its_name(radar, tmp_path) -> None:
    """The engine reads units and dates off names."""
    radar("s1")
    (tmp_path / "S1A_IW_20180128T161201_DVP_RTC30_G_dpuned_FD6A.tif").symlink_to("s1.tif")
    layer = QgsRasterLayer(f"{tmp_path}/S1A_IW_20180128T161201_DVP_RTC30_G_dpuned_FD6A.tif", "l")
    assert gdal_source(layer).endswith("DVP_RTC30_G_dpuned_FD6A.tif")


def test_a_vrt_is_accepted(radar, tmp_path) -> None:
    radar("s1")
    gdal.BuildVRT(str(tmp_path / "s1.vrt"), [str(tmp_path / "s1.tif")])
    layer = QgsRasterLayer(str(tmp_path / "s1.vrt"), "virtual", "gdal")
    assert layer.isValid()
    assert gdal_source(layer) == str(tmp_path / "s1.vrt")


def test_members_of_archives_are_accepted(radar, tmp_path) -> None:
    radar("s1")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "s1.tif", "s1.tif")
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / "s1.tif", "deep/s1.tif")
    for path in (f"/vsizip/{tmp_path}/a.zip/s1.tif", f"/vsitar/{tmp_path}/a.tar/deep/s1.tif"):
        layer = QgsRasterLayer(path, "packed", "gdal")
        assert layer.isValid()
        assert gdal_source(layer) == path
    (tmp_path / "a.zip").unlink()
    layer = QgsRasterLayer(f"/vsizip/{tmp_path}/a.zip/s1.tif", "packed", "gdal")
    with raises(PluginError, "layer-file-missing", "packed", "a.zip"):
        gdal_source(layer)


def test_subdatasets_are_accepted(radar, tmp_path) -> None:
    radar("s1")
    gdal.Translate(str(tmp_path / "s 1.nc"), str(tmp_path / "s1.tif"), format="netCDF")
    source = f'NETCDF:"{tmp_path}/s 1.nc":Band1'
    layer = QgsRasterLayer(source, "sub", "gdal")
    assert layer.isValid()
    assert gdal_source(layer) == source
    (tmp_path / "s 1.nc").unlink()
    with raises(PluginError, "layer-file-missing"):
        gdal_source(layer)


@pytest.mark.parametrize(
    "source",
    [
        'HDF5:"/vsicurl/http://localhost/a.h5"://science/grids/VV',
        "GTIFF_DIR:1:/a/b.tif",
        "SENTINEL1_CALIB:SIGMA0:/a/X.SAFE/manifest.safe:IW_VV:AMPLITUDE",
        "/vsis3/bucket/a.tif",
        "/vsizip//vsicurl/http://localhost/a.zip/a.tif",
        "/vsizip/{/a/b.zip}/c.tif",
        "vrt:///a/b.tif?bands=1",
    ],
)
def test_the_drivers_own_notations_are_left_to_gdal(qgis, source) -> None:
    assert gdal_source(QgsRasterLayer(source, "x", "gdal")) == source


def test_files_on_the_web_are_accepted(radar, server) -> None:
    radar("s1")
    source = f"/vsicurl/{server}/s1.tif"
    layer = QgsRasterLayer(source, "far", "gdal")
    assert layer.isValid()
    assert gdal_source(layer) == source
    plain = QgsRasterLayer(f"{server}/s1.tif", "plain", "gdal")
    assert gdal_source(plain) == source
    assert gdal.Open(gdal_source(plain)).RasterCount == 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:9/wcs", "WCS:http://localhost:9/wcs?version=1.0.0&coverage=s1:vv"),
        (
            "http://localhost:9/wcs?map%3D/a.map",
            "WCS:http://localhost:9/wcs?map=/a.map&version=1.0.0&coverage=s1:vv",
        ),
    ],
)
def test_a_coverage_service_becomes_gdals_own(qgis, url, expected) -> None:
    source = f"cache=PreferNetwork&crs=EPSG:32633&format=GeoTIFF&identifier=s1:vv&url={url}"
    assert gdal_source(QgsRasterLayer(f"{source}&version=1.0.0", "w", "wcs")) == expected


@pytest.mark.parametrize(
    ("source", "provider"),
    [
        ("/vsicurl/http://localhost:9/a.tif authcfg='abc1234'", "gdal"),
        ("/vsicurl/http://localhost:9/a.tif|credential:HTTP_BEARER=x", "gdal"),
        ("identifier=a&url=http://localhost:9/wcs&authcfg=abc1234", "wcs"),
        ("identifier=a&url=http://localhost:9/wcs&username=u&password=p", "wcs"),
    ],
)
def test_passwords_that_qgis_keeps_are_no_way_in(qgis, source, provider) -> None:
    with raises(PluginError, "layer-with-password", "secret") as caught:
        gdal_source(QgsRasterLayer(source, "secret", provider))
    assert caught.value.remedy


def test_options_of_the_layers_own_are_not_lost_silently(radar, tmp_path) -> None:
    radar("s1")
    layer = QgsRasterLayer(f"{tmp_path}/s1.tif|option:NUM_THREADS=2", "x", "gdal")
    with raises(PluginError, "layer-with-options", "NUM_THREADS=2"):
        gdal_source(layer)


def test_a_file_in_qgis_own_memory_is_refused(radar, tmp_path) -> None:
    radar("s1")
    gdal.Translate("/vsimem/s1.tif", str(tmp_path / "s1.tif"))
    with raises(PluginError, "layer-in-memory"):
        gdal_source(QgsRasterLayer("/vsimem/s1.tif", "x", "gdal"))
    gdal.Unlink("/vsimem/s1.tif")


@pytest.mark.parametrize(
    ("source", "provider", "problem"),
    [
        ("type=xyz&url=http://localhost/{z}/{x}/{y}.png", "wms", "layer-is-a-web-map"),
        ('dbname=\'a\' table="b"."c"', "postgresraster", "layer-provider-not-supported"),
        (
            "?crs=EPSG:4326&extent=0,0,1,1&width=1&height=1&formula=1",
            "virtualraster",
            "layer-provider-not-supported",
        ),
    ],
)
def test_other_providers_are_refused_with_a_remedy(qgis, source, provider, problem) -> None:
    with raises(PluginError, problem, provider) as caught:
        gdal_source(QgsRasterLayer(source, "x", provider))
    assert caught.value.remedy


def test_a_file_that_went_away_is_not(radar, tmp_path) -> None:
    layer = radar("s1")
    (tmp_path / "s1.tif").unlink()
    with raises(PluginError, "layer-file-missing", "s1.tif"):
        gdal_source(layer)


def test_our_own_results_are_not_radar(radar) -> None:
    layer = radar("s1")
    layer.setCustomProperty("gac/synthetic", True)
    with raises(PluginError, "layer-is-generated"):
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
    with raises(PluginError, "area-off-layer", "s1"):
        extent_params(area, radar("s1"), QgsProject.instance())


def test_a_crs_without_a_code_is_told_as_wkt(qgis) -> None:
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=12 +lon_0=34 +datum=WGS84")
    assert crs_text(crs).startswith("PROJCRS[")
