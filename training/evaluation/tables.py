"""Tables of an evaluation, for the page and the documentation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from gac_core.grid import PIXEL
from training.evaluation.ablations import image_key
from training.evaluation.baselines import CHOICE
from training.evaluation.chain import OPT_NAMES, REAL
from training.evaluation.comparison import (
    KID,
    MEASURES,
    SCALE_MEASURES,
    STAGE_MEASURES,
    Comparison,
    Measure,
    Spread,
)
from training.evaluation.pictures import ABOUT, write_examples
from training.evaluation.report import Report
from training.scores.image import OCTAVES as OCTAVE_KEYS
from training.scores.pixels import OCTAVES

NOTHING = "–"
_WHOLE = "the whole (opt_v3)"
_FLOOR = (
    "A regression pixel by pixel copies the radar's speckle into the image and so has a GAC far "
    "above that of real images: the gaps are distances from the real image's GAC and CFOG."
)
_BLURS = (
    f"{CHOICE} A stage is “better” than the one before only if it is also better than the best "
    "blur of each image before it. Printing the radar onto opt_v2 takes eight constants and no "
    "network."
)
_SCALE = (
    "Bias: mean of the image over mean of the real one, less 1. Contrast: standard deviation from "
    "the local mean (Gaussian, 8 px) over that of the real image. Power: log2 of the ratio of "
    "power at wavelengths in metres, mean over the bands; 0 is the real image's, −1 half, +1 twice "
    "as much. The three errors are means of the absolute distances from 0, 1 (as log2) and 0."
)

_KID = (
    "KID: kernel inception distance of the images as a set from the real ones (Bińkowski et al. "
    "2018), on the features of 16 by 16 pixels that the bundle's TerraMind encoder makes of the "
    "four bands, the other eight at their means. About 0 for images that look like real ones, "
    "whichever place they show."
)

BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"


@dataclass(frozen=True)
class Cell:
    """Number with its intervals and verdict.

    Attributes:
        text: The number.
        images: Interval over images; "" for none.
        tiles: Interval over tiles.
        verdict: Verdict over images; "" if it is no comparison.
        by_tile: Verdict over tiles.
    """

    text: str
    images: str = ""
    tiles: str = ""
    verdict: str = ""
    by_tile: str = ""


@dataclass(frozen=True)
class Table:
    """Table of cells.

    Attributes:
        title: Title of the table.
        headings: Column headings, beginning with that of the row names.
        rows: Name and cells of each row.
        strong: Names of highlighted rows.
        about: Explanation for the reader.
    """

    title: str
    headings: list[str]
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    strong: tuple[str, ...] = ()
    about: str = ""


def verdict_tables(report: Report) -> list[Table]:
    """Return the verdicts of stages against each other, blurs, the floor and learned baselines."""
    candidates = [
        _compared("Each stage against the one before", report.stage_comparisons()),
        _compared(
            "Stages 2 and 3 against blurs and the printed radar", report.blur_comparisons(), _BLURS
        ),
        _compared("Stage 1 against what needs no model", report.floor_comparisons(), _FLOOR),
        _compared("The last stage against learned baselines", report.translator_comparisons()),
    ]
    return [table for table in candidates if table.rows]


def score_table(report: Report) -> Table:
    """Return the scores of every image of the main table by every measure."""
    measures = [
        m for m in MEASURES.values()
        if m.key not in SCALE_MEASURES
        and any(report.score(name, m.key).images.n for name in report.image_names)
    ]  # fmt: skip
    rows = [
        (
            name,
            [mean_cell(report.score(name, m.key), m) for m in measures]
            + [Cell(number_text(report.kid.get(name, math.nan), KID))],
        )
        for name in report.image_names
    ]
    headings = ["image", *(m.heading for m in measures), KID.heading]
    return Table("Scores", headings, rows, OPT_NAMES, _KID)


def scale_table(report: Report) -> Table:
    """Return each image's distance from the real one in level, local contrast, power by scale."""
    bias, contrast, spectrum = (MEASURES[key] for key in SCALE_MEASURES)
    columns = [
        *((measure.heading, measure.key, measure) for measure in (bias, contrast, spectrum)),
        *(
            (f"power {PIXEL * low:.0f}–{PIXEL * high:.0f} m", key, spectrum)
            for key, (low, high) in zip(OCTAVE_KEYS, OCTAVES, strict=True)
        ),
        *((f"contrast {band}", f"contrast_{band}", contrast) for band in OUTPUT_BANDS),
        *((f"bias {band} %", f"bias_{band}", bias) for band in OUTPUT_BANDS),
    ]
    rows = [
        (name, [mean_cell(report.score(name, key), measure) for _, key, measure in columns])
        for name in report.image_names
        if name != REAL
    ]
    headings = ["image", *(heading for heading, *_ in columns)]
    return Table("Level, contrast, scale", headings, rows, OPT_NAMES, _SCALE)


