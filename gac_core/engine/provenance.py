"""Provenance of results: tags, records beside them, STAC items.

SpatioTemporal Asset Catalog 1.1.0, with the extensions processing, projection and file (checksums).
Properties that none of them defines are named `gac:…`.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from rasterio.crs import CRS
from rasterio.warp import transform_geom

from gac_core.bundles.bundle import Bundle
from gac_core.contract.bands import BIOMES, OUTPUT_BANDS, STAGE_NAMES
from gac_core.contract.errors import InputChanged
from gac_core.contract.layout import OBSERVED
from gac_core.contract.message import Message
from gac_core.contract.protocol import VERSION
from gac_core.contract.redaction import redacted, redacted_text, redacted_values
from gac_core.contract.request import RunRequest
from gac_core.grid import PIXEL, Window
from gac_core.io import sha256
from gac_core.optical import ReferenceUse
from gac_core.optical.fusion import OBSERVED as OBSERVED_KIND
from gac_core.scene import S1Scene
from gac_core.scene.paths import file_name
from gac_core.scene.source import InputFiles, local_file

NOTICE = (
    "SYNTHETIC: generated from Sentinel-1 radar by a model. These pixels are not observations; "
    "do not measure in them what only an observation can show."
)
PARTLY_NOTICE = (
    f"PARTLY OBSERVED: where {OBSERVED} is 1, the pixels are Sentinel-2's. All others are "
    "SYNTHETIC, generated from Sentinel-1 radar by a model; do not measure in them what only an "
    "observation can show."
)
OBSERVED_DESCRIPTION = (
    "Kinds of the pixels of the images beside this file. 0: no data; 1: observed by Sentinel-2; 2: "
    "generated from Sentinel-1 radar by GAC; 3: generated, and blended with observed ones nearby."
)
_NOT_IN_PIXELS = ("files", "paths", "warnings", "decisions", "product", "mask")
"""What an optical reference's pixels do not depend on."""
_OF_THIS_COMPUTER = (
    *("sar", "optical", "optical_mask", "optical_other", "optical_other_mask"),
    *("paths", "out", "bundle", "crs", "reuse"),
)
"""Settings that files which are passed on do not tell."""
PACKAGES = ("torch", "terratorch", "peft", "bitsandbytes", "rasterio", "numpy")

EXTENSIONS: Final = (
    "https://stac-extensions.github.io/processing/v1.2.0/schema.json",
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)
COMMON_NAMES: Final = {"B02": "blue", "B03": "green", "B04": "red", "B08": "nir"}
COG: Final = "image/tiff; application=geotiff; profile=cloud-optimized"
FIRST_LIGHT: Final = "2014-04-03T00:00:00Z"
"""Sentinel-1A's launch: earliest time of an undated radar image."""
EDGE_POINTS: Final = 8
"""Points along each edge of the footprint; UTM edges are curved in degrees."""
Json = dict[str, Any]


