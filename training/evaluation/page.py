"""Self-contained HTML page of an evaluation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from training.evaluation import tables
from training.evaluation.ablations import image_key
from training.evaluation.chain import OPT_NAMES, REAL
from training.evaluation.comparison import MEASURES, STAGE_MEASURES, Comparison
from training.evaluation.pictures import TITLES, contact_sheets
from training.evaluation.report import Report
from training.stretch import RADAR_DB

COLOURS = {"opt_v1": "#8d99ae", "opt_v2": "#3a7ca5", "opt_v3": "#16425b", "real": "#2f9e44"}
VERDICT_COLOURS = {
    "better": "#2f9e44",
    "no better than a blur": "#e8890c",
    "no worse": "#74b816",
    "worse": "#d6336c",
    "not shown": "#868e96",
}
_STYLE: Any = {
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#adb5bd",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.labelcolor": "#495057",
    "xtick.color": "#495057",
    "ytick.color": "#495057",
    "axes.grid": True,
    "grid.color": "#e9ecef",
    "axes.axisbelow": True,
    # Reproducible ids.
    "svg.hashsalt": "gac",
}

TEMPLATE = "page.html.j2"

PAGE, SCORES_JSON, SCORES_CSV = "evaluation.html", "scores.json", "scores.csv"
SHEET = "pairs-{}.png"
"""File name of a contact sheet from its number."""
_COLUMNS = ("pair", "tile", "month", "biome", "image", "measure", "value")


def plots(report: Report) -> dict[str, str]:
    """Return all plots by name, without those that have no data."""
    with mpl.rc_context(_STYLE):
        figures = {
            "gains": _gains(report.stage_comparisons()),
            "stages": _stages(report),
            "bands": _bands(report),
        }
        if any(v.steps for v in report.variants):
            figures["steps"] = _steps(report)
        if any(not v.steps for v in report.variants):
            figures["ablations"] = _ablations(report)
    return figures


def _gains(comparisons: Sequence[Comparison]) -> str:
    """Return the forest plot of each stage's gain in each measure, over images and over tiles."""
    figure = Figure(figsize=(9.2, 2.5))
    axes = figure.subplots(1, len(STAGE_MEASURES), sharey=True)
    for axis, key in zip(axes, STAGE_MEASURES, strict=True):
        selected = [c for c in comparisons if c.measure.key == key]
        for row, comparison in enumerate(selected):
            for spread, shift, width in (
                (comparison.gain.images, -0.1, 3.5),
                (comparison.gain.tiles, 0.16, 1.2),
            ):
                colour = VERDICT_COLOURS[
                    comparison.verdict if shift < 0 else comparison.verdict_by_tile
                ]
                axis.plot([spread.low, spread.high], [row + shift] * 2, color=colour, lw=width,
                          solid_capstyle="round")  # fmt: skip
            axis.plot(
                comparison.gain.images.mean, row - 0.1, "o", color="white", mec="#212529", ms=5.5
            )
        axis.axvline(0, color="#212529", lw=0.9)
        axis.xaxis.set_major_locator(MaxNLocator(4))
        axis.set_title(MEASURES[key].title)
        axis.set_xlabel(f"gain {MEASURES[key].unit}".strip() + " (right is better)")
        axis.set_yticks(
            range(len(selected)), [f"{_short(c.later)} − {_short(c.earlier)}" for c in selected]
        )
        axis.set_ylim(len(selected) - 0.5, -0.5)
    return _svg(figure)


def _stages(report: Report) -> str:
    """Return the plot of each pair's scores from stage to stage, and their mean."""
    keys = ("psnr", "ssim", "sam", "gac", "cfog")
    figure = Figure(figsize=(9.2, 2.9))
    for axis, key in zip(figure.subplots(1, len(keys)), keys, strict=True):
        lines = np.array([[one.value(name, key) for name in OPT_NAMES] for one in report.each])
        places = np.arange(len(OPT_NAMES))
        axis.plot(places, lines.T, color="#ced4da", lw=0.9, marker="o", ms=2)
        means = [report.score(name, key).images for name in OPT_NAMES]
        bars = [[m.mean - m.low for m in means], [m.high - m.mean for m in means]]
        axis.errorbar(places, [m.mean for m in means], np.nan_to_num(bars), color=COLOURS["opt_v3"],
                      lw=2, capsize=3, marker="o", ms=5)  # fmt: skip
        real = report.score(REAL, key).images.mean
        if np.isfinite(real):
            axis.axhline(real, color=COLOURS["real"], ls="--", lw=1.2)
            axis.text(-0.25, real, "real", color=COLOURS["real"], va="bottom", fontsize=8)
        axis.set_title(MEASURES[key].heading)
        axis.set_xticks(places, ["v1", "v2", "v3"])
        axis.set_xlim(-0.3, len(OPT_NAMES) - 0.7)
    return _svg(figure)


