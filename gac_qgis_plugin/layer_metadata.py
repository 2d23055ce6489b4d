"""QGIS metadata of a result: description, inputs, and step-by-step history."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from qgis.core import (
    QgsAbstractMetadataBase,
    QgsBox3d,
    QgsDateTimeRange,
    QgsLayerMetadata,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from gac_qgis_plugin.contract import bands, layout
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.problems import redacted
from gac_qgis_plugin.core.records import Bundle, Input, OpticalImage, RunRecord, Scene
from gac_qgis_plugin.labels import (
    DISCLAIMER,
    PARTLY_DISCLAIMER,
    mark_of,
    percent,
    remarked,
    share_in,
    stage_title,
)

GENERATED = ("YES", "PARTLY")
"""Values of the tag SYNTHETIC of images that GAC generated."""

_TAG = re.compile(r"<li>(SYNTHETIC|GAC_\w+)=(.*?)</li>", re.DOTALL)


def read_record(folder: Path) -> RunRecord:
    """Return the valid fields of the run record in a folder; empty if there is none."""
    return records.read(folder / layout.RECORD, RunRecord).values


def describe_result(layer: QgsRasterLayer, stage: int, record: RunRecord) -> QgsLayerMetadata:
    """Return the metadata of one stage's layer.

    Args:
        layer: The layer.
        stage: 1 to 3.
        record: The run's run.json; missing fields are left out.
    """
    bundle, scene = record.get("bundle", {}), record.get("scene", {})
    run_json = Path(layer.source()).with_name(layout.RECORD)
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(layer.source())
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    kind = str(bundle.get("kind") or "")
    share = observed_share(gac_tags(layer))
    metadata.setTitle(remarked(stage_title(stage, kind, bands.STAGE_NAMES[stage]), share))
    models = f" with the model bundle '{bundle['name']}'" if bundle.get("name") else ""
    metadata.setAbstract(
        f"{_disclaimer(share, record)} Stage {stage} ({bands.STAGE_NAMES[stage]}) of a GAC "
        f"run{models}. "
        f"How it was made: {run_json}"
    )
    metadata.setKeywords(
        {
            "gmd:topicCategory": ["imagery"],
            "GAC": [
                mark_of(share),
                "generated",
                "Sentinel-1",
                "optical",
                bands.STAGE_NAMES[stage],
            ],
        }
    )
    if bundle.get("licence"):
        metadata.setLicenses([str(bundle["licence"])])
    link = QgsAbstractMetadataBase.Link(layout.RECORD, "WWW:LINK", run_json.as_uri())
    metadata.setLinks([link])
    metadata.setCrs(layer.crs())
    metadata.setExtent(_extent(layer, scene.get("date", "")))
    for line in history(stage, record):
        metadata.addHistoryItem(line)
    return metadata


def history(stage: int, record: RunRecord) -> list[str]:
    """Return the inputs and processing steps of a stage's result, one line each."""
    lines = [
        *_inputs(record),
        *_decisions(record.get("scene", {})),
        *_optical(record),
        *_weights(record.get("bundle", {})),
        *(line for each in range(1, stage + 1) for line in _stage(each, record)),
        *_critique(record),
    ]
    # Written to the project and to a file beside the image; older engines recorded whole addresses.
    return [redacted(line) for line in lines]


def _disclaimer(share: float | None, record: RunRecord) -> str:
    """Return what the pixels are, with the product and date of observed ones; in English."""
    if not share:
        return DISCLAIMER
    observed = record.get("observed", {})
    source = ", ".join(filter(None, (observed.get("product"), observed.get("date"))))
    return PARTLY_DISCLAIMER.format(percent(share)) + (
        f" Observed: {source}; {layout.OBSERVED} tells where." if source else ""
    )


def _optical(record: RunRecord) -> list[str]:
    """Return lines about the optical reference, if there is one."""
    optical, observed = record.get("optical"), record.get("observed")
    if not optical:
        return []
    use = "clear pixels are kept" if optical.get("use") == "keep" else "it only guides"
    lines = [f"Optical reference: {_image(optical)}, {use}"]
    lines += _decisions({"decisions": optical.get("decisions", [])}, "Optical")
    if other := optical.get("other"):
        lines.append(f"Optical of another date: {_image(other)}, it guides beneath the clouds")
        lines += _decisions({"decisions": other.get("decisions", [])}, "Optical of another date")
    lines += _files(optical.get("files", []), "Optical")
    if observed and observed.get("share") is not None:
        lines.append(f"Observed: {100 * observed['share']:.1f} % of the pixels")
    return lines


def _image(image: OpticalImage) -> str:
    """Return a Sentinel-2 image's product, date and days from the radar."""
    days = image.get("days")
    words = [image.get("product") or "unknown product", image.get("date") or "date unknown"]
    if days is not None:
        words.append(f"{days} days from the radar")
    return ", ".join(words)


def _inputs(record: RunRecord) -> list[str]:
    return _files(record.get("inputs", []))


