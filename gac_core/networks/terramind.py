"""TerraMind and its tokenizer for stages 1 and 3: tokens from logits, our own diffusion loop.

TerraTorch's `TerraMindGeneration.forward` draws hidden random numbers, clips its output to one
standard deviation around the mean, and has no gradient. The networks here are TerraTorch's own; the
steps between them are reimplemented (see docs/decisions.md), so that noise can be anchored to the
world and the clip is a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from gac_core.band_statistics import OUTPUT_INDEX, S1_STATISTICS, S2_BANDS, S2_MEAN, S2_STD
from gac_core.grid import TOKEN
from gac_core.networks.libraries import (
    DDIMScheduler,
    FiniteScalarQuantizer,
    LayerNorm,
    PatchedUNetCondCat,
    TerraMindGeneration,
    vit_b_enc,
)
from gac_core.networks.weights import shape_from

CODEBOOK = "8-8-8-6-5"
LATENT = 5
PATCH = 16
IMAGE = 256
OUTPUT = "tok_sen2l2a@224"
OPTICAL_INPUT = "untok_sen2l2a@224"
RADAR_INPUT = {"S1GRD": "untok_sen1grd@224", "S1RTC": "untok_sen1rtc@224"}


@dataclass(frozen=True)
class UNetShape:
    """Size of the diffusion decoder; the defaults are the published tokenizer's."""

    model_channels: int = 256
    num_res_blocks: int = 3
    channel_mult: tuple[int, ...] = (1, 2, 2, 2)
    attention_resolutions: tuple[int, ...] = (4, 8)
    patch_size: int = 4

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> UNetShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)


class Tokenizer(nn.Module):
    """The parts of TerraTorch's `DiVAE` that GAC uses, with its names and settings.

    `DiVAE` itself can only build the published sizes, and its module imports all of diffusers.

    Args:
        unet: Size of the decoder.
        with_encoder: Build the ViT-B encoder and its projection, a third of the published tokenizer
            and not used for generation.
    """

    def __init__(self, unet: UNetShape, *, with_encoder: bool = False) -> None:
        super().__init__()
        self.quantize = FiniteScalarQuantizer(codebook_size=CODEBOOK)
        self.decoder = PatchedUNetCondCat(
            patch_size=unet.patch_size,
            model_channels=unet.model_channels,
            num_res_blocks=unet.num_res_blocks,
            attention_resolutions=list(unet.attention_resolutions),
            channel_mult=unet.channel_mult,
            in_channels=len(S2_BANDS),
            out_channels=len(S2_BANDS),
            cond_channels=LATENT,
            image_size=IMAGE,
        )
        if with_encoder:
            self.encoder = vit_b_enc(
                in_channels=len(S2_BANDS),
                patch_size=PATCH,
                resolution=IMAGE,
                patch_proj=True,
                post_mlp=True,
            )
            self.quant_proj = nn.Conv2d(self.encoder.dim_tokens, LATENT, 1)
        self.noise_scheduler = DDIMScheduler(
            num_train_timesteps=1000,
            beta_schedule="linear",
            prediction_type="sample",
            clip_sample=True,
            thresholding=True,
            zero_terminal_snr=True,
        )

    def tokens_to_embedding(self, tokens: Tensor) -> Tensor:
        """Return the codes (B, 5, h, w) of token indices (B, h, w)."""
        codes: Tensor = self.quantize.indices_to_embedding(tokens)
        return codes


def of_encoder(name: str) -> bool:
    """Return whether a tensor of a published tokenizer belongs to its encoder."""
    return name.startswith(("encoder.", "quant_proj."))


