"""Stage 3 as a trainable module for `training.fit`: TerraMind's adapter and the bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle, Grounding
from gac_core.bundles.library import Library
from gac_core.bundles.part import write_part
from gac_core.networks.adapters import CROSS_ATTENTION, DECODER_ATTENTION, add_lora
from gac_core.networks.bridge import NOISE_CHANNELS, Bridge, BridgeShape
from gac_core.networks.convnext import from_root, local_mean, radar_looks, to_root
from gac_core.networks.critic import Critic, CriticShape
from gac_core.networks.libraries import TerraMindGeneration
from gac_core.networks.loading import Models, TerraMind
from gac_core.networks.terramind import (
    OUTPUT,
    TerraMindShape,
    decoder_features,
    standardise_optical,
    standardise_radar,
)
from gac_core.networks.weights import write_state
from training.fit.stage_module import Batch, StageModule, observed_of
from training.losses.masks import Tally, known_tokens
from training.losses.stage_losses import GroundLoss
from training.sections import Stage3Config
from training.stage3.adversary import Adversary, CriticWindows, EarthFeatures, known_pixels
from training.stage3.cycle_regressor import Regressor, read_regressor

_SHARE = 1e-3
"""Minimum share of known pixels in a local mean."""
ADAPTER, BRIDGE, CRITIC = "adapter", "bridge.safetensors", "critic.safetensors"


@dataclass(frozen=True)
class FlowState:
    """State of a rectified flow (Liu et al. 2023) at time t, x_t = (1 - t) z_0 + t z_1.

    Attributes:
        time: t of each sample (B,), 0 to 1.
        image: x_t (B, C, H, W).
        velocity: z_1 - z_0, constant along the straight path.
    """

    time: Tensor
    image: Tensor
    velocity: Tensor

    @property
    def remaining(self) -> Tensor:
        """Remaining time 1 - t, (B, 1, 1, 1)."""
        return 1 - self.time[:, None, None, None]


def sample_state(start: Tensor, end: Tensor, noise: float) -> FlowState:
    """Sample a state of the flow from start plus noise to end, (B, C, H, W) on the root scale.

    Sampled on the CPU, so that a seed gives the same training on every device.
    """
    time = torch.rand(len(start)).to(start)
    origin = start + noise * flow_noise(start).to(start)
    return FlowState(time, origin + time[:, None, None, None] * (end - origin), end - origin)


def flow_noise(image: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Return standard normal noise (B, `NOISE_CHANNELS`, H, W) on the CPU."""
    size = (len(image), NOISE_CHANNELS, *image.shape[-2:])
    return torch.randn(size, generator=generator)


def flow_target(start: Tensor, real: Tensor, valid: Tensor, detail: float | None) -> Tensor:
    """Return the target of the flow: the real image at the level of opt_v2.

    Stage 2 sets the level; a flow free to change it would draw one at random.

    Args:
        start: opt_v2 on the root scale (B, C, H, W).
        real: Real image, likewise; the target is opt_v2 where it is unknown.
        valid: Mask of known pixels (B, C, H, W) bool.
        detail: Sigma in pixels of the local mean kept from opt_v2; None: the level may change.
    """
    change = torch.where(valid, real - start, 0.0)
    if detail is not None:
        # Half precision would round the level.
        with torch.autocast(change.device.type, enabled=False):
            share = local_mean(valid.to(change.dtype), detail).clamp_min(_SHARE)
            level = local_mean(change, detail) / share
        change = torch.where(valid, change - level, 0.0)
    return start + change


