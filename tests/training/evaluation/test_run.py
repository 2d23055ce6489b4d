"""A whole evaluation with tiny models: what is scored, what is left out, what is written."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX
from gac_core.errors import OutputError, RequestError
from gac_core.models.card import read_bundle
from gac_core.models.library import Library
from tests.core.tiny import write_tiny_bundle
from tests.training.evaluation.pairs import Memory, foreign, simulated, source
from training import evaluate
from training.evaluation.chain import Setting
from training.evaluation.files import write_files
from training.evaluation.markdown import BEGIN, END, write_markdown
from training.evaluation.run import Options, evaluate_bundle

SETTING = Setting(timesteps=(2, 1))
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
    assert report.skipped == ["broken 3: it cannot be read: The file is cut short."]
    assert report.each[1].month == 0 and report.each[1].shape == (66, 66)


def test_every_image_has_its_scores(report):
    for one in report.each:
        for name in ("opt_v1", "opt_v2", "opt_v3", "dataset mean", "per-pixel regression", "noise"):
            scores = one.images[name]
            assert {"psnr", "ssim", "sam", "ergas", "ndvi_mae", "gac", "cfog", "gac_gap"} <= set(
                scores
            )
            assert all(np.isfinite(scores[f"psnr_{band}"]) for band in OUTPUT_BANDS)
            assert 0 < scores["psnr"] < 100
        assert set(one.images["real"]) == {"gac", "cfog"}
        assert one.images["dataset mean"]["gac"] == 0.0
        assert one.images["copy of the radar"]["gac"] > one.images["real"]["gac"]
        assert one.images["real, blurred"]["ssim"] > one.images["opt_v3"]["ssim"]
        assert one.images["opt_v1"]["seconds"] > 0


def test_the_gap_is_measured_from_the_real_image(report):
    for one in report.each:
        gap = abs(one.value("noise", "gac") - one.value("real", "gac"))
        assert one.value("noise", "gac_gap") == pytest.approx(gap)


def test_ablations_change_what_they_take_away(report):
    one = report.each[0]
    whole = one.images["opt_v3"]["psnr"]
    names = [v.name for v in report.variants]
    assert names[:2] == ["v1 only", "without stage 3"] and not report.missing
    for name in names[2:7]:
        assert one.images[f"opt_v3, {name}"]["psnr"] != whole, name
    assert "opt_v1, without fusion" not in one.images
    assert one.images["opt_v1, with the library's ±1σ clip"]["psnr"] != one.images["opt_v1"]["psnr"]
    # Steps that the whole was run with: the same pixels come out.
    assert one.images["opt_v1, 2 steps"]["psnr"] == one.images["opt_v1"]["psnr"]
    assert one.images["opt_v3, 1 step"]["psnr"] != whole
    # A draft changes stage 1 alone; there is none with as many steps as the whole.
    draft, alike = one.images["opt_v3, draft of 1 step"], one.images["opt_v3, 1 step"]
    for measure in ("psnr", "ssim", "sam", "gac", "cfog"):
        assert draft[measure] == alike[measure]
    assert "draft of 2 steps" not in names


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
        "without fusion",
        "without metadata",
        "without LoRA",
    ]
    same = [c for c in found.stage_comparisons() if c.later == "opt_v2"]
    assert all(c.gain.images.mean == 0 for c in same)
    assert not any("opt_v2" in words.split(" than ")[0] for words in found.not_earned())


def test_comparisons_are_those_of_the_scores(report):
    found = next(c for c in report.stage_comparisons() if c.measure.key == "sam")
    gains = [one.value("opt_v1", "sam") - one.value("opt_v2", "sam") for one in report.each]
    assert found.gain.images.mean == pytest.approx(np.mean(gains))
    floor = {(c.earlier, c.measure.key) for c in report.floor_comparisons()}
    assert len(floor) == 8 and ("dataset mean", "gac_gap") in floor
    table = report.mean_table()
    assert table["opt_v3"]["psnr"] == pytest.approx(
        np.mean([one.value("opt_v3", "psnr") for one in report.each]), abs=1e-3
    )
    assert set(table["real"]) == {"gac", "cfog"}


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
    assert outline.counts["img"] == 5 * len(report.each) and outline.counts["svg"] == 5
    assert all(a.startswith(("data:image/png;base64,", "#")) for a in outline.addresses)
    assert not re.search(r"url\((?!#)|@import", page)
    assert "a &lt;command&gt;" in page and "here &amp; there" in page and "<command>" not in page

    found = json.loads((tmp_path / "out" / "scores.json").read_text(encoding="utf-8"))
    assert len(found["pairs"]) == 2 and len(found["verdicts"]["stages"]) == 8
    assert found["about"]["bundle"]["sha256"] and found["about"]["seed"] == 0
    assert found["scores"]["opt_v1"]["psnr"]["n"] == 2
    assert not any(name.startswith("opt_v3, ") for name in found["scores"])
    fusion = next(a for a in found["ablations"] if a["name"] == "without fusion")
    assert list(fusion["scores"]) == ["opt_v3"] and len(fusion["against the whole"]) == 4
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    psnr = [r for r in rows if r["image"] == "opt_v3" and r["measure"] == "psnr"]
    assert [float(r["value"]) for r in psnr] == pytest.approx(
        [one.value("opt_v3", "psnr") for one in report.each], rel=1e-4
    )


def test_markdown_goes_between_the_marks(report, tmp_path):
    path = tmp_path / "quality.md"
    path.write_text(f"# Words\n{BEGIN}\nbygone\n{END}\nMore words.\n", encoding="utf-8")
    write_markdown(report, path)
    write_markdown(report, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# Words\n{BEGIN}\n") and text.endswith(f"{END}\nMore words.\n")
    assert "bygone" not in text and text.count("### Scores") == 1 and "| opt_v3 |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("| opt_v2 − ")}
    assert widths == {6}
    path.write_text("no marks", encoding="utf-8")
    with pytest.raises(OutputError, match="where the tables go"):
        write_markdown(report, path)


def test_pairs_that_cannot_be_judged(bundle):
    pair = simulated(6, "far", 64)
    lacking = replace(pair, bands=(*pair.bands[:3], False, *pair.bands[4:]))
    small = replace(pair, s1=pair.s1[:, :50], s2=pair.s2[:, :50])
    unknown = replace(pair, modality="S1XYZ")
    unseen = replace(pair, s1=np.full_like(pair.s1, np.nan))
    with pytest.raises(RequestError, match="None of the 4 pairs") as error:
        evaluate_bundle(
            bundle, source(lacking, small, unknown, unseen), library=Library([], []),
            say=lambda _: None,
        )  # fmt: skip
    assert "lacks one of the bands" in error.value.message and "64 × 50" in error.value.message


def test_the_command(bundle, tmp_path, capsys):
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
    assert len(found["pairs"]) == 1 and any("no baselines" in n for n in found["notes"])
    assert evaluate.main([*arguments, "--tiles", "T01ABC"]) == 1
    assert "has no pairs of tile" in capsys.readouterr().err
