"""Masks of clouds as polygons of a vector file."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasterio.features import rasterize

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import Window, WorkGrid
from gac_core.optical.clouds import CLEAR, HIDDEN, States
from gac_core.scene.paths import exists, is_remote, require_reachable
from gac_core.scene.positions import BLOCK

MAX_POLYGONS = 500_000
"""Maximum number of polygons of a mask."""

MAX_LISTED = 8
"""Maximum number of layers that a message lists."""

MAX_GML_BYTES = 512 << 20
"""Maximum size of a GML file, which is read as a whole."""

_LAYER = "|layername="
_HEAD = 4096
_IN_ARCHIVE = re.compile(r"/vsizip/(?:\{(.+?)\}|(.+?\.zip))/(.+)", re.IGNORECASE)
_VIRTUAL = b"<OGRVRT"
"""GDAL opens a file by its content: a list of other files must not come by another name."""
_SIGNATURES = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3",
    ".fgb": b"fgb",
    ".geojson": b"{",
    ".json": b"{",
    ".gml": b"opengis.net",
    ".kml": b"<kml",
}
"""Extensions of vector files, and what their content begins with or (XML) holds early."""


class VectorFile(NamedTuple):
    """Files of a vector data set, by the names that `InputFiles` asks an open raster for."""

    files: list[str]
    driver: str = ""


def is_vector(path: str) -> bool:
    """Return whether a path is that of a vector file, by its extension and content."""
    path, _, layer = path.partition(_LAYER)
    suffix = Path(path).suffix.lower()
    if suffix == ".gpkg" and not layer:
        return bool(_layers(path))
    return suffix in _SIGNATURES


def _layers(path: str) -> list[str]:
    if is_remote(path) or not exists(path):
        return []
    import pyogrio

    require_reachable(path)
    try:
        return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except (pyogrio.errors.DataSourceError, ValueError):
        return []


def side_files(path: str) -> list[str]:
    """Return the paths of the files that a shapefile consists of beside itself."""
    stem, dot, suffix = path.rpartition(".")
    if suffix.lower() != "shp":
        return []
    return [f"{stem}{dot}{other}" for other in ("shx", "dbf", "prj", "cpg")]


class PolygonMask:
    """States by polygons: what one of them touches is hidden, all else clear.

    Attributes:
        count: Number of polygons.
    """

    def __init__(self, paths: tuple[str, ...], grid: WorkGrid) -> None:
        """Read the polygons.

        Args:
            paths: The files; `|layername=NAME` after one chooses a layer, as in QGIS.
            grid: The working grid.

        Raises:
            SceneError: If it cannot be read, or holds no polygons.
        """
        import shapely

        self._grid = grid
        parts = [_shapes(path) for path in paths]
        self.count = sum(len(part) for part in parts)
        self._shapes = np.array([])
        if self.count:
            # Coordinates that are no degrees, although the file says so, become infinite.
            moved = np.concatenate([np.asarray(p.to_crs(grid.epsg).array) for p in parts if len(p)])
            self._shapes = moved[np.isfinite(shapely.bounds(moved)).all(axis=1)]
        self._tree = shapely.STRtree(self._shapes)

    def touches(self, window: Window) -> bool:
        """Return whether any polygon may reach into a window."""
        return bool(len(self._within(window)))

    def block(self, block: Window) -> States:
        """Return states (BLOCK, BLOCK) of a block."""
        states = np.full((BLOCK, BLOCK), CLEAR, np.uint8)
        shapes = self._shapes[self._within(block)]
        if len(shapes):
            rasterize(
                shapes,
                out=states,
                transform=self._grid.transform(block),
                default_value=HIDDEN,
                all_touched=True,
            )
        return states

    def _within(self, window: Window) -> Any:
        import shapely

        hits = self._tree.query(shapely.box(*self._grid.bounds(window)))
        # In a fixed order, although nothing depends on it.
        return np.sort(hits)


def _shapes(path: str) -> Any:
    """Return the polygons of a file as geopandas' series, in its own CRS.

    Raises:
        SceneError: If it does not say where it lies, or holds anything but polygons.
    """
    frame = _read(path)
    name = Path(path.partition(_LAYER)[0]).name
    if len(frame) and frame.crs is None:
        raise SceneError(
            Message(
                "{} does not say where it lies: it has no coordinate system or no position.", name
            ),
            Message("Assign its CRS, for example with QGIS's Assign projection."),
            problem="mask-not-placed",
        )
    shapes = frame.geometry[frame.geometry.notna()]
    if len(shapes) and not shapes.geom_type.isin(["Polygon", "MultiPolygon"]).all():
        raise SceneError(
            Message("{} holds points or lines, not polygons of clouds.", name),
            Message("Give polygons, or a raster that is 0 where it is clear."),
            problem="mask-not-polygons",
        )
    return shapes


def _read(path: str) -> Any:
    import geopandas
    import pyogrio

    path, _, layer = path.partition(_LAYER)
    name = Path(path).name
    if is_remote(path) and not _IN_ARCHIVE.fullmatch(path):
        raise SceneError(
            Message("The polygons {} are not on this computer.", name),
            Message("Download them, and give the file."),
            problem="mask-not-local",
        )
    require_reachable(path)
    is_gml = Path(path).suffix.lower() == ".gml"
    content = _content(path, name, MAX_GML_BYTES if is_gml else _HEAD)
    _require_signature(content[:_HEAD], path, name)
    try:
        # GDAL leaves a .gfs beside every GML file that it opens.
        layer = layer.partition("|")[0] or _only_layer(content if is_gml else path, name)
        if not layer:
            return geopandas.GeoDataFrame(geometry=[])
        frame = geopandas.read_file(
            BytesIO(content) if is_gml else path,
            engine="pyogrio",
            columns=[],
            max_features=MAX_POLYGONS + 1,
            layer=layer,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _unreadable(name, str(error)) from error
    if len(frame) > MAX_POLYGONS:
        raise SceneError(
            Message("{} holds more than {} polygons.", name, MAX_POLYGONS),
            Message("Cut it to the area, or give the mask as a raster."),
            problem="mask-too-many-polygons",
        )
    return frame


def _only_layer(source: str | bytes, name: str) -> str:
    """Return the name of the layer with the polygons; "" if the file, or its content, has none.

    Raises:
        SceneError: If several may have them.
    """
    import pyogrio

    layers = [(str(layer), kind) for layer, kind in pyogrio.list_layers(source) if kind is not None]
    with_polygons = [layer for layer, kind in layers if "Polygon" in kind]
    candidates = with_polygons or [layer for layer, _ in layers]
    if len(candidates) > 1:
        raise SceneError(
            Message("{} has several layers: {}.", name, ", ".join(candidates[:MAX_LISTED])),
            Message("Name the one with the clouds: {}", f"{name}{_LAYER}{candidates[0]}"),
            problem="mask-layers",
        )
    return candidates[0] if candidates else ""


def _content(path: str, name: str, size: int) -> bytes:
    """Return the first bytes of a file, which may lie in a zip archive."""
    try:
        if match := _IN_ARCHIVE.fullmatch(path):
            with zipfile.ZipFile(match[1] or match[2]) as archive, archive.open(match[3]) as member:
                return member.read(size)
        with Path(path).open("rb") as file:
            return file.read(size)
    except (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise _unreadable(name, getattr(error, "strerror", "") or str(error)) from error


def _require_signature(head: bytes, path: str, name: str) -> None:
    mark = _SIGNATURES[Path(path).suffix.lower()]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = mark in (b"opengis.net", b"<kml")
    if _VIRTUAL in head or not (mark in head if is_xml else text.startswith(mark)):
        raise _unreadable(name, Message("its content is not what its name says"))


def _unreadable(name: str, reason: str) -> SceneError:
    return SceneError(
        Message("The mask {} cannot be read: {}.", name, reason.rstrip(". ")),
        Message("Give polygons as a GeoPackage, or a raster that is 0 where it is clear."),
        problem="mask-unreadable",
    )
