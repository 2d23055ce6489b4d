"""Packing of trained parts and their base bundle into a new bundle."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file

from gac_core.bundles.bundle import (
    ADAPTER_FILES,
    Bundle,
    WeightFile,
    is_plain,
    is_portable,
    without_folders,
)
from gac_core.bundles.card import UNUSABLE, Evaluation, read_bundle, unusable
from gac_core.bundles.findings import Code, codes_of, of_stage
from gac_core.bundles.library import Library
from gac_core.bundles.part import (
    OTHER_STAGE_2,
    SECTIONS,
    Part,
    iter_weight_entries,
    require_same_base,
    stage_2_differs,
    with_parts,
)
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.contract.protocol import VERSION
from gac_core.contract.removal import remove_folder
from gac_core.io import require_hash, sha256, write_error
from gac_core.networks.weights import all_finite, read_state
from gac_core.store.integrity import put_in_place, require_replaceable

Card = dict[str, Any]

ANOTHER = Message("The file is damaged or its training failed. Train or fetch it again.")

LONGEST_TITLE = 120


def packed_card(
    base: Bundle, parts: Sequence[Part], name: str, title: str, licence: str | None
) -> Card:
    """Return the model card; its files still have their names in the base and the parts.

    Args:
        base: The bundle whose other stages stay.
        parts: In the order of their stages.
        name: Name of the new bundle.
        title: Title of the new bundle.
        licence: Licence of the whole; None: those of base and parts.
    """
    card: Card = json.loads(json.dumps(base.card))
    by_stage = {f"stage {part.stage}": part for part in parts}
    for part in parts:
        card[SECTIONS[part.stage]] = json.loads(json.dumps(part.section))
    licences = [base.licence, *(part.training.get("licence") for part in parts)]
    stated = dict.fromkeys(text for text in licences if isinstance(text, str) and text.strip())
    attribution = [*_texts(base.card.get("attribution"))]
    for part in parts:
        attribution += _texts(part.training.get("attribution"))
    return card | {
        "name": name,
        "title": title,
        "kind": "trained" if parts else base.kind,
        "licence": licence or "; ".join(stated),
        "attribution": list(dict.fromkeys(attribution)),
        "training": _training_section(base)
        | {stage: _public(part.training) for stage, part in by_stage.items()},
        "scores": _scores(base, parts),
        "packed": {
            "gac_version": VERSION,
            "base": {"name": base.name, "title": base.title, "licence": base.licence},
            "parts": {stage: part.base for stage, part in by_stage.items()},
            "was": (base.card.get("packed") or {}).get("was") or {},
        },
    }


def stage_notes(base: Bundle, parts: Sequence[Part], other_stage_2: bool) -> list[str]:
    """Return notes for users on the combination of stages.

    Args:
        base: The base.
        parts: Parts that replace its stages.
        other_stage_2: True if a stage 3 among the parts was trained after another stage 2.
    """
    stages = [part.stage for part in parts]
    notes = [] if stages else _texts(base.card.get("notes"))
    if other_stage_2 or (stages == [2] and base.grounding.adapter is not None):
        notes.append(OTHER_STAGE_2)
    elif stages == [3]:
        notes += [note for note in _texts(base.card.get("notes")) if note != OTHER_STAGE_2]
    return notes


def weight_files(card: Card, homes: Mapping[str, Path]) -> Iterator[tuple[Card, Path | None, str]]:
    """Yield each entry of a weight file, the part's folder that holds it, and its new folder.

    Args:
        card: The card.
        homes: Folders of the parts by section; other files are in the base.

    Yields:
        The entry, which may be modified; None for the base; the new folder's name, or "".
    """
    for entry in card["terramind"]["weights"].values():
        yield entry, None, ""
    for stage, section in SECTIONS.items():
        home = homes.get(section)
        for entry in iter_weight_entries(card.get(section) or {}):
            yield entry, home, "" if home is None else f"stage{stage}/"


def _training_section(base: Bundle) -> Card:
    """Return the training section of the base's card, by name."""
    training = base.card.get("training")
    if base.card.get("packed") and isinstance(training, dict):
        return dict(training)
    return {} if training is None else {"base": training}


def _public(training: Mapping[str, Any]) -> Card:
    """Return a description of a training without the trainer's folders."""
    return {
        key: without_folders(value) if isinstance(value, str) else value
        for key, value in training.items()
    }


