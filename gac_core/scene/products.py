"""Paths before they are opened: raw products, side files, folders and archives of bands."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from gac_core.contract.errors import SceneError
from gac_core.contract.redaction import plain, redacted
from gac_core.scene import names
from gac_core.scene.reach import exists, is_folder, is_zarr, require_reachable

GEOCODE = (
    "Terrain-correct it first, for example with SNAP (Range-Doppler Terrain Correction) or with "
    "ASF HyP3's RTC."
)
CALIBRATE = (
    "Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP (Calibration, "
    "then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, and use the result."
)

RASTERS = ((".tif", ".tiff"), (".img",), (".vrt",), (".jp2",))
"""Endings of the rasters in a folder or archive, the likeliest first."""

_BACK = "\\"
_LAYER = re.compile(r"(?:netcdf|zarr|hdf5):\"?([^\"]+?)\"?:/?([\w/]+)", re.IGNORECASE)
"""GDAL's name of a layer in a container: the container, the layer."""

_RAW = re.compile(
    r"(?<![a-z0-9])s1[a-d][-_](?P<mode>iw\d?|ew\d?|s\d|wv\d?)[-_](?P<type>grd[fhm]?|slc|raw|ocn)",
    re.IGNORECASE,
)
_PRODUCER = r"(?:_RTC\d+_[A-Z]_\w{6}_|OPERA_L2_RTC|^s1[a-d]_\d\d[a-z]{3}_)"
_SIDE = (
    (re.compile(rf"{_PRODUCER}.*_rgb$", re.IGNORECASE), "a colour picture"),
    (re.compile(rf"{_PRODUCER}.*_dem$", re.IGNORECASE), "a terrain model"),
    (
        re.compile(rf"{_PRODUCER}.*_(?:inc_map(?:_ell)?|\w*incidence_angle)$", re.IGNORECASE),
        "a map of the incidence angle",
    ),
    (re.compile(rf"{_PRODUCER}.*_ls_map$", re.IGNORECASE), "a map of layover and shadow"),
    (re.compile(rf"{_PRODUCER}.*_area$", re.IGNORECASE), "a map of the scattering area"),
    (re.compile(rf"{_PRODUCER}.*_(?:WM|HAND)$", re.IGNORECASE), "a water map"),
    (re.compile(rf"{_PRODUCER}.*_(?:border)?mask$", re.IGNORECASE), "a mask"),
    (
        re.compile(rf"{_PRODUCER}.*_(?:number_of_looks|rtc_anf_\w+)$", re.IGNORECASE),
        "a layer of radar geometry",
    ),
    (re.compile(r"OPERA_L2_RTC-S1-STATIC", re.IGNORECASE), "a layer of radar geometry"),
    (re.compile(r"^(?:sin_LIA|LIA|IA|GAMMA_AREA)_", re.IGNORECASE), "a layer of radar geometry"),
)


def file_name(path: str) -> str:
    """The last part of a path, to call a file in messages."""
    if layer := layer_of(path):
        return f"{file_name(layer[0])}:{layer[1]}"
    return PurePosixPath(plain(path).replace(_BACK, "/")).name or redacted(path)


def layer_of(path: str) -> tuple[str, str] | None:
    """Return container and layer of GDAL's name `NETCDF:"FILE":LAYER` and its like, else None."""
    match = _LAYER.fullmatch(path)
    return (match.group(1), match.group(2)) if match else None


def product_folder(path: str) -> str:
    """The nearest folder or archive above a file that bears a Sentinel-1 product's name, or "".

    Planetary Computer's and Copernicus files have short names in folders that tell the rest.
    """
    layer = layer_of(path)
    parents = PurePosixPath(plain(layer[0] if layer else path).replace(_BACK, "/")).parts[:-1]
    return next(
        (part for part in reversed(parents) if re.search(r"S1[A-D]_|Sentinel-1_", part)), ""
    )


def is_remote(path: str) -> bool:
    """Whether GDAL is asked for something else than a file or folder of this computer."""
    return path.startswith("/vsi") or "://" in path


