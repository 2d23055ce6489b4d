"""Initialisation of a TerraMind without pretraining, with the structure of a published one.

From random weights, cross-attention needs thousands of steps to learn that a token's place in the
image is its place in the radar, and until then nothing local is learned. For initialising attention
with a known structure see Trockman & Kolter 2023, "Mimetic initialization of self-attention
layers".
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
"""Mean logit of a token's own place at the start of training."""

_CONTEXT = 0.5
"""Weight of the encoder's output relative to the position, which must stand out."""

_PASSED = 0.7
"""Share of the attended values that reaches the decoder's tokens."""


def look_below(model: TerraMindGeneration) -> None:
    """Initialise patch embeddings with coarse cosines, and cross-attention with own places."""
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
    """Return the lowest cosines of a patch, band by band, as an embedding's weights.

    Args:
        rows: Width of the embedding.
        columns: Pixels of a patch times bands; bands vary fastest.

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
    """Return weights (D, D) that make queries and keys similar only for the same place.

    Args:
        positions: Position embeddings (N, D).
        heads: Number of attention heads; each gets a random share of the directions.
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
    weights = torch.zeros(dim, dim)
    weights[: heads * width] = torch.cat([part @ white for part in parts])
    own = ((centred @ weights.T) ** 2).sum(1).mean() / heads / width**0.5
    return weights * (_PEAK / own) ** 0.5
