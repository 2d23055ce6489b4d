"""Access to the Hugging Face Hub through its client: file metadata and downloads.

The client's `hf_hub_download` restarts after a process has ended (its temporary files have unique
names); `http_get`, which it is built on, resumes from existing bytes. Xet is disabled: the parts of
a Xet file come from other servers, which mirrors and proxies often do not know.
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
from gac_core.contract.message import Message, join
from gac_core.contract.removal import remove_file
from gac_core.io import FULL, MAKE_ROOM
from gac_core.store.lock import sync

RESUME_HINT = Message("Downloaded data is kept; fetching again resumes.")

CHUNK = 1 << 16
"""Bytes fetched between two progress reports; a killed process loses at most this much."""

STALL_TIMEOUT = 60.0
"""Seconds within which an answer must begin, and every further `CHUNK` bytes must arrive."""

MAX_FILE_BYTES = 50_000_000_000
"""Maximum size of a file; the client does not fetch larger ones this way."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SECRETS = re.compile(r"hf_\w+|(?<=://)[^/\s@]+@")
"""Tokens, and credentials in URLs."""


class HubError(GacError):
    """Failure to download a published file."""

    code = "hub"


class MissingRevision(HubError):
    """Commit that a server does not have."""


@dataclass(frozen=True)
class HubFile:
    """File on the Hub.

    Attributes:
        url: Its URL.
        bytes: Its size.
        revision: The commit.
        sha256: Its hash according to the Hub; None: the Hub does not say.
    """

    url: str
    bytes: int
    revision: str
    sha256: str | None


def server() -> str:
    """Return the address of the Hub or the mirror (HF_ENDPOINT), without any password in it."""
    return redacted(constants.ENDPOINT)


def redacted(text: str) -> str:
    """Return a text without tokens and passwords."""
    token = get_token()
    return _SECRETS.sub("…", text.replace(token, "…") if token else text)


def file_metadata(weight: WeightFile, revision: str | None) -> HubFile:
    """Return the Hub's metadata of a file.

    Args:
        weight: The file; it has a repository.
        revision: A commit; None: the latest.

    Raises:
        HubError: If it cannot be obtained.
    """
    if weight.repo is None:
        raise HubError(
            Message("{} is not published anywhere that GAC knows.", weight.file),
            Message("Import it from a folder."),
            problem="weights-not-published",
        )
    with _translated_errors(weight):
        url = hf_hub_url(weight.repo, weight.file, revision=revision)
        entry = _ClientCall(lambda: get_hf_file_metadata(url, retry_on_errors=False)).result()
        commit = entry.commit_hash or revision or ""
        if (
            entry.size is None
            or not 0 < entry.size <= MAX_FILE_BYTES
            or not _COMMIT.fullmatch(commit)
        ):
            raise HubError(
                Message(
                    "{} does not say how large {} is and of which commit, or says what cannot be.",
                    server(),
                    weight.file,
                ),
                Message("Choose another mirror (HF_ENDPOINT), or none."),
                problem="hub-metadata-wrong",
            )
        etag = entry.etag or ""
        return HubFile(
            hf_hub_url(weight.repo, weight.file, revision=commit),
            entry.size,
            commit,
            etag if _SHA256.fullmatch(etag) else None,
        )


def download(
    weight: WeightFile, published: HubFile, part: Path, tell: Callable[[int], None]
) -> None:
    """Download the rest of a file.

    Args:
        weight: The file.
        published: Its metadata from `ask`.
        part: Partial download; new bytes are appended, and stay whatever happens.
        tell: Called with the number of bytes present; may raise.

    Raises:
        HubError: If the server refuses or breaks the connection.
        DiskFull: If the disk is full.
    """
    existing = part.stat().st_size if part.exists() else 0
    if existing > published.bytes:
        remove_file(part)
        existing = 0
    with _translated_errors(weight), part.open("ab") as file:
        sink = _Sink(file, existing, published.bytes)
        work = _ClientCall(
            lambda: http_get(
                published.url,
                sink,  # type: ignore[arg-type]
                resume_size=existing,
                headers=build_hf_headers(),
                expected_size=published.bytes,
                tqdm_class=_Silent,
                _nb_retries=2,
            ),
            sink,
        )
        try:
            work.result(tell)
        except _ResponseTooLong as error:
            # Windows removes no file that is open.
            file.close()
            remove_file(part, missing_ok=True)
            raise HubError(
                Message(
                    "{} sends more of {} than the {} bytes that it promised. It was not installed.",
                    server(),
                    weight.file,
                    published.bytes,
                ),
                Message("Choose another mirror (HF_ENDPOINT), or none."),
                problem="download-too-large",
            ) from error
    sync(part)


class _ResponseTooLong(Exception):
    """Server response longer than promised."""


class _Abandoned(Exception):
    """Write to an abandoned download."""


class _Sink:
    """File that a download is written to, up to the promised size and until it is closed.

    Attributes:
        highest: Highest number of bytes ever present. A server that restarts after each chunk does
            not increase it.
        there: Number of bytes present.
    """

    def __init__(self, file: IO[bytes], there: int, limit: int) -> None:
        self._file, self._limit = file, limit
        self._lock = threading.Lock()
        self._is_closed = False
        self.highest = self.there = there

    def write(self, data: bytes) -> int:
        """Append the received bytes."""
        with self._open():
            if self.there + len(data) > self._limit:
                raise _ResponseTooLong
            written = self._file.write(data)
            self.there += written
            self.highest = max(self.highest, self.there)
            return written

    def seek(self, offset: int) -> int:
        """Seek to the position where a download restarts."""
        with self._open():
            self.there = self._file.seek(offset)
            return self.there

    def truncate(self) -> int:
        """Drop the bytes after the current position."""
        with self._open():
            return self._file.truncate()

    def tell(self) -> int:
        """Return the write position."""
        return self.there

    def close(self) -> None:
        """Refuse further bytes."""
        with self._lock:
            self._is_closed = True

    @contextmanager
    def _open(self) -> Iterator[None]:
        with self._lock:
            if self._is_closed:
                raise _Abandoned
            yield


class _ClientCall:
    """Client call in a thread of its own, which is abandoned once it stalls.

    The client's timeout restarts with every byte: at one a second it would read a header for hours.
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
        """Return the result of the call.

        Args:
            tell: Called with the number of bytes present; may raise.

        Raises:
            HubError: If it stalls.
        """
        sink = self._sink
        self._thread.start()
        reported = checkpoint = sink.highest if sink else 0
        since = time.monotonic()
        try:
            while True:
                self._thread.join(0.05)
                is_alive = self._thread.is_alive()
                if sink is not None and sink.there != reported:
                    reported = sink.there
                    tell(reported)
                if not is_alive:
                    break
                now = time.monotonic()
                if sink is not None and sink.highest >= checkpoint + CHUNK:
                    checkpoint, since = sink.highest, now
                if now > since + STALL_TIMEOUT:
                    raise HubError(
                        Message(
                            "{} has sent next to nothing for {} seconds.",
                            server(),
                            f"{STALL_TIMEOUT:.0f}",
                        ),
                        Message("Try later, or another mirror (HF_ENDPOINT). {}", RESUME_HINT),
                        problem="download-stalled",
                    )
        finally:
            if sink is not None:
                sink.close()
        if self._error is not None:
            raise self._error
        return self._value


class _Silent:
    """Progress bar for the client that displays nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __enter__(self) -> _Silent:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, n: float | None = 1) -> None:
        """Do nothing."""


