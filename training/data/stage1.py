"""What stage 1 made of each pair, computed once and kept in a folder.

    about.json                    whose it is: bundle, hashes, timesteps, seed
    images/ab/<name>.safetensors  opt_v1 (12, H, W) float16 DN; ab: two digits of the name's hash

Half precision: its step is 2 DN at the reflectance of bright vegetation and less below 0.2, where
Sentinel-2's own noise is some 20, and it halves 330 GB for all of BigEarthNet. Safetensors: read
without running code, without unpacking, and by name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from gac_core.bands import S2_BANDS
from training.data.errors import DataError
from training.data.pair import Array
from training.data.source import name_hash

ABOUT = "about.json"
FORMAT = 1

_IMAGE = "opt_v1"
_PART = ".part"
_MAKE = "Make it with python -m training.precompute_stage1."


class Stage1Outputs:
    """Reads a folder that `training.precompute_stage1` wrote.

    Args:
        folder: That folder.

    Attributes:
        folder: The same.
        about: What it was made with: `bundle`, `card_sha256`, `weights` (hashes by file),
            `timesteps`, `seed`, `modality` and what else changes pixels.

    Raises:
        DataError: If it is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        about = read_about(folder)
        if about is None:
            raise DataError(f"{folder} holds no outputs of stage 1: {ABOUT} is missing.", _MAKE)
        self.about = about

    def has(self, name: str) -> bool:
        """Whether there is an image of that pair; one that is there is whole."""
        return image_path(self.folder, name).is_file()

    def read(self, name: str) -> Array:
        """The pair's opt_v1 (12, H, W) float32 DN, NaN where the radar has no data.

        Raises:
            DataError: If there is none, or it cannot be read.
        """
        path = image_path(self.folder, name)
        try:
            image = load_file(path)[_IMAGE]
        except FileNotFoundError as error:
            raise DataError(f"Stage 1 has no image of {name} in {self.folder}.", _MAKE) from error
        except (SafetensorError, KeyError, OSError, ValueError) as error:
            raise DataError(
                f"{path} cannot be read: {error}.", f"Delete it and make it again. {_MAKE}"
            ) from error
        if image.ndim != 3 or image.shape[0] != len(S2_BANDS):
            raise DataError(
                f"{path} holds {image.shape}, not 12 bands.",
                f"Delete it and make it again. {_MAKE}",
            )
        return image.astype(np.float32)


def image_path(folder: Path, name: str) -> Path:
    """Where a pair's image lies; folders of hundreds of thousands of files are slow to list."""
    return folder / "images" / f"{name_hash(name) & 0xFF:02x}" / f"{name}.safetensors"


def read_about(folder: Path) -> dict[str, Any] | None:
    """What a folder says of itself; None where nothing.

    Raises:
        DataError: If it cannot be read.
    """
    path = folder / ABOUT
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read: {error}.", _MAKE) from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise DataError(f"{path} is of another format than {FORMAT}.", _MAKE)
    return about


def begin(folder: Path, about: dict[str, Any]) -> Stage1Outputs:
    """Make a folder ready, or go on in one that was made with the same settings.

    Args:
        folder: Where images go.
        about: What they are made with.

    Raises:
        DataError: If the folder holds images that were made otherwise: one folder, one setting.
    """
    about = {"format": FORMAT, **json.loads(json.dumps(about))}
    there = read_about(folder)
    if there is None:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / ABOUT, (json.dumps(about, indent=1) + "\n").encode())
    elif there != about:
        keys = sorted({*there, *about})
        other = [
            f"{k} {there.get(k)!r}, not {about.get(k)!r}"
            for k in keys
            if there.get(k) != about.get(k)
        ]
        raise DataError(
            f"{folder} holds images made with other settings: {'; '.join(other)}.",
            "Ask for the same again, or name another --output-dir.",
        )
    for left in folder.glob(f"images/*/*{_PART}"):
        left.unlink()  # of a process that was killed
    return Stage1Outputs(folder)


def keep(folder: Path, name: str, image: Array) -> None:
    """Keep a pair's image (12, H, W) DN. It appears under its name when it is whole."""
    limit = float(np.finfo(np.float16).max)
    half = np.clip(image, -limit, limit).astype(np.float16)
    path = image_path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, save({_IMAGE: np.ascontiguousarray(half)}))


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + _PART)
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())  # a power cut must not leave a name without its content
    part.replace(path)
