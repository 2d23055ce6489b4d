"""A small bundle of the real classes, and parts trained on it."""

from __future__ import annotations

import shutil

import pytest
import torch

from gac_core.models.bundle import Bundle
from gac_core.models.card import read_bundle
from gac_core.models.part import Part
from tests.core.models.parts import trained_part
from tests.core.tiny import write_tiny_bundle


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