def band_table(report: Report) -> Table:
    """Return PSNR and SSIM of each band."""
    keys = [(MEASURES[key], band) for key in ("psnr", "ssim") for band in OUTPUT_BANDS]
    names = [n for n in report.image_names if report.score(n, "psnr_B02").images.n]
    rows = [
        (name, [mean_cell(report.score(name, f"{m.key}_{band}"), m) for m, band in keys])
        for name in names
    ]
    return Table("By band", ["image", *(f"{m.title} {b}" for m, b in keys)], rows, OPT_NAMES)


def ablation_table(report: Report) -> Table:
    """Return the scores of each ablation and their differences from the whole."""
    measures = [MEASURES[key] for key in (*STAGE_MEASURES, "cfog", "gac", "gac_gap")]
    headings = [m.heading for m in measures] + [f"Δ {MEASURES[k].title}" for k in STAGE_MEASURES]
    whole = OPT_NAMES[-1]
    rows = [
        (
            _WHOLE,
            [_bare(report, whole, m) for m in measures] + [Cell(NOTHING)] * len(STAGE_MEASURES),
        )
    ]
    for variant in report.variants:
        if variant.steps is None:
            image = image_key(variant.image, variant)
            means = [_bare(report, image, m) for m in measures]
            rows.append(
                (variant.name, means + [gain_cell(c) for c in report.ablation_comparisons(variant)])
            )
    return Table("Ablations", ["variant", *headings], rows, (_WHOLE,))


def step_table(report: Report) -> Table:
    """Return the scores of the three stages by the number of steps of stages 1 and 3."""
    keys = (*STAGE_MEASURES, "gac_gap")
    headings = [
        f"{name.removeprefix('opt_')} {MEASURES[k].title}" for name in OPT_NAMES for k in keys
    ]
    rows = []
    for variant in report.variants:
        if variant.steps is not None:
            cells = [
                mean_cell(report.score(image_key(name, variant), key), MEASURES[key])
                for name in OPT_NAMES for key in keys
            ]  # fmt: skip
            seconds = sum(
                report.score(image_key(name, variant), "seconds").images.mean for name in OPT_NAMES
            )
            rows.append((variant.name, [*cells, Cell(f"{seconds:.2f}")]))
    return Table("Steps of stages 1 and 3", ["steps", *headings, "time s"], rows)


def pair_table(report: Report) -> Table:
    """Return the three stages' scores of each pair."""
    keys = ("psnr", "ssim", "sam", "gac", "cfog")
    headings = [
        f"{name.removeprefix('opt_')} {MEASURES[k].title}" for k in keys for name in OPT_NAMES
    ]
    rows = [
        (
            f"{one.tile}: {one.name}",
            [Cell(number_text(one.value(name, k), MEASURES[k])) for k in keys for name in OPT_NAMES]
            + [Cell(number_text(one.value(REAL, "gac"), MEASURES["gac"]))],
        )
        for one in report.each
    ]
    return Table("Each pair", ["pair", *headings, "real GAC"], rows)