@dataclass
class Record:
    """Record of a run, written to `run.json`.

    Attributes:
        request: The request.
        scene: The interpreted radar scene.
        bundle: Bundle of the models.
        hashes: SHA-256 of every weight file used.
        area: Computed area.
        month: Calendar month, 0 unknown.
        season_month: Month given to stage 2: `local_month` of `month`.
        biome: Biome given to stage 2: the request's, or that of the location.
        device: Display name.
        started: Start time, ISO 8601 UTC.
        inputs: Path, size and SHA-256 of each radar file (`input_files`).
        resumed: Times at which it was resumed after an interruption.
        status: `complete`, `cancelled`, `interrupted` or `failed`.
        stages: Complete stages by result name: file, its bytes and SHA-256, seconds, tiles, score.
        taken_from: The run whose earlier stages were reused; None: all were computed.
        critique: Summary of what the stages did to the image; "" if there is nothing to report.
        change: Change from opt_v2 to opt_v3 (`critique.Change`); None if there is no opt_v3.
        reference: Optical reference (`reference_entry`); None: there is none.
        observed: Shares and file of observed pixels (`observed_entry`); None: none are kept.
    """

    request: RunRequest
    scene: S1Scene
    bundle: Bundle
    hashes: dict[str, str]
    area: Window
    month: int
    season_month: int
    biome: int
    device: str
    started: str
    inputs: list[dict[str, Any]]
    resumed: list[str] = field(default_factory=list)
    status: str = "failed"
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken_from: dict[str, Any] | None = None
    critique: str = ""
    change: dict[str, Any] | None = None
    reference: dict[str, Any] | None = None
    observed: dict[str, Any] | None = None

    def tags(self, stage: int) -> dict[str, str]:
        """Return the GDAL metadata of a stage's GeoTIFF."""
        return {
            **self._tag_of_taken(),
            **stage_tags(
                stage,
                self.bundle,
                self.hashes,
                self.inputs,
                biome=self.biome,
                season_month=self.season_month,
                modality=self.scene.modality,
                provenance=self._portable(),
            ),
            "GAC_SEED": str(self.request.seed),
            "GAC_TIMESTEPS": f"{self.request.timesteps_1} {self.request.timesteps_3}",
            "GAC_MONTH": str(self.month),
            "GAC_BIOME_FROM": self._biome["from"],
            "GAC_SAR_DATE": self.scene.date or "unknown",
            "GAC_SAR_UNIT": redacted_text(f"{self.scene.unit}: {self.scene.unit_reason}"),
            **self._reference_tags(),
        }

    def observed_tags(self, observed: Mapping[str, Any]) -> dict[str, str]:
        """Return the GDAL metadata of the raster of observed pixels (`observed_entry`)."""
        return {
            **self._reference_tags(),
            "SYNTHETIC": "NO",
            "TIFFTAG_IMAGEDESCRIPTION": OBSERVED_DESCRIPTION,
            "GAC_VERSION": VERSION,
            "GAC_OBSERVED": f"{observed['share']:.4f}",
        }

    def _reference_tags(self) -> dict[str, str]:
        if self.reference is None:
            return {}
        tags = {
            "GAC_OPTICAL": self.reference["product"],
            "GAC_OPTICAL_DATE": self.reference["date"] or "unknown",
            "GAC_OPTICAL_USE": self.reference["use"],
        }
        if other := self.reference.get("other"):
            tags["GAC_OPTICAL_OTHER"] = other["product"]
            tags["GAC_OPTICAL_OTHER_DATE"] = other["date"] or "unknown"
        if self.observed is None:
            return tags
        share = self.observed["share"]
        return tags | {
            "SYNTHETIC": "PARTLY",
            "GAC_NOTICE": PARTLY_NOTICE,
            "GAC_OBSERVED": f"{share:.4f}",
            "TIFFTAG_IMAGEDESCRIPTION": (
                f"PARTLY OBSERVED ({share:.0%}), else SYNTHETIC: {self.reference['product']} where "
                f"{OBSERVED} is 1, elsewhere generated from Sentinel-1 radar by GAC. "
                "Reflectance x 10000, without offset; 0 is nodata."
            ),
        }

    @property
    def taken(self) -> list[str]:
        """Results computed by another run."""
        return [f"opt_v{number}" for number in range(1, self.request.from_stage)]

    def _tag_of_taken(self) -> dict[str, str]:
        if self.taken_from is None:
            return {}
        run = self.taken_from
        words = f"{' '.join(self.taken)} from the run {run['name']} begun {run['started']}"
        return {"GAC_TAKEN": f"{words} on {run['device']}"}

    @property
    def _biome(self) -> dict[str, Any]:
        """Biome with its name, and whether it was requested or looked up."""
        origin = "place" if self.request.biome is None else "request"
        return {"number": self.biome, "name": BIOMES[self.biome], "from": origin}

    def _portable(self) -> dict[str, Any]:
        """Return the provenance for files that are passed on, without the user's folders."""
        request, scene = self.request.to_dict(), self.scene.info()
        for values in (request, scene):
            for key in _OF_THIS_COMPUTER:
                values.pop(key, None)
        return {
            "synthetic": True,
            "gac_version": VERSION,
            "request": request,
            "scene": scene,
            "inputs": [without_folders(entry) for entry in self.inputs],
            "optical": without_reference_folders(self.reference),
            "observed": self.observed,
            "month": self.month,
            "season_month": self.season_month,
            "place": self.scene.centre,
            "biome": self._biome,
            "bundle": bundle_entry(self.bundle, self.hashes),
            "device": self.device,
            "taken": self.taken,
            "taken_from": without_folder(self.taken_from),
            "software": software(),
        }

    def to_dict(self, memory: dict[str, int], notes: list[str]) -> dict[str, Any]:
        """Return JSON-ready values of the whole record, with the current time as its end.

        Args:
            memory: Peak bytes used.
            notes: Notes for users about the results.
        """
        grid, scene = self.scene.grid, self.scene.info()
        return {
            "synthetic": True,
            "notice": NOTICE if self.observed is None else PARTLY_NOTICE,
            "status": self.status,
            "gac_version": VERSION,
            "request": self.request.without_secrets().to_dict(),
            "scene": scene,
            "inputs": self.inputs,
            "optical": self.reference,
            "observed": self.observed,
            "area": {
                "epsg": grid.epsg,
                "bounds": list(grid.bounds(self.area)),
                "width": self.area.width,
                "height": self.area.height,
            },
            "month": self.month,
            "season_month": self.season_month,
            "place": self.scene.centre,
            "biome": self._biome,
            "bundle": {
                **bundle_entry(self.bundle, self.hashes),
                "path": str(self.bundle.path),
                "notes": self.bundle.notes,
                "sha256": dict(sorted(self.hashes.items())),
            },
            "seed": self.request.seed,
            "device": self.device,
            "stages": self.stages,
            "taken": self.taken,
            "taken_from": self.taken_from,
            "critique": self.critique,
            "change": self.change,
            "notes": notes,
            "memory": memory,
            "started": self.started,
            "resumed": self.resumed,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "software": software(),
        }


