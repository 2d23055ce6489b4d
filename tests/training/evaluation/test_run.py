"""A whole evaluation with tiny models: what is scored, what is left out, what is written."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest
import rasterio
import torch
from PIL import Image
from rasterio.transform import from_origin

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.card import BLUR, read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.message import Message
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.terramind import standardise_radar
from gac_core.stages.ground import ground_stage
from tests.core.tiny import write_tiny_bundle
from tests.problems import arguments_of, notes_with, raises
from tests.training.evaluation.pairs import Memory, foreign, simulated, source
from training import evaluate
from training.evaluation import run
from training.evaluation.ablations import NoiseFeatures, ShownNoise, WithoutRadar
from training.evaluation.baselines import (
    DETAIL,
    MEAN,
    NO_BASELINES,
    NOT_FITTED,
    PRINT,
    REGRESSION,
    fit_radar_print,
)
from training.evaluation.chain import LACKS_BANDS, ORACLE, REFERENCES, UNREADABLE, Setting
from training.evaluation.page import write_files
from training.evaluation.pictures import TITLES, strip
from training.evaluation.run import FILE, Options, evaluate_bundle
from training.evaluation.tables import BEGIN, END, score_table, write_markdown
from training.scores.image import OCTAVES, SCORES

SETTING = Setting(timesteps=(2, 1))
BRIDGED = (
    "noise for TerraMind's features",
    "TerraMind shown noise for opt_v2",
    "stage 3 without radar",
    "zero-shot stage 3",
)
"""Ablations of what only bundles with a bridge have."""

CARD_TILES = {"train": ["a", "b"], "stop": [], "test": ["c"]}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    return write_tiny_bundle(folder, training={"tiles": CARD_TILES})


@pytest.fixture(scope="module")
def data():
    pairs = [simulated(3, "a", 64), simulated(4, "c", 64), foreign(simulated(5, "far", 66)), None]
    return Memory(pairs, ["a", "c", "far", "broken"])


@pytest.fixture(scope="module")
def report(bundle, data):
    options = Options(ablations=True, steps=(1, 2), command="a <command>", data="here & there")
    return evaluate_bundle(
        bundle, data, setting=SETTING, options=options, library=Library([], []), say=lambda _: None
    )


def test_unseen_pairs_are_judged_and_others_named(report):
    assert [one.tile for one in report.each] == ["c", "far"]
    assert report.skipped == [Message(UNREADABLE, "broken 3", "The file is cut short")]
    assert report.each[1].month == 0 and report.each[1].shape == (66, 66)


def test_every_image_has_its_scores(report):
    for one in report.each:
        flat = "opt_v1's mean colour"
        for name in ("opt_v1", "opt_v2", "opt_v3", MEAN, REGRESSION, PRINT, flat, ORACLE, "noise"):
            scores = one.images[name]
            assert set(SCORES) - {"lpips"} | {"gac_gap", "cfog_gap", *OCTAVES} <= set(scores)
            assert all(np.isfinite(scores[f"psnr_{band}"]) for band in OUTPUT_BANDS)
            assert 0 < scores["psnr"] < 100
        assert set(one.images["real"]) == {"gac", "cfog"}
        assert one.images[MEAN]["gac"] == one.images[flat]["cfog"] == 0.0
        assert one.images[ORACLE]["bias"] < 0.5  # rounded to whole DN
        assert one.images[ORACLE]["psnr"] > one.images[MEAN]["psnr"]
        assert one.images["copy of the radar"]["gac"] > one.images["real"]["gac"]
        assert one.images["real, blurred"]["ssim"] > one.images["opt_v3"]["ssim"]
        assert one.images["opt_v1"]["seconds"] > 0
    whole, holed = report.each
    assert whole.value("real, blurred", "spectrum") < whole.value(flat, "spectrum")
    # No block of 64 px is known as a whole there; nothing else wants one.
    assert np.isnan(holed.value("opt_v1", "spectrum")) and holed.value("opt_v1", "contrast") > 0


def test_the_gap_is_measured_from_the_real_image(report):
    for one in report.each:
        for key in ("gac", "cfog"):
            gap = abs(one.value("noise", key) - one.value("real", key))
            assert one.value("noise", f"{key}_gap") == pytest.approx(gap)


def test_each_stage_is_held_against_the_blurs_before_it(report):
    for later, before in (("opt_v2", ["opt_v1"]), ("opt_v3", ["opt_v2", "opt_v1"])):
        blurs = [report.best_blurs[name] for name in before]
        for found in report.stage_comparisons():
            if found.later == later:
                assert [blur.earlier for blur in found.blurs] == blurs
    for one in report.each:
        assert set(report.best_blurs.values()) <= set(one.images)
    rows = {(c.later, c.earlier) for c in report.blur_comparisons()}
    assert ("opt_v3", PRINT) in rows and len(rows) >= 5
    names = report.image_names
    assert names[-len(REFERENCES) - 1 :] == [*REFERENCES, "real"]
    assert notes_with(report.notes, PRINT, f"{DETAIL:g}")


def test_a_print_that_takes_too_long_is_left_out(bundle, monkeypatch):
    models = Models(read_bundle(bundle), Library([], []), torch.device("cpu"))
    two = source(simulated(3, "a", 64), simulated(4, "b", 64))
    fitted, note = fit_radar_print(models, two, [0, 1], SETTING, lambda _: None)
    assert fitted.weights.shape == (4, 2) and notes_with([note], PRINT, 2)
    monkeypatch.setattr("training.evaluation.baselines.MAX_SECONDS", 0.0)
    nothing, note = fit_radar_print(models, two, [0, 1], SETTING, lambda _: None)
    assert nothing is None and notes_with([note], PRINT, 2, 0)
    nothing, note = fit_radar_print(models, two, [], SETTING, lambda _: None)
    assert nothing is None and note == NOT_FITTED


def test_ablations_change_what_they_take_away(report):
    one = report.each[0]
    whole = one.images["opt_v3"]["psnr"]
    names = [v.name for v in report.variants]
    assert names[:2] == ["v1 only", "without stage 3"] and not report.missing
    assert {"without Prithvi", *BRIDGED} <= set(names)
    for name in names[2:10]:
        assert one.images[f"opt_v3, {name}"]["psnr"] != whole, name
    assert len({one.images[f"opt_v3, {name}"]["psnr"] for name in BRIDGED}) == len(BRIDGED)
    for name in BRIDGED:
        assert f"opt_v1, {name}" not in one.images and f"opt_v2, {name}" not in one.images
    # Stage 2 alone changes without Prithvi, and stage 3 after it.
    assert one.images["opt_v2, without Prithvi"]["psnr"] != one.images["opt_v2"]["psnr"]
    assert one.images["opt_v1, with the library's ±1σ clip"]["psnr"] != one.images["opt_v1"]["psnr"]
    # Steps that the whole was run with: the same pixels come out.
    assert one.images["opt_v1, 2 steps"]["psnr"] == one.images["opt_v1"]["psnr"]
    assert one.images["opt_v3, 1 step"]["psnr"] != whole
    # A draft changes stage 1 alone; there is none with as many steps as the whole.
    draft, alike = one.images["opt_v3, draft of 1 step"], one.images["opt_v3, 1 step"]
    for measure in ("psnr", "ssim", "sam", "gac", "cfog"):
        assert draft[measure] == alike[measure]
    assert "draft of 2 steps" not in names


def test_what_looks_like_real_images_is_near_them(report):
    """By a network with random weights: noise lies further off than a slight blur."""
    kid = report.kid
    assert set(report.image_names) - {"real"} == set(kid)
    assert all(np.isfinite(value) for value in kid.values())
    assert kid["real, blurred"] < kid["noise"]
    table = score_table(report)
    assert table.headings[-1].startswith("KID")
    row = dict(table.rows)
    assert row["opt_v3"][-1].text == f"{kid['opt_v3']:z.4f}".replace("-", "−")
    assert row["real"][-1].text == "–"


def test_ablations_of_stage_3_take_away_what_they_say(bundle):
    """By value: what the bridge and TerraMind are shown in each."""
    models = Models(read_bundle(bundle), Library([], []), torch.device("cpu"))
    stage = ground_stage(models, "S1RTC", 0, 2, lambda: None)
    drawn = torch.Generator().manual_seed(0)
    radar = -12 + 4 * torch.randn(1, 2, 96, 96, generator=drawn)
    optical = 1500 + 300 * torch.randn(1, 12, 96, 96, generator=drawn)
    with torch.no_grad():
        maps = stage.features(radar, optical)
        noise = NoiseFeatures(**vars(stage)).features(radar, optical)
        shown = ShownNoise(**vars(stage)).features(radar, optical)
        again = ShownNoise(**vars(stage)).features(radar, optical)
    levels = maps.mean((-2, -1)), noise.mean((-2, -1))
    assert torch.corrcoef(torch.cat(levels))[0, 1] > 0.8
    assert not torch.allclose(maps, noise, atol=0.1)
    assert torch.equal(shown, again) and not torch.allclose(shown, maps, atol=1e-3)
    seen = []

    class Watched(WithoutRadar):
        def features(self, radar, optical):
            seen.append((radar, optical))
            return super().features(radar, optical)

    inputs = {"s1": radar.numpy(), "opt_v2": optical.numpy()}
    window = Window(0, 0, 96, 96)
    blind = Watched(**vars(stage)).compute([window], inputs)
    assert float(standardise_radar(seen[0][0], "S1RTC").abs().max()) < 1e-5
    assert torch.equal(seen[0][1], optical)
    assert np.abs(blind - stage.compute([window], inputs)).max() > 0.1


def test_a_bundle_without_parts_says_what_is_missing(bundle, data, tmp_path):
    card = read_bundle(bundle).card
    bare = write_tiny_bundle(
        tmp_path / "bare", refiner=None, grounding={}, training=card["training"]
    )
    found = evaluate_bundle(
        bare, data, ["c"], setting=SETTING, library=Library([], []), say=lambda _: None,
        options=Options(ablations=True, steps=()),
    )  # fmt: skip
    assert found.missing == [
        "without stage 2",
        "without Prithvi",
        *BRIDGED,
        "without metadata",
        "without LoRA",
    ]
    same = [c for c in found.stage_comparisons() if c.later == "opt_v2"]
    assert all(c.gain.images.mean == 0 for c in same)
    assert not any(line.arguments[0] == "opt_v2" for line in found.not_earned())


def test_comparisons_are_those_of_the_scores(report):
    found = next(c for c in report.stage_comparisons() if c.measure.key == "sam")
    gains = [one.value("opt_v1", "sam") - one.value("opt_v2", "sam") for one in report.each]
    assert found.gain.images.mean == pytest.approx(np.mean(gains))
    floor = {(c.earlier, c.measure.key) for c in report.floor_comparisons()}
    assert len(floor) == 8 and (MEAN, "cfog_gap") in floor
    assert report.score("opt_v3", "psnr").images.mean == pytest.approx(
        np.mean([one.value("opt_v3", "psnr") for one in report.each])
    )


class Outline(HTMLParser):
    """Counts what a page holds, and whether its tags close."""

    VOID = ("meta", "img", "br", "path", "use", "rect")

    def __init__(self):
        super().__init__()
        self.open, self.counts, self.addresses = [], {}, []

    def handle_starttag(self, tag, attrs):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.addresses += [v for k, v in attrs if k in ("src", "href", "xlink:href")]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "img", "br"):
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_files(report, tmp_path):
    page = write_files(report, tmp_path / "out").read_text(encoding="utf-8")
    outline = Outline()
    outline.feed(page)
    assert not outline.open
    assert BLUR in page and "Level, contrast, scale" in page
    assert outline.counts["img"] == 5 * len(report.each) and outline.counts["svg"] == 5
    assert all(a.startswith(("data:image/png;base64,", "#")) for a in outline.addresses)
    assert not re.search(r"url\((?!#)|@import", page)
    assert "a &lt;command&gt;" in page and "here &amp; there" in page and "<command>" not in page

    found = json.loads((tmp_path / "out" / "scores.json").read_text(encoding="utf-8"))
    assert len(found["pairs"]) == 2 and len(found["verdicts"]["stages"]) == 8
    assert found["about"]["bundle"]["sha256"] and found["about"]["seed"] == 0
    assert found["scores"]["opt_v1"]["psnr"]["n"] == 2
    assert not any(name.startswith("opt_v3, ") for name in found["scores"])
    assert set(found["best blurs"]) == {"opt_v1", "opt_v2"} and found["offset"]["near +1000"] == 0
    assert set(OCTAVES) <= set(found["scores"]["noise"])
    blind = next(a for a in found["ablations"] if a["name"] == "stage 3 without radar")
    assert list(blind["scores"]) == ["opt_v3"] and len(blind["against the whole"]) == 4
    assert {"opt_v1", "opt_v2", "opt_v3", MEAN, "noise"} <= set(found["kid"])
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    psnr = [r for r in rows if r["image"] == "opt_v3" and r["measure"] == "psnr"]
    assert [float(r["value"]) for r in psnr] == pytest.approx(
        [one.value("opt_v3", "psnr") for one in report.each], rel=1e-4
    )


def test_contact_sheets_hold_every_pair(report, tmp_path, monkeypatch):
    """With the real image's stretch: what is brighter is white, what is unknown grey."""
    (tmp_path / "pairs-07.png").write_bytes(b"of an evaluation before")
    monkeypatch.setattr("training.evaluation.pictures.ROWS", 1)
    write_files(report, tmp_path)
    sheets = sorted(tmp_path.glob("pairs-*.png"))
    assert [sheet.name for sheet in sheets] == ["pairs-01.png", "pairs-02.png"]
    assert [row.tile for row in report.strips] == [one.tile for one in report.each]
    with Image.open(sheets[0]) as sheet:
        # Pictures of 64 px are doubled.
        assert sheet.width > 5 * 128 and sheet.height > 128
    pair = simulated(4, "c", 64)
    real = pair.s2[list(OUTPUT_INDEX)].copy()
    real[:, :8] = np.nan
    made = strip("a", "c", pair.s1, [real + 1e4, real], real)
    radar, bright, same, itself = made.pictures
    assert (radar.shape, len(made.pictures)) == ((128, 128, 3), 4)
    assert (bright[20:64] == 255).all() and (bright[:16] == 200).all()
    assert np.array_equal(same[:96], itself[:96])
    assert not np.array_equal(same, itself)  # the mark
    assert 0 < np.median(itself) < 255


