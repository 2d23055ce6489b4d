"""Virtual rasters (VRT) and their source files, checked before GDAL opens them.

Format: https://gdal.org/en/stable/drivers/raster/vrt.html.
"""

from __future__ import annotations

import os
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405

import rasterio
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from rasterio._path import _parse_path, _vsi_path
from rasterio.env import ensure_env_with_credentials
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import DatasetReader

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.gdal import GDAL_ERRORS
from gac_core.scene.paths import SideFiles, exists, file_name, is_endless, is_remote, size

MAX_DEPTH = 16
"""Maximum nesting of virtual rasters. GDAL itself opens them recursively."""

MAX_FILES = 20_000
"""Maximum number of files that a virtual raster consists of, directly or by way of others."""

MAX_ASKED = 32
"""Maximum number of files on servers that are looked at whatever their name is: each is a request,
and a mosaic has thousands.
"""

MAX_BYTES = 64 << 20
"""Maximum bytes of a virtual raster's text: a mosaic of 20,000 files takes some 10 MB."""

REBUILD = Message("Build the virtual raster again, from the files that hold the values.")

CUT = Message("Cut it into parts, for example with QGIS's Clip raster by extent.")

_SHOWN = 300
"""Maximum characters of a name in a message."""

_NO_FILES = ("SRS", "SourceSRS", "TargetSRS", "GeoTransform", "Description", "ColorInterp")
_NUMBERS = re.compile(r"[\d\s.,+eE-]*")
_SOURCES = ("SourceFilename", "SourceDataset")
_ROOT = b"<VRTDataset"
_HEAD = 4096
_IN_ARCHIVE = "/vsizip/"


@dataclass(frozen=True)
class BandSource:
    """Source of a virtual raster's band.

    Attributes:
        target: The file, as GDAL is given it.
        band: Its band, from 1; None: the file holds raw numbers, or several bands are combined.
        opens: True if the file is a raster of its own.
        alters: True if the band's values are computed from the file's: by a factor, a table or a
            function.
    """

    target: str
    band: int | None
    opens: bool = True
    alters: bool = False


def parse_vrt(path: str) -> Any | None:
    """Return a virtual raster's XML, None for anything else or if it cannot be read here.

    Args:
        path: A local file, one in a local zip archive, or the XML itself, which GDAL accepts too.

    Raises:
        SceneError: If it is damaged or unreasonably large.
    """
    text = _text_of(path)
    if text is None:
        return None
    try:
        return fromstring(text)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise SceneError(
            Message("{} is a damaged virtual raster: {}.", file_name(path), error),
            REBUILD,
            problem="vrt-damaged",
        ) from error


def require_sources(path: str) -> tuple[str, ...]:
    """Check all files that a virtual raster consists of, directly or by way of others.

    Returns:
        These files, without duplicates; none if it is not a virtual raster.

    Raises:
        SceneError: If one of them does not exist, is a pipe or a device or has one beside it, or is
            made of the raster itself; if they are too many or nested too deeply.
    """
    walk = _Traversal(path)
    walk.visit(path, ())
    return tuple(walk.files)


