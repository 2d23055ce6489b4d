"""Archives and servers that would never end, or fill the memory."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import os
import tarfile
import threading
import time
from pathlib import Path

import pytest

from gac_core.bundles.bundle import WeightFile
from gac_core.contract.errors import BundleError
from gac_core.store import hub
from gac_core.store.archive import open_source
from gac_core.store.hub import HubError, HubFile, download
from tests.problems import raises

BLOCK = 512


def header(size: bytes, kind: bytes = b"0", name: bytes = b"a") -> bytes:
    """A tar header whose size is these bytes."""
    block = bytearray(BLOCK)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[124:136] = size.ljust(12, b"\0")
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def large(number: int) -> bytes:
    """A size in base 256, as GNU writes those beyond 8 GB, or negative ones."""
    if number < 0:
        return (256**12 + number).to_bytes(12, "big")
    return b"\x80" + number.to_bytes(11, "big")


def pax(text: bytes) -> bytes:
    return header(b"%011o" % len(text), b"x") + text.ljust(-(-len(text) // BLOCK) * BLOCK, b"\0")


def record(name: bytes, value: bytes) -> bytes:
    for length in range(len(name) + len(value), len(name) + len(value) + 20):
        whole = b"%d %s=%s\n" % (length, name, value)
        if len(whole) == length:
            return whole
    raise AssertionError


END = b"\0" * 1024
FILE = header(b"00000000005") + b"hello".ljust(BLOCK, b"\0")
TARS = {
    "negative": header(large(-BLOCK)) + END,
    "negative-2": header(large(-1)) + FILE + END,
    "negative-name": header(large(-BLOCK), b"L") + FILE + END,
    "negative-pax": pax(record(b"size", b"-1024")) + FILE + END,
    "huge-name": header(large(3 * 10**9), b"L"),
    "huge-link": header(large(3 * 10**9), b"K"),
    "huge-pax": header(large(3 * 10**9), b"x"),
    "huge-global": header(large(3 * 10**9), b"g"),
    "beyond": header(large(2**80)),
    "beyond-name": header(large(2**80), b"L"),
    "pax-beyond": pax(record(b"size", b"9" * 400)) + FILE + END,
    "sparse": header(b"00000000005", b"S") + FILE + END,
    "pax-sparse": pax(record(b"GNU.sparse.map", b"1,-1,5,9") + record(b"GNU.sparse.size", b"5"))
    + FILE
    + END,
    "names": (header(b"00000000003", b"L") + b"abc".ljust(BLOCK, b"\0")) * 3000 + END,
    "folders": header(b"0", b"5", b"d/") * 50_000 + END,
    "files": b"".join(header(b"0", b"0", b"f%d" % i) for i in range(10_002)) + END,
    "cut": FILE[:700],
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", TARS)
@pytest.mark.parametrize("packed", [False, True])
def test_tars_whose_headers_say_what_cannot_be(tmp_path, case, packed) -> None:
    path = tmp_path / "evil.tar"
    path.write_bytes(gzip.compress(TARS[case]) if packed else TARS[case])
    since = time.monotonic()
    with pytest.raises(BundleError) as caught, open_source(path):
        pass
    assert caught.value.remedy and time.monotonic() < since + 30


@pytest.mark.timeout(60)
def test_a_packed_tar_that_holds_far_more_than_it_can(tmp_path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header(large(10**9)))
        for _ in range(200):
            file.write(bytes(1_000_000))
    with raises(BundleError, "archive-damaged", str(path)), open_source(path):
        pass


def test_long_names_of_either_kind_are_read(tmp_path) -> None:
    for kind in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path = tmp_path / "long.tar"
        name = "/".join(["folder" * 10] * 3) + "/file.safetensors"
        (tmp_path / "file").write_bytes(b"content")
        with tarfile.open(path, "w", format=kind) as tar:
            tar.add(tmp_path / "file", name)
        with open_source(path) as source:
            assert source.members == {name: 7}
            assert source.open(name).read() == b"content"


@pytest.mark.timeout(30)
@pytest.mark.parametrize("what", ["pipe", "zero", "folder of a pipe", "nowhere", "long"])
def test_what_is_no_plain_file_is_not_opened(tmp_path, what) -> None:
    path = tmp_path / "models.tar"
    if what == "pipe":
        os.mkfifo(path)
    elif what == "zero":
        path.symlink_to("/dev/zero")
    elif what == "folder of a pipe":
        path.mkdir()
        os.mkfifo(path / "bundle.json")
        with open_source(path) as source:
            assert source.members == {}
        return
    elif what == "long":
        path = tmp_path / ("a" * 5000)
    with raises(BundleError, "models-source-missing", str(path)), open_source(path):
        pass


def test_a_folder_that_may_not_be_read_is_left_out(tmp_path, monkeypatch) -> None:
    """Whoever tests as root may read all, so the system's answer is given here."""
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "file").write_bytes(b"1")
    scandir = os.scandir

    def refuse(folder):
        if Path(folder).name == "lost+found":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with open_source(tmp_path) as source:
        assert source.members == {"file": 1} and source.unread == ["lost+found"]


