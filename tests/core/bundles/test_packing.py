"""Parts and their base become a bundle: whole and hashed."""

from __future__ import annotations

import shutil

import torch
from safetensors.torch import load_file

from gac_core.bundles.card import read_bundle
from gac_core.bundles.findings import FINDINGS
from gac_core.bundles.library import Library
from gac_core.bundles.part import OTHER_STAGE_2, base_of
from gac_core.contract.errors import BundleError
from gac_core.networks.loading import Models
from gac_core.store.integrity import check_bundle, load
from tests.core.bundles.parts import edit, trained_part
from tests.problems import notes_with, raises


def test_both_stages_are_those_of_the_parts(base, parts, packed):
    bundle = packed(parts[2], parts[3])
    assert bundle.kind == "trained" and bundle.name == "mine"
    found, before = (Models(b, Library(), torch.device("cpu")) for b in (bundle, base))
    found.load()
    assert torch.equal(found.refiner.head.reduce.weight, 1.5 * before.refiner.head.reduce.weight)
    assert torch.equal(found.bridge.flow.out.weight, 1.5 * before.bridge.flow.out.weight)
    check = check_bundle(bundle, Library())
    assert check.loaded and not check.strangers
    assert {file.state for file in check.files} == {"ok"} and len(check.files) == 10


def test_the_card_tells_the_story(base, parts, packed):
    card = packed(parts[2]).card
    assert card["training"]["stage 2"]["data"] == "pairs of two summers"
    assert card["licence"] == "none; CC-BY-4.0"
    assert card["attribution"] == ["Contains modified Copernicus Sentinel data (2021)."]
    assert card["scores"]["stage 2"]["before"]["psnr"] == 21.0
    assert card["packed"]["base"]["name"] == base.name
    notes = read_bundle(packed(parts[2], out="two").path).notes
    worse = FINDINGS["worse-than-before"]
    assert notes_with(notes, "opt_v2's PSNR", "20", "21", template=worse)


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
    assert notes_with(check.problems[0][1:], "someone/weights") and not check.sound


def test_adapters_are_hashed_and_a_changed_one_is_refused(parts, packed):
    bundle = packed(parts[2], parts[3])
    config = bundle.path / "stage3" / "adapter" / "adapter_config.json"
    edit(config, lambda values: values.update(lora_alpha=640))
    with raises(BundleError, "file-not-of-card", "adapter_config.json"):
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