def _scores(base: Bundle, parts: Sequence[Part]) -> Card:
    """Return the scores of the parts, and the base's scores that still apply."""
    scores: Card = json.loads(json.dumps(base.card.get("scores") or {}))
    first = min((part.stage for part in parts), default=4)
    replaced = [f"opt_v{stage}" for stage in range(first, 4)]
    if isinstance(scores.get("mean"), dict):
        scores["mean"] = {name: row for name, row in scores["mean"].items() if name not in replaced}
    lines = [
        line
        for line in _texts(scores.pop("not earned", None))
        if not any(name in line for name in replaced)
    ]
    codes = _codes(scores.pop("findings", None))
    for part in parts:
        title = f"stage {part.stage}"
        own = {"not earned", "findings"}
        scores[title] = {key: value for key, value in part.scores.items() if key not in own}
        trained = _codes(part.scores.get("findings"))
        new = [
            line if line.startswith("opt_v") else of_stage(line, f"opt_v{part.stage}", trained)
            for line in _texts(part.scores.get("not earned"))
        ]
        lines += new
        codes |= trained | codes_of(new)
        # Scores of the stages after a replaced one belong to another input image.
        scores = {
            key: value
            for key, value in scores.items()
            if key <= title or not key.startswith("stage ")
        }
    findings = {line: codes[line] for line in lines if line in codes}
    return scores | {"not earned": lines, "findings": findings}


def _codes(value: Any) -> dict[str, Code]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


@dataclass
class Filler:
    """Copier of files into a new bundle's folder, and of their names and hashes into its card."""

    folder: Path
    base: Bundle
    library: Library
    half: bool
    taken: set[str] = field(default_factory=set)

    def fill(self, card: Card, parts: dict[int, Part]) -> dict[str, set[str]]:
        """Copy all files of a card.

        Returns:
            By file used to compute images, its hashes now and before packing.
        """
        hashes_of: dict[str, set[str]] = {}
        homes = {SECTIONS[stage]: part.path for stage, part in parts.items()}
        former: dict[str, str] = card["packed"]["was"]
        previous: dict[str, str] = {}
        for entry, home, under in weight_files(card, homes):
            weight = WeightFile(**entry)
            if weight.repo is not None:
                self._pin(entry, weight, parts)
                hashes_of[weight.file] = {str(entry["sha256"])}
                continue
            source = home / weight.file if home else self.library.locate(self.base, weight)
            name, before = self._store(source, f"{under}{weight.file}", weight.sha256)
            entry |= {"file": name, "sha256": sha256(self.folder / name)}
            earlier = None if home else former.get(weight.file)
            _remember(previous, name, before, entry["sha256"], earlier)
            hashes_of[name] = {before, entry["sha256"], *([earlier] if earlier else [])}
        for stage, section in SECTIONS.items():
            values, part = card.get(section) or {}, parts.get(stage)
            if values.get("adapter") is None:
                continue
            home = (part.path if part else self.base.path) / values["adapter"]
            target = f"stage{stage}/{values['adapter']}" if part else values["adapter"]
            expected = values.get("adapter_sha256") or {}
            hashes = {}
            for file in ADAPTER_FILES:
                name, before = self._store(home / file, f"{target}/{file}", expected.get(file))
                hashes[file] = sha256(self.folder / name)
                earlier = None if part else former.get(f"{values['adapter']}/{file}")
                _remember(previous, name, before, hashes[file], earlier)
                hashes_of[name] = {before, hashes[file], *([earlier] if earlier else [])}
            values |= {"adapter": target, "adapter_sha256": hashes}
        if (codes := card["terramind"].get("codes")) is not None:
            self._codes(codes, parts)
        card["packed"] |= {"was": previous, "half": self.half}
        if (critic := (card.get("grounding") or {}).get("critic")) is not None:
            # The critic computes no image, so evaluations do not hash it.
            del hashes_of[critic["weights"]["file"]]
        return hashes_of

    def _codes(self, entry: Card, parts: dict[int, Part]) -> None:
        """Copy the encoder that training needs; no run reads it, so evaluations do not hash it.

        It is never halved: in half precision its tokens would differ from those that the decoder
        was trained on.
        """
        weight = WeightFile(**entry)
        if weight.repo is not None:
            self._pin(entry, weight, parts)
            return
        source = self.library.locate(self.base, weight)
        name, digest = self._store(source, weight.file, weight.sha256, half=False)
        entry |= {"file": name, "sha256": digest}

    def _pin(self, entry: Card, weight: WeightFile, parts: dict[int, Part]) -> None:
        """Set the hash of published weights to that of the ones used in training."""
        try:
            path = self.library.locate(self.base, weight)
        except BundleError:
            entry["sha256"] = weight.sha256 or _trained_on(self.base, weight, parts)
        else:
            entry["sha256"] = require_hash(path, weight.sha256)
        if entry["sha256"] is not None:
            # Of the file that was trained on: what others report of it says nothing more.
            entry.pop("reported_sha256", None)

    def _store(
        self, source: Path, name: str, told: str | None, *, half: bool = True
    ) -> tuple[str, str]:
        """Copy a file; return its name in the bundle and its hash before."""
        if not is_portable(name):
            raise BundleError(
                Message("The file name {} cannot be kept on every system.", repr(name[:200])),
                Message("Rename the file, and its entry in the card that names it."),
                problem="file-name-not-portable",
            )
        if not source.is_file():
            raise BundleError(
                Message("The file {} is missing.", source),
                Message("Install or train it again."),
                problem="packed-file-missing",
            )
        before = require_hash(source, told)
        tensors = None if source.suffix == ".json" else _sound(source)
        halved = self.half and half and tensors is not None
        target = self.folder / name
        if halved:
            target = target.with_suffix(".safetensors")
        if str(target).casefold() in self.taken:
            raise BundleError(
                Message(
                    "Two different files would be {} in the bundle.",
                    target.relative_to(self.folder),
                ),
                Message("Rename one of them, and its entry in the card that names it."),
                problem="file-names-clash",
            )
        self.taken.add(str(target).casefold())
        target.parent.mkdir(parents=True, exist_ok=True)
        if tensors is not None and halved:
            save_file({key: _halved(key, t, source) for key, t in tensors.items()}, target)
        else:
            shutil.copyfile(source, target)
        return target.relative_to(self.folder).as_posix(), before


