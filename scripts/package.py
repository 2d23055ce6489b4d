"""Packaging of the plugin for QGIS: a folder, and a zip of it.

The folder holds the plugin, the engine, the resources, the user guide, the files for the worker's
environment, metadata.txt and LICENSE. The zip is reproducible: the same files give the same bytes.
"""

from __future__ import annotations

import configparser
import re
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "gac_qgis_plugin"
GUIDE = "docs/guide.md"
"""Guide opened by the Help buttons; its pictures are excluded to keep the zip small."""

MAX_ZIP_BYTES = 25_000_000
"""Size limit of the QGIS plugin repository."""

_UNWANTED = re.compile(r"(^|/)(__pycache__|\.[^/]*)(/|$)|\.(pyc|aux\.xml|orig|rej|part|tmp)$|~$")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class PackageError(Exception):
    """Error of a package that cannot be built correctly."""


def collect(root: Path) -> dict[str, Path]:
    """Return the files of the package.

    Args:
        root: The checkout.

    Returns:
        Source file by its path in the plugin's folder, sorted.
    """
    files = {name: root / name for name in ("metadata.txt", "LICENSE", GUIDE)}
    # Requirements of the worker's environment and of uv, without those for development.
    for pattern in ("worker-py3*.txt", "bootstrap.txt", "sizes-py3*.json"):
        for path in (root / "requirements").glob(pattern):
            files[f"requirements/{path.name}"] = path
    for top, prefix in ((NAME, ""), ("gac_core", "gac_core/"), ("resources", "resources/")):
        for path in (root / top).rglob("*"):
            inside = prefix + path.relative_to(root / top).as_posix()
            if path.is_file() and not _UNWANTED.search(inside):
                if inside in files:
                    raise PackageError(f"Both {files[inside]} and {path} want to be {inside}.")
                files[inside] = path
    return dict(sorted(files.items()))


def version(root: Path) -> str:
    """Return the plugin's version.

    Raises:
        PackageError: If metadata.txt and the engine disagree.
    """
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root / "metadata.txt", encoding="utf-8")
    plugin = metadata["general"]["version"]
    source = (root / "gac_core" / "contract" / "protocol.py").read_text(encoding="utf-8")
    engine = re.search(r'^VERSION: Final = "(.+)"$', source, re.MULTILINE)
    if engine is None or engine[1] != plugin:
        raise PackageError(f"metadata.txt says version {plugin}, gac_core says otherwise.")
    return plugin


def stage(files: dict[str, Path], folder: Path) -> None:
    """Copy the files to a fresh folder that QGIS can run the plugin from."""
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for inside, source in files.items():
        target = fresh / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def archive(folder: Path, path: Path) -> None:
    """Zip a staged folder, under its own name.

    Raises:
        PackageError: If the zip exceeds the plugin repository's limit.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for source in sorted(p for p in folder.rglob("*") if p.is_file()):
            inside = f"{folder.name}/{source.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(inside, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, source.read_bytes(), compresslevel=9)
    size = part.stat().st_size
    if size > MAX_ZIP_BYTES:
        part.unlink()
        raise PackageError(f"The zip has {size:,} bytes; {MAX_ZIP_BYTES:,} are accepted.")
    part.replace(path)


def main() -> int:
    """Build folder and zip; takes no arguments.

    Returns:
        The exit status.
    """
    try:
        folder = ROOT / "build" / "plugin" / NAME
        path = ROOT / "dist" / f"{NAME}-{version(ROOT)}.zip"
        stage(collect(ROOT), folder)
        archive(folder, path)
    except (PackageError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
