"""TerraMind's Sentinel-2 tokenizer (TerraTorch's DiVAE) in any size, without its encoder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from terratorch.models.backbones.terramind.tokenizer.models.unet.unet import PatchedUNetCondCat
from terratorch.models.backbones.terramind.tokenizer.models.vit_models import vit_b_enc
from terratorch.models.backbones.terramind.tokenizer.quantizers import FiniteScalarQuantizer
from terratorch.models.backbones.terramind.tokenizer.vqvae import DiVAE
from torch import nn

from gac_core.bands import S2_BANDS
from gac_core.models.shapes import shape_from

CODEBOOK = "8-8-8-6-5"
LATENT = 5
PATCH = 16
IMAGE = 256
# Placeholders that can be built on the meta device; they are replaced by the real parts.
_OUTLINE = {"enc_type": "BottleneckMLP/B_1-Wi_64", "quant_type": "lucid", "codebook_size": 16}


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


def build_tokenizer(unet: UNetShape, *, with_encoder: bool = False) -> DiVAE:
    """Return the tokenizer with random weights.

    `DiVAE` can only build the published decoder, so its skeleton is built on the meta device and
    the parts are inserted: the decoder in the requested size, and the encoder only for training (it
    is a third of the published tokenizer and not used for generation).

    Args:
        unet: Size of the decoder.
        with_encoder: Build the ViT-B encoder and its projection.
    """
    with torch.device("meta"):
        tokenizer = DiVAE(
            image_size=IMAGE,
            n_channels=len(S2_BANDS),
            dec_type="unet_patched",
            prediction_type="sample",
            patch_size=PATCH,
            latent_dim=LATENT,
            clip_sample=True,
            **_OUTLINE,
        )
    tokenizer.quantize = FiniteScalarQuantizer(codebook_size=CODEBOOK)
    tokenizer.quant_type, tokenizer.codebook_size = "fsq", CODEBOOK
    tokenizer.decoder = PatchedUNetCondCat(
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
    # The scheduler's tables are on the meta device too; rebuild it with the library's settings.
    tokenizer.noise_scheduler = type(tokenizer.noise_scheduler).from_config(
        tokenizer.noise_scheduler.config
    )
    tokenizer.pipeline = tokenizer._get_pipeline(tokenizer.noise_scheduler)
    if with_encoder:
        tokenizer.encoder = vit_b_enc(
            in_channels=len(S2_BANDS),
            patch_size=PATCH,
            resolution=IMAGE,
            patch_proj=True,
            post_mlp=True,
        )
        tokenizer.enc_dim = tokenizer.encoder.dim_tokens
        tokenizer.quant_proj = nn.Conv2d(tokenizer.enc_dim, LATENT, 1)
    else:
        del tokenizer.encoder
        del tokenizer.quant_proj
    return tokenizer


def of_encoder(name: str) -> bool:
    """Return whether a tensor of a published tokenizer belongs to its encoder."""
    return name.startswith(("encoder.", "quant_proj."))
