"""Model bundle: configuration of its models and locations of their weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from gac_core.band_statistics import S1_STATISTICS
from gac_core.bundles.findings import note_of
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message, changed, later
from gac_core.grid import TOKEN

BLOCK = 32
"""Sides of blocks are multiples of this: the published decoder downsamples by up to 32."""
AGAIN = Message("Install or fetch the bundle again.")

LONGEST_FILE_NAME = 150
"""Maximum characters of a name with its folders; Windows allows 260 for the whole path."""
LONGEST_REPOSITORY = 96
"""Maximum characters of a repository's name including its owner."""
RESERVED = frozenset(
    {"bundle.json", "part.json", "known-hashes.json", "verified.json", "models.json", "lock"}
)
"""File names of GAC's own records, which cards may not use."""
_PORTABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, with any extension."""

_FOLDERS = re.compile(
    r"(?<![\w.:/\\-])(?:[A-Za-z]:|~)?[/\\][^\s'\"]*?([^\s'\"/\\]+)[/\\]?(?=[\s'\"]|$)"
)
"""A full path in a text; the group is its last component."""
_QUOTED = re.compile(r"(?<=(['\"]))(?:[A-Za-z]:|~)?[/\\][^'\"]*?([^'\"/\\]+)[/\\]?(?=\1)")
"""The same between quotes, where it may have spaces; the second group is its last component."""

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
"""Files of peft's `save_pretrained` that GAC reads."""
MAX_SCORE_NOTES = 4
"""Maximum number of notes about scores that a stage did not reach; a bundle may have two per
measure.
"""
STEPS = 10
"""Default diffusion steps of stage 1."""
BRIDGE_STEPS = 4
"""Default steps of a bridge."""
MOST_STEPS = 20
"""Maximum steps that a bundle may set for its bridge; more would make no visible difference."""
ANSWER_STEPS = 8
"""Default diffusion steps of zero-shot conditioning in stage 3."""
MAX_NOTE_LENGTH = 240
"""Maximum length of a note in characters."""
LARGEST_OFFSET = 10_000
"""DN that corresponds to a reflectance of 1."""

NO_REFINER = Message("Stage 2 leaves the image as it is: no trained refiner is installed.")
NO_BRIDGE = Message(
    "Stage 3 is TerraMind's zero-shot conditioning: no trained bridge is installed."
)
MORE_VERDICTS = later(
    "Held-out places speak against its stages in {} more ways: `gac bundle check {}` lists them."
)
"""Notes, and templates of notes."""


