"""Files and tables of an evaluation with an optical reference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from training.evaluation.chain import OPT_NAMES, REAL, Scored
from training.evaluation.cloud_run import CloudReport
from training.evaluation.cloud_scores import (
    BIHARMONIC,
    FILLED,
    MARGIN,
    REGRESSION,
    REGRESSION_MOVED,
    SEAM,
    Cover,
    moved_locally,
    without_reference,
)
from training.evaluation.comparison import MEASURES, Comparison, Measure, compare, spread
from training.evaluation.learned_baselines import KINDS
from training.evaluation.report import spread_entry
from training.evaluation.series_scores import (
    BEFORE,
    BEFORE_MOVED,
    BEFORE_REGRESSED,
    without_before,
)
from training.evaluation.tables import (
    NOTHING,
    Cell,
    Table,
    gain_cell,
    markdown_table,
    mean_cell,
    number_text,
    replace_between_marks,
)

SCORES = "clouds.json"
Covered = Mapping[Cover, Sequence[Scored]]
"""Scores of pairs by the clouds over them."""
MEASURED = tuple(MEASURES[key] for key in ("psnr", "ssim", "sam"))
_SEAM = Measure(SEAM, "step", "%", 0, 1, "Step across the border of clouds.")
_LAST = OPT_NAMES[-1]
_RIVALS = (
    *(without_before(name) for name in reversed(OPT_NAMES)),
    *(without_reference(name) for name in reversed(OPT_NAMES)),
    FILLED,
    BIHARMONIC,
    REGRESSION,
    REGRESSION_MOVED,
    moved_locally(without_reference(_LAST)),
    *(name for kind in KINDS for name in (kind, moved_locally(kind))),
    BEFORE,
    BEFORE_MOVED,
    BEFORE_REGRESSED,
)
_ABOUT_SEAM = (
    "Mean step between an observed pixel and a generated neighbour, over the mean of steps between "
    f"observed and between generated pixels nearby, less 1. “{REAL}” is the same in the real "
    "image: chance."
)
_ABOUT_MEANS = "Of each date the mean over all sizes and shares; in brackets the number of dates."


def names_of(each: Sequence[Scored]) -> list[str]:
    """Return the images of some pairs: the stages', rivals, the real one last."""
    names = dict.fromkeys(name for one in each for name in one.images)
    order = [*OPT_NAMES, *_RIVALS, REAL]
    return sorted(names, key=order.index)


def comparisons_of(each: Sequence[Scored]) -> list[Comparison]:
    """Return opt_v3 against each rival."""
    rivals = [n for n in names_of(each) if n in (*_RIVALS, *OPT_NAMES[:-1])]
    return [compare(each, measure, name, _LAST) for name in rivals for measure in MEASURED]


def sizes_of(covered: Covered) -> dict[str, list[Cover]]:
    """Return the covers of each size by title; full cover belongs to none of them."""
    groups: dict[str, list[Cover]] = {}
    for cover, each in covered.items():
        if each:
            title = f"Clouds of {cover.size:g} m" if cover.size else "Wholly covered"
            groups.setdefault(title, []).append(cover)
    return groups


def score_tables(covered: Covered, suffix: str = "") -> Iterator[Table]:
    """Yield the scores under clouds for each size, a column for each share and measure."""
    for title, group in sizes_of(covered).items():
        names = names_of([one for cover in group for one in covered[cover]])
        rows = [
            (
                name,
                [_score(covered[cover], name, measure) for measure in MEASURED for cover in group],
            )
            for name in names
            if name != REAL
        ]
        headings = [f"{m.heading} at {cover.share:.0%}" for m in MEASURED for cover in group]
        yield Table(f"{title}{suffix}", ["image", *headings], rows, OPT_NAMES)


