"""Scores of a bundle by `training.evaluate`, as stored in its card."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gac_core.contract.errors import BundleError
from gac_core.models.card import UNUSABLE, read_json, unusable
from gac_core.models.names import without_folders

MEASURES = ("psnr", "ssim", "sam", "gac", "cfog", "cfog_gap")
"""Measures that a card stores for each image."""

BLUR: Final = "no better than a blur"
"""Verdict on a stage that is better than the one before it, but not than a blurred image."""

WHAT = "file of scores"
EVALUATE = "Name the scores.json that training.evaluate wrote."


@dataclass(frozen=True)
class Evaluation:
    """Result of an evaluation.

    Attributes:
        path: Its file.
        hashes: SHA-256 of all weight files of the evaluated bundle.
        scores: Section for the card.
    """

    path: Path
    hashes: frozenset[str]
    scores: Mapping[str, Any]

    def require_of(self, hashes: Mapping[str, Collection[str]]) -> None:
        """Check that the scores belong to a bundle.

        Args:
            hashes: Possible hashes by file: its current one and the one when it was evaluated.

        Raises:
            BundleError: If another bundle was evaluated.
        """
        for name, digests in hashes.items():
            if self.hashes.isdisjoint(digests):
                raise BundleError(
                    f"The scores in {self.path} are those of another bundle: none of its files is "
                    f"{name}.",
                    "Evaluate what is packed, or pack without --scores and evaluate the bundle.",
                )


def read_evaluation(path: Path) -> Evaluation:
    """Read the `scores.json` of `training.evaluate`.

    Raises:
        BundleError: If it is not valid.
    """
    values = read_json(path, WHAT, EVALUATE)
    try:
        about, pairs = values["about"], values["pairs"]
        tiles = sorted({pair["tile"] for pair in pairs})
        table = {image: _row(measures) for image, measures in values["scores"].items()}
        scores = {
            "what": (
                f"Means over {len(pairs)} images of {len(tiles)} tiles. PSNR in dB and SSIM for a "
                "range of 10000 DN, SAM in degrees, GAC and CFOG: agreement of edges with the "
                "radar's, CFOG gap: its distance from that of the real image."
            ),
            "data": without_folders(str(about["data"])),
            "command": without_folders(str(about["command"])),
            "tiles": tiles,
            "timesteps": about["timesteps"],
            "mean": {image: row for image, row in table.items() if row},
            "stages": [_compared(verdict) for verdict in values["verdicts"]["stages"]],
            "not earned": [str(line) for line in values["not earned"]],
        }
        return Evaluation(path, frozenset(about["bundle"]["sha256"].values()), scores)
    except UNUSABLE as error:
        raise unusable(path, error, WHAT, EVALUATE) from error


def _row(measures: Mapping[str, Any]) -> dict[str, float]:
    means = {key: measures[key]["mean"] for key in MEASURES if key in measures}
    return {key: round(float(mean), 3) for key, mean in means.items() if mean is not None}


def _compared(found: Mapping[str, Any]) -> str:
    """Return a line that compares a stage with the one before it and with equally good blurs."""
    gain = found["gain"]
    if gain["mean"] is None:
        return f"{found['later']} over {found['earlier']}, {found['measure']}: undefined"
    low, high = ("?" if edge is None else f"{edge:+.4g}" for edge in gain["interval"])
    blurs = found.get("no better than")
    rivals = f" ({', '.join(blurs)})" if blurs and found["verdict"] == BLUR else ""
    return (
        f"{found['later']} over {found['earlier']}, {found['measure']}: gain {gain['mean']:+.4g} "
        f"(95% interval {low} to {high}, {gain['n']} images): {found['verdict']}{rivals}"
    )
