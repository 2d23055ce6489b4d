"""The map of the adversary's doubt in a finished run's stage."""

from __future__ import annotations

import io
import json
import shutil

import numpy as np
import pytest
import rasterio
import torch

from gac_core.bundles.bundle import WindowSpec
from gac_core.bundles.library import Library
from gac_core.cli.commands import main
from gac_core.contract.errors import BundleError, Cancelled, OutputError, RequestError
from gac_core.contract.layout import CARD, WORK
from gac_core.contract.request import RunRequest
from gac_core.engine.doubt_map import DESCRIPTION, HIGH, Doubt, map_of_doubt, sources_of, spec_of
from gac_core.engine.folder import working_folder
from gac_core.engine.maps import critic_bundle
from gac_core.engine.pipeline import run
from gac_core.grid import TOKEN, Window
from gac_core.progress import Silent
from gac_core.raster import StripReader
from gac_core.scene import open_scene
from gac_core.tiling.mosaic import run_tiled
from gac_core.tiling.tiles import Tiles, fill_holes
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker
from tests.problems import raises


@pytest.fixture(scope="module")
def made(scene_path, tiny_bundle, cache, tmp_path_factory):
    """A run of a part of the scene that has nodata in it; with its own copy of the models."""
    folder = tmp_path_factory.mktemp("made")
    request = RunRequest(
        sar=(shutil.copy(scene_path, folder / scene_path.name).as_posix(),),
        out=str(folder / "out"),
        bundle=str(shutil.copytree(tiny_bundle, folder / "bundle")),
        extent=(500_103, 5_398_507, 501_703, 5_400_007),
        stages=2,
        timesteps_1=1,
        device="cpu",
    )
    run(request, cache, Silent())
    return folder


@pytest.fixture
def finished(made, tmp_path):
    """A folder of a run, to do as one likes with."""
    return shutil.copytree(made / "out", tmp_path / "out")


@pytest.fixture
def models(made, cache):
    return cache.get(cache.library.find(str(made / "bundle")), torch.device("cpu"))


@pytest.fixture
def change(finished, made, tmp_path):
    """Gives the run another bundle: its own, with a changed card."""

    def change(edit):
        bundle = shutil.copytree(made / "bundle", tmp_path / "changed")
        card = json.loads((bundle / CARD).read_text())
        edit(card, bundle)
        (bundle / CARD).write_text(json.dumps(card))
        record = json.loads((finished / "run.json").read_text())
        record["bundle"]["path"] = str(bundle)
        (finished / "run.json").write_text(json.dumps(record))
        return bundle

    return change


class Percents(Silent):
    """Listens to percents; stops at one."""

    def __init__(self, last=999.0):
        self.last, self.percents = last, []

    def progress(self, progress):
        self.percents.append(progress.percent)

    def check(self):
        if self.percents and self.percents[-1] >= self.last:
            raise Cancelled


def read(path):
    with rasterio.open(path) as file:
        return file.read().astype(np.float32)


def without_critic(card, _bundle):
    del card["grounding"]["critic"]


def test_the_map_lies_beside_the_stage_and_says_what_it_is(finished, cache):
    listener = Percents()
    doubt = map_of_doubt(finished, 2, cache, listener)
    assert doubt.path == finished / "doubt_v2.tif"
    assert listener.percents == sorted(listener.percents) and listener.percents[-1] == 100
    with rasterio.open(doubt.path) as file, rasterio.open(finished / "opt_v2.tif") as image:
        assert file.transform == image.transform and file.shape == image.shape
        assert file.descriptions == ("doubt",) and file.dtypes == ("float32",)
        tags, values, data = file.tags(), file.read(1), image.read(1) > 0
    assert 0 < data.mean() < 1, "the run has nodata"
    np.testing.assert_array_equal(np.isfinite(values), data)
    values = values[data]
    assert values.min() >= 0 and values.max() <= 1 and values.std() > 0.01
    assert doubt.mean == pytest.approx(values.mean(), abs=1e-6)
    assert doubt.share == (values > HIGH).mean()
    assert float(tags["GAC_DOUBT_MEAN"]) == pytest.approx(doubt.mean, abs=1e-4)
    assert float(tags["GAC_DOUBT_ABOVE_95"]) == pytest.approx(doubt.share, abs=1e-4)
    assert tags["SYNTHETIC"] == "YES" and "opt_v2" in tags["GAC_STAGE"]
    assert tags["TIFFTAG_IMAGEDESCRIPTION"] == DESCRIPTION.format(2)
    assert len(tags["GAC_CRITIC_SHA256"]) == 64
    assert not (finished / WORK).exists()


