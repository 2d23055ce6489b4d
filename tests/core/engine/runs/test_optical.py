"""Runs with an optical reference: kept pixels, the others' agreement, marks, and resuming."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.errors import Cancelled, InputChanged, RequestError
from gac_core.contract.layout import JOURNAL, OBSERVED, OPTICAL_FILES, WORK
from gac_core.engine.areas import radar_window
from gac_core.engine.checkpoint import Journal
from gac_core.engine.estimate import estimate
from gac_core.engine.pipeline import run
from gac_core.engine.plan import scope_of
from gac_core.io import read_sealed
from gac_core.optical import OpticalReference
from gac_core.optical.fusion import REACH
from gac_core.progress import Silent
from gac_core.scene.warp import record_size, stored_size
from tests.core.engine.runs.conftest import change_record, write_reference
from tests.core.tiny import write_tiny_bundle

DATE = "2021-07-14"
"""A day before the radar's."""


class Stopper(Silent):
    """Raises an error at the nth report of progress."""

    def __init__(self, after: int) -> None:
        self.after, self.reports = after, 0

    def progress(self, progress):
        self.reports += 1
        if self.reports == self.after:
            raise Cancelled(keep=True)


def pixels(out: Path) -> dict[str, str]:
    hashes = {}
    for path in sorted(out.glob("*.tif")):
        with rasterio.open(path) as file:
            hashes[path.name] = hashlib.sha256(file.read().tobytes()).hexdigest()
    return hashes


def read(path: Path) -> np.ndarray:
    with rasterio.open(path) as file:
        return file.read()


def tags(path: Path) -> dict[str, str]:
    with rasterio.open(path) as file:
        return file.tags()


@pytest.fixture(scope="module")
def reference(scene_path, cloudy, tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("reference"), scene_path, cloudy)