class _Traversal:
    """Traversal of a virtual raster and of those that it consists of.

    Attributes:
        files: The files that they consist of.
    """

    def __init__(self, path: str) -> None:
        self._name = file_name(path)
        self.files: dict[str, None] = {}
        self._done: set[str] = set()
        self._asked = 0
        self._beside = SideFiles()

    def visit(self, path: str, within: tuple[str, ...]) -> None:
        real_path = os.path.realpath(path)
        tree = None if self._is_done(path, real_path) else parse_vrt(path)
        self._done.add(real_path)
        if tree is None:
            return
        within = (*within, real_path)
        if len(within) > MAX_DEPTH:
            raise too_deep_error(self._name)
        self._refuse_endless(path, tree)
        for target in _targets(path, tree):
            self._require(path, target, within)
            self.files[target] = None
            if len(self.files) > MAX_FILES:
                raise SceneError(
                    Message("{} is made of more than {} files.", self._name, MAX_FILES),
                    CUT,
                    problem="vrt-too-many-files",
                )
            self.visit(target, within)

    def _is_done(self, path: str, real_path: str) -> bool:
        """Return whether a file was visited, or is one of many on servers and no VRT by name."""
        if real_path in self._done:
            return True
        self._asked += is_remote(path)
        by_name = ".vrt" in file_name(path).lower()
        return is_remote(path) and self._asked > MAX_ASKED and not by_name

    def _require(self, path: str, target: str, within: tuple[str, ...]) -> None:
        message = self._made_of(path, target)
        if is_endless(target):
            raise SceneError(
                Message("{}, which is not a file but a pipe or a device.", message),
                REBUILD,
                problem="vrt-source-is-a-pipe",
            )
        if beside := self._beside.endless(target):
            raise SceneError(
                Message(
                    "{}. GDAL reads {} with it, which is not a file but a pipe or a device.",
                    message,
                    beside,
                ),
                Message("Remove it, or copy the files that hold the values to another folder."),
                problem="vrt-side-file-is-a-pipe",
            )
        if _is_path(target) and not exists(target):
            raise SceneError(
                Message("{}, which does not exist.", message),
                Message("Put that file back in its place, or build the virtual raster again."),
                problem="vrt-source-missing",
            )
        if os.path.realpath(target) in within:
            raise SceneError(
                Message("{}, which is made of it in turn.", message),
                REBUILD,
                problem="vrt-circular",
            )

    def _refuse_endless(self, path: str, tree: Any) -> None:
        """Refuse pipes wherever a file may be named: GDAL has a dozen elements for it."""
        texts = {
            text.strip()
            for node in tree.iter()
            if node.tag not in _NO_FILES
            for text in (node.text or "", *node.attrib.values())
        }
        for name in texts:
            if not name or len(name) > _HEAD or "\n" in name or _NUMBERS.fullmatch(name):
                continue
            for target in (name, _relative_to(path, name)):
                if is_endless(target):
                    raise SceneError(
                        Message(
                            "{}, which is not a file but a pipe or a device.",
                            self._made_of(path, target),
                        ),
                        REBUILD,
                        problem="vrt-source-is-a-pipe",
                    )

    def _made_of(self, path: str, target: str) -> str:
        name = file_name(path)
        if name == self._name:
            return Message("{} is made of {}", name, target[:_SHOWN])
        return Message("{} is made of {} (by way of {})", self._name, target[:_SHOWN], name)


def too_deep_error(name: str) -> SceneError:
    """Return the error for virtual rasters nested without end."""
    return SceneError(
        Message(
            "{} is made of virtual rasters in one another, more than {} deep.", name, MAX_DEPTH
        ),
        REBUILD,
        problem="vrt-too-deep",
    )


def band_sources(path: str, tree: Any) -> dict[int, BandSource]:
    """Return the first source file by band (from 1), also where it is warped."""
    sources: dict[int, BandSource] = {}
    for position, band in enumerate(tree.iterfind("VRTRasterBand"), 1):
        number = int(band.get("band", "")) if band.get("band", "").isdigit() else position
        raw = band.find("SourceFilename")
        if raw is not None:
            sources[number] = BandSource(_target(path, raw), None, opens=False)
            continue
        for source in band:
            node = source.find("SourceFilename")
            # Masks and overviews name files too, but not those of the values.
            if node is not None and source.tag not in ("Overview", "MaskBand"):
                source_band = source.findtext("SourceBand", "1").strip()
                sources[number] = BandSource(
                    _target(path, node),
                    int(source_band) if source_band.isdigit() else None,
                    alters=_alters(band, source),
                )
                break
    warped = tree.find(".//GDALWarpOptions/SourceDataset")
    if warped is not None:
        target = _target(path, warped)
        for mapping in tree.iterfind(".//GDALWarpOptions/BandList/BandMapping"):
            src, dst = mapping.get("src", ""), mapping.get("dst", "")
            if src.isdigit() and dst.isdigit():
                sources.setdefault(int(dst), BandSource(target, int(src)))
    for node in tree.iterfind(".//SourceFilename"):
        # Pansharpened and processed rasters name their files outside the bands.
        for number in range(1, 1 + len(tree.findall("VRTRasterBand"))):
            sources.setdefault(number, BandSource(_target(path, node), None))
        break
    return sources


def _alters(band: Any, source: Any) -> bool:
    """Return whether a band's values are computed from those of its source."""
    if band.find("PixelFunctionType") is not None:
        return True
    if source.find("LUT") is not None or source.find("Exponent") is not None:
        return True
    scale, offset = source.findtext("ScaleRatio", "1"), source.findtext("ScaleOffset", "0")
    try:
        return float(scale) != 1 or float(offset) != 0
    except ValueError:
        return True


