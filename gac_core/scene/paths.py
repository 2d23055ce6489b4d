"""Paths to radar, classified before they are opened: products, folders, archives, pipes."""

from __future__ import annotations

import html
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, join
from gac_core.contract.redaction import address_path, redacted
from gac_core.scene import metadata
from gac_core.scene.external import external_files

STDIN = "/vsistdin"
"""GDAL's name for standard input."""
_SYSTEM = ("/proc/", "/sys/")
"""Folders whose files the system generates while they are read, some without end."""
_MAX_SEPARATORS = 80
"""Maximum number of positions in a GDAL name at which a path is assumed to begin or end."""
_OVERVIEWS = re.compile(r"OVERVIEW_FILE[\"'][^>]*>([^<]+)")
_MAX_SIDE_FILE_BYTES = 64 << 20
"""Maximum bytes of an .aux.xml: histograms and tags take a few MB."""
_NO_SIDE = (".tif", ".tiff", ".vrt", ".jp2", ".nc")
"""Extensions of rasters that are never side files of others."""
_PARTS = re.compile(r"""[:"'?=&{},;|!/\\]""")
"""Separators within a path, and between it and other parts of a GDAL name."""

GEOCODE = Message(
    "Terrain-correct it first, for example with SNAP (Range-Doppler Terrain "
    "Correction) or with ASF HyP3's RTC."
)
CALIBRATE = Message(
    "Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP "
    "(Calibration, then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, "
    "and use the result."
)
RASTERS = ((".tif", ".tiff"), (".img",), (".vrt",), (".jp2",))
"""Extensions of the rasters in a folder or archive, the most likely first."""
_BACK = "\\"
_LAYER = re.compile(r"(?:netcdf|zarr|hdf5):\"?([^\"]+?)\"?:/?([\w/]+)", re.IGNORECASE)
"""GDAL's name of a layer in a container: the container, the layer."""
_RAW = re.compile(
    r"(?<![a-z0-9])s1[a-d][-_](?P<mode>iw\d?|ew\d?|s\d|wv\d?)[-_](?P<type>grd[fhm]?|slc|raw|ocn)",
    re.IGNORECASE,
)
_PRODUCER = r"(?:_RTC\d+_[A-Z]_\w{6}_|OPERA_L2_RTC|^s1[a-d]_\d\d[a-z]{3}_)"
_SIDE = (
    (re.compile(rf"{_PRODUCER}.*_rgb$", re.IGNORECASE), Message("a colour picture")),
    (re.compile(rf"{_PRODUCER}.*_dem$", re.IGNORECASE), Message("a terrain model")),
    (
        re.compile(rf"{_PRODUCER}.*_(?:inc_map(?:_ell)?|\w*incidence_angle)$", re.IGNORECASE),
        Message("a map of the incidence angle"),
    ),
    (re.compile(rf"{_PRODUCER}.*_ls_map$", re.IGNORECASE), Message("a map of layover and shadow")),
    (re.compile(rf"{_PRODUCER}.*_area$", re.IGNORECASE), Message("a map of the scattering area")),
    (re.compile(rf"{_PRODUCER}.*_(?:WM|HAND)$", re.IGNORECASE), Message("a water map")),
    (re.compile(rf"{_PRODUCER}.*_(?:border)?mask$", re.IGNORECASE), Message("a mask")),
    (
        re.compile(rf"{_PRODUCER}.*_(?:number_of_looks|rtc_anf_\w+)$", re.IGNORECASE),
        Message("a layer of radar geometry"),
    ),
    (re.compile(r"OPERA_L2_RTC-S1-STATIC", re.IGNORECASE), Message("a layer of radar geometry")),
    (
        re.compile(r"^(?:sin_LIA|LIA|IA|GAMMA_AREA)_", re.IGNORECASE),
        Message("a layer of radar geometry"),
    ),
)


def require_reachable(path: str) -> None:
    """Refuse an input that would block for ever, and an empty path.

    A pipe has no end until it is written, a device such as `/dev/zero` none at all. The same holds
    for the files that GDAL opens along with a raster: overviews, masks, metadata.

    Raises:
        SceneError: For a pipe, a socket, a device, standard input, one of these beside a file or
            in a name of GDAL's (`/vsisubfile/…`, `NETCDF:…`), or an empty path.
    """
    if not path.strip():
        raise SceneError(
            Message("{} is not a file.", repr(path)),
            Message("Choose the file."),
            problem="file-not-named",
        )
    if is_endless(path):
        raise SceneError(
            Message("The file {} is not a file but a pipe or a device.", path),
            Message("Save what comes out of it as a GeoTIFF, and give that."),
            problem="file-is-a-pipe",
        )
    for leaf in dict.fromkeys(local_paths(path)):
        beside = SideFiles().endless(leaf) if _kind(leaf) == stat.S_IFREG else _endless_inside(leaf)
        if beside:
            raise SceneError(
                Message(
                    "{}, which GDAL reads together with the file {}, is not a file but a "
                    "pipe or a device.",
                    beside,
                    path,
                ),
                Message("Remove it, or copy the file alone to another folder."),
                problem="side-file-is-a-pipe",
            )


