"""Chart of the GAC scores of a run's stages beside the range of real optical images."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.gui.widgets import STAGE_COLOURS, NoteLabel, alert

REAL_LOW, REAL_MEAN, REAL_HIGH = 0.13, 0.36, 0.65
"""5th percentile, mean and 95th percentile of 44 real Sentinel-2 images."""
COPY = 0.89
"""Score of a copy of the radar."""

Scores = dict[int, "float | None"]
"""GAC score by stage; None if there is nothing to compare."""

MIN_SCORE, MAX_SCORE = -0.2, 1.0
DOT = 4.0
SPACE = 3.0


def score_help() -> str:
    """Return an explanation of the score."""
    return tr(
        "GAC score, -1 to 1: how far edges run as the radar's do; 0 is chance. Real images: mean "
        "{}, 90 of 100 from {} to {}. More is not better: a copy of the radar has {}."
    ).format(*map(Number, (REAL_MEAN, REAL_LOW, REAL_HIGH, COPY)))


def verdicts(scores: Scores, judged: int = 0) -> list[str]:
    """Describe stages that lowered the agreement with the radar, and scores above real images.

    Args:
        scores: The scores.
        judged: Stage whose effect is described elsewhere; 0 for none.
    """
    lines = []
    stages = [stage for stage in sorted(scores) if scores[stage] is not None]
    for earlier, later in zip(stages, stages[1:]):
        earlier_score, later_score = (
            round(scores[earlier] or 0.0, 2),
            round(scores[later] or 0.0, 2),
        )
        if later_score < earlier_score and later != judged:
            lines.append(
                tr("Stage {} lowered the agreement: {:.2f} → {:.2f}.").format(
                    later, Number(earlier_score), Number(later_score)
                )
            )
    for stage in stages:
        score = scores[stage] or 0.0
        if score > REAL_HIGH:
            lines.append(
                tr(
                    "opt_v{}: {:.2f} is above nearly all real images ({}): look for speckle."
                ).format(stage, Number(score), Number(REAL_HIGH))
            )
    return lines


class ScoreChart(QLabel):
    """Chart with a line for each stage over the range of real images and their mean.

    It is a label because themes give labels a colour, and plain widgets none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scores: Scores = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(score_help())
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        self.setFont(font)

    def show_scores(self, scores: Scores) -> None:
        """Show these scores."""
        self.scores = dict(scores)
        lines = [f"opt_v{stage}: {_number(score)}" for stage, score in scores.items()]
        self.setAccessibleName(tr("GAC score"))
        self.setAccessibleDescription("; ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt names this method)
        """Return the preferred size, with the height of the lines and the axis below them."""
        line = QFontMetricsF(self.font()).height() + SPACE
        return QSize(240, round(line * (len(self.scores) + 2)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt names this method)
        """Return the minimum size, which is narrower but not lower."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: object) -> None:  # noqa: N802  (Qt names this method)
        """Draw the chart. Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        line = metrics.height() + SPACE
        left = metrics.size(0, "opt_v3").width() + 8
        right = metrics.size(0, "⚠ -0.00").width() + 8
        area = QRectF(left, line, self.width() - left - right, line * len(self.scores))
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._draw_range(painter, area, ink, line)
        for number, (stage, score) in enumerate(self.scores.items()):
            row = QRectF(0, area.top() + number * line, self.width(), line)
            self._draw_stage(painter, area, row, stage, score, ink)

    def _draw_range(self, painter: QPainter, area: QRectF, ink: QColor, line: float) -> None:
        ground, faint = QColor(ink), QColor(ink)
        ground.setAlphaF(0.12)
        faint.setAlphaF(0.45)
        low, high = _place(area, REAL_LOW), _place(area, REAL_HIGH)
        painter.fillRect(QRectF(low, area.top(), high - low, area.height()), ground)
        painter.setPen(ink)
        above = QRectF(low - 60, 0, high - low + 120, line)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, tr("real images"))
        for value, style in ((0.0, Qt.PenStyle.SolidLine), (REAL_MEAN, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(faint, 1.0, style))
            x = _place(area, value)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(ink)
        for value in (0.0, REAL_MEAN, REAL_HIGH):
            box = QRectF(_place(area, value) - 24, area.bottom() + 1, 48, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{Number(value):g}")

    def _draw_stage(
        self,
        painter: QPainter,
        area: QRectF,
        row: QRectF,
        stage: int,
        score: float | None,
        ink: QColor,
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, f"opt_v{stage}")
        mark = "⚠ " if score is not None and score > REAL_HIGH else ""
        text = f"{mark}{_number(score)}"
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, text)
        if score is None:
            return
        colour = QColor(STAGE_COLOURS[stage])
        y, x = row.center().y(), _place(area, min(max(score, MIN_SCORE), MAX_SCORE))
        painter.setPen(QPen(colour, 3.0))
        painter.drawLine(QPointF(_place(area, 0.0), y), QPointF(x, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), DOT, DOT)


class ScorePanel(QWidget):
    """The chart and its interpretation; hidden while there is no score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = ScoreChart()
        self.note = NoteLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.chart)
        column.addWidget(self.note)
        self.show_scores({})

    def show_scores(self, scores: Scores, judged: int = 0) -> None:
        """Show the scores of a run's stages; see `verdicts`."""
        self.chart.show_scores(dict(sorted(scores.items())))
        self.note.show_text("<br>".join(alert(words) for words in verdicts(scores, judged)))
        self.setVisible(bool(scores))


def _place(area: QRectF, score: float) -> float:
    return area.left() + (score - MIN_SCORE) / (MAX_SCORE - MIN_SCORE) * area.width()


def _number(score: float | None) -> str:
    return "–" if score is None else f"{Number(score):.2f}"
