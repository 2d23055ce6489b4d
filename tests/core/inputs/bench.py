"""The place where a bad input is made: a folder of its own with data, bundles and results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from scipy.ndimage import gaussian_filter

from tests.core.inputs.client import Client
from tests.core.tiny import tiny_card

UTM = Affine(10, 0, 500_000, 0, -10, 5_400_000)
"""10 m, north up, in EPSG:32633 near 15 degrees east, 48.75 degrees north."""

SIDE = 48
"""Side of the usual scene in pixels: one tile's worth."""


class Unavailable(Exception):
    """This machine cannot make the input."""


@dataclass
class Bench:
    """A case's folder.

    Attributes:
        root: It.
        library: The folder of bundles that the worker knows by name; `tiny` is a good one.
        worker: The worker that gets the case.
        ours: Paths in the output folder that GAC made earlier and may replace.
        touched: Paths that the case itself changes during the run.
        cleanup: Called when the case is over.
    """

    root: Path
    library: Path
    worker: Client
    ours: set[Path] = field(default_factory=set)
    touched: set[Path] = field(default_factory=set)
    cleanup: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True)

    @property
    def data(self) -> Path:
        """Folder for inputs."""
        return self.root / "data"

    @property
    def out(self) -> Path:
        """The output folder; made by the run unless the case makes it."""
        return self.root / "results"

    def made_out(self) -> Path:
        """The output folder, made."""
        self.out.mkdir()
        return self.out

    def scene(
        self,
        values: np.ndarray | None = None,
        name: str = "S1.tif",
        *,
        bands: tuple[str, ...] = ("VV", "VH"),
        tags: dict[str, str] | None = None,
        **profile: Any,
    ) -> str:
        """Writes (C, H, W) values, usually good dB, as a GeoTIFF; tells its path."""
        values = decibels() if values is None else values
        count, height, width = values.shape
        usual = {
            "driver": "GTiff",
            "crs": "EPSG:32633",
            "transform": UTM,
            "dtype": values.dtype,
            "count": count,
            "height": height,
            "width": width,
        }
        path = self.data / name
        with rasterio.open(path, "w", **{**usual, **profile}) as file:
            file.write(values)
            if bands:
                file.descriptions = bands
            file.update_tags(**(tags or {}))
        return str(path)

    def bundle(
        self,
        card: Callable[[dict[str, Any]], object] = lambda card: None,
        files: Callable[[Path], object] = lambda folder: None,
    ) -> Path:
        """A copy of the good bundle with other files, its card made for them and then changed."""
        folder = self.root / "bundles" / "mine"
        shutil.copytree(self.library / "tiny", folder)
        files(folder)
        content = tiny_card(folder)
        card(content)
        (folder / "bundle.json").write_text(json.dumps(content))
        return folder

    def small_disk(self, folder: Path, megabytes: int) -> None:
        """Puts a disk of that size at a folder."""
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Unavailable("only root may mount a small disk") from error
        self.cleanup.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)

    def forbid(self, path: Path, mode: int) -> None:
        """Takes rights to a path away until the case is over."""
        before = path.stat().st_mode
        path.chmod(mode)
        self.cleanup.callback(path.chmod, before)

    def replace_later(self, path: Path) -> None:
        """Says that GAC made a file in the output folder and may replace or remove it."""
        self.ours.add(path)

    def close(self) -> None:
        """Undoes what would outlive the folder, and removes the folder."""
        self.cleanup.close()
        with suppress(OSError):
            shutil.rmtree(os.fsencode(self.root))


@cache
def decibels(height: int = SIDE, width: int = SIDE) -> np.ndarray:
    """(2, H, W) float32 dB like real ones: smooth fields, speckle, VH 7 dB below VV."""
    rng = np.random.default_rng(0)
    shape = (max(height, 64), max(width, 64))
    fields = gaussian_filter(rng.standard_normal(shape), 8)
    fields *= 3 / fields.std()
    speckle = rng.gamma(4, 1 / 4, (2, *shape))
    base = np.array([-10.5, -17.5])[:, None, None]
    values = (base + fields + 10 * np.log10(speckle)).astype(np.float32)
    values = values[:, :height, :width].copy()
    values.flags.writeable = False
    return values


def power(values: np.ndarray | None = None) -> np.ndarray:
    """The usual scene in linear power."""
    return (10 ** ((decibels() if values is None else values) / 10)).astype(np.float32)


def changed(values: np.ndarray, change: Callable[[np.ndarray], object]) -> np.ndarray:
    """A copy of values that a function has changed in place."""
    copy = values.copy()
    change(copy)
    return copy
