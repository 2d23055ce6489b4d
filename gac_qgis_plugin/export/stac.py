"""STAC item of an export: the run's own item, adapted to the exported files."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import datetime, timezone
from pathlib import Path

from osgeo import gdal, osr

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.export.grid import bounds_of, reference
from gac_qgis_plugin.export.plan import PICTURE, ExportPlan
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.records import Json, StacItem
from gac_qgis_plugin.toolbelt.redaction import redacted_json

EDGE_POINTS = 8
HALF_TURN = 180.0


def exported_item(plan: ExportPlan, folder: Path) -> bool:
    """Write the item of the exported files in a folder; return False if the run has none."""
    item: Json = {**records.read(plan.run / layout.STAC_ITEM, StacItem).values}
    if not item.keys() >= {"assets", "properties"}:
        return False
    assets, properties = item["assets"], item["properties"]
    files = {stage: folder / plan.target_name(stage) for stage in plan.stages}
    item["assets"] = {
        f"opt_v{stage}": _asset(plan, assets.get(f"opt_v{stage}", {}), path)
        for stage, path in files.items()
    }
    if plan.with_figure:
        item["assets"]["figure"] = {
            "href": f"./{plan.figure_name}",
            "type": "image/png",
            "title": "Before/after figure (SYNTHETIC)",
            "roles": ["overview", "synthetic"],
        }
    item["id"] = plan.stem
    image = gdal.Open(str(next(iter(files.values()))))
    _place(item, properties, image)
    properties["updated"] = f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
    properties["gac:export"] = image.GetMetadataItem("GAC_EXPORT")
    properties["gac:synthetic"] = True
    text = json.dumps(redacted_json(item), indent=2, ensure_ascii=False)
    (folder / plan.stac_name).write_text(text + "\n", encoding="utf-8")
    return True


def _asset(plan: ExportPlan, asset: Json, path: Path) -> Json:
    image = gdal.Open(str(path))
    bands = [image.GetRasterBand(n) for n in range(1, image.RasterCount + 1)]
    recorded = {band.get("name"): band for band in asset.get("bands", [])}
    names = [band.GetDescription() for band in bands]
    nodata = bands[0].GetNoDataValue()
    roles = ["visual", "synthetic"] if plan.kind == PICTURE else ["data", "synthetic"]
    return {
        **asset,
        "href": f"./{path.name}",
        "roles": roles,
        "data_type": "uint8" if plan.kind == PICTURE else plan.kind,
        # JSON has no NaN; STAC defines a string for it.
        "nodata": "nan" if nodata is not None and math.isnan(nodata) else nodata,
        "bands": [recorded.get(name, {"name": name}) for name in names],
        "file:size": path.stat().st_size,
        "file:checksum": f"1220{_sha256(path)}",
    }


def _place(item: Json, properties: Json, image: gdal.Dataset) -> None:
    """Set the item's position: projection properties, footprint and bounding box."""
    xmin, ymin, xmax, ymax = bounds_of(image)
    crs = reference(image.GetProjection())
    code = crs.GetAuthorityCode(None) if crs.GetAuthorityName(None) == "EPSG" else None
    left, width, _, top, _, height = image.GetGeoTransform()
    properties["proj:code"] = f"EPSG:{code}" if code else None
    if not code:
        properties["proj:wkt2"] = crs.ExportToWkt(["FORMAT=WKT2_2019"])
    properties["proj:shape"] = [image.RasterYSize, image.RasterXSize]
    properties["proj:bbox"] = [xmin, ymin, xmax, ymax]
    properties["proj:transform"] = [width, 0.0, left, 0.0, height, top]
    steps = [step / EDGE_POINTS for step in range(EDGE_POINTS)]
    across, up = xmax - xmin, ymax - ymin
    ring = [(xmin + step * across, ymin) for step in steps]
    ring += [(xmax, ymin + step * up) for step in steps]
    ring += [(xmax - step * across, ymax) for step in steps]
    ring += [(xmin, ymax - step * up) for step in steps]
    transform = osr.CoordinateTransformation(crs, reference("EPSG:4326"))
    points = [[round(x, 7), round(y, 7)] for x, y, _ in transform.TransformPoints(ring)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) - min(xs) > HALF_TURN:
        # Across the antimeridian keep the run's own footprint, which is split there.
        return
    item["geometry"] = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    item["bbox"] = [min(xs), min(ys), max(xs), max(ys)]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