def test_the_page_has_the_stretch_of_the_real_image(report, tmp_path):
    page = write_files(report, tmp_path).read_text(encoding="utf-8")
    assert "2 to 98 %" in page
    for row, one in zip(report.rows, report.strips, strict=True):
        assert list(row.pictures) == list(TITLES)
        for uri, pixels in zip(row.pictures.values(), one.pictures, strict=True):
            with Image.open(BytesIO(b64decode(uri.partition(",")[2]))) as picture:
                assert np.array_equal(np.asarray(picture), pixels)


def test_examples_are_of_all_pairs(bundle, report, monkeypatch):
    """Also of those whose pictures were not kept."""
    sam = [one.value("opt_v3", "sam") for one in report.each]
    numbers = [sam.index(min(sam)), sam.index(max(sam))]
    assert [one.ranks for one in report.examples] == [("best", "median"), ("worst",)]
    assert [one.scored for one in report.examples] == [report.each[n] for n in numbers]
    monkeypatch.setattr("training.evaluation.run.MAX_STRIPS", 0)
    again = evaluate_bundle(
        bundle, Memory([simulated(4, "c", 64)], ["c"]), setting=SETTING,
        library=Library([], []), say=lambda _: None,
    )  # fmt: skip
    assert not again.strips and again.examples[0].ranks == ("best", "median", "worst")
    (kept,) = (one.strip for one in report.examples if one.strip.tile == "c")
    for one, other in zip(kept.pictures, again.examples[0].strip.pictures, strict=True):
        assert np.array_equal(one, other)


