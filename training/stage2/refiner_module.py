"""Stage 2 as a trainable module for `training.fit`.

Month, biome and place may be unknown on unseen places, so training hides them now and then, and
jitters the place until it stands for a climate. Stage 1 may reproduce the colours of its training
places, as it never does elsewhere: a refiner that trusts them worsens unseen places. So the
brightness of opt_v1 and of each of its bands is jittered, and the radar's calibration with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from bitsandbytes.nn import Linear8bitLt  # type: ignore[attr-defined]
from peft import PeftModel
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle, WeightFile
from gac_core.bundles.library import Library
from gac_core.bundles.part import write_part
from gac_core.contract.errors import GacError
from gac_core.contract.message import Message
from gac_core.networks.adapters import PRITHVI_ATTENTION, add_lora, attention_of
from gac_core.networks.libraries import PrithviViT
from gac_core.networks.loading import Models
from gac_core.networks.prithvi import PrithviShape, last_blocks, quantise_blocks
from gac_core.networks.refiner import HeadShape, Metadata, Refiner, RefinerHead
from gac_core.networks.weights import write_state
from training.fit.stage_module import Batch, StageModule, observed_of
from training.losses.masks import Tally
from training.losses.stage_losses import RefineLoss
from training.sections import Stage2Config, Stage2Section

_ADAPTER, _HEAD, _BLOCKS = "adapter", "head.safetensors", "blocks.safetensors"


@dataclass(frozen=True)
class Tuning:
    """Extent of Prithvi's fine-tuning, and its memory options.

    Attributes:
        lora_rank: Rank of the adapter on the blocks' attention.
        lora_alpha: Scale of the adapter, in ranks.
        load_in_8bit: Hold the frozen blocks in 8 bits.
        freeze_backbone: No adapter: only the head and the blocks of `unfreeze_last` are trained.
        unfreeze_last: Number of last blocks that are trained in full; those are not quantised.
        recompute: Checkpoint the blocks' activations: a third more time for a fraction of the
            memory.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    load_in_8bit: bool = True
    freeze_backbone: bool = False
    unfreeze_last: int = 0
    recompute: bool = False


@dataclass(frozen=True)
class Backbone:
    """Prepared Prithvi.

    Attributes:
        prithvi: The network; its layers hold the adapter, if any.
        adapter: peft model that holds the adapter; None: no adapter.
        trained: Blocks that are trained in full; None: none.
    """

    prithvi: PrithviViT
    adapter: PeftModel | None
    trained: nn.Module | None


def prepare(prithvi: PrithviViT, tuning: Tuning) -> Backbone:
    """Quantise, adapt and unfreeze a Prithvi that holds its base weights.

    Raises:
        GacError: If there are fewer blocks than shall be trained.
    """
    depth, last = len(prithvi.blocks), tuning.unfreeze_last
    if not 0 <= last <= depth:
        raise GacError(
            Message("This Prithvi has {} blocks; {} of them cannot be trained.", depth, last),
            Message("Give --unfreeze-last a number from 0 to {}.", depth),
            problem="too-few-blocks",
        )
    trained = last_blocks(prithvi, last) if last else None
    if tuning.load_in_8bit:
        quantise_blocks(prithvi, keep_last=last)
        _keep_biases(prithvi)
    # After quantisation, because 8-bit layers come with trainable biases.
    prithvi.requires_grad_(False)
    adapter = None
    if not tuning.freeze_backbone and last < depth:
        adapter = add_lora(
            prithvi, _attention(depth - last, depth), tuning.lora_rank, tuning.lora_alpha
        )
    if trained is not None:
        trained.requires_grad_(True)
    if tuning.recompute and (adapter is not None or trained is not None):
        recompute_blocks(prithvi)
    return Backbone(prithvi, adapter, trained)


def _attention(adapted: int, depth: int) -> str:
    """Return the attention of the first blocks; fully trained blocks need no adapter."""
    return PRITHVI_ATTENTION if adapted == depth else attention_of(adapted)


def _keep_biases(prithvi: PrithviViT) -> None:
    """Cast the input of 8-bit layers to the precision of their bias.

    bitsandbytes permanently casts the bias to the input's precision: one step under autocast would
    round the biases of the frozen base, which are not saved with the trained weights.
    """

    def as_bias(layer: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        bias = layer.bias
        return (inputs[0].to(bias.dtype), *inputs[1:]) if isinstance(bias, Tensor) else inputs

    for layer in prithvi.blocks.modules():
        if isinstance(layer, Linear8bitLt):
            layer.register_forward_pre_hook(as_bias)


def recompute_blocks(prithvi: PrithviViT) -> None:
    """Checkpoint the activations of each block."""
    for block in prithvi.blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    if not torch.is_grad_enabled():
        return forward(x)
    if not x.requires_grad:
        # Without an input that requires a gradient, PyTorch would skip the parameters' gradients.
        x = x.detach().requires_grad_()
    # Re-entrant: PyTorch's other variant does not see the inputs saved by 8-bit layers and would
    # save no memory. Blocks draw no random numbers.
    result: Tensor = checkpoint(forward, x, use_reentrant=True, preserve_rng_state=False)
    return result


@dataclass(frozen=True)
class Origin:
    """Origin of the base weights, and the training record of the part's card.

    Attributes:
        shape: Prithvi's size.
        weights: Its weight file, with the actual hash.
        path: Path of that file. An unpublished file is copied into the part.
        tuning: Extent of the fine-tuning.
        base: Identity of the models that made opt_v1.
        record: Training record besides the settings: data, tiles.
    """

    shape: PrithviShape
    weights: WeightFile
    path: Path
    tuning: Tuning
    base: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)


