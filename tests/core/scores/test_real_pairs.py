"""The score's null on real image pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.raster import StripReader
from gac_core.scene import open_scene
from gac_core.scores import REAL_HIGH, REAL_MEAN, gac_score


@pytest.fixture(scope="module")
def real(shared_data: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """All real pairs: (2, H, W) dB and (4, H, W) DN."""
    found = []
    for folder in sorted((shared_data / "pairs").iterdir()):
        with (
            open_scene((str(folder / "s1.tif"),)) as scene,
            StripReader(folder / "s2.tif", scene.grid) as reader,
        ):
            found.append((scene.read(scene.window), reader.read(scene.window, OUTPUT_BANDS)))
    return found


def scores(images) -> np.ndarray:
    return np.array([gac_score(s1, dn) for s1, dn in images])


def test_real_pairs_score_and_others_do_not(real) -> None:
    rng = np.random.default_rng(0)
    found = scores(real)
    assert len(found) >= 44
    # The levels were measured on 44 pairs; whatever pairs came since must not move them by much.
    assert found.mean() == pytest.approx(REAL_MEAN, abs=0.02)
    assert np.percentile(found, 95) == pytest.approx(REAL_HIGH, abs=0.03)
    noise = scores((s1, rng.uniform(500, 3000, dn.shape)) for s1, dn in real)
    flipped = scores((s1, dn[:, ::-1]) for s1, dn in real)
    shifted = scores((s1[:, :, :-8], dn[:, :, 8:]) for s1, dn in real)
    assert abs(noise.mean()) < 0.03
    assert abs(flipped.mean()) < 0.03
    # Long straight edges look the same 8 px further along: not 0, but far from the real pairs.
    assert shifted.mean() < 0.5 * found.mean()
    assert (found > noise).mean() > 0.97
    assert (found > flipped).mean() > 0.9
    assert (found > shifted).mean() > 0.9
