"""Checks of a batch before Dask and PyTorch are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gac_core.batch.folder import prepare
from gac_core.batch.inputs import scenes_of
from gac_core.contract.errors import GacError
from gac_core.contract.request import RunRequest
from gac_core.models.library import Library
from gac_core.scene import extent_window, open_scene


def require_scene(
    inputs: Sequence[str], out: Path, settings: dict[str, Any], side: int | None
) -> None:
    """See that a batch has a scene that it can compute, and a folder to put it into.

    Only up to the first such scene: its workers look at the others, and tell of those that fail.

    Args:
        inputs: As `whole.Batch` has them; `out`, `settings` and `side` too.
        out: Folder for the results.
        settings: Of its runs.
        side: Of blocks, as it was asked for.

    Raises:
        GacError: If a setting makes no sense, no scene can be read, the bundle is not here, or the
            folder is somebody else's.
    """
    scenes = scenes_of(inputs)
    errors: list[GacError] = []
    for scene in scenes:
        request = RunRequest(scene.sar, out=str(out / scene.name), **settings)
        try:
            _open(request)
            break
        except GacError as error:
            errors.append(error)
    else:
        if len(errors) == 1:
            raise errors[0]
        if errors:
            first = errors[0]
            first.message = f"None of the {len(errors)} scenes can be computed. {first.message}"
            raise first
    Library.default().require(str(settings.get("bundle") or "demo"))
    prepare(out, inputs, settings, side)


def _open(request: RunRequest) -> None:
    with open_scene(request.sar, **request.reading, **request.place) as scene:
        extent_window(scene, request.extent, request.extent_crs)
