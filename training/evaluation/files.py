"""Files of an evaluation: page, numbers as JSON and CSV, contact sheets."""

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
"""File name of a contact sheet from its number."""

_COLUMNS = ("pair", "tile", "month", "biome", "image", "measure", "value")


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
            f"The evaluation cannot be written to {out}: {error.strerror or error}.",
            "Choose another folder with --out, or make room.",
        ) from error
    return out / PAGE
