"""A run of the history, as described by its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.rasters.derived import result_file
from gac_qgis_plugin.toolbelt import paths, records
from gac_qgis_plugin.toolbelt.records import Named, Request, RunRecord
from gac_qgis_plugin.toolbelt.redaction import file_name, redacted
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import Journal, is_busy, journal_of, look_at_journal


@dataclass(frozen=True)
class RunEntry:
    """State of a run.

    Attributes:
        folder: Its folder.
        record: The valid fields of its run.json; empty if there is none.
        journal: Its progress; None if it is over.
        stages: Stages with an existing image.
        is_busy: True if a worker is computing it now.
        damage: Damage of its records, for users; "" if none.
    """

    folder: Path
    record: RunRecord = field(default_factory=lambda: RunRecord())
    journal: Journal | None = None
    stages: tuple[int, ...] = ()
    is_busy: bool = False
    damage: str = ""

    @property
    def is_gone(self) -> bool:
        """True if none of its files are left."""
        return not self.stages and self.journal is None and not self.damage

    @property
    def can_resume(self) -> bool:
        """True if it can be resumed."""
        return self.journal is not None and not self.is_busy

    @property
    def request(self) -> Request:
        """The run's request."""
        if self.journal is not None:
            return self.journal.request
        return self.record.get("request", {})

    @property
    def sources(self) -> list[str]:
        """The radar files, VV's first."""
        return self.request.get("sar", [])

    @property
    def bundle(self) -> str:
        """The model bundle's name; "" if unknown."""
        return self.record.get("bundle", {}).get("name") or self.request.get("bundle", "")

    @property
    def name(self) -> str:
        """Display name: the radar file's name."""
        return Path(file_name(self.sources[0])).stem if self.sources else self.folder.name

    @property
    def when(self) -> str:
        """Time of its end or last progress in local time, for display."""
        if self.journal is not None:
            return self.journal.when
        return records.local_time(self.record.get("finished", ""))

    def score(self, stage: int) -> float | None:
        """Return a stage's GAC score."""
        score = self.record.get("stages", {}).get(f"opt_v{stage}", {}).get("score", {})
        value = score.get("gac")
        return value if value is not None and -1 <= value <= 1 else None


def read_entry(folder: Path) -> RunEntry:
    """Read a run's state from its folder."""
    stages = tuple(n for n in (1, 2, 3) if records.is_file(result_file(folder, n)))
    record, journal = records.read(folder / layout.RECORD, RunRecord), look_at_journal(folder)
    damage = "; ".join(filter(None, (record.damage, journal.damage)))
    unfinished = journal_of(folder, journal)
    return RunEntry(folder, record.values, unfinished, stages, is_busy(folder), damage)


def state(entry: RunEntry) -> str:
    """Return a run's state in few words, or its score if it is complete."""
    if entry.is_busy:
        return tr("running")
    if entry.damage:
        return tr("damaged")
    if entry.journal is not None:
        return tr("unfinished")
    if entry.is_gone:
        return tr("no files")
    score = entry.score(entry.stages[-1])
    return f"{score:.2f}" if score is not None else "–"


def describe(entry: RunEntry) -> str:
    """Return a run and its parameters as HTML."""
    request, record = entry.request, entry.record
    lines = [", ".join(map(file_name, entry.sources))]
    if entry.damage:
        lines.append(tr("Damaged: {}").format(entry.damage))
    lines.append(tr("Models: {}").format(entry.bundle or "?"))
    numbers = (request.get("timesteps_1"), request.get("timesteps_3"))
    steps = ", ".join(str(number) for number in numbers if number)
    seed = record.get("seed", request.get("seed"))
    lines.append(tr("Seed {}; steps {}").format("?" if seed is None else seed, steps or "?"))
    area = record.get("area")
    if area:
        size = f"{area.get('width')} × {area.get('height')}"
        lines.append(tr("{} px, EPSG:{}").format(size, area.get("epsg")))
    biome = _biome(record.get("biome", {}))
    if record.get("month") or biome:
        month = record.get("month") or tr("unknown")
        lines.append(tr("Month {}; biome {}").format(month, biome or "?"))
    scores = [(stage, entry.score(stage)) for stage in entry.stages]
    score_text = ", ".join(f"v{stage} {score:.2f}" for stage, score in scores if score is not None)
    if score_text:
        lines.append(tr("GAC score: {}").format(score_text))
    if entry.journal is not None:
        journal = entry.journal
        place = journal.stage, journal.stages, journal.tile, journal.tiles
        lines.append(tr("Unfinished: stage {} of {}, tile {} of {}").format(*place))
    elif entry.is_gone:
        lines.append(tr("Its files were moved or deleted."))
    lines.append(paths.short(entry.folder))
    return "<br>".join(escape(redacted(line)) for line in lines if line)


def _biome(told: Named) -> str:
    """Return the recorded biome and whether it is that of the place; "" if unknown."""
    name = tr(told["name"]) if told.get("name") else ""
    return tr("{} (by place)").format(name) if name and told.get("from") == "place" else name
