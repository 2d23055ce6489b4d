"""Parts and their base become a bundle: whole and hashed, or not at all."""

from __future__ import annotations

import errno
import json
import pickle
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from gac_core.errors import BundleError, DiskFull, OutputError
from gac_core.models import filling
from gac_core.models.card import read_bundle
from gac_core.models.checking import check_bundle, load
from gac_core.models.library import Library
from gac_core.models.lineage import OTHER_STAGE_2, base_of
from gac_core.models.loading import Models
from gac_core.models.packing import Label, pack
from gac_core.models.part import read_part, write_part
from tests.core.models.parts import change, edit, trained_part

LABEL = Label("mine", "Mine", None)


@pytest.fixture
def packed(base, tmp_path):
    """Packs parts into a fresh folder."""

    def packed(*parts, out="mine", of=base, **options):
        return pack(of, list(parts), tmp_path / out, LABEL, Library(), **options)

    return packed


@pytest.fixture
def respoil(folder):
    """A part whose file was spoilt and whose card says that it must be so."""

    def respoil(spoil):
        card = json.loads((folder / "part.json").read_text())
        spoil(folder, card["section"])
        write_part(folder, 2, card["section"], card["base"], {}, {})
        return read_part(folder)

    return respoil


def nothing_left(folder):
    return [p.name for p in folder.iterdir() if p.name not in ("part", "other")] == []


def test_both_stages_are_those_of_the_parts(base, parts, packed):
    bundle = packed(parts[2], parts[3])
    assert bundle.kind == "trained" and bundle.name == "mine"
    found, before = (Models(b, Library(), torch.device("cpu")) for b in (bundle, base))
    found.load()
    assert torch.equal(found.refiner.head.reduce.weight, 1.5 * before.refiner.head.reduce.weight)
    assert torch.equal(found.fusion.out.weight, 1.5 * before.fusion.out.weight)
    check = check_bundle(bundle, Library())
    assert check.loaded and not check.strangers
    assert {file.state for file in check.files} == {"ok"} and len(check.files) == 9


def test_the_card_tells_the_story(base, parts, packed):
    card = packed(parts[2]).card
    assert card["training"]["stage 2"]["data"] == "pairs of two summers"
    assert card["licence"] == "none; CC-BY-4.0"
    assert card["attribution"] == ["Contains modified Copernicus Sentinel data (2021)."]
    assert card["scores"]["stage 2"]["before"]["psnr"] == 21.0
    assert card["packed"]["base"]["name"] == base.name
    notes = read_bundle(packed(parts[2], out="two").path).notes
    assert (
        "On held-out places opt_v2's PSNR is worse than in the stage before: 20 after 21." in notes
    )


def test_scores_of_images_that_are_no_more_are_dropped(base, parts, packed, tmp_path):
    shutil.copytree(base.path, tmp_path / "scored")
    table = {"opt_v1": {"psnr": 1.0}, "opt_v2": {"psnr": 2.0}, "opt_v3": {"psnr": 3.0}}
    unearned = ["opt_v2 is worse than opt_v1 in SAM", "opt_v3 is worse than opt_v2 in SSIM"]
    scores = {"mean": table, "not earned": unearned}
    edit(tmp_path / "scored" / "bundle.json", lambda card: card.update(scores=scores))
    scored = read_bundle(tmp_path / "scored")
    found = packed(parts[3], of=scored).card["scores"]
    assert sorted(found["mean"]) == ["opt_v1", "opt_v2"]
    assert found["not earned"][0] == unearned[0] and "opt_v3's PSNR" in found["not earned"][1]
    assert sorted(packed(parts[2], of=scored, out="two").card["scores"]["mean"]) == ["opt_v1"]


def test_a_stage_three_trained_after_another_stage_two(base, parts, packed, tmp_path):
    after = with_stage_two = packed(parts[2], out="two")
    assert OTHER_STAGE_2 in with_stage_two.notes
    part = trained_part(tmp_path / "after", 3, after)
    assert OTHER_STAGE_2 not in packed(part, of=after, out="three").notes
    assert OTHER_STAGE_2 in packed(part, out="four").notes
    assert OTHER_STAGE_2 not in packed(parts[3], out="five").notes
    assert OTHER_STAGE_2 in packed(parts[2], parts[3], out="six").notes


