"""What a path is before it is opened: a raw product, a side file, a folder or archive of bands."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from gac_core.errors import SceneError
from gac_core.redaction import plain, redacted
from gac_core.scene import names
from gac_core.scene.reach import is_folder, require_reachable

GEOCODE = (
    "Terrain-correct it first, for example with SNAP (Range-Doppler Terrain Correction) or with "
    "ASF HyP3's RTC."
)
CALIBRATE = (
    "Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP (Calibration, "
    "then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, and use the result."
)

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


def public(path: str) -> str:
    """A path without secrets and without what follows `?` in an address."""
    return plain(path)


def file_name(path: str) -> str:
    """The last part of a path, to call a file in messages."""
    return PurePosixPath(public(path).replace("\\", "/")).name or redacted(path)


def product_folder(path: str) -> str:
    """The nearest folder or archive above a file that bears a Sentinel-1 product's name, or "".

    Planetary Computer's and Copernicus files have short names in folders that tell the rest.
    """
    parents = PurePosixPath(public(path).replace("\\", "/")).parts[:-1]
    return next(
        (part for part in reversed(parents) if re.search(r"S1[A-D]_|Sentinel-1_", part)), ""
    )


def is_remote(path: str) -> bool:
    """Whether GDAL is asked for something else than a file or folder of this computer."""
    return path.startswith("/vsi") or "://" in path


def members(path: str) -> tuple[str, ...]:
    """The files that a path stands for: itself, or VV and VH of a folder or zip archive.

    Raises:
        SceneError: For a raw Sentinel-1 product, for a folder or archive that does not hold one
            VV and one VH file, and for what is no file at all.
    """
    require_reachable(path)
    local = Path(path)
    if not is_remote(path) and (is_folder(path) or zipfile.is_zipfile(path)):
        inside = _names_in(local)
    elif local.name == "manifest.safe" or local.suffix.upper() == ".SAFE":
        inside = ["manifest.safe"]
    else:
        return (path,)
    name = local.parent.name if local.name == "manifest.safe" else local.name or path
    if any(PurePosixPath(one).name == "manifest.safe" for one in inside):
        raise raw_product(name)
    rasters = [one for one in inside if PurePosixPath(one).suffix.lower() in (".tif", ".tiff")]
    found = {}
    for pol in ("VV", "VH"):
        matching = [r for r in rasters if names.polarisation(PurePosixPath(r).stem) == pol]
        found[pol] = [r for r in matching if side_file(PurePosixPath(r).name) is None]
    if all(len(matching) == 1 for matching in found.values()):
        start = path if local.is_dir() else f"/vsizip/{local.resolve().as_posix()}"
        return tuple(f"{start}/{found[pol][0]}" for pol in ("VV", "VH"))
    if PurePosixPath(name).suffix.upper() == ".SAFE":
        raise raw_product(name)
    kind = "folder" if local.is_dir() else "zip archive"
    raise SceneError(
        f"{name} is a {kind} with {len(found['VV'])} VV and {len(found['VH'])} VH files.",
        "Give the VV file and the VH file of one scene.",
    )


def _names_in(path: Path) -> list[str]:
    if path.is_dir():
        return sorted(one.name for one in path.iterdir())
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


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