def is_endless(name: str) -> bool:
    """Return whether reading a path, or one in a GDAL name, might never end."""
    return STDIN in name or any(map(_is_endless, local_paths(name)))


class SideFiles:
    """Side files that GDAL opens along with rasters; each folder is scanned once."""

    def __init__(self) -> None:
        self._odd: dict[Path, tuple[str, ...]] = {}

    def endless(self, path: str) -> str | None:
        """Return a pipe or device that GDAL would open along with a local file, or None."""
        file = Path(path)
        if file.parent not in self._odd:
            self._odd[file.parent] = tuple(_special_files(file.parent))
        for odd in self._odd[file.parent]:
            if odd != path and _is_side_file_of(Path(odd).name.lower(), file.stem.lower()):
                return odd
        return next(filter(is_endless, (*_overviews(path), *external_files(path))), None)


def _is_side_file_of(name: str, stem: str) -> bool:
    """Return whether a file has a raster's name, up to a first word (IMG_x.tif and DIM_x.xml)."""
    if name.endswith(_NO_SIDE):
        return False
    bare, rest = name.partition("_")[2], stem.partition("_")[2]
    pairs = ((name, stem), (bare, rest), (bare, stem), (name, rest))
    return any(s and n.startswith(s) and not n[len(s) :][:1].isalnum() for n, s in pairs)


def _special_files(folder: Path) -> Iterator[str]:
    """Yield the pipes and devices in a folder, including links to them."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_regular = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
            # Checking the type of an entry is free unless it is a link.
            if not is_regular and _is_endless(entry.path):
                yield entry.path


def _overviews(path: str) -> list[str]:
    """Return the overview files named in a raster's side file (.aux.xml)."""
    with suppress(OSError, ValueError):
        side = Path(f"{path}.aux.xml")
        if side.stat().st_size > _MAX_SIDE_FILE_BYTES:
            raise SceneError(
                Message(
                    "{} is not a list of statistics: it has {} MB.", side, side.stat().st_size >> 20
                ),
                Message("Remove it: GDAL reads it together with the raster."),
                problem="statistics-too-large",
            )
        text = html.unescape(side.read_text(encoding="utf-8", errors="replace"))
        return [
            target for name in _OVERVIEWS.findall(text) for target in overview_paths(path, name)
        ]
    return []


def overview_paths(path: str, name: str) -> tuple[str, str]:
    """Return the paths that GDAL may open for `OVERVIEW_FILE` in a file's tags."""
    name = name.strip().removeprefix(":::BASE:::")
    return name, str(Path(path).parent / name)


def is_zarr(path: str) -> bool:
    """Return whether a folder is a Zarr store or an array in one."""
    marks = (".zgroup", ".zarray", ".zmetadata", "zarr.json")
    return any(exists(f"{path}/{name}") for name in marks)


def _endless_inside(path: str) -> str | None:
    """Return a pipe or device among the chunks of a Zarr store, None for other folders."""
    if not (is_folder(path) and is_zarr(path)):
        return None
    folders = (Path(folder) for folder, _, _ in os.walk(path))
    return next((odd for folder in folders for odd in _special_files(folder)), None)


def local_paths(name: str) -> Iterator[str]:
    """Yield the paths on this computer that a GDAL name may lead to.

    `NETCDF:"/data/a.nc":VV`, `/vsizip//data/a.zip/b.tif`, `vrt:///data/a.tif?bands=1` each name
    files in a different way. So every part that may be a path is yielded; most do not exist.
    """
    yield name
    if _kind(name) or not _is_gdals(name):
        return
    for text in dict.fromkeys((name, unquote(name))):
        separators = [match.start() for match in _PARTS.finditer(text)][:_MAX_SEPARATORS]
        starts = dict.fromkeys((0, *(place + 1 for place in separators), *separators))
        for start in starts:
            for end in (*(place for place in separators if place > start), len(text)):
                yield text[start:end]