def stage_tags(
    stage: int,
    bundle: Bundle,
    hashes: Mapping[str, str],
    inputs: Sequence[Mapping[str, Any]],
    *,
    biome: int,
    season_month: int,
    modality: str,
    provenance: Mapping[str, Any],
) -> dict[str, str]:
    """Return the GDAL metadata common to all images of a stage, of runs and batches.

    Args:
        stage: 1 to 3.
        bundle: Bundle of the models.
        hashes: SHA-256 of every weight file used, by name.
        inputs: Path and SHA-256 of each radar file (`input_files`).
        biome: 0 to 14.
        season_month: Month given to stage 2.
        modality: Modality of the radar.
        provenance: Full JSON-ready provenance, for `GAC_PROVENANCE`.
    """
    return {
        "SYNTHETIC": "YES",
        "GAC_NOTICE": NOTICE,
        "GAC_VERSION": VERSION,
        "GAC_STAGE": f"{stage} ({STAGE_NAMES[stage]})",
        "GAC_BUNDLE": f"{bundle.name} ({bundle.kind})",
        "GAC_WEIGHTS_SHA256": " ".join(f"{k}={v}" for k, v in sorted(hashes.items())),
        "GAC_SEASON_MONTH": str(season_month),
        "GAC_BIOME": f"{biome} ({BIOMES[biome]})",
        "GAC_SAR": " ".join(file_name(entry["path"]) for entry in inputs),
        "GAC_SAR_SHA256": " ".join(entry["sha256"] or "-" for entry in inputs),
        "GAC_SAR_MODALITY": modality,
        "GAC_SOFTWARE": " ".join(f"{k}={v}" for k, v in software().items()),
        "GAC_PROVENANCE": json.dumps(redacted_values(dict(provenance)), ensure_ascii=True),
    }