def members(path: str) -> tuple[str, ...]:
    """Return the files that a path stands for.

    These are itself; of a folder or zip archive its VV and its VH file, or its only raster; the
    same of the `.data` folder that belongs to SNAP's `.dim`.

    Raises:
        SceneError: For a raw Sentinel-1 product, for a folder or archive that does not hold one
            VV and one VH file or one raster, and for what is no file at all.
    """
    require_reachable(path)
    local = Path(path)
    if not is_remote(path) and local.suffix.lower() == ".dim" and exists(path):
        return members(_data_folder(local))
    if not is_remote(path) and is_folder(path) and is_zarr(path):
        return (path,)
    if not is_remote(path) and (is_folder(path) or zipfile.is_zipfile(path)):
        inside = _names_in(local)
    elif local.name == "manifest.safe" or local.suffix.upper() == ".SAFE":
        inside = ["manifest.safe"]
    else:
        return (path,)
    name = local.parent.name if local.name == "manifest.safe" else local.name or path
    if any(PurePosixPath(one).name == "manifest.safe" for one in inside):
        raise raw_product(name)
    chosen, found = _chosen([one for one in inside if _is_backscatter(one)])
    if chosen:
        return tuple(f"{_start(local)}/{one}" for one in chosen)
    if PurePosixPath(name).suffix.upper() == ".SAFE":
        raise raw_product(name)
    kind = "folder" if local.is_dir() else "zip archive"
    raise SceneError(
        f"{name} is a {kind} with {len(found['VV'])} VV and {len(found['VH'])} VH files.",
        "Give the VV file and the VH file of one scene.",
    )


def _data_folder(header: Path) -> str:
    """The folder with the bands of SNAP's BEAM-DIMAP, whose list of them is the header."""
    folder = header.with_suffix(".data")
    if not is_folder(str(folder)):
        raise SceneError(
            f"{header.name} is SNAP's list of files (BEAM-DIMAP), not a raster, and the folder "
            f"{folder.name} with the bands is not beside it.",
            "Put that folder beside it, or export the product as GeoTIFF.",
        )
    return str(folder)


def _chosen(rasters: list[str]) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """Of rasters VV and VH, or the only one; and all that are VV or VH."""
    found: dict[str, list[str]] = {"VV": [], "VH": []}
    for one in rasters:
        pol = names.polarisation(PurePosixPath(one).stem)
        if pol in found:
            found[pol].append(one)
    for endings in RASTERS:
        pair = [[one for one in found[p] if _ending(one) in endings] for p in ("VV", "VH")]
        if all(len(ones) == 1 for ones in pair):
            return (pair[0][0], pair[1][0]), found
    return (tuple(rasters) if len(rasters) == 1 else ()), found


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_backscatter(name: str) -> bool:
    """Whether a file in a folder or archive may be what was measured, by its name."""
    path = PurePosixPath(name)
    if path.name.startswith(".") or "__MACOSX" in path.parts or name.endswith("/"):
        return False
    raster = any(_ending(name) in endings for endings in RASTERS)
    return raster and side_file(path.name) is None and not names.is_another_quantity(path.stem)


def _start(path: Path) -> str:
    """What GDAL's names of the files in a folder or archive begin with."""
    if path.is_dir():
        return str(path)
    archive = path.resolve().as_posix()
    # GDAL knows an archive by its ending, or by brackets round it.
    return f"/vsizip/{archive}" if path.suffix.lower() == ".zip" else f"/vsizip/{{{archive}}}"


def _names_in(path: Path) -> list[str]:
    if path.is_dir():
        return sorted(one.name for one in path.iterdir() if not one.is_dir())
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise SceneError(
            f"{path.name} is a damaged zip archive.", "Copy or download it again."
        ) from error


def side_file(name: str) -> str | None:
    """What a file that comes along with a producer's backscatter is, or None."""
    stem = re.sub(r"\.\w{2,4}$", "", name)
    return next((what for pattern, what in _SIDE if pattern.search(stem)), None)


def refuse_side_file(name: str) -> None:
    """Refuses what lies beside the backscatter in a product.

    Raises:
        SceneError: For a mask, an angle, a picture.
    """
    if what := side_file(name):
        raise SceneError(
            f"{name} is {what}, not backscatter.",
            "Give the files of the same product that end in _VV and _VH.",
        )


def raw_product(name: str, geometry: str = "in radar geometry") -> SceneError:
    """The refusal of a product as ESA delivers it: what it is, and what to do."""
    match = _RAW.search(name)
    kind = match.group("type").upper()[:3] if match else ""
    what = f"a raw Sentinel-1 {kind} product".replace("  ", " ")
    if kind == "SLC":
        return SceneError(
            f"{name} is {what}: complex values {geometry}, not calibrated.",
            "Use the GRD product of the same time, or have it made into RTC, for example by ASF "
            "HyP3. " + CALIBRATE,
        )
    return SceneError(
        f"{name} is {what}: digital numbers {geometry}, neither calibrated nor placed on the "
        "ground.",
        CALIBRATE,
    )


def is_raw(path: str) -> bool:
    """Whether a path names a measurement file of a raw product, or its folder does."""
    return bool(_RAW.search(file_name(path)) or _RAW.search(product_folder(path)))
