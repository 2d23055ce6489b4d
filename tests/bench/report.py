"""Markdown tables of the figures, and their insertion into docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import figures
from tests.bench.figures import STAGES, Spread

Part = dict[str, Any]
Results = dict[str, Any]

NAMES = {"peer": "peer", "peer-bf16": "peer under autocast"}


def marks(device: str) -> tuple[str, str]:
    """Return the markers before and after a device's tables in a Markdown file."""
    return f"<!-- bench {device}: begin -->", f"<!-- bench {device}: end -->"


def write_markdown(results: Results, path: Path) -> None:
    """Replace the text between the markers of the results' device.

    Raises:
        SystemExit: If the file has no such markers.
    """
    begin, end = marks(results["device"])
    text = path.read_text(encoding="utf-8")
    before, found_begin, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise SystemExit(f"{path} does not say where the tables go: it lacks {begin} and {end}.")
    path.write_text(f"{before}{begin}\n{to_markdown(results)}{end}{after}", encoding="utf-8")


def to_markdown(results: Results) -> str:
    """Return all tables, each part below the machine and the date of its run."""
    parts: dict[str, Part] = results["parts"]

    def of(kind: str) -> list[Part]:
        return [part for name, part in parts.items() if name.startswith(f"{kind} ")]

    blocks = []
    if speed := of("speed"):
        blocks += ["### Speed", _about(speed), _speed(speed), "### Memory", _memory(speed)]
    if seams := of("seams") or speed:
        blocks += ["### Seams", _about(seams), _seams(seams)]
    if edges := of("edges"):
        blocks += ["### Edges of a scene", _about(edges), _edges(edges)]
    if grown := of("memory"):
        blocks += ["### Memory and area", _about(grown), _growth(grown)]
    if "startup" in parts:
        blocks += ["### Start-up", *_startup(parts["startup"])]
    return "\n\n".join(blocks) + "\n"


def _about(parts: Sequence[Part]) -> str:
    return "\n".join(_about_one(part) for part in parts)


def _about_one(part: Part) -> str:
    case = part["case"]
    one, three = case["steps"]
    steps = f"{one} and {three} step{'s' if one + three > 2 else ''}"
    cap = f", ours held to {case['cap_gb']} GB of the GPU" if case["cap_gb"] else ""
    runs = part["sides"]["ours"]["runs"] if "sides" in part else ()
    notes = [note for run in runs for note in run.get("notes", ())]
    slower = sorted({n for n in notes if "GPU" in n})
    return "\n".join(
        [
            f"- `{case['name']}`: bundle `{case['bundle']}`, {case['side']} by {case['side']} px, "
            f"{steps}, {_runs(case)}{cap}; {_where(part)}",
            *(f"  - {note}" for note in slower),
        ]
    )


def _runs(case: dict[str, Any]) -> str:
    if len(case["sides"]) == 1:
        return "our side alone"
    if case["repeats"] == 1:
        return "one run of each side"
    return f"{case['repeats']} runs of each side in turns"


def _where(part: Part) -> str:
    machine = part["machine"]
    return f"{part['date']}, {machine['device']}, PyTorch {machine['torch']}, {part['commit']}."


def _speed(cases: Sequence[Part]) -> str:
    columns = (
        "case, stage, other side",
        *("ours s/km²", "other s/km²", "other ÷ ours"),
        *("ours TFLOP/km²", "other TFLOP/km²", "ours of peak", "other of peak"),
    )
    rows: list[Sequence[str]] = [columns]
    for part in cases:
        for kind in [k for k in part["sides"] if k != "ours"] or [None]:
            for stage in STAGES:
                label = f"{part['case']['name']}, {stage}"
                label += f", {NAMES[kind]}" if kind else ""
                both = ["ours", kind] if kind else ["ours"]
                times = [figures.per_km2(part, k, stage).text() for k in both]
                flops = [_number(figures.tera_flop(part, k, stage)) for k in both]
                shares = [_percent(figures.share(part, k, stage)) for k in both]
                faster = figures.ratio(part, kind, stage).text("×") if kind else "–"
                times, flops, shares = (_two(x) for x in (times, flops, shares))
                rows.append([label, *times, faster, *flops, *shares])
    return _table(rows)