def _targets(path: str, tree: Any) -> Iterator[str]:
    """Yield the files that the values come from, without duplicates."""
    nodes = (node for tag in _SOURCES for node in tree.iter(tag))
    yield from dict.fromkeys(filter(None, (_target(path, node) for node in nodes)))


def _target(path: str, node: Any) -> str:
    name = node.text or ""
    is_relative = node.get("relativeToVRT", node.get("relativetoVRT", "0")) == "1"
    return _relative_to(path, name) if is_relative else name


def _relative_to(path: str, name: str) -> str:
    """Return a file named relative to another one, which may be an address."""
    folder, slash, _ = path.replace("\\", "/").rpartition("/")
    return f"{folder}{slash}{name}"


def _is_path(name: str) -> bool:
    """Return whether a name is a plain path, not a GDAL name that may lead anywhere."""
    if is_remote(name) or name.lstrip().startswith("<"):
        return False
    return ":" not in name or name.startswith("/") or (os.name == "nt" and name[1:2] == ":")


def _text_of(path: str) -> bytes | None:
    if path.lstrip().startswith(_ROOT.decode()):
        return path.encode()
    if path.startswith("vrt://"):
        inner = path.removeprefix("vrt://").partition("?")[0]
        return b"<VRTDataset><SourceFilename/></VRTDataset>".replace(
            b"<SourceFilename/>", b"<SourceFilename>" + _escaped(inner) + b"</SourceFilename>"
        )
    if path.startswith(_IN_ARCHIVE):
        return _in_archive(path)
    if is_remote(path):
        return _text_by_gdal(path)
    if not size(path):
        return None
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
            if _ROOT not in head:
                return None
            return _limited(path, head + file.read(MAX_BYTES + 1 - len(head)))
    except OSError:
        return None


def _text_by_gdal(path: str) -> bytes | None:
    """Return the text of a virtual raster on a server, or in an archive that Python cannot read."""
    count = _HEAD
    try:
        name = _vsi_path(_parse_path(path))
        if not name.startswith("/vsi"):
            return None
        head = _first_bytes(name, count)
        if _ROOT not in head:
            return None
        # Beyond the end of a file there are zeros, which no XML holds.
        while not head.endswith(bytes(1)) and count <= MAX_BYTES:
            count *= 16
            head = _first_bytes(name, count)
    except (*GDAL_ERRORS, ValueError):
        return None
    return _limited(path, head.partition(bytes(1))[0])


@ensure_env_with_credentials  # type: ignore[untyped-decorator]
def _first_bytes(name: str, count: int) -> bytes:
    """Return so many bytes from a file's beginning, as a raster of raw numbers."""
    raw = (
        f"<VRTDataset rasterXSize='1' rasterYSize='{count}'>"
        "<VRTRasterBand dataType='Byte' band='1' subClass='VRTRawRasterBand'>"
        f"<SourceFilename>{_escaped(name).decode()}</SourceFilename>"
        "<PixelOffset>1</PixelOffset><LineOffset>1</LineOffset></VRTRasterBand></VRTDataset>"
    )
    with warnings.catch_warnings(), rasterio.Env(GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE="ALL"):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with DatasetReader(raw, driver=["VRT"], sharing=False) as file:
            return bytes(file.read(1).tobytes())


def _escaped(name: str) -> bytes:
    return name.replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "surrogateescape")


def _in_archive(path: str) -> bytes | None:
    member_path = Path(path.removeprefix(_IN_ARCHIVE).replace("{", "").replace("}", ""))
    archive = next((folder for folder in member_path.parents if folder.is_file()), None)
    if archive is None:
        return None
    try:
        with (
            zipfile.ZipFile(archive) as opened,
            opened.open(member_path.relative_to(archive).as_posix()) as file,
        ):
            head = file.read(_HEAD)
            return _limited(path, head + file.read(MAX_BYTES)) if _ROOT in head else None
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return None


def _limited(path: str, text: bytes) -> bytes:
    if len(text) > MAX_BYTES:
        raise SceneError(
            Message("{} is a virtual raster of more than {} MB.", file_name(path), MAX_BYTES >> 20),
            CUT,
            problem="vrt-too-large",
        )
    return text
