"""How a batch stands, as its own files tell: whoever runs it, and wherever."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import is_locked

BATCH, SUMMARY, LOCK = "batch.json", "summary.json", ".gac-batch.lock"
MOST_HOLES = 5
"""Holes that are told one by one."""


@dataclass(frozen=True)
class BatchEntry:
    """What is known of a batch.

    Attributes:
        folder: Its folder.
        summary: Its summary.json; empty: there is none yet.
        is_begun: Whether there is a batch in the folder at all.
        is_busy: Whether it is being computed now, by a program of this computer.
    """

    folder: Path
    summary: dict[str, Any] = field(default_factory=dict)
    is_begun: bool = False
    is_busy: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be computed, holes aside."""
        return str(self.summary.get("status") or "").startswith("complete")

    @property
    def scenes(self) -> dict[str, dict[str, Any]]:
        """What is told of each scene."""
        found = self.summary.get("scenes")
        scenes = found if isinstance(found, dict) else {}
        return {str(name): each for name, each in scenes.items() if isinstance(each, dict)}

    @property
    def blocks(self) -> tuple[int, int]:
        """Blocks whose last stage is over, and all of them."""
        over = total = 0
        for scene in self.scenes.values():
            complete = scene.get("complete")
            if isinstance(complete, dict) and complete:
                over += int(complete[max(complete)]) + int(scene.get("empty") or 0)
                total += int(scene.get("blocks") or 0)
        return over, total

    @property
    def holes(self) -> list[str]:
        """Each failure, in words."""
        found = []
        for name, scene in self.scenes.items():
            if scene.get("status") == "refused":
                found.append(f"{name}: {translated(str(scene.get('why') or ''))}")
            for hole in scene.get("holes") or []:
                why = translated(str(hole.get("why") or ""))
                place = tr("{}, block {}, stage {}").format(
                    name, hole.get("block"), hole.get("stage")
                )
                found.append(f"{place}: {why}")
        return found

    @property
    def when(self) -> str:
        """When it was last worked on, as people here read it."""
        try:
            # Python 3.9 does not know the Z.
            text = str(self.summary.get("updated") or "").replace("Z", "+00:00")
            return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:
            return ""

    def layers(self) -> dict[str, dict[int, Path]]:
        """The layers of each scene that are there, by stage."""
        found: dict[str, dict[int, Path]] = {}
        for name in self.scenes:
            files = {stage: self.folder / name / f"opt_v{stage}.vrt" for stage in (1, 2, 3)}
            there = {stage: path for stage, path in files.items() if path.is_file()}
            if there:
                found[name] = there
        return found


def read_batch(folder: Path) -> BatchEntry:
    """Reads what a batch's folder tells."""
    return BatchEntry(
        folder,
        _read(folder / SUMMARY),
        (folder / BATCH).is_file(),
        is_locked(folder / LOCK),
    )


def state(entry: BatchEntry) -> str:
    """How a batch stands, in few words."""
    if entry.is_busy:
        return tr("running")
    if not entry.is_begun:
        return tr("no files")
    if not entry.is_over:
        return tr("unfinished")
    return tr("with holes") if entry.holes else tr("complete")


def describe(entry: BatchEntry) -> str:
    """A batch in some lines, as HTML."""
    over, total = entry.blocks
    lines = []
    if entry.scenes:
        lines.append(
            tr("Scenes: {}; blocks: {} of {}; SYNTHETIC").format(len(entry.scenes), over, total)
        )
    lines += [f"{name}: {scores}" for name, scores in _scores(entry).items()]
    holes = entry.holes
    lines += holes[:MOST_HOLES]
    if len(holes) > MOST_HOLES:
        lines.append(tr("and {} more, in summary.json").format(len(holes) - MOST_HOLES))
    if entry.is_begun and not entry.is_busy and (holes or not entry.is_over):
        lines.append(tr("The same algorithm with the same output folder goes on with it."))
    lines.append(paths.short(entry.folder))
    return "<br>".join(escape(line) for line in lines)


def _scores(entry: BatchEntry) -> dict[str, str]:
    found = {}
    for name, scene in entry.scenes.items():
        scores = scene.get("scores")
        told = []
        for stage, score in sorted(scores.items()) if isinstance(scores, dict) else ():
            value = score.get("gac") if isinstance(score, dict) else None
            told.append(f"{stage[-2:]} {value:.2f}" if isinstance(value, float) else "")
        if any(told):
            found[name] = tr("GAC score: {}").format(", ".join(each for each in told if each))
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
