"""The door to a scene: from paths and what the user says of them."""

from __future__ import annotations

from typing import Any

from gac_core.bands import S1_STATISTICS
from gac_core.biomes import biome_at
from gac_core.contract.bands import RADAR_UNITS
from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.redaction import is_redacted
from gac_core.contract.request import Bounds, RunRequest
from gac_core.scene.scene import S1Scene
from gac_core.scene.source import Source


def require_access(sar: tuple[str, ...]) -> None:
    """Refuse addresses whose secrets were taken out before they were written down.

    Raises:
        SceneError: If one of them was.
    """
    for path in map(str, sar):
        if is_redacted(path):
            raise SceneError(
                f"The address {path} was written down without the password or key that opens it.",
                "Give the whole address again, with the same settings and folder.",
            )


def open_scene(
    sar: tuple[str, ...],
    *,
    vv_band: int | None = None,
    vh_band: int | None = None,
    unit: str = "auto",
    modality: str = "auto",
    nodata: float | None = None,
    extent: Bounds | None = None,
    extent_crs: str | None = None,
) -> S1Scene:
    """Opens a Sentinel-1 scene and understands it.

    Args:
        sar: One file with VV and VH, or the VV file and the VH file; a folder or zip archive that
            holds these two; anything that GDAL opens, also by address (`https://…`, `WCS:…`).
        vv_band: 1-based band of VV in its file; None: decide from the file.
        vh_band: 1-based band of VH in its file; None: decide from the file.
        unit: `db`, `power`, `amplitude`, or `auto`: decide from the file.
        modality: `S1GRD`, `S1RTC`, or `auto`: decide from the file.
        nodata: Value that is no measurement, as it stands in the file or as it reads with the
            file's scale and offset, on top of what the file declares.
        extent: What will be computed, as for `extent_window`: the centre of its part on the scene
            decides about the UTM zone where the source is not UTM itself; None: the scene's.
        extent_crs: CRS of `extent`; None: the scene's own.

    Raises:
        RequestError: If `unit`, `modality` or the number of files makes no sense, or the extent
            does not touch the scene.
        SceneError: If the scene cannot be read, or is not what the models know.
    """
    if unit != "auto" and unit not in RADAR_UNITS:
        raise RequestError(f"The unit is {unit!r}.", f"It can be auto, {', '.join(RADAR_UNITS)}.")
    if modality != "auto" and modality not in S1_STATISTICS:
        raise RequestError(
            f"The modality is {modality!r}.", f"It can be auto, {', '.join(S1_STATISTICS)}."
        )
    if not 1 <= len(sar) <= 2:
        raise RequestError(
            f"A scene is one or two files, {len(sar)} were given.",
            "Give one file with VV and VH, or the VV file and the VH file.",
        )
    require_access(sar)
    source = Source(tuple(str(path) for path in sar), vv_band, vh_band, nodata)
    try:
        return S1Scene(source, unit, modality, extent, extent_crs)
    except BaseException:
        source.close()
        raise


def inspect_scene(request: RunRequest) -> dict[str, Any]:
    """Return SceneInfo of docs/architecture.md: what a run would take its radar for.

    Args:
        request: The run; where its results go does not matter.

    Raises:
        GacError: As `open_scene`.
    """
    with open_scene(request.sar, **request.reading, **request.place) as scene:
        return {**scene.info(), "biome": biome_at(*scene.centre)}
