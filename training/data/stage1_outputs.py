"""Stage-1 images of each pair, computed once and stored in a folder.

    about.json                    identity: bundle, hashes, timesteps, seed
    images/ab/<name>.safetensors  opt_v1 (12, H, W) float16 DN, and a hash of its radar image;
                                  ab: two digits of the name's hash

Half precision: its step is 2 DN at the reflectance of bright vegetation and less below 0.2, where
Sentinel-2's noise is about 20, and it halves 330 GB for all of BigEarthNet. Safetensors are read by
name, without running code and without unpacking.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.message import Message
from gac_core.io import atomic_write, write_error
from training.data.pair import Array, DataError, name_hash

ABOUT = "about.json"
FORMAT = 1

_IMAGE = "opt_v1"
_RADAR = "s1"
_MAKE = Message("Make it with python -m training.precompute_stage1.")


class Stage1Outputs:
    """Reader of a folder written by `training.precompute_stage1`.

    Args:
        folder: The folder.

    Attributes:
        folder: The folder.
        about: Identity: `bundle`, `card_sha256`, `weights` (hashes by file), `timesteps`, `seed`,
            `modality` and everything else that affects pixels.

    Raises:
        DataError: If it is not such a folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        about = read_about(folder)
        if about is None:
            raise DataError(
                Message("{} holds no outputs of stage 1: {} is missing.", folder, ABOUT),
                _MAKE,
                problem="stage1-outputs-missing",
            )
        self.about = about

    def has(self, name: str) -> bool:
        """Return whether the folder has an image of a pair; existing images are complete."""
        return image_path(self.folder, name).is_file()

    def read(self, name: str) -> Array:
        """Return a pair's opt_v1 (12, H, W) float32 DN, NaN where the radar is nodata.

        Raises:
            DataError: If it is missing or cannot be read.
        """
        path = image_path(self.folder, name)
        try:
            image = load_file(path)[_IMAGE]
        except FileNotFoundError as error:
            raise DataError(
                Message("Stage 1 has no image of {} in {}.", name, self.folder),
                _MAKE,
                problem="stage1-image-missing",
            ) from error
        except (SafetensorError, KeyError, OSError, ValueError) as error:
            raise DataError(
                Message("{} cannot be read: {}.", path, error),
                Message("Delete it and make it again. {}", _MAKE),
                problem="stage1-image-unreadable",
            ) from error
        if image.ndim != 3 or image.shape[0] != len(S2_BANDS):
            raise DataError(
                Message("{} holds {}, not 12 bands.", path, image.shape),
                Message("Delete it and make it again. {}", _MAKE),
                problem="stage1-bands-wrong",
            )
        return image.astype(np.float32)

    def read_for(self, name: str, s1: Array) -> Array:
        """Return a pair's opt_v1 after checking that it was made from this radar image.

        Names are not unique across data sets. Images stored without a hash of their radar are
        accepted.

        Args:
            name: Name of the pair.
            s1: (2, H, W) dB of the pair, NaN for nodata.

        Raises:
            DataError: If it was made from another one, or as for `read`.
        """
        image = self.read(name)
        with safe_open(image_path(self.folder, name), "numpy") as file:
            made_from = (file.metadata() or {}).get(_RADAR)
        if made_from not in (None, radar_hash(s1)):
            raise DataError(
                Message(
                    "Stage 1's image of {} in {} was made from another radar "
                    "image than the pair has.",
                    name,
                    self.folder,
                ),
                Message(
                    "It is of another pair with that name, or the pair was changed: precompute "
                    "stage 1 for this data, in a folder of its own."
                ),
                problem="stage1-of-another-radar",
            )
        return image


def radar_hash(s1: Array) -> str:
    """Return a hash of a radar image (2, H, W) dB; all NaN are alike."""
    values = np.where(np.isnan(s1), np.float32(np.nan), s1).astype("<f4")
    digest = hashlib.blake2b(f"{s1.shape}".encode(), digest_size=16)
    digest.update(values.tobytes())
    return digest.hexdigest()


def image_path(folder: Path, name: str, ending: str = "safetensors") -> Path:
    """Return the path of a pair's image, in subfolders because huge folders are slow to list."""
    return folder / "images" / f"{name_hash(name) & 0xFF:02x}" / f"{name}.{ending}"


def read_about(folder: Path) -> dict[str, Any] | None:
    """Return the identity of a folder, or None if it has none.

    Raises:
        DataError: If it cannot be read.
    """
    path = folder / ABOUT
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataError(
            Message("{} cannot be read: {}.", path, error), _MAKE, problem="stage1-about-unreadable"
        ) from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise DataError(
            Message("{} is of another format than {}.", path, FORMAT),
            _MAKE,
            problem="stage1-format-unknown",
        )
    return about


def open_or_create(folder: Path, about: dict[str, Any]) -> Stage1Outputs:
    """Prepare a folder, or resume in one that was made with the same settings.

    Args:
        folder: Folder of the images; locked by `folder_lock` if another process might
            write to it.
        about: Identity of the images.

    Raises:
        DataError: If the folder holds images of another identity.
        OutputError: If it cannot be written.
    """
    about = {"format": FORMAT, **json.loads(json.dumps(about))}
    existing = read_about(folder)
    if existing is None:
        _write(folder / ABOUT, (json.dumps(about, indent=1) + "\n").encode())
    elif existing != about:
        keys = sorted({*existing, *about})
        other = [
            f"{k} {existing.get(k)!r}, not {about.get(k)!r}"
            for k in keys
            if existing.get(k) != about.get(k)
        ]
        raise DataError(
            Message("{} holds images made with other settings: {}.", folder, "; ".join(other)),
            Message("Ask for the same again, or name another --output-dir."),
            problem="stage1-settings-differ",
        )
    for part in folder.glob("images/*/.*.part"):
        part.unlink(missing_ok=True)  # of a process that was killed
    return Stage1Outputs(folder)


def write_image(folder: Path, name: str, image: Array, s1: Array | None = None) -> None:
    """Write a pair's image atomically.

    Args:
        folder: Folder of the images.
        name: Name of the pair.
        image: (12, H, W) DN.
        s1: (2, H, W) dB it was made from, for `read_for`; None: store no hash.

    Raises:
        OutputError: If it cannot be written.
    """
    limit = float(np.finfo(np.float16).max)
    half = np.clip(image, -limit, limit).astype(np.float16)
    metadata = None if s1 is None else {_RADAR: radar_hash(s1)}
    _write(image_path(folder, name), save({_IMAGE: np.ascontiguousarray(half)}, metadata))


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as part:
            part.write_bytes(content)
    except OSError as error:
        raise write_error(path, error) from error
