"""State of a batch as described by its files, wherever it is computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.toolbelt import paths, records
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.records import BatchScene, Json, Summary
from gac_qgis_plugin.toolbelt.redaction import redacted
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import is_locked

MOST_HOLES = 5
"""Number of holes listed individually."""


@dataclass(frozen=True)
class BatchEntry:
    """State of a batch.

    Attributes:
        folder: Its folder.
        summary: The valid fields of its summary.json; empty if there is none yet.
        is_begun: True if the folder holds a batch at all.
        is_busy: True if a process on this computer is computing it now.
        damage: Damage of its records, for users; "" if none.
    """

    folder: Path
    summary: Summary = field(default_factory=lambda: Summary())
    is_begun: bool = False
    is_busy: bool = False
    damage: str = ""

    @property
    def is_over(self) -> bool:
        """True if nothing is left to compute, apart from holes."""
        return self.summary.get("status", "").startswith("complete")

    @property
    def scenes(self) -> dict[str, BatchScene]:
        """The scenes by name."""
        return self.summary.get("scenes", {})

    @property
    def blocks(self) -> tuple[int, int]:
        """Number of blocks whose last stage is over, and of all blocks."""
        over = total = 0
        for scene in self.scenes.values():
            complete = scene.get("complete")
            if complete:
                over += complete[max(complete)] + scene.get("empty", 0)
                total += scene.get("blocks", 0)
        return over, total

    @property
    def holes(self) -> list[str]:
        """Each failure, in words."""
        failures = []
        for name, scene in self.scenes.items():
            if scene.get("status") == "refused":
                failures.append(f"{name}: {translated(scene.get('why', ''))}")
            for hole in scene.get("holes", []):
                why = translated(hole.get("why", ""))
                place = tr("{}, block {}, stage {}").format(
                    name, hole.get("block"), hole.get("stage")
                )
                failures.append(f"{place}: {why}")
        return [redacted(hole) for hole in failures]

    @property
    def when(self) -> str:
        """Time of its last update in local time, for display."""
        return records.local_time(self.summary.get("updated", ""))

    def layers(self) -> dict[str, dict[int, Path]]:
        """Return the existing layers of each scene, by stage."""
        layers: dict[str, dict[int, Path]] = {}
        for name in filter(records.is_plain_name, self.scenes):
            files = {stage: self.folder / name / f"opt_v{stage}.vrt" for stage in (1, 2, 3)}
            existing = {stage: path for stage, path in files.items() if records.is_file(path)}
            if existing:
                layers[name] = existing
        return layers


def read_batch(folder: Path) -> BatchEntry:
    """Read a batch's state from its folder."""
    # Only the engine needs the plan's content; here it just has to be a record.
    summary, plan = (
        records.read(folder / layout.SUMMARY, Summary),
        records.read(folder / layout.BATCH, Json),
    )
    damage = "; ".join(filter(None, (summary.damage, plan.damage)))
    is_begun = records.is_file(folder / layout.BATCH)
    return BatchEntry(
        folder, summary.values, is_begun, is_locked(folder / layout.BATCH_LOCK), damage
    )


def state(entry: BatchEntry) -> str:
    """Return a batch's state in few words."""
    if entry.is_busy:
        return tr("running")
    if entry.damage:
        return tr("damaged")
    if not entry.is_begun:
        return tr("no files")
    if not entry.is_over:
        return tr("unfinished")
    return tr("with holes") if entry.holes else tr("complete")


def describe(entry: BatchEntry) -> str:
    """Describe a batch in a few lines of HTML."""
    over, total = entry.blocks
    lines = [tr("Damaged: {}").format(entry.damage)] if entry.damage else []
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
    return "<br>".join(escape(redacted(line)) for line in lines)


def _scores(entry: BatchEntry) -> dict[str, str]:
    lines = {}
    for name, scene in entry.scenes.items():
        scores = {stage: each.get("gac") for stage, each in scene.get("scores", {}).items()}
        defined = {stage: gac for stage, gac in sorted(scores.items()) if gac is not None}
        if defined:
            text = ", ".join(f"{stage[-2:]} {gac:.2f}" for stage, gac in defined.items())
            lines[name] = tr("GAC score: {}").format(text)
    return lines
