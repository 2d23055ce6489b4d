"""Interpretation of a run's GAC scores; docs/score.md gives the origin of the levels."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.words import tr

REAL_LOW, REAL_MEAN, REAL_HIGH = 0.13, 0.36, 0.65
"""5th percentile, mean and 95th percentile of 44 real Sentinel-2 images."""

Scores = dict[int, "float | None"]
"""GAC score by stage; None if there is nothing to compare."""


def score_help() -> str:
    """Return an explanation of the score."""
    return tr(
        "GAC score: how far the edges of the image and of the radar run the same way, from -1 to "
        "1; 0 is chance. Of 44 real optical images the mean is {}, and 90 of 100 lie between {} "
        "and {}. More is not better: a copy of the radar has 0.89."
    ).format(REAL_MEAN, REAL_LOW, REAL_HIGH)


def verdicts(scores: Scores) -> list[str]:
    """Describe stages that lowered the agreement with the radar, and scores above real images."""
    lines = []
    stages = [stage for stage in sorted(scores) if scores[stage] is not None]
    for earlier, later in zip(stages, stages[1:]):
        earlier_score, later_score = (
            round(scores[earlier] or 0.0, 2),
            round(scores[later] or 0.0, 2),
        )
        if later_score < earlier_score:
            lines.append(
                tr("Stage {} lowered the agreement with the radar: {:.2f} → {:.2f}.").format(
                    later, earlier_score, later_score
                )
            )
    for stage in stages:
        score = scores[stage] or 0.0
        if score > REAL_HIGH:
            lines.append(
                tr(
                    "opt_v{}: {:.2f} is more than 95 of 100 real images reach ({}). Look for radar "
                    "speckle in it."
                ).format(stage, score, REAL_HIGH)
            )
    return lines