def _trained_on(base: Bundle, weight: WeightFile, parts: Mapping[int, Part]) -> str | None:
    """Return the hash that a base's published weights had when the parts were trained."""
    for role, own in (("generator", base.generator), ("tokenizer", base.tokenizer)):
        if own.file == weight.file:
            for part in parts.values():
                return str(part.base["weights"][role])
    return None


def _remember(kept: dict[str, str], name: str, before: str, now: str, earlier: str | None) -> None:
    """Record the hash that a file had when something was trained on it, if it has changed since."""
    if earlier is not None or before != now:
        kept[name] = earlier or before


def _sound(path: Path) -> dict[str, torch.Tensor]:
    """Return a weight file's tensors after checking that all values are finite."""
    state = read_state(path)
    for name, tensor in state.items():
        if not all_finite(tensor):
            raise BundleError(
                Message("The weight file {} contains NaN or infinite values (in {}).", path, name),
                ANOTHER,
                problem="weights-not-finite",
            )
    return state


def _halved(name: str, tensor: torch.Tensor, source: Path) -> torch.Tensor:
    if not tensor.is_floating_point():
        return tensor.contiguous()
    half = tensor.half()
    if not all_finite(half):
        raise BundleError(
            Message("{} holds values too large for half precision (in {}).", source, name),
            Message("Pack it without --half."),
            problem="values-beyond-half",
        )
    return half.contiguous()


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
                Message("The name {} cannot be that of a bundle.", repr(self.name[:80])),
                Message("Use up to 80 letters, digits, '.', '_' and '-'."),
                problem="bundle-name-wrong",
            )
        for what, text in (
            (Message("title"), self.title),
            (Message("licence"), self.licence or "-"),
        ):
            if not text.strip() or len(text) > LONGEST_TITLE or not text.isprintable():
                raise BundleError(
                    Message("The {} {} cannot be that of a bundle.", what, repr(text[:80])),
                    Message("Use one line of up to {} characters.", LONGEST_TITLE),
                    problem="bundle-title-wrong",
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
    require_replaceable(out, [part.path for part in parts], replace=replace)
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
        raise write_error(out, error) from error
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
        remove_folder(folder, ignore_errors=True)
