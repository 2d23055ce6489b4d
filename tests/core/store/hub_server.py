"""A server that speaks as much of Hugging Face's Hub as fetching a file takes."""

from __future__ import annotations

import hashlib
import http.server
import re
import threading
from dataclasses import dataclass, field
from typing import Any

COMMIT = "c0ffee" + "0" * 34
_PATH = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<file>.+)")


@dataclass
class Hub:
    """The server's files and behaviour.

    Attributes:
        files: Bytes by (repository, file).
        token: The token that it asks for; empty: none.
        break_after: Bytes after which it breaks off an answer, once; None: never.
        told_hash: What it says a file hashes to; None: the truth.
        told_size: What it says the size is; None: the truth.
        slow: An event that answers wait for after half of their bytes; None: they do not wait.
        is_gone: Whether it breaks off whatever it is asked, and what it is answering.
        asked: Method, path, range and authorisation of each question.
    """

    files: dict[tuple[str, str], bytes]
    token: str = ""
    break_after: int | None = None
    told_hash: str | None = None
    told_size: int | None = None
    slow: threading.Event | None = None
    is_gone: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Hub:
        handler = type("Handler", (_Handler,), {"hub": self})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Nobody answers any more."""
        self._server.shutdown()
        self._server.server_close()

    def ranges(self) -> list[str]:
        """The ranges that were asked for; empty: a whole file."""
        return [each["range"] for each in self.asked if each["method"] == "GET"]


class _Handler(http.server.BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        hub = self.hub
        if hub.is_gone:
            self.close_connection = True
            return
        asked = {"method": self.command, "path": self.path}
        asked["range"] = self.headers.get("Range", "")
        asked["authorization"] = self.headers.get("Authorization", "")
        hub.asked.append(asked)
        if hub.token and asked["authorization"] != f"Bearer {hub.token}":
            self._refuse(401, "GatedRepo")
            return
        match = _PATH.fullmatch(self.path)
        if match is None or match["revision"] not in ("main", COMMIT):
            self._refuse(404, "RevisionNotFound")
            return
        content = hub.files.get((match["repo"], match["file"]))
        if content is None:
            self._refuse(404, "EntryNotFound")
            return
        start = int(asked["range"].removeprefix("bytes=").split("-")[0] or 0)
        body = content[start:]
        self.send_response(206 if start else 200)
        self.send_header("X-Repo-Commit", COMMIT)
        digest = hub.told_hash or hashlib.sha256(content).hexdigest()
        self.send_header("ETag", f'"{digest}"')
        self.send_header("X-Linked-Etag", f'"{digest}"')
        size = hub.told_size or len(content)
        self.send_header("X-Linked-Size", str(size))
        self.send_header("Content-Length", str(size - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if with_body:
            self._send(body)

    def _send(self, body: bytes) -> None:
        hub = self.hub
        try:
            if hub.break_after is not None:
                cut, hub.break_after = hub.break_after, None
                self.wfile.write(body[:cut])
                self.close_connection = True
                return
            if hub.slow is not None:
                half = len(body) // 2
                self.wfile.write(body[:half])
                self.wfile.flush()
                hub.slow.wait(20)
                if hub.is_gone:
                    self.close_connection = True
                    return
                body = body[half:]
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _refuse(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
