"""Figures and tables from runs made up here: ratios are of runs that took turns."""

import pytest

from tests.bench import figures
from tests.bench.figures import Spread
from tests.bench.flops import in_steps
from tests.bench.report import marks, to_markdown, write_markdown


def run(total, peak=1e9):
    seam = {"index": 0.1, "in_phase": -0.004, "error": 0.003, "edges": 9}
    stages = {"1": total / 2, "2": total / 4, "3": total / 4}
    return {"total": total, "stages": stages, "memory": {"process": peak}, "seams": {"1": seam}}


def part(ours, peer, side=1000):
    sides = {}
    for kind, totals in (("ours", ours), ("peer", peer)):
        sides[kind] = {
            "load_memory": {"process": 1.5e9},
            "runs": [run(t, peak=t * 1e9) for t in totals],
            "flop": {"1": 6e12, "2": 2e12, "3": 2e12},
            "peak": {"flops": 5e12},
        }
    case = {"name": "x", "bundle": "demo", "side": side, "steps": [2, 2], "repeats": len(ours)}
    case["sides"] = list(sides)
    machine = {"device": "a processor", "torch": "2"}
    told = {"machine": machine, "date": "2030-01-02", "commit": "commit abc"}
    return {"case": {**case, "cap_gb": None}, "km2": 2.0, "sides": sides, **told}


def test_ratios_are_taken_run_by_run():
    found = figures.ratio(part([1.0, 4.0, 2.0], [3.0, 8.0, 5.0]), "peer", "all")
    assert found == Spread(2.5, 2.0, 3.0)


def test_seconds_and_flop_are_per_km2_and_share_is_of_the_peak():
    x = part([4.0, 4.0], [8.0, 8.0])
    assert figures.per_km2(x, "ours", "1") == Spread(1.0, 1.0, 1.0)
    assert figures.tera_flop(x, "ours", "1") == pytest.approx(3.0)
    assert figures.share(x, "ours", "1") == pytest.approx(6 / 2 / 5)
    assert figures.share(x, "peer", "all") == pytest.approx(10 / 8 / 5)


def test_flop_that_the_counter_did_not_see_are_no_figure():
    x = part([4.0], [8.0])
    x["sides"]["ours"]["flop"] = {"1": 0, "2": 0, "3": 0}
    assert figures.tera_flop(x, "ours", "1") is None
    assert figures.share(x, "ours", "all") is None


def test_every_further_step_costs_what_the_second_did():
    assert in_steps(10, 14, 1) == 10
    assert in_steps(10, 14, 5) == 26


def test_the_tables_tell_what_was_measured(tmp_path):
    parts = {"speed x": part([1.0, 2.0], [3.0, 4.0]), "memory b": part([3.15], [12.6], 4000)}
    parts["memory a"] = part([3.0], [6.0])
    text = to_markdown({"device": "cpu", "parts": parts})
    assert "| x, all, peer | 0.75 (0.50–1.00) | 1.75 (1.50–2.00) | 2.50× (2.00–3.00) |" in text
    assert "| x, opt_v1 | ours | +0.100 | −0.004 ± 0.003 |" in text
    assert "| 4000² px | 3.15 GB | +5.0 % | 12.60 GB | 0.25 |" in text
    assert "2030-01-02, a processor" in text and "Start-up" not in text

    page = tmp_path / "page.md"
    gpu = "\n".join(marks("cuda"))
    page.write_text(f"words\n{marks('cpu')[0]}\nold\n{marks('cpu')[1]}\n{gpu}\n")
    write_markdown({"device": "cpu", "parts": parts}, page)
    written = page.read_text()
    assert written.startswith("words\n") and "old" not in written and gpu in written
    with pytest.raises(SystemExit, match="bench mps"):
        write_markdown({"device": "mps", "parts": {}}, page)
