"""Scenes of several small blocks, a bundle, and batches of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.batch import Batch, run_batch
from gac_core.engine.executors import Pool, Workers
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from tests.core.tiny import write_tiny_bundle

SIDE = 128
"""Of blocks: two of the tiny bundle's strides."""

SETTINGS = {"timesteps_1": 1, "timesteps_3": 1, "device": "cpu"}


def write_radar(path: Path, rows: int, cols: int, top: float = 5_400_007.0) -> Path:
    """A scene (VV, VH; dB; 10 m) with a hole, and nothing in its upper left corner."""
    rng = np.random.default_rng(rows)
    fields = ((np.arange(rows)[:, None] // 40 + np.arange(cols) // 55) % 3)[None] * 3.0
    speckle = 10 * np.log10(rng.gamma(4.4, 1 / 4.4, (2, rows, cols)))
    values = np.array([-14.0, -21.0])[:, None, None] + fields + speckle
    values[:, :100, :60] = np.nan
    values[:, 140:155, 90:110] = np.nan
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=2,
        height=rows,
        width=cols,
        crs="EPSG:32633",
        transform=Affine(10.0, 0.0, 500_003.0, 0.0, -10.0, top),
        nodata=np.nan,
    ) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    return path


@pytest.fixture(scope="session")
def radar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """250 x 230 px: three blocks by three, one of them without any radar."""
    folder = tmp_path_factory.mktemp("radar")
    return write_radar(folder / "S1A_IW_GRDH_1SDV_20210715T052500_a.tif", 250, 230)


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete bundle with random weights."""
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def cache() -> ModelCache:
    """Networks of this process."""
    return ModelCache(Library())


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """As the workers have."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def run_whole(radar: Path, tiny_bundle: Path, cache: ModelCache, tmp_path_factory: Any) -> Path:
    """The folder of a run over all of the scene, in one piece."""
    out: Path = tmp_path_factory.mktemp("run")
    settings = {**SETTINGS, "bundle": str(tiny_bundle)}
    run(RunRequest(sar=(str(radar),), out=str(out), **settings), cache, Silent())
    return out


class ThreadWorkers(Workers):
    """Two workers in this process, where tests can get at what they call."""

    @contextmanager
    def open(self, bundle: str) -> Iterator[Pool]:
        """Threads take the place of processes."""
        executor = ThreadPoolExecutor(2)
        try:
            yield Pool(executor, lambda: 2)
        finally:
            executor.shutdown(cancel_futures=True)


@pytest.fixture(scope="session")
def here() -> Workers:
    """Two workers in this process."""
    return ThreadWorkers(threads=1)


@pytest.fixture(scope="session")
def undisturbed(
    radar: Path, tiny_bundle: Path, here: Workers, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a batch in which nothing went wrong."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    settings = {**SETTINGS, "bundle": str(tiny_bundle)}
    run_batch(Batch((str(radar),), out, settings, SIDE, 1, here), lambda progress: None)
    return out


@pytest.fixture
def batch(
    radar: Path, tiny_bundle: Path, tmp_path: Path, here: Workers
) -> Callable[..., dict[str, Any]]:
    """Runs a batch of the scene in `tmp_path / "out"`; keyword arguments change it."""

    def start(
        *inputs: str,
        out: Path | None = None,
        side: int = SIDE,
        retries: int = 1,
        workers: Workers | None = None,
        tell: Callable[..., None] = lambda progress: None,
        on_note: Callable[[str], None] = lambda note: None,
        **settings: Any,
    ) -> dict[str, Any]:
        asked = Batch(
            inputs=inputs or (str(radar),),
            out=out or tmp_path / "out",
            settings={**SETTINGS, "bundle": str(tiny_bundle), **settings},
            side=side,
            retries=retries,
            workers=workers or here,
        )
        return run_batch(asked, tell, on_note)

    return start


def pixels(path: Path) -> np.ndarray:
    """All bands of a file."""
    with rasterio.open(path) as file:
        found: np.ndarray = file.read()
        return found


def hashes(out: Path) -> dict[str, str]:
    """Of all blocks' images, by their paths."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.glob("*/blocks/*/*.tif"))
    }


def scene_folder(out: Path) -> Path:
    """The only scene's folder."""
    (found,) = (path.parent.parent for path in out.glob("*/.gac-batch/plan.json"))
    return found
