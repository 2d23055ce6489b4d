"""The list of models as a terminal shows it."""

from __future__ import annotations

from typing import Any

from gac_core.raster.space import size
from gac_core.store.listing import FIRST_USE, PINNED, Entry, FileEntry


def tell_entries(found: list[Entry], about: dict[str, Any]) -> str:
    """The bundles, their files, and what vouches for each."""
    lines = [f"Models live in {about['folder']} ({size(about['free'])} free)."]
    if not about["there"]:
        lines.append("That folder is not there: plug in its disk, or choose another one.")
    for entry in found:
        info = entry.info
        state = "ready" if info["ready"] else "not ready"
        lines += ["", f"{info['name']}: {info['title']}"]
        lines.append(f"  {state}, {size(entry.bytes)} here, {entry.place}; {info['licence']}")
        lines += [f"  {_file(file)}" for file in entry.files]
        if not info["ready"]:
            lines += [f"  {info['problem']}", f"  {info['remedy']}"]
    return "\n".join(lines)


def _file(file: FileEntry) -> str:
    where = file.place or "not here"
    if file.fetched:
        where = f"{size(file.fetched)} fetched, not whole"
    amount = size(file.bytes) if file.bytes else "–"
    vouched = {PINNED: "hash in the card", FIRST_USE: "hash of the first download"}
    words = [amount, where, vouched.get(file.hash, "no hash known")]
    words += [f"verified {file.verified}"] if file.verified else []
    words += [f"{file.repo}@{file.revision[:12] or 'newest'}"] if file.repo else []
    return f"{file.file}: {', '.join(words)}"