def write_refiner_part(
    folder: Path,
    backbone: Backbone,
    head: RefinerHead,
    origin: Origin,
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> None:
    """Write adapter, blocks, head and `part.json` to an existing folder.

    Raises:
        BundleError: If a file's name is not allowed on every system.
    """
    section: dict[str, Any] = {
        "shape": origin.shape.to_dict(),
        "weights": asdict(origin.weights),
        "quantise": origin.tuning.load_in_8bit,
        "head": {"shape": head.shape.to_dict(), "weights": {"file": _HEAD}},
    }
    write_state(head, folder / _HEAD)
    if backbone.adapter is not None:
        backbone.adapter.save_pretrained(str(folder / _ADAPTER))
        # peft adds a model card template that nobody fills in.
        (folder / _ADAPTER / "README.md").unlink(missing_ok=True)
        section["adapter"] = _ADAPTER
    if backbone.trained is not None:
        write_state(backbone.trained, folder / _BLOCKS)
        section["blocks"] = {"last": origin.tuning.unfreeze_last, "weights": {"file": _BLOCKS}}
    if origin.weights.repo is None:
        shutil.copyfile(origin.path, folder / origin.weights.file)
    write_part(folder, 2, section, origin.base, {**origin.record, **training}, scores)


@dataclass(frozen=True)
class InputAugmentation:
    """Dropout and jitter by the settings from `no_month` to `polarisation_gain`."""

    settings: Stage2Section

    def metadata(self, metadata: Metadata) -> Metadata:
        """Return metadata with dropout and jitter; unknown entries stay unknown."""
        own, month, biome, place = self.settings, metadata.month, metadata.biome, metadata.place
        count, device = len(month), month.device
        # Drawn on the CPU, so that a seed gives the same training on every device.
        month_shift = torch.randint(-own.month_jitter, own.month_jitter + 1, (count,)).to(device)
        shifted_month = (month - 1 + month_shift) % 12 + 1
        place_shift = own.place_jitter * torch.randn(count, 2).to(place)
        latitude, longitude = (place + place_shift).unbind(-1)
        shifted_place = torch.stack([latitude.clamp(-90, 90), longitude], dim=-1)
        has_month, has_biome, has_place = (
            (torch.rand(count) >= share).to(device)
            for share in (own.no_month, own.no_biome, own.no_place)
        )
        return Metadata(
            shifted_month * (month > 0) * has_month,
            biome * has_biome,
            torch.where(has_place[:, None], shifted_place, torch.nan),
        )

    def image(self, opt_v1: Tensor, fitted: Tensor | None = None) -> Tensor:
        """Return opt_v1 (B, C, H, W) DN with jittered brightness and colours.

        Args:
            opt_v1: The images.
            fitted: (B,) bool, images that an optical reference was fused into: it sets their level,
                which stays. None: there are none.
        """
        own = self.settings
        jittered = opt_v1 * torch.exp(_jitter(opt_v1, own.gain, own.band_gain))
        if fitted is None:
            return jittered
        return torch.where(fitted[:, None, None, None], opt_v1, jittered)

    def radar(self, s1_db: Tensor) -> Tensor:
        """Return the radar (B, 2, H, W) dB with a jittered calibration."""
        own = self.settings
        return s1_db + _jitter(s1_db, own.radar_gain, own.polarisation_gain)


def _jitter(images: Tensor, whole: float, each: float) -> Tensor:
    """Return normal noise (B, C, 1, 1): deviation `whole` per image plus `each` per channel."""
    count, channels = images.shape[:2]
    moves = whole * torch.randn(count, 1, 1, 1) + each * torch.randn(count, channels, 1, 1)
    return moves.to(images)


class RefinerModule(StageModule):
    """Prithvi and its head that learn to bring opt_v1 closer to the real image.

    A new head is the identity, so training starts from opt_v1.

    Args:
        backbone: Prepared Prithvi.
        head: Head that corrects all twelve bands.
        loss: Loss of the corrected image.
        augmentation: Dropout and jitter of the inputs.
        origin: Origin of the base weights, for the part's card.
    """

    stage = 2

    def __init__(
        self,
        backbone: Backbone,
        head: RefinerHead,
        loss: RefineLoss,
        augmentation: InputAugmentation,
        origin: Origin,
    ) -> None:
        super().__init__()
        self.refiner = Refiner(backbone.prithvi, head)
        self.loss = loss.requires_grad_(False)
        self.augmentation = augmentation
        self.origin = origin
        self._backbone = backbone

    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the weighted loss parts of a training batch.

        Observed pixels count too: a run keeps them, but fusion after the stage goes by the
        difference to them.
        """
        opt_v1 = self.augmentation.image(batch["opt_v1"], batch.get("fitted"))
        s1 = self.augmentation.radar(batch["s1"])
        metadata = self.augmentation.metadata(metadata_of(batch))
        image = self.refiner(opt_v1, s1, batch["modality"], metadata, observed_of(batch))
        parts: dict[str, Tally] = self.loss(image, batch["s2"], opt_v1, known_pixels(batch))
        return parts

    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the count of each loss part; colour jitter does not affect it."""
        return self.loss.counts(batch["s2"], batch["opt_v1"], known_pixels(batch))

    @torch.no_grad()
    def predict(self, batch: Batch) -> Tensor:
        """Return the four output bands of opt_v2 (B, 4, H, W) DN, as a run computes them."""
        with _as_in_a_run(self.refiner):
            image = self.refiner(
                batch["opt_v1"],
                batch["s1"],
                batch["modality"],
                metadata_of(batch),
                observed_of(batch),
            )
        return image[:, OUTPUT_INDEX].float()

    def before(self, batch: Batch) -> Tensor:
        """Return the baseline of opt_v2: the four bands of opt_v1 (B, 4, H, W) DN."""
        return batch["opt_v1"][:, OUTPUT_INDEX]

    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write adapter, blocks, head and their card section to a folder."""
        write_refiner_part(folder, self._backbone, self.refiner.head, self.origin, training, scores)


def known_pixels(batch: Batch) -> Tensor:
    """Return the mask of known pixels by band (B, 12, H, W) bool."""
    mask: Tensor = batch["valid"][:, None] & batch["bands"][:, :, None, None]
    return mask


def metadata_of(batch: Batch) -> Metadata:
    """Return a batch's metadata; missing places are unknown."""
    month = batch["month"]
    place = batch.get("place")
    if place is None:
        place = torch.full((len(month), 2), torch.nan, device=month.device)
    return Metadata(month, batch["biome"], place)


@contextmanager
def _as_in_a_run(network: nn.Module) -> Iterator[None]:
    """Switch to evaluation mode, where 8-bit layers on a CPU compute as in a run."""
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)