def test_in_half_precision_it_is_smaller_and_still_the_base_of_its_parts(parts, packed):
    whole, half = packed(parts[2], out="whole"), packed(parts[2], out="half", half=True)
    sizes = [(b.path / "generator.safetensors").stat().st_size for b in (whole, half)]
    assert sizes[1] < 0.6 * sizes[0]
    assert load_file(half.path / "stage2" / "head.safetensors")["reduce.weight"].dtype == torch.half
    check = check_bundle(half, Library())
    assert check.sound and check.loaded
    # Stage 3 was trained on the bundle before its weights were halved.
    again = packed(parts[3], of=half, out="again")
    assert check_bundle(again, Library(), quick=True).sound
    assert again.card["packed"]["was"]["generator.safetensors"] == base_hash(parts)


def base_hash(parts):
    return parts[2].base["weights"]["generator"]


def test_what_is_too_large_for_half_precision(respoil, packed):
    part = respoil(
        lambda folder, _: change(folder / "head.safetensors", folder / "head.safetensors", 1e9)
    )
    packed(part)
    with pytest.raises(BundleError, match="too large for half precision"):
        packed(part, out="half", half=True)


def test_published_weights_stay_where_they_are_published(base, parts, packed, tmp_path):
    shutil.copytree(base.path, tmp_path / "part")
    repo = {"repo": "someone/weights", "sha256": None}

    def publish(card):
        card["terramind"]["weights"]["generator"].update(repo)

    edit(tmp_path / "part" / "bundle.json", publish)
    published = read_bundle(tmp_path / "part")
    bundle = packed(parts[2], of=published)
    assert not (bundle.path / "generator.safetensors").exists()
    assert bundle.generator.repo == "someone/weights"
    assert bundle.generator.sha256 == base.generator.sha256
    # Not on this machine: what the part was trained on says which weights are meant.
    (tmp_path / "part" / "generator.safetensors").unlink()
    bundle = packed(parts[2], of=published, out="two")
    assert bundle.generator.sha256 == base.generator.sha256
    check = check_bundle(bundle, Library())
    assert [f.file for f in check.files if f.state == "missing"] == ["generator.safetensors"]
    assert "huggingface.co/someone/weights" in check.problems[0][1] and not check.sound


@pytest.mark.parametrize("role", ["generator", "tokenizer"])
def test_a_part_of_another_base(base, folder, packed, tmp_path, role):
    edit(folder / "part.json", lambda card: card["base"]["weights"].update({role: "0" * 64}))
    with pytest.raises(BundleError, match=f"was trained on another {role}") as caught:
        packed(read_part(folder))
    assert "'tiny'" in caught.value.message and "--base" in caught.value.remedy
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("told", [{}, {"weights": []}, {"weights": {"generator": 3}}])
def test_a_part_that_does_not_say_on_what_it_was_trained(folder, packed, told):
    edit(folder / "part.json", lambda card: card.update(base=told))
    with pytest.raises(BundleError, match="does not say on which generator"):
        packed(read_part(folder))


def spoil_number(folder, section):
    state = load_file(folder / "head.safetensors")
    state["reduce.weight"].view(-1)[3] = float("inf")
    save_file(state, folder / "head.safetensors")


def spoil_adapter(folder, section):
    path = folder / "adapter" / "adapter_model.safetensors"
    state = load_file(path)
    next(iter(state.values())).view(-1)[0] = float("nan")
    save_file(state, path)


def cut_short(folder, section):
    path = folder / "head.safetensors"
    path.write_bytes(path.read_bytes()[:-10])


class Harm:
    """What prints when it is unpickled."""

    def __reduce__(self):
        return print, ("harm",)


def put_pickle(folder, section):
    (folder / "head.pt").write_bytes(pickle.dumps({"reduce.weight": Harm()}))
    section["head"]["weights"]["file"] = "head.pt"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_number, "no numbers"),
        (spoil_adapter, "no numbers"),
        (cut_short, "cut short"),
        (put_pickle, "may run code|cut short"),
    ],
)
def test_spoilt_weights_are_refused(respoil, packed, tmp_path, capsys, spoil, message):
    part = respoil(spoil)
    with pytest.raises(BundleError, match=message):
        packed(part)
    assert nothing_left(tmp_path)
    assert "harm" not in capsys.readouterr().out


def test_tensors_of_another_shape_are_found_before_the_bundle_is_there(respoil, packed, tmp_path):
    def widen(folder, section):
        section["head"]["shape"]["reduced"] = 12

    part = respoil(widen)
    with pytest.raises(BundleError, match="of another shape"):
        packed(part, verify=lambda bundle: load(bundle, Library()))
    assert nothing_left(tmp_path)
    check = check_bundle(packed(part), Library())
    assert not check.sound and "of another shape" in check.problems[0][0]
    assert check_bundle(read_bundle(tmp_path / "mine"), Library(), quick=True).sound


