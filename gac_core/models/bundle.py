"""A model bundle: what its models are, and where their weights lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gac_core.bands import S1_STATISTICS
from gac_core.contract.errors import BundleError
from gac_core.models.names import printable
from gac_core.models.window import AGAIN as AGAIN
from gac_core.models.window import WindowSpec as WindowSpec

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
"""What peft's `save_pretrained` leaves of an adapter that GAC reads."""

MOST = 4
"""So many things that a stage did not earn are notes; there may be two for each measure."""

STEPS = 10
"""Diffusion steps of stage 1 that no bundle or user has cut down."""

BRIDGE_STEPS = 4
"""Steps of a bridge that neither its bundle nor a user gives a number."""

MOST_STEPS = 20
"""Steps of a bridge that a bundle may ask for; more would change nothing that one sees."""

ANSWER_STEPS = 8
"""Diffusion steps of a zero-shot answer in stage 3 that no user has cut down."""

LONGEST = 240
"""Characters of a note."""

LARGEST_OFFSET = 10_000
"""DN: a reflectance of 1."""


@dataclass(frozen=True)
class WeightFile:
    """One file of weights.

    Attributes:
        file: Its name, relative to the bundle's folder or to a folder of weights.
        sha256: What it must hash to; None where the publisher's hash is not known.
        repo: Hugging Face repository that publishes it; None for a bundle's own file.
        revision: Commit in that repository; None: not pinned yet.
    """

    file: str
    sha256: str | None = None
    repo: str | None = None
    revision: str | None = None


@dataclass(frozen=True)
class Sampling:
    """How tokens and images are drawn.

    Attributes:
        temperature: Of the token choice; 0 takes the most likely token.
        top_p: Share of the probability that tokens are drawn from.
        threshold: Clip the decoder to ± this many standard deviations (TerraTorch: 1); None: not.
        draft: Diffusion steps that are enough for stage 1 where stage 3 follows, by the bundle's
            held-out scores; None: not known.
    """

    temperature: float = 0.0
    top_p: float = 0.8
    threshold: float | None = None
    draft: int | None = None

    def __post_init__(self) -> None:
        if self.draft is not None and self.draft < 1:
            raise BundleError(
                f"The bundle's draft has {self.draft} diffusion steps; it needs one at least.",
                AGAIN,
            )

    def steps(self, stages: int) -> int:
        """Diffusion steps of stage 1 where nobody asked for a number.

        Args:
            stages: The last stage that is computed.
        """
        return STEPS if self.draft is None or stages < 3 else min(self.draft, STEPS)


@dataclass(frozen=True)
class Grounding:
    """How stage 3 makes opt_v3 of opt_v2, the radar and TerraMind.

    Attributes:
        adapter: Folder of the LoRA adapter in the bundle; None: TerraMind as it was pretrained.
        bridge: Size and weight file of the network that carries opt_v2 to opt_v3; None: opt_v3 is
            TerraMind's zero-shot answer to radar and opt_v2.
        critic: Size and weight file of the adversary that stage 3 was trained against; None: it
            cannot show where it doubts a picture.
        adapter_sha256: What the adapter's files must hash to, by name; None: not known.
    """

    adapter: str | None = None
    bridge: Mapping[str, Any] | None = None
    critic: Mapping[str, Any] | None = None
    adapter_sha256: Mapping[str, str] | None = None

    @property
    def weights(self) -> dict[str, WeightFile]:
        """Its weight files by what they are, the adapter's aside."""
        sections = {"bridge": self.bridge, "critic": self.critic}
        return {
            name: WeightFile(**section["weights"])
            for name, section in sections.items()
            if section is not None
        }

    @property
    def steps(self) -> int:
        """Steps of stage 3 where nobody asked for a number.

        Raises:
            ValueError: If the bridge's section names no number that can be.
        """
        if self.bridge is None:
            return ANSWER_STEPS
        steps = self.bridge["shape"].get("steps", BRIDGE_STEPS)
        if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MOST_STEPS:
            raise ValueError(f"steps is {steps!r}")
        return steps


