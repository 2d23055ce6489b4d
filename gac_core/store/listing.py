"""Text for users: bundles, their model cards and the state of their files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import Bundle, Card, WeightFile, printable
from gac_core.bundles.card import read_json
from gac_core.bundles.library import Damaged, Library, ModelsDir, find_record, shipped_bundles
from gac_core.contract.errors import BundleError, GacError
from gac_core.contract.message import Message
from gac_core.io import atomic_write, format_size
from gac_core.store.download import partial_bytes
from gac_core.store.integrity import OK, Check, check_bundle
from gac_core.store.lock import ProgressCallback, today

KINDS = {
    "demo": "small models that show how GAC works",
    "published": "published weights, not trained further",
    "trained": "trained stages",
    "backbone": "weights that training begins with",
}
MAX_LISTED = 8
"""Maximum number of list entries displayed; the card has them all."""
MAX_LINE_WIDTH = 100
MAX_DEPTH = 6

VERIFIED_FILE = "verified.json"
"""Record in the folder of weights: verified files, and when."""
HOME, SHIPPED, ELSEWHERE, NOWHERE = "models folder", "with GAC", "elsewhere", ""
PINNED, FIRST_USE, UNKNOWN = "card", "first download", "none"


def format_card(found: Check) -> str:
    """Return the card as text for users."""
    bundle = found.bundle
    card = bundle.card
    lines = [
        f"{printable(bundle.title)} ({printable(bundle.name)})",
        f"Kind: {bundle.kind}, {KINDS[bundle.kind]}",
        f"Folder: {bundle.path}",
        f"Licence: {printable(bundle.licence)}",
    ]
    for title, body in (
        ("Stages", stage_lines(bundle) if isinstance(bundle, Bundle) else []),
        ("Trained on", list(_entries(card.get("training") or "the card does not say"))),
        ("Scores", list(_scores(card.get("scores") or "the card has none"))),
        ("Notes", [*bundle.notes, *found.notes]),
        ("Attribution", list(_entries(card.get("attribution") or []))),
        ("Files", list(_files(found))),
        ("Not named in the card", [printable(name) for name in found.strangers[:MAX_LISTED]]),
    ):
        if body:
            lines += ["", f"{title}:", *(f"  {line}" for line in body)]
    return "\n".join(lines)


def stage_lines(bundle: Bundle) -> list[str]:
    """Return a description of each stage of a bundle."""
    shape, refiner, grounding = bundle.terramind, bundle.refiner, bundle.grounding
    sizes = f"{shape.get('dim')} wide, {shape.get('encoder_depth')}+{shape.get('decoder_depth')}"
    lines = [f"1 generate: TerraMind ({sizes} blocks)"]
    if bundle.offset:
        lines[0] += f", whose images have {bundle.offset:+g} DN that users do not see"
    if refiner is None:
        lines.append("2 refine: leaves the image as it is (no trained refiner)")
    else:
        size_of = refiner["shape"]
        parts = [f"Prithvi ({size_of.get('embed_dim')} wide, {size_of.get('depth')} blocks"]
        parts[0] += ", 8-bit)" if refiner.get("quantise", True) else ")"
        if refiner.get("blocks") is not None:
            parts.append(f"its last {refiner['blocks'].get('last')} blocks trained in full")
        if refiner.get("adapter") is not None:
            parts.append("LoRA")
        lines.append(f"2 refine: {', '.join([*parts, 'ConvNeXt head'])}")
    if grounding.adapter is not None:
        parts = ["TerraMind with LoRA on its cross-attention"]
    elif grounding.bridge is not None:
        parts = ["TerraMind as it was pretrained"]
    else:
        parts = ["TerraMind's zero-shot conditioning"]
    if grounding.bridge is not None:
        parts.append(f"a bridge of {grounding.steps} steps from opt_v2")
    if grounding.critic is not None:
        parts.append("a critic")
    return [printable(line) for line in [*lines, f"3 ground: {', '.join(parts)}"]]


def table(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return numbers by row and column as aligned lines."""
    columns = list(dict.fromkeys(key for row in rows.values() for key in row))
    cells = [["", *(printable(column) for column in columns)]]
    for name, row in rows.items():
        values = [row.get(column) for column in columns]
        cells.append([printable(name), *("-" if v is None else f"{v:.4g}" for v in values)])
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns) + 1)]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _scores(value: Any) -> Iterator[str]:
    """Yield lines of scores; rows of numbers become a table."""
    if not isinstance(value, Mapping):
        yield from _entries(value)
        return
    rows = {name: row for name, row in value.items() if _is_row(row)}
    for name, entry in value.items():
        if name in rows or name in ("not earned", "findings"):
            continue
        if isinstance(entry, Mapping):
            yield f"{printable(name)}:"
            yield from (f"  {line}" for line in _scores(entry))
        else:
            yield from _entries({name: entry})
    if rows:
        yield from table(rows)
    for line in value.get("not earned") or []:
        yield f"Not earned: {printable(line)}"


