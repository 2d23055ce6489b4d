"""Evaluation of a bundle on pairs of radar and real optical images."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

from gac_core.bundles.library import Library
from gac_core.engine.provenance import software
from gac_core.networks.device import choose_device, describe_device, free_memory
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape
from gac_core.stages.base import Array
from training.data.pair import Pair, PairSource
from training.data.split import History
from training.evaluation.ablations import LAST, STEPS, Variant, ablations, apply_variant, image_key
from training.evaluation.baselines import CHOICE, PRINT, BlurSearch, fit_baselines, fit_radar_print
from training.evaluation.chain import (
    OPT_NAMES,
    ORACLE,
    REAL,
    REFERENCES,
    Images,
    Scored,
    Scores,
    Setting,
    as_written,
    none_judged_error,
    optical_of,
    read_pairs,
    run_pair,
    score_pair,
    valid_of,
)
from training.evaluation.kid import Features
from training.evaluation.learned_baselines import BaselineSettings
from training.evaluation.offset import check_offset, dark_shift
from training.evaluation.pictures import Example, Strip, choose_examples, picture_row, strip
from training.evaluation.report import Report
from training.evaluation.selection import select_pairs
from training.scores.pixels import reference_cases

FILE = "ablations.jsonl"

MAX_STRIPS = 500
"""Maximum number of pairs on contact sheets: each takes up to 1 MB of memory until written."""


class ScoreCache:
    """Scores by variant and pair in a JSON-lines file.

    An entry is valid only for the same weights, settings, variant and pixels. Truncated or foreign
    lines are ignored.

    Args:
        folder: Folder of the file; None: nothing is stored.
        subject: JSON-ready values that all scores depend on: weights and settings.
        file: Name of the file.
    """

    def __init__(self, folder: Path | None, subject: Any, file: str = FILE) -> None:
        self._path = None if folder is None else folder / file
        self._subject = json.dumps(subject, sort_keys=True, default=str)
        self._scores: dict[str, dict[str, Scores]] = {}
        if self._path is not None and self._path.is_file():
            for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
                self._read(line)

    def key(self, variant: str, pair: Pair) -> str:
        """Return the key of a variant's scores of a pair."""
        digest = hashlib.sha256(f"{self._subject}\n{variant}\n{pair.name}\n".encode())
        digest.update(f"{pair.month} {pair.biome} {pair.place} {pair.modality}".encode())
        for image in (pair.s1, pair.s2):
            digest.update(image.tobytes())
        return digest.hexdigest()

    def get(self, key: str) -> dict[str, Scores] | None:
        """Return scores by image, or None if not cached."""
        return self._scores.get(key)

    def put(self, key: str, scores: dict[str, Scores]) -> None:
        """Store scores by image.

        Raises:
            OSError: If they cannot be written.
        """
        self._scores[key] = scores
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            # Start on a new line, in case the last one is truncated.
            stream.write("\n" + json.dumps({"key": key, "scores": scores}) + "\n")

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
            key, scores = entry["key"], entry["scores"]
            self._scores[str(key)] = {
                str(image): {str(name): float(value) for name, value in measures.items()}
                for image, measures in scores.items()
            }
        except (ValueError, TypeError, KeyError, AttributeError):
            return


def evaluation_record(models: Models, setting: Setting, command: str, data: str) -> dict[str, Any]:
    """Return the record, ready for JSON.

    Args:
        models: Loaded networks of the bundle; the hashes of their files are known.
        setting: Settings of the stages.
        command: Command line.
        data: Origin of the pairs.
    """
    bundle = models.bundle
    return {
        "bundle": {
            "name": bundle.name,
            "title": bundle.title,
            "kind": bundle.kind,
            "licence": bundle.licence,
            "card_sha256": models.card_sha256,
            "sha256": dict(sorted(models.hashes.items())),
            "notes": bundle.notes,
        },
        "data": data,
        "timesteps": list(setting.timesteps),
        "seed": setting.seed,
        "command": command,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "threads": torch.get_num_threads(),
            "device": describe_device(models.device),
            "system": platform.platform(terse=True),
        },
        "software": software(),
    }