@dataclass(frozen=True)
class TerraMindShape:
    """Size of a TerraMind.

    Attributes:
        dim: Width of the transformer.
        encoder_depth: Encoder blocks.
        decoder_depth: Decoder blocks.
        num_heads: Attention heads.
        image_size: Side in pixels for which position embeddings are computed.
        modalities: Radar modalities to build an input for.
        unet: Size of the tokenizer's decoder.
        gated: True for layers with gates (SwiGLU) and without biases, as in base and large; False
            for GELU and biases, as in tiny and small.
    """

    dim: int
    encoder_depth: int
    decoder_depth: int
    num_heads: int
    image_size: int = 224
    modalities: tuple[str, ...] = tuple(S1_STATISTICS)
    unet: UNetShape = field(default_factory=UNetShape)
    gated: bool = True

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TerraMindShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `from_dict`."""
        return asdict(self)


def build_terramind(shape: TerraMindShape, *, with_encoder: bool = False) -> TerraMindGeneration:
    """Return TerraTorch's generation model with random weights, configured like the published ones.

    Args:
        shape: Size of the model.
        with_encoder: Also build the tokenizer's encoder, which only training needs.
    """
    model = TerraMindGeneration(
        img_size=shape.image_size,
        modalities=[*shape.modalities, "S2L2A"],
        output_modalities=["S2L2A"],
        dim=shape.dim,
        encoder_depth=shape.encoder_depth,
        decoder_depth=shape.decoder_depth,
        num_heads=shape.num_heads,
        mlp_ratio=4,
        qkv_bias=not shape.gated,
        proj_bias=not shape.gated,
        mlp_bias=not shape.gated,
        norm_layer=partial(LayerNorm, eps=1e-6, bias=False),
        act_layer=nn.SiLU if shape.gated else nn.GELU,
        gated_mlp=shape.gated,
        tokenizer_dict={
            OUTPUT: lambda pretrained: Tokenizer(shape.unet, with_encoder=with_encoder)
        },
    )
    return model.eval()


def of_other_modalities(name: str, shape: TerraMindShape) -> bool:
    """Return whether a tensor of a published checkpoint belongs to a modality that is not built."""
    parts = name.split(".")
    if parts[0] not in ("encoder_embeddings", "decoder_embeddings"):
        return False
    ours = {RADAR_INPUT[m] for m in shape.modalities} | {OPTICAL_INPUT}
    return parts[1] != OUTPUT if parts[0] == "decoder_embeddings" else parts[1] not in ours


def standardise_radar(s1_db: Tensor, modality: str | Sequence[str]) -> Tensor:
    """Return radar (B, 2, H, W) in dB, standardised as in TerraMind's training.

    Args:
        s1_db: (B, 2, H, W).
        modality: `S1GRD` or `S1RTC`, or one per sample.
    """
    if isinstance(modality, str):
        mean, std = (_column(v, s1_db) for v in S1_STATISTICS[modality])
    else:
        statistics = [S1_STATISTICS[name] for name in modality]
        values = torch.tensor(statistics, dtype=s1_db.dtype, device=s1_db.device)
        mean, std = values[..., None, None].unbind(1)
    return (s1_db - mean) / std


def standardise_optical(dn: Tensor, offset: float = 0.0) -> Tensor:
    """Return an image (B, 12, H, W) in DN, standardised as in TerraMind's training.

    Args:
        dn: DN without an offset, as everywhere in GAC.
        offset: Offset of TerraMind's own images (`Bundle.offset`). Of the networks with
            standardised inputs only TerraMind and its tokenizer have one.
    """
    return (dn - _mean(dn, offset)) / _column(S2_STD, dn)


def standardise_output(dn: Tensor, offset: float = 0.0) -> Tensor:
    """Return an image of the four output bands as TerraMind's input, (B, 12, H, W).

    The other eight bands are set to their means, for real and generated images alike: those of
    opt_v2 would distinguish a generated image from a real one, or make them alike.

    Args:
        dn: (B, 4, H, W).
        offset: See `standardise_optical`.
    """
    bands = _column(S2_MEAN, dn).repeat(len(dn), 1, *dn.shape[-2:])
    bands[:, OUTPUT_INDEX] = dn
    return standardise_optical(bands, offset)


def destandardise_optical(values: Tensor, offset: float = 0.0) -> Tensor:
    """Return TerraMind's output in DN: the inverse of `standardise_optical`."""
    return values * _column(S2_STD, values) + _mean(values, offset)


