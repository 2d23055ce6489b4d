"""Products of level 1C, whose clouds are polygons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gac_core.contract.bands import SENSOR_BANDS
from tests.core.optical.conftest import AREA, clouds, reflectance
from tests.core.optical.products import FOUR, METADATA, RESOLUTIONS, coarse, raster

POLYGON = """<eop:MaskFeature gml:id="{kind}.{n}"><eop:maskType>{kind}</eop:maskType><eop:extentOf>
 <gml:Polygon gml:id="{kind}.{n}_P"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">
 {w} {n} {e} {n} {e} {s} {w} {s} {w} {n}</gml:posList></gml:LinearRing></gml:exterior>
 </gml:Polygon></eop:extentOf></eop:MaskFeature>"""
GML = """<?xml version="1.0" encoding="UTF-8"?>
<eop:Mask xmlns:eop="http://www.opengis.net/eop/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
 gml:id="S2A_OPER_MSK_CLOUDS_MPS__20180130T133203_A013612_T33UVP_B00_MSIL1C">
 <gml:name>MSK_CLOUDS pixels mask from data-strip</gml:name>{members}</eop:Mask>"""
PLACED = """<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG:8.8.1:32633">
 <gml:lowerCorner>500000 5397000</gml:lowerCorner><gml:upperCorner>503000 5400000</gml:upperCorner>
 </gml:Envelope></gml:boundedBy><eop:maskMembers>{polygons}</eop:maskMembers>"""
CLOUDS = (
    {"kind": "OPAQUE", "w": 500_605, "e": 501_195, "n": 5_399_595, "s": 5_399_105},
    {"kind": "CIRRUS", "w": 502_305, "e": 502_895, "n": 5_397_595, "s": 5_397_305},
)
"""`conftest.clouds`, as what touches them."""


def level_1c(folder: Path, polygons: tuple[dict[str, object], ...] = CLOUDS) -> Path:
    """A product of level 1C before baseline 04.00, whose clouds are polygons."""
    root = folder / "S2A_MSIL1C_20180130T101031_N0206_R022_T33UVP_20180130T121213.SAFE"
    granule = root / "GRANULE" / "L1C_T33UVP_A013612_20180130T101031"
    for band, values in zip(SENSOR_BANDS, reflectance(SENSOR_BANDS), strict=True):
        native = 60 if band == "B10" else RESOLUTIONS[band]
        path = granule / "IMG_DATA" / f"T33UVP_20180130T101031_{band}.jp2"
        raster(path, coarse(values, native), native)
    members = PLACED.format(polygons="".join(POLYGON.format(**each) for each in polygons))
    (granule / "QI_DATA").mkdir()
    for name in ("MSK_CLOUDS_B00.gml", "MSK_DEFECT_B02.gml"):
        text = GML.format(members=members if polygons and "CLOUDS" in name else "")
        (granule / "QI_DATA" / name).write_text(text)
    (root / "MTD_MSIL1C.xml").write_text(
        METADATA.format(name=root.name, baseline="02.06", offsets="").replace("2A", "1C")
    )
    return root


@pytest.mark.parametrize("form", ["folder", "metadata", "archive"])
def test_clouds_of_level_1c_are_polygons(tmp_path, opened, form):
    root = level_1c(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    path = {"folder": str(root), "metadata": str(root / "MTD_MSIL1C.xml")}.get(form)
    if path is None:
        path = shutil.make_archive(str(tmp_path / root.stem), "zip", root.parent, root.name)
        before.append(Path(path))
    reference = opened(path, margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    decisions = {each.name: each for each in reference.decisions}
    assert decisions["optical_level"].value == "L1C" and decisions["optical_clouds"].by == "file"
    assert "MSK_CLOUDS_B00.gml, 2" in decisions["optical_clouds"].value
    assert any("1C" in text for text in reference.warnings)
    watched = "MSK_CLOUDS" if form != "archive" else ".zip"
    assert any(watched in file for file in reference.inputs.local)
    assert sorted(tmp_path.rglob("*")) == sorted(before)


def test_level_1c_without_a_cloud(tmp_path, opened):
    reference = opened(str(level_1c(tmp_path, ())))
    assert reference.clear_share == 1
    assert any("MSK_CLOUDS_B00.gml" in text for text in reference.warnings)


def test_the_polygons_of_a_product_as_mask(write, tmp_path, opened):
    image = write(reflectance(FOUR), "s2_20180130.tif", names=FOUR)
    root = level_1c(tmp_path)
    reference = opened(image, mask=str(root), margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    gml = next(root.rglob("MSK_CLOUDS_B00.gml"))
    assert opened(image, mask=str(gml), margin=0).fingerprint == reference.fingerprint
    assert not list(tmp_path.rglob("*.gfs"))