def test_a_base_that_was_damaged(base, parts, packed, tmp_path):
    shutil.copytree(base.path, tmp_path / "part")
    change(base.path / "tokenizer.safetensors", tmp_path / "part" / "tokenizer.safetensors", 1.01)
    with pytest.raises(BundleError, match="trained on another tokenizer"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))
    change(base.path / "fusion.safetensors", tmp_path / "part" / "fusion.safetensors", 1.01)
    shutil.copy(base.path / "tokenizer.safetensors", tmp_path / "part")
    with pytest.raises(BundleError, match=r"fusion\.safetensors is not the one that its card"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))


@pytest.mark.parametrize("value", [[1], "x", {"was": [1]}, {"was": "x"}, 3])
def test_a_base_whose_card_tells_nonsense(base, parts, packed, tmp_path, value):
    shutil.copytree(base.path, tmp_path / "part")
    edit(tmp_path / "part" / "bundle.json", lambda card: card.update(packed=value))
    with pytest.raises(BundleError, match=r"bundle\.json is incomplete or wrong"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))
    assert nothing_left(tmp_path)


def test_only_a_bundle_is_replaced_and_only_when_asked(parts, packed, tmp_path):
    first = packed(parts[2])
    with pytest.raises(OutputError, match="already holds the bundle 'mine'") as caught:
        packed(parts[3])
    assert "--replace" in caught.value.remedy
    assert packed(parts[3], replace=True).card["packed"]["parts"].keys() == {"stage 3"}
    assert not (first.path / "stage2").exists()
    (first.path / "diary.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"more than the bundle 'mine': diary\.txt"):
        packed(parts[3], replace=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_text("mine")
    for out in ("other", "other/thesis.tex"):
        with pytest.raises(OutputError, match=r"no bundle|no folder"):
            packed(parts[2], out=out, replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "other"]
    assert packed(parts[2], out="in/new/folders").path.is_dir()


def test_a_bundle_can_replace_its_own_base(parts, packed):
    first = packed(parts[2])
    again = packed(parts[3], of=first, replace=True)
    assert again.path == first.path and check_bundle(again, Library(), quick=True).sound
    assert set(again.card["training"]) == {"stage 2", "stage 3"}


def test_a_full_disk_leaves_nothing_and_the_old_bundle(parts, packed, tmp_path, monkeypatch):
    first = packed(parts[2])

    def full(source, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(filling.shutil, "copyfile", full)
    with pytest.raises(DiskFull, match="the disk is full"):
        packed(parts[3], replace=True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
    assert check_bundle(first, Library(), quick=True).sound


@pytest.mark.parametrize(
    ("name", "title"),
    [("../x", "T"), ("a/b", "T"), ("", "T"), ("con", "T"), ("x" * 81, "T"), (".x", "T"),
     ("x", ""), ("x", "a\nb"), ("x", "\x1b[31m"), ("x", "t" * 121)],
)  # fmt: skip
def test_names_and_titles_that_nobody_could_use(name, title):
    with pytest.raises(BundleError, match="cannot be that of a bundle"):
        Label(name, title)


def test_adapters_are_hashed_and_a_changed_one_is_refused(parts, packed):
    bundle = packed(parts[2], parts[3])
    config = bundle.path / "stage3" / "adapter" / "adapter_config.json"
    edit(config, lambda values: values.update(lora_alpha=640))
    with pytest.raises(BundleError, match=r"adapter_config\.json is not the one"):
        load(bundle, Library())
    states = {f.file: f.state for f in check_bundle(bundle, Library(), quick=True).files}
    assert states["stage3/adapter/adapter_config.json"] == "wrong hash"


def test_a_card_without_hashes_of_adapters_is_still_good(base):
    check = check_bundle(base, Library())
    assert check.sound and check.loaded
    assert sum(f.state == "no hash in the card" for f in check.files) == 4


def test_what_a_part_says_of_its_base_is_the_base(base, packed, parts):
    """Packed anew without parts, the models are the same, so that parts still fit them."""
    copy = packed(out="copy")
    assert base_of(copy, Library())["weights"] == base_of(base, Library())["weights"]
    assert check_bundle(packed(parts[2], of=copy, out="two"), Library(), quick=True).sound
