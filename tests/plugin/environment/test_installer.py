"""uv: where it comes from, the Python that it finds, the network on its way, its failures."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment import choices, installer, plan, state
from gac_qgis_plugin.environment import requirements as resolved
from gac_qgis_plugin.environment.installer import Site, explain
from gac_qgis_plugin.environment.plan import tools_folder, work_folder
from gac_qgis_plugin.environment.requirements import Requirement
from tests.plugin.environment.small import (
    SYSTEM_PYTHON,
    Index,
    World,
    entry,
    system_minor,
    uv_wheel,
    wheel,
)
from tests.problems import assert_problem, raises


@pytest.fixture
def bare(world: World) -> World:
    """A small world without uv."""
    shutil.rmtree(tools_folder(world.home))
    return world


def test_it_is_fetched_by_pip_and_checked(bare, index) -> None:
    uv = uv_wheel(bare.root / "index", bare.uv)
    (bare.files / "bootstrap.txt").write_text(entry(uv) + "\n")
    address = f"{index.address}/index"
    variables = {**bare.plan().variables, "PIP_INDEX_URL": address}
    bare.build(wheels=None, variables=variables)
    assert state.read_state(bare.home, files=bare.files).condition == state.READY
    assert uv.name in index.asked
    program = tools_folder(bare.home) / "uv"
    assert program.read_bytes() == bare.uv.read_bytes() and not program.is_symlink()


def test_a_uv_that_was_tampered_with_is_refused(bare, index) -> None:
    """By pip from an index, and by the plugin from a folder."""
    text = entry(uv_wheel(bare.root / "true", bare.uv))
    (bare.files / "bootstrap.txt").write_text(text + "\n")
    for folder in (bare.root / "index", bare.wheels):
        with uv_wheel(folder, bare.uv).open("ab") as file:
            file.write(b"evil")
    with raises(PluginError, "hash-differs"):
        bare.build(wheels=None, variables={
            **bare.plan().variables, "PIP_INDEX_URL": f"{index.address}/index"
        })  # fmt: skip
    with raises(PluginError, "uv-not-in-folder") as caught:
        bare.build()
    assert caught.value.remedy
    assert not (tools_folder(bare.home) / "uv").exists()


def test_the_one_on_the_path_is_taken_if_its_version_is_the_pinned_one(bare, index) -> None:
    folder = bare.root / "bin"
    folder.mkdir()
    (folder / "uv").symlink_to(bare.uv)
    path = f"{folder}:/usr/bin:/bin"
    bare.build(**bare.online(index, PATH=path))
    assert state.read_state(bare.home, files=bare.files).condition == state.READY
    assert not (tools_folder(bare.home) / "uv").exists()
    (folder / "uv").unlink()
    (folder / "uv").write_text("#!/bin/sh\necho uv 0.0.1\n")
    (folder / "uv").chmod(0o755)
    shutil.rmtree(bare.home)
    index.close()
    with raises(PluginError, "index-unreachable"):
        # pip asks the index that is closed, and not the one of whoever runs the tests.
        own = {"PIP_INDEX_URL": f"{index.address}/index", "PIP_RETRIES": "1", "PIP_TIMEOUT": "2"}
        bare.build(**bare.online(index, PATH=path, **own))


def test_without_any_pip_it_says_what_to_install(bare, monkeypatch) -> None:
    monkeypatch.setattr(installer, "_candidates", lambda: [])
    with raises(PluginError, "pip-missing") as caught:
        bare.build(wheels=None)
    assert "python3-pip" in caught.value.remedy


def test_a_python_is_found_and_the_best_tested_goes_first(world) -> None:
    site = Site(world.plan(), lambda: False)
    site.temporary.mkdir(parents=True)
    installer.prepare(site)
    path, minor = choices.find_python(site)
    assert path.is_file() and minor == system_minor()
    assert "shims" not in path.parts


def fake_python(folder: Path, minor: int, name: str = "") -> Path:
    """A program that says it is that Python, and answers uv's questions no more than that."""
    folder.mkdir(exist_ok=True)
    program = folder / (name or f"python3.{minor}")
    program.write_text(f"#!/bin/sh\necho CPython 3 {minor}\n")
    program.chmod(0o755)
    return program


