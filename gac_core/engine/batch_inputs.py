"""Inputs of a batch: files, folders, patterns, lists and STAC items, resolved to scenes."""

from __future__ import annotations

import glob
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname, urlopen

from gac_core.bundles.library import Library
from gac_core.contract.batch_request import BatchRequest
from gac_core.contract.errors import GacError, RequestError, SceneError
from gac_core.contract.message import Message
from gac_core.contract.redaction import address_path, redacted
from gac_core.contract.request import RunRequest
from gac_core.engine.batch_folder import prepare_batch_folder
from gac_core.io import is_file, open_regular
from gac_core.scene import metadata, open_radar, requested_area
from gac_core.scene.paths import (
    exists,
    file_name,
    is_folder,
    is_remote,
    is_zarr,
    product_folder,
    resolve_files,
    side_file_kind,
)

RASTERS = (".tif", ".tiff", ".vrt", ".zip", ".nc", ".img")
"""Suffixes of the files taken from a folder. SNAP's `.data` folder is a scene itself."""
STAC_SUFFIXES = (".json", ".geojson")
MAX_LIST_BYTES = 64 << 20
"""Maximum bytes of a list or of STAC items: those of 30,000 scenes take 25 MB."""
MAX_SECONDS = 60.0
"""Maximum seconds in which a server must have sent them."""
MAX_NAME_BYTES = 200
"""Maximum bytes of a scene's name, which names its folder: file systems allow 255."""


@dataclass(frozen=True)
class SceneFiles:
    """Scene of a batch.

    Attributes:
        name: Name of its folder.
        sar: Path of its file, or those of VV and VH.
    """

    name: str
    sar: tuple[str, ...]


def find_scenes(inputs: Sequence[str]) -> list[SceneFiles]:
    """Return the scenes of a batch's inputs, each once.

    Args:
        inputs: See docs/scale.md.

    Raises:
        RequestError: If an input contains no scene.
        SceneError: If a list or STAC items cannot be read.
    """
    single: list[str] = []
    scenes: list[tuple[str, tuple[str, ...]]] = []
    for text in inputs:
        if PurePosixPath(address_path(text)).suffix.lower() in STAC_SUFFIXES:
            scenes += _items(text)
        elif Path(text).suffix.lower() == ".txt" and not is_remote(text):
            for files in _lines(Path(text)):
                if len(files) == 2:
                    scenes.append((_scene_name(files), files))
                else:
                    single += files
        else:
            single += _expanded(text)
    scenes += [(_scene_name(files), files) for files in _paired(single)]
    return list(_with_unique_names(scenes))


def _expanded(text: str) -> list[str]:
    """Return the files of a folder or pattern; for anything else, the path itself."""
    if is_remote(text):
        return [text]
    if not exists(text) and glob.has_magic(text):
        # Path.glob does not accept absolute patterns.
        matches = sorted(glob.glob(text, recursive=True))  # noqa: PTH207
        # SNAP's .dim header duplicates the .data folder beside it.
        headers = {f"{match.removesuffix('.data')}.dim" for match in matches if is_folder(match)}
        scenes = [m for m in matches if m not in headers and not m.endswith(".aux.xml")]
        return _some([path for match in scenes for path in _expanded(match)], text)
    if not is_folder(text):
        return [text]
    if is_zarr(text) or (Path(text).suffix.lower() == ".data" and _is_product(Path(text))):
        return [text]
    inside = sorted(Path(text).iterdir())
    rasters = [p for p in inside if p.suffix.lower() in RASTERS and not p.name.startswith(".")]
    files = [str(p) for p in rasters if p.is_file() and side_file_kind(p.name) is None]
    products = [str(p) for p in inside if p.is_dir() and _is_product(p)]
    if not files and not products and _is_product(Path(text)):
        return [text]
    return _some([*files, *products], text)


def _some(files: list[str], text: str) -> list[str]:
    if not files:
        raise RequestError(
            Message("{} holds no radar file.", text),
            Message("Name a folder or pattern with files that end in {}.", ", ".join(RASTERS)),
            problem="folder-without-radar",
        )
    return files


def _is_product(folder: Path) -> bool:
    """Return whether a folder is a scene: VV and VH, SNAP's `.data`, or a Zarr store."""
    try:
        return len(resolve_files(str(folder))) == 2 or is_zarr(str(folder))
    except (SceneError, OSError):
        return False