@dataclass(frozen=True)
class WindowSpec:
    """Tile and block sizes, in pixels.

    Attributes:
        size: Side of a tile, the transformers' input; a multiple of 32.
        overlap: Overlap of neighbouring tiles for which tokens are chosen; a multiple of 16.
        margin: Outer pixels of an image tile that are computed but not used.
        decode: Side of a block, in which TerraMind's tokens are decoded; a multiple of 32, at least
            `size`. 0: twice that.
        blend: Overlap of neighbouring image tiles; a multiple of 16. 0: 32, or more for a wide
            margin, or `overlap` if that is less: corrections are local.
        seam: Overlap of neighbouring blocks; a multiple of 32, at most half of `decode`. 0: 64.
        blocks: Stages computed in blocks, as they decode tokens; the others are computed in tiles.
            Set by the bundle according to its stage 3.
    """

    size: int = 224
    overlap: int = 64
    margin: int = 8
    decode: int = 0
    seam: int = 0
    blend: int = 0
    blocks: tuple[int, ...] = (1, 3)

    def __post_init__(self) -> None:
        if self.size % 32 or self.overlap % TOKEN or not 0 < self.overlap <= self.size // 2:
            raise BundleError(
                Message(
                    "The bundle's window (size {}, overlap {}) does not fit.",
                    self.size,
                    self.overlap,
                ),
                Message(
                    "Size must be a multiple of 32, overlap one of 16 and at most half the size."
                ),
                problem="window-not-fitting",
            )
        # Defaults that depend on other fields of a frozen class. JSON has no tuples.
        object.__setattr__(self, "blocks", tuple(self.blocks))
        enough = max(2, 2 * self.margin // TOKEN + 1) * TOKEN
        object.__setattr__(self, "blend", self.blend or min(self.overlap, enough))
        if self.blend % TOKEN or not 0 < self.blend <= self.size // 2:
            raise BundleError(
                Message("The bundle's tiles cannot share {} px.", self.blend),
                Message("It must be a multiple of 16 and at most half the size."),
                problem="blend-not-fitting",
            )
        if not 0 <= 2 * self.margin < self.blend:
            raise BundleError(
                Message(
                    "The bundle's margin {} must be under half of what tiles share.", self.margin
                ),
                AGAIN,
                problem="margin-too-large",
            )
        object.__setattr__(self, "decode", self.decode or 2 * self.size)
        object.__setattr__(self, "seam", self.seam or min(2, self.decode // 2 // BLOCK) * BLOCK)
        if self.decode % BLOCK or self.seam % BLOCK or self.decode < self.size:
            raise BundleError(
                Message(
                    "The bundle's blocks (side {}, seam {}) do not fit.", self.decode, self.seam
                ),
                Message("Both must be multiples of {}, and the side at least the tile's.", BLOCK),
                problem="blocks-not-fitting",
            )
        if not 0 < self.seam <= self.decode // 2:
            raise BundleError(
                Message(
                    "The bundle's seam {} must be at most half the block's side, {}.",
                    self.seam,
                    self.decode,
                ),
                AGAIN,
                problem="seam-too-large",
            )

    @property
    def stride(self) -> int:
        """Distance between origins of tiles whose tokens are chosen."""
        return self.size - self.overlap

    @property
    def rim(self) -> int:
        """Outer pixels of a block that are computed but not used.

        Decodes of the same tokens and noise differ most within 16 px of an edge, where the
        decoder's convolutions include padding: with the demo bundle five times as much as inside.
        """
        return self.seam // 4


def without_folders(text: str) -> str:
    """Return a text such as a command line with full paths reduced to names, safe to publish."""
    return _FOLDERS.sub(r"\1", _QUOTED.sub(r"\2", text))


def is_inside(name: Any) -> bool:
    """Return whether a name stays within the folder that it is relative to, on any system.

    Raises:
        ValueError: If it is not a string.
    """
    if not isinstance(name, str):
        raise ValueError(Message("{} is not a file name", repr(name)))
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.is_absolute() or path.drive or ".." in path.parts:
            return False
    return bool(name.strip())


def is_plain(name: str) -> bool:
    """Return whether a name without folders is valid for a file or folder on any system."""
    return bool(
        _PORTABLE.fullmatch(name) and not name.endswith(".") and not _DEVICES.fullmatch(name)
    )


def is_portable(name: Any) -> bool:
    """Return whether a relative name stays in its folder, is valid on any system, and not reserved.

    Raises:
        ValueError: If it is not a string.
    """
    return (
        is_inside(name)
        and len(name) <= LONGEST_FILE_NAME
        and all(is_plain(part) for part in name.split("/"))
        and name.rpartition("/")[2].casefold() not in RESERVED
    )


def is_repository(name: Any) -> bool:
    """Return whether a name is valid for a Hugging Face repository and a folder on any system."""
    return (
        isinstance(name, str)
        and len(name) <= LONGEST_REPOSITORY
        and name.count("/") == 1
        and all(is_plain(part) and not part.endswith("-") for part in name.split("/"))
        and "--" not in name
        and ".." not in name
        and not name.endswith(".git")
    )


def printable(value: Any) -> str:
    """Return a value as text on one line, without control characters."""
    return changed(str(value), _on_one_line)


def _on_one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@dataclass(frozen=True)
class WeightFile:
    """One file of weights.

    Attributes:
        file: Name relative to the bundle's folder or to a weights folder.
        sha256: Expected hash; None if the publisher's hash is not known.
        repo: Hugging Face repository that publishes it; None for a bundle's own file.
        revision: Commit in that repository; None: not pinned.
        bytes: Published size, for display before a download; None: unknown.
        reported_sha256: Hash that a public source reports and nobody has verified: another one is
            told to the user and not refused.
    """

    file: str
    sha256: str | None = None
    repo: str | None = None
    revision: str | None = None
    bytes: int | None = None
    reported_sha256: str | None = None

    def report_mismatch(self, digest: str) -> str:
        """Return a note if a file's hash is not the reported one; "" if it is, or there is none."""
        if self.reported_sha256 in (None, digest):
            return ""
        return Message(
            "{} has the SHA-256 {}…; public sources report {}…, which GAC could not verify. If "
            "results look wrong, compare it with the publisher's page.",
            self.file,
            digest[:12],
            str(self.reported_sha256)[:12],
        )


@dataclass(frozen=True)
class Sampling:
    """Sampling of tokens and images.

    Attributes:
        temperature: Temperature of the token choice; 0 takes the most likely token.
        top_p: Cumulative probability of the tokens to sample from.
        threshold: Clip the decoder to ± this many standard deviations (TerraTorch: 1); None: no
            clipping.
        draft: Diffusion steps that suffice for stage 1 if stage 3 follows, by the bundle's held-out
            scores; None: unknown.
    """

    temperature: float = 0.0
    top_p: float = 0.8
    threshold: float | None = None
    draft: int | None = None

    def __post_init__(self) -> None:
        if self.draft is not None and self.draft < 1:
            raise BundleError(
                Message(
                    "The bundle's draft has {} diffusion steps; it needs one at least.", self.draft
                ),
                AGAIN,
                problem="draft-without-steps",
            )

    def steps(self, stages: int) -> int:
        """Return the default diffusion steps of stage 1.

        Args:
            stages: The last stage that is computed.
        """
        return STEPS if self.draft is None or stages < 3 else min(self.draft, STEPS)


@dataclass(frozen=True)
class Grounding:
    """Configuration of stage 3, which computes opt_v3 from opt_v2, the radar and TerraMind.

    Attributes:
        adapter: Folder of the LoRA adapter in the bundle; None: pretrained TerraMind.
        bridge: Size and weight file of the network from opt_v2 to opt_v3; None: opt_v3 is
            TerraMind's zero-shot output for radar and opt_v2.
        critic: Size and weight file of the adversary of stage 3's training; None: no maps of doubt.
        adapter_sha256: Expected hashes of the adapter's files by name; None: unknown.
    """

    adapter: str | None = None
    bridge: Mapping[str, Any] | None = None
    critic: Mapping[str, Any] | None = None
    adapter_sha256: Mapping[str, str] | None = None

    @property
    def weights(self) -> dict[str, WeightFile]:
        """Weight files by role, without the adapter's."""
        sections = {"bridge": self.bridge, "critic": self.critic}
        return {
            name: WeightFile(**section["weights"])
            for name, section in sections.items()
            if section is not None
        }

    @property
    def steps(self) -> int:
        """Default number of steps of stage 3.

        Raises:
            ValueError: If the bridge's section holds no valid number.
        """
        if self.bridge is None:
            return ANSWER_STEPS
        steps = self.bridge["shape"].get("steps", BRIDGE_STEPS)
        if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MOST_STEPS:
            raise ValueError(Message("steps is {}", repr(steps)))
        return steps


@dataclass(frozen=True)
class Card:
    """Parsed card of models, with what downloading, listing and verifying need.

    Attributes:
        path: Its folder.
        name: Name by which the models are chosen.
        title: Title for people.
        kind: `demo`, `published`, `trained`, or `backbone`.
        licence: Licence of the whole.
        card: The JSON values.
    """

    path: Path
    name: str
    title: str
    kind: str
    licence: str
    card: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @property
    def weight_files(self) -> tuple[WeightFile, ...]:
        """All weight files that are needed, without adapters."""
        return ()

    @property
    def named_weights(self) -> tuple[WeightFile, ...]:
        """All weight files in the card, without adapters."""
        return self.weight_files

    @property
    def adapter_files(self) -> tuple[WeightFile, ...]:
        """Files of adapters in the folder."""
        return ()

    @property
    def all_files(self) -> set[str]:
        """All files in the card, relative to its folder or a weights folder."""
        return {weight.file for weight in (*self.named_weights, *self.adapter_files)}

    @property
    def notes(self) -> list[str]:
        """Limitations that users must know."""
        return []


@dataclass(frozen=True)
class Backbone(Card):
    """Published weights that only training needs: no run computes with them alone.

    Attributes:
        weights: The files.
    """

    weights: tuple[WeightFile, ...] = ()

    @property
    def weight_files(self) -> tuple[WeightFile, ...]:
        """All weight files."""
        return self.weights


@dataclass(frozen=True)
class Bundle(Card):
    """A parsed card. Sections from which models are built stay as their JSON values.

    No run needs `codes`, the encoder that gives the tokens of real images: only training does.
    `offset` is the offset of the images of TerraMind and its tokenizer above DN without an offset,
    such as Sentinel-2's 1000. It is added to their inputs and subtracted from their outputs.
    """

    terramind: Mapping[str, Any]
    generator: WeightFile
    tokenizer: WeightFile
    window: WindowSpec = field(default_factory=WindowSpec)
    sampling: Sampling = field(default_factory=Sampling)
    refiner: Mapping[str, Any] | None = None
    grounding: Grounding = field(default_factory=Grounding)
    codes: WeightFile | None = None
    offset: float = 0.0

    def __post_init__(self) -> None:
        # Stage 3 is computed in tiles if there is a bridge; the class is frozen.
        cut = (1,) if self.grounding.bridge is not None else (1, 3)
        object.__setattr__(self, "window", replace(self.window, blocks=cut))

    def sees_observed(self, number: int) -> bool:
        """Return whether a stage is given observed pixels of an optical reference in its image.

        Networks that were not trained with them are given what the stage before generated: where
        they have seen the truth, their error would say nothing of that under clouds, by which
        fusion goes. TerraMind was trained on parts of images.
        """
        parts = {2: (self.refiner or {}).get("head"), 3: self.grounding.bridge}
        part = parts.get(number)
        return part is None or bool(part["shape"].get("observed", False))

    @property
    def offset_entry(self) -> dict[str, float]:
        """Offset for the fingerprint of the bundle's models; empty without an offset."""
        return {"offset": self.offset} if self.offset else {}

    @property
    def modalities(self) -> tuple[str, ...]:
        """Radar modalities that its TerraMind supports."""
        return tuple(self.terramind.get("modalities", S1_STATISTICS))

    def require_modality(self, modality: str) -> None:
        """Check that its TerraMind supports a radar modality.

        Raises:
            BundleError: If it does not.
        """
        if modality not in self.modalities:
            raise BundleError(
                Message(
                    "The radar is {}, and the models of bundle {} know {} only.",
                    modality,
                    repr(self.name),
                    ", ".join(self.modalities),
                ),
                Message(
                    "Choose a bundle that knows it. To try all the same, choose {} as "
                    "its kind yourself.",
                    self.modalities[0],
                ),
                problem="modality-not-supported",
            )

    @property
    def weight_files(self) -> tuple[WeightFile, ...]:
        """All weight files that a run or a map of one needs, without adapters."""
        files = [self.generator, self.tokenizer]
        if self.refiner is not None:
            files += [
                WeightFile(**self.refiner["weights"]),
                WeightFile(**self.refiner["head"]["weights"]),
            ]
            if self.refiner.get("blocks") is not None:
                files.append(WeightFile(**self.refiner["blocks"]["weights"]))
        return (*files, *self.grounding.weights.values())

    @property
    def named_weights(self) -> tuple[WeightFile, ...]:
        """All weight files in the card, without adapters."""
        return self.weight_files if self.codes is None else (*self.weight_files, self.codes)

    @property
    def adapters(self) -> tuple[str, ...]:
        """Folders of adapters in the bundle."""
        return tuple(name for name, _ in self._adapters)

    @property
    def adapter_files(self) -> tuple[WeightFile, ...]:
        """Files of adapters in the bundle, with their hashes."""
        return tuple(
            WeightFile(f"{name}/{file}", hashes.get(file))
            for name, hashes in self._adapters
            for file in ADAPTER_FILES
        )

    @property
    def _adapters(self) -> list[tuple[str, Mapping[str, str]]]:
        """Folders of adapters, with the hashes of their files by name."""
        sections = (self.refiner or {}), vars(self.grounding)
        return [
            (section["adapter"], section.get("adapter_sha256") or {})
            for section in sections
            if section.get("adapter") is not None
        ]

    @property
    def notes(self) -> list[str]:
        """Limitations of the bundle's stages that users must know."""
        notes: list[str] = []
        if self.kind == "demo":
            notes.append(
                Message(
                    "Demo models: small, trained on little data. They show how GAC "
                    "works, not how good it can be."
                )
            )
        if self.refiner is None:
            notes.append(NO_REFINER)
        if self.grounding.bridge is None:
            notes.append(NO_BRIDGE)
        notes += _lines(self.card.get("notes"))
        scores = self.card.get("scores") or {}
        unearned = _lines(scores.get("not earned"))
        codes = scores.get("findings") or {}
        notes += [note_of(line, codes) for line in unearned[:MAX_SCORE_NOTES]]
        if len(unearned) > MAX_SCORE_NOTES:
            more = len(unearned) - MAX_SCORE_NOTES
            notes.append(Message(MORE_VERDICTS, more, self.name))
        return notes


def _lines(value: Any) -> list[str]:
    """Return displayed texts of a card, none longer than a note."""
    return [short_line(text) for text in ([value] if isinstance(value, str) else value or ())]


def short_line(text: str) -> str:
    """Return a text on one line, without control characters, no longer than a note."""
    line = printable(text)
    return line if len(line) <= MAX_NOTE_LENGTH else f"{line[: MAX_NOTE_LENGTH - 1]}…"
