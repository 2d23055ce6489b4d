"""Incremental cache of ablation scores, so that an interrupted evaluation resumes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from training.data.pair import Pair
from training.evaluation.chain import Scores

FILE = "ablations.jsonl"


class ScoreCache:
    """Scores by variant and pair in a JSON-lines file.

    An entry is valid only for the same weights, settings, variant and pixels. Truncated or foreign
    lines are ignored.

    Args:
        folder: Folder of the file; None: nothing is stored.
        subject: JSON-ready values that all scores depend on: weights and settings.
    """

    def __init__(self, folder: Path | None, subject: Any) -> None:
        self._path = None if folder is None else folder / FILE
        self._subject = json.dumps(subject, sort_keys=True, default=str)
        self._scores: dict[str, dict[str, Scores]] = {}
        if self._path is not None and self._path.is_file():
            for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
                self._read(line)

    def key(self, variant: str, pair: Pair) -> str:
        """Return the key of a variant's scores of a pair."""
        digest = hashlib.sha256(f"{self._subject}\n{variant}\n{pair.name}\n".encode())
        digest.update(f"{pair.month} {pair.biome} {pair.place} {pair.modality}".encode())
        for image in (pair.s1, pair.s2):
            digest.update(image.tobytes())
        return digest.hexdigest()

    def get(self, key: str) -> dict[str, Scores] | None:
        """Return scores by image, or None if not cached."""
        return self._scores.get(key)

    def put(self, key: str, scores: dict[str, Scores]) -> None:
        """Store scores by image.

        Raises:
            OSError: If they cannot be written.
        """
        self._scores[key] = scores
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            # Start on a new line, in case the last one is truncated.
            stream.write("\n" + json.dumps({"key": key, "scores": scores}) + "\n")

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
            key, scores = entry["key"], entry["scores"]
            self._scores[str(key)] = {
                str(image): {str(name): float(value) for name, value in measures.items()}
                for image, measures in scores.items()
            }
        except (ValueError, TypeError, KeyError, AttributeError):
            return