def write_grounding_part(
    folder: Path,
    adapter: PeftModel,
    bridge: Bridge,
    critic: Critic | None,
    steps: int,
    base: Mapping[str, Any],
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> None:
    """Write adapter, bridge, critic and `part.json` to an existing folder.

    Args:
        folder: Output folder.
        adapter: Trained adapter of TerraMind.
        bridge: Trained bridge.
        critic: Trained critic; None: no adversary.
        steps: Default number of steps of the bridge.
        base: Identity of the base models.
        training: Training record.
        scores: Validation scores.
    """
    adapter.save_pretrained(str(folder / ADAPTER))
    # peft adds a model card template that nobody fills in.
    (folder / ADAPTER / "README.md").unlink(missing_ok=True)
    write_state(bridge, folder / BRIDGE)
    section: dict[str, Any] = {
        "adapter": ADAPTER,
        "bridge": {
            "shape": replace(bridge.shape, steps=steps).to_dict(),
            "weights": {"file": BRIDGE},
        },
    }
    if critic is not None:
        write_state(critic, folder / CRITIC)
        section["critic"] = {"shape": critic.shape.to_dict(), "weights": {"file": CRITIC}}
    write_part(folder, 3, section, base, training, scores)


class GroundModule(StageModule):
    """TerraMind with an adapter and a bridge that learn the flow from opt_v2 to the real image.

    The batch entry `opt_v1` holds opt_v2, twelve bands (`training.stage3.ground_training`).

    Args:
        models: Networks with the adapted TerraMind.
        adapter: peft model that holds the adapter.
        bridge: New or trained bridge.
        loss: Loss of flow and image.
        detail: Sigma in pixels of the local mean that the flow keeps from opt_v2; None: the level
            may change.
        adversary: Adversary to train against; None: no adversarial loss.
        rates: Learning rates of `bridge` and `critic` as multiples of the adapter's.
        base: Identity of the base models (`gac_core.bundles.part.base_of`), for the part's card.
        record: Further training record for the part's card.

    Attributes:
        steps: Steps of the bridge, in validation and in the part.
    """

    stage = 3

    def __init__(
        self,
        models: Models,
        adapter: PeftModel,
        bridge: Bridge,
        loss: GroundLoss,
        detail: float | None,
        adversary: Adversary | None = None,
        rates: Mapping[str, float] | None = None,
        base: Mapping[str, Any] | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.terramind = models.terramind.model
        self.bridge = bridge
        self.loss = loss
        self.detail = detail
        self.models = models
        self.steps = bridge.shape.steps
        self.adversary = adversary
        self.critic = None if adversary is None else adversary.critic
        self._rates = dict(rates or {})
        self._adapter = adapter
        self._base = dict(base or {})
        self._record = dict(record or {})

    def rate_factor(self, parameter: nn.Parameter) -> float:
        """Return a parameter's learning rate as a multiple of `fit.lr`, the adapter's."""
        for name, network in (("bridge", self.bridge), ("critic", self.critic)):
            if network is not None and any(parameter is p for p in network.parameters()):
                return self._rates.get(name, 1.0)
        return 1.0

    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the weighted loss parts of the flow and of its extrapolated end.

        The part `critic` is the adversary's own.
        """
        opt_v2 = self.before(batch)
        start, end = to_root(opt_v2), self.target(batch)
        now = sample_state(start, end, self.bridge.shape.noise)
        radar = radar_looks(batch["s1"], batch["modality"])
        maps, observed = self.features(batch), observed_of(batch)
        velocity = self.bridge(now.image, now.time, start, radar, maps, observed).float()
        image, real = from_root(now.image + now.remaining * velocity), from_root(end)
        pixels = known_pixels(batch)
        parts = self.loss(image, real, opt_v2, batch["s1"], pixels, velocity, now.velocity)
        if self.adversary is not None:
            counted = known_tokens(pixels)
            kind = batch["modality"]
            parts |= self.adversary.losses(image, real, batch["s1"], kind, counted)
        return parts

    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the count of each loss part."""
        end = from_root(self.target(batch))
        pixels = known_pixels(batch)
        counts = self.loss.counts(end, self.before(batch), batch["s1"], pixels)
        if self.adversary is not None:
            count = known_tokens(pixels).flatten(1).any(1).sum()
            counts |= {"adversary": count, "critic": count}
        return counts

    def target(self, batch: Batch) -> Tensor:
        """Return the target of the flow (B, 4, H, W) on the root scale."""
        real = to_root(batch["s2"][:, OUTPUT_INDEX])
        return flow_target(to_root(self.before(batch)), real, known_pixels(batch), self.detail)

    def features(self, batch: Batch) -> Tensor:
        """Return TerraMind's features of radar and opt_v2 (B, D, H/16, W/16), differentiable."""
        radar = standardise_radar(batch["s1"], batch["modality"])
        optical = standardise_optical(batch["opt_v1"], self.models.bundle.offset)
        return decoder_features(self.terramind, radar, batch["modality"], optical)

    @torch.no_grad()
    def predict(self, batch: Batch) -> Tensor:
        """Return opt_v3 (B, 4, H, W) DN, as a run computes it.

        All images get the same noise, so that none depends on the rest of its batch.
        """
        opt_v2 = self.before(batch)
        generator = torch.Generator().manual_seed(0)
        noise = flow_noise(opt_v2[:1], generator).to(opt_v2)
        return self._run_bridge(batch, noise.expand(len(opt_v2), -1, -1, -1))

    @torch.no_grad()
    def critic_windows(self, batch: Batch) -> CriticWindows:
        """Return training windows for the critic with the bridge frozen, with noise per sample."""
        opt_v2 = self.before(batch)
        opt_v3 = self._run_bridge(batch, flow_noise(opt_v2).to(opt_v2))
        real = from_root(self.target(batch))
        return CriticWindows(
            opt_v2, opt_v3, real, batch["s1"], batch["modality"], known_pixels(batch)
        )

    def _run_bridge(self, batch: Batch, noise: Tensor) -> Tensor:
        s1, kind, maps = batch["s1"], batch["modality"], self.features(batch)
        image = self.bridge.cross(
            self.before(batch), s1, kind, maps, noise, self.steps, observed=observed_of(batch)
        )
        return image.float()

    def before(self, batch: Batch) -> Tensor:
        """Return the baseline of opt_v3: opt_v2 (B, 4, H, W) DN."""
        return batch["opt_v1"][:, OUTPUT_INDEX]

    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write the adapter, the bridge and their card section to a folder."""
        story = {**self._record, **training}
        write_grounding_part(
            folder,
            self._adapter,
            self.bridge,
            self.critic,
            self.steps,
            self._base,
            story,
            scores,
        )


@dataclass(frozen=True)
class Tuning:
    """Extent of TerraMind's fine-tuning.

    Attributes:
        lora_rank: Rank of the adapter.
        lora_alpha: Scale of the adapter, in ranks.
        cross_attention_only: Adapt only the decoder's cross-attention; False adapts its
            self-attention too.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    cross_attention_only: bool = True


def without_stage3(bundle: Bundle) -> Bundle:
    """Return a copy of a bundle whose stage 3 is plain TerraMind, without adapter and bridge."""
    return replace(bundle, grounding=Grounding())


def with_adapter(bundle: Bundle, library: Library, tuning: Tuning) -> tuple[Models, PeftModel]:
    """Return the networks of a bundle with a fresh adapter on TerraMind, on the CPU.

    An existing grounding adapter is omitted, because this training replaces it; so is the
    tokenizer, because training produces no tokens.

    Raises:
        BundleError: If the bundle's TerraMind cannot be loaded.
    """
    models = Models(without_stage3(bundle), library, torch.device("cpu"))
    model = models.terramind.model
    del model.tokenizer[OUTPUT]
    target = CROSS_ATTENTION if tuning.cross_attention_only else DECODER_ATTENTION
    adapter = add_lora(model, target, tuning.lora_rank, tuning.lora_alpha)
    models.terramind = TerraMind(model, adapter)
    return models, adapter


def recompute_grounding(model: TerraMindGeneration, bridge: Bridge) -> None:
    """Checkpoint activations at the blocks of TerraMind and of the bridge.

    The encoder is frozen, but gradients pass through it to the images. About a third more time for
    a fraction of the memory.
    """
    recompute(model.sampler.model.encoder)
    recompute(model.sampler.model.decoder)
    for scale in (*bridge.flow.down, *bridge.flow.up):
        recompute(scale.blocks)


def recompute(blocks: Iterable[nn.Module]) -> None:
    """Recompute each block's activations in the backward pass. Blocks draw no randomness."""
    for block in blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    if not torch.is_grad_enabled():
        return forward(*inputs, **named)
    return checkpoint(forward, *inputs, use_reentrant=False, preserve_rng_state=False, **named)


def prepare(
    bundle: Bundle,
    library: Library,
    config: Stage3Config,
    base: Mapping[str, Any],
    record: Mapping[str, Any] | None = None,
) -> GroundModule:
    """Return TerraMind with a fresh adapter and a new bridge; both start without effect.

    Args:
        bundle: Base bundle; its own stage 3 is ignored.
        library: Library with its weights.
        config: Settings of the training.
        base: Identity of the base models, for the part's card.
        record: Further training record for the part's card.

    Raises:
        BundleError: If weights are missing or do not fit.
    """
    torch.manual_seed(config.fit.seed)
    models, adapter = with_adapter(bundle, library, tuning_of(config))
    own = config.bridge
    bridge = Bridge(
        BridgeShape(
            reduced=own.reduced,
            widths=tuple(own.widths),
            depths=tuple(own.depths),
            context=own.context,
            noise=own.noise,
            steps=own.steps if config.stage3.steps is None else config.stage3.steps,
            observed=config.clouds.share > 0,
        ),
        TerraMindShape.from_dict(bundle.terramind).dim,
    )
    model = models.terramind.model
    if config.models.recompute:
        recompute_grounding(model, bridge)
    features = EarthFeatures(model, bundle.offset) if config.loss.features > 0 else None
    loss = GroundLoss(config.loss, regressor_of(config), features)
    adversary = None
    if config.loss.adversary > 0:
        shape = CriticShape(config.critic.reduced, config.critic.width)
        critic = Critic(shape, TerraMindShape.from_dict(bundle.terramind).dim)
        adversary = Adversary(critic, model, config.loss.adversary, bundle.offset)
    return GroundModule(
        models,
        adapter,
        bridge,
        loss,
        config.stage3.detail,
        adversary,
        rates={"bridge": own.lr / config.fit.lr, "critic": config.critic.lr / config.fit.lr},
        base=base,
        record=record,
    )


def regressor_of(config: Stage3Config) -> Regressor | None:
    """Return the regressor of the loss part `cycle`; None if that part is off.

    Raises:
        BundleError: If the folder holds no regressor, a damaged one, or one no better than its
            baselines.
    """
    folder = config.stage3.cycle_folder
    if folder is None or config.loss.cycle == 0:
        return None
    return read_regressor(folder, config.stage3.modality)


def tuning_of(config: Stage3Config) -> Tuning:
    """Return the extent of TerraMind's fine-tuning."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        cross_attention_only=config.stage3.cross_attention_only,
    )
