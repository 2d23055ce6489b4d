"""A small bundle of the real classes, and parts trained on it."""

from __future__ import annotations

import json
import shutil

import pytest
import torch

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import Part, read_part, write_part
from gac_core.store.packing import Label, pack
from tests.core.bundles.parts import trained_part
from tests.core.tiny import write_tiny_bundle


@pytest.fixture(autouse=True)
def _seeded():
    """A test draws the same numbers whichever tests ran before it."""
    torch.manual_seed(0)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The bundle that the parts are trained on."""
    torch.set_num_threads(1)
    return read_bundle(write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny"))


@pytest.fixture(scope="session")
def parts(base: Bundle, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Part]:
    """A part of each stage, both trained on the bundle as it is."""
    folder = tmp_path_factory.mktemp("parts")
    return {stage: trained_part(folder / f"stage {stage}", stage, base) for stage in (2, 3)}


@pytest.fixture
def folder(parts, tmp_path):
    """A part's folder that a test may spoil: stage 2's."""
    shutil.copytree(parts[2].path, tmp_path / "part")
    return tmp_path / "part"


@pytest.fixture
def packed(base, tmp_path):
    """Packs parts into a fresh folder."""

    def packed(*parts, out="mine", of=base, **options):
        return pack(of, list(parts), tmp_path / out, Label("mine", "Mine"), Library(), **options)

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
