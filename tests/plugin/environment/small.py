"""A small world to make environments in: tiny wheels, an index on 127.0.0.1, the real uv."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gac_qgis_plugin.environment import build
from gac_qgis_plugin.environment.plan import Plan, tools_folder
from gac_qgis_plugin.environment.requirements import normalised

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_PYTHON = Path("/usr/bin/python3")
TEXT = "version = {version!r}\n"


def find_uv() -> Path | None:
    """The uv that `make env` fetched, or the one on the PATH."""
    beside = (ROOT / ".venv").resolve().parent / ".env" / "uv" / "bin" / "uv"
    path = shutil.which("uv")
    return next((p for p in (beside, Path(path or "/none")) if p.is_file()), None)


def version_of(uv: Path) -> str:
    return subprocess.run([uv, "--version"], capture_output=True, text=True).stdout.split()[1]


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """Writes a wheel of some files, its record among them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    info = "-".join(path.name.split("-")[:2]) + ".dist-info"
    lines = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for inside, data in files.items():
            file.writestr(inside, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
            lines.append(f"{inside},sha256={digest.decode()},{len(data)}")
        file.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,"]) + "\n")
    return path


def wheel(
    folder: Path,
    name: str,
    version: str,
    filler: int = 0,
    *,
    tag: str = "py3-none-any",
    code: str = "",
    needs: tuple[str, ...] = (),
) -> Path:
    """Writes a wheel that holds one package with one module, and `filler` bytes of nothing."""
    info = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    return archive(
        folder / f"{name}-{version}-{tag}.whl",
        {
            f"{name}/__init__.py": (TEXT.format(version=version) + code).encode(),
            f"{name}/data.bin": os.urandom(filler),
            f"{info}/METADATA": ("\n".join(metadata) + "\n").encode(),
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n".encode(),
        },
    )


def uv_wheel(folder: Path, uv: Path, platform: str = "manylinux_2_17_x86_64") -> Path:
    """Writes a wheel like uv's own, with the program of this machine."""
    version = version_of(uv)
    info = f"uv-{version}.dist-info"
    return archive(
        folder / f"uv-{version}-py3-none-{platform}.whl",
        {
            f"uv-{version}.data/scripts/uv": uv.read_bytes(),
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: uv\nVersion: {version}\n".encode(),
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nTag: py3-none-{platform}\n".encode(),
        },
    )


def entry(path: Path, marker: str = "") -> str:
    """A wheel's entry in a resolved file."""
    name, version = path.name.split("-")[:2]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={version}{marker} \\\n    --hash=sha256:{digest}"


class Index:
    """A package index over HTTP: /FOLDER/NAME/ lists the files of a folder.

    Attributes:
        asked: Paths of all files that were fetched.
        heads: Headers of all requests.
        faulty: Path's ending by what is sent in its place: bytes, or a status.
    """

    def __init__(self, root: Path) -> None:
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.faulty: dict[str, bytes | int] = {}
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                index.answer(self, root)

            do_HEAD = do_GET  # noqa: N815

            def handle(self) -> None:
                with suppress(ConnectionError):  # uv breaks off what it needs no more
                    super().handle()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, request: http.server.BaseHTTPRequestHandler, root: Path) -> None:
        self.heads.append({"path": request.path, **dict(request.headers)})
        path = root / unquote(request.path).strip("/")
        fault = next((v for k, v in self.faulty.items() if request.path.endswith(k)), None)
        data, status = b"", 404
        if isinstance(fault, int):
            status = fault
        elif path.is_file():
            self.asked.append(path.name)
            data, status = fault if fault is not None else path.read_bytes(), 200
        elif path.parent.is_dir():
            files = [
                each
                for each in sorted(path.parent.glob("*-*"))
                if each.is_file() and normalised(each.name.split("-")[0]) == normalised(path.name)
            ]
            links = []
            for each in files:
                digest = hashlib.sha256(each.read_bytes()).hexdigest()
                name = each.name.replace("+", "%2B")
                links.append(f'<a href="../{name}#sha256={digest}">{each.name}</a>')
            data, status = "\n".join(links).encode(), 200 if files else 404
        request.send_response(status)
        request.send_header("Content-Type", "text/html")
        # A fault of fewer bytes than announced is a broken connection.
        length = path.stat().st_size if isinstance(fault, bytes) and path.is_file() else len(data)
        request.send_header("Content-Length", str(length))
        if len(data) < length:
            request.send_header("Connection", "close")
            request.close_connection = True
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(data)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class World:
    """Resolved files and the wheels that they name.

    Attributes:
        home: Where the environment goes.
        wheels: The folder with all the wheels of the resolved file, and uv's.
        requirements: That file.
        told: Progress so far.
    """

    def __init__(self, root: Path, minor: int, uv: Path) -> None:
        self.root = root
        self.home = root / "env ü"
        self.wheels = root / "wheels"
        self.files = root / "requirements"
        self.files.mkdir()
        self.requirements = self.files / f"worker-py3{minor}.txt"
        self.uv = uv
        self.told: list[tuple[float, str]] = []
        paths = [wheel(self.wheels, name, "1.0") for name in ("aaa", "bbb", "ccc_c")]
        never = entry(wheel(root / "never", "zzz", "1.0"), " ; sys_platform == 'win32'")
        self.write([entry(path) for path in paths] + [never])
        zeros = f"uv=={version_of(uv)} \\\n    --hash=sha256:{'0' * 64}\n"
        (self.files / "bootstrap.txt").write_text(zeros)
        self.place_uv()

    def place_uv(self) -> None:
        """Puts uv where a build before has left it."""
        tools_folder(self.home).mkdir(parents=True, exist_ok=True)
        (tools_folder(self.home) / "uv").symlink_to(self.uv)

    def write(self, entries: list[str]) -> None:
        self.requirements.write_text("\n".join(entries) + "\n", encoding="utf-8")

    def measure(self, sizes: dict[str, tuple[int, int]]) -> None:
        """Writes the packages' sizes: bytes to fetch and installed."""
        name = self.requirements.stem.replace("worker", "sizes")
        (self.files / f"{name}.json").write_text(json.dumps(sizes))

    def plan(self, **changes: Any) -> Plan:
        fixed: dict[str, Any] = {
            "home": self.home,
            "requirements": self.files,
            "variables": {"PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": os.devnull},
            "self_test": ("-c", "import aaa, bbb, ccc_c"),
            "wheels": self.wheels,
        }
        return Plan(**{**fixed, **changes})

    def online(self, index: Index, **variables: str) -> dict[str, Any]:
        """The changes of a plan that takes packages from an index."""
        given = {"UV_DEFAULT_INDEX": f"{index.address}/index", "UV_HTTP_RETRIES": "0"}
        return {"wheels": None, "variables": {**self.plan().variables, **given, **variables}}

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
        return sorted(path.name for path in self.site.glob("*.dist-info"))


def system_minor() -> int:
    """The minor version of the system's Python."""
    code = "import sys; print(sys.version_info[1])"
    done = subprocess.run([SYSTEM_PYTHON, "-c", code], capture_output=True, text=True)
    return int(done.stdout or sys.version_info[1])
