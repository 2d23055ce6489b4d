"""Packing of trained parts and their base bundle into a new bundle."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError

from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.models.bundle import Bundle
from gac_core.models.card import UNUSABLE, read_bundle, unusable
from gac_core.models.evaluated import Evaluation
from gac_core.models.filling import Filler
from gac_core.models.library import Library
from gac_core.models.lineage import require_same_base, stage_2_differs, with_parts
from gac_core.models.names import is_plain
from gac_core.models.packed import packed_card, stage_notes
from gac_core.models.part import Part
from gac_core.models.place import put_in_place, require_room
from gac_core.raster.space import unwritable

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Label:
    """Naming of a new bundle.

    Attributes:
        name: Name by which it is selected; valid as a folder name on any system.
        title: Display title.
        licence: Licence of the whole; None: those of base and parts.
    """

    name: str
    title: str
    licence: str | None = None

    def __post_init__(self) -> None:
        if not is_plain(self.name):
            raise BundleError(
                f"The name {self.name[:80]!r} cannot be that of a bundle.",
                "Use up to 80 letters, digits, '.', '_' and '-'.",
            )
        for what, text in (("title", self.title), ("licence", self.licence or "-")):
            if not text.strip() or len(text) > LONGEST_TITLE or not text.isprintable():
                raise BundleError(
                    f"The {what} {text[:80]!r} cannot be that of a bundle.",
                    f"Use one line of up to {LONGEST_TITLE} characters.",
                )


def pack(
    base: Bundle,
    parts: Sequence[Part],
    out: Path,
    label: Label,
    library: Library,
    *,
    evaluation: Evaluation | None = None,
    half: bool = False,
    replace: bool = False,
    verify: Callable[[Bundle], None] = lambda bundle: None,
) -> Bundle:
    """Write a bundle atomically.

    Published weights remain references to their repository; all other files are copied.

    Args:
        base: The bundle that the parts were trained on.
        parts: At most one per stage.
        out: Folder of the new bundle.
        label: Name, title and licence.
        library: Finds the base's weights.
        evaluation: Scores on held-out places; None: only those of the parts' trainings.
        half: Store copied weights in half precision.
        replace: Allow replacing a bundle in `out`.
        verify: Called with the bundle before it is moved into place; raises to reject it.

    Raises:
        BundleError: If something is incompatible or damaged.
        OutputError: If `out` holds something else, or cannot be written.
    """
    out = out.expanduser().absolute()
    parts = sorted(parts, key=lambda part: part.stage)
    require_room(out, [part.path for part in parts], replace=replace)
    try:
        for part in parts:
            require_same_base(base, part, library)
        whole = with_parts(base, *parts)
        differs = any(part.stage == 3 and stage_2_differs(whole, part, library) for part in parts)
        card = packed_card(base, parts, label.name, label.title, label.licence)
        card["notes"] = stage_notes(base, parts, differs)
        with _new_folder(out) as folder:
            hashes = Filler(folder, base, library, half).fill(card, {p.stage: p for p in parts})
            if evaluation is not None:
                evaluation.require_of(hashes)
                card["scores"] |= evaluation.scores
            text = json.dumps(card, indent=1, ensure_ascii=False, allow_nan=False)
            (folder / CARD).write_text(text + "\n", encoding="utf-8")
            verify(read_bundle(folder))
            put_in_place(folder, out)
    except UNUSABLE as error:
        raise unusable(base.path / CARD, error) from error
    except (OSError, SafetensorError) as error:
        raise unwritable(out, error) from error
    return read_bundle(out)


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Yield a temporary folder beside another; deleted at the end unless it was renamed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        if os.name == "nt":
            # Windows cannot delete a file that is still memory-mapped.
            gc.collect()
        shutil.rmtree(folder, ignore_errors=True)