@dataclass(frozen=True)
class Bundle:
    """A parsed card. Sections that models are built from stay as their JSON values.

    No run needs `codes`, the encoder that gives the tokens of real images: training alone does.
    `offset` is what the images of TerraMind and its tokenizer have on top of DN without an offset,
    such as Sentinel-2's 1000. It is added to what they are shown and taken from what they answer.
    """

    path: Path
    name: str
    title: str
    kind: str
    licence: str
    terramind: Mapping[str, Any]
    generator: WeightFile
    tokenizer: WeightFile
    window: WindowSpec = field(default_factory=WindowSpec)
    sampling: Sampling = field(default_factory=Sampling)
    refiner: Mapping[str, Any] | None = None
    grounding: Grounding = field(default_factory=Grounding)
    codes: WeightFile | None = None
    offset: float = 0.0
    card: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A frozen value that is given what depends on another: a bridge is crossed in tiles.
        cut = (1,) if self.grounding.bridge is not None else (1, 3)
        object.__setattr__(self, "window", replace(self.window, blocks=cut))

    @property
    def offset_entry(self) -> dict[str, float]:
        """Its offset, for what identifies its models; nothing where it has none."""
        return {"offset": self.offset} if self.offset else {}

    @property
    def modalities(self) -> tuple[str, ...]:
        """Kinds of radar that its TerraMind knows."""
        return tuple(self.terramind.get("modalities", S1_STATISTICS))

    def require_modality(self, modality: str) -> None:
        """See that its TerraMind knows a kind of radar.

        Raises:
            BundleError: If it does not.
        """
        if modality not in self.modalities:
            raise BundleError(
                f"The radar is {modality}, and the models of bundle {self.name!r} know "
                f"{', '.join(self.modalities)} only.",
                "Choose a bundle that knows it. To try all the same, choose "
                f"{self.modalities[0]} as its kind yourself.",
            )

    @property
    def weight_files(self) -> tuple[WeightFile, ...]:
        """Every weight file that a run or a map of one needs, adapters aside."""
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
        """Every weight file that the card names, adapters aside."""
        return self.weight_files if self.codes is None else (*self.weight_files, self.codes)

    @property
    def adapters(self) -> tuple[str, ...]:
        """Folders of adapters in the bundle."""
        named = (self.refiner or {}).get("adapter"), self.grounding.adapter
        return tuple(name for name in named if name is not None)

    @property
    def all_files(self) -> set[str]:
        """Every file that the card names, relative to the bundle's folder or one of weights."""
        named = {weight.file for weight in self.named_weights}
        return named | {f"{adapter}/{file}" for adapter in self.adapters for file in ADAPTER_FILES}

    @property
    def notes(self) -> list[str]:
        """What a user must know about this bundle's stages before believing them."""
        notes = []
        if self.kind == "demo":
            notes.append(
                "Demo models: small, trained on little data. They show how GAC works, "
                "not how good it can be."
            )
        if self.refiner is None:
            notes.append("Stage 2 leaves the image as it is: no trained refiner is installed.")
        if self.grounding.bridge is None:
            notes.append(
                "Stage 3 is TerraMind's zero-shot conditioning: no trained bridge is installed."
            )
        notes += _lines(self.card.get("notes"))
        unearned = _lines((self.card.get("scores") or {}).get("not earned"))
        notes += [f"On held-out places {words.rstrip('.')}." for words in unearned[:MOST]]
        if len(unearned) > MOST:
            notes.append(
                f"Held-out places speak against its stages in {len(unearned) - MOST} more ways: "
                f"`gac bundle check {self.name}` lists them."
            )
        return notes


def _lines(value: Any) -> list[str]:
    """Return texts of a card that people are shown, none longer than a note."""
    return [short_line(text) for text in ([value] if isinstance(value, str) else value or ())]


def short_line(text: str) -> str:
    """Return a text on one line, without what could steer a terminal, and no longer than a note."""
    line = printable(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