def _compared(title: str, comparisons: Sequence[Comparison], about: str = "") -> Table:
    """Return a table with a row for each pair of images and a column for each measure."""
    measures = list(dict.fromkeys(c.measure.key for c in comparisons))
    rows: dict[str, list[Cell]] = {}
    for comparison in comparisons:
        rows.setdefault(f"{comparison.later} − {comparison.earlier}", []).append(
            gain_cell(comparison)
        )
    return Table(
        title, ["gain", *(MEASURES[k].title for k in measures)], list(rows.items()), about=about
    )


def gain_cell(comparison: Comparison) -> Cell:
    """Return a gain with its intervals and verdicts."""
    mean, measure = comparison.gain.images.mean, comparison.measure
    return Cell(
        NOTHING if math.isnan(mean) else _text(mean, measure, signed=True),
        _range(comparison.gain.images.low, comparison.gain.images.high, measure, signed=True),
        _range(comparison.gain.tiles.low, comparison.gain.tiles.high, measure, signed=True),
        comparison.verdict,
        comparison.verdict_by_tile,
    )


def mean_cell(spread: Spread, measure: Measure) -> Cell:
    """Return a mean with its intervals."""
    return Cell(
        number_text(spread.images.mean, measure),
        _range(spread.images.low, spread.images.high, measure),
        ""
        if spread.tiles == spread.images
        else _range(spread.tiles.low, spread.tiles.high, measure),
    )


def _bare(report: Report, image: str, measure: Measure) -> Cell:
    """Return a mean without its intervals, for tables that show differences too."""
    return Cell(number_text(report.score(image, measure.key).images.mean, measure))


def _range(low: float, high: float, measure: Measure, *, signed: bool = False) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return " … ".join(_text(x, measure, signed=signed) for x in (low, high))


def number_text(value: float, measure: Measure) -> str:
    """Return a number with a measure's decimals; a dash if it is undefined."""
    return _text(value, measure) if math.isfinite(value) else NOTHING


def _text(value: float, measure: Measure, *, signed: bool = False) -> str:
    """Format with a minus sign; a gain that rounds to 0 keeps its sign, a number does not."""
    text = f"{value:{'+' if signed else 'z'}.{measure.digits}f}"
    return text.replace("-", "−")


def write_markdown(report: Report, path: Path) -> None:
    """Replace the text between the markers, and the pictures in the folder `images` beside.

    Raises:
        OutputError: If a file cannot be read or written, or the markers are missing.
    """
    replace_between_marks(path, lambda: to_markdown(report, write_examples(report.examples, path)))


def replace_between_marks(path: Path, text: Callable[[], str]) -> None:
    """Replace the text between `BEGIN` and `END` in a file.

    Args:
        path: The file.
        text: Gives the text, which ends with a line break; called once the marks are found.

    Raises:
        OutputError: If a file cannot be read or written, or the markers are missing.
    """
    try:
        before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise OutputError(
                Message("{} does not say where the tables go.", path),
                Message("Put the lines {} and {} where they belong.", BEGIN, END),
                problem="tables-without-place",
            )
        path.write_text(f"{before}{BEGIN}\n{text()}{END}{after}", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(
            Message("{} cannot be read or written: {}.", path, error), problem="tables-not-written"
        ) from error


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
    for table in verdict_tables(report):
        parts += [f"### {table.title}", markdown_table(table)]
        parts += [table.about] if table.about else []
    words = report.not_earned()
    if words:
        parts.append("\n".join(["Not earned:", "", *(f"- {line}" for line in words)]))
    else:
        parts.append("No stage is worse on average than the one before, or only as good as a blur.")
    for table in (
        score_table(report),
        scale_table(report),
        ablation_table(report),
        step_table(report),
    ):
        if len(table.rows) > 1:
            parts += [f"### {table.title}", markdown_table(table)]
            parts += [table.about] if table.about else []
    if report.missing:
        parts.append(f"The bundle has nothing for: {', '.join(report.missing)}.")
    return "\n\n".join(parts) + "\n"


def markdown_table(table: Table) -> str:
    """Return a table in Markdown."""
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
