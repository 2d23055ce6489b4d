"""Self-contained HTML page of an evaluation."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from training.evaluation import tables
from training.evaluation.measures import MEASURES
from training.evaluation.plots import plots
from training.evaluation.report import Report
from training.stretch import RADAR_DB

TEMPLATE = "page.html.j2"


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
