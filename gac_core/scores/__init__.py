"""Agreement of radar and optical images: the GAC score and CFOG."""

from gac_core.scores.gac import REAL_HIGH, REAL_MEAN, above_real, gac_score
from gac_core.scores.rasters import score_files, write_agreement_map

__all__ = [
    "REAL_HIGH", "REAL_MEAN", "above_real", "gac_score", "score_files", "write_agreement_map",
]  # fmt: skip