def test_markdown_goes_between_the_marks(report, tmp_path):
    path = tmp_path / "quality.md"
    path.write_text(f"# Words\n{BEGIN}\nbygone\n{END}\nMore words.\n", encoding="utf-8")
    write_markdown(report, path)
    write_markdown(report, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# Words\n{BEGIN}\n") and text.endswith(f"{END}\nMore words.\n")
    for one, rank in zip(report.examples, ("best", "worst"), strict=True):
        assert text.count(f"(images/quality-{rank}.png)") == 1 and one.caption in text
        assert (tmp_path / "images" / f"quality-{rank}.png").is_file()
    assert "bygone" not in text and text.count("### Scores") == 1 and "| opt_v3 |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("| opt_v2 − ")}
    assert widths == {6}
    path.write_text("no marks", encoding="utf-8")
    with raises(OutputError, "tables-without-place", str(path)):
        write_markdown(report, path)


def test_pairs_that_cannot_be_judged(bundle):
    pair = simulated(6, "far", 64)
    lacking = replace(pair, bands=(*pair.bands[:3], False, *pair.bands[4:]))
    small = replace(pair, s1=pair.s1[:, :50], s2=pair.s2[:, :50])
    unknown = replace(pair, modality="S1XYZ")
    unseen = replace(pair, s1=np.full_like(pair.s1, np.nan))
    with raises(RequestError, "no-pair-judged", 4, "64 × 50") as error:
        evaluate_bundle(
            bundle, source(lacking, small, unknown, unseen), library=Library([], []),
            say=lambda _: None,
        )  # fmt: skip
    assert LACKS_BANDS in arguments_of(error.value.message)


def test_the_command(bundle, tmp_path, capsys, ended_with):
    """From files with four bands and a hole to a page."""
    folder = tmp_path / "data" / "elsewhere_1"
    folder.mkdir(parents=True)
    pair = foreign(simulated(7, "elsewhere_1", 64))
    place = {"crs": "EPSG:32723", "transform": from_origin(500000, 7500000, 10, 10)}
    size = {"driver": "GTiff", "width": 64, "height": 64}
    with rasterio.open(folder / "s1.tif", "w", count=2, dtype="float32", **size, **place) as file:
        file.write(pair.s1)
    optical = np.nan_to_num(pair.s2[list(OUTPUT_INDEX)], nan=0).astype(np.uint16)
    with rasterio.open(
        folder / "s2.tif", "w", count=4, dtype="uint16", nodata=0, **size, **place
    ) as file:
        file.write(optical)
        file.descriptions = OUTPUT_BANDS
    out = tmp_path / "out"
    arguments = ["--data-dir", str(folder.parent), "--bundle", str(bundle), "--out", str(out)]
    assert evaluate.main([*arguments, "--timesteps", "1", "1", "--device", "cpu"]) == 0
    assert "opt_v3 over opt_v2, CFOG" in capsys.readouterr().out
    found = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    assert found["about"]["command"].startswith("python -m training.evaluate --data-dir")
    assert len(found["pairs"]) == 1 and NO_BASELINES in found["notes"]
    assert evaluate.main([*arguments, "--tiles", "T01ABC"]) == 1
    ended_with("asked-tiles-missing", "T01ABC")


def test_interrupted_ablations_resume(bundle, data, tmp_path, monkeypatch):
    """Scores that were kept are not computed again, and are the same."""
    options = Options(ablations=True, steps=(1,), cache=tmp_path)
    fixed = {"setting": SETTING, "options": options, "library": Library([], [])}
    chain, changed = run.run_pair, []

    def counted(*args, **more):
        changed.append(len(args) > 3)
        if sum(changed) == 4:
            raise KeyboardInterrupt
        return chain(*args, **more)

    def watched(*args, **more):
        changed.append(len(args) > 3)
        return chain(*args, **more)

    monkeypatch.setattr(run, "run_pair", counted)
    with pytest.raises(KeyboardInterrupt):
        evaluate_bundle(bundle, data, **fixed, say=lambda _: None)
    with (tmp_path / FILE).open("a") as stream:
        stream.write('{"key": "cut sh')
    changed.clear()
    monkeypatch.setattr(run, "run_pair", watched)
    resumed = evaluate_bundle(bundle, data, **fixed, say=lambda _: None)
    first = sum(changed)
    changed.clear()
    whole = evaluate_bundle(bundle, data, **fixed, say=lambda _: None)
    assert not any(changed) and first > 0
    for one, other in zip(resumed.each, whole.each, strict=True):
        assert one.images.keys() == other.images.keys()
        for name in one.images:
            for key in one.images[name].keys() - {"seconds"}:
                assert one.value(name, key) == pytest.approx(other.value(name, key), nan_ok=True)