def bundle_entry(bundle: Bundle, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return the record's entry on the models: bundle, and origin and hash of each weight file."""
    origins = {w.file: (w.repo, w.revision) for w in bundle.weight_files}
    weights = []
    for file, digest in sorted(hashes.items()):
        repo, revision = origins.get(file, (None, None))
        weights.append({"file": file, "sha256": digest, "repo": repo, "revision": revision})
    return {
        "name": bundle.name,
        "title": bundle.title,
        "kind": bundle.kind,
        "licence": bundle.licence,
        "weights": weights,
    }


@cache
def software() -> dict[str, str]:
    """Return versions of the software by name; cached, since the lookup takes a moment."""
    versions = {"gac": VERSION, "python": platform.python_version()}
    return versions | {name: metadata.version(name) for name in PACKAGES}


def input_files(inputs: InputFiles) -> list[dict[str, Any]]:
    """Return path, size and SHA-256 of each radar file; files of a virtual raster as `sources`."""
    files = []
    for path, parts in inputs.parts.items():
        sources = {"sources": [_file(part) for part in parts]} if parts else {}
        files.append({**_file(path), **sources})
    return files


def without_folders(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of `input_files` with names instead of paths, for passing on."""
    sources = [without_folders(source) for source in entry.get("sources", ())]
    result = {**entry, "path": file_name(entry["path"])}
    return {**result, "sources": sources} if sources else result


def without_folder(run: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an entry about another run without its folder, for passing on."""
    return None if run is None else {k: v for k, v in run.items() if k != "folder"}


def _file(name: str) -> dict[str, Any]:
    """Return path, size and hash of an input; remote ones have neither size nor hash.

    Raises:
        InputChanged: If it can no longer be read.
    """
    path = Path(name)
    try:
        if local_file(name) is None or not path.is_file():
            return {"path": redacted(name), "bytes": None, "sha256": None}
        return {"path": str(path), "bytes": path.stat().st_size, "sha256": sha256(path)}
    except OSError as error:
        raise InputChanged(
            Message("The file {} can no longer be read: {}.", path, error.strerror),
            Message("Check that it is complete and in its place, and run again."),
            problem="file-no-longer-readable",
        ) from error


def reference_entry(use: ReferenceUse) -> dict[str, Any]:
    """Return the record's entry on an optical reference: its reading, use and files."""
    return {**use.info(), "files": input_files(use.inputs)}


def reference_identity(reference: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pixels depend on in an entry of `reference_entry`, without files and their names.

    The fingerprint stands for the content of files that have no hash.
    """
    values = {key: value for key, value in reference.items() if key not in _NOT_IN_PIXELS}
    if "other" in values:
        values["other"] = reference_identity(values["other"])
    return values


def observed_entry(use: ReferenceUse, counts: Sequence[int]) -> dict[str, Any]:
    """Return the record's entry on observed pixels.

    Args:
        use: The reference.
        counts: Pixels of each kind: nodata, observed, generated, blended.
    """
    valid = max(1, sum(counts[1:]))
    return {
        "share": counts[OBSERVED_KIND] / valid,
        "pixels": {"observed": counts[1], "generated": counts[2], "blended": counts[3]},
        "date": use.reference.date,
        "product": use.reference.product,
    }


def without_reference_folders(reference: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an entry of `reference_entry` with names instead of paths, for passing on."""
    if reference is None:
        return None
    values = _without_paths(reference)
    if "other" in values:
        values["other"] = _without_paths(values["other"])
    return {**values, "files": [without_folders(entry) for entry in reference["files"]]}


def _without_paths(image: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in image.items() if key not in ("paths", "mask")}


def stac_item(run: Json, out: Path) -> Json:
    """Return the STAC item of a run.

    Args:
        run: Contents of run.json.
        out: Folder of the run.

    Returns:
        A STAC 1.1.0 item as JSON-ready values; asset paths are relative to the folder.
    """
    import pystac

    area = run["area"]
    xmin, _, _, ymax = area["bounds"]
    geometry = _footprint(area["bounds"], area["epsg"])
    inputs = [without_folders(entry) for entry in run["inputs"]]
    names = [entry["path"] for entry in inputs]
    date = run["scene"]["date"]
    item = pystac.Item(
        id=f"gac-{out.name}",
        geometry=geometry,
        bbox=_bbox(geometry),
        # An undated radar image may be from any time since Sentinel-1's launch.
        datetime=_utc(date) if date else None,
        start_datetime=None if date else _utc(FIRST_LIGHT),
        end_datetime=None if date else _utc(run["finished"]),
        stac_extensions=list(EXTENSIONS),
        properties={
            "title": f"{_mark(run)} optical image generated from {' and '.join(names)}",
            "description": run["notice"],
            "created": _zulu(run["finished"]),
            "license": "other",
            "processing:lineage": _lineage(run, names),
            "processing:datetime": _zulu(run["finished"]),
            "processing:software": run["software"],
            "proj:code": f"EPSG:{area['epsg']}",
            "proj:shape": [area["height"], area["width"]],
            "proj:bbox": area["bounds"],
            "proj:transform": [PIXEL, 0.0, xmin, 0.0, -PIXEL, ymax],
            "gac:synthetic": True,
            "gac:status": run["status"],
            "gac:seed": run["seed"],
            "gac:timesteps": [run["request"]["timesteps_1"], run["request"]["timesteps_3"]],
            "gac:month": run["month"],
            "gac:season_month": run["season_month"],
            "gac:biome": run["biome"],
            "gac:bundle": {key: run["bundle"][key] for key in ("name", "kind", "licence")},
            "gac:models": run["bundle"]["weights"],
            "gac:device": run["device"],
            **_taken(run),
            "gac:inputs": inputs,
            **_optical_properties(run),
            "gac:decisions": run["scene"].get("decisions", []),
        },
    )
    for name, stage in run["stages"].items():
        item.add_asset(name, pystac.Asset.from_dict(_asset(name, stage, _mark(run))))
    sources = [*inputs, *(without_reference_folders(run.get("optical")) or {"files": ()})["files"]]
    for entry in sources:
        # Folders of the user's are not told: a name is all that leads back.
        item.add_link(pystac.Link("derived_from", entry["path"], title=entry["path"]))
    observed = run.get("observed")
    if observed is not None and "file" in observed:
        asset = {
            "href": f"./{observed['file']}",
            "type": COG,
            "title": "Kinds of pixels: observed, generated, blended",
            "roles": ["metadata"],
            "file:size": observed["bytes"],
            "file:checksum": f"1220{observed['sha256']}",
            "description": OBSERVED_DESCRIPTION,
        }
        item.add_asset("observed", pystac.Asset.from_dict(asset))
    item.add_asset(
        "record",
        pystac.Asset("./run.json", "Record of the run", None, pystac.MediaType.JSON, ["metadata"]),
    )
    values: Json = item.to_dict(include_self_link=False, transform_hrefs=False)
    return values


def _asset(name: str, stage: Json, mark: str) -> Json:
    number = int(name[-1])
    return {
        "href": f"./{stage['file']}",
        "type": COG,
        "title": f"Stage {number}, {STAGE_NAMES[number]} ({mark})",
        "roles": ["data", "synthetic"],
        "data_type": "uint16",
        "nodata": 0,
        "bands": [{"name": band, "description": COMMON_NAMES[band]} for band in OUTPUT_BANDS],
        # The file as it was written. Multihash prefix: 0x12 is SHA-256, 0x20 its length.
        "file:size": stage["bytes"],
        "file:checksum": f"1220{stage['sha256']}",
        "gac:score": (stage["score"] or {}).get("gac"),
    }


def _mark(run: Json) -> str:
    """Return the word that says whether any pixel of a run is observed."""
    return "SYNTHETIC" if run.get("observed") is None else "PARTLY OBSERVED, else SYNTHETIC"


def _optical_properties(run: Json) -> Json:
    """Return properties on the optical reference, if there is one."""
    reference = without_reference_folders(run.get("optical"))
    if reference is None:
        return {}
    return {"gac:optical": reference, "gac:observed": run["observed"]}


def _taken(run: Json) -> Json:
    """Return properties on the stages that another run computed, if any."""
    if not run.get("taken"):
        return {}
    return {"gac:taken": run["taken"], "gac:taken_from": without_folder(run["taken_from"])}


def _lineage(run: Json, names: list[str]) -> str:
    scene = run["scene"]
    stages = ", ".join(f"{name} ({STAGE_NAMES[int(name[-1])]})" for name in run["stages"])
    return (
        f"{_mark(run)}. Generated by GAC {run['gac_version']} with the model bundle "
        f"{run['bundle']['name']} ({run['bundle']['kind']}) from Sentinel-1 radar "
        f"({', '.join(names)}; unit {scene['unit']}: {scene['unit_reason']}; modality "
        f"{scene['modality']}). Stages: {stages}. {_lineage_of_taken(run)}"
        f"{_lineage_of_optical(run)}"
    )


def _lineage_of_optical(run: Json) -> str:
    reference, observed = run.get("optical"), run.get("observed")
    if reference is None:
        return "Not an observation."
    name, other = _named(reference), reference.get("other")
    if observed is None:
        both = name if other is None else f"{name} and {_named(other)}"
        return f"Guided by {both}. Not an observation."
    kept = f"{observed['share']:.0%} of the pixels are those of {name}; see {OBSERVED}."
    return kept if other is None else f"{kept} The others are guided by {_named(other)}."


def _named(image: Json) -> str:
    return f"{image['product']} ({image['date'] or 'of unknown date'})"


def _lineage_of_taken(run: Json) -> str:
    taken = run.get("taken")
    if not taken:
        return ""
    other = run["taken_from"]
    return f"{', '.join(taken)} as the run {other['name']} begun {other['started']} computed them. "


def _utc(time: str) -> datetime:
    return datetime.fromisoformat(time.removesuffix("Z")).replace(tzinfo=UTC)


def _zulu(time: str) -> str:
    """Return an ISO time in UTC in STAC's notation."""
    return f"{time.replace('+00:00', '')}Z"


def _footprint(bounds: list[float], epsg: int) -> Json:
    """Return a GeoJSON geometry in WGS 84, split at the antimeridian as GeoJSON requires."""
    xmin, ymin, xmax, ymax = bounds
    steps = [i / EDGE_POINTS for i in range(EDGE_POINTS)]
    width, height = xmax - xmin, ymax - ymin
    ring = [(xmin + s * width, ymin) for s in steps]
    ring += [(xmax, ymin + s * height) for s in steps]
    ring += [(xmax - s * width, ymax) for s in steps]
    ring += [(xmin, ymax - s * height) for s in steps]
    polygon = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    geometry: Json = transform_geom(
        CRS.from_epsg(epsg), CRS.from_epsg(4326), polygon, antimeridian_cutting=True, precision=7
    )
    return geometry


def _bbox(geometry: Json) -> list[float]:
    """Return west, south, east, north; west exceeds east across the antimeridian."""
    parts = geometry["coordinates"]
    rings = [part[0] for part in parts] if geometry["type"] == "MultiPolygon" else [parts[0]]
    ys = [y for ring in rings for _, y in ring]
    # Of two parts one starts near +180 and the other ends near -180.
    west = max(min(x for x, _ in ring) for ring in rings)
    east = min(max(x for x, _ in ring) for ring in rings)
    return [west, min(ys), east, max(ys)]