def test_it_is_the_critic_s_doubt_blended(finished, cache, models, made):
    """Every window by itself, by the critic's own `score`, weighted and summed as pixels."""
    path = map_of_doubt(finished, 1, cache, Silent()).path
    terramind, critic, spec = models.terramind, models.critic, spec_of(models.bundle.window)
    lattice = Tiles(spec)
    with open_radar(made) as scene, StripReader(finished / "opt_v1.tif", scene.grid) as reader:
        area = reader.window
        expected = np.zeros(area.shape)
        for window in (window for row in lattice.rows(area) for window in row):
            dn = reader.read(window, (1, 2, 3, 4))
            radar = scene.read(window)
            valid = np.isfinite(dn).all(0) & np.isfinite(radar).all(0)
            if not valid.any():
                continue
            images = [torch.from_numpy(fill_holes(image, valid))[None] for image in (dn, radar)]
            with torch.no_grad():
                scores = critic.score(terramind.model, *images, scene.modality)
                tokens = critic.doubt(scores)[0, 0].numpy()
            shared = window.intersection(area)
            values = np.kron(tokens, np.ones((TOKEN, TOKEN))) * lattice.weight(window)
            expected[shared.slices(area)] += values[shared.slices(window)]
    values = read(path)[0]
    valid = np.isfinite(values)
    np.testing.assert_allclose(values[valid], expected[valid], atol=2e-6)


def test_a_critic_that_believes_everything_doubts_nothing(finished, cache, models):
    """The map's values are those of `Critic.doubt`: reference scores below all there are."""
    before = models.critic.reference.clone()
    try:
        for offset, doubt in ((-100.0, 0.0), (100.0, 1.0)):
            models.critic.reference.copy_(torch.linspace(-1, 1, len(before)) + offset)
            result = map_of_doubt(finished, 1, cache, Silent())
            assert result.mean == pytest.approx(doubt, abs=1e-6)
            assert result.share == pytest.approx(doubt)
    finally:
        models.critic.reference.copy_(before)


@pytest.mark.parametrize("batch", [1, 3])
def test_a_place_has_the_same_doubt_whatever_is_computed_around_it(batch, finished, models, made):
    part = 61, 47, 70, 90
    with open_radar(made) as scene, StripReader(finished / "opt_v2.tif", scene.grid) as reader:
        area = reader.window
        inside = Window(area.row + part[0], area.col + part[1], *part[2:])
        doubt = Doubt(models, models.critic, 2, scene.modality, lambda: None)

        def compute(wanted, **options):
            values = np.full((1, *wanted.shape), np.nan, np.float32)

            def sink(window, piece):
                values[:, *window.slices(wanted)] = piece

            sources = sources_of(scene, reader)
            run_tiled(doubt, wanted, spec_of(models.bundle.window), sources, sink, **options)
            return values

        whole = compute(area, batch_size=batch, lanes=2)
        np.testing.assert_array_equal(compute(inside), whole[:, *inside.slices(area)])


def test_neighbours_share_what_tiles_share_whose_tokens_are_chosen():
    spec = spec_of(WindowSpec(224, 64, 8))
    assert (spec.size, spec.blend, spec.margin) == (224, 64, 8)


def open_radar(made):
    return open_scene((str(next(made.glob("*.tif"))),))


