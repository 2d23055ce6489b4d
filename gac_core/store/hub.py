"""Hugging Face's Hub through its own client: what a file is there, and its bytes.

`hf_hub_download` of the client begins anew after a process has ended (its temporary files have
names of their own); its `http_get`, which it is made of, goes on from what is there. Xet is left
out: the parts of a Xet file come from other servers, which mirrors and proxies often do not know.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

from gac_core.errors import DiskFull, GacError
from gac_core.models.bundle import WeightFile
from gac_core.raster.space import FULL, MAKE_ROOM
from gac_core.store.tending import sync

KEPT = "What was fetched is kept; fetching again goes on from there."

CHUNK = 1 << 20
"""Bytes that are fetched between two words of progress, and that a kill may cost."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
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
        found = get_hf_file_metadata(
            hf_hub_url(weight.repo, weight.file, revision=revision), retry_on_errors=False
        )
        commit = found.commit_hash or revision
        if found.size is None or commit is None:
            raise HubError(
                f"{server()} does not say how large {weight.file} is, or of which commit.",
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
        http_get(
            published.url,
            file,
            resume_size=have,
            headers=build_hf_headers(),
            expected_size=published.bytes,
            tqdm_class=_bar(tell),
            _nb_retries=2,
        )
    sync(part)


def _bar(tell: Callable[[int], None]) -> type[Any]:
    """A progress bar, as the client wants one, that shows nothing and tells."""

    class Bar:
        def __init__(self, *_: Any, initial: float = 0, **__: Any) -> None:
            self._there = int(initial)

        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def update(self, n: float | None = 1) -> None:
            self._there += int(n or 0)
            tell(self._there)

    return Bar


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
    text = str(error).strip().split("\n")[0].rstrip(".")
    return text or type(error).__name__


def prepare_client() -> None:
    """Have the client use plain HTTP, keep still, and tell nobody of this machine."""
    constants.HF_HUB_DISABLE_XET = True
    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.DOWNLOAD_CHUNK_SIZE = CHUNK