def gain_tables(covered: Covered, suffix: str = "") -> Iterator[Table]:
    """Yield opt_v3's gains over each rival in PSNR, a table for each size."""
    for title, group in sizes_of(covered).items():
        rows: dict[str, list[Cell]] = {}
        for place, cover in enumerate(group):
            for comparison in comparisons_of(covered[cover]):
                if comparison.measure.key == "psnr":
                    cells = rows.setdefault(comparison.earlier, [Cell(NOTHING)] * len(group))
                    cells[place] = gain_cell(comparison)
        headings = [f"PSNR dB at {cover.share:.0%}" for cover in group]
        gains = [(f"{_LAST} − {name}", cells) for name, cells in rows.items()]
        if any(cell.text != NOTHING for _, cells in gains for cell in cells):
            yield Table(f"{title}{suffix}: gains of {_LAST}", ["gain", *headings], gains)


def seam_table(report: CloudReport) -> Table:
    """Return the step across the border of clouds by size and share."""
    partial = [cover for cover, each in report.covered.items() if each and cover.share < 1]
    rows = []
    for name in (*OPT_NAMES, FILLED, without_reference(_LAST), REAL):
        cells = [_score(report.covered[cover], name, _SEAM) for cover in partial]
        every = [one for cover in partial for one in report.covered[cover]]
        mean = mean_cell(
            spread([one.value(name, SEAM) for one in every], [one.tile for one in every]), _SEAM
        )
        text = f"{mean.text} ({mean.images})" if mean.images else mean.text
        rows.append((name, [Cell(text), *cells]))
    headings = ["image", "step %, all", *(cover.name for cover in partial)]
    return Table("Step across the border of clouds", headings, rows, OPT_NAMES, _ABOUT_SEAM)


def series_tables(report: CloudReport) -> Iterator[Table]:
    """Yield the scores of the series, and opt_v3's gains."""
    if not report.series:
        return
    for tile, each in _by_tile(report.series).items():
        rows = [
            (name, [_score(each, name, measure) for measure in MEASURED]) for name in names_of(each)
        ]
        title = f"Series {tile}, {len(each)} dates"
        yield Table(title, ["image", *(m.heading for m in MEASURED)], rows, OPT_NAMES)
        gains: dict[str, list[Cell]] = {}
        for comparison in comparisons_of(each):
            row = f"{_LAST} − {comparison.earlier}"
            gains.setdefault(row, []).append(gain_cell(comparison))
        headings = ["gain", *(m.title for m in MEASURED)]
        yield Table(f"{title}: gains of {_LAST}", headings, list(gains.items()))


def beneath_tables(report: CloudReport) -> Iterator[Table]:
    """Yield the scores of the series under clouds, with the date before beneath, and gains."""
    means = mean_over_covers(report.beneath)
    if not means:
        return
    suffix = f", {BEFORE} beneath"
    groups = _by_tile(means)
    columns = [
        (f"{measure.title} {tile} ({len(each)})", measure, each)
        for place, (tile, each) in enumerate(groups.items())
        for measure in (MEASURED if place == 0 else MEASURED[:1])
    ]
    names = [name for name in names_of(means) if name != REAL]
    rows = [(n, [_score(each, n, measure) for _, measure, each in columns]) for n in names]
    headings = [heading for heading, *_ in columns]
    title = f"All these clouds{suffix}"
    yield Table(title, ["image", *headings], rows, OPT_NAMES, _ABOUT_MEANS)
    gains = [
        (
            f"{_LAST} − {name}",
            [gain_cell(compare(each, measure, name, _LAST)) for _, measure, each in columns],
        )
        for name in names
        if name != _LAST
    ]
    yield Table(f"{title}: gains of {_LAST}", ["gain", *headings], gains)
    tables = (*gain_tables(report.beneath, suffix), *score_tables(report.beneath, suffix))
    counts = {cover.name: len(each) for cover, each in report.beneath.items()}
    about = ""
    if len(set(counts.values())) > 1:
        about = "Dates with enough pixels under clouds and clear: " + "; ".join(
            f"{name}: {count}" for name, count in counts.items()
        )
    for table in tables:
        yield replace(table, about=about)


def mean_over_covers(covered: Covered) -> list[Scored]:
    """Return each pair once, with the means of its scores over all clouds."""
    by_name: dict[str, list[Scored]] = {}
    for each in covered.values():
        for one in each:
            by_name.setdefault(one.name, []).append(one)
    return [
        replace(
            ones[0],
            images={
                name: {key: fmean(one.value(name, key) for one in ones) for key in scores}
                for name, scores in ones[0].images.items()
            },
        )
        for ones in by_name.values()
    ]


