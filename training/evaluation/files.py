"""Writes an evaluation's files: the page, the numbers as JSON and CSV, and contact sheets."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from gac_core.contract.errors import OutputError
from training.evaluation.page import render_page
from training.evaluation.pictures import TITLES, contact_sheets
from training.evaluation.report import Report

PAGE, SCORES_JSON, SCORES_CSV = "evaluation.html", "scores.json", "scores.csv"
SHEET = "pairs-{}.png"
"""A contact sheet by its number."""

_COLUMNS = ("pair", "tile", "month", "biome", "image", "measure", "value")


def write_files(report: Report, out: Path) -> Path:
    """Write all of them into a folder; returns the page's path.

    Contact sheets of an evaluation before are deleted.

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
        for before in out.glob(SHEET.format("[0-9][0-9]")):
            before.unlink()
        for number, sheet in enumerate(contact_sheets(report.strips, TITLES), start=1):
            sheet.save(out / SHEET.format(f"{number:02}"), optimize=True)
    except OSError as error:
        raise OutputError(
            f"The evaluation cannot be written to {out}: {error.strerror or error}.",
            "Choose another folder with --out, or make room.",
        ) from error
    return out / PAGE
