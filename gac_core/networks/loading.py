"""Loading of a bundle's networks: built and adapted on first use, cached, shared by threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from gac_core.bundles.bundle import ADAPTER_FILES, Bundle, WeightFile
from gac_core.bundles.card import UNUSABLE, unusable
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError, is_out_of_memory
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.io import require_hash, sha256
from gac_core.networks.adapters import load_lora
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.critic import Critic, CriticShape
from gac_core.networks.device import cap_memory, free_memory, optimise, uses_bfloat16
from gac_core.networks.libraries import PrithviViT, TerraMindGeneration
from gac_core.networks.memory import SINGLE, fits_together, sizes_of
from gac_core.networks.prithvi import (
    PrithviShape,
    build_prithvi,
    encoder_tensors,
    init_8bit_state,
    is_time_or_place,
    last_blocks,
    move_8bit_state,
    quantise_blocks,
)
from gac_core.networks.refiner import HeadShape, Refiner, RefinerHead
from gac_core.networks.terramind import (
    OUTPUT,
    TerraMindShape,
    Tokenizer,
    build_terramind,
    of_encoder,
    of_other_modalities,
)
from gac_core.networks.weights import SkipInit, count_and_examples, load_exactly, read_state


class SharedContext:
    """Context that is entered with the first thread and left with the last.

    Args:
        make: Creates a context each time a first thread enters.
    """

    def __init__(self, make: Callable[[], AbstractContextManager[object]]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._inside = 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._context = self._make()
                self._context.__enter__()
            self._inside += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._context.__exit__(None, None, None)


class SwitchableAdapter(Protocol):
    """An adapter that can be switched off for a while; peft's models are such."""

    def disable_adapter(self) -> AbstractContextManager[Any]:
        """Return a context in which the model computes as if it had no adapter."""


@dataclass
class TerraMind:
    """TerraMind, shared by stages 1 and 3.

    Attributes:
        model: The generation model, including the layers of the adapter, if any.
        adapter: The trained adapter, or peft's handle on one in training; None: there is none.
    """

    model: TerraMindGeneration
    adapter: SwitchableAdapter | None

    def __post_init__(self) -> None:
        self._bare = None if self.adapter is None else SharedContext(self.adapter.disable_adapter)

    @property
    def tokenizer(self) -> Tokenizer:
        """The Sentinel-2 tokenizer."""
        tokenizer: Tokenizer = self.model.tokenizer[OUTPUT]
        return tokenizer

    def bare(self) -> AbstractContextManager[object]:
        """Return a context with the adapter disabled: exactly the pretrained model.

        Several threads may enter it; the adapter is enabled again when the last one has left.
        """
        return self._bare if self._bare is not None else nullcontext()


