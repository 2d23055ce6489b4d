r"""Package sizes for the plugin's estimate: download and installed bytes, by name.

    python3.12 -m pip download --no-deps --require-hashes --dest FOLDER \
        --requirement requirements/worker-py312.txt
    python scripts/package_sizes.py FOLDER > requirements/sizes-py312.json

Each Python has a file of its own: versions and compiled packages differ.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path


def measure(path: Path) -> tuple[str, tuple[int, int]]:
    """Return a package's name and its two sizes."""
    if path.suffix == ".whl":
        name = path.name.split("-")[0]
        with zipfile.ZipFile(path) as wheel:
            installed = sum(item.file_size for item in wheel.infolist())
    else:
        name = path.name.rpartition("-")[0]
        with tarfile.open(path) as archive:
            installed = sum(item.size for item in archive.getmembers())
    return re.sub(r"[-_.]+", "-", name).lower(), (path.stat().st_size, installed)


def main() -> int:
    """Print the sizes of the packages in a folder as JSON.

    Returns:
        The exit status.
    """
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    files = [p for p in sorted(Path(sys.argv[1]).iterdir()) if p.suffix in (".whl", ".gz")]
    entries = [f"{json.dumps(name)}: {json.dumps(pair)}" for name, pair in map(measure, files)]
    print("{\n" + ",\n".join(entries) + "\n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