def test_the_python_of_an_estimate_is_that_of_the_build(world, monkeypatch) -> None:
    monkeypatch.setattr(choices, "minors", lambda place=None: [system_minor(), 98, 99])
    variables = world.plan().variables
    assert choices.likely_minor(world.home, variables) == system_minor(), "as uv finds it"
    assert not work_folder(world.home).exists(), "nothing has begun"
    named = fake_python(world.root / "named", 98, "python")
    assert choices.likely_minor(world.home, variables, named) == 98
    odd = fake_python(world.root / "odd", 7, "python")
    assert choices.likely_minor(world.home, variables, odd) == system_minor()
    assert choices.likely_minor(world.home, variables, world.root / "none") == system_minor()


def test_without_uv_the_python_of_an_estimate_is_on_the_path(bare, monkeypatch) -> None:
    monkeypatch.setattr(choices, "minors", lambda place=None: [97, 98, 99])
    program = fake_python(bare.root / "bin", 99)
    fake_python(bare.root / "shims", 98)
    path = f"{bare.root / 'shims'}{os.pathsep}{program.parent}"
    assert choices.likely_minor(bare.home, {"PATH": path}) == 99
    assert choices.likely_minor(bare.home, {"PATH": str(bare.root)}) == 97, "which is fetched"


def test_a_named_python_is_taken_or_refused_with_the_reason(world, tmp_path) -> None:
    world.build(python=SYSTEM_PYTHON)
    now = state.read_state(world.home, files=world.files)
    assert now.marker is not None and now.marker.python == str(SYSTEM_PYTHON)
    for number, words in enumerate(("PyPy 3 11", "CPython 3 8", "CPython 2 7", "no Python", "")):
        program = tmp_path / f"python{number}"
        program.write_text(f"#!/bin/sh\necho '{words}'\n")
        program.chmod(0o755)
        shutil.rmtree(world.home, ignore_errors=True)
        with raises(PluginError, "python-not-suitable") as caught:
            world.build(python=program)
        assert f"3.{system_minor()}" in caught.value.remedy
    with raises(PluginError, "python-not-suitable"):
        world.build(python=tmp_path / "none")


def test_no_python_and_no_network_is_told(world) -> None:
    """Without any Python on the PATH, and offline, uv cannot bring one."""
    world.requirements.rename(world.files / "worker-py316.txt")
    with raises(PluginError, "python-missing") as caught:
        world.build()
    assert caught.value.remedy


def test_a_proxy_that_refuses_is_told_and_its_password_never_written(world) -> None:
    refused: list[str] = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            refused.append(self.headers.get("Proxy-Authorization", ""))
            self.send_error(407)

        do_GET = do_CONNECT  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = f"http://me:TopSecret@127.0.0.1:{server.server_address[1]}"
    given = {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "UV_HTTP_RETRIES": "0"}
    variables = {**world.plan().variables, **given, "UV_DEFAULT_INDEX": "https://mirror.test/s"}
    with raises(PluginError, "proxy-refused") as caught:
        world.build(wheels=None, variables=variables)
    server.shutdown()
    assert refused and refused[0].startswith("Basic ")
    log = (work_folder(world.home) / "log.txt").read_text()
    assert "TopSecret" not in log + str(caught.value) + caught.value.details


def test_a_proxy_that_is_not_there(world) -> None:
    given = {"HTTPS_PROXY": "http://127.0.0.1:9", "UV_HTTP_RETRIES": "0"}
    variables = {**world.plan().variables, **given, "UV_DEFAULT_INDEX": "https://mirror.test/s"}
    with pytest.raises(PluginError) as caught:
        world.build(wheels=None, variables=variables)
    assert caught.value.problem in {"proxy-refused", "index-unreachable"}


