"""Peak of a GPU's memory while TerraMind moves there, counted without a GPU.

    python -m tests.bench.loading [base] [large]

PyTorch's `meta` device stands in for a GPU that computes in bfloat16: every tensor that the
engine's own code would allocate there is allocated on it, without memory behind it, and its bytes
are counted as long as it lives. "Before" converts weights after they have moved, as GAC once did;
"after" converts them first. An allocator's own rounding, some MB, is not in it.
"""

from __future__ import annotations

import argparse
from unittest.mock import patch

import torch

from gac_core.networks import device as devices
from gac_core.networks.device import optimise
from gac_core.networks.loading import move
from gac_core.networks.terramind import OUTPUT, TerraMindShape, build_terramind
from gac_core.networks.weights import SkipInit
from tests.bench.weights import SIZES
from tests.core.full_size import card_of
from tests.core.live_bytes import Live

GPU = torch.device("meta")


def peak_of_loading(shape: TerraMindShape, *, converted_first: bool) -> tuple[int, int]:
    """Return the peak bytes while TerraMind moves to the device, and the bytes that stay."""
    with SkipInit():
        model = build_terramind(shape)
    decoder = model.tokenizer[OUTPUT].decoder
    with patch.object(devices, "uses_bfloat16", lambda device: True), Live(GPU.type) as live:
        if converted_first:
            optimise(model, decoder, GPU)
            move(model, GPU)
        else:
            move(model, GPU)
            optimise(model, decoder, GPU)
    return live.peak, live.now


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=SIZES, metavar="SIZE", help="base, large")
    print("| TerraMind | peak, before | peak, after | stays |")
    print("| --- | --- | --- | --- |")
    for size in parser.parse_args().sizes:
        shape = TerraMindShape.from_dict(card_of(f"terramind-{size}")["terramind"]["shape"])
        before, _ = peak_of_loading(shape, converted_first=False)
        after, stays = peak_of_loading(shape, converted_first=True)
        print(f"| {size} | {before / 1e9:.2f} GB | {after / 1e9:.2f} GB | {stays / 1e9:.2f} GB |")


if __name__ == "__main__":
    main()
