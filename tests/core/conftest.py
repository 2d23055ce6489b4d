"""Fixtures for several tests of the engine: radar files made to order, real data where it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import settings
from scipy.ndimage import gaussian_filter

# The suite's verdict must not hang on luck: every run tries the same examples, and takes as long
# for one as the machine lets it. `make fuzz` sets the number of new ones.
settings.register_profile("same examples", derandomize=True, deadline=None)
settings.register_profile("new examples", deadline=None)
settings.load_profile("new examples" if "GAC_FUZZ_EXAMPLES" in os.environ else "same examples")

UTM = Affine(10, 0, 500_000, 0, -10, 5_400_000)
"""Transform of the made-up scenes: 10 m, north up, in EPSG:32633."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with real pairs and scenes; tests that need it are skipped where it is absent."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("GAC_SHARED_DATA", default))
    if not (folder / "pairs.csv").is_file():
        pytest.skip(f"no real data in {folder}; set GAC_SHARED_DATA")
    return folder


def backscatter(height: int = 120, width: int = 120, seed: int = 0) -> np.ndarray:
    """(2, H, W) float32 dB like real ones: smooth fields, speckle, VH 7 dB below VV."""
    rng = np.random.default_rng(seed)
    fields = gaussian_filter(rng.standard_normal((height, width)), 8)
    fields *= 3 / fields.std()
    looks = 4
    speckle = rng.gamma(looks, 1 / looks, (2, height, width))
    base = np.array([-10.5, -17.5])[:, None, None]
    return (base + fields + 10 * np.log10(speckle)).astype(np.float32)


@pytest.fixture
def db() -> np.ndarray:
    """A radar image (2, 120, 120) in dB."""
    return backscatter()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Writes (C, H, W) values as a GeoTIFF in a temporary folder and tells its path."""

    def write_file(
        values: np.ndarray,
        name: str = "scene.tif",
        *,
        names: tuple[str, ...] = (),
        tags: dict[str, str] | None = None,
        **profile: Any,
    ) -> str:
        path = tmp_path / name
        profile = {
            "driver": "GTiff",
            "crs": "EPSG:32633",
            "transform": UTM,
            "dtype": values.dtype,
            "count": values.shape[0],
            "height": values.shape[1],
            "width": values.shape[2],
            **profile,
        }
        with rasterio.open(path, "w", **profile) as file:
            file.write(values)
            if names:
                file.descriptions = names
            file.update_tags(**(tags or {}))
        return str(path)

    return write_file
