"""Hugging Face's Hub through its own client: what a file is there, and its bytes.

`hf_hub_download` of the client begins anew after a process has ended (its temporary files have
names of their own); its `http_get`, which it is made of, goes on from what is there. Xet is left
out: the parts of a Xet file come from other servers, which mirrors and proxies often do not know.
"""

from __future__ import annotations

import errno
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx2
from huggingface_hub import constants, get_hf_file_metadata, get_token, hf_hub_url
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.file_download import http_get
from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

from gac_core.bundles.bundle import WeightFile, printable
from gac_core.contract.errors import DiskFull, GacError
from gac_core.io import FULL, MAKE_ROOM
from gac_core.store.lock import sync

KEPT = "What was fetched is kept; fetching again goes on from there."

CHUNK = 1 << 16
"""Bytes that are fetched between two words of progress, and that a kill may cost."""

PATIENCE = 60.0
"""Seconds within which an answer must begin, and `CHUNK` more bytes come."""

LARGEST = 50_000_000_000
"""Bytes of a file; the client itself takes no larger ones so."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SECRETS = re.compile(r"hf_\w+|(?<=://)[^/\s@]+@")
"""Tokens, and users with passwords in addresses."""


class HubError(GacError):
    """A published file cannot be fetched."""

    code = "hub"


@dataclass(frozen=True)
class Published:
    """A file as the Hub has it.

    Attributes:
        url: Where it is.
        bytes: Its size.
        revision: The commit.
        sha256: What it hashes to by the Hub's own word; None: it does not say.
    """

    url: str
    bytes: int
    revision: str
    sha256: str | None


def server() -> str:
    """The Hub or the mirror (HF_ENDPOINT), without a password that may be in its address."""
    return redacted(constants.ENDPOINT)


def redacted(text: str) -> str:
    """A text without tokens and passwords."""
    token = get_token()
    return _SECRETS.sub("…", text.replace(token, "…") if token else text)


def ask(weight: WeightFile, revision: str | None) -> Published:
    """What the Hub says of a file.

    Args:
        weight: The file; it has a repository.
        revision: A commit; None: the newest.

    Raises:
        HubError: If it cannot be had.
    """
    if weight.repo is None:
        raise HubError(
            f"{weight.file} is not published anywhere that GAC knows.", "Import it from a folder."
        )
    with _in_words(weight):
        url = hf_hub_url(weight.repo, weight.file, revision=revision)
        found = _Work(lambda: get_hf_file_metadata(url, retry_on_errors=False)).result()
        commit = found.commit_hash or revision or ""
        if found.size is None or not 0 < found.size <= LARGEST or not _COMMIT.fullmatch(commit):
            raise HubError(
                f"{server()} does not say how large {weight.file} is and of which commit, or says "
                "what cannot be.",
                "Choose another mirror (HF_ENDPOINT), or none.",
            )
        etag = found.etag or ""
        return Published(
            hf_hub_url(weight.repo, weight.file, revision=commit),
            found.size,
            commit,
            etag if _SHA256.fullmatch(etag) else None,
        )


def download(
    weight: WeightFile, published: Published, part: Path, tell: Callable[[int], None]
) -> None:
    """Fetch what is lacking of a file.

    Args:
        weight: The file.
        published: What `ask` found.
        part: What is there of it; what comes is appended and stays whatever happens.
        tell: Told how many bytes are there; may raise.

    Raises:
        HubError: If the server breaks off or refuses.
        DiskFull: If there is no room.
    """
    have = part.stat().st_size if part.exists() else 0
    if have > published.bytes:
        part.unlink()
        have = 0
    with _in_words(weight), part.open("ab") as file:
        sink = _Sink(file, have, published.bytes)
        work = _Work(
            lambda: http_get(
                published.url,
                sink,  # type: ignore[arg-type]
                resume_size=have,
                headers=build_hf_headers(),
                expected_size=published.bytes,
                tqdm_class=_Silent,
                _nb_retries=2,
            ),
            sink,
        )
        try:
            work.result(tell)
        except _TooMuch as error:
            part.unlink(missing_ok=True)
            raise HubError(
                f"{server()} sends more of {weight.file} than the {published.bytes} bytes that it "
                "promised. It was not installed.",
                "Choose another mirror (HF_ENDPOINT), or none.",
            ) from error
    sync(part)


class _TooMuch(Exception):
    """A server sends more than it promised."""


class _Given(Exception):
    """Nobody waits any more for what still comes."""


class _Sink:
    """The file that a download is written to: to the promised size, and while somebody waits.

    Attributes:
        highest: Bytes up to which there has been anything. A server that begins anew after each
            piece does not get further by it.
        there: Bytes that are there.
    """

    def __init__(self, file: IO[bytes], there: int, limit: int) -> None:
        self._file, self._limit = file, limit
        self._lock = threading.Lock()
        self._is_closed = False
        self.highest = self.there = there

    def write(self, data: bytes) -> int:
        """Append what came."""
        with self._open():
            if self.there + len(data) > self._limit:
                raise _TooMuch
            written = self._file.write(data)
            self.there += written
            self.highest = max(self.highest, self.there)
            return written

    def seek(self, offset: int) -> int:
        """Go to where a download begins anew."""
        with self._open():
            self.there = self._file.seek(offset)
            return self.there

    def truncate(self) -> int:
        """Drop what is behind that."""
        with self._open():
            return self._file.truncate()

    def tell(self) -> int:
        """Return where the next bytes go."""
        return self.there

    def close(self) -> None:
        """Take nothing any more."""
        with self._lock:
            self._is_closed = True

    @contextmanager
    def _open(self) -> Iterator[None]:
        with self._lock:
            if self._is_closed:
                raise _Given
            yield


class _Work:
    """A call of the client in a thread of its own, which is left to itself once it stalls.

    The client waits for any next byte: of one a second it would read a header for hours.
    """

    def __init__(self, call: Callable[[], Any], sink: _Sink | None = None) -> None:
        self._call, self._sink = call, sink
        self._value: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self._value = self._call()
        except BaseException as error:
            self._error = error

    def result(self, tell: Callable[[int], None] = lambda count: None) -> Any:
        """Return what the call does.

        Args:
            tell: Told how many bytes are there; may raise.

        Raises:
            HubError: If it stalls.
        """
        sink = self._sink
        self._thread.start()
        told = mark = sink.highest if sink else 0
        since = time.monotonic()
        try:
            while True:
                self._thread.join(0.05)
                is_alive = self._thread.is_alive()
                if sink is not None and sink.there != told:
                    told = sink.there
                    tell(told)
                if not is_alive:
                    break
                now = time.monotonic()
                if sink is not None and sink.highest >= mark + CHUNK:
                    mark, since = sink.highest, now
                if now > since + PATIENCE:
                    raise HubError(
                        f"{server()} has sent next to nothing for {PATIENCE:.0f} seconds.",
                        f"Try later, or another mirror (HF_ENDPOINT). {KEPT}",
                    )
        finally:
            if sink is not None:
                sink.close()
        if self._error is not None:
            raise self._error
        return self._value


class _Silent:
    """A progress bar, as the client wants one, that shows nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __enter__(self) -> _Silent:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, n: float | None = 1) -> None:
        """Show nothing."""


