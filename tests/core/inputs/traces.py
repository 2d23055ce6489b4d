"""Files left, changed or removed by a run."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from tests.core.inputs.bench import Bench


def traces(bench: Bench, out: Path, before: dict[Path, str]) -> list[str]:
    """Return what the run wrongly left, changed or removed."""
    after = snapshot(bench.root)
    problems = []
    for path, content in before.items():
        if path not in bench.ours | bench.touched and after.get(path) != content:
            problems.append(f"{path} was changed or removed")
    for path in after.keys() - before.keys() - bench.touched:
        if path.parent != out:
            problems.append(f"{path} was left behind")
        else:
            problems += _incomplete(path)
    return problems


def _incomplete(path: Path) -> list[str]:
    """Why a file may not stay in an output folder."""
    try:
        if path.name in ("opt_v1.tif", "opt_v2.tif", "opt_v3.tif"):
            pixels(path)
            return []
        if path.suffix == ".json" and not path.name.startswith("."):
            json.loads(path.read_text())
            return []
    except (RasterioError, ValueError, OSError) as error:
        return [f"{path} is not whole: {error}"]
    return [] if path.suffix == ".qmd" else [f"{path} was left behind"]


def pixels(path: Path) -> np.ndarray:
    with rasterio.open(path) as file:
        assert "GAC_VERSION" in file.tags()
        return file.read()


def snapshot(root: Path) -> dict[Path, str]:
    """Every file below a folder with what it holds, and every working folder."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in files:
            path = Path(folder, name)
            found[path] = _content(path)
        found |= {Path(folder, name): "folder" for name in folders if name.startswith(".gac")}
    return found


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file():
        # Reading a pipe would wait for somebody who writes to it.
        return f"{path.stat().st_mode:o}"
    with path.open("rb") as file:
        return f"{path.stat().st_mode:o} {hashlib.file_digest(file, 'sha256').hexdigest()}"
