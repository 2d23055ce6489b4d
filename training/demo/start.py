"""Where a TerraMind from nothing starts: what a published one has long learnt about places.

From random weights, cross-attention needs thousands of steps to find out that a token's place in
the image is its place in the radar, and until then nothing local is learnt. Starting attention from
a known structure is Trockman & Kolter 2023, "Mimetic initialization of self-attention layers".
"""

from __future__ import annotations

import numpy as np
import torch
from scipy.fft import idctn
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor

from gac_core.grid import TOKEN

_RIDGE = 0.1
"""Share of the largest singular value below which directions of the positions count as noise."""

_PEAK = 6.0
"""Logit of a token's own place, on average, when training starts."""

_CONTEXT = 0.5
"""Weight of what the encoder says beside the position: position must stand out from it."""

_PASSED = 0.7
"""Share of what attention looks at that reaches the decoder's tokens."""


def look_below(model: TerraMindGeneration) -> None:
    """Start patch embeddings from coarse cosines, and cross-attention at each token's own place."""
    network = model.sampler.model
    for embedding in network.encoder_embeddings.values():
        with torch.no_grad():
            embedding.proj.weight.copy_(cosines(*embedding.proj.weight.shape))
    first = next(iter(network.encoder_embeddings.values()))
    with torch.no_grad():
        dim = first.proj.weight.shape[0]
        network.decoder_proj_context.weight.copy_(_CONTEXT * torch.eye(dim))
        network.decoder_proj_context.bias.zero_()
        for block in network.decoder:
            attention = block.cross_attn
            finder = place_finder(first.pos_emb[0], attention.num_heads)
            turn = torch.linalg.qr(torch.randn(dim, dim))[0]
            noise = 0.02 * torch.randn(2, dim, dim)
            attention.q.weight.copy_(finder + noise[0])
            attention.kv.weight.copy_(torch.cat([finder + noise[1], turn]))
            attention.proj.weight.copy_(_PASSED * turn.T)


def cosines(rows: int, columns: int) -> Tensor:
    """The lowest cosines of a patch, band by band, as an embedding's weights.

    Args:
        rows: Width of the embedding.
        columns: Pixels of a patch times bands, bands running fastest.

    Returns:
        (rows, columns): each row one cosine (type 2, orthonormal) of one band, the mean first.
    """
    bands = columns // TOKEN**2
    order = sorted((i * i + j * j, i, j) for i in range(TOKEN) for j in range(TOKEN))
    weights = np.zeros((rows, TOKEN, TOKEN, bands), np.float32)
    for row in range(rows):
        _, i, j = order[row // bands]
        spectrum = np.zeros((TOKEN, TOKEN))
        spectrum[i, j] = 1.0
        weights[row, ..., row % bands] = idctn(spectrum, norm="ortho")
    return torch.from_numpy(weights.reshape(rows, columns)) / (2 * bands) ** 0.5 / 2


def place_finder(positions: Tensor, heads: int) -> Tensor:
    """Weights (D, D) that make queries and keys of one place alike and those of others not.

    Args:
        positions: Position embeddings (N, D).
        heads: Heads of the attention: each gets a random share of the directions.
    """
    dim = positions.shape[1]
    centred = positions - positions.mean(0)
    _, spread, directions = torch.linalg.svd(centred, full_matrices=False)
    ridge = _RIDGE * spread[0]
    white = torch.diag(spread / (spread**2 + ridge**2)) @ directions
    count, width = len(white), dim // heads
    parts = []
    for _ in range(heads):
        mixed = torch.randn(width, count)
        parts.append(torch.linalg.qr(mixed.T)[0].T[:width] if width <= count else mixed)
    found = torch.zeros(dim, dim)
    found[: heads * width] = torch.cat([part @ white for part in parts])
    own = ((centred @ found.T) ** 2).sum(1).mean() / heads / width**0.5
    return found * (_PEAK / own) ** 0.5
