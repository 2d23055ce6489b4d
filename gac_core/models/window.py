"""Tile and block sizes of a bundle: tiles for transformers, blocks for the decoder."""

from __future__ import annotations

from dataclasses import dataclass

from gac_core.contract.errors import BundleError
from gac_core.grid import TOKEN

BLOCK = 32
"""Sides of blocks are multiples of this: the published decoder downsamples by up to 32."""

AGAIN = "Install or fetch the bundle again."


@dataclass(frozen=True)
class WindowSpec:
    """Tile and block sizes, in pixels.

    Attributes:
        size: Side of a tile, the transformers' input; a multiple of 32.
        overlap: Overlap of neighbouring tiles for which tokens are chosen; a multiple of 16.
        margin: Outer pixels of an image tile that are computed but not used.
        decode: Side of a block, in which TerraMind's tokens are decoded; a multiple of 32, at least
            `size`. 0: twice that.
        blend: Overlap of neighbouring image tiles; a multiple of 16. 0: 32, or more for a wide
            margin, or `overlap` if that is less: corrections are local.
        seam: Overlap of neighbouring blocks; a multiple of 32, at most half of `decode`. 0: 64.
        blocks: Stages computed in blocks, as they decode tokens; the others are computed in tiles.
            Set by the bundle according to its stage 3.
    """

    size: int = 224
    overlap: int = 64
    margin: int = 8
    decode: int = 0
    seam: int = 0
    blend: int = 0
    blocks: tuple[int, ...] = (1, 3)

    def __post_init__(self) -> None:
        if self.size % 32 or self.overlap % TOKEN or not 0 < self.overlap <= self.size // 2:
            raise BundleError(
                f"The bundle's window (size {self.size}, overlap {self.overlap}) does not fit.",
                "Size must be a multiple of 32, overlap one of 16 and at most half the size.",
            )
        # Defaults that depend on other fields of a frozen class. JSON has no tuples.
        object.__setattr__(self, "blocks", tuple(self.blocks))
        enough = max(2, 2 * self.margin // TOKEN + 1) * TOKEN
        object.__setattr__(self, "blend", self.blend or min(self.overlap, enough))
        if self.blend % TOKEN or not 0 < self.blend <= self.size // 2:
            raise BundleError(
                f"The bundle's tiles cannot share {self.blend} px.",
                "It must be a multiple of 16 and at most half the size.",
            )
        if not 0 <= 2 * self.margin < self.blend:
            raise BundleError(
                f"The bundle's margin {self.margin} must be under half of what tiles share.", AGAIN
            )
        object.__setattr__(self, "decode", self.decode or 2 * self.size)
        object.__setattr__(self, "seam", self.seam or min(2, self.decode // 2 // BLOCK) * BLOCK)
        if self.decode % BLOCK or self.seam % BLOCK or self.decode < self.size:
            raise BundleError(
                f"The bundle's blocks (side {self.decode}, seam {self.seam}) do not fit.",
                f"Both must be multiples of {BLOCK}, and the side at least the tile's.",
            )
        if not 0 < self.seam <= self.decode // 2:
            raise BundleError(
                f"The bundle's seam {self.seam} must be at most half the block's side, "
                f"{self.decode}.",
                AGAIN,
            )

    @property
    def stride(self) -> int:
        """Distance between origins of tiles whose tokens are chosen."""
        return self.size - self.overlap

    @property
    def rim(self) -> int:
        """Outer pixels of a block that are computed but not used.

        Decodes of the same tokens and noise differ most within 16 px of an edge, where the
        decoder's convolutions include padding: with the demo bundle five times as much as inside.
        """
        return self.seam // 4