@contextmanager
def _translated_errors(weight: WeightFile) -> Iterator[None]:
    """Translate the client's errors into GAC's, without secrets."""
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
        return DiskFull(
            Message("The disk became full while {} was fetched.", name),
            join((MAKE_ROOM, RESUME_HINT)),
            problem="disk-full",
        )
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EROFS):
        return HubError(
            Message("{} cannot be written: {}.", name, error.strerror),
            Message("Choose another folder."),
            problem="download-not-written",
        )
    if isinstance(error, OfflineModeIsEnabled):
        return HubError(
            Message("Hugging Face's client was told to stay offline (HF_HUB_OFFLINE)."),
            Message("Take that variable away, or import the models from a folder."),
            problem="hub-offline",
        )
    if isinstance(error, RevisionNotFoundError):
        return MissingRevision(
            Message("{} has no commit {} of {}.", server(), weight.revision, repo),
            Message("A mirror may lag behind: choose another one, or none. Else update GAC."),
            problem="revision-missing",
        )
    if isinstance(error, GatedRepoError) or status in (401, 403):
        token_state = (
            Message("The token was refused.") if get_token() else Message("No token was given.")
        )
        return HubError(
            Message(
                "{} does not let {} be fetched without permission. {}", server(), repo, token_state
            ),
            Message(
                "Accept the licence on its page there, make a token that may read, and "
                "give it: HF_TOKEN, or Models in QGIS."
            ),
            problem="hub-access-denied",
        )
    if isinstance(error, (EntryNotFoundError, RepositoryNotFoundError)):
        return HubError(
            Message("{} has no {} in {}.", server(), name, repo),
            Message("A mirror may lack it: choose another one, or none. Else update GAC."),
            problem="hub-file-missing",
        )
    if isinstance(error, httpx2.ProxyError) or status == 407:
        return HubError(
            Message("The proxy did not let the download through."),
            Message("Check QGIS's options, Network, or HTTPS_PROXY: address, user, password."),
            problem="proxy-refused",
        )
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return HubError(
            Message("The certificate of {} is not trusted.", server()),
            Message(
                "If your organisation inspects traffic, add its certificate in QGIS's "
                "options, Authentication, or name it in SSL_CERT_FILE."
            ),
            problem="certificate-not-trusted",
        )
    if isinstance(error, ImportError) and "socks" in str(error).lower():
        return HubError(
            Message("The download cannot go through a SOCKS proxy."),
            Message(
                "Set an HTTP proxy in QGIS's options, Network, or import the models from a folder."
            ),
            problem="socks-proxy",
        )
    if isinstance(error, HfHubHTTPError) and status is not None:
        return HubError(
            Message("{} answered {} for {}.", server(), status, name),
            Message("Try later. {}", RESUME_HINT),
            problem="hub-status",
        )
    if isinstance(error, (httpx2.TransportError, OSError)):
        return HubError(
            Message(
                "{} cannot be reached, or broke the connection: {}.",
                server(),
                redacted(_short(error)),
            ),
            Message("Check the network, the proxy and the mirror. {}", RESUME_HINT),
            problem="hub-unreachable",
        )
    return HubError(
        Message("{} could not be fetched: {}.", name, redacted(_short(error))),
        Message("Try again; if it stays so, report it. {}", RESUME_HINT),
        problem="download-failed",
    )


def _short(error: Exception) -> str:
    text = printable(str(error).strip().split("\n")[0])[:300].rstrip(".")
    return text or type(error).__name__


def prepare_client() -> None:
    """Configure the client: plain HTTP, no telemetry."""
    constants.HF_HUB_DISABLE_XET = True
    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.DOWNLOAD_CHUNK_SIZE = CHUNK