def test_it_is_cancelled_between_windows_and_leaves_the_folder_as_it_was(finished, cache):
    before = sorted(finished.iterdir())
    listener = Percents(last=20)
    with pytest.raises(Cancelled):
        map_of_doubt(finished, 1, cache, listener)
    assert 20 <= listener.percents[-1] < 100
    assert sorted(finished.iterdir()) == before


def test_a_new_run_in_the_folder_takes_the_map_away(finished, cache):
    path = map_of_doubt(finished, 1, cache, Silent()).path
    values = json.loads((finished / "run.json").read_text())["request"]
    request = RunRequest.from_dict({**values, "out": str(finished), "stages": 1})
    run(request, cache, Silent())
    assert not path.exists()


def test_a_run_s_record_does_not_depend_on_a_critic_in_memory(finished, cache, models):
    """Nor would one be resumed, or its samples be alike, that another process begins."""
    map_of_doubt(finished, 1, cache, Silent())
    assert models.judge_hashes
    before = json.loads((finished / "run.json").read_text())
    request = RunRequest.from_dict({**before["request"], "out": str(finished), "stages": 1})
    run(request, cache, Silent())
    after = json.loads((finished / "run.json").read_text())
    assert after["bundle"]["sha256"] == before["bundle"]["sha256"]


def test_a_file_of_another_s_is_left(finished, cache):
    (finished / "doubt_v1.tif").write_bytes(b"mine")
    with pytest.raises(OutputError):
        map_of_doubt(finished, 1, cache, Silent())
    assert (finished / "doubt_v1.tif").read_bytes() == b"mine"


def test_a_damaged_image_is_refused(finished, cache):
    (finished / "opt_v1.tif").write_bytes((finished / "opt_v1.tif").read_bytes()[:700])
    with pytest.raises(OutputError):
        map_of_doubt(finished, 1, cache, Silent())
    assert not (finished / "doubt_v1.tif").exists()


def test_what_is_not_there_is_refused(finished, cache, tmp_path):
    with pytest.raises(RequestError):
        map_of_doubt(finished, 3, cache, Silent())
    with pytest.raises(RequestError):
        map_of_doubt(tmp_path, 1, cache, Silent())
    with working_folder(finished), pytest.raises(OutputError):
        map_of_doubt(finished, 2, cache, Silent())


def test_other_radar_is_refused(finished, cache):
    record = json.loads((finished / "run.json").read_text())
    record["inputs"][0]["sha256"] = "0" * 64
    (finished / "run.json").write_text(json.dumps(record))
    with pytest.raises(RequestError):
        map_of_doubt(finished, 1, cache, Silent())


def test_a_bundle_without_a_critic_is_refused(finished, change, cache):
    change(without_critic)
    with raises(BundleError, "critic-missing") as refusal:
        map_of_doubt(finished, 1, cache, Silent())
    assert refusal.value.remedy
    assert not (finished / WORK).exists()


def test_a_bundle_that_is_gone_is_refused(finished, change):
    bundle = change(lambda card, bundle: None)
    assert critic_bundle(finished, Library()).path == bundle
    (bundle / "critic.safetensors").unlink()
    with pytest.raises(BundleError):
        critic_bundle(finished, Library())
    shutil.rmtree(bundle)
    record = json.loads((finished / "run.json").read_text())
    record["request"]["bundle"] = "gone"
    (finished / "run.json").write_text(json.dumps(record))
    with pytest.raises(BundleError):
        critic_bundle(finished, Library())


def test_a_bundle_that_was_moved_is_known_by_its_name(finished, change, tmp_path):
    bundle = change(lambda card, bundle: None)
    record = json.loads((finished / "run.json").read_text())
    record["request"]["bundle"] = "moved"
    (finished / "run.json").write_text(json.dumps(record))
    moved = tmp_path / "elsewhere" / "moved"
    moved.parent.mkdir()
    bundle.rename(moved)
    assert critic_bundle(finished, Library([moved.parent])).path == moved