def token_logits(
    model: TerraMindGeneration,
    radar: Tensor,
    modality: str | Sequence[str],
    optical: Tensor | None = None,
    visible: Tensor | None = None,
) -> Tensor:
    """Return the logits of the Sentinel-2 tokens, equal to the library's, with gradient.

    Args:
        model: The generation model.
        radar: Standardised radar (B, 2, H, W), H = W a multiple of 16.
        modality: `S1GRD` or `S1RTC`, or one per sample.
        optical: Standardised optical (B, 12, H, W), or None.
        visible: Mask (B, N) bool of the optical tokens that the model is shown; None: all.

    Returns:
        (B, N, 15360) for the N = (H/16)² tokens in row-major order.
    """
    target = model.sampler.model.decoder_embeddings[OUTPUT]
    logits: Tensor = target.forward_logits(_decoded(model, radar, modality, optical, visible))
    return logits


def decoder_features(
    model: TerraMindGeneration,
    radar: Tensor,
    modality: str | Sequence[str],
    optical: Tensor | None = None,
) -> Tensor:
    """Return the decoder's hidden states before the token choice as an image, with gradient.

    Args:
        model: The generation model.
        radar: See `token_logits`.
        modality: See `token_logits`.
        optical: See `token_logits`.

    Returns:
        (B, D, H/16, W/16).
    """
    return _as_image(_decoded(model, radar, modality, optical), radar)


def optical_features(model: TerraMindGeneration, optical: Tensor) -> list[Tensor]:
    """Return the encoder's features of standardised images alone (B, 12, H, W), with gradient.

    Returns:
        (B, D, H/16, W/16) after each of its blocks, the last one normalised.
    """
    embedded = model.sampler.model.encoder_embeddings[OPTICAL_INPUT]({"tensor": optical})
    return _encoded(model, embedded, optical)


def radar_features(
    model: TerraMindGeneration, radar: Tensor, modality: str | Sequence[str]
) -> list[Tensor]:
    """Return the encoder's features of radar alone; see `optical_features`, `token_logits`."""
    embeddings = model.sampler.model.encoder_embeddings
    return _encoded(model, _embedded_radar(embeddings, radar, modality), radar)


def _encoded(
    model: TerraMindGeneration, embedded: Mapping[str, Tensor], image: Tensor
) -> list[Tensor]:
    """Return the encoder's hidden states after each block as images, like `forward_encoder`."""
    network = model.sampler.model
    hidden, states = embedded["x"] + embedded["emb"], []
    for block in network.encoder:
        hidden = block(hidden, mask=None)
        states.append(hidden)
    states[-1] = network.encoder_norm(hidden)
    return [_as_image(state, image) for state in states]