def _is_row(value: Any) -> bool:
    kinds = (int, float, type(None))
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(v, kinds) and not isinstance(v, bool) for v in value.values())
    )


def _entries(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield lines for any JSON value, with long lists cut."""
    if isinstance(value, Mapping) and depth < MAX_DEPTH:
        for name, item in value.items():
            if isinstance(item, list) and len(item) > MAX_LISTED and _is_short(item[:MAX_LISTED]):
                more = len(item) - MAX_LISTED
                yield f"{printable(name)}: {_short(item[:MAX_LISTED])} and {more} more"
            elif isinstance(item, Mapping | list) and not _is_short(item):
                count = f" ({len(item)})" if isinstance(item, list) else ""
                yield f"{printable(name)}{count}:"
                yield from (f"  {line}" for line in _entries(item, depth + 1))
            else:
                yield f"{printable(name)}: {_short(item)}"
    elif isinstance(value, list) and depth < MAX_DEPTH:
        for item in value[:MAX_LISTED]:
            if isinstance(item, list) and _is_short(item):
                yield _short(item)  # coordinates or a matrix row
            else:
                yield from _entries(item, depth + 1)
        if len(value) > MAX_LISTED:
            yield f"… and {len(value) - MAX_LISTED} more"
    else:
        yield _short(value)


def _is_short(value: Any) -> bool:
    items: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
    is_flat = all(not isinstance(item, Mapping | list) for item in items)
    return is_flat and len(value) <= MAX_LISTED and len(_short(value)) <= MAX_LINE_WIDTH


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(printable(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(name)} {printable(one)}" for name, one in value.items())
    return printable(value)


def _files(found: Check) -> Iterator[str]:
    for file in found.files:
        large = "" if file.bytes is None else f", {format_size(file.bytes)}"
        source = f", published in {printable(file.repo)}" if file.repo else ""
        yield f"{printable(file.file)}: {file.state}{large}{source}"
    yield f"{format_size(sum(file.bytes or 0 for file in found.files))} in all"


@dataclass(frozen=True)
class FileEntry:
    """File of a bundle.

    Attributes:
        file: Its name.
        bytes: Its size; 0 if missing.
        download: Bytes that a download would fetch; 0 if it is here or the size is not known.
        path: Its path; empty if missing.
        place: Its location: `models folder`, `with GAC`, `elsewhere`; empty if missing.
        repo: Repository that publishes it; empty for the bundle's own.
        revision: Commit that it is pinned to or came from; empty if unknown.
        hash: Source of its expected hash: `card`, `first download`, `none`.
        fetched: Bytes of an unfinished download.
        verified: Date of its last successful check, ISO 8601; empty if it has changed since.
    """

    file: str
    bytes: int
    download: int
    path: str
    place: str
    repo: str
    revision: str
    hash: str
    fetched: int
    verified: str


@dataclass(frozen=True)
class Entry:
    """Bundle: BundleInfo of the protocol, and its files."""

    info: dict[str, Any]
    place: str
    files: list[FileEntry]

    @property
    def bytes(self) -> int:
        """Total size of its files on this machine."""
        return sum(file.bytes for file in self.files)

    @property
    def download(self) -> int:
        """Total size of the files that a download would fetch, as far as known."""
        return sum(file.download for file in self.files)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        sizes = {"bytes": self.bytes, "download": self.download}
        files = [asdict(file) for file in self.files]
        return {**self.info, "place": self.place, **sizes, "files": files}


def entries(home: ModelsDir, library: Library) -> list[Entry]:
    """Return the entries of all bundles; quick, since nothing is hashed."""
    seen = _seen(home)
    listed = [_listed(bundle, home, library, seen) for bundle in library.cards()]
    return listed + [_damaged(each, home) for each in library.damaged()]


def _listed(bundle: Card, home: ModelsDir, library: Library, seen: dict[str, list[Any]]) -> Entry:
    try:
        return entry_of(bundle, home, library, seen)
    except (GacError, OSError) as error:
        problem = Message("{} cannot be read: {}", bundle.path, error)
        return _damaged(Damaged(bundle.path, problem, Message("Check that you may read it.")), home)


def _damaged(damaged: Damaged, home: ModelsDir) -> Entry:
    return Entry(damaged.info, _place(damaged.path, home), [])


def entry_of(
    bundle: Card, home: ModelsDir, library: Library, seen: dict[str, list[Any]] | None = None
) -> Entry:
    """Return the entry of one bundle."""
    seen = _seen(home) if seen is None else seen
    files = [
        _file(bundle, weight, home, library, seen)
        for weight in (*bundle.named_weights, *bundle.adapter_files)
    ]
    return Entry(library.describe(bundle), _place(bundle.path, home), files)


def verify(bundle: Card, home: ModelsDir, library: Library, tell: ProgressCallback) -> Check:
    """Hash every file of a bundle, and record which ones were right."""

    def on_file(name: str) -> None:
        tell(name, 0, 0)

    check = check_bundle(bundle, library, quick=True, tell=on_file)
    seen = _seen(home)
    for file in check.files:
        if file.path is not None:
            seen.pop(file.path, None)
            if file.state == OK:
                seen[file.path] = _stamp(Path(file.path))
    # If the folder is not writable, the result is still valid, only not recorded.
    with suppress(OSError):
        home.weights.mkdir(parents=True, exist_ok=True)
        with atomic_write(home.weights / VERIFIED_FILE) as part:
            part.write_text(json.dumps(seen, indent=1), encoding="utf-8")
    return check


def _file(
    bundle: Card,
    weight: WeightFile,
    home: ModelsDir,
    library: Library,
    seen: dict[str, list[Any]],
) -> FileEntry:
    record = find_record(home.weights, weight) if weight.repo else None
    try:
        path: Path | None = library.locate(bundle, weight)
    except BundleError:
        path = None
    is_kept = path is not None and path.is_relative_to(home.weights)
    hash_source = PINNED if weight.sha256 else FIRST_USE if record else UNKNOWN
    if record is not None and path is not None and not is_kept:
        hash_source = PINNED if weight.sha256 else UNKNOWN
    return FileEntry(
        file=weight.file,
        bytes=path.stat().st_size if path else 0,
        download=0 if path else weight.bytes or 0,
        path=str(path or ""),
        place=_place(path, home) if path else NOWHERE,
        repo=weight.repo or "",
        revision=weight.revision or (record.revision if record else ""),
        hash=hash_source,
        fetched=0 if path or weight.repo is None else partial_bytes(weight, home),
        verified=_when_verified(path, seen) if path else "",
    )


def _place(path: Path, home: ModelsDir) -> str:
    if path.is_relative_to(shipped_bundles()):
        return SHIPPED
    return HOME if path.is_relative_to(home.path) else ELSEWHERE


def _seen(home: ModelsDir) -> dict[str, list[Any]]:
    try:
        records = read_json(home.weights / VERIFIED_FILE, Message("record of verified files"), "")
    except BundleError:
        return {}
    return records if isinstance(records, dict) else {}


def _stamp(path: Path) -> list[Any]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns, today()]


def _when_verified(path: Path, seen: dict[str, list[Any]]) -> str:
    state = path.stat()
    match seen.get(str(path)):
        case [size, changed, str(when)] if [size, changed] == [state.st_size, state.st_mtime_ns]:
            return when
    return ""


def format_entries(found: list[Entry], about: dict[str, Any]) -> str:
    """Return a text that lists the bundles, their files, and the origin of each hash."""
    lines = [f"Models live in {about['folder']} ({format_size(about['free'])} free)."]
    if not about["there"]:
        lines.append("That folder is not there: plug in its disk, or choose another one.")
    for entry in found:
        info = entry.info
        state = "ready" if info["ready"] else "not ready"
        lines += ["", f"{info['name']}: {info['title']}"]
        lines.append(
            f"  {state}, {format_size(entry.bytes)} here, {entry.place}; {info['licence']}"
        )
        lines += [f"  {_file_line(file)}" for file in entry.files]
        if not info["ready"]:
            lines += [f"  {info['problem']}", f"  {info['remedy']}"]
    return "\n".join(lines)


def _file_line(file: FileEntry) -> str:
    location = file.place or "missing"
    if file.fetched:
        location = f"{format_size(file.fetched)} fetched, not whole"
    amount = format_size(file.bytes) if file.bytes else "–"
    hash_texts = {PINNED: "hash in the card", FIRST_USE: "hash of the first download"}
    words = [amount, location, hash_texts.get(file.hash, "no hash known")]
    words += [f"verified {file.verified}"] if file.verified else []
    words += [f"{file.repo}@{file.revision[:12] or 'newest'}"] if file.repo else []
    return f"{file.file}: {', '.join(words)}"
