"""Results on the map as a run leaves them: images of known values, their record, their group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from osgeo import gdal, osr
from qgis.core import QgsProject

from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.results import ResultRun, run_in

ORIGIN = (676780.0, 5394900.0)
SIZE = (48, 32)
"""Columns and rows."""

DATE = "2018-01-28T16:12:01"
BANDS = ("B02", "B03", "B04", "B08")
TAGS = {
    "SYNTHETIC": "YES",
    "GAC_NOTICE": "SYNTHETIC: generated",
    "GAC_BUNDLE": "small (demo)",
    "GAC_PROVENANCE": '{"synthetic": true}',
}


def value(stage: int, band: int, column: int, row: int) -> int:
    """Return a stage's pixel: 0, no data, in the last column, else different everywhere."""
    if column == SIZE[0] - 1:
        return 0
    return 300 * band + 40 * stage + 7 * column + row


def write_image(path: Path, stage: int) -> None:
    """Writes a stage's image."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    file = gdal.GetDriverByName("GTiff").Create(str(path), *SIZE, 4, gdal.GDT_UInt16)
    file.SetProjection(crs.ExportToWkt())
    file.SetGeoTransform((ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0))
    file.SetMetadata({**TAGS, "GAC_STAGE": f"{stage}"})
    for number, name in enumerate(BANDS, start=1):
        band = file.GetRasterBand(number)
        band.SetNoDataValue(0)
        band.SetDescription(name)
        rows = range(SIZE[1])
        data = b"".join(
            value(stage, number, column, row).to_bytes(2, "little")
            for row in rows
            for column in range(SIZE[0])
        )
        band.WriteRaster(0, 0, *SIZE, data, buf_type=gdal.GDT_UInt16)


def write_run(folder: Path, radar: str = "", stages: int = 3) -> list[dict[str, Any]]:
    """Writes a run's folder; its `stage` events."""
    folder.mkdir(parents=True)
    events = []
    for stage in range(1, stages + 1):
        path = folder / f"opt_v{stage}.tif"
        write_image(path, stage)
        events.append({"stage": stage, "path": str(path), "gac": 0.1 * stage})
    record = {
        "synthetic": True,
        "status": "complete",
        "request": {"sar": [radar], "seed": 7, "timesteps_1": 4, "timesteps_3": 5, "stages": 3},
        "scene": {"paths": [radar], "vv_band": 1, "vh_band": 2, "unit": "db", "date": DATE},
        "bundle": {"name": "small", "kind": "demo"},
        "area": {"epsg": 32633, "width": SIZE[0], "height": SIZE[1]},
        "seed": 7,
        "stages": {
            f"opt_v{n}": {"file": f"opt_v{n}.tif", "score": {"gac": 0.1 * n}}
            for n in range(1, stages + 1)
        },
        "finished": "2026-11-22T12:00:00+00:00",
    }
    (folder / "run.json").write_text(json.dumps(record))
    return events


def add_run(folder: Path, radar: Any = None, stages: int = 3) -> ResultRun:
    """Writes a run and puts it on the map."""
    source = radar.source() if radar is not None else ""
    events = write_run(folder, source, stages)
    ids = (radar.id(),) if radar is not None else ()
    layers = RunLayers(QgsProject.instance(), ids, f"GAC SYNTHETIC · {folder.name}", "small")
    for event in events:
        layers.add_stage(event)
    layers.finish()
    found = run_in(QgsProject.instance(), folder)
    assert found is not None
    return found