def _lines(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        lines = _content(str(path)).decode("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise SceneError(
            Message("The list {} cannot be read: {}.", path, _reason(error)),
            Message("Give a text file in UTF-8."),
            problem="scene-list-unreadable",
        ) from error
    for number, line in enumerate(lines, 1):
        files = tuple(part.strip() for part in line.split("\t") if part.strip())
        if not files or files[0].startswith("#"):
            continue
        if len(files) > 2:
            raise RequestError(
                Message("Line {} of {} names {} files.", number, path, len(files)),
                Message("A line is a scene: one file, or VV's and VH's with a tab between them."),
                problem="scene-list-line-wrong",
            )
        # Relative paths are relative to the list.
        yield tuple(f if is_remote(f) else str(path.parent / f) for f in files)


def _content(href: str) -> bytes:
    """Return the content of a list: of a regular file, or from a server.

    Raises:
        OSError: If it cannot be read, is larger than `MAX_LIST_BYTES`, or takes longer than
            `MAX_SECONDS`.
    """
    if href.lower().startswith("file:"):
        href = url2pathname(urlsplit(href).path)
    until = time.monotonic() + MAX_SECONDS
    with ExitStack() as stack:
        if not is_remote(href):
            read = stack.enter_context(open_regular(Path(href))).read
        elif urlsplit(href).scheme.lower() in ("http", "https"):
            answer = urlopen(href, timeout=MAX_SECONDS / 2)  # nosec B310
            read = stack.enter_context(answer).read1
        else:
            raise OSError(None, Message("only files, and addresses of http and https, are read"))
        content = bytearray()
        while piece := read(1 << 20):
            content += piece
            if len(content) > MAX_LIST_BYTES:
                raise OSError(None, Message("it is larger than {} MB", MAX_LIST_BYTES >> 20))
            if time.monotonic() > until:
                raise OSError(None, Message("it takes longer than {} seconds", f"{MAX_SECONDS:g}"))
    return bytes(content)


def _reason(error: Exception) -> object:
    if isinstance(error, RecursionError):
        return Message("it is nested too deep")
    return getattr(error, "strerror", None) or error


def _items(href: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and files of each STAC item."""
    import pystac

    try:
        values = json.loads(_content(href).decode("utf-8"))
        features = values.get("features", [values])
        items = [pystac.Item.from_dict(feature, preserve_dict=True) for feature in features]
    except Exception as error:
        raise SceneError(
            Message("{} cannot be read as STAC items: {}.", redacted(href), _reason(error)),
            Message("Give an Item or an ItemCollection."),
            problem="stac-unreadable",
        ) from error
    for item in items:
        assets = {key.lower(): asset for key, asset in item.assets.items()}
        if not {"vv", "vh"} <= assets.keys():
            raise RequestError(
                Message("The STAC item {} of {} has no assets vv and vh.", item.id, redacted(href)),
                Message(
                    "It has {}. Give items of Sentinel-1 GRD or RTC in dual polarisation.",
                    ", ".join(item.assets) or Message("nothing"),
                ),
                problem="stac-item-without-vv-vh",
            )
        start = item.get_self_href() or href
        # pystac resolves against the root if this path is relative.
        start = start if is_remote(start) else str(Path(start).absolute())
        sar = [_asset(assets[pol].href, start) for pol in ("vv", "vh")]
        yield item.id, tuple(sar)


def _asset(href: str, start: str) -> str:
    """Return the file that a STAC item at `start` references, by a URL (as in STAC) or a path."""
    from pystac.utils import make_absolute_href

    if href.lower().startswith("file:"):
        return url2pathname(urlsplit(href).path)
    if not (is_remote(href) or is_remote(start)):
        literal = Path(start).parent / href
        decoded = Path(start).parent / unquote(href)
        # pystac would cut a path at `#`.
        return str(decoded if is_file(decoded) and not is_file(literal) else literal)
    return str(make_absolute_href(href, start))


def _paired(files: Iterable[str]) -> list[tuple[str, ...]]:
    """Group files whose names differ only in VV and VH."""
    groups: dict[str, dict[str, str]] = {}
    for number, path in enumerate(dict.fromkeys(files)):
        pol = metadata.polarisation(PurePosixPath(file_name(path)).stem)
        key = metadata.without_polarisation(path) if pol in ("VV", "VH") else f"{number} {path}"
        groups.setdefault(key, {})[pol or ""] = path
    return [tuple(group[pol] for pol in sorted(group, reverse=True)) for group in groups.values()]


def _scene_name(files: tuple[str, ...]) -> str:
    """Return a scene's name, from its file; from its product folder if the file's name is short."""
    stem = metadata.without_polarisation(PurePosixPath(file_name(files[0])).stem).replace("*", "")
    return stem if len(stem) > 3 else product_folder(files[0]) or stem or "scene"


def _with_unique_names(found: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[SceneFiles]:
    names: set[str] = set()
    seen: set[tuple[str, ...]] = set()
    for name, sar in found:
        if sar in seen:
            continue
        seen.add(sar)
        base = re.sub(r"_{2,}", "_", re.sub(r"[^\w.-]+", "_", name)).strip("._-")
        # A STAC item's id may have any length.
        base = base.encode()[:MAX_NAME_BYTES].decode(errors="ignore") or "scene"
        unique, number = base, 2
        while unique.lower() in names:
            unique, number = f"{base}-{number}", number + 1
        names.add(unique.lower())
        yield SceneFiles(unique, sar)


def require_scene(request: BatchRequest) -> None:
    """Check that a batch has a scene that it can compute, and a usable output folder.

    Scenes are only checked up to the first valid one: the workers open the others and report
    failures. Nothing is checked for a scheduler: its workers have their own bundles and files.

    Raises:
        GacError: If a setting is invalid, no scene can be read, the bundle is not installed, or the
            folder holds foreign files.
    """
    if request.scheduler:
        return
    out, settings = Path(request.out), request.settings
    errors: list[GacError] = []
    for scene in find_scenes(request.inputs):
        run = RunRequest(scene.sar, out=str(out / scene.name), **settings)
        try:
            _open(run)
            break
        except GacError as error:
            errors.append(error)
    else:
        if len(errors) == 1:
            raise errors[0]
        if errors:
            first = errors[0]
            first.message = Message(
                "None of the {} scenes can be computed. {}", len(errors), first.message
            )
            raise first
    Library.default().require(str(settings.get("bundle") or "demo"))
    prepare_batch_folder(out, request.inputs, settings, request.block)


def _open(request: RunRequest) -> None:
    with open_radar(request) as scene:
        requested_area(scene, request)