def _is_gdals(name: str) -> bool:
    """Return whether a name may lead to a local file other than as its path."""
    if re.match(r"(?:/vsi(?:curl|s3|gs|az|oss|swift)|https?:|s3:|gs:|az:)", name):
        return "file:" in unquote(name)
    return name.startswith("/vsi") or bool(_PARTS.search(name))


def exists(path: str) -> bool:
    """Return whether a path exists; unlike pathlib's, it accepts names of any length."""
    return _kind(path) != 0


def is_folder(path: str) -> bool:
    """Return whether a path of any length is a folder."""
    return _kind(path) == stat.S_IFDIR


def is_link(path: str) -> bool:
    """Return whether a path of any length is a symbolic link."""
    return _kind(path, follow=False) == stat.S_IFLNK


def size(path: str) -> int:
    """Return the size of a file in bytes, 0 if it does not exist."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _is_endless(path: str) -> bool:
    """Return whether a local path is neither a file on a disk nor a folder."""
    if os.name == "nt" and _is_windows_device(path):
        return True
    kind = _kind(path)
    if kind != stat.S_IFREG:
        return kind not in (stat.S_IFDIR, 0)
    return os.path.realpath(path).startswith(_SYSTEM)


def _is_windows_device(path: str) -> bool:
    r"""Return whether Windows treats a name as a device (`CON`, `\\\\.\\pipe\\x`)."""
    lowered = path.replace("/", "\\").lower()
    return lowered.startswith(("\\\\.\\", "\\\\?\\pipe")) or PureWindowsPath(path).is_reserved()


def _kind(path: str, *, follow: bool = True) -> int:
    """Return the `stat.S_IF…` of a local path; 0 if it does not exist."""
    try:
        return stat.S_IFMT(os.stat(path, follow_symlinks=follow).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return 0


def file_name(path: str) -> str:
    """Return the last part of a path, as a file's name for messages."""
    if layer := layer_of(path):
        return f"{file_name(layer[0])}:{layer[1]}"
    return PurePosixPath(address_path(path).replace(_BACK, "/")).name or redacted(path)


def layer_of(path: str) -> tuple[str, str] | None:
    """Return container and layer of a GDAL name like `NETCDF:"FILE":LAYER`, else None."""
    match = _LAYER.fullmatch(path)
    return (match.group(1), match.group(2)) if match else None


def product_folder(path: str) -> str:
    """Return the nearest parent folder or archive named like a Sentinel-1 product, or "".

    Files from Planetary Computer and Copernicus have short names; their folders tell the rest.
    """
    layer = layer_of(path)
    parents = PurePosixPath(address_path(layer[0] if layer else path).replace(_BACK, "/")).parts[
        :-1
    ]
    return next(
        (part for part in reversed(parents) if re.search(r"S1[A-D]_|Sentinel-1_", part)), ""
    )


def is_remote(path: str) -> bool:
    """Return whether GDAL would open something other than a file or folder on this computer."""
    return path.startswith("/vsi") or "://" in path


def resolve_files(path: str) -> tuple[str, ...]:
    """Return the raster files for a path.

    For a file, this is the file itself; for a folder or zip archive, its VV and its VH file, or its
    only raster; for SNAP's `.dim`, the same of its `.data` folder.

    Raises:
        SceneError: For a raw Sentinel-1 product, for a folder or archive without exactly one VV
            and one VH file or one raster, and for a path that is not a file.
    """
    require_reachable(path)
    local = Path(path)
    if not is_remote(path) and local.suffix.lower() == ".dim" and exists(path):
        return resolve_files(_data_folder(local))
    if not is_remote(path) and is_folder(path) and is_zarr(path):
        return (path,)
    if not is_remote(path) and (is_folder(path) or zipfile.is_zipfile(path)):
        names = _names_in(local)
    elif local.name == "manifest.safe" or local.suffix.upper() == ".SAFE":
        names = ["manifest.safe"]
    else:
        return (path,)
    name = local.parent.name if local.name == "manifest.safe" else local.name or path
    if any(PurePosixPath(member).name == "manifest.safe" for member in names):
        raise raw_product_error(name)
    chosen, by_pol = _chosen([member for member in names if _is_backscatter(member)])
    if chosen:
        return tuple(f"{gdal_prefix(local)}/{member}" for member in chosen)
    if PurePosixPath(name).suffix.upper() == ".SAFE":
        raise raw_product_error(name)
    kind = Message("folder" if local.is_dir() else "zip archive")
    raise SceneError(
        Message(
            "{} is a {} with {} VV and {} VH files.",
            name,
            kind,
            len(by_pol["VV"]),
            len(by_pol["VH"]),
        ),
        Message("Give the VV file and the VH file of one scene."),
        problem="product-file-count",
    )


