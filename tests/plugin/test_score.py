"""The chart of GAC scores, and what it says in words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QColor

from gac_qgis_plugin.gui import score_chart
from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.score_chart import ScoreChart, ScorePanel
from gac_qgis_plugin.gui.widgets import STAGE_COLOURS
from tests.plugin.runs import add_run

ROOT = Path(__file__).resolve().parents[2]


def test_the_levels_are_the_engines_and_the_documents() -> None:
    tree = ast.parse((ROOT / "gac_core" / "scores" / "gac.py").read_text(encoding="utf-8"))
    engine = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id.startswith("REAL")
    }
    assert engine == {"REAL_MEAN": score_chart.REAL_MEAN, "REAL_HIGH": score_chart.REAL_HIGH}
    lines = (ROOT / "docs" / "score.md").read_text(encoding="utf-8").splitlines()
    # The table of whole images comes before that of neighbourhoods.
    row = next(line for line in lines if line.startswith("| real |"))
    cells = [cell.strip() for cell in row.split("|")[2:6]]
    assert [float(cells[i]) for i in (0, 2, 3)] == [
        score_chart.REAL_MEAN,
        score_chart.REAL_LOW,
        score_chart.REAL_HIGH,
    ]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({1: 0.08, 2: 0.05, 3: 0.5}, ["Stage 2 lowered the agreement: 0.08 → 0.05"]),
        ({1: 0.1, 2: 0.1, 3: 0.3}, []),
        ({1: 0.301, 2: 0.299}, []),
        ({1: 0.4, 2: None, 3: 0.2}, ["Stage 3 lowered"]),
        ({1: 0.1, 2: 0.2, 3: 0.66}, ["opt_v3: 0.66 is above nearly all"]),
        ({1: 0.9, 2: 0.7}, ["Stage 2 lowered", "opt_v1: 0.90", "opt_v2: 0.70"]),
        ({}, []),
    ],
)
def test_what_the_scores_say(scores, said) -> None:
    found = score_chart.verdicts(scores)
    assert len(found) == len(said)
    for sentence, begin in zip(found, said, strict=True):
        assert sentence.startswith(begin)


def test_what_the_critique_says_is_not_repeated() -> None:
    scores = {1: 0.4, 2: 0.3, 3: 0.2}
    assert len(score_chart.verdicts(scores)) == 2
    assert len(score_chart.verdicts(scores, judged=3)) == 1


def columns_of(chart: ScoreChart, stage: int) -> list[int]:
    """Return the columns in a stage's colour."""
    image = chart.grab().toImage()
    wanted = QColor(STAGE_COLOURS[stage]).rgb()
    return [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) == wanted for y in range(image.height()))
    ]


def test_a_higher_score_reaches_further_to_the_right(window) -> None:
    chart = ScoreChart()
    chart.resize(300, 100)
    chart.show_scores({1: 0.1, 2: 0.6, 3: -0.15})
    first, second, third = (columns_of(chart, stage) for stage in (1, 2, 3))
    assert max(second) > max(first) > max(third)
    assert min(third) < min(first)
    assert "opt_v2: 0.60" in chart.accessibleDescription()


def test_a_stage_without_a_score_has_no_dot(window) -> None:
    chart = ScoreChart()
    chart.resize(300, 100)
    chart.show_scores({1: 0.1, 2: None})
    assert columns_of(chart, 2) == []


def test_the_panel_warns_and_hides(window) -> None:
    panel = ScorePanel()
    assert panel.isHidden()
    panel.show_scores({1: 0.3, 2: 0.2})
    assert not panel.isHidden()
    assert "lowered" in panel.note.text()


def test_the_compare_tab_shows_the_scores_of_its_run(window, tmp_path) -> None:
    desk = ComparisonSession(window)
    panel = ComparePanel(desk, window.mapCanvas())
    assert panel.scores.isHidden()
    add_run(tmp_path / "run")
    panel.refresh()
    assert panel.scores.chart.scores == pytest.approx({1: 0.1, 2: 0.2, 3: 0.3})
    desk.close()


def test_a_run_fills_the_chart(panel, radar, wait) -> None:
    made = panel("good")
    made.dock.open_for(radar())
    wait(lambda: "ready" in made.dock.footer.worker_line.text())
    made.dock.start_run()
    wait(lambda: made.outcomes)
    scores = made.dock.compare.scores.chart.scores
    assert scores[1] == pytest.approx(0.1)
    assert scores[2] is None
    assert scores[3] == pytest.approx(0.3)