def _bands(report: Report) -> str:
    """Return the plot of PSNR and SSIM of each band."""
    figure = Figure(figsize=(9.2, 2.6))
    for axis, key in zip(figure.subplots(1, 2), ("psnr", "ssim"), strict=True):
        places = np.arange(len(OUTPUT_BANDS))
        for shift, name in zip((-0.22, 0.0, 0.22), OPT_NAMES, strict=True):
            spreads = [report.score(name, f"{key}_{band}").images for band in OUTPUT_BANDS]
            bars = [[m.mean - m.low for m in spreads], [m.high - m.mean for m in spreads]]
            axis.errorbar(places + shift, [m.mean for m in spreads], np.nan_to_num(bars), fmt="o",
                          color=COLOURS[name], ms=6, capsize=2, label=_short(name))  # fmt: skip
        axis.set_title(f"{MEASURES[key].heading} by band")
        axis.set_xticks(places, OUTPUT_BANDS)
        axis.grid(False, axis="x")
    figure.axes[0].legend(frameon=False, ncols=3, fontsize=8)
    return _svg(figure)


def _steps(report: Report) -> str:
    """Return the plot of scores and time by the number of steps."""
    variants = sorted((v for v in report.variants if v.steps), key=lambda v: v.steps or 0)
    counts = [v.steps or 0 for v in variants]
    keys = ("psnr", "ssim", "cfog_gap", "seconds")
    figure = Figure(figsize=(9.2, 2.6))
    for axis, key in zip(figure.subplots(1, len(keys)), keys, strict=True):
        for name in OPT_NAMES:
            if key == "seconds" and name == "opt_v2":
                continue
            means = [report.score(image_key(name, v), key).images.mean for v in variants]
            axis.plot(counts, means, "o-", color=COLOURS[name], ms=4, label=_short(name))
        axis.set_title(MEASURES[key].heading)
        axis.set_xlabel("steps of stages 1 and 3")
        axis.set_xscale("log", base=2)
        axis.set_xticks(counts, [str(n) for n in counts], fontsize=7)
        axis.minorticks_off()
    figure.axes[0].legend(frameon=False, fontsize=8)
    return _svg(figure)


def _ablations(report: Report) -> str:
    """Return the plot of each ablation's difference from the whole."""
    variants = [v for v in report.variants if not v.steps]
    figure = Figure(figsize=(9.2, 0.9 + 0.34 * len(variants)))
    axes = figure.subplots(1, len(STAGE_MEASURES), sharey=True)
    table = [report.ablation_comparisons(v) for v in variants]
    for column, axis in enumerate(axes):
        for row, comparisons in enumerate(table):
            comparison = comparisons[column]
            gain, colour = comparison.gain.images, VERDICT_COLOURS[comparison.verdict]
            axis.plot([gain.low, gain.high], [row, row], color=colour, lw=3, solid_capstyle="round")
            axis.plot(gain.mean, row, "o", color="white", mec="#212529", ms=5)
        measure = MEASURES[STAGE_MEASURES[column]]
        axis.axvline(0, color="#212529", lw=0.9)
        axis.set_title(measure.title)
        axis.set_xlabel(f"against the whole {measure.unit}".strip())
        axis.set_yticks(range(len(variants)), [v.name for v in variants])
        axis.set_ylim(len(variants) - 0.5, -0.5)
    return _svg(figure)


def _short(name: str) -> str:
    return name.removeprefix("opt_")


def _svg(figure: Figure) -> str:
    figure.set_layout_engine("constrained")
    stream = io.StringIO()
    metadata: dict[str, Any] = {"Date": None, "Creator": None}
    figure.savefig(stream, format="svg", metadata=metadata, transparent=True)
    text = stream.getvalue()
    # Drop the XML header, which is for standalone files; a width in points would not shrink on a
    # phone.
    text = text[text.index("<svg") :]
    return re.sub(r'(<svg [^>]*?)\s(?:width|height)="[^"]*"', r"\1", re.sub(
        r'(<svg [^>]*?)\s(?:width|height)="[^"]*"', r"\1", text, count=1), count=1)  # fmt: skip


def render_page(report: Report) -> str:
    """Return the page's HTML. Values from data and cards are escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(TEMPLATE).render(
        about=report.about,
        pairs=len(report.each),
        tiles=report.tiles,
        verdicts=tables.verdict_tables(report),
        not_earned=report.not_earned(),
        scores=tables.score_table(report),
        scale=tables.scale_table(report),
        bands=tables.band_table(report),
        ablations=tables.ablation_table(report),
        steps=tables.step_table(report),
        each=tables.pair_table(report),
        variants=report.variants,
        missing=report.missing,
        skipped=report.skipped,
        notes=report.notes,
        rows=report.rows,
        plots=plots(report),
        measures=list(MEASURES.values()),
        radar=[int(value) for value in RADAR_DB],
    )


def write_files(report: Report, out: Path) -> Path:
    """Write all files to a folder, and return the page's path.

    Contact sheets of an earlier evaluation are deleted.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)
        (out / SCORES_JSON).write_text(text + "\n", encoding="utf-8")
        with (out / SCORES_CSV).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(_COLUMNS)
            for *fixed, value in report.lines():
                writer.writerow([*fixed, "" if value != value else f"{value:.6g}"])
        (out / PAGE).write_text(render_page(report), encoding="utf-8")
        for stale in out.glob(SHEET.format("[0-9][0-9]")):
            stale.unlink()
        for number, sheet in enumerate(contact_sheets(report.strips, TITLES), start=1):
            sheet.save(out / SHEET.format(f"{number:02}"), optimize=True)
    except OSError as error:
        raise OutputError(
            Message("The evaluation cannot be written to {}: {}.", out, error.strerror or error),
            Message("Choose another folder with --out, or make room."),
            problem="evaluation-not-written",
        ) from error
    return out / PAGE
