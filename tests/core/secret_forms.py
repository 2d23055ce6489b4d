"""Addresses of a file on a test's server that hold secrets, in the forms that GDAL takes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

SECRET = "S3CRETx9"


def forms(server: str, name: str) -> dict[str, str]:
    """Every form, by a word for it.

    Args:
        server: As `http://127.0.0.1:8000`.
        name: The file's on it.
    """
    host = server.removeprefix("http://")
    signed = f"http://user:{SECRET}@{host}/{name}?sig={SECRET}"
    bare = f"{server}/{name}"
    header = f"header.Authorization=Bearer%20{SECRET}"
    return {
        "user": f"http://user:{SECRET}@{host}/{name}",
        "query": f"{bare}?X-Amz-Signature={SECRET}&token={SECRET}",
        "vsicurl": f"/vsicurl/{signed}",
        "header": f"/vsicurl?{header}&url={quote(bare, safe='')}",
        "encoded": f"/vsicurl?max_retry=1&url={quote(signed, safe='')}",
        "vrt": f"vrt:///vsicurl/http://user:{SECRET}@{host}/{name}?bands=1,2",
    }


def leaks(folder: Path) -> list[str]:
    """The files below a folder that hold the secret, and those whose name does."""
    found = []
    for path in folder.rglob("*"):
        holds = path.is_file() and SECRET.encode() in path.read_bytes()
        if holds or SECRET in path.name:
            found.append(str(path.relative_to(folder)))
    return found
