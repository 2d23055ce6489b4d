"""The codes of real images: what the token cross-entropy of stage 3 is taken against."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import torch
from terratorch.models.backbones.terramind.tokenizer.quantizers import FiniteScalarQuantizer
from torch import Tensor, nn

from gac_core.errors import BundleError
from gac_core.models.bundle import Bundle
from gac_core.models.hashes import require_hash
from gac_core.models.library import Library
from gac_core.models.terramind import TerraMindShape, standardise_optical
from gac_core.models.tokenizer import CODEBOOK, build_tokenizer, of_encoder
from gac_core.models.weights import load_exactly, read_state
from training.demo.patch_code import PatchCode


class CodesOf(Protocol):
    """Whatever turns images into tokens of the vocabulary that TerraMind answers in."""

    def __call__(self, s2: Tensor) -> Tensor:
        """Tokens (B, H/16, W/16), integer, of images (B, 12, H, W) in DN with all bands."""
        ...


class EncoderCodes(nn.Module):
    """The tokenizer's own encoder, as published beside its decoder.

    Args:
        shape: Of the tokenizer.
        offset: What the images that it knows have on top of DN (`Bundle.offset`).
    """

    def __init__(self, shape: TerraMindShape, offset: float = 0.0) -> None:
        super().__init__()
        self.offset = offset
        self.tokenizer = build_tokenizer(shape.unet, with_encoder=True)
        del self.tokenizer.decoder
        del self.tokenizer.pipeline  # it holds the decoder too
        self.eval().requires_grad_(False)

    @torch.no_grad()
    def forward(self, s2: Tensor) -> Tensor:
        """Tokens (B, H/16, W/16) of images (B, 12, H, W) in DN."""
        # A code is a rounded number: half precision would give others than the decoder was taught.
        with torch.autocast(s2.device.type, enabled=False):
            return self.tokenizer.tokenize(standardise_optical(s2.float(), self.offset))


class LinearCodes(nn.Module):
    """A linear encoder: each patch's first principal components, for tokenizers trained with it.

    Args:
        offset: What the images that it knows have on top of DN (`Bundle.offset`).
    """

    def __init__(self, offset: float = 0.0) -> None:
        super().__init__()
        self.offset = offset
        self.project = PatchCode()
        self.quantize = FiniteScalarQuantizer(codebook_size=CODEBOOK)

    @torch.no_grad()
    def forward(self, s2: Tensor) -> Tensor:
        """Tokens (B, H/16, W/16) of images (B, 12, H, W) in DN."""
        with torch.autocast(s2.device.type, enabled=False):
            found: Tensor = self.quantize(self.project(s2.float() + self.offset))[2]
        return found


def codes_file(bundle: Bundle, library: Library, file: Path | None = None) -> Path:
    """The file that holds the encoder that belongs to a bundle's tokenizer, if any does.

    It is, in this order, the file named; the one that the card names under `terramind.codes`; the
    tokenizer's own.

    Args:
        bundle: Whose tokenizer.
        library: Where its weights are looked for.
        file: Weights of an encoder; None: as above.

    Raises:
        BundleError: If a file that the card names is missing, or is not the one that it names.
    """
    if file is not None:
        return file
    if bundle.codes is None:
        return library.locate(bundle, bundle.tokenizer)
    found = library.locate(bundle, bundle.codes)
    require_hash(found, bundle.codes.sha256)
    return found


def find_codes(
    bundle: Bundle, library: Library, file: Path | None = None
) -> EncoderCodes | LinearCodes | None:
    """The encoder in `codes_file`; None where nobody named one and the tokenizer's own has none.

    Raises:
        BundleError: If a file that is named is missing or holds no encoder.
    """
    path = codes_file(bundle, library, file)
    found = _encoder_in(path, bundle)
    if found is None and (file is not None or bundle.codes is not None):
        raise BundleError(
            f"{path} holds no encoder: neither the tokenizer's (encoder.…, quant_proj.…) nor "
            f"a linear one ({', '.join(sorted(PatchCode().state_dict()))}).",
            "Name the published tokenizer's file, or train without it: leave the token "
            "cross-entropy out.",
        )
    return found


def _encoder_in(file: Path, bundle: Bundle) -> EncoderCodes | LinearCodes | None:
    state = read_state(file)
    if state.keys() == PatchCode().state_dict().keys():
        linear = LinearCodes(bundle.offset)
        load_exactly(linear.project, state, source=file)
        return linear.eval()
    if not any(of_encoder(name) for name in state):
        return None
    encoder = EncoderCodes(TerraMindShape.from_dict(bundle.terramind), bundle.offset)
    load_exactly(
        encoder.tokenizer, state, source=file, may_be_left=lambda name: name.startswith("decoder.")
    )
    return encoder
