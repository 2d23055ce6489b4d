"""Fixtures that tests of training and the engine share."""

from __future__ import annotations

import pytest
import torch

from tests.core.conftest import shared_data

__all__ = ["shared_data"]


@pytest.fixture(autouse=True)
def _seeded():
    """A test draws the same numbers whichever tests ran before it."""
    torch.manual_seed(0)


@pytest.fixture(scope="session")
def regressor_pairs():
    """Fourteen pairs train, of which two choose the moment; six judge."""
    from tests.training.stage3.simulated import Simulated
    from training.stage3.cycle_training import RegressorPairs

    source = Simulated(20)
    roles = {tile: "val" if i >= 14 else "train" for i, tile in enumerate(source.tiles)}
    return RegressorPairs.of(source, roles)


@pytest.fixture(scope="session")
def taught(regressor_pairs):
    """The regressor, its card, and what was said meanwhile."""
    import torch

    from tests.training.stage3.simulated import REGRESSOR_SETTINGS
    from training.stage3.cycle_training import train_regressor

    said = []
    regressor, card = train_regressor(
        regressor_pairs, REGRESSOR_SETTINGS, torch.device("cpu"), said.append
    )
    return regressor, card, said


@pytest.fixture(scope="session")
def cycle_folder(taught, tmp_path_factory):
    """The regressor's folder; not to be changed."""
    from training.stage3.cycle_regressor import write_regressor

    place = tmp_path_factory.mktemp("cycle")
    write_regressor(place, *taught[:2])
    return place
