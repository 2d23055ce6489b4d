"""Dependence of the level of a decoder's images on the width of a block.

    python -m tests.bench.widths DATA [--bundle demo] [--roles training/demo/roles.csv] [--most 31]

The codes of real images (of training and validation tiles) are decoded in blocks of once, twice and
three times a tile's side, mirrored beyond the tile, so that all blocks have the same content: with
the decoder's own zero padding, and with reflection instead. The table shows PSNR and the mean
difference from the real image in the middle of the tile, in DN.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.library import Library, engine_root
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import TOKEN
from gac_core.networks.loading import Models
from gac_core.networks.terramind import decode_tokens, destandardise_optical
from gac_core.networks.weights import read_state
from training.data import open_source
from training.data.split import read_roles
from training.demo.build import PatchCode

MULTIPLES = (1, 2, 3)
RIM = 16
"""Width in pixels of a tile's border that is not compared."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("data", type=Path, help="pairs, as trainings take them")
    add("--bundle", default="demo", help="name or folder; one whose tokenizer has a linear encoder")
    add("--roles", type=Path, default=engine_root() / "training" / "demo" / "roles.csv")
    add("--most", type=int, default=31, help="tiles")
    add("--timesteps", type=int, default=10, help="of the diffusion")
    args = parser.parse_args()
    library = Library.default()
    bundle = library.require(args.bundle)
    if bundle.codes is None:
        raise SystemExit(f"{bundle.title} ships no encoder. Give a bundle whose card has `codes`.")
    models = Models(bundle, library, torch.device("cpu"))
    code = PatchCode()
    code.load_state_dict(read_state(bundle.path / bundle.codes.file))
    images = [*tiles(args.data, args.roles, bundle.window.size, args.most)]
    print(f"{len(images)} tiles; difference from the real image in DN, {', '.join(OUTPUT_BANDS)}")
    for padding in ("zeros", "reflect"):
        pad(models.terramind.tokenizer.decoder, padding)
        for multiple in MULTIPLES:
            psnr, levels = judged(models, code, images, multiple, args.timesteps)
            bands = " ".join(f"{level:+5.0f}" for level in levels)
            side = multiple * bundle.window.size
            print(f"{padding:8} {side:4} px  PSNR {psnr:.2f} dB  {bands}", flush=True)


def tiles(data: Path, roles: Path, side: int, most: int) -> Iterator[Tensor]:
    """Yield the centres (12, side, side) of real images with all bands, of places not held out."""
    allowed = {tile for tile, role in read_roles(roles).items() if role in ("train", "val")}
    source = open_source(data, tiles=allowed)
    for i in range(len(source)):
        pair = source.read(i)
        row, col = ((n - side) // 2 for n in pair.s2.shape[1:])
        if min(row, col) >= 0 and most > 0:
            image = pair.s2[:, row : row + side, col : col + side]
            if np.isfinite(image).all():
                most -= 1
                yield torch.from_numpy(np.ascontiguousarray(image))


def pad(decoder: nn.Module, mode: str) -> None:
    """Make the decoder's convolutions pad with `mode`."""
    for parent in [*decoder.modules()]:
        for name, conv in [*parent.named_children()]:
            if isinstance(conv, nn.Conv2d) and any(conv.padding):
                # Not by Winograd's algorithm, which pads with zeros only.
                plain = nn.Conv2d(
                    conv.in_channels,
                    conv.out_channels,
                    conv.kernel_size,
                    conv.stride,
                    conv.padding,
                    padding_mode=mode,
                    bias=conv.bias is not None,
                    device="meta",
                )
                plain.weight, plain.bias = conv.weight, conv.bias
                setattr(parent, name, plain)


@torch.inference_mode()
def judged(
    models: Models, code: PatchCode, images: list[Tensor], multiple: int, timesteps: int
) -> tuple[float, list[float]]:
    """Return PSNR in dB, and each output band's mean difference in DN, for tiles in wide blocks."""
    tokenizer = models.terramind.tokenizer
    psnr, levels = [], []
    for number, image in enumerate(images):
        count = image.shape[-1] // TOKEN
        before = count * (multiple - 1) // 2
        after = count * (multiple - 1) - before
        places = torch.from_numpy(np.pad(np.arange(count), (before, after), mode="symmetric"))
        tokens = tokenizer.quantize(code(image[None]))[2][:, places][:, :, places]
        noise = torch.randn(
            (1, len(image), *(TOKEN * n for n in tokens.shape[1:])),
            generator=torch.Generator().manual_seed(number),
        )
        decoded = destandardise_optical(decode_tokens(tokenizer, tokens, noise, timesteps))[0]
        inner = slice(before * TOKEN + RIM, (before + count) * TOKEN - RIM)
        here = slice(RIM, image.shape[-1] - RIM)
        difference = (decoded[:, inner, inner] - image[:, here, here])[list(OUTPUT_INDEX)]
        psnr.append(float(20 * torch.log10(10_000 / difference.square().mean().sqrt())))
        levels.append(difference.mean((1, 2)).numpy())
    return float(np.mean(psnr)), [float(v) for v in np.mean(levels, axis=0)]


if __name__ == "__main__":
    main()