def build_module(
    bundle: Bundle,
    library: Library,
    section: Mapping[str, Any],
    config: Stage2Config,
    base: Mapping[str, Any],
    record: Mapping[str, Any] | None = None,
) -> RefinerModule:
    """Return a module whose head starts as the identity.

    Args:
        bundle: Base bundle.
        library: Library with its weights.
        section: Prithvi and head (`training.stage2.data.refiner_section`).
        config: Settings of the training.
        base: Identity of the models that made opt_v1, for the part's card.
        record: Further training record for the part's card.

    Raises:
        BundleError: If Prithvi's weights are not on this machine or do not fit.
        GacError: If the options are inconsistent.
    """
    models = Models(bundle, library, torch.device("cpu"))
    weights = WeightFile(**section["weights"])
    prithvi = models.prithvi(section)
    shape = PrithviShape.from_dict(section["shape"])
    # New tensors are drawn from here on: those of adapter and head.
    torch.manual_seed(config.fit.seed)
    head_shape = HeadShape.from_dict(section["head"]["shape"])
    if config.clouds.share > 0:
        head_shape = replace(head_shape, observed=True)
    head = RefinerHead(head_shape, shape.embed_dim, config.stage2.no_prithvi)
    deepest = max(head.shape.layers)
    if deepest >= shape.depth:
        raise GacError(
            Message("The head reads block {} of a Prithvi with {} blocks.", deepest, shape.depth),
            Message("Blocks count from 0: correct models.head.layers in the settings."),
            problem="head-layer-too-deep",
        )
    tuning = tuning_of(config)
    origin = Origin(
        shape=shape,
        weights=replace(weights, sha256=models.hashes[weights.file]),
        path=library.locate(bundle, weights),
        tuning=tuning,
        base=base,
        record=record or {},
    )
    augmentation = InputAugmentation(config.stage2)
    backbone, loss = prepare(prithvi, tuning), RefineLoss(config.loss)
    return RefinerModule(backbone, head, loss, augmentation, origin)


def tuning_of(config: Stage2Config) -> Tuning:
    """Return the extent of Prithvi's fine-tuning."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        load_in_8bit=config.models.load_in_8bit,
        freeze_backbone=config.stage2.freeze_backbone,
        unfreeze_last=config.stage2.unfreeze_last,
        recompute=config.models.recompute,
    )
