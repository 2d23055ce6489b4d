"""Prithvi-EO-2.0's encoder (TerraTorch's PrithviViT): construction, weights, 8-bit layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from gac_core.band_statistics import PRITHVI_BANDS, PRITHVI_INDEX, PRITHVI_MEAN, PRITHVI_STD
from gac_core.contract.message import Message
from gac_core.networks.libraries import PrithviViT, linear_8bit
from gac_core.networks.weights import shape_from

OUTLIER_THRESHOLD = 6.0


@dataclass(frozen=True)
class PrithviShape:
    """Size of a Prithvi; patch and image sizes in pixels."""

    embed_dim: int
    depth: int
    num_heads: int
    patch_size: int
    image_size: int = 224

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PrithviShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `from_dict`."""
        return asdict(self)


def build_prithvi(shape: PrithviShape) -> PrithviViT:
    """Return the encoder with random weights, for one date and the six bands of its training."""
    return PrithviViT(
        img_size=shape.image_size,
        patch_size=(1, shape.patch_size, shape.patch_size),
        num_frames=1,
        in_chans=len(PRITHVI_BANDS),
        embed_dim=shape.embed_dim,
        depth=shape.depth,
        num_heads=shape.num_heads,
        mlp_ratio=4.0,
    ).eval()


def encoder_tensors(state: Mapping[str, Tensor], model: PrithviViT) -> dict[str, Tensor]:
    """Return the encoder's tensors of a published checkpoint, which also holds the MAE decoder.

    The position table is computed, not learnt, and sized for the checkpoint's number of dates; it
    is replaced by the model's own, for one date.
    """
    tensors: dict[str, Tensor] = {}
    for name, value in state.items():
        if is_of_decoder(name):
            continue
        short = name.removeprefix("encoder.").removeprefix("_timm_module.")
        tensors[short] = model.pos_embed if short == "pos_embed" else value
    tensors.setdefault("pos_embed", model.pos_embed)
    return tensors


def is_of_decoder(name: str) -> bool:
    """Return whether a tensor of a published checkpoint is the masked autoencoder's decoder's."""
    return name.startswith(("decoder", "mask_token")) or "_dec." in name


def is_time_or_place(name: str) -> bool:
    """Return whether a tensor is of the TL variants' time and location encodings, unused here."""
    return name.startswith(("temporal_embed", "location_embed"))


def last_blocks(model: PrithviViT, count: int) -> nn.Module:
    """Return the last blocks, with tensor names as in the whole model.

    Training may update these in full; they are then saved separately from the published weights.

    Raises:
        ValueError: If the model has fewer.
    """
    if not 1 <= count <= len(model.blocks):
        raise ValueError(
            Message(
                "Prithvi has {} blocks, of which {} are not some", len(model.blocks), repr(count)
            )
        )
    first = len(model.blocks) - count
    blocks = {str(first + i): block for i, block in enumerate(model.blocks[first:])}
    return nn.ModuleDict({"blocks": nn.ModuleDict(blocks)})


def standardise(dn: Tensor) -> Tensor:
    """Return Prithvi's six bands of 12-band DN (B, 12, H, W), standardised."""
    mean = torch.tensor(PRITHVI_MEAN, dtype=dn.dtype, device=dn.device).view(1, -1, 1, 1)
    std = torch.tensor(PRITHVI_STD, dtype=dn.dtype, device=dn.device).view(1, -1, 1, 1)
    return (dn[:, PRITHVI_INDEX] - mean) / std


def features(model: PrithviViT, image: Tensor, layers: tuple[int, ...]) -> Tensor:
    """Return the token features of several blocks, concatenated, as an image.

    Args:
        model: The encoder.
        image: Standardised six bands (B, 6, H, W), sides multiples of the patch.
        layers: Block indices, from 0.

    Returns:
        (B, len(layers) · D, H / patch, W / patch).
    """
    patch = model.patch_embed.patch_size[-1]
    rows, cols = image.shape[-2] // patch, image.shape[-1] // patch
    outputs = model.forward_features(image)
    maps = [
        outputs[i][:, 1:].transpose(1, 2).reshape(image.shape[0], -1, rows, cols) for i in layers
    ]
    return torch.cat(maps, dim=1)


def quantise_blocks(model: nn.Module, *, keep_last: int = 0) -> int:
    """Replace the linear layers inside `model.blocks` by 8-bit layers with the same weights.

    The weights are quantised when the model is moved to its device. Patch embedding and norms stay
    as they are: they are small, and the rest depends on their precision.

    Args:
        model: A network with its transformer in `blocks`, weights loaded, not yet adapted.
        keep_last: Number of last blocks left unquantised because they are trained in full.

    Returns:
        Number of replaced layers.
    """
    count = 0
    blocks: list[nn.Module] = list(model.blocks.children())
    modules = [part for block in blocks[: len(blocks) - keep_last] for part in block.modules()]
    for parent in modules:
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear:
                setattr(parent, name, _int8(child))
                count += 1
    # peft checks this flag; without it the adapter would wrap the layers as plain ones.
    setattr(model, "is_loaded_in_8bit", True)  # noqa: B010 (torch types attributes as modules)
    return count


def init_8bit_state(model: nn.Module) -> None:
    """Initialise the 8-bit layers now instead of in their first pass, which is not thread-safe.

    Args:
        model: A quantised network on its device.
    """
    if not getattr(model, "is_loaded_in_8bit", False):
        return
    linear = linear_8bit()
    for layer in model.modules():
        if isinstance(layer, linear) and getattr(layer.weight, "CB", None) is not None:
            layer.init_8bit_state()


def move_8bit_state(model: nn.Module) -> None:
    """Let initialised 8-bit layers compute with their weights, after these moved elsewhere.

    Each keeps a second handle on its weights, and their scales, which do not move with the module.
    """
    if not getattr(model, "is_loaded_in_8bit", False):
        return
    linear = linear_8bit()
    for layer in model.modules():
        if isinstance(layer, linear) and layer.state.CB is not None:
            layer.state.CB = layer.weight.data
            layer.state.SCB = layer.state.SCB.to(layer.weight.device)
            for name in ("CB", "SCB"):
                setattr(layer.weight, name, None)


def _int8(linear: nn.Linear) -> nn.Module:
    layer: nn.Module = linear_8bit()(
        linear.in_features,
        linear.out_features,
        bias=linear.bias is not None,
        has_fp16_weights=False,
        threshold=OUTLIER_THRESHOLD,
    )
    layer.load_state_dict(linear.state_dict())
    return layer