def test_a_mirror_s_password_is_sent_and_never_written(world, index) -> None:
    address = index.address.replace("http://", "http://me:TopSecret@")
    changes = world.online(index)
    changes["variables"]["UV_DEFAULT_INDEX"] = f"{address}/index"
    index.faulty["aaa-1.0-py3-none-any.whl"] = 500
    with pytest.raises(PluginError) as caught:
        world.build(**changes)
    assert any("Authorization" in head for head in index.heads)
    log = (work_folder(world.home) / "log.txt").read_text()
    assert "TopSecret" not in log + str(caught.value) + caught.value.details


@pytest.fixture
def tls(world, tmp_path):
    """An index over TLS by a certificate that nobody knows; its address and certificate."""
    key, pem = tmp_path / "key.pem", tmp_path / "own.pem"
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name]
    ends = ["-addext", "basicConstraints=critical,CA:FALSE"]
    try:
        subprocess.run([*new, *ends, "-keyout", key, "-out", pem], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl cannot make a certificate here")
    shutil.copytree(world.wheels, world.root / "index")
    index = Index(world.root)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    index.server.socket = context.wrap_socket(index.server.socket, server_side=True)
    yield f"https://localhost:{index.server.server_address[1]}/index", pem.read_bytes(), index
    index.close()


def test_an_unknown_certificate_is_told_and_qgis_s_are_handed_on(world, tls) -> None:
    address, pem, index = tls
    changes = world.online(index)
    changes["variables"]["UV_DEFAULT_INDEX"] = address
    with raises(PluginError, "certificate-not-trusted"):
        world.build(**changes)
    world.build(**changes, certificates=pem)
    assert state.read_state(world.home, files=world.files).condition == state.READY


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("failed to write: No space left on device (os error 28)", ("disk-full",)),
        ("cause: There is not enough space on the disk. (os error 112)", ("disk-full",)),
        ("  cause: Hash mismatch for `torch==2.15.0`", ("hash-differs", "torch==2.15.0")),
        ("invalid peer certificate: UnknownIssuer", ("certificate-not-trusted",)),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
            ("certificate-not-trusted",),
        ),
        ("ProxyError('Cannot connect to proxy.', NewConnectionError(", ("proxy-refused",)),
        ("cause: tunnel error: proxy authorization required", ("proxy-refused",)),
        (
            "cause: dns error\n  cause: failed to lookup address information",
            ("index-unreachable",),
        ),
        ("Because torch was not found in the provided package", ("package-missing", "torch")),
        (
            "Because there is no version of torch==2.15.0+cu130 and",
            ("package-missing", "torch==2.15.0+cu130"),
        ),
        (
            "Because bbb==1.0 has no wheels with a matching platform",
            ("package-missing", "bbb==1.0"),
        ),
        ("Access is denied. (os error 5)", ("file-in-use",)),
        ("The process cannot access the file (os error 32)", ("file-in-use",)),
        ("Failed to install cpython-3.11.12-linux-x86_64-gnu", ("python-missing",)),
        ("something new", ("installer-failed",)),
    ],
)
def test_failures_in_words(words, expected) -> None:
    problem = explain("It failed.", ProcessResult(1, f"before\n{words}\nafter"))
    assert_problem(problem, *expected, "It failed.")
    assert problem.remedy
    assert words in problem.details


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_resolved_files_can_be_read_and_every_entry_has_hashes(minor) -> None:
    path = plan.file_for(minor)
    entries = resolved.read(path)
    lines = [line for line in path.read_text().splitlines() if line[:1].isalnum()]
    assert len(entries) == len(lines)
    assert all(each.hashes for each in entries)
    names = {each.name for each in plan.likely(entries, minor)}
    assert {"torch", "terratorch", "rasterio", "bitsandbytes", "setuptools"} <= names


