"""Evaluation tables in a Markdown file, between two markers, leaving the text around them."""

from __future__ import annotations

from pathlib import Path

from gac_core.contract.errors import OutputError
from training.evaluation import tables
from training.evaluation.examples import ABOUT, write_examples
from training.evaluation.report import Report
from training.evaluation.tables import Cell, Table

BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"


def write_markdown(report: Report, path: Path) -> None:
    """Replace the text between the markers, and the pictures in the folder `images` beside.

    Raises:
        OutputError: If a file cannot be read or written, or the markers are missing.
    """
    try:
        text = path.read_text(encoding="utf-8")
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise OutputError(
                f"{path} does not say where the tables go.",
                f"Put the lines {BEGIN} and {END} where they belong.",
            )
        pictures = write_examples(report.examples, path)
        tables_text = to_markdown(report, pictures)
        path.write_text(f"{before}{BEGIN}\n{tables_text}{END}{after}", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path} cannot be read or written: {error}.") from error


def to_markdown(report: Report, pictures: str = "") -> str:
    """Return the tables, with a line that describes the evaluation.

    Args:
        report: The evaluation.
        pictures: Markdown of its examples.
    """
    about = report.about
    first, last = about["timesteps"]
    parts = [
        f"Bundle `{about['bundle']['name']}`, {len(report.each)} pairs of {len(report.tiles)} "
        f"tiles ({', '.join(report.tiles)}), {first} and {last} steps, "
        f"seed {about['seed']}, {about['date'][:10]}; card SHA-256 "
        f"{about['bundle']['card_sha256'][:12]}…. "
        f"{' '.join(report.notes)}"
    ]
    if pictures:
        parts += ["### Best, median and worst", ABOUT, pictures]
    for table in tables.verdict_tables(report):
        parts += [f"### {table.title}", _table(table)]
        parts += [table.about] if table.about else []
    words = report.not_earned()
    if words:
        parts.append("\n".join(["Not earned:", "", *(f"- {line}" for line in words)]))
    else:
        parts.append("No stage is worse on average than the one before, or only as good as a blur.")
    for table in (
        tables.score_table(report),
        tables.scale_table(report),
        tables.ablation_table(report),
        tables.step_table(report),
    ):
        if len(table.rows) > 1:
            parts += [f"### {table.title}", _table(table)]
            parts += [table.about] if table.about else []
    if report.missing:
        parts.append(f"The bundle has nothing for: {', '.join(report.missing)}.")
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    lines = [table.headings, ["---"] * len(table.headings)]
    lines += [[name, *(_cell(cell) for cell in cells)] for name, cells in table.rows]
    return "\n".join(f"| {' | '.join(text.replace('|', '/') for text in line)} |" for line in lines)


def _cell(cell: Cell) -> str:
    if not cell.verdict:
        return cell.text
    words = (
        cell.verdict if cell.verdict == cell.by_tile else f"{cell.verdict}; tiles: {cell.by_tile}"
    )
    ranges = "; ".join(part for part in (cell.images, cell.tiles) if part)
    return f"{cell.text} ({ranges}) {words}" if ranges else f"{cell.text} {words}"
