"""A small world to make environments in: tiny wheels, a requirements file, nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gac_qgis_plugin.environment import build
from gac_qgis_plugin.environment.plan import Plan, Sizes

SYSTEM_PYTHON = Path("/usr/bin/python3")
TEXT = "version = {version!r}\n"


def wheel(folder: Path, name: str, version: str, filler: int = 0) -> Path:
    """Writes a wheel that holds one package with one module, and `filler` bytes of nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": TEXT.format(version=version).encode(),
        f"{name}/data.bin": os.urandom(filler),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for inside, data in files.items():
            file.writestr(inside, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
            lines.append(f"{inside},sha256={digest.decode()},{len(data)}")
        file.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,"]) + "\n")
    return path


def entry(path: Path, marker: str = "") -> str:
    """A wheel's entry in a resolved file."""
    name, version = path.name.split("-")[:2]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={version}{marker} \\\n    --hash=sha256:{digest}"


class World:
    """A requirements file and the wheels that it names; two versions of one of them.

    Attributes:
        home: Where the environment goes.
        wheels: The folder with all the wheels of the first file.
        requirements: That file.
        told: Progress so far.
    """

    def __init__(self, root: Path, minor: int, bare: Path) -> None:
        self.root = root
        self.home = root / "env ü"
        self.wheels = root / "wheels"
        self.files = root / "requirements"
        self.files.mkdir()
        self.requirements = self.files / f"worker-py3{minor}.txt"
        self.version = (3, minor, 0)
        self.bare = bare
        self.told: list[tuple[float, str]] = []
        paths = [wheel(self.wheels, name, "1.0") for name in ("aaa", "bbb", "ccc_c")]
        never = entry(wheel(root / "never", "zzz", "1.0"), " ; python_version < '3'")
        self.write([entry(path) for path in paths] + [never])

    def write(self, entries: list[str]) -> None:
        self.requirements.write_text("\n".join(entries) + "\n", encoding="utf-8")

    def plan(self, **changes: Any) -> Plan:
        index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.root / "index")}
        fixed: dict[str, Any] = {
            "home": self.home,
            "python": SYSTEM_PYTHON,
            "version": self.version,
            "requirements": self.requirements,
            "variables": {"PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": os.devnull, **index},
            "sizes": Sizes({}),
            "self_test": ("-c", "import aaa, bbb, ccc_c"),
            "wheels": self.wheels,
        }
        return Plan(**{**fixed, **changes})

    def build(self, cancelled: Callable[[], bool] = lambda: False, **changes: Any) -> None:
        build.build(self.plan(**changes), self.tell, cancelled)

    def tell(self, percent: float, text: str) -> None:
        self.told.append((percent, text))

    def has_told(self, words: str) -> bool:
        return any(words in text for _, text in self.told)

    @property
    def site(self) -> Path:
        return next(self.home.glob("lib/python3.*/site-packages"))

    def version_of(self, name: str) -> str:
        values: dict[str, str] = {}
        exec((self.site / name / "__init__.py").read_text(), values)
        return values["version"]

    def names(self) -> list[str]:
        infos = (path.name for path in self.site.glob("*.dist-info"))
        return sorted(name for name in infos if not name.startswith(("pip-", "setuptools-")))