def _seams(cases: Sequence[Part]) -> str:
    rows = [["case, image", "side", "index", "index in phase"]]
    for part in cases:
        for stage in STAGES[:3]:
            for kind, side in part["sides"].items():
                seams = side["runs"][0]["seams"].get(stage)
                if seams is not None:
                    name = f"{part['case']['name']}, opt_v{stage}"
                    phase = _signed(seams["in_phase"])
                    if seams["error"] is not None:
                        phase += f" ± {seams['error']:.3f}"
                    rows.append([name, NAMES.get(kind, kind), _signed(seams["index"]), phase])
    return _table(rows)


def _edges(parts: Sequence[Part]) -> str:
    """Return a table of levels along a scene's edges relative to a larger scene, by band."""
    rows = [["case, image", "where", *parts[0]["bands"], "same pixels"]]
    for part in parts:
        for stage, image in part["images"].items():
            name = f"{part['case']['name']}, opt_v{stage}"
            for edge, levels in image["edges"].items():
                cells = [" / ".join(map(_change, band)) for band in zip(*levels, strict=True)]
                rows.append([name, edge, *cells, "–"])
            if image["inner"] is not None:
                cells = [_change(level) for level in image["inner"]]
                rows.append([name, "inside", *cells, f"{image['same']:.1f} %"])
    return _table(rows)


def _memory(cases: Sequence[Part]) -> str:
    rows = [["case", "side", "process, loading", "process, run", "GPU, tensors", "GPU, reserved"]]
    for part in cases:
        for kind, side in part["sides"].items():
            process = figures.peak(side)
            gpu = ["–", "–"]
            if "gpu" in side["load_memory"]:
                gpu = [_gb(max(figures.peak(side, w).values())) for w in ("gpu", "gpu_reserved")]
            row = [part["case"]["name"], NAMES.get(kind, kind)]
            rows.append([*row, _gb(process["loading"]), _gb(process["run"]), *gpu])
    return _table(rows)


def _growth(parts: Sequence[Part]) -> str:
    """Return a table of peak memory by the scene's side, and relative to the smallest scene."""
    parts = sorted(parts, key=lambda part: part["case"]["side"])
    rows = [["scene", "ours", "against the smallest", "peer", "ours ÷ peer"]]
    least = None
    for part in parts:
        peaks = {k: max(figures.peak(s).values()) for k, s in part["sides"].items()}
        ours, peer, side = peaks["ours"], peaks.get("peer"), part["case"]["side"]
        least = least or ours
        against = "–" if peer is None else f"{ours / peer:.2f}"
        other = "–" if peer is None else _gb(peer)
        rows.append(
            [f"{side}² px", _gb(ours), f"{100 * (ours / least - 1):+.1f} %", other, against]
        )
    return _table(rows)


def _startup(part: Part) -> list[str]:
    again = part["again"]
    rows = [
        ["what", "seconds"],
        ["worker started, to its first word", f"{part['ready']:.2f}"],
        ["worker started, to libraries imported", f"{part['hello']:.2f}"],
        ["models loaded, after that", f"{part['warm']:.2f}"],
        ["first run, click to first tile", f"{part['first']['tile']:.2f}"],
        ["first run, click to result", f"{part['first']['whole']:.2f}"],
        ["later runs, click to first tile", Spread.of([r["tile"] for r in again]).text()],
        ["later runs, click to result", Spread.of([r["whole"] for r in again]).text()],
    ]
    about = f"- Bundle `{part['bundle']}`, {part['side']} by {part['side']} px; {_where(part)}"
    return [about, _table(rows)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _two(texts: list[str]) -> list[str]:
    return texts if len(texts) == 2 else [*texts, "–"]


def _number(value: float | None) -> str:
    return "–" if value is None else Spread.of([value]).text()


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _change(percent: float) -> str:
    return f"{percent:+.1f} %".replace("-", "−")


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}".replace("-", "−")


def _gb(value: float) -> str:
    return f"{value:.2f} GB"
