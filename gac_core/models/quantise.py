"""8-bit weights for Prithvi's transformer (LLM.int8, Dettmers et al. 2022, by bitsandbytes)."""

from __future__ import annotations

from bitsandbytes.nn import Linear8bitLt  # type: ignore[attr-defined]
from torch import nn

OUTLIER_THRESHOLD = 6.0


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


def settle(model: nn.Module) -> None:
    """Initialise the 8-bit layers now instead of in their first pass, which is not thread-safe.

    Args:
        model: A quantised network on its device.
    """
    for layer in model.modules():
        if isinstance(layer, Linear8bitLt) and getattr(layer.weight, "CB", None) is not None:
            layer.init_8bit_state()


def _int8(linear: nn.Linear) -> Linear8bitLt:
    layer = Linear8bitLt(
        linear.in_features,
        linear.out_features,
        bias=linear.bias is not None,
        has_fp16_weights=False,
        threshold=OUTLIER_THRESHOLD,
    )
    layer.load_state_dict(linear.state_dict())
    return layer