@pytest.fixture(scope="module")
def expected(cache, request_for, reference, tmp_path_factory):
    """Folder of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("undisturbed")
    run(request_for(out, **reference), cache, Silent())
    return out


@pytest.fixture(scope="module")
def without(cache, request_for, tmp_path_factory):
    """Pixels of a run without a reference."""
    out = tmp_path_factory.mktemp("without")
    run(request_for(out), cache, Silent())
    return pixels(out)


def test_clear_pixels_are_kept_in_all_stages(expected, reference, cloudy):
    observed = read(Path(reference["optical"][0]))[list(OUTPUT_INDEX)]
    for stage in (1, 2, 3):
        image = read(expected / f"opt_v{stage}.tif")
        valid = image.min(axis=0) > 0
        kept = ~cloudy & valid
        assert kept.sum() > 10_000
        assert np.array_equal(image[:, kept], observed[:, kept])
        assert (image != observed)[:, cloudy & valid].any(axis=0).mean() > 0.9


def test_a_run_tells_what_is_observed(expected, cloudy):
    kinds = read(expected / OBSERVED)[0]
    valid = read(expected / "opt_v3.tif").min(axis=0) > 0
    assert np.array_equal(kinds > 0, valid)
    assert np.array_equal(kinds == 1, valid & ~cloudy)
    share = float((kinds == 1).sum() / valid.sum())
    record = json.loads((expected / "run.json").read_text())
    assert record["observed"]["share"] == pytest.approx(share)
    assert record["observed"]["pixels"]["blended"] == int((kinds == 3).sum()) > 0
    assert record["observed"]["date"].startswith(DATE) and record["optical"]["use"] == "keep"
    for stage in (1, 2, 3):
        assert tags(expected / f"opt_v{stage}.tif")["SYNTHETIC"] == "PARTLY"
        assert float(tags(expected / f"opt_v{stage}.tif")["GAC_OBSERVED"]) == pytest.approx(
            share, abs=1e-4
        )
        # Observed pixels are not scored.
        scored = record["stages"][f"opt_v{stage}"]["score"]["pixels"]
        assert 0 < scored <= int((valid & cloudy).sum())
    item = json.loads((expected / "stac_item.json").read_text())
    sources = {link["href"] for link in item["links"] if link["rel"] == "derived_from"}
    assert {"s2.tif", "clouds.tif"} < sources and "observed" in item["assets"]
    assert str(expected.parent) not in json.dumps(item)


def test_under_clouds_everywhere_pixels_are_those_without(
    cache, request_for, scene_path, without, tmp_path
):
    everywhere = write_reference(tmp_path, scene_path, np.ones((200, 180), bool))
    run(request_for(tmp_path / "out", **everywhere), cache, Silent())
    made = pixels(tmp_path / "out")
    assert {name: made[name] for name in without} == without


@pytest.mark.parametrize("after", [3, 12, 14, 20, 30, 38, 45])
def test_an_interrupted_run_resumes_to_the_same_bytes(
    cache, request_for, reference, expected, tmp_path, after
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path, **reference), cache, Stopper(after))
    assert Journal.read(tmp_path / WORK) is not None
    run(request_for(tmp_path, **reference), cache, Silent())
    assert pixels(tmp_path) == pixels(expected)
    assert len(json.loads((tmp_path / "run.json").read_text())["resumed"]) == 1


@pytest.mark.parametrize("name", ["generated_v1.bil", "opt_v1.bil", "generated_v2.bil"])
def test_damaged_working_files_are_made_again(
    cache, request_for, reference, expected, tmp_path, name
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path, **reference), cache, Stopper(38))
    path = tmp_path / WORK / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 3] ^= 0x40
    path.write_bytes(raw)
    run(request_for(tmp_path, **reference), cache, Silent())
    assert pixels(tmp_path) == pixels(expected)


def test_a_guide_keeps_nothing(cache, request_for, reference, without, tmp_path):
    result = run(request_for(tmp_path, **reference, optical_use="guide"), cache, Silent())
    assert not (tmp_path / OBSERVED).exists() and result.observed is None
    assert tags(tmp_path / "opt_v3.tif")["SYNTHETIC"] == "YES"
    assert tags(tmp_path / "opt_v3.tif")["GAC_OPTICAL_USE"] == "guide"
    assert not set(pixels(tmp_path).values()) & set(without.values())


@pytest.mark.parametrize(
    ("changes", "keep"),
    [
        ({}, True),
        ({"optical_days": 0}, False),
        ({"optical_date": "2021-07-01"}, False),
        ({"optical_date": "2021-07-01", "optical_days": 14}, True),
        ({"optical_date": "2020-07-15", "optical_use": "keep"}, True),
    ],
)
def test_days_decide_unless_the_user_does(cache, request_for, reference, tmp_path, changes, keep):
    request = request_for(tmp_path, **{**reference, **changes})
    with scope_of(request, cache.library) as scope:
        assert scope.optical.keep is keep
        assert scope.optical.decision.by == ("user" if "optical_use" in changes else "file")


def test_a_reference_that_changes_ends_the_run(cache, request_for, scene_path, cloudy, tmp_path):
    options = write_reference(tmp_path, scene_path, cloudy)

    class Changer(Silent):
        def stage_done(self, done):
            path = Path(options["optical_mask"])
            path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(InputChanged):
        run(request_for(tmp_path / "out", **options), cache, Changer())


def test_stages_are_reused_with_the_same_reference_alone(
    cache, request_for, reference, expected, tmp_path
):
    first = tmp_path / "first"
    run(request_for(first, **reference, keep=True), cache, Silent())
    later = {"from_stage": 3, "reuse": str(first)}
    run(request_for(tmp_path / "second", **reference, **later), cache, Silent())
    assert pixels(tmp_path / "second") == pixels(expected)
    with pytest.raises(RequestError):
        run(request_for(tmp_path / "third", **later), cache, Silent())


def test_four_bands_are_kept_though_stage_1_cannot_be_shown_them(
    cache, request_for, scene_path, cloudy, tmp_path
):
    options = write_reference(tmp_path, scene_path, cloudy, ("B02", "B03", "B04", "B08"))
    with scope_of(request_for(tmp_path / "out", **options), cache.library) as scope:
        assert scope.optical.keep and not scope.optical.shows_tokens
    run(request_for(tmp_path / "out", **options), cache, Silent())
    observed = read(tmp_path / "s2.tif")
    image = read(tmp_path / "out" / "opt_v3.tif")
    kept = ~cloudy & (image.min(axis=0) > 0)
    assert np.array_equal(image[:, kept], observed[:, kept])


class Watcher(Silent):
    """Tiles by stage as a run counts them, and the most bytes that its folder holds."""

    def __init__(self, out: Path) -> None:
        self.out, self.tiles, self.peak = out, {}, 0

    def progress(self, progress):
        if progress.stage:
            self.tiles[progress.stage] = progress.tiles
        self.look()

    def stage_done(self, done):
        self.look()

    def look(self):
        held = sum(path.stat().st_size for path in self.out.rglob("*") if path.is_file())
        self.peak = max(self.peak, held)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Radar and reference, larger than an area with what fusion sees around it."""
    folder = tmp_path_factory.mktemp("large")
    rng = np.random.default_rng(1)
    side = 2 * REACH + 300
    radar = folder / "S1A_IW_GRDH_1SDV_20210715T052500_large.tif"
    values = np.array([-14.0, -21.0])[:, None, None] + rng.normal(0, 2, (2, side, side))
    profile = {
        "driver": "GTiff",
        "dtype": "float32",
        "count": 2,
        "height": side,
        "width": side,
        "crs": "EPSG:32633",
        "transform": Affine(10.0, 0.0, 500_000.0, 0.0, -10.0, 5_400_000.0),
    }
    with rasterio.open(radar, "w", **profile) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    clouds = gaussian_filter(rng.standard_normal((side, side)), 25) > 0
    return {"sar": (str(radar),), **write_reference(folder, radar, clouds)}


