"""Judges a bundle on pairs of radar and real optical images."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.contract.errors import RequestError
from gac_core.models.device import choose_device, free_memory
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.terramind import TerraMindShape
from gac_core.stages.base import Array
from training.data.history import History
from training.data.pair import Pair
from training.data.source import PairSource
from training.evaluation.about import describe
from training.evaluation.baselines import PRINT
from training.evaluation.blurs import CHOICE, BlurSearch
from training.evaluation.chain import OPT_NAMES, Images, Setting, run_pair
from training.evaluation.examples import Example, choose_examples
from training.evaluation.kid import Features
from training.evaluation.learned_baselines import Schooling
from training.evaluation.offset import check_offset, dark_shift
from training.evaluation.pictures import Strip, picture_row, strip
from training.evaluation.reading import read_pairs
from training.evaluation.report import Report
from training.evaluation.rivals import find_rivals, fit_radar_print
from training.evaluation.score_cache import ScoreCache
from training.evaluation.scored import (
    ORACLE,
    REAL,
    REFERENCES,
    Scored,
    as_written,
    optical_of,
    score_pair,
    valid_of,
)
from training.evaluation.selection import select_pairs
from training.evaluation.variants import LAST, STEPS, Variant, ablations, label, varied
from training.scores.references import reference_cases

MOST_STRIPS = 500
"""Pairs on contact sheets: each takes up to a megabyte of memory until they are written."""


@dataclass(frozen=True)
class Options:
    """Options of an evaluation beyond the three stages, simple baselines and blurs.

    Attributes:
        max_images: Pairs to judge at most, of as many tiles as can be; None: all.
        ablations: Whether parts of the bundle are taken away in turn.
        steps: Numbers of steps to try among the ablations.
        schooling: How UNet-L1 and pix2pix are trained; None: without them.
        cache: Folder that keeps trained baselines and the scores of ablations, for an evaluation
            that resumes; None: none does.
        pictures: Pairs to show at most.
        command: The command line, for the record.
        data: Where the pairs come from, for the record.
    """

    max_images: int | None = None
    ablations: bool = False
    steps: tuple[int, ...] = STEPS
    schooling: Schooling | None = None
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
    """Scores of a bundle's stages, beside baselines and references.

    Args:
        bundle: Its name or folder.
        source: Pairs.
        tiles: `all`, `unseen` (of no place that trained any of the bundle's stages), or names.
        setting: How the stages are run; None: as a run does by default.
        options: What else is done; None: nothing.
        baseline_source: Pairs for the baselines; None: the training tiles among `source`.
        library: Where bundles and weights are looked for; None: the usual places.
        device: `cpu`, `cuda` or `auto`.
        say: Told how it goes.

    Raises:
        RequestError: If there is nothing to judge.
        BundleError: If the bundle is missing or incomplete.
    """
    setting, options = setting or Setting(), options or Options()
    library = library or Library.default()
    found = library.require(str(bundle))
    selection = select_pairs(source, tiles, History.of(found.card), options.max_images)
    indices = selection.indices
    setting = setting.settled(found)
    models = Models(found, library, choose_device(device))
    rivals = find_rivals(
        found.card, baseline_source or source, selection, options.schooling, options.cache,
        models.device, say,
    )  # fmt: skip
    models.load()
    radar_print, note = fit_radar_print(
        models, baseline_source or source, rivals.train, setting, say
    )
    report = Report({}, [], notes=[*selection.notes, *rivals.notes, note])
    modalities = TerraMindShape.from_dict(found.terramind).modalities
    whole: dict[int, Images] = {}
    search = BlurSearch()
    features = Features(models, len(indices))
    shifts: list[float | None] = []
    for index, pair in read_pairs(source, indices, report.skipped, modalities):
        made = run_pair(models, pair, setting)
        beside, seconds = rivals.images(pair, found.window, models.device)
        shown = made.shown()
        if radar_print is not None:
            beside[PRINT] = as_written(radar_print.image(pair.s1, shown["opt_v2"]))
        images = {**beside, **shown, **_references(pair, setting.seed)}
        features.add(pair, {**images, REAL: optical_of(pair)})
        search.add(index, pair, shown)
        shifts.append(dark_shift(pair, made.stages["opt_v1"]))
        scores = score_pair(pair, images, {**seconds, **made.seconds})
        report.each.append(
            Scored(
                pair.name, pair.tile, pair.month, pair.biome, pair.s1.shape[1:], scores, pair.place
            )
        )
        pictures = _strip(pair, made)
        if len(report.rows) < options.pictures:
            report.rows.append(picture_row(pictures))
        if len(report.strips) < MOST_STRIPS:
            report.strips.append(pictures)
        if options.ablations:
            whole[index] = made
        say(_line(len(report.each), len(indices), report.each[-1]))
    for line in report.skipped:
        say(f"left out: {line}")
    if not report.each:
        raise RequestError(
            f"None of the {len(indices)} pairs could be judged. {' '.join(report.skipped[:3])}",
            "Give pairs of s1.tif (dB) and s2.tif (DN) on one grid of 10 m.",
        )
    report.offset = check_offset(shifts, found.card)
    report.notes += [report.offset.note] if report.offset.note else []
    _blur(report, source, search, features, say)
    report.kid = features.distances()
    _add_examples(report, models, source, setting, search.indices)
    if options.ablations:
        cache = ScoreCache(options.cache, _subject(models, setting))
        _ablate(report, models, source, setting, options.steps, whole, cache, say)
    report.about = describe(models, setting, options.command, options.data)
    report.about["blurs"] = CHOICE
    return report


def _blur(
    report: Report,
    source: PairSource,
    search: BlurSearch,
    features: Features,
    say: Callable[[str], None],
) -> None:
    """Adds the scores and features of the blurs that are chosen."""
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
    """Adds the examples; one whose pictures were not kept is made again."""
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
    whole: dict[int, Images],
    cache: ScoreCache,
    say: Callable[[str], None],
) -> None:
    """Adds the scores of every variant that the bundle has something for."""
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
        pairs = read_pairs(source, whole, [])
        for scored, (index, pair) in zip(report.each, pairs, strict=True):
            key = cache.key(variant.name, pair)
            scores = cache.get(key)
            if scores is None:
                networks = networks or variant.networks(varied(models, changed))
                made = run_pair(
                    networks,
                    pair,
                    changed_setting,
                    variant.first,
                    whole[index],
                    exchange=variant.exchange,
                )
                images = {name: image for name, image in made.shown().items() if name in fresh}
                scores = score_pair(pair, images, made.seconds)
                cache.put(key, scores)
            scored.images |= {label(name, variant): scores[name] for name in fresh}
        del networks
        free_memory()


def _subject(models: Models, setting: Setting) -> list[Any]:
    """Return what the stages' images depend on beside the pair: not its critic and texts."""
    bundle, ground = models.bundle, models.bundle.grounding
    parts = (bundle.terramind, bundle.refiner, ground.adapter, ground.bridge)
    return [models.hashes, bundle.window, bundle.sampling, bundle.offset, *parts, asdict(setting)]


def _strip(pair: Pair, made: Images) -> Strip:
    generated = list(made.shown().values())
    return strip(pair.name, pair.tile, pair.s1, generated, optical_of(pair))


def _references(pair: Pair, seed: int) -> dict[str, Array]:
    """Images that are known to be wrong, copied, blurred or flat, (4, H, W) DN."""
    real = optical_of(pair)
    cases = reference_cases(pair.s1.astype(np.float64), real.astype(np.float64), seed=seed)
    images = {name: case[0][1] for name, case in cases.items() if name in REFERENCES}
    known = np.where(valid_of(pair), real, np.nan)
    images[ORACLE] = np.broadcast_to(np.nanmean(known, (1, 2), keepdims=True), real.shape)
    return {name: as_written(images[name].astype(np.float32)) for name in REFERENCES}


def _setting(setting: Setting, variant: Variant) -> Setting:
    steps = variant.timesteps(setting.timesteps)
    return replace(setting, timesteps=steps, metadata=setting.metadata and variant.metadata)


def _line(done: int, total: int, one: Scored) -> str:
    values = ", ".join(f"v{i} {one.value(f'opt_v{i}', 'psnr'):.2f} dB" for i in (1, 2, 3))
    seconds = sum(one.value(name, "seconds") for name in OPT_NAMES)
    return f"[{done}/{total}] {one.tile} {one.name}: {values} ({seconds:.1f} s)"
