"""One run of the history, as its files tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.rasters.derived import result_file
from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import Journal, is_busy, read_journal


@dataclass(frozen=True)
class RunEntry:
    """What is known of a run.

    Attributes:
        folder: Its folder.
        record: Its run.json; empty: there is none.
        journal: How far it is; None: it is over.
        stages: Stages whose images are there.
        is_busy: Whether a worker is at work on it now.
    """

    folder: Path
    record: dict[str, Any] = field(default_factory=dict)
    journal: Journal | None = None
    stages: tuple[int, ...] = ()
    is_busy: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is left."""
        return not self.stages and self.journal is None

    @property
    def can_resume(self) -> bool:
        """Whether it can be gone on with."""
        return self.journal is not None and not self.is_busy

    @property
    def request(self) -> dict[str, Any]:
        """What was asked for."""
        if self.journal is not None:
            return self.journal.request
        return _part(self.record, "request")

    @property
    def sources(self) -> list[str]:
        """The radar files, VV's first."""
        named = self.request.get("sar")
        return [str(each) for each in named] if isinstance(named, list) else []

    @property
    def bundle(self) -> str:
        """The model bundle's name; "" unknown."""
        return str(_part(self.record, "bundle").get("name") or self.request.get("bundle") or "")

    @property
    def name(self) -> str:
        """What people know it by: its radar file's name."""
        return Path(self.sources[0]).stem if self.sources else self.folder.name

    @property
    def when(self) -> str:
        """When it ended or was worked on last, as people here read it."""
        if self.journal is not None:
            return self.journal.when
        try:
            # Python 3.9 does not know the Z.
            text = str(self.record.get("finished") or "").replace("Z", "+00:00")
            return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:
            return ""

    def score(self, stage: int) -> float | None:
        """A stage's GAC score."""
        told = _part(_part(self.record, "stages"), f"opt_v{stage}")
        value = _part(told, "score").get("gac")
        return float(value) if isinstance(value, (int, float)) else None


def read_entry(folder: Path) -> RunEntry:
    """Reads what a run's folder tells."""
    stages = tuple(stage for stage in (1, 2, 3) if result_file(folder, stage).is_file())
    return RunEntry(folder, read_record(folder), read_journal(folder), stages, is_busy(folder))


def state(entry: RunEntry) -> str:
    """How a run stands, in few words: its score, or what is the matter."""
    if entry.is_busy:
        return tr("running")
    if entry.journal is not None:
        return tr("unfinished")
    if entry.is_gone:
        return tr("no files")
    score = entry.score(entry.stages[-1])
    return f"{score:.2f}" if score is not None else "–"


def describe(entry: RunEntry) -> str:
    """A run with its parameters, as HTML."""
    request, record = entry.request, entry.record
    lines = [", ".join(Path(source).name for source in entry.sources)]
    lines.append(tr("Models: {}").format(entry.bundle or "?"))
    steps = ", ".join(str(request[k]) for k in ("timesteps_1", "timesteps_3") if request.get(k))
    seed = record.get("seed", request.get("seed"))
    lines.append(tr("Seed {}; steps {}").format("?" if seed is None else seed, steps or "?"))
    area = _part(record, "area")
    if area:
        size = f"{area.get('width')} × {area.get('height')}"
        lines.append(tr("{} px, EPSG:{}").format(size, area.get("epsg")))
    biome = _biome(_part(record, "biome"))
    if record.get("month") or biome:
        month = record.get("month") or tr("unknown")
        lines.append(tr("Month {}; biome {}").format(month, biome or "?"))
    scores = [(stage, entry.score(stage)) for stage in entry.stages]
    known = ", ".join(f"v{stage} {score:.2f}" for stage, score in scores if score is not None)
    if known:
        lines.append(tr("GAC score: {}").format(known))
    if entry.journal is not None:
        journal = entry.journal
        place = journal.stage, journal.stages, journal.tile, journal.tiles
        lines.append(tr("Unfinished: stage {} of {}, tile {} of {}").format(*place))
    elif entry.is_gone:
        lines.append(tr("Its files were moved or deleted."))
    lines.append(paths.short(entry.folder))
    return "<br>".join(escape(line) for line in lines if line)


def _biome(told: dict[str, Any]) -> str:
    """A biome as the record tells of it, and whether it is that of the place; "" unknown."""
    name = tr(str(told["name"])) if told.get("name") else ""
    return tr("{} (by place)").format(name) if name and told.get("from") == "place" else name


def _part(values: dict[str, Any], name: str) -> dict[str, Any]:
    part = values.get(name)
    return part if isinstance(part, dict) else {}
