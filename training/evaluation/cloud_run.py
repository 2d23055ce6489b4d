"""Evaluation of runs with an optical reference: under simulated clouds, and in series of dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gac_core.bundles.library import Library
from gac_core.networks.device import choose_device
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape
from training.data.pair import Pair, PairSource
from training.data.split import History
from training.evaluation.baselines import FittedBaselines, fit_baselines
from training.evaluation.chain import Scored, Scores, Setting, none_judged_error, read_pairs
from training.evaluation.cloud_scores import MARGIN, Cover, Runs, cloud_scores, covers
from training.evaluation.run import Options, ScoreCache, evaluation_record, subject_of
from training.evaluation.selection import select_pairs
from training.evaluation.series_scores import SeriesJudge, dates_of

FILE = "clouds.jsonl"


@dataclass
class CloudReport:
    """Result of an evaluation with an optical reference.

    Attributes:
        about: Bundle, hashes, machine, date, command, settings; ready for JSON.
        covered: Scores of each pair under clouds, by cover.
        series: Scores of each date of each series, guided by the date before.
        beneath: Scores of each such date under clouds, with the date before beneath, by cover.
        notes: Caveats for the reader.
        skipped: Pairs that were not judged, with the reason.
    """

    about: dict[str, Any]
    covered: dict[Cover, list[Scored]]
    series: list[Scored] = field(default_factory=list)
    beneath: dict[Cover, list[Scored]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def evaluate_clouds(
    bundle: str | Path,
    source: PairSource,
    tiles: str | Collection[str] = "unseen",
    *,
    series: Sequence[str] = (),
    chosen: Sequence[Cover] = (),
    setting: Setting | None = None,
    options: Options | None = None,
    library: Library | None = None,
    device: str = "cpu",
    say: Callable[[str], None] = print,
) -> CloudReport:
    """Score a bundle's stages with an optical reference, beside rivals.

    Args:
        bundle: Name or folder of the bundle.
        source: Pairs to judge.
        tiles: As for `evaluate_bundle`.
        series: Tiles whose pairs show one place at several dates; they may be any.
        chosen: Covers; empty: all of `covers`.
        setting: Settings of the stages; None: defaults of a run.
        options: Further options; `ablations`, `steps` and `pictures` play no part.
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
    dates = dates_of(source, series)
    selection = select_pairs(source, tiles, History.of(resolved.card), options.max_images)
    setting = setting.resolved(resolved)
    models = Models(resolved, library, choose_device(device))
    baselines = FittedBaselines(None)
    if options.baseline_settings is not None:
        baselines = fit_baselines(
            resolved.card, source, selection, options.baseline_settings, options.cache,
            models.device, say,
        )  # fmt: skip
    models.load()
    subject = [*subject_of(models, setting), sorted(baselines.learned), options.baseline_settings]
    cache = ScoreCache(options.cache, subject, FILE)
    runs = Runs(models, setting, baselines)
    judge = SeriesJudge(runs, cache)
    report = CloudReport({}, {cover: [] for cover in chosen or covers()}, notes=selection.notes)
    report.beneath = {cover: [] for cover in report.covered if cover.share < 1 and dates}
    report.notes += baselines.notes if baselines.learned else []
    modalities = TerraMindShape.from_dict(resolved.terramind).modalities
    pairs = read_pairs(source, selection.indices, report.skipped, modalities)
    for number, (_, pair) in enumerate(pairs, start=1):
        for cover, scored in report.covered.items():
            scores = cloud_scores(runs, cache, pair, cover)
            if scores:
                scored.append(_scored(pair, scores))
        say(f"[{number}/{len(selection.indices)}] {pair.name}")
    for before, now in dates:
        both = [pair for _, pair in read_pairs(source, (before, now), report.skipped, modalities)]
        if len(both) < 2:
            continue
        earlier, later = both
        report.series.append(_scored(later, judge.guided(earlier, later)))
        for cover, scored in report.beneath.items():
            scores = judge.under(earlier, later, cover)
            if scores:
                scored.append(_scored(later, scores))
        say(f"{later.name} after {earlier.name}")
    if not any(report.covered.values()) and not report.series:
        raise none_judged_error(len(selection.indices), report.skipped)
    report.about = evaluation_record(models, setting, options.command, options.data)
    report.about["margin"] = MARGIN
    return report


def _scored(pair: Pair, scores: dict[str, Scores]) -> Scored:
    shape = pair.s1.shape[1], pair.s1.shape[2]
    return Scored(pair.name, pair.tile, pair.month, pair.biome, shape, scores, pair.place)