@pytest.mark.parametrize(
    ("seeing", "use"), [((), "keep"), pytest.param((3,), "guide", marks=pytest.mark.slow)]
)
def test_the_same_place_has_the_same_pixels_in_any_extent(
    cache, request_for, large, tmp_path, seeing, use
):
    """Whichever stages are given the fused image, and as many tiles as the estimate says."""
    bundle = write_tiny_bundle(tmp_path / "bundle", observed=seeing)

    def image(name: str, col: int, row: int, width: int, height: int) -> list[np.ndarray]:
        xmin, ymax = 500_000 + 10 * col, 5_400_000 - 10 * row
        extent = (xmin, ymax - 10 * height, xmin + 10 * width, ymax)
        out = tmp_path / name
        request = request_for(out, **large, bundle=str(bundle), extent=extent, optical_use=use)
        work = estimate(request, cache.library, torch.device("cpu")).work
        with scope_of(request, cache.library) as scope:
            room = scope.room
        watcher = Watcher(out)
        run(request, cache, watcher)
        assert watcher.tiles == work.tiles and watcher.peak <= room
        return [read(out / f"opt_v{stage}.tif") for stage in (1, 2, 3)]

    one, other = image("one", 230, 240, 60, 40), image("other", 250, 230, 50, 45)
    for mine, its in zip(one, other, strict=True):
        assert np.array_equal(mine[:, :35, 20:], its[:, 10:, :40])


def test_an_unfinished_run_of_other_areas_begins_anew_and_says_so(
    cache, request_for, reference, expected, tmp_path
):
    """As one of before, whose stages were all fused as far as they were computed."""
    with pytest.raises(Cancelled):
        run(request_for(tmp_path, **reference), cache, Stopper(20))
    journal = tmp_path / WORK / JOURNAL
    identity = read_sealed(journal)["identity"]
    del identity["surroundings"]
    change_record(journal, identity=identity)
    notes = run(request_for(tmp_path, **reference), cache, Silent()).notes
    assert any(note.arguments == ("surroundings",) for note in notes if hasattr(note, "arguments"))
    assert pixels(tmp_path) == pixels(expected)
    assert json.loads((tmp_path / "run.json").read_text())["resumed"] == []


def test_without_a_reference_nothing_is_said_of_surroundings(cache, request_for, tmp_path):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(12))
    assert "surroundings" not in Journal.read(tmp_path / WORK).identity


def test_a_run_reads_each_block_of_its_reference_once(
    cache, request_for, reference, expected, tmp_path, monkeypatch
):
    """Stages, fusion, scores and the kinds of pixels; what is stored is gone at the end."""
    blocks, warped = Counter(), OpticalReference._clear_values

    def counted(self, block):
        blocks[block] += 1
        return warped(self, block)

    monkeypatch.setattr(OpticalReference, "_clear_values", counted)
    sizes = []

    class Sizes(Silent):
        def stage_done(self, done):
            sizes.append((tmp_path / WORK / OPTICAL_FILES[0]).stat().st_size)

    with scope_of(request_for(tmp_path, **reference), cache.library) as scope:
        window = radar_window(scope.areas, 1, scope.bundle.window, scope.whole)
        size = stored_size(window, len(S2_BANDS))
        assert scope.room > size
    run(request_for(tmp_path, **reference), cache, Sizes())
    assert sizes == [size] * 3
    assert set(blocks.values()) == {1} and len(blocks) == size // record_size(len(S2_BANDS))
    assert pixels(tmp_path) == pixels(expected) and not (tmp_path / WORK).exists()


def flip(path: Path) -> None:
    """Change one bit of each block."""
    content, size = bytearray(path.read_bytes()), record_size(len(S2_BANDS))
    for number in range(len(content) // size):
        content[number * size + 300_000] ^= 16
    path.write_bytes(content)


@pytest.mark.parametrize(("harm", "is_said"), [(flip, True), (Path.unlink, False)])
def test_a_resumed_run_uses_the_blocks_that_are_whole(
    cache, request_for, reference, expected, tmp_path, harm, is_said
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path, **reference), cache, Stopper(30))
    harm(tmp_path / WORK / OPTICAL_FILES[0])
    notes = run(request_for(tmp_path, **reference), cache, Silent()).notes
    assert pixels(tmp_path) == pixels(expected)
    assert any(getattr(note, "arguments", ()) == (OPTICAL_FILES[0],) for note in notes) == is_said


def test_blocks_of_another_reference_are_not_used(cache, request_for, scene_path, cloudy, tmp_path):
    options = write_reference(tmp_path, scene_path, cloudy)
    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        run(request_for(out, **options), cache, Stopper(30))
    with rasterio.open(options["optical"][0], "r+") as file:
        file.write(file.read() + np.uint16(200))
    run(request_for(out, **options), cache, Silent())
    run(request_for(tmp_path / "fresh", **options), cache, Silent())
    assert pixels(out) == pixels(tmp_path / "fresh")