def test_uv_is_pinned_by_hash() -> None:
    pinned = resolved.read(plan.requirements_folder() / plan.UV_FILE)
    assert [each.name for each in pinned] == ["uv"] and len(pinned[0].hashes) > 10
    assert hashlib.sha256().digest_size * 2 == len(next(iter(pinned[0].hashes)))


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_sizes_are_measured_for_each_python(minor) -> None:
    """Packages that a resolved file names but nobody has measured are counted by a guess."""
    sizes = plan.Sizes.load(minor)
    fetched, installed = sizes.total(["torch"])
    assert 100e6 < fetched < installed
    assert sizes.total(["nobody-knows"]) == plan.UNKNOWN
    entries = plan.likely(resolved.read(plan.file_for(minor)), minor)
    if sys.platform == "linux":
        measured = json.loads((plan.requirements_folder() / f"sizes-py3{minor}.json").read_text())
        assert not {each.name for each in entries} - set(measured)
    totals = {name: plan.estimate(entries, sizes, name) for name in resolved.BACKENDS}
    assert totals["cpu"] < totals["cuda13"] < totals["cuda12"] < totals["rocm"]
    assert 5e9 < totals["index"][1] < 9e9


def test_sizes_belong_to_the_versions_that_are_installed() -> None:
    """TerraTorch and TorchGeo differ between Pythons."""
    versions = {
        minor: {each.name: each.version for each in resolved.read(plan.file_for(minor))}
        for minor in plan.minors()
    }
    for name in ("terratorch", "torchgeo"):
        by_version: dict[str, set[int]] = {}
        for minor in versions:
            size = plan.Sizes.load(minor).installed(name)
            by_version.setdefault(versions[minor][name], set()).add(size)
        assert all(len(sizes) == 1 for sizes in by_version.values())
        assert len(set.union(*by_version.values())) == len(by_version) > 1


def test_only_one_fork_of_a_package_is_likely() -> None:
    entries = [
        Requirement("a", "1", "python_full_version < '3.11'", frozenset(), ""),
        Requirement("a", "2", "python_full_version >= '3.11'", frozenset(), ""),
        Requirement("b", "1", "sys_platform == 'win32'", frozenset(), ""),
        Requirement("c", "1", "sys_platform == 'linux'", frozenset(), ""),
    ]
    assert [(e.name, e.version) for e in plan.likely(entries, 10)] == [("a", "1"), ("c", "1")]
    assert [(e.name, e.version) for e in plan.likely(entries, 12)] == [("a", "2"), ("c", "1")]


def test_a_package_published_as_source_is_built_with_the_pinned_tools(world, index) -> None:
    """Its build tools come from the index too, and only in the resolved version."""
    source = world.root / "src" / "ddd-1.0"
    source.mkdir(parents=True)
    backend = "def build_wheel(folder, *_):\n    import tool\n    return tool.make(folder)\n"
    (source / "own.py").write_text(backend)
    requires = "[build-system]\nrequires = ['tool']\nbuild-backend = 'own'\nbackend-path = ['.']\n"
    (source / "pyproject.toml").write_text(requires)
    (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: ddd\nVersion: 1.0\n")
    path = world.root / "index" / "ddd-1.0"
    made = shutil.make_archive(str(path), "gztar", source.parent, "ddd-1.0")
    target = wheel(world.root / "made", "ddd", "1.0")
    code = f"def make(folder):\n    import shutil\n    shutil.copy({str(target)!r}, folder)\n"
    code += f"    return {target.name!r}\n"
    good = wheel(world.root / "index", "tool", "1.0", code=code)
    wheel(world.root / "index", "tool", "2.0", code="raise SystemExit('another tool')\n")
    digest = hashlib.sha256(Path(made).read_bytes()).hexdigest()
    text = f"ddd==1.0 \\\n    --hash=sha256:{digest}"
    world.write([text, entry(good)])
    world.build(**world.online(index), self_test=("-c", "import ddd"))
    assert world.version_of("ddd") == "1.0"
