"""Refusals to pack, and what packing does not destroy."""

from __future__ import annotations

import errno
import pickle
import shutil

import pytest
from safetensors.torch import load_file, save_file

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import read_part
from gac_core.contract.errors import BundleError, DiskFull, OutputError
from gac_core.store import packing
from gac_core.store.integrity import check_bundle, load
from gac_core.store.packing import Label
from tests.core.bundles.parts import change, edit, nothing_left
from tests.problems import raises


def test_what_is_too_large_for_half_precision(respoil, packed):
    part = respoil(
        lambda folder, _: change(folder / "head.safetensors", folder / "head.safetensors", 1e9)
    )
    packed(part)
    with raises(BundleError, "values-beyond-half"):
        packed(part, out="half", half=True)


@pytest.mark.parametrize("role", ["generator", "tokenizer"])
def test_a_part_of_another_base(base, folder, packed, tmp_path, role):
    edit(folder / "part.json", lambda card: card["base"]["weights"].update({role: "0" * 64}))
    with raises(BundleError, "part-base-differs", role, "'tiny'") as caught:
        packed(read_part(folder))
    assert "--base" in caught.value.remedy
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("told", [{}, {"weights": []}, {"weights": {"generator": 3}}])
def test_a_part_that_does_not_say_on_what_it_was_trained(folder, packed, told):
    edit(folder / "part.json", lambda card: card.update(base=told))
    with raises(BundleError, "part-base-unknown", "generator"):
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
    """Code that prints when unpickled."""

    def __reduce__(self):
        return print, ("harm",)


def put_pickle(folder, section):
    (folder / "head.pt").write_bytes(pickle.dumps({"reduce.weight": Harm()}))
    section["head"]["weights"]["file"] = "head.pt"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (spoil_number, "weights-not-finite"),
        (spoil_adapter, "weights-not-finite"),
        (cut_short, "weights-damaged"),
        (put_pickle, "weights-with-code"),
    ],
)
def test_spoilt_weights_are_refused(respoil, packed, tmp_path, capsys, spoil, problem):
    part = respoil(spoil)
    with raises(BundleError, problem):
        packed(part)
    assert nothing_left(tmp_path)
    assert "harm" not in capsys.readouterr().out


def test_tensors_of_another_shape_are_found_before_the_bundle_is_there(respoil, packed, tmp_path):
    def widen(folder, section):
        section["head"]["shape"]["reduced"] = 12

    part = respoil(widen)
    with raises(BundleError, "weights-not-fitting", "of another shape"):
        packed(part, verify=lambda bundle: load(bundle, Library()))
    assert nothing_left(tmp_path)
    check = check_bundle(packed(part), Library())
    assert not check.sound and "of another shape" in check.problems[0][0]
    assert check_bundle(read_bundle(tmp_path / "mine"), Library(), quick=True).sound


def test_a_base_that_was_damaged(base, parts, packed, tmp_path):
    shutil.copytree(base.path, tmp_path / "part")
    change(base.path / "tokenizer.safetensors", tmp_path / "part" / "tokenizer.safetensors", 1.01)
    with raises(BundleError, "part-base-differs", "tokenizer"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))
    change(base.path / "bridge.safetensors", tmp_path / "part" / "bridge.safetensors", 1.01)
    shutil.copy(base.path / "tokenizer.safetensors", tmp_path / "part")
    with raises(BundleError, "file-not-of-card", "bridge.safetensors"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))


@pytest.mark.parametrize("value", [[1], "x", {"was": [1]}, {"was": "x"}, 3])
def test_a_base_whose_card_tells_nonsense(base, parts, packed, tmp_path, value):
    shutil.copytree(base.path, tmp_path / "part")
    edit(tmp_path / "part" / "bundle.json", lambda card: card.update(packed=value))
    with raises(BundleError, "card-damaged", "bundle.json"):
        packed(parts[2], of=read_bundle(tmp_path / "part"))
    assert nothing_left(tmp_path)


def test_only_a_bundle_is_replaced_and_only_when_asked(parts, packed, tmp_path):
    first = packed(parts[2])
    with raises(OutputError, "bundle-already-there", "'mine'") as caught:
        packed(parts[3])
    assert "--replace" in caught.value.remedy
    assert packed(parts[3], replace=True).card["packed"]["parts"].keys() == {"stage 3"}
    assert not (first.path / "stage2").exists()
    (first.path / "diary.txt").write_text("mine")
    with raises(OutputError, "bundle-folder-not-ours", "'mine'", "diary.txt"):
        packed(parts[3], replace=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_text("mine")
    for out, problem in (("other", "not-a-bundle"), ("other/thesis.tex", "not-a-folder")):
        with raises(OutputError, problem, out):
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

    monkeypatch.setattr(packing.shutil, "copyfile", full)
    with raises(DiskFull, "disk-full"):
        packed(parts[3], replace=True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
    assert check_bundle(first, Library(), quick=True).sound


@pytest.mark.parametrize(
    ("name", "title"),
    [("../x", "T"), ("a/b", "T"), ("", "T"), ("con", "T"), ("x" * 81, "T"), (".x", "T"),
     ("x", ""), ("x", "a\nb"), ("x", "\x1b[31m"), ("x", "t" * 121)],
)  # fmt: skip
def test_names_and_titles_that_nobody_could_use(name, title):
    problem = "bundle-title-wrong" if name == "x" else "bundle-name-wrong"
    with raises(BundleError, problem):
        Label(name, title)
