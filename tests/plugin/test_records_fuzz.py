"""Records of any content in remembered folders: nothing is raised, and every list is whole."""

from __future__ import annotations

import json
import os
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from gac_qgis_plugin import batches as batch
from gac_qgis_plugin import history, jobs
from gac_qgis_plugin import runs as run
from gac_qgis_plugin.core.work_folder import read_journal
from gac_qgis_plugin.display import read_range
from gac_qgis_plugin.gui.compare.readout import Probe
from gac_qgis_plugin.gui.export_choices import PixelsChoice, radar_image
from gac_qgis_plugin.gui.optical_group import OpticalGroup
from gac_qgis_plugin.gui.status_lines import describe as describe_line
from gac_qgis_plugin.layer_metadata import describe_result, read_record
from gac_qgis_plugin.layers import set_temporal_range
from gac_qgis_plugin.maps import lacks_critic
from gac_qgis_plugin.results import ResultRun, radar_layers_of
from gac_qgis_plugin.runs import DerivedRun, files_of, reusable_from, settings_of
from tests.plugin.runs import write_run
from tests.plugin.test_batches import write_batch
from tests.plugin.variants import JOURNAL, OTHERS, RUN, SUMMARY, variants

SEED = int(os.environ.get("GAC_FUZZ_SEED", "20"))
MORE = int(os.environ.get("GAC_FUZZ_EXAMPLES", "0"))
COUNTS = {"summary.json": 450 + MORE, "run.json": 500 + MORE, "journal.json": 300 + MORE}
COUNT_OF_OTHERS = 60 + MORE


@pytest.fixture
def a_batch(qgis, tmp_path) -> Path:
    return write_batch(tmp_path / "batch", SUMMARY)


@pytest.fixture
def a_run(qgis, tmp_path) -> Path:
    write_run(tmp_path / "run")
    (tmp_path / "run" / ".gac-work").mkdir()
    (tmp_path / "run" / ".gac-stages").mkdir()
    return tmp_path / "run"


def look_at_batch(folder: Path) -> None:
    """Do with a batch what its list does."""
    entry = batch.read_batch(folder)
    assert batch.batch_state(entry) and batch.describe_batch(entry)
    over, total = entry.blocks
    assert isinstance(over, int) and isinstance(total, int)
    assert all(isinstance(hole, str) for hole in entry.holes) and isinstance(entry.when, str)
    for stages in entry.layers().values():
        assert all(folder in path.parents and ".." not in path.parts for path in stages.values())
    assert entry == batch.read_batch(folder)


def look_at_run(folder: Path, layer: QgsRasterLayer) -> None:
    """Do with a run what its list, its layers and other runs do."""
    project = QgsProject.instance()
    entry = run.read_entry(folder)
    assert run.run_state(entry) and run.describe_run(entry) and entry.name is not None
    assert all(entry.score(stage) is None or entry.score(stage) < 2 for stage in (1, 2, 3))
    for first in (2, 3):
        again = DerivedRun(entry, first).params({"stages": 3, "keep": True, "bundle": "demo"})
        json.dumps(again)
    settings_of(entry)
    assert set(reusable_from(folder)) <= {2, 3}
    assert folder / "run.json" in files_of(folder) or not entry.record.get("synthetic")
    record = read_record(folder)
    for stage in (1, 2, 3):
        assert describe_result(layer, stage, record).title()
    set_temporal_range(layer, record)
    lacks_critic(record)
    read_range(folder)
    made = ResultRun(folder)
    radar_layers_of(made, project)
    radar_image(made, project)
    Probe(made, project)
    PixelsChoice(folder, 0.4).params()
    group = OpticalGroup()
    group.show_choices(settings_of(entry))
    with suppress(jobs.PluginError):
        json.dumps(group.params())
    journal = read_journal(folder)
    if journal is not None:
        describe_line(journal)
        assert isinstance(jobs.start_of(folder, journal.started), str)
        assert journal.tile + journal.stages >= 0
    history.remember_unfinished(folder)
    history.journals()
    with suppress(jobs.PluginError):
        jobs.resumption(folder, project)


def faults(path: Path, documents: list[bytes], look: Callable[[], Any]) -> Counter[str]:
    """Return where exceptions came from, and how many."""
    found: Counter[str] = Counter()
    for data in documents:
        path.write_bytes(data)
        try:
            look()
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            found[f"{Path(last.filename).name}:{last.lineno} {type(error).__name__}"] += 1
    return found


def test_no_summary_raises(a_batch) -> None:
    data = list(variants(SUMMARY, COUNTS["summary.json"], SEED))
    assert faults(a_batch / "summary.json", data, lambda: look_at_batch(a_batch)) == {}


def test_no_run_record_raises(a_run) -> None:
    layer = QgsRasterLayer(str(a_run / "opt_v1.tif"), "x", "gdal")
    data = list(variants(RUN, COUNTS["run.json"], SEED))
    assert faults(a_run / "run.json", data, lambda: look_at_run(a_run, layer)) == {}


def test_no_journal_raises(a_run) -> None:
    layer = QgsRasterLayer(str(a_run / "opt_v1.tif"), "x", "gdal")
    data = list(variants(JOURNAL, COUNTS["journal.json"], SEED))
    path = a_run / ".gac-work" / "journal.json"
    assert faults(path, data, lambda: look_at_run(a_run, layer)) == {}


@pytest.mark.parametrize("name", ["display.json", ".gac-stages/stages.json", "batch.json"])
def test_no_other_record_raises(a_run, a_batch, name) -> None:
    layer = QgsRasterLayer(str(a_run / "opt_v1.tif"), "x", "gdal")
    document = OTHERS[Path(name).name]
    data = list(variants(document, COUNT_OF_OTHERS, SEED))
    if name == "batch.json":
        assert faults(a_batch / name, data, lambda: look_at_batch(a_batch)) == {}
    else:
        assert faults(a_run / name, data, lambda: look_at_run(a_run, layer)) == {}


def test_there_are_enough_variants_and_they_are_the_same_each_time() -> None:
    assert sum(COUNTS.values()) >= 1200
    first = list(variants(SUMMARY, 450, 1))
    assert first == list(variants(SUMMARY, 450, 1)) != list(variants(SUMMARY, 450, 2))
    assert len(set(first)) > 400