@pytest.mark.parametrize("file", ["generator", "head"])
def test_other_weights_of_the_bundle_are_refused(file, finished, change, cache):
    """Of those that judge as of those that only made the picture."""

    def retrained(card, bundle):
        sections = {
            "generator": card["terramind"]["weights"]["generator"],
            "head": card["refiner"]["head"]["weights"],
        }
        path = bundle / sections[file]["file"]
        other = bundle / f"{file}.other.safetensors"
        shutil.copy(path, other)
        path.unlink()
        sections[file] |= {"file": other.name}

    change(retrained)
    with raises(RequestError, "models-changed-since-run") as refusal:
        map_of_doubt(finished, 1, cache, Silent())
    assert refusal.value.remedy
    assert not (finished / "doubt_v1.tif").exists()


def test_weights_that_the_card_does_not_name_are_refused(finished, change, cache):
    def damaged(card, bundle):
        (bundle / "critic.safetensors").write_bytes(b"other")

    change(damaged)
    with pytest.raises(BundleError):
        map_of_doubt(finished, 1, cache, Silent())


@pytest.mark.parametrize("entry", [None, [], {"sha256": {}}])
def test_a_record_that_does_not_tell_the_models_is_refused(entry, finished, cache):
    record = json.loads((finished / "run.json").read_text())
    record["bundle"] = entry
    (finished / "run.json").write_text(json.dumps(record))
    with pytest.raises(RequestError):
        map_of_doubt(finished, 1, cache, Silent())


def test_the_command_maps_the_last_stage(finished, capsys):
    assert main(["doubt", str(finished)]) == 0
    printed = capsys.readouterr().out
    assert str(finished / "doubt_v2.tif") in printed and "SYNTHETIC" in printed
    with rasterio.open(finished / "doubt_v2.tif") as file:
        assert f"Mean {float(file.tags()['GAC_DOUBT_MEAN']):.2f}" in printed


def test_the_command_refuses_before_it_starts_the_engine(finished, change, capsys):
    change(without_critic)
    assert main(["doubt", str(finished), "--stage", "1"]) == 1
    told = capsys.readouterr().err
    assert "Starting" not in told and "adversary" in told
    assert not (finished / "doubt_v1.tif").exists()


@pytest.fixture
def ask():
    """Asks a worker in this process; its last answer, and whether it has loaded an engine."""

    def ask(folder, stage=1, *, cancel=False):
        said = io.StringIO()
        worker = Worker(Channel(said))
        worker._pending.add("d")
        if cancel:
            worker._cancel("d", keep=False)
        worker._answer("d", "doubt", {"run": str(folder), "stage": stage})
        return json.loads(said.getvalue().splitlines()[-1]), worker._engine is not None

    return ask


def test_the_worker_makes_the_map(finished, ask):
    answer, _ = ask(finished, 2)
    result = answer["result"]
    assert result["path"] == str(finished / "doubt_v2.tif")
    with rasterio.open(result["path"]) as file:
        tags = file.tags()
    assert float(tags["GAC_DOUBT_MEAN"]) == pytest.approx(result["mean"], abs=1e-4)
    assert float(tags["GAC_DOUBT_ABOVE_95"]) == pytest.approx(result["share"], abs=1e-4)


def test_the_worker_refuses_before_it_loads_anything(finished, change, ask):
    change(without_critic)
    answer, loaded = ask(finished)
    assert (answer["event"], answer["code"], loaded) == ("error", "bundle", False)
    assert answer["remedy"]


@pytest.mark.parametrize("stage", [0, 4, None, "2"])
def test_the_worker_knows_no_other_stage(stage, finished, ask):
    answer, loaded = ask(finished, stage)
    assert (answer["event"], loaded) == ("error", False)


def test_the_worker_can_be_cancelled(finished, ask):
    answer, _ = ask(finished, cancel=True)
    assert answer["event"] == "cancelled" and not (finished / "doubt_v1.tif").exists()