def _processor() -> str:
    """Return the processor's name: from /proc/cpuinfo on Linux, else from Python."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    names = [line.partition(":")[2] for line in text.splitlines() if line.startswith("model name")]
    return (names[0].strip() if names else platform.processor()) or platform.machine()


@dataclass(frozen=True)
class Options:
    """Options of an evaluation beyond the three stages, simple baselines and blurs.

    Attributes:
        max_images: Maximum number of pairs, from as many tiles as possible; None: all.
        ablations: Run the ablations.
        steps: Numbers of steps to try among the ablations.
        baseline_settings: Training settings of UNet-L1 and pix2pix; None: without them.
        cache: Folder of trained baselines and ablation scores, for resuming an evaluation; None: no
            cache.
        pictures: Maximum number of pairs to show.
        command: Command line, for the record.
        data: Origin of the pairs, for the record.
    """

    max_images: int | None = None
    ablations: bool = False
    steps: tuple[int, ...] = STEPS
    baseline_settings: BaselineSettings | None = None
    cache: Path | None = None
    pictures: int = 24
    command: str = ""
    data: str = ""


def evaluate_bundle(
    bundle: str | Path,
    source: PairSource,
    tiles: str | Collection[str] = "unseen",
    *,
    setting: Setting | None = None,
    options: Options | None = None,
    baseline_source: PairSource | None = None,
    library: Library | None = None,
    device: str = "cpu",
    say: Callable[[str], None] = print,
) -> Report:
    """Score a bundle's stages beside baselines and references.

    Args:
        bundle: Name or folder of the bundle.
        source: Pairs to judge.
        tiles: `all`, `unseen` (of no place that trained any of the bundle's stages), or names.
        setting: Settings of the stages; None: defaults of a run.
        options: Further options; None: defaults.
        baseline_source: Pairs for the baselines; None: the training tiles among `source`.
        library: Library of bundles and weights; None: the default one.
        device: `cpu`, `cuda` or `auto`.
        say: Callback for progress messages.

    Raises:
        RequestError: If there is nothing to judge.
        BundleError: If the bundle is missing or incomplete.
    """
    setting, options = setting or Setting(), options or Options()
    library = library or Library.default()
    resolved = library.require(str(bundle))
    selection = select_pairs(source, tiles, History.of(resolved.card), options.max_images)
    indices = selection.indices
    setting = setting.resolved(resolved)
    models = Models(resolved, library, choose_device(device))
    baselines = fit_baselines(
        resolved.card, baseline_source or source, selection, options.baseline_settings,
        options.cache, models.device, say,
    )  # fmt: skip
    models.load()
    radar_print, note = fit_radar_print(
        models, baseline_source or source, baselines.train, setting, say
    )
    report = Report({}, [], notes=[*selection.notes, *baselines.notes, note])
    modalities = TerraMindShape.from_dict(resolved.terramind).modalities
    complete: dict[int, Images] = {}
    search = BlurSearch()
    features = Features(models, len(indices))
    shifts: list[float | None] = []
    for index, pair in read_pairs(source, indices, report.skipped, modalities):
        result = run_pair(models, pair, setting)
        beside, seconds = baselines.images(pair, resolved.window, models.device)
        written = result.as_written()
        if radar_print is not None:
            beside[PRINT] = as_written(radar_print.image(pair.s1, written["opt_v2"]))
        images = {**beside, **written, **_references(pair, setting.seed)}
        features.add(pair, {**images, REAL: optical_of(pair)})
        search.add(index, pair, written)
        shifts.append(dark_shift(pair, result.stages["opt_v1"]))
        scores = score_pair(pair, images, {**seconds, **result.seconds})
        report.each.append(
            Scored(
                pair.name, pair.tile, pair.month, pair.biome, pair.s1.shape[1:], scores, pair.place
            )
        )
        pictures = _strip(pair, result)
        if len(report.rows) < options.pictures:
            report.rows.append(picture_row(pictures))
        if len(report.strips) < MAX_STRIPS:
            report.strips.append(pictures)
        if options.ablations:
            complete[index] = result
        say(_line(len(report.each), len(indices), report.each[-1]))
    for line in report.skipped:
        say(f"left out: {line}")
    if not report.each:
        raise none_judged_error(len(indices), report.skipped)
    report.offset = check_offset(shifts, resolved.card)
    report.notes += [report.offset.note] if report.offset.note else []
    _blur(report, source, search, features, say)
    report.kid = features.distances()
    _add_examples(report, models, source, setting, search.indices)
    if options.ablations:
        cache = ScoreCache(options.cache, subject_of(models, setting))
        _ablate(report, models, source, setting, options.steps, complete, cache, say)
    report.about = evaluation_record(models, setting, options.command, options.data)
    report.about["blurs"] = CHOICE
    return report


def _blur(
    report: Report,
    source: PairSource,
    search: BlurSearch,
    features: Features,
    say: Callable[[str], None],
) -> None:
    """Add the scores and features of the chosen blurs."""
    choice = search.choose()
    report.best_blurs = {name: blur.name for name, blur in choice.best.items()}
    report.notes += choice.notes
    for line in choice.notes:
        say(line)
    pairs = read_pairs(source, search.indices, [])
    for scored, (index, pair) in zip(report.each, pairs, strict=True):
        images = {blur.name: search.blurred(index, blur) for blur in choice.blurs}
        scored.images |= score_pair(pair, images, {})
        features.add(pair, images)


def _add_examples(
    report: Report,
    models: Models,
    source: PairSource,
    setting: Setting,
    indices: Sequence[int],
) -> None:
    """Add the examples, recomputing pictures that were not kept."""
    for number, ranks in choose_examples(report.each).items():
        if number < len(report.strips):
            pictures = report.strips[number]
        else:
            ((_, pair),) = read_pairs(source, [indices[number]], [])
            pictures = _strip(pair, run_pair(models, pair, setting))
        report.examples.append(Example(ranks, report.each[number], pictures))


def _ablate(
    report: Report,
    models: Models,
    source: PairSource,
    setting: Setting,
    steps: tuple[int, ...],
    complete: dict[int, Images],
    cache: ScoreCache,
    say: Callable[[str], None],
) -> None:
    """Add the scores of every variant that applies to the bundle."""
    for variant in ablations(models.bundle, steps, setting.timesteps):
        changed = variant.change(models.bundle)
        if changed is None:
            report.missing.append(variant.name)
            continue
        report.variants.append(variant)
        if variant.first > LAST:
            continue
        say(f"ablation: {variant.name}")
        networks: Models | None = None
        changed_setting = _setting(setting, variant)
        fresh = OPT_NAMES[variant.first - 1 :]
        pairs = read_pairs(source, complete, [])
        for scored, (index, pair) in zip(report.each, pairs, strict=True):
            key = cache.key(variant.name, pair)
            scores = cache.get(key)
            if scores is None:
                networks = networks or variant.networks(apply_variant(models, changed))
                result = run_pair(
                    networks,
                    pair,
                    changed_setting,
                    variant.first,
                    complete[index],
                    replace_stage=variant.replace_stage,
                )
                images = {
                    name: image for name, image in result.as_written().items() if name in fresh
                }
                scores = score_pair(pair, images, result.seconds)
                cache.put(key, scores)
            scored.images |= {image_key(name, variant): scores[name] for name in fresh}
        del networks
        free_memory()


def subject_of(models: Models, setting: Setting) -> list[Any]:
    """Return the values that the images depend on besides the pair: not critic and texts."""
    bundle, ground = models.bundle, models.bundle.grounding
    parts = (bundle.terramind, bundle.refiner, ground.adapter, ground.bridge)
    return [models.hashes, bundle.window, bundle.sampling, bundle.offset, *parts, asdict(setting)]


def _strip(pair: Pair, images: Images) -> Strip:
    generated = list(images.as_written().values())
    return strip(pair.name, pair.tile, pair.s1, generated, optical_of(pair))


def _references(pair: Pair, seed: int) -> dict[str, Array]:
    """Return the reference images (wrong, copied, blurred or flat), (4, H, W) DN."""
    real = optical_of(pair)
    cases = reference_cases(pair.s1.astype(np.float64), real.astype(np.float64), seed=seed)
    images = {name: case[0][1] for name, case in cases.items() if name in REFERENCES}
    masked = np.where(valid_of(pair), real, np.nan)
    images[ORACLE] = np.broadcast_to(np.nanmean(masked, (1, 2), keepdims=True), real.shape)
    return {name: as_written(images[name].astype(np.float32)) for name in REFERENCES}


def _setting(setting: Setting, variant: Variant) -> Setting:
    steps = variant.timesteps(setting.timesteps)
    return replace(setting, timesteps=steps, metadata=setting.metadata and variant.metadata)


def _line(done: int, total: int, one: Scored) -> str:
    values = ", ".join(f"v{i} {one.value(f'opt_v{i}', 'psnr'):.2f} dB" for i in (1, 2, 3))
    seconds = sum(one.value(name, "seconds") for name in OPT_NAMES)
    return f"[{done}/{total}] {one.tile} {one.name}: {values} ({seconds:.1f} s)"