class Models:
    """Networks of one bundle on one device.

    Args:
        bundle: The bundle.
        library: Finds weight files.
        device: Computing device.

    Attributes:
        hashes: SHA-256 by name of the files that results are computed with, once they are loaded.
        judge_hashes: The same for networks that assess results without changing them: a run's
            record must not depend on whether a warm process has loaded them.
        notes: What the user should know of the files, once they are loaded.
    """

    def __init__(self, bundle: Bundle, library: Library, device: torch.device) -> None:
        self.bundle = bundle
        self.library = library
        self.device = device
        self.hashes: dict[str, str] = {}
        self.judge_hashes: dict[str, str] = {}
        self.notes: list[str] = []
        self._takes_turns = False
        self._parked: set[str] = set()

    @cached_property
    def terramind(self) -> TerraMind:
        """TerraMind, with the grounding adapter if the bundle has one."""
        with self._as_the_card_says(), SkipInit():
            shape = TerraMindShape.from_dict(self.bundle.terramind)
            model = build_terramind(shape)
        self._fill(
            model.sampler.model,
            self.bundle.generator,
            may_be_left=lambda name: of_other_modalities(name, shape),
        )
        self._fill(model.tokenizer[OUTPUT], self.bundle.tokenizer, may_be_left=of_encoder)
        model.requires_grad_(False)
        adapter = None
        grounding = self.bundle.grounding
        if grounding.adapter is not None:
            folder = self._folder(grounding.adapter, grounding.adapter_sha256)
            adapter = load_lora(model, folder)
        terramind = TerraMind(model, adapter)
        optimise(model, terramind.tokenizer.decoder, self.device)
        move(model, self.device)
        return terramind

    @cached_property
    def refiner(self) -> Refiner | None:
        """Prithvi and its head; None if the bundle has no trained refiner."""
        section = self.bundle.refiner
        if section is None:
            return None
        with self._as_the_card_says(), SkipInit():
            shape = PrithviShape.from_dict(section["shape"])
            head = RefinerHead(HeadShape.from_dict(section["head"]["shape"]), shape.embed_dim)
        prithvi = self.prithvi(section)
        trained = section.get("blocks")
        if trained is not None:
            with self._as_the_card_says():
                blocks = last_blocks(prithvi, trained["last"])
            self._fill(blocks, WeightFile(**trained["weights"]))
        prithvi.requires_grad_(False)
        if section.get("quantise", True):
            with SkipInit():
                quantise_blocks(prithvi, keep_last=trained["last"] if trained is not None else 0)
        if section.get("adapter") is not None:
            folder = self._folder(section["adapter"], section.get("adapter_sha256"))
            load_lora(prithvi, folder)
        self._fill(head, WeightFile(**section["head"]["weights"]))
        refiner = Refiner(prithvi, head).eval().requires_grad_(False)
        move(refiner, self.device)
        init_8bit_state(prithvi)
        # Only now are the weights quantised, and the memory of the originals can be freed.
        free_memory()
        return refiner

    def prithvi(self, section: Mapping[str, Any]) -> PrithviViT:
        """Return pretrained Prithvi, for a refiner section's `shape` and `weights`."""
        with self._as_the_card_says(), SkipInit():
            prithvi = build_prithvi(PrithviShape.from_dict(section["shape"]))
        self._fill(
            prithvi,
            WeightFile(**section["weights"]),
            select=lambda state: encoder_tensors(state, prithvi),
            may_be_left=is_time_or_place,
        )
        return prithvi

    @cached_property
    def bridge(self) -> Bridge | None:
        """Network from opt_v2 to opt_v3; None if stage 3 is zero-shot."""
        section = self.bundle.grounding.bridge
        if section is None:
            return None
        with self._as_the_card_says(), SkipInit():
            dim = TerraMindShape.from_dict(self.bundle.terramind).dim
            network = Bridge(BridgeShape.from_dict(section["shape"]), dim)
        self._fill(network, WeightFile(**section["weights"]))
        move(network.eval().requires_grad_(False), self.device)
        return network

    @cached_property
    def critic(self) -> Critic | None:
        """Critic of stage 3; None if the bundle has none. No run needs it."""
        section = self.bundle.grounding.critic
        if section is None:
            return None
        with self._as_the_card_says(), SkipInit():
            dim = TerraMindShape.from_dict(self.bundle.terramind).dim
            network = Critic(CriticShape.from_dict(section["shape"]), dim)
        self._fill(network, WeightFile(**section["weights"]), hashes=self.judge_hashes)
        move(network.eval().requires_grad_(False), self.device)
        return network

    @cached_property
    def card_sha256(self) -> str:
        """SHA-256 of the bundle's card."""
        return sha256(self.bundle.path / CARD)

    def load(self, *, in_turns: bool = False) -> None:
        """Load everything that a run needs now.

        On a GPU this process's memory is capped at what is free.

        Args:
            in_turns: Where not all networks fit into a GPU at once, keep those of one stage at a
                time there, and the others in main memory. The caller calls `prepare` before each
                stage.
        """
        if self.device.type == "cuda":
            room = cap_memory(self.device)
            value = 2 if uses_bfloat16(self.device) else SINGLE
            with self._as_the_card_says():
                sizes = sizes_of(self.bundle, self.library)
                fits = fits_together(self.bundle, sizes, room, value=value)
            self._takes_turns = in_turns and not fits
            if not in_turns:
                self._bring(self._parked)
        for name in ("terramind", "refiner", "bridge"):
            if name not in vars(self):
                if self._takes_turns:
                    self._park(("terramind", "refiner"))
                getattr(self, name)
                if self.device.type != "cpu":
                    free_memory()

    def prepare(self, stage: int) -> None:
        """Bring the networks that compute a stage to the device, if they are not there."""
        used = ("refiner",) if stage == 2 else ("terramind", "bridge", "critic")
        if self._takes_turns and self.networks(stage):
            self._park({"terramind", "refiner", "bridge", "critic"}.difference(used))
        self._bring(self._parked.intersection(used))

    def ready(self, stage: int) -> None:
        """Prepare a stage for a caller that computes it alone, as `load` and `prepare` do for runs.

        On a GPU the first call loads all networks; on a processor they are loaded on first use.
        """
        if self.device.type != "cpu" and not self.is_loaded:
            self.load(in_turns=True)
        self.prepare(stage)

    def take_turns(self) -> bool:
        """Let networks take turns from now on; return False if they cannot, or do already."""
        changes = not self._takes_turns and self.bundle.refiner is not None
        self._takes_turns = self._takes_turns or changes
        return changes

    def _bring(self, names: Iterable[str]) -> None:
        """Move networks from main memory to the device."""
        for name in list(names):
            move(self._network(name), self.device)
            self._parked.remove(name)

    def _park(self, names: Iterable[str]) -> None:
        """Move networks to main memory, and give their memory on the device back."""
        for name in names:
            network = self._network(name) if name in vars(self) else None
            if network is not None and name not in self._parked:
                move(network, torch.device("cpu"))
                self._parked.add(name)
        free_memory()

    def _network(self, name: str) -> nn.Module:
        network = getattr(self, name)
        return network.model if isinstance(network, TerraMind) else network

    @property
    def is_loaded(self) -> bool:
        """True if everything that a run needs is in memory."""
        return {"terramind", "refiner", "bridge"} <= vars(self).keys()

    def networks(self, stage: int) -> list[nn.Module]:
        """Return the networks that compute a stage."""
        if stage == 2:
            return [] if self.refiner is None else [self.refiner]
        network = self.terramind.model.sampler.model
        if stage == 3 and self.bridge is not None:
            return [network, self.bridge]
        return [network, self.terramind.tokenizer.decoder]

    def _fill(
        self,
        network: nn.Module,
        weight: WeightFile,
        *,
        select: Callable[[dict[str, Tensor]], dict[str, Tensor]] = lambda state: state,
        may_be_left: Callable[[str], bool] = lambda name: False,
        hashes: dict[str, str] | None = None,
    ) -> None:
        """Load a checked file into a network.

        Args:
            network: The network.
            weight: The file.
            select: Returns the network's tensors of the file's.
            may_be_left: See `load_exactly`.
            hashes: See `_checked`.
        """
        path = self._checked(weight, hashes)
        unknown = load_exactly(
            network,
            select(read_state(path)),
            source=path,
            may_be_left=may_be_left,
            is_published=weight.repo is not None,
        )
        if unknown:
            self._note(
                Message(
                    "{} holds {} that this version of GAC does not use.",
                    weight.file,
                    count_and_examples(unknown),
                )
            )

    def _note(self, text: str) -> None:
        if text and text not in self.notes:
            self.notes.append(text)

    @contextmanager
    def _as_the_card_says(self) -> Iterator[None]:
        """Report impossible network sizes as an error in the card."""
        try:
            yield
        except (*UNUSABLE, ArithmeticError, AssertionError, RuntimeError) as error:
            if is_out_of_memory(error):
                raise
            raise unusable(self.bundle.path / CARD, error) from error

    def _folder(self, name: str, told: Mapping[str, str] | None) -> Path:
        """Return an adapter's folder after checking its files against the card's hashes, if any.

        The hashes are recorded for provenance.
        """
        folder = self.bundle.path / name
        for file in ADAPTER_FILES:
            if (folder / file).is_file():
                digest = self._hash(folder / file, (told or {}).get(file))
                self.hashes[f"{name}/{file}"] = digest
        return folder

    def _checked(self, weight: WeightFile, hashes: dict[str, str] | None = None) -> Path:
        """Return a file's path after checking its hash, which is recorded for provenance."""
        hashes = self.hashes if hashes is None else hashes
        path = self.library.locate(self.bundle, weight)
        if weight.file not in hashes:
            digest = self._hash(path, self.library.expected_hash(weight, path))
            hashes[weight.file] = digest
            self._note(weight.report_mismatch(digest))
        return path

    def _hash(self, path: Path, told: str | None) -> str:
        try:
            return require_hash(path, told)
        except OSError as error:
            raise BundleError(
                Message("The weight file {} cannot be read: {}.", path, error.strerror),
                Message(
                    "Check that you have the permission to read it, or install the bundle again."
                ),
                problem="weights-unreadable",
            ) from error