def _as_image(hidden: Tensor, image: Tensor) -> Tensor:
    """Return hidden states (B, N, D) of an image's tokens as (B, D, H/16, W/16)."""
    return hidden.transpose(1, 2).unflatten(-1, [side // TOKEN for side in image.shape[-2:]])


def _decoded(
    model: TerraMindGeneration,
    radar: Tensor,
    modality: str | Sequence[str],
    optical: Tensor | None,
    visible: Tensor | None = None,
) -> Tensor:
    """Return the decoder's hidden states (B, N, D)."""
    network = model.sampler.model
    embedded = [_embedded_radar(network.encoder_embeddings, radar, modality)]
    if optical is not None:
        embedded.append(network.encoder_embeddings[OPTICAL_INPUT]({"tensor": optical}))
    tokens = torch.cat([e["x"] for e in embedded], dim=1)
    positions = torch.cat([e["emb"] for e in embedded], dim=1)
    hidden_tokens = None
    if optical is not None and visible is not None:
        # True means not attended to; of the radar's tokens none is.
        radar_tokens = visible.new_zeros(len(radar), tokens.shape[1] - visible.shape[1])
        hidden_tokens = torch.cat([radar_tokens, ~visible], dim=1)[:, None]
    encoded = network.forward_encoder(tokens + positions, hidden_tokens)
    context = network.decoder_proj_context(encoded) + positions
    count = radar.shape[-2] // TOKEN * (radar.shape[-1] // TOKEN)
    target = network.decoder_embeddings[OUTPUT]
    empty = torch.zeros((radar.shape[0], count), dtype=torch.long, device=radar.device)
    query = network.mask_token + target.forward_embed({"tensor": empty})["emb"]
    hidden: Tensor = network.forward_decoder(query, context, hidden_tokens, None)
    return hidden


def _embedded_radar(
    embeddings: nn.ModuleDict, radar: Tensor, modality: str | Sequence[str]
) -> dict[str, Tensor]:
    """Return the radar's tokens and positions, each sample by the layers of its own modality."""
    modalities = [modality] * len(radar) if isinstance(modality, str) else list(modality)
    kinds = sorted(set(modalities))
    if len(kinds) == 1:
        return embeddings[RADAR_INPUT[kinds[0]]]({"tensor": radar})
    rows = {kind: [i for i, own in enumerate(modalities) if own == kind] for kind in kinds}
    parts = [embeddings[RADAR_INPUT[k]]({"tensor": radar[rows[k]]}) for k in kinds]
    order = torch.tensor([i for kind in kinds for i in rows[kind]], device=radar.device).argsort()
    return {name: torch.cat([part[name] for part in parts])[order] for name in ("x", "emb")}


def choose_tokens(
    logits: Tensor, temperature: float, top_p: float, uniform: Tensor | None = None
) -> Tensor:
    """Return token indices (B, N) from logits (B, N, V).

    Temperature 0 takes the most likely token. Otherwise one is drawn from the most likely tokens
    that together hold `top_p` of the probability, by inverse transform sampling at `uniform`.

    Args:
        logits: (B, N, V).
        temperature: 0 or more.
        top_p: Share of the probability to keep, (0, 1].
        uniform: (B, N) values in [0, 1); required if temperature is above 0.
    """
    if temperature <= 0 or uniform is None:
        return logits.argmax(-1)
    probability, order = torch.softmax(logits / temperature, -1).sort(-1, descending=True)
    before = probability.cumsum(-1) - probability
    truncated = torch.where(before < top_p, probability, torch.zeros_like(probability))
    cumulative = truncated.cumsum(-1)
    position = (cumulative <= uniform.unsqueeze(-1) * cumulative[..., -1:]).sum(-1)
    position = position.clamp_max(logits.shape[-1] - 1)
    return order.gather(-1, position.unsqueeze(-1)).squeeze(-1)


def decode_tokens(
    tokenizer: Tokenizer,
    tokens: Tensor,
    noise: Tensor,
    timesteps: int,
    *,
    threshold: float | None = None,
    check: Callable[[], None] = lambda: None,
) -> Tensor:
    """Return an image from tokens, by DDIM on the tokenizer's x0-prediction.

    Song et al. 2021, eq. 12. With `threshold` 1 this equals the library's `decode_tokens` bit for
    bit if `timesteps` divides 1000; otherwise the library takes one step more than requested, this
    does not.

    Args:
        tokenizer: The tokenizer.
        tokens: (B, h, w) indices.
        noise: (B, 12, 16h, 16w) standard normal.
        timesteps: UNet passes.
        threshold: Clip predictions to ± this many standard deviations; None: no clipping.
        check: Called before each pass; may raise to stop.

    Returns:
        Standardised image (B, 12, 16h, 16w), float32.
    """
    scheduler: Any = tokenizer.noise_scheduler
    alphas = scheduler.alphas_cumprod.to(noise.device)
    codes = tokenizer.tokens_to_embedding(tokens)
    top = scheduler.config.num_train_timesteps
    steps = [max(0, round(top - i * top / timesteps) - 1) for i in range(timesteps)]
    image = noise
    for i, step in enumerate(steps):
        check()
        clean = tokenizer.decoder(image, torch.tensor(step, device=noise.device), codes).float()
        alpha = alphas[step]
        direction = (image - alpha**0.5 * clean) / (1 - alpha) ** 0.5
        if threshold is not None:
            clean = clean.clamp(-threshold, threshold)
        if i + 1 == len(steps):
            return clean
        alpha_next = alphas[steps[i + 1]]
        image = alpha_next**0.5 * clean + (1 - alpha_next) ** 0.5 * direction
    raise AssertionError("unreachable: timesteps is at least 1")


def _mean(like: Tensor, offset: float) -> Tensor:
    return _column(tuple(mean - offset for mean in S2_MEAN), like)


def _column(values: tuple[float, ...], like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=like.dtype, device=like.device).view(1, -1, 1, 1)