def _files(files: list[Input], about: str = "Input") -> list[str]:
    lines = []
    for file in files:
        size = f", {file['bytes']} bytes" if file.get("bytes") else ""
        digest = f", SHA-256 {file['sha256']}" if file.get("sha256") else ""
        lines.append(f"{about}: {file.get('path')}{size}{digest}")
    return lines


def _decisions(scene: Scene, about: str = "Input") -> list[str]:
    decisions = scene.get("decisions", [])
    if decisions:
        return [
            f"{about}: {each.get('label')} is {each.get('value')}"
            + (f", {each['why']}" if each.get("why") else "")
            + {"user": " (set by the user)", "assumed": " (assumed)"}.get(str(each.get("by")), "")
            for each in decisions
        ]
    if not scene.get("unit"):
        return []
    why = f", {scene['unit_reason']}" if scene.get("unit_reason") else ""
    return [f"Input: unit is {scene['unit']}{why}", f"Input: kind is {scene.get('modality')}"]


def _weights(bundle: Bundle) -> list[str]:
    if not bundle.get("name"):
        return []
    lines = [f"Models: bundle '{bundle['name']}' ({bundle.get('kind') or 'unknown kind'})"]
    weights = bundle.get("weights") or [
        {"file": name, "sha256": digest} for name, digest in bundle.get("sha256", {}).items()
    ]
    for each in weights:
        words = [f"Models: {each.get('file')}", f"SHA-256 {each.get('sha256')}"]
        if each.get("repo"):
            words.append(f"from {each['repo']}, revision {each.get('revision') or 'not pinned'}")
        lines.append(", ".join(words))
    return lines


def _stage(stage: int, record: RunRecord) -> list[str]:
    entry = record.get("stages", {}).get(f"opt_v{stage}", {})
    if not entry:
        return []
    bundle, request = record.get("bundle", {}), record.get("request", {})
    steps = {1: request.get("timesteps_1"), 3: request.get("timesteps_3")}.get(stage)
    software = record.get("software", {})
    words = [f"bundle '{bundle.get('name')}'", f"seed {record.get('seed', request.get('seed'))}"]
    origin = {key: entry.get(key) for key in ("model", "revision", "sha256")}
    words += [f"{key} {value}" for key, value in origin.items() if value]
    if steps is not None:
        words.append(f"{steps} steps")
    if entry.get("seconds") is not None:
        words.append(f"{entry['seconds']} s on {record.get('device') or 'an unknown device'}")
    versions = [f"GAC {record.get('gac_version') or '?'}"]
    versions += [f"{name} {version}" for name, version in software.items() if name != "gac"]
    when = entry.get("finished") or record.get("finished") or "unknown"
    if entry.get("taken_from"):
        words.append(f"taken from the run {entry['taken_from'].get('name')}")
    return [
        f"Stage {stage}, {bands.STAGE_NAMES[stage]}: {', '.join(words)}; "
        f"software {', '.join(versions)}; done {when}"
    ]


def _critique(record: RunRecord) -> list[str]:
    critique = record.get("critique")
    return [f"Judged: {critique}"] if critique else []


def _extent(layer: QgsRasterLayer, date: str) -> QgsLayerMetadata.Extent:
    box = layer.extent()
    space = QgsLayerMetadata.SpatialExtent()
    space.extentCrs = layer.crs()
    space.bounds = QgsBox3d(box.xMinimum(), box.yMinimum(), 0, box.xMaximum(), box.yMaximum(), 0)
    extent = QgsLayerMetadata.Extent()
    extent.setSpatialExtents([space])
    times = acquired(date)
    if times is not None:
        extent.setTemporalExtents([times])
    return extent


def acquired(date: str) -> QgsDateTimeRange | None:
    """Return the radar's acquisition time: a moment, or a day if the time is unknown."""
    is_day = len(date) == len("2018-01-28")
    first, last = (f"{date}T00:00:00", f"{date}T23:59:59") if is_day else (date, date)
    # The engine's dates are UTC, without saying so.
    begin, end = (
        QDateTime.fromString(f"{text.rstrip('Z')}Z", Qt.DateFormat.ISODate)
        for text in (first, last)
    )
    return QgsDateTimeRange(begin, end) if begin.isValid() else None


def gac_tags(layer: QgsRasterLayer) -> dict[str, str]:
    """Return a raster's GAC tags; empty if it is not a result of GAC.

    The provider's description is the only source that does not reopen the file.
    """
    provider = layer.dataProvider()
    if layer.providerType() != "gdal" or provider is None or not provider.isValid():
        return {}
    return {name: unescape(value) for name, value in _TAG.findall(provider.htmlMetadata())}


def observed_share(tags: dict[str, str]) -> float | None:
    """Return the share of observed pixels that a result's tags state; None if it has none."""
    return share_in(tags.get("GAC_OBSERVED"))


def bundle_kind(tags: dict[str, str]) -> str:
    """Return the kind of bundle that made a result, e.g. `demo`; "" if its tags do not say."""
    match = re.search(r"\((\w+)\)$", tags.get("GAC_BUNDLE", ""))
    return match[1] if match else ""