class ModelCache:
    """Cache of one bundle's models; requesting another's frees them first."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._key: tuple[str, float, str] | None = None
        self._models: Models | None = None

    def get(self, bundle: Bundle, device: torch.device) -> Models:
        """Return the models of a bundle on a device, from memory if its card has not changed."""
        key = _key(bundle, device)
        if self._models is None or key != self._key:
            self.clear()
            self._key, self._models = key, Models(bundle, self.library, device)
        return self._models

    def holds(self, bundle: Bundle, device: torch.device) -> bool:
        """Return whether a bundle's models on a device are completely in memory."""
        models = self._models
        return models is not None and models.is_loaded and self._key == _key(bundle, device)

    def clear(self) -> None:
        """Free the memory."""
        self._key = self._models = None
        free_memory()


def move(network: nn.Module, device: torch.device) -> None:
    """Move a network to a device, its 8-bit layers as a whole."""
    network.to(device)
    move_8bit_state(network)


def _key(bundle: Bundle, device: torch.device) -> tuple[str, float, str]:
    card = bundle.path / CARD
    return str(card.resolve()), card.stat().st_mtime, str(device)


@contextmanager
def check_between_blocks(
    check: Callable[[], None], networks: Iterable[nn.Module], device: torch.device
) -> Iterator[None]:
    """Return a context in which `check`, which may raise, is called before each network block.

    Blocks are the items of module lists. A pass of a full-size network takes seconds on a CPU; on a
    GPU it is short, and hooks would hinder compilation.
    """
    lists = [m for n in networks for m in n.modules() if isinstance(m, nn.ModuleList)]
    blocks = [block for modules in lists for block in modules] if device.type == "cpu" else []
    hooks = [block.register_forward_pre_hook(lambda *_: check()) for block in blocks]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