def _data_folder(header: Path) -> str:
    """Return the folder with the bands of SNAP's BEAM-DIMAP, which `header` lists."""
    folder = header.with_suffix(".data")
    if not is_folder(str(folder)):
        raise SceneError(
            Message(
                "{} is SNAP's list of files (BEAM-DIMAP), not a raster, and the folder "
                "{} with the bands is not beside it.",
                header.name,
                folder.name,
            ),
            Message("Put that folder beside it, or export the product as GeoTIFF."),
            problem="dimap-folder-missing",
        )
    return str(folder)


def _chosen(rasters: list[str]) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """Return the VV and VH rasters, or the only one; and all that are VV or VH."""
    by_pol: dict[str, list[str]] = {"VV": [], "VH": []}
    for name in rasters:
        pol = metadata.polarisation(PurePosixPath(name).stem)
        if pol in by_pol:
            by_pol[pol].append(name)
    for endings in RASTERS:
        pair = [[name for name in by_pol[p] if _ending(name) in endings] for p in ("VV", "VH")]
        if all(len(names) == 1 for names in pair):
            return (pair[0][0], pair[1][0]), by_pol
    return (tuple(rasters) if len(rasters) == 1 else ()), by_pol


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_backscatter(name: str) -> bool:
    """Return whether a file in a folder or archive may be backscatter, by its name."""
    path = PurePosixPath(name)
    if path.name.startswith(".") or "__MACOSX" in path.parts or name.endswith("/"):
        return False
    raster = any(_ending(name) in endings for endings in RASTERS)
    return (
        raster and side_file_kind(path.name) is None and not metadata.is_another_quantity(path.stem)
    )


def gdal_prefix(path: Path) -> str:
    """Return the prefix of GDAL's names of the files in a folder or archive."""
    if path.is_dir():
        return str(path)
    archive = path.resolve().as_posix()
    # GDAL recognises an archive by its extension, or by braces around it.
    return f"/vsizip/{archive}" if path.suffix.lower() == ".zip" else f"/vsizip/{{{archive}}}"


def _names_in(path: Path) -> list[str]:
    if path.is_dir():
        return sorted(entry.name for entry in path.iterdir() if not entry.is_dir())
    return names_in_archive(path)


def names_in_archive(path: Path) -> list[str]:
    """Return the names of the members of a zip archive.

    Raises:
        SceneError: If it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise SceneError(
            Message("{} is a damaged zip archive.", path.name),
            Message("Copy or download it again."),
            problem="zip-damaged",
        ) from error


def side_file_kind(name: str) -> str | None:
    """Return the kind of a side file in a producer's backscatter product, or None."""
    stem = re.sub(r"\.\w{2,4}$", "", name)
    return next((what for pattern, what in _SIDE if pattern.search(stem)), None)


def refuse_side_file(name: str) -> None:
    """Refuse a side file of a backscatter product.

    Raises:
        SceneError: For a mask, an angle, a picture.
    """
    if what := side_file_kind(name):
        raise SceneError(
            Message("{} is {}, not backscatter.", name, what),
            Message("Give the files of the same product that end in _VV and _VH."),
            problem="product-part-not-backscatter",
        )


def raw_product_error(name: str, geometry: str = Message("in radar geometry")) -> SceneError:
    """Return the error for a product as ESA delivers it: its type, and the remedy."""
    match = _RAW.search(name)
    kind = match.group("type").upper()[:3] if match else ""
    what = Message("a raw Sentinel-1 product")
    if kind:
        what = Message("a raw Sentinel-1 {} product", kind)
    if kind == "SLC":
        return SceneError(
            Message("{} is {}: complex values {}, not calibrated.", name, what, geometry),
            join(
                (
                    Message(
                        "Use the GRD product of the same time, or have it made into RTC, for "
                        "example by ASF HyP3."
                    ),
                    CALIBRATE,
                )
            ),
            problem="product-complex",
        )
    return SceneError(
        Message(
            "{} is {}: digital numbers {}, neither calibrated nor placed on the ground.",
            name,
            what,
            geometry,
        ),
        CALIBRATE,
        problem="product-not-calibrated",
    )


def is_raw(path: str) -> bool:
    """Return whether a file or its folder is named like a measurement of a raw product."""
    return bool(_RAW.search(file_name(path)) or _RAW.search(product_folder(path)))