@contextmanager
def _in_words(weight: WeightFile) -> Iterator[None]:
    """Tells the client's errors in words, without anything secret."""
    try:
        yield
    except (GacError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise _explained(weight, error) from None


def _explained(weight: WeightFile, error: Exception) -> GacError:
    name, repo = weight.file, weight.repo
    status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(error, OSError) and error.errno in FULL:
        return DiskFull(f"The disk became full while {name} was fetched.", f"{MAKE_ROOM} {KEPT}")
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EROFS):
        return HubError(f"{name} cannot be written: {error.strerror}.", "Choose another folder.")
    if isinstance(error, OfflineModeIsEnabled):
        return HubError(
            "Hugging Face's client was told to stay offline (HF_HUB_OFFLINE).",
            "Take that variable away, or import the models from a folder.",
        )
    if isinstance(error, RevisionNotFoundError):
        return HubError(
            f"{server()} has no commit {weight.revision} of {repo}.",
            "A mirror may lag behind: choose another one, or none. Else update GAC.",
        )
    if isinstance(error, GatedRepoError) or status in (401, 403):
        had = "The token was refused." if get_token() else "No token was given."
        return HubError(
            f"{server()} does not let {repo} be fetched without permission. {had}",
            "Accept the licence on its page there, make a token that may read, and give it: "
            "HF_TOKEN, or Models in QGIS.",
        )
    if isinstance(error, (EntryNotFoundError, RepositoryNotFoundError)):
        return HubError(
            f"{server()} has no {name} in {repo}.",
            "A mirror may lack it: choose another one, or none. Else update GAC.",
        )
    if isinstance(error, httpx2.ProxyError) or status == 407:
        return HubError(
            "The proxy did not let the download through.",
            "Check QGIS's options, Network, or HTTPS_PROXY: address, user, password.",
        )
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return HubError(
            f"The certificate of {server()} is not trusted.",
            "If your organisation inspects traffic, add its certificate in QGIS's options, "
            "Authentication, or name it in SSL_CERT_FILE.",
        )
    if isinstance(error, ImportError) and "socks" in str(error).lower():
        return HubError(
            "The download cannot go through a SOCKS proxy.",
            "Set an HTTP proxy in QGIS's options, Network, or import the models from a folder.",
        )
    if isinstance(error, HfHubHTTPError) and status is not None:
        return HubError(f"{server()} answered {status} for {name}.", f"Try later. {KEPT}")
    if isinstance(error, (httpx2.TransportError, OSError)):
        return HubError(
            f"{server()} cannot be reached, or broke off: {redacted(_short(error))}.",
            f"Check the network, the proxy and the mirror. {KEPT}",
        )
    return HubError(
        f"{name} could not be fetched: {redacted(_short(error))}.",
        f"Try again; if it stays so, report it. {KEPT}",
    )


def _short(error: Exception) -> str:
    text = printable(str(error).strip().split("\n")[0])[:300].rstrip(".")
    return text or type(error).__name__


def prepare_client() -> None:
    """Have the client use plain HTTP, keep still, and tell nobody of this machine."""
    constants.HF_HUB_DISABLE_XET = True
    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.DOWNLOAD_CHUNK_SIZE = CHUNK