class Server(http.server.BaseHTTPRequestHandler):
    """Sends what a test wants, and ends when nobody listens."""

    protocol_version = "HTTP/1.1"
    kind = ""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.close_connection = True
        try:
            if self.kind == "header":
                for letter in "HTTP/1.1 200 OK\r\nX-A: " + "b" * 1000:
                    self.wfile.write(letter.encode())
                    time.sleep(0.1)
                return
            self.send_response(200)
            if self.kind == "chunked":
                self.send_header("Transfer-Encoding", "chunked")
            elif self.kind != "endless":
                self.send_header("Content-Length", "200000")
            self.end_headers()
            if self.kind == "slow":
                for _ in range(300):
                    self.wfile.write(b"a")
                    time.sleep(0.1)
            elif self.kind == "again":
                self.wfile.write(b"a" * 70_000)
            elif self.kind == "chunked":
                for _ in range(100):
                    self.wfile.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
            elif self.kind == "endless":
                for _ in range(100):
                    self.wfile.write(b"a" * 65536)
            else:
                self.wfile.write(b"a" * 200_000)
        except OSError:
            pass


@pytest.fixture
def server():
    handler = type("Handler", (Server,), {})
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()

    def fetch(kind: str, part: Path) -> None:
        handler.kind = kind
        url = f"http://127.0.0.1:{made.server_port}/a/b"
        hub.prepare_client()
        told = HubFile(url, 200_000, "c" * 40, hashlib.sha256().hexdigest())
        download(WeightFile("w.pt", repo="a/b"), told, part, lambda count: None)

    yield fetch
    made.shutdown()
    made.server_close()


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(hub, "STALL_TIMEOUT", 1.5)


def test_a_whole_file_arrives(server, tmp_path) -> None:
    server("whole", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == b"a" * 200_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["chunked", "endless"])
def test_no_more_is_taken_than_was_promised(server, tmp_path, kind) -> None:
    with raises(HubError, "download-too-large", "w.pt", 200000):
        server(kind, tmp_path / "part")
    assert not (tmp_path / "part").exists()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["slow", "header", "again"])
def test_a_server_that_sends_next_to_nothing_is_not_waited_for(
    server, tmp_path, hurried, kind
) -> None:
    since = time.monotonic()
    with pytest.raises(HubError):
        server(kind, tmp_path / "part")
    assert time.monotonic() < since + 15
    size = (tmp_path / "part").stat().st_size
    time.sleep(0.5)
    assert (tmp_path / "part").stat().st_size == size <= 200_000, "nobody writes on"


@pytest.mark.parametrize(
    ("size", "commit"),
    [(-1, "c" * 40), (0, "c" * 40), (10**12, "c" * 40), (None, "c" * 40), (5, "../../../x")],
)
def test_what_a_server_cannot_mean(monkeypatch, size, commit) -> None:
    told = type("Told", (), {"size": size, "commit_hash": commit, "etag": None})()
    monkeypatch.setattr(hub, "get_hf_file_metadata", lambda *_, **__: told)
    with raises(HubError, "hub-metadata-wrong", "w.pt"):
        hub.file_metadata(WeightFile("w.pt", repo="a/b"), None)
