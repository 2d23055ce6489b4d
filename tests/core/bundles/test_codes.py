"""The encoder of real images in a bundle: training's alone, yet packed, hashed and checked."""

from __future__ import annotations

import shutil

import pytest
import torch
from safetensors.torch import save_file

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.cli.commands import main
from gac_core.contract.errors import BundleError
from gac_core.io import sha256
from gac_core.store.integrity import check_bundle
from tests.core.bundles.parts import edit
from tests.problems import raises

FILE = "codes.safetensors"


@pytest.fixture
def coded(base, tmp_path):
    """The bundle's folder, with an encoder that its card names."""
    folder = tmp_path / "other"
    shutil.copytree(base.path, folder)
    # No half-precision number is a third.
    save_file({"basis": torch.full((5, 12), 1 / 3)}, folder / FILE)
    name(folder, file=FILE, sha256=sha256(folder / FILE))
    return folder


def name(folder, **entry):
    edit(folder / "bundle.json", lambda card: card["terramind"].update(codes=entry))


def states(folder):
    found = check_bundle(read_bundle(folder), Library(), quick=True)
    return found, {file.file: file.state for file in found.files}


@pytest.mark.parametrize("half", [False, True])
def test_it_is_packed_as_it_is_and_checked(coded, parts, packed, half):
    """Rounded to half precision it would give other tokens than the decoder was taught."""
    bundle = packed(parts[2], of=read_bundle(coded), half=half)
    assert (bundle.path / FILE).read_bytes() == (coded / FILE).read_bytes()
    assert bundle.codes.sha256 == sha256(coded / FILE)
    found, state = states(bundle.path)
    assert state[FILE] == "ok" and found.sound and not found.strangers


def test_one_without_a_hash_is_given_it(coded, packed):
    name(coded, file=FILE)
    assert packed(of=read_bundle(coded)).codes.sha256 == sha256(coded / FILE)


def test_a_damaged_or_lost_one_is_told_and_not_packed(coded, packed):
    (coded / FILE).write_bytes((coded / FILE).read_bytes()[:-1] + b"x")
    found, state = states(coded)
    assert state[FILE] == "wrong hash" and not found.sound
    with raises(BundleError, "file-not-of-card", "codes.safetensors"):
        packed(of=read_bundle(coded))
    (coded / FILE).unlink()
    found, state = states(coded)
    assert state[FILE] == "missing" and not found.sound
    with raises(BundleError, "bundle-incomplete", "codes.safetensors"):
        packed(of=read_bundle(coded))


def test_no_run_needs_it(coded):
    (coded / FILE).unlink()
    assert Library().describe(read_bundle(coded))["ready"]


def test_a_published_one_need_not_be_here(coded, packed, capsys):
    (coded / FILE).unlink()
    name(coded, file=FILE, repo="someone/weights", sha256="1" * 64)
    found, state = states(coded)
    assert state[FILE] == "missing" and found.sound
    assert main(["bundle", "check", str(coded), "--quick"]) == 0
    assert FILE in capsys.readouterr().out
    assert packed(of=read_bundle(coded)).codes.sha256 == "1" * 64


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"file": "../codes.safetensors"}, "card-names-outside-file"),
        ({"name": "x"}, "card-damaged"),
        ({"file": 3}, "card-damaged"),
    ],
)
def test_cards_that_make_no_sense_are_refused(coded, entry, problem):
    name(coded, **entry)
    with raises(BundleError, problem):
        read_bundle(coded)