def to_markdown(report: CloudReport) -> str:
    """Return the tables, with a line that describes the evaluation."""
    about = report.about
    first, last = about["timesteps"]
    judged = {one.name: one.tile for each in report.covered.values() for one in each}
    tiles = sorted(set(judged.values()))
    parts = [
        f"Bundle `{about['bundle']['name']}`, {len(judged)} pairs of {len(tiles)} tiles "
        f"({', '.join(tiles)}), {first} and {last} steps, seed {about['seed']}, "
        f"{about['date'][:10]}, {about['machine']['cores']} cores, {about['machine']['device']}; "
        f"card SHA-256 {about['bundle']['card_sha256'][:12]}…. Clouds and shadows are grown by "
        f"{MARGIN:g} m. {' '.join(report.notes)}".strip()
    ]
    tables: list[Table] = []
    if judged:
        tables += [*gain_tables(report.covered), *score_tables(report.covered), seam_table(report)]
    tables += [*series_tables(report), *beneath_tables(report)]
    for table in tables:
        parts += [f"### {table.title}", markdown_table(table)]
        parts += [table.about] if table.about else []
    return "\n\n".join(parts) + "\n"


def to_dict(report: CloudReport) -> dict[str, Any]:
    """Return all results, ready for JSON."""
    return {
        "about": report.about,
        "notes": report.notes,
        "skipped": report.skipped,
        "clouds": _covers(report.covered),
        "series": _group(report.series),
        "beneath": _covers(report.beneath),
    }


def write_clouds(report: CloudReport, out: Path, markdown: Path | None) -> Path:
    """Write the scores to a folder and the tables between a file's marks; return the scores' path.

    Raises:
        OutputError: If a file cannot be written.
    """
    path = out / SCORES
    try:
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(to_dict(report), indent=1, ensure_ascii=False, allow_nan=False)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(
            Message("The evaluation cannot be written to {}: {}.", out, error.strerror or error),
            Message("Choose another folder with --out, or make room."),
            problem="evaluation-not-written",
        ) from error
    if markdown is not None:
        replace_between_marks(markdown, lambda: to_markdown(report))
    return path


def _by_tile(each: Sequence[Scored]) -> dict[str, Sequence[Scored]]:
    """Return the dates of all series, and of each where there are several."""
    tiles = dict.fromkeys(one.tile for one in each)
    groups = {tile: [one for one in each if one.tile == tile] for tile in tiles}
    return {"all": each, **groups} if len(groups) > 1 else {**groups}


def _covers(covered: Covered) -> list[dict[str, Any]]:
    return [
        {"size": cover.size, "share": cover.share, **_group(each)}
        for cover, each in covered.items()
    ]


def _group(each: Sequence[Scored]) -> dict[str, Any]:
    keys = (*(measure.key for measure in MEASURED), SEAM)
    tiles = [one.tile for one in each]
    return {
        "scores": {
            name: {
                key: spread_entry(spread([one.value(name, key) for one in each], tiles))
                for key in keys
                if any(one.value(name, key) == one.value(name, key) for one in each)
            }
            for name in names_of(each)
        },
        "gains": [
            {
                "measure": c.measure.key,
                "earlier": c.earlier,
                "later": c.later,
                "gain": spread_entry(c.gain),
                "verdict": c.verdict,
                "verdict by tile": c.verdict_by_tile,
            }
            for c in comparisons_of(each)
        ],
        "pairs": [
            {
                "name": one.name,
                "tile": one.tile,
                "scores": {
                    name: {k: v if abs(v) < float("inf") else None for k, v in scores.items()}
                    for name, scores in one.images.items()
                },
            }
            for one in each
        ],
    }


def _score(each: Sequence[Scored], name: str, measure: Measure) -> Cell:
    values = [one.value(name, measure.key) for one in each]
    mean = spread(values, [one.tile for one in each]).images.mean
    return Cell(number_text(mean, measure))
